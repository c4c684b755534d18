//! Finds the passages of a query, and apart the articles that have all of it in different passages;
//! folds copies, and reads what is shown.

use crate::{
    index::{Error, Families, Found, FoundHit, Ranking, Snapshot},
    query::{ArticleReading, CheckedQuery, Grouping},
};

use super::{Fold, Hit, Selection, read::Reader, read_article::ArticleReader};

/// What a query found, not read yet.
#[derive(Default)]
pub struct FoundBoth {
    /// Its passages, or of each article the best of them.
    pub passages: Found,
    /// Articles that have all of it in different passages; if articles were asked for, all that
    /// have it in any passages.
    pub articles: Found,
    /// What the query asks of articles, if that was asked.
    pub reading: Option<ArticleReading>,
    /// Whether the articles have no passage that has all of it.
    pub apart: bool,
}

impl FoundBoth {
    /// How many results there are in all.
    pub fn total(&self) -> usize {
        self.passages.total + self.articles.total
    }
}

/// Finds passages, and after the last of them articles that have all of it in different passages.
///
/// With [`Grouping::Article`] the query is asked of articles from the start.
pub fn find_both(
    snapshot: &Snapshot,
    query: &CheckedQuery,
    ranking: &Ranking,
    selection: &Selection,
) -> Result<FoundBoth, Error> {
    let Some(reading) = query.of_articles() else {
        return Ok(FoundBoth {
            passages: find(snapshot, query, ranking, selection)?,
            ..FoundBoth::default()
        });
    };
    if selection.grouping == Grouping::Article {
        let articles = find(snapshot, &reading.shown(reading.condition.clone()), ranking, selection)?;
        return Ok(FoundBoth { articles, reading: Some(reading), ..FoundBoth::default() });
    }
    let passages = find(snapshot, query, ranking, selection)?;
    if !query.may_stand_apart() {
        return Ok(FoundBoth { passages, ..FoundBoth::default() });
    }
    // All passages were seen, and their number is known, where any are left for articles.
    let rest = Selection {
        limit: selection.limit - passages.hits.len(),
        offset: selection.offset.saturating_sub(passages.total),
        grouping: Grouping::Article,
        ..*selection
    };
    let articles = match (rest.limit, passages.articles) {
        // Each article that has a passage of the query meets the condition.
        (0, Some(n)) if !query.excludes_words() => {
            let total = snapshot.count_articles(&reading.condition)?.saturating_sub(n);
            Found { total, ..Found::default() }
        }
        (0, _) => Found { total: snapshot.count_articles(&reading.apart_from(query))?, ..Found::default() },
        _ => find(snapshot, &reading.shown(reading.apart_from(query)), ranking, &rest)?,
    };
    Ok(FoundBoth { passages, articles, reading: Some(reading), apart: true })
}

/// Finds passages, best first, without reading them.
///
/// Folding takes place among the best; when it leaves too few of them, twice as many are found. So
/// the total is exact when all hits are given, and counts what lies further down unfolded.
pub fn find(
    snapshot: &Snapshot,
    query: &CheckedQuery,
    ranking: &Ranking,
    selection: &Selection,
) -> Result<Found, Error> {
    let Selection { limit, offset, grouping, fold, .. } = *selection;
    let families = snapshot.families()?;
    if !fold || families.is_empty() {
        return unfolded(snapshot, query, ranking, selection);
    }
    let wanted = limit.saturating_add(offset);
    let mut asked = wanted.saturating_add(wanted / 4).saturating_add(16);
    loop {
        let all = Selection { limit: asked, offset: 0, ..*selection };
        let found = unfolded(snapshot, query, ranking, &all)?;
        let exhausted = found.hits.len() < asked;
        let (kept, folded) = folded(families, snapshot, found.hits, grouping, wanted)?;
        if kept.len() >= wanted || exhausted {
            let hits = kept.into_iter().skip(offset).collect();
            return Ok(Found { hits, total: found.total.saturating_sub(folded), folded, ..found });
        }
        asked = asked.saturating_mul(2);
    }
}

fn unfolded(
    snapshot: &Snapshot,
    query: &CheckedQuery,
    ranking: &Ranking,
    selection: &Selection,
) -> Result<Found, Error> {
    let Selection { limit, offset, order, grouping, .. } = *selection;
    snapshot.find(query, ranking, order, grouping, limit, offset)
}

/// Reads passages, then articles: see [`hits`]. Of an article the passages are shown that have all
/// of the query together.
pub fn hits_of_both(
    snapshot: &Snapshot,
    query: &CheckedQuery,
    found: &FoundBoth,
    offset: usize,
    context: usize,
) -> Result<Vec<Hit>, Error> {
    let mut all = hits(snapshot, query, &found.passages, offset, context)?;
    if let Some(reading) = &found.reading {
        let query = (!found.apart).then_some(query);
        let mut reader = ArticleReader::new(snapshot, query, reading, context);
        let ranked = (offset.saturating_add(all.len() + 1)..).zip(&found.articles.hits);
        for (rank, found) in ranked {
            all.extend(reader.hit(rank, found)?);
        }
    }
    Ok(all)
}

/// Reads what was found and marks what made it match; `offset` better ones were left out.
///
/// Of each article only what is shown is read: the passage, up to `context` before it and after it,
/// and those in which its speakers are named.
pub fn hits(
    snapshot: &Snapshot,
    query: &CheckedQuery,
    found: &Found,
    offset: usize,
    context: usize,
) -> Result<Vec<Hit>, Error> {
    let mut reader = Reader::new(snapshot, query, context);
    let ranked = (offset.saturating_add(1)..).zip(&found.hits);
    ranked.map(|(rank, found)| reader.hit(rank, found)).collect()
}

/// The first `wanted` hits that no copy had before, and how many were passed over.
fn folded(
    families: &Families,
    snapshot: &Snapshot,
    hits: Vec<FoundHit>,
    grouping: Grouping,
    wanted: usize,
) -> Result<(Vec<FoundHit>, usize), Error> {
    let mut fold = Fold::new(families);
    let mut kept = Vec::new();
    let mut n_folded = 0;
    for hit in hits {
        if kept.len() == wanted {
            break;
        }
        let first = match grouping {
            _ if !fold.has_copies(hit.article) => true,
            Grouping::Article => fold.is_first_version(hit.article),
            Grouping::Passage => fold.is_first(hit.article, &snapshot.passage_of(&hit)?.0.text),
        };
        if first { kept.push(hit) } else { n_folded += 1 }
    }
    Ok((kept, n_folded))
}
