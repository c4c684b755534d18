//! Articles in, quotes out: the attribution alone, over a stream, on all cores, in order.

use std::{
    collections::BTreeMap,
    io::{self, BufRead, Read as _},
    panic::{AssertUnwindSafe, catch_unwind},
    sync::{Arc, Mutex, PoisonError, mpsc},
};

use anyhow::Result;
use serde::Deserialize;

use crate::{
    article::Language,
    attribute::{self, Annotated},
    extract,
};

use super::budget::{Budget, Permit};

/// A longer line of input is not read: as long as a record of a corpus may be, 16 MiB.
const LINE_BYTES_MAX: u64 = 16 << 20;
/// What a line costs beside its bytes: ten thousand short ones are held at once.
const LINE_COST: usize = 1600;
/// So many bytes of lines are held at once, however many threads there are.
const LINES_BYTES_MAX: u64 = 16 << 20;

/// A line of the input, as `docs/output.md` gives it; other keys are passed over.
#[derive(Deserialize)]
struct Input {
    id: String,
    text: String,
    language: Option<String>,
}

/// What became of one line of the input.
pub enum AnnotatedLine {
    /// It held an article.
    Article {
        /// Its id as given.
        id: String,
        /// Its text as given.
        text: String,
        /// Its quotes.
        annotated: Annotated,
    },
    /// It held none.
    Problem {
        /// Counted from 1.
        line: usize,
        /// What is wrong with it.
        reason: String,
    },
}

/// Its place in the order of the output, counted from 0, and the permit to hold it.
type Numbered<T> = (usize, Permit, T);

/// A line of the input, counted from 1, or why it was not read.
type Line = (usize, Result<Vec<u8>, String>);

/// Annotates the articles of `input` with `jobs` threads (one a core when 0), and hands them to
/// `each` in their order.
///
/// Holds 16 MiB of lines or one that is longer, however long the input and however many threads.
/// Blank lines are passed over. Fails when the input cannot be read or `each` fails.
pub fn annotate(
    input: impl BufRead + Send + 'static,
    jobs: usize,
    each: &mut dyn FnMut(AnnotatedLine) -> io::Result<()>,
) -> Result<()> {
    let jobs = super::threads(jobs);
    let (to_workers, lines) = mpsc::sync_channel::<Numbered<Line>>(jobs * 2);
    let lines = Arc::new(Mutex::new(lines));
    // Bounded, so that a slow reader of the output holds the workers back.
    let (done, results) = mpsc::sync_channel::<Numbered<AnnotatedLine>>(jobs * 2);
    // The bytes of a line count from when it is read until its quotes are handed on, and what comes
    // early waits for no line that has no permit yet.
    let reader = std::thread::spawn(move || feed(input, &to_workers));
    for _ in 0..jobs {
        // The last worker that ends takes the lines with it, which ends the reader.
        let (lines, done) = (Arc::clone(&lines), done.clone());
        std::thread::spawn(move || {
            loop {
                let next = lines.lock().unwrap_or_else(PoisonError::into_inner).recv();
                let Ok((number, permit, (line, content))) = next else { return };
                if done.send((number, permit, annotated(line, content))).is_err() {
                    return;
                }
            }
        });
    }
    drop((lines, done));
    let mut early = BTreeMap::new();
    let mut next = 0;
    for (number, permit, result) in &results {
        early.insert(number, (permit, result));
        while let Some((_permit, result)) = early.remove(&next) {
            next += 1;
            // A reader that waits for more input is left behind when nobody wants the output: the
            // process ends it.
            each(result)?;
        }
    }
    match reader.join() {
        Ok(read) => Ok(read?),
        Err(_) => anyhow::bail!("the input could not be read"),
    }
}

/// Sends the lines that are not blank.
fn feed(mut input: impl BufRead, to_workers: &mpsc::SyncSender<Numbered<Line>>) -> io::Result<()> {
    let budget = Budget::new(LINES_BYTES_MAX);
    let mut number = 0;
    for line_number in 1.. {
        let mut line = Vec::new();
        if (&mut input).take(LINE_BYTES_MAX).read_until(b'\n', &mut line)? == 0 {
            return Ok(());
        }
        let cut = line.len() as u64 == LINE_BYTES_MAX && !line.ends_with(b"\n");
        if cut {
            input.skip_until(b'\n')?;
        }
        if line.trim_ascii().is_empty() {
            continue;
        }
        let line = if cut { Err(format!("is longer than {} MiB", LINE_BYTES_MAX >> 20)) } else { Ok(line) };
        let bytes = line.as_ref().map_or(0, Vec::len) + LINE_COST;
        if to_workers.send((number, budget.take(bytes as u64), (line_number, line))).is_err() {
            return Ok(());
        }
        number += 1;
    }
    Ok(())
}

fn annotated(line: usize, content: Result<Vec<u8>, String>) -> AnnotatedLine {
    let attempt = catch_unwind(AssertUnwindSafe(|| attributed(line, content)));
    attempt.unwrap_or_else(|_| AnnotatedLine::Problem {
        line,
        reason: "an error of morgue itself: please report it with this line".to_owned(),
    })
}

fn attributed(line: usize, content: Result<Vec<u8>, String>) -> AnnotatedLine {
    let read = content.and_then(|it| serde_json::from_slice::<Input>(&it).map_err(|error| error.to_string()));
    match read {
        Ok(Input { id, text, language }) => {
            let language = match language {
                Some(tag) => Language::from_tag(&tag),
                None => extract::language_of(&text),
            };
            let annotated = attribute::annotate(&text, language);
            AnnotatedLine::Article { id, text, annotated }
        }
        Err(reason) => AnnotatedLine::Problem { line, reason },
    }
}
