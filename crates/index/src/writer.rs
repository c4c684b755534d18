//! Changes an index: the articles of a file are replaced or removed, and a commit makes the changes
//! visible.

use jiff::civil::Date;
use morgue_core::article::{Article, Quote};

use crate::{Error, FileRecord, embedded};

/// The one writer of an index. Its methods but the commits may be called from several threads.
pub struct Writer(Backend);

/// What an index is kept in. Each operation names all of them, so that the compiler asks a new one
/// for each.
enum Backend {
    Embedded(embedded::Writer),
}

impl Writer {
    pub(crate) fn embedded(writer: embedded::Writer) -> Writer {
        Writer(Backend::Embedded(writer))
    }

    /// Sets the day that new articles come on. Articles of a file that is removed in the same run keep
    /// the day that they came; without this call new ones have none.
    pub fn on_day(&mut self, today: Date) {
        let Backend::Embedded(it) = &mut self.0;
        it.on_day(today);
    }

    /// Forgets all articles and files.
    pub fn clear(&self) -> Result<(), Error> {
        let Backend::Embedded(it) = &self.0;
        it.clear().map_err(|error| error.at(it.location()))
    }

    /// Forgets the articles of the file at `path` and what the manifest knows of it.
    pub fn remove(&self, path: &str) -> Result<(), Error> {
        let Backend::Embedded(it) = &self.0;
        it.remove(path).map_err(|error| error.at(it.location()))
    }

    /// Adds an article of a file; the file's earlier articles go by [`Writer::remove`] before.
    pub fn add(&self, article: &Article, quotes: &[Quote]) -> Result<(), Error> {
        let Backend::Embedded(it) = &self.0;
        it.add(article, quotes).map_err(|error| error.at(it.location()))
    }

    /// Sets the manifest's record of a file and leaves its articles as they are.
    pub fn record(&self, record: &FileRecord) -> Result<(), Error> {
        let Backend::Embedded(it) = &self.0;
        it.record(record).map_err(|error| error.at(it.location()))
    }

    /// Adds the record of a file that the manifest does not know, or that went by
    /// [`Writer::remove`] before; cheaper than [`Writer::record`].
    pub fn add_record(&self, record: &FileRecord) -> Result<(), Error> {
        let Backend::Embedded(it) = &self.0;
        it.add_record(record).map_err(|error| error.at(it.location()))
    }

    /// Makes all changes visible and durable at once, with the families of copies that the articles
    /// have by now.
    pub fn commit(&mut self) -> Result<(), Error> {
        let Backend::Embedded(it) = &mut self.0;
        it.commit().map_err(|error| error.at(it.location()))
    }

    /// Waits until all is written and lets the lock go. What was not committed is lost.
    pub fn finish(self) -> Result<(), Error> {
        let Backend::Embedded(it) = self.0;
        let location = it.location().to_owned();
        it.finish().map_err(|error| error.at(&location))
    }

    /// Finishes, and writes the files that hold anything of removed articles anew without it, so
    /// that no word of them is left in the index.
    pub fn purge(self) -> Result<(), Error> {
        let Backend::Embedded(it) = self.0;
        let location = it.location().to_owned();
        it.purge().map_err(|error| error.at(&location))
    }
}
