//! Finds the passages of a query, folds copies, and reads what is shown.

use crate::{
    index::{Error, Families, Found, FoundHit, Ranking, Snapshot},
    query::{CheckedQuery, Grouping},
};

use super::{Fold, Hit, Selection, read::Reader};

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
            return Ok(Found { hits, total: found.total.saturating_sub(folded), folded });
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
