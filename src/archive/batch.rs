//! Many queries or names from one process: answered on all cores, handed over in their order.

use std::{
    collections::{BTreeMap, HashMap},
    sync::{
        Arc,
        atomic::{AtomicUsize, Ordering},
        mpsc,
    },
};

use anyhow::{Context as _, Result};
use jiff::civil::Date;

use crate::{
    index::Snapshot,
    search::{self, HitPlace, NameHits, Results, SearchRequest, TypedQuery},
};

use super::Archive;

/// A query of a batch.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BatchQuery {
    /// What it is known by.
    pub id: String,
    /// The query as typed.
    pub text: String,
}

/// Reads queries, one a line: what it is known by, a tab, the query. Blank lines are left out. Also
/// what is wrong with lines that are none; the others are queries all the same.
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
        } else if id.contains(char::is_control) {
            problems.push(format!("line {n}: the name of the query holds a control character"));
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
    /// Runs each query as `request` asks but for its own, on all cores, and hands what it found
    /// over in the order of the queries.
    ///
    /// A query that is invalid, or asks too much, is handed over as its error, and the others go
    /// on.
    pub fn batch(
        &self,
        queries: &[BatchQuery],
        request: &SearchRequest,
        today: Date,
        done: &mut Done<'_, Results>,
    ) -> Result<()> {
        self.each(queries, request, done, |snapshot, request| search::search(snapshot, request, today))
    }

    /// The same, but tells only where the hits lie: a thousand for each query are cheap.
    pub fn batch_places(
        &self,
        queries: &[BatchQuery],
        request: &SearchRequest,
        today: Date,
        done: &mut Done<'_, Vec<HitPlace>>,
    ) -> Result<()> {
        self.each(queries, request, done, |snapshot, request| search::hit_places(snapshot, request, today))
    }

    fn each<T: Send>(
        &self,
        queries: &[BatchQuery],
        request: &SearchRequest,
        done: &mut Done<'_, T>,
        answer: impl Fn(&Snapshot, &SearchRequest) -> Result<T, search::Error> + Sync,
    ) -> Result<()> {
        let snapshot = self.snapshot()?;
        let shelf = self.shelf(queries.iter().map(|it| it.text.as_str()));
        let answer = |query: &BatchQuery| {
            let typed =
                TypedQuery { text: query.text.clone(), shelf: Arc::clone(&shelf), ..request.query.clone() };
            answer(&snapshot, &SearchRequest { query: typed, ..*request })
        };
        in_order((queries, super::threads(0)), &answer, &mut |query, answer| {
            let of_question = answer.as_ref().err().is_some_and(search::Error::is_of_question);
            let answer = answer.with_context(|| format!("query {}", query.id));
            if of_question { done(query, answer) } else { done(query, Ok(answer?)) }
        })
    }

    /// Looks for each name as `request` asks but for its query, on `threads` threads, one a core if
    /// 0; hands over what is there in the order of the names: [`search::name_hits`].
    pub fn names(
        &self,
        (names, threads): (&[String], usize),
        request: &SearchRequest,
        today: Date,
        done: &mut dyn FnMut(&NameHits) -> Result<()>,
    ) -> Result<()> {
        let snapshot = self.snapshot()?;
        let shelf = self.shelf(names.iter().map(String::as_str));
        let request =
            &SearchRequest { query: TypedQuery { shelf, ..request.query.clone() }, ..request.clone() };
        let answer = |name: &String| search::name_hits(&snapshot, name, request, today);
        in_order((names, super::threads(threads)), &answer, &mut |_, hits| done(&hits?))
    }
}

/// Answers the queries on `threads` threads, on this one if that is 1, and hands the answers over
/// in their order.
fn in_order<Q: Sync, T: Send>(
    (queries, threads): (&[Q], usize),
    answer: &(impl Fn(&Q) -> T + Sync),
    done: &mut dyn FnMut(&Q, T) -> Result<()>,
) -> Result<()> {
    if threads == 1 {
        return queries.iter().try_for_each(|it| done(it, answer(it)));
    }
    let next = AtomicUsize::new(0);
    let (sender, receiver) = mpsc::sync_channel(64);
    std::thread::scope(|scope| {
        for _ in 0..threads.min(queries.len()) {
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_batch_is_names_and_queries() {
        let (read, problems) = batch_queries("7\tdam siren \n\n q8\tsource:post \"a b\"\n");
        assert!(problems.is_empty());
        assert_eq!(read.iter().map(|it| it.id.as_str()).collect::<Vec<_>>(), ["7", "q8"]);
        assert_eq!(read[0].text, "dam siren");
        for (wrong, why) in [
            ("1\ta\ndam siren", "line 2 has no tab"),
            ("1\ta\n\tb", "line 2: a query is known by one word"),
            ("1\ta\n2\u{1b}[31m\tb", "line 2: the name of the query holds a control character"),
            ("1\ta\n2\u{9b}\tb", "line 2: the name of the query holds a control character"),
            ("1\ta\n1\tb", "line 2: `1` is what the query of line 1"),
        ] {
            let (read, problems) = batch_queries(wrong);
            assert!(read.len() == 1 && problems.len() == 1 && problems[0].starts_with(why), "{problems:?}");
        }
    }
}
