//! What an update does to files, counted while it runs.

use std::collections::{BTreeMap, HashMap};

use crate::index::FileRecord;

/// What happened to a file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// It is new.
    Added,
    /// It is the file that was at this path before.
    Moved(String),
    /// It was read again and replaced.
    Changed,
    /// Its time changed and its content did not, or nothing at all.
    Unchanged,
    /// It is gone, and its articles with it.
    Removed,
}

/// What an update did with one file.
#[derive(Clone, Debug)]
pub struct FileOutcome {
    /// What happened.
    pub outcome: Outcome,
    /// What the manifest knows of it now; for a removed file, what it knew.
    pub record: FileRecord,
}

/// What an update tells while it runs.
pub enum Progress<'a> {
    /// So many files are to be read.
    Planned(usize),
    /// One more is done, in no order.
    Done(&'a FileOutcome),
}

/// What an update did.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct UpdateSummary {
    /// Files of each outcome.
    pub added: usize,
    /// See [`Outcome::Moved`].
    pub moved: usize,
    /// See [`Outcome::Changed`].
    pub changed: usize,
    /// See [`Outcome::Unchanged`].
    pub unchanged: usize,
    /// See [`Outcome::Removed`].
    pub removed: usize,
    /// Articles in the files that were read.
    pub articles: usize,
    /// Their passages.
    pub passages: usize,
    /// Their quotes.
    pub quotes: usize,
    /// What was wrong with files, those of earlier runs included, as path and reason.
    pub problems: Vec<(String, String)>,
}

impl UpdateSummary {
    /// How many files were not as the index had them.
    pub fn changes(&self) -> usize {
        self.added + self.moved + self.changed + self.removed
    }
}

/// Counts outcomes and passes them on; knows which files are gone, to tell a moved file from a new
/// one.
pub(super) struct Tally<'a> {
    pub(super) progress: &'a mut dyn FnMut(Progress<'_>),
    summary: UpdateSummary,
    /// By path.
    pub(super) removed: BTreeMap<String, FileRecord>,
    /// Their paths by content.
    removed_by_content: HashMap<String, String>,
}

impl<'a> Tally<'a> {
    pub(super) fn new(progress: &'a mut dyn FnMut(Progress<'_>), removed: Vec<FileRecord>) -> Tally<'a> {
        let with_content = removed.iter().filter(|it| !it.content.is_empty());
        let removed_by_content = with_content.map(|it| (it.content.clone(), it.path.clone())).collect();
        let removed = removed.into_iter().map(|it| (it.path.clone(), it)).collect();
        Tally { progress, summary: UpdateSummary::default(), removed, removed_by_content }
    }

    pub(super) fn count(&mut self, mut done: FileOutcome) {
        if done.outcome == Outcome::Added
            && let Some(from) = self.removed_by_content.remove(&done.record.content)
        {
            self.removed.remove(&from);
            done.outcome = Outcome::Moved(from);
        }
        let summary = &mut self.summary;
        let FileOutcome { outcome, record } = &done;
        let read = match outcome {
            Outcome::Added => Some(&mut summary.added),
            Outcome::Moved(_) => Some(&mut summary.moved),
            Outcome::Changed => Some(&mut summary.changed),
            Outcome::Unchanged => {
                summary.unchanged += 1;
                None
            }
            Outcome::Removed => {
                summary.removed += 1;
                None
            }
        };
        if let Some(count) = read {
            *count += 1;
            summary.articles += record.articles;
            summary.passages += record.passages;
            summary.quotes += record.quotes;
        }
        if *outcome != Outcome::Removed {
            let problems = record.problems.iter().map(|it| (record.path.clone(), it.clone()));
            summary.problems.extend(problems);
        }
        (self.progress)(Progress::Done(&done));
    }

    pub(super) fn finish(mut self) -> UpdateSummary {
        for record in std::mem::take(&mut self.removed).into_values() {
            self.count(FileOutcome { outcome: Outcome::Removed, record });
        }
        self.summary.problems.sort_by(|a, b| a.0.cmp(&b.0));
        self.summary
    }
}
