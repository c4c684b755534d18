//! Passages that match a query.

use anyhow::Result;
use jiff::civil::Date;

use crate::{
    index::{Grouping, Order, Snapshot},
    query::{self, CheckedQuery, Query},
    search::{self, Request, Results},
};

use super::Archive;

/// A search as somebody asks for it.
#[derive(Clone, Debug, Default)]
pub struct SearchRequest {
    /// The query as typed.
    pub query: String,
    /// Any of the words rather than all.
    pub any: bool,
    /// How many hits at most.
    pub limit: usize,
    /// How many of the best to leave out.
    pub offset: usize,
    /// Which come first.
    pub order: Order,
    /// Passages, or the best of each article.
    pub grouping: Grouping,
}

impl Archive {
    /// Finds passages. When no passage has all words of a plain query, those with most of them are found, and a note says so.
    ///
    /// `today` is the day that dates like `yesterday` are counted from. Fails with a [`query::Error`] when the query is no good.
    pub fn search(&self, request: &SearchRequest, today: Date) -> Result<Results> {
        let parsed = query::parse(&request.query)?;
        let checked = query::check(&parsed, today)?;
        let checked = if request.any { checked.any() } else { checked };
        let snapshot = self.index()?.snapshot()?;
        let mut results = run(&snapshot, &checked, request)?;
        if results.total == 0
            && let Some((relaxed, note)) = relaxed(&snapshot, &checked, request)?
        {
            results = relaxed;
            results.notes.push(note);
        }
        results.notes.extend(notes(&parsed));
        Ok(results)
    }
}

fn run(snapshot: &Snapshot, query: &CheckedQuery, request: &SearchRequest) -> Result<Results> {
    let SearchRequest { limit, offset, order, grouping, .. } = *request;
    Ok(search::search(snapshot, &Request { query, limit, offset, order, grouping })?)
}

/// What the user should know of how the query was read.
fn notes(query: &Query) -> impl Iterator<Item = String> + '_ {
    query.notes.iter().map(move |note| format!("{note}; read as: {query}"))
}

/// The passages with most of the words, where none has all.
fn relaxed(
    snapshot: &Snapshot,
    query: &CheckedQuery,
    request: &SearchRequest,
) -> Result<Option<(Results, String)>> {
    let n_words = query.words().len();
    for n in (1..n_words).rev() {
        let results = run(snapshot, &query.relaxed(n), request)?;
        if results.total > 0 {
            let words = if n == 1 { "one word".to_owned() } else { format!("{n} words") };
            let note = format!("no passage has all {n_words} words; these have at least {words} of them");
            return Ok(Some((results, note)));
        }
    }
    Ok(None)
}
