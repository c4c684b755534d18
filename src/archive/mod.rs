//! The handle that every way in uses: files, settings, locks, lists.
//!
//! It opens files, runs the stages and commits; it decides nothing about content. What the stages
//! need from outside (settings, corrections, the day it is) comes in through it. What a question
//! means is the matter of `search` (`answers`).

mod annotate;
mod answers;
mod articles;
mod batch;
mod budget;
mod check;
mod convert;
mod formats;
mod listing;
mod lists;
mod named;
mod own;
mod people;
mod plan;
mod read_bytes;
mod receipt;
mod settings;
mod source;
mod tally;
mod update;
mod watch;

use std::{
    path::{Path, PathBuf},
    sync::{Arc, OnceLock},
};

use anyhow::{Context as _, Result};

use crate::{
    files,
    index::{self, Index, Snapshot},
    search::PeopleTable,
};

pub use annotate::{AnnotatedLine, annotate};
pub use answers::Holdings;
pub use articles::{SeveralArticles, Shown, WhichArticle};
pub use batch::{BatchQuery, Done, batch_queries};
pub use check::{Compared, Health, Status};
pub use convert::Converter;
pub use formats::{FormatKind, FormatRow};
pub use lists::{
    DeletedList, Dossier, DossierItem, Edited, EntryEdit, Find, Gather, Gathered, Imported, ListChange,
    ListName, ListSummary, Refreshed, Sorted, TakenOut, Unheld, Wanted, Whereabouts,
};
pub use named::Named;
pub use receipt::{
    Change, FileRow, HitRow, Receipt, Replayed, RequestRow, StateRow, hit_of_search, hits_of_dossier,
    hits_of_quotes, hits_of_search,
};
pub use settings::{COMMENTED, Settings};
pub use source::{Extracted, extract_file};
pub use tally::{FileOutcome, Outcome, Progress, UpdateSummary};
pub use update::UpdateOptions;
pub use watch::{Manner, News, Watch, Watching};

/// The name of the settings file, which also marks the archive's folder.
pub const SETTINGS_NAME: &str = "morgue.toml";

/// The name of the file with corrections by hand to who is who.
const CORRECTIONS_NAME: &str = "people.toml";

/// A larger file of settings, or a larger sidecar, was not written by hand.
const SETTINGS_BYTES_MAX: u64 = 1 << 20;

/// Corrections to some hundred thousand people.
const CORRECTIONS_BYTES_MAX: u64 = 16 << 20;

/// A folder with a corpus, settings and an index, each of which may be missing.
pub struct Archive {
    folder: PathBuf,
    settings: Settings,
    /// The text that the settings were read from.
    settings_text: String,
    index_location: PathBuf,
    /// The text of `people.toml`, or why it cannot be read, which matters to those who ask for
    /// people.
    corrections: Result<String, String>,
    /// The state that all answers are of, if one is held.
    held: Option<Held>,
}

/// One state of an archive, with what was read of it.
struct Held {
    snapshot: Arc<Snapshot>,
    people: PeopleTable,
    state: OnceLock<StateRow>,
}

impl Archive {
    /// Finds the archive: the folder given, or the nearest one upward from `current` that has a
    /// `morgue.toml`, or `current` itself. `index` replaces the location of the settings.
    pub fn find(current: &Path, folder: Option<&Path>, index: Option<&Path>) -> Result<Archive> {
        let folder = match folder {
            Some(folder) => {
                let folder = current.join(folder);
                let metadata =
                    folder.metadata().with_context(|| format!("cannot find `{}`", folder.display()))?;
                anyhow::ensure!(metadata.is_dir(), "`{}` is no folder", folder.display());
                folder
            }
            None => {
                // Whatever it is: settings that cannot be read are not passed over.
                let is_there = |it: &&Path| it.join(SETTINGS_NAME).symlink_metadata().is_ok();
                let marked = current.ancestors().find(is_there);
                marked.unwrap_or(current).to_owned()
            }
        };
        let path = folder.join(SETTINGS_NAME);
        let text = text_if_there(&path, SETTINGS_BYTES_MAX)
            .with_context(|| format!("cannot read {}", path.display()))?;
        let settings = Settings::parse(&text).map_err(|it| anyhow::anyhow!("{}:{it}", path.display()))?;
        let index_location = match index {
            Some(index) => current.join(index),
            None => folder.join(&settings.index),
        };
        let corrections = text_if_there(&folder.join(CORRECTIONS_NAME), CORRECTIONS_BYTES_MAX);
        let corrections = corrections.map_err(|it| it.to_string());
        Ok(Archive { folder, settings, settings_text: text, index_location, corrections, held: None })
    }

    /// The archive's folder.
    pub fn folder(&self) -> &Path {
        &self.folder
    }

    /// Where its index lies, or would lie.
    pub fn index_location(&self) -> &Path {
        &self.index_location
    }

    /// The files beside corpus and index that decide how it is read, whether they are there or not.
    pub fn files_of_its_own(&self) -> [PathBuf; 2] {
        [SETTINGS_NAME, CORRECTIONS_NAME].map(|it| self.folder.join(it))
    }

    /// Whether there is an index, good or not, to which something was ever committed.
    pub fn has_index(&self) -> bool {
        let opened = self.index().and_then(|it| it.snapshot());
        !matches!(opened, Err(index::Error::Missing(_)))
    }

    /// Whether one of its corpus folders is there.
    pub fn has_corpus(&self) -> bool {
        self.settings.corpus.iter().any(|it| self.folder.join(it).exists())
    }

    /// The same archive, whose answers are all of the last commit, whatever is written meanwhile,
    /// and which keeps what it reads of it: for a process that answers many questions.
    pub fn held(self) -> Result<Archive, index::Error> {
        let snapshot = Arc::new(self.index()?.snapshot()?);
        Ok(Archive {
            held: Some(Held { snapshot, people: PeopleTable::default(), state: OnceLock::new() }),
            ..self
        })
    }

    /// The number of the commit that answers are of: the last, or the one that is held.
    pub fn generation(&self) -> Result<u64, index::Error> {
        Ok(self.snapshot()?.commit_id().generation)
    }

    fn index(&self) -> Result<Index, index::Error> {
        Index::open(&self.index_location)
    }
}

/// How many threads to use: as many as asked for, within reason, and one a core when asked for
/// none.
fn threads(asked: usize) -> usize {
    const THREADS_MAX: usize = 256;
    match asked {
        0 => std::thread::available_parallelism().map_or(1, std::num::NonZero::get),
        asked => asked.min(THREADS_MAX),
    }
}

/// The text of a file of the archive, empty when there is none.
fn text_if_there(path: &Path, bytes_max: u64) -> std::io::Result<String> {
    let bytes = files::read_if_there(path, bytes_max)?.unwrap_or_default();
    files::text_of(bytes).map_err(std::io::Error::other)
}
