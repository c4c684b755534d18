//! Turns a checked query into results: the passages of an index, ranked, each with what made it match.

mod expand;
mod fold;
mod read;
mod results;

pub use crate::index::{Found, Ranking};
pub use expand::{Added, expanded};
pub use fold::{Fold, Version, Versions};
pub use results::{Beside, Hit, Results};

use read::Reader;

use std::{collections::HashMap, sync::Arc};

use crate::{
    article::{Article, ArticleId, Quote},
    index::{Error, Families, FoundHit, Snapshot},
    query::{CheckedQuery, Grouping, Order},
};

/// What to find, and how much of it to give.
#[derive(Clone, Copy)]
pub struct Request<'a> {
    /// The query.
    pub query: &'a CheckedQuery,
    /// What hits are ranked by, with [`Order::Relevance`].
    pub ranking: &'a Ranking,
    /// How many hits at most.
    pub limit: usize,
    /// How many of the best to leave out.
    pub offset: usize,
    /// Which come first.
    pub order: Order,
    /// Passages, or the best passage of each article.
    pub grouping: Grouping,
    /// Whether what several versions of a story have is given once.
    pub fold: bool,
}

/// Finds passages, best first, and marks what made each match.
pub fn search(snapshot: &Snapshot, request: &Request<'_>) -> Result<Results, Error> {
    let found = find(snapshot, request)?;
    let hits = hits(snapshot, request.query, &found, request.offset, 0)?;
    let Found { total, folded, .. } = found;
    Ok(Results { hits, total, folded, ..Results::default() })
}

/// Finds passages, best first, without reading them.
///
/// Folding takes place among the best; when it leaves too few of them, twice as many are found. So the total is exact
/// when all hits are given, and counts what lies further down unfolded.
pub fn find(snapshot: &Snapshot, request: &Request<'_>) -> Result<Found, Error> {
    let Request { limit, offset, .. } = *request;
    let families = snapshot.families()?;
    if !request.fold || families.is_empty() {
        return unfolded(snapshot, request);
    }
    let wanted = limit.saturating_add(offset);
    let mut asked = wanted.saturating_add(wanted / 4).saturating_add(16);
    loop {
        let found = unfolded(snapshot, &Request { limit: asked, offset: 0, ..*request })?;
        let exhausted = found.hits.len() < asked;
        let (kept, folded) = folded(families, snapshot, found.hits, request.grouping, wanted)?;
        if kept.len() >= wanted || exhausted {
            let hits = kept.into_iter().skip(offset).collect();
            return Ok(Found { hits, total: found.total.saturating_sub(folded), folded });
        }
        asked = asked.saturating_mul(2);
    }
}

fn unfolded(snapshot: &Snapshot, request: &Request<'_>) -> Result<Found, Error> {
    let Request { query, ranking, limit, offset, order, grouping, .. } = *request;
    snapshot.find(query, ranking, order, grouping, limit, offset)
}

/// Reads what was found and marks what made it match; `offset` better ones were left out.
///
/// Of each article only what is shown is read: the passage, up to `context` before it and after it, and those in which
/// its speakers are named.
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

/// Articles read once each, shared by their hits.
pub struct Articles<'a> {
    snapshot: &'a Snapshot,
    read: HashMap<ArticleId, Option<SharedArticle>>,
}

/// An article and its quotes, shared by the hits in it.
pub type SharedArticle = (Arc<Article>, Arc<Vec<Quote>>);

impl<'a> Articles<'a> {
    /// Reads from `snapshot`.
    pub fn new(snapshot: &'a Snapshot) -> Articles<'a> {
        Articles { snapshot, read: HashMap::new() }
    }

    /// The article of that id.
    pub fn get(&mut self, id: ArticleId) -> Result<Option<SharedArticle>, Error> {
        self.read(id, |snapshot| snapshot.article(id))
    }

    /// The article of a hit.
    pub fn of(&mut self, hit: &FoundHit) -> Result<Option<SharedArticle>, Error> {
        self.read(hit.article, |snapshot| snapshot.article_of(hit))
    }

    fn read(
        &mut self,
        id: ArticleId,
        read: impl FnOnce(&Snapshot) -> Result<Option<(Article, Vec<Quote>)>, Error>,
    ) -> Result<Option<SharedArticle>, Error> {
        if let Some(known) = self.read.get(&id) {
            return Ok(known.clone());
        }
        let read = read(self.snapshot)?.map(|(article, quotes)| (Arc::new(article), Arc::new(quotes)));
        self.read.insert(id, read.clone());
        Ok(read)
    }
}
