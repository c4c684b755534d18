//! Many queries from one process, each a ranking of places rather than of texts.

use std::{
    collections::{BTreeMap, HashMap},
    path::Path,
    sync::{
        atomic::{AtomicUsize, Ordering},
        mpsc,
    },
};

use anyhow::{Context as _, Result};
use jiff::civil::Date;

use crate::{
    article::ArticleId,
    index::{self, Snapshot},
    query::{self, Grouping, Order},
    search::Results,
};

use super::{
    Archive, SearchRequest,
    search::{Run, results, run},
};

/// A query of a batch.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BatchQuery {
    /// What it is known by.
    pub id: String,
    /// The query as typed.
    pub text: String,
}

/// Where a hit lies.
#[derive(Clone, Debug, PartialEq)]
pub struct Place {
    /// Its article.
    pub article: ArticleId,
    /// What the article is known by outside of morgue: the name of its record, or of its file without folder and extension.
    pub name: String,
    /// The ordinal of the passage, when passages are ranked.
    pub passage: Option<usize>,
    /// How well it matches, from 0 to 1.
    pub score: f32,
}

/// Reads queries, one a line: what it is known by, a tab, the query. Blank lines are left out. Also what is wrong with lines that are
/// none; the others are queries all the same.
pub fn batch_queries(text: &str) -> (Vec<BatchQuery>, Vec<String>) {
    let (mut queries, mut problems) = (Vec::new(), Vec::new());
    let mut lines_of: HashMap<&str, usize> = HashMap::new();
    let text = text.trim_start_matches('\u{feff}');
    for (n, line) in (1..).zip(text.lines()).filter(|it| !it.1.trim().is_empty()) {
        let Some((id, query)) = line.split_once('\t') else {
            problems.push(format!("line {n} has no tab between the name of a query and the query"));
            continue;
        };
        let id = id.trim();
        if id.is_empty() || id.contains(char::is_whitespace) {
            problems.push(format!("line {n}: a query is known by one word before the tab"));
        } else if let Some(first) = lines_of.get(id) {
            problems.push(format!("line {n}: `{id}` is what the query of line {first} is known by"));
        } else {
            lines_of.insert(id, n);
            queries.push(BatchQuery { id: id.to_owned(), text: query.trim().to_owned() });
        }
    }
    (queries, problems)
}

/// Takes the answer to a query, or what is wrong with the query.
pub type Done<'a, T> = dyn FnMut(&BatchQuery, Result<T>) -> Result<()> + 'a;

impl Archive {
    /// Runs each query as `request` asks but for its own, on all cores, and hands what it found over in the order of the queries.
    ///
    /// A query that is no good, or asks too much, is handed over as its error, and the others go on.
    pub fn batch(
        &self,
        queries: &[BatchQuery],
        request: &SearchRequest,
        today: Date,
        done: &mut Done<'_, Results>,
    ) -> Result<()> {
        let snapshot = self.index()?.snapshot()?;
        let answer = |query: &BatchQuery| of_query(results(&snapshot, &asked(query, request), today), query);
        in_order(queries, &answer, &mut |query, results| done(query, results?))
    }

    /// The same, but tells only where the hits lie: a thousand for each query are cheap.
    pub fn batch_places(
        &self,
        queries: &[BatchQuery],
        request: &SearchRequest,
        today: Date,
        done: &mut Done<'_, Vec<Place>>,
    ) -> Result<()> {
        let snapshot = self.index()?.snapshot()?;
        let answer = |query: &BatchQuery| of_query(places(&snapshot, &asked(query, request), today), query);
        in_order(queries, &answer, &mut |query, places| done(query, places?))
    }
}

fn asked(query: &BatchQuery, request: &SearchRequest) -> SearchRequest {
    SearchRequest { query: query.text.clone(), ..request.clone() }
}

/// Parts what is wrong with the query, which says so itself, from what is wrong with the index.
fn of_query<T>(answer: Result<T>, query: &BatchQuery) -> Result<Result<T>> {
    match answer.with_context(|| format!("query {}", query.id)) {
        Err(error) if is_of_query(&error) => Ok(Err(error)),
        answer => answer.map(Ok),
    }
}

