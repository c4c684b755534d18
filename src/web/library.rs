//! The archive that is served: at one state, until there is a newer one.

use std::{
    path::{Path, PathBuf},
    sync::{Arc, Mutex, PoisonError},
    time::SystemTime,
};

use anyhow::Result;

use crate::{archive::Archive, index};

use super::problem::Problem;

/// Opens the archive as it is now.
pub(super) type Open = Box<dyn Fn() -> Result<Archive> + Send + Sync>;

/// The archive as it is served.
pub(super) struct Library {
    open: Open,
    current: Mutex<Option<(Stamps, Arc<Archive>)>>,
}

/// What changes when the archive does.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Stamps {
    index: Option<index::Stamp>,
    files: Vec<Option<(SystemTime, u64)>>,
}

impl Library {
    /// Of an archive that is opened so.
    pub(super) fn new(open: Open) -> Library {
        Library { open, current: Mutex::new(None) }
    }

    /// The archive at its last state. It is opened again when something was committed, or its
    /// settings or corrections changed; who reads the old state goes on.
    pub(super) fn archive(&self) -> Result<Arc<Archive>, Problem> {
        // Whoever comes while it is opened waits: it takes some milliseconds, and two would do it
        // twice.
        let mut current = self.current.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some((stamps, archive)) = current.as_ref()
            && *stamps == Stamps::of(archive)
        {
            return Ok(archive.clone());
        }
        *current = None;
        let archive = (self.open)()?;
        // What changes while it is opened is seen the next time.
        let stamps = Stamps::of(&archive);
        let archive = Arc::new(archive.held()?);
        *current = Some((stamps, archive.clone()));
        Ok(archive)
    }
}

impl Stamps {
    fn of(archive: &Archive) -> Stamps {
        let files = archive.files_of_its_own().iter().map(|it| stamp(it)).collect();
        Stamps { index: index::Index::stamp(archive.index_location()), files }
    }
}

/// The stamps of the lists, which are read anew for each page.
pub(super) fn lists_stamp(archive: &Archive) -> Vec<(PathBuf, Option<(SystemTime, u64)>)> {
    let names = archive.list_names().unwrap_or_default();
    let paths = names.iter().map(|it| archive.list_path(it));
    paths.map(|it| (it.clone(), stamp(&it))).collect()
}

fn stamp(path: &Path) -> Option<(SystemTime, u64)> {
    let metadata = path.metadata().ok()?;
    Some((metadata.modified().ok()?, metadata.len()))
}
