//! Where an article stands in a result, and which articles are before and after it.

use std::collections::HashSet;

use jiff::civil::Date;

use crate::{article::ArticleId, index::Snapshot};

use super::{Error, SearchRequest, Version, Versions, answer::found};

/// Where an article stands in a result: an article is where the first of its passages is.
#[derive(Clone, Debug, PartialEq)]
pub struct Neighbors {
    /// Counted from 1 among the articles of the result.
    pub number: usize,
    /// How many articles the result has; `None` where not all of them were looked at.
    pub n_articles: Option<usize>,
    /// The article before it.
    pub before: Option<Neighbor>,
    /// The article after it.
    pub after: Option<Neighbor>,
}

/// An article of a result.
#[derive(Clone, Debug, PartialEq)]
pub struct Neighbor {
    /// The rank of the first of its passages.
    pub rank: usize,
    /// The article.
    pub version: Version,
}

/// So many results behind the one that was asked for are looked at: another article begins among
/// them, unless one has as many passages that match.
const BEHIND: usize = 100;

/// So far into a result articles are counted from its beginning; further on from as many before.
const COUNTED_MAX: usize = 2000;

/// Finds where an article stands in a result in which one of its passages has the rank `rank`, or
/// had it; `None` if it is not there any more. The selection's limit and offset do not count.
pub fn neighbors(
    snapshot: &Snapshot,
    request: &SearchRequest,
    (article, rank): (ArticleId, usize),
    today: Date,
) -> Result<Option<Neighbors>, Error> {
    let offset = rank.saturating_sub(COUNTED_MAX);
    let mut request = request.clone();
    request.selection.offset = offset;
    request.selection.limit = rank - offset + BEHIND;
    let (hits, total) = found(snapshot, &request, today)?;
    let is_whole = offset + hits.len() >= total;
    let mut seen = HashSet::new();
    let first = (offset + 1..).zip(hits).filter(|it| seen.insert(it.1));
    let first: Vec<(usize, ArticleId)> = first.collect();
    let Some(at) = first.iter().position(|it| it.1 == article) else { return Ok(None) };
    let mut versions = Versions::default();
    let mut neighbor = |at: Option<usize>| -> Result<Option<Neighbor>, Error> {
        let Some((rank, id)) = at.and_then(|it| first.get(it)) else { return Ok(None) };
        let version = versions.read(snapshot, vec![*id])?.pop();
        Ok(version.map(|version| Neighbor { rank: *rank, version }))
    };
    Ok(Some(Neighbors {
        number: at + 1,
        n_articles: (is_whole && offset == 0).then_some(first.len()),
        before: neighbor(at.checked_sub(1))?,
        after: neighbor(Some(at + 1))?,
    }))
}
