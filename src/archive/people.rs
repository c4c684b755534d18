//! The table of people after an ingest: brought up to date by the files that were touched.

use std::collections::BTreeSet;

use crate::{
    index::{self, Index, Snapshot},
    roster::{self, Decisions, Touched},
};

use super::Archive;

/// What an update does to files, as far as people need to know.
pub(super) struct TouchedFiles {
    /// The state before the update; `None` where nothing is left of it.
    before: Option<Snapshot>,
    paths: BTreeSet<String>,
}

/// Of more files than this it is not asked one by one who is quoted in them.
const FILES_MAX: usize = 20_000;

impl TouchedFiles {
    /// Remembers the state before an update, if anything stays of it. It is not of the index that
    /// is written: files that are merged meanwhile would not be removed.
    pub(super) fn since(before: Option<Snapshot>) -> TouchedFiles {
        TouchedFiles { before, paths: BTreeSet::new() }
    }

    /// Notes a file whose articles are added, removed or others than before.
    pub(super) fn add(&mut self, path: &str) {
        if self.paths.len() <= FILES_MAX {
            self.paths.insert(path.to_owned());
        }
    }

    /// Who was quoted in the files before. Then the old state is let go: its files can be removed.
    pub(super) fn names_before(self) -> Result<TouchedNames, index::Error> {
        let TouchedFiles { before, paths } = self;
        let before = before.filter(|_| paths.len() <= FILES_MAX);
        let touched = before.map(|it| {
            let names = it.names_in_files(&paths.iter().map(String::as_str).collect::<Vec<_>>())?;
            Ok::<_, index::Error>(Touched { since: it.commit_id(), names })
        });
        Ok(TouchedNames { touched: touched.transpose()?, paths })
    }
}

/// The names that were quoted in touched files before an update, and the files.
pub(super) struct TouchedNames {
    /// `None` where everybody may be touched.
    touched: Option<Touched>,
    paths: BTreeSet<String>,
}

impl TouchedNames {
    /// Makes everybody touched, so that nothing of the old table stays.
    pub(super) fn forget(&mut self) {
        self.touched = None;
    }
}

impl Archive {
    /// Brings the table of people up to date with the last commit. Whoever asks for people does
    /// the same if it is not: so no error here makes an ingest fail that has written all articles.
    pub(super) fn update_people(&self, index: &Index, names: TouchedNames) {
        // What is wrong with `people.toml` those learn who ask for people.
        let Some(decisions) = self.corrections.as_ref().ok().and_then(|it| Decisions::parse(it).ok()) else {
            return;
        };
        let update = || {
            let snapshot = index.snapshot()?;
            let TouchedNames { mut touched, paths } = names;
            if let Some(touched) = &mut touched {
                let paths: Vec<&str> = paths.iter().map(String::as_str).collect();
                touched.names.extend(snapshot.names_in_files(&paths)?);
            }
            roster::refresh(&snapshot, &decisions, touched)
        };
        let _: Result<(), index::Error> = update();
    }
}
