//! Writes an index. The families of copies are found anew for each commit, so that articles and
//! copies are always of one state.

use std::{
    collections::{HashMap, HashSet},
    hash::{BuildHasher as _, Hasher as _, RandomState},
    path::Path,
    sync::{Mutex, MutexGuard, OnceLock, PoisonError},
};

use jiff::civil::Date;
use tantivy::{IndexWriter, Term, indexer::UserOperation, merge_policy::NoMergePolicy};

use morgue_core::article::{Article, ArticleId, Quote};
use morgue_core::copies::{self, Sketch};

use crate::{Error, Families, FileRecord};

use super::{
    FORMAT, Index, Payload, Snapshot,
    days::day_number,
    documents,
    failure::{Failure, Result},
    families::of_copy,
    lock::Lock,
    memo::once,
};

/// The one writer of an index; it holds the lock.
pub(crate) struct Writer {
    tantivy: IndexWriter,
    index: Index,
    /// The state of the last commit, none before the first; read when it is needed, so that an
    /// index that is damaged can be cleared.
    committed: OnceLock<Option<Snapshot>>,
    /// What was done to the articles since.
    changes: Mutex<Changes>,
    /// The day of the run, if it counts as the day that new articles came.
    today: Option<i64>,
    /// The days that removed articles came: what is added anew keeps its own.
    came: Mutex<HashMap<u64, i64>>,
    _lock: Lock,
}