/// Whether another query of the same index may do better.
pub(super) fn is_of_query(error: &anyhow::Error) -> bool {
    error.downcast_ref::<query::Error>().is_some()
        || matches!(error.downcast_ref(), Some(index::Error::TooCostly(_)))
}

/// Answers the queries on all cores and hands the answers over in their order.
pub(super) fn in_order<Q: Sync, T: Send>(
    queries: &[Q],
    answer: &(impl Fn(&Q) -> T + Sync),
    done: &mut dyn FnMut(&Q, T) -> Result<()>,
) -> Result<()> {
    let next = AtomicUsize::new(0);
    let (sender, receiver) = mpsc::sync_channel(64);
    std::thread::scope(|scope| {
        for _ in 0..super::threads(0).min(queries.len()) {
            let (sender, next) = (sender.clone(), &next);
            scope.spawn(move || {
                while let Some((at, query)) = taken(queries, next) {
                    if sender.send((at, answer(query))).is_err() {
                        return;
                    }
                }
            });
        }
        drop(sender);
        let mut waiting = BTreeMap::new();
        let mut at = 0;
        for (idx, answer) in receiver {
            waiting.insert(idx, answer);
            while let Some(answer) = waiting.remove(&at) {
                done(&queries[at], answer)?;
                at += 1;
            }
        }
        Ok(())
    })
}

fn taken<'q, Q>(queries: &'q [Q], next: &AtomicUsize) -> Option<(usize, &'q Q)> {
    let at = next.fetch_add(1, Ordering::Relaxed);
    Some((at, queries.get(at)?))
}

fn places(snapshot: &Snapshot, request: &SearchRequest, today: Date) -> Result<Vec<Place>> {
    let Run { found, .. } = run(snapshot, request, today)?;
    let mut places = Vec::with_capacity(found.hits.len());
    for (rank, hit) in (request.offset + 1..).zip(&found.hits) {
        let (place, name) = snapshot.place_of(hit)?;
        let name = name.unwrap_or_else(|| name_of_file(&place.path, place.ordinal));
        let passage = (request.grouping == Grouping::Passage).then_some(hit.place);
        // Who reads a run orders by its scores: where hits are in the order of their dates they have none, and fall by rank.
        let score = if request.order == Order::Relevance { hit.score } else { 1.0 / rank as f32 };
        places.push(Place { article: hit.article, name, passage, score });
    }
    Ok(places)
}

/// `TIME-001` of `texts/TIME-001.txt`; of the second document of a file `dump-2`.
fn name_of_file(path: &str, ordinal: usize) -> String {
    let name = path.rsplit('/').next().unwrap_or(path);
    // The format of a compressed file stands before the ending.
    let name = name.strip_suffix(".gz").or_else(|| name.strip_suffix(".zst")).unwrap_or(name);
    let stem = Path::new(name).file_stem().map_or(name.into(), |it| it.to_string_lossy());
    if ordinal == 0 { stem.into_owned() } else { format!("{stem}-{}", ordinal + 1) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_article_is_known_by_its_file() {
        for (path, ordinal, name) in [
            ("texts/TIME-001.txt", 0, "TIME-001"),
            ("a.b.html.gz", 0, "a.b"),
            ("dump.jsonl", 4, "dump-5"),
            ("noextension", 0, "noextension"),
        ] {
            assert_eq!(name_of_file(path, ordinal), name);
        }
    }

    #[test]
    fn a_batch_is_names_and_queries() {
        let (read, problems) = batch_queries("7\tdam siren \n\n q8\tsource:post \"a b\"\n");
        assert!(problems.is_empty());
        assert_eq!(read.iter().map(|it| it.id.as_str()).collect::<Vec<_>>(), ["7", "q8"]);
        assert_eq!(read[0].text, "dam siren");
        for (wrong, why) in [
            ("1\ta\ndam siren", "line 2 has no tab"),
            ("1\ta\n\tb", "line 2: a query is known by one word"),
            ("1\ta\n1\tb", "line 2: `1` is what the query of line 1"),
        ] {
            let (read, problems) = batch_queries(wrong);
            assert!(read.len() == 1 && problems.len() == 1 && problems[0].starts_with(why), "{problems:?}");
        }
    }
}
