//! Writes an index. Families of copies are found anew between two commits.

use std::path::Path;

use tantivy::{IndexWriter, Term, indexer::UserOperation};

use morgue_core::article::{Article, Quote};
use morgue_core::copies;

use crate::{Error, Families, FileRecord};

use super::{
    FORMAT, Index, Payload, Snapshot, documents,
    failure::{Result, not_written},
    families::of_copy,
    lock::Lock,
};

/// The one writer of an index; it holds the lock.
pub(crate) struct Writer {
    tantivy: IndexWriter,
    index: Index,
    _lock: Lock,
}

/// What tantivy asks for per indexing thread at least.
const THREAD_BYTES_MIN: usize = 15_000_000;
/// What tantivy takes per indexing thread at most: a little under 4 GiB.
const THREAD_BYTES_MAX: usize = 4_000_000_000;
/// What tantivy takes at most.
const THREADS_MAX: usize = 8;

impl Writer {
    pub(super) fn new(index: &Index, threads: usize, memory_bytes: usize) -> Result<Writer, Error> {
        let lock = Lock::take(index.location())?;
        let threads = threads.clamp(1, THREADS_MAX).min((memory_bytes / THREAD_BYTES_MIN).max(1));
        let memory_bytes = memory_bytes.clamp(THREAD_BYTES_MIN, THREAD_BYTES_MAX * threads);
        let writer = index.tantivy.writer_with_num_threads(threads, memory_bytes);
        let tantivy = index.located(writer.map_err(not_written))?;
        Ok(Writer { tantivy, index: index.clone(), _lock: lock })
    }

    /// Where the index lies.
    pub(crate) fn location(&self) -> &Path {
        self.index.location()
    }

    pub(crate) fn clear(&self) -> Result<()> {
        self.tantivy.delete_all_documents().map_err(not_written)?;
        Ok(())
    }

    pub(crate) fn remove(&self, path: &str) {
        self.tantivy.delete_term(Term::from_field_text(self.index.fields.file, path));
    }

    pub(crate) fn add(&self, article: &Article, quotes: &[Quote]) -> Result<()> {
        // As one group: the documents of an article stand side by side in one segment, its own
        // first (`ranking::Articles`).
        let documents = documents::of_article(&self.index.fields, article, quotes);
        let operations: Vec<_> = documents.into_iter().map(UserOperation::Add).collect();
        self.tantivy.run(operations).map_err(not_written)?;
        Ok(())
    }

    pub(crate) fn record(&self, record: &FileRecord) -> Result<()> {
        self.tantivy.delete_term(Term::from_field_text(self.index.fields.record, &record.path));
        self.add_record(record)
    }

    /// Cheaper than [`Writer::record`]: tantivy looks a deleted term up in every segment it writes
    /// meanwhile.
    pub(crate) fn add_record(&self, record: &FileRecord) -> Result<()> {
        let document = documents::of_file(&self.index.fields, record);
        self.tantivy.add_document(document).map_err(not_written)?;
        Ok(())
    }

    pub(crate) fn commit(&mut self) -> Result<()> {
        self.commit_with(false)
    }

    pub(crate) fn commit_with_families(&mut self) -> Result<()> {
        self.commit()?;
        let snapshot = Snapshot::new(&self.index)?;
        let known = snapshot.families()?;
        let families = Families::of(copies::families(snapshot.sketches()?));
        for article in known.changes(&families) {
            self.tantivy.delete_term(Term::from_field_u64(self.index.fields.copy, article));
            if let Some(family) = families.of_article(article) {
                let document = of_copy(&self.index.fields, article, family);
                self.tantivy.add_document(document).map_err(not_written)?;
            }
        }
        self.commit_with(true)
    }

    fn commit_with(&mut self, families: bool) -> Result<()> {
        let payload = Payload { format: FORMAT, families };
        let payload = serde_json::to_string(&payload).expect("a number and a word are JSON");
        let committed = self.tantivy.prepare_commit().and_then(|mut commit| {
            commit.set_payload(&payload);
            commit.commit()
        });
        committed.map(|_| ()).map_err(not_written)
    }

    /// Waits until segments are merged.
    pub(crate) fn finish(self) -> Result<()> {
        let Writer { tantivy, _lock, .. } = self;
        tantivy.wait_merging_threads().map_err(not_written)
    }
}
