//! What an update does to files, counted while it runs.

use std::collections::{BTreeMap, HashMap};

use crate::{extract::template_hint, index::FileRecord};

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
    /// Of its articles that were read, those without a day, or with the one that its name shows.
    pub undated: usize,
}

/// What an update tells while it runs.
pub enum Progress<'a> {
    /// What is to be read.
    Planned {
        /// How many files.
        files: usize,
        /// Their size together.
        bytes: u64,
    },
    /// More of the planned bytes are read, or need not be.
    Read(u64),
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
    /// Of the articles, those without a day, or with the one that their file's name shows.
    pub undated: usize,
    /// The path template that would read a day from the names of such files, and of how many of
    /// them.
    pub template_hint: Option<(String, usize)>,
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
    /// Of files whose one article has no day but that of the name.
    undated_paths: Vec<String>,
    /// By path.
    pub(super) removed: BTreeMap<String, FileRecord>,
    /// Their paths by content.
    removed_by_content: HashMap<String, String>,
}

/// A template is suggested when so many articles, and one in so many, have no day but that of
/// their file's name: what many archives have of such files is an accident.
const UNDATED_MIN: usize = 2;
const UNDATED_SHARE: usize = 5;

/// So many paths of undated articles are kept to find a template by.
const UNDATED_PATHS_MAX: usize = 2_000;

impl<'a> Tally<'a> {
    pub(super) fn new(progress: &'a mut dyn FnMut(Progress<'_>), removed: Vec<FileRecord>) -> Tally<'a> {
        let with_content = removed.iter().filter(|it| !it.content.is_empty());
        let removed_by_content = with_content.map(|it| (it.content.clone(), it.path.clone())).collect();
        let removed = removed.into_iter().map(|it| (it.path.clone(), it)).collect();
        let (summary, undated_paths) = (UpdateSummary::default(), Vec::new());
        Tally { progress, summary, undated_paths, removed, removed_by_content }
    }

    pub(super) fn count(&mut self, mut done: FileOutcome) {
        if done.outcome == Outcome::Added
            && let Some(from) = self.removed_by_content.remove(&done.record.content)
        {
            self.removed.remove(&from);
            done.outcome = Outcome::Moved(from);
        }
        let summary = &mut self.summary;
        let FileOutcome { outcome, record, undated } = &done;
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
            summary.undated += undated;
            // Of a file of many articles the name tells nothing.
            if *undated == 1 && record.articles == 1 && self.undated_paths.len() < UNDATED_PATHS_MAX {
                self.undated_paths.push(record.path.clone());
            }
        }
        if *outcome != Outcome::Removed {
            let problems = record.problems.iter().map(|it| (record.path.clone(), it.clone()));
            summary.problems.extend(problems);
        }
        (self.progress)(Progress::Done(&done));
    }

    pub(super) fn finish(mut self) -> UpdateSummary {
        for record in std::mem::take(&mut self.removed).into_values() {
            self.count(FileOutcome { outcome: Outcome::Removed, record, undated: 0 });
        }
        self.summary.problems.sort_by(|a, b| a.0.cmp(&b.0));
        let UpdateSummary { articles, undated, .. } = self.summary;
        if undated >= UNDATED_MIN && undated * UNDATED_SHARE >= articles {
            self.undated_paths.sort();
            let hint = template_hint::suggest(&self.undated_paths);
            // A template for a few of many files is no help.
            self.summary.template_hint = hint.filter(|it| it.1 * UNDATED_SHARE >= self.undated_paths.len());
        }
        self.summary
    }
}