/// What was done to the articles since the last commit.
#[derive(Default)]
struct Changes {
    /// Nothing of the last commit is left.
    cleared: bool,
    /// The keys of articles of the last commit that are gone.
    removed: HashSet<u64>,
    /// The sketches of new articles.
    added: Vec<Sketch>,
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
        index.located(index.remove_leftovers())?;
        let threads = threads.clamp(1, THREADS_MAX).min((memory_bytes / THREAD_BYTES_MIN).max(1));
        let memory_bytes = memory_bytes.clamp(THREAD_BYTES_MIN, THREAD_BYTES_MAX * threads);
        let writer = index.tantivy.writer_with_num_threads(threads, memory_bytes);
        let tantivy = index.located(writer.map_err(|it| index.not_written(it)))?;
        let (index, committed, changes) = (index.clone(), OnceLock::new(), Mutex::default());
        Ok(Writer { tantivy, index, committed, changes, today: None, came: Mutex::default(), _lock: lock })
    }

    /// Sets the day that new articles come on.
    pub(crate) fn on_day(&mut self, today: Date) {
        self.today = Some(day_number(today));
    }

    /// Where the index lies.
    pub(crate) fn location(&self) -> &Path {
        self.index.location()
    }

    pub(crate) fn clear(&self) -> Result<()> {
        self.tantivy.delete_all_documents().map_err(|it| self.not_written(it))?;
        *self.changes() = Changes { cleared: true, ..Changes::default() };
        Ok(())
    }

    pub(crate) fn remove(&self, path: &str) -> Result<()> {
        self.tantivy.delete_term(Term::from_field_text(self.index.fields.file, path));
        if let Some(before) = self.before()? {
            let keys = before.keys_of_file(path)?;
            let days = keys.iter().filter_map(|(key, day)| Some((words_of(*key), (*day)?)));
            self.came().extend(days);
            self.changes().removed.extend(keys.iter().map(|it| it.0));
        }
        Ok(())
    }

    pub(crate) fn add(&self, article: &Article, quotes: &[Quote]) -> Result<()> {
        let sketch = copies::sketch(article);
        // As one group: the documents of an article stand side by side in one segment, its own
        // first (`ranking::Articles`).
        let came = self.came().get(&words_of(article.id.key())).copied();
        let added = came.or(self.today);
        let documents = documents::of_article(&self.index.fields, article, quotes, &sketch, added);
        let operations: Vec<_> = documents.into_iter().map(UserOperation::Add).collect();
        self.tantivy.run(operations).map_err(|it| self.not_written(it))?;
        self.changes().added.push(sketch);
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
        self.tantivy.add_document(document).map_err(|it| self.not_written(it))?;
        Ok(())
    }

    pub(crate) fn commit(&mut self) -> Result<()> {
        self.write_families()?;
        let payload = Payload { format: FORMAT, commit: RandomState::new().build_hasher().finish() };
        let payload = serde_json::to_string(&payload).expect("a number is JSON");
        let committed = self.tantivy.prepare_commit().and_then(|mut commit| {
            commit.set_payload(&payload);
            commit.commit()
        });
        committed.map_err(|it| self.not_written(it))?;
        self.committed = OnceLock::new();
        *self.changes() = Changes::default();
        Ok(())
    }

    /// What of the last commit is still there but for what was removed since.
    fn before(&self) -> Result<Option<&Snapshot>> {
        if self.changes().cleared {
            return Ok(None);
        }
        Ok(once(&self.committed, || self.index.snapshot_if_any())?.as_ref())
    }

    /// Writes what changes in the families of copies by the changes to the articles.
    fn write_families(&self) -> Result<()> {
        let before = self.before()?;
        let (removed, added) = {
            let mut changes = self.changes();
            (std::mem::take(&mut changes.removed), std::mem::take(&mut changes.added))
        };
        let none = Families::default();
        let known = before.map_or(Ok(&none), Snapshot::families)?;
        let kept = before.map_or(Ok(Vec::new()), |it| it.sketches(&removed))?;
        let families = Families::of(copies::families(kept.into_iter().chain(added).collect()));
        // tantivy keeps a kilobyte for each deleted term until the commit.
        for (family, _) in known.not_in(&families) {
            self.tantivy.delete_term(Term::from_field_u64(self.index.fields.family, family));
        }
        for (family, members) in families.not_in(known) {
            for article in members {
                let document = of_copy(&self.index.fields, *article, family);
                self.tantivy.add_document(document).map_err(|it| self.not_written(it))?;
            }
        }
        Ok(())
    }

    pub(crate) fn finish(self) -> Result<()> {
        let (index, _lock) = self.finished()?;
        // A thread of tantivy that ends late can keep files of merged segments. If they cannot be
        // removed now either, the next writer removes them.
        let _ = index.remove_leftovers();
        Ok(())
    }

    /// Waits until all is written; what is left is the index and its lock.
    fn finished(self) -> Result<(Index, Lock)> {
        let Writer { tantivy, index, committed, _lock, .. } = self;
        // Nothing reads the old files any more.
        drop(committed);
        tantivy.wait_merging_threads().map_err(|it| index.not_written(it))?;
        Ok((index, _lock))
    }

    /// Writes each segment that holds deleted documents anew without them, and removes the old
    /// files. What tantivy deletes it only marks: the words stay in its files until a merge.
    pub(crate) fn purge(self) -> Result<()> {
        let (index, _lock) = self.finished()?;
        let not_written = |it| index.not_written(it);
        let mut writer: IndexWriter =
            index.tantivy.writer_with_num_threads(1, THREAD_BYTES_MIN).map_err(not_written)?;
        writer.set_merge_policy(Box::new(NoMergePolicy));
        for segment in index.tantivy.searchable_segment_metas()? {
            if segment.has_deletes() {
                writer.merge(&[segment.id()]).wait().map_err(not_written)?;
            }
        }
        writer.garbage_collect_files().wait().map_err(not_written)?;
        writer.wait_merging_threads().map_err(not_written)?;
        index.remove_leftovers()
    }

    fn came(&self) -> MutexGuard<'_, HashMap<u64, i64>> {
        self.came.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn changes(&self) -> MutexGuard<'_, Changes> {
        self.changes.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn not_written(&self, error: tantivy::TantivyError) -> Failure {
        self.index.not_written(error)
    }
}

/// The part of an article's key that stands for its words, wherever they lie.
fn words_of(key: u64) -> u64 {
    ArticleId::from_key(key).content()
}
