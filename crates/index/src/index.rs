//! The place where an archive's articles are kept.

use std::{
    collections::BTreeSet,
    io,
    path::{Path, PathBuf},
    time::SystemTime,
};

use crate::{Error, Snapshot, Writer, embedded};

/// An index.
#[derive(Clone)]
pub struct Index(Backend);

/// What an index is kept in. Each operation names all of them, so that the compiler asks a new one
/// for each.
#[derive(Clone)]
enum Backend {
    Embedded(embedded::Index),
}

/// Tells one commit from the next without opening the index: equal as long as nothing was
/// committed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Stamp((SystemTime, u64));

impl Index {
    /// Opens the index at `location`; fails when there is none, or one that this program cannot
    /// read.
    pub fn open(location: &Path) -> Result<Index, Error> {
        Ok(Index(Backend::Embedded(embedded::Index::open(location)?)))
    }

    /// What changes with each commit to the index at `location`, at the cost of a look at one file;
    /// `None` when there is none.
    pub fn stamp(location: &Path) -> Option<Stamp> {
        embedded::Index::stamp(location).map(Stamp)
    }

    /// Makes an empty index at `location`, in place of one that is there.
    ///
    /// Removes only files that an index has; a folder with others is refused.
    pub fn create(location: &Path) -> Result<Index, Error> {
        Ok(Index(Backend::Embedded(embedded::Index::create(location)?)))
    }

    /// Where it lies.
    pub fn location(&self) -> &Path {
        let Backend::Embedded(it) = &self.0;
        it.location()
    }

    /// Takes the lock and starts to change the index, with `threads` indexing threads that share
    /// `memory_bytes`.
    ///
    /// Fails at once when another process writes, and says which.
    pub fn writer(&self, threads: usize, memory_bytes: usize) -> Result<Writer, Error> {
        let Backend::Embedded(it) = &self.0;
        it.writer(threads, memory_bytes).map(Writer::embedded)
    }

    /// The state of the last commit, to read from; later commits do not change it.
    ///
    /// Fails when nothing was ever committed, as after a first ingest that was killed: there is
    /// nothing to read.
    pub fn snapshot(&self) -> Result<Snapshot, Error> {
        let Backend::Embedded(it) = &self.0;
        it.snapshot().map(Snapshot::embedded)
    }

    /// Files that no commit names, by name: a run that was killed left them. Nothing reads them,
    /// and the next writer removes them. None while a writer is at work.
    pub fn leftovers(&self) -> Result<BTreeSet<PathBuf>, Error> {
        let Backend::Embedded(it) = &self.0;
        it.leftovers()
    }

    /// The files whose content does not match their checksum, by name.
    pub fn damaged_files(&self) -> Result<BTreeSet<PathBuf>, Error> {
        let Backend::Embedded(it) = &self.0;
        it.damaged_files()
    }

    /// How many bytes it takes on disk.
    pub fn bytes(&self) -> io::Result<u64> {
        let Backend::Embedded(it) = &self.0;
        it.bytes()
    }
}
