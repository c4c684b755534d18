//! The archive that is served: at one state, until there is a newer one.

use std::{
    path::{Path, PathBuf},
    sync::{Arc, Mutex, PoisonError, TryLockError},
    time::SystemTime,
};

use anyhow::Result;

use crate::{archive::Archive, index, system::stop};

use super::problem::{Problem, ProblemKind};

/// Opens the archive as it is now.
pub(super) type Open = Box<dyn Fn() -> Result<Archive> + Send + Sync>;

/// The archive as it is served.
pub(super) struct Library {
    open: Open,
    current: Mutex<Option<State>>,
    /// Held by who opens the archive.
    opening: Mutex<()>,
}

/// The archive at one state.
#[derive(Clone)]
pub(super) struct State {
    pub(super) archive: Arc<Archive>,
    pub(super) stamps: Arc<Stamps>,
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
        Library { open, current: Mutex::new(None), opening: Mutex::new(()) }
    }

    /// The archive at its last state. It is opened again when something was committed, or its
    /// settings or corrections changed; who reads the old state goes on.
    ///
    /// One at a time opens it. Who comes meanwhile gets the state before, so that a slow disk
    /// blocks nobody, and waits only where there is none.
    pub(super) fn archive(&self) -> Result<State, Problem> {
        let known = self.known();
        if let Some(known) = known.as_ref().filter(|it| it.is_last()) {
            return Ok(known.clone());
        }
        let _opening = match (self.opening.try_lock(), known) {
            (Ok(it), _) => it,
            (Err(TryLockError::Poisoned(it)), _) => it.into_inner(),
            (Err(TryLockError::WouldBlock), Some(known)) => return Ok(known),
            (Err(TryLockError::WouldBlock), None) => {
                self.opening.lock().unwrap_or_else(PoisonError::into_inner)
            }
        };
        let known = self.known();
        if let Some(known) = known.as_ref().filter(|it| it.is_last()) {
            return Ok(known.clone());
        }
        // All who come after have use for it.
        let opened = stop::to_the_end(|| self.open_now(known.as_ref()));
        *self.current.lock().unwrap_or_else(PoisonError::into_inner) = opened.as_ref().ok().cloned();
        opened
    }

    fn known(&self) -> Option<State> {
        self.current.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    fn open_now(&self, known: Option<&State>) -> Result<State, Problem> {
        let open =
            || (self.open)().map_err(|it| Problem::new(ProblemKind::ArchiveUnreadable, format!("{it:#}")));
        // Stamps are taken before what they stand for is read: what changes while it is opened has
        // other stamps the next time. Where the files lie is known only of an archive.
        let stamps = match known {
            Some(known) => Stamps::of(&known.archive),
            None => Stamps::of(&open()?),
        };
        let archive = Arc::new(open()?.held()?);
        Ok(State { archive, stamps: Arc::new(stamps) })
    }
}

impl State {
    /// Whether nothing has changed since it was opened, at the cost of a look at three files.
    fn is_last(&self) -> bool {
        *self.stamps == Stamps::of(&self.archive)
    }
}

impl Stamps {
    fn of(archive: &Archive) -> Stamps {
        let files = archive.files_of_its_own().iter().map(|it| stamp(it)).collect();
        Stamps { index: index::Index::stamp(archive.index_location()), files }
    }
}

/// The file of each list, with its time and its length.
pub(super) type ListsStamp = Vec<(PathBuf, Option<(SystemTime, u64)>)>;

/// The stamps of the lists as they are now.
pub(super) fn lists_stamp(archive: &Archive) -> ListsStamp {
    let names = archive.list_names().unwrap_or_default();
    let paths = names.iter().map(|it| archive.list_path(it));
    paths.map(|it| (it.clone(), stamp(&it))).collect()
}

fn stamp(path: &Path) -> Option<(SystemTime, u64)> {
    let metadata = path.metadata().ok()?;
    Some((metadata.modified().ok()?, metadata.len()))
}
