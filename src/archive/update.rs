//! Brings the index up to date with the corpus: the one place where stages run in parallel.
//!
//! Workers take files and carry each through read, extract and attribute into the writer; the
//! calling thread counts, reports and commits. A commit waits for whole files, so an index never
//! holds half of one.

use std::{
    io,
    panic::{AssertUnwindSafe, catch_unwind},
    path::PathBuf,
    sync::{
        Arc, Mutex, PoisonError, RwLock,
        atomic::{AtomicBool, Ordering},
        mpsc,
    },
};

use anyhow::{Result, bail};
use jiff::civil::Date;

use crate::{
    article::Trust,
    files,
    index::{self, FileRecord, Index, Writer},
    read::RawDocument,
    system,
    walk::Stat,
};

use super::{
    Archive, Named,
    budget::{Budget, Permit},
    people::TouchedFiles,
    plan::{Plan, Present, plan},
    read_bytes::ReadBytes,
    source::{self, Digesting},
    tally::{FileOutcome, Outcome, Progress, Tally, UpdateSummary},
};

/// How to update.
#[derive(Clone, Debug, Default)]
pub struct UpdateOptions {
    /// Only these folders and files; all corpus folders when empty.
    pub paths: Vec<PathBuf>,
    /// Worker threads; as many as the machine has cores when 0.
    pub jobs: usize,
    /// Forget everything first.
    pub rebuild: bool,
    /// Say what would be done and do nothing.
    pub dry_run: bool,
    /// Leave nothing of removed articles in the files of the index.
    pub purge: bool,
    /// The day that new articles come into the archive; without it they have none.
    pub today: Option<Date>,
    /// Set by others to end early: what was read by then is committed, the rest is left to the next
    /// update.
    pub stop: Arc<AtomicBool>,
}

/// Memory for each byte of text that is on its way into the index, as what the stages make of it.
/// The part of `memory_mb` by which text in flight is bounded follows from it.
const MEMORY_PER_TEXT: usize = 16;
/// What a block costs beside its text.
const BLOCK_BYTES: usize = 100;
/// A file that is read record by record holds no more than a part of it, and none is held whole
/// that is larger.
const HELD_TO_READ_MAX: u64 = 16 << 20;

/// The bytes of text that are held while a file of `bytes` is read.
fn held_to_read(bytes: u64) -> u64 {
    bytes.min(HELD_TO_READ_MAX)
}

/// The text that is held while articles are made of a document and written.
fn held_to_index(document: &RawDocument) -> u64 {
    document.blocks.iter().map(|it| (it.text.len() + BLOCK_BYTES) as u64).sum()
}

/// Bytes of corpus after which an update commits, so that a kill loses little: some seconds of
/// work.
const COMMIT_BYTES: u64 = 256 << 20;
/// An update that has read much commits when this part of it is not committed yet: each commit
/// finds the families of all articles anew.
const COMMIT_SHARE: u64 = 8;

impl Archive {
    /// Brings the index up to date and tells `progress` of every file.
    ///
    /// What is wrong with a file is part of the result; fails when the corpus cannot be listed or
    /// the index not written.
    pub fn update(
        &self,
        options: &UpdateOptions,
        progress: &mut dyn FnMut(Progress<'_>),
    ) -> Result<UpdateSummary> {
        let listing = self.listing(&options.paths)?;
        let index = match self.index() {
            Ok(index) => Some(index),
            Err(index::Error::Missing(_)) => None,
            Err(index::Error::OtherFormat { .. } | index::Error::Damaged { .. }) if options.rebuild => None,
            Err(error) => return Err(error.into()),
        };
        let fresh = options.rebuild && !options.dry_run;
        // A rebuild reads nothing of what is there: it may be damaged.
        let manifest = match index.as_ref().filter(|_| !options.rebuild).map(Index::snapshot) {
            None | Some(Err(index::Error::Missing(_))) => None,
            Some(snapshot) => Some(snapshot?.files()?),
        };
        let nothing_committed = manifest.is_none();
        let manifest = manifest.unwrap_or_default();
        let has_leftovers = index.as_ref().map_or(Ok(false), |it| it.leftovers().map(|it| !it.is_empty()))?;
        let mut plan = plan(listing.present, manifest, &listing.scope);
        let mut tally = Tally::new(progress, std::mem::take(&mut plan.remove));
        let bytes = plan.read.iter().map(|(present, _)| present.file.stat.bytes).sum();
        (tally.progress)(Progress::Planned { files: plan.read.len(), bytes });
        for record in std::mem::take(&mut plan.keep) {
            tally.count(FileOutcome { outcome: Outcome::Unchanged, record, undated: 0 });
        }
        for record in &plan.unlisted {
            tally.count(FileOutcome { outcome: Outcome::Added, record: record.clone(), undated: 0 });
        }
        if options.dry_run {
            for (present, known) in plan.read {
                tally.count(planned(&present, known));
            }
        } else if fresh
            || !plan.changes_nothing()
            || !tally.removed.is_empty()
            || options.purge
            || nothing_committed
            || has_leftovers
        {
            let index = match index {
                Some(index) => index,
                None => Index::create(&self.index_location)?,
            };
            self.share_index()?;
            self.run(&index, options, plan, &mut tally)?;
        }
        Ok(tally.finish())
    }

    fn run(&self, index: &Index, options: &UpdateOptions, plan: Plan, tally: &mut Tally<'_>) -> Result<()> {
        let jobs = super::threads(options.jobs);
        let mut writer = index.writer(jobs, self.settings.memory_bytes)?;
        options.today.into_iter().for_each(|it| writer.on_day(it));
        if options.rebuild {
            writer.clear()?;
        }
        let before = if options.rebuild { None } else { index.snapshot().ok() };
        let mut touched = TouchedFiles::since(before);
        for path in tally.removed.keys() {
            touched.add(path);
            writer.remove(path)?;
        }
        for record in &plan.unlisted {
            touched.add(&record.path);
            writer.remove(&record.path)?;
            writer.record(record)?;
        }
        let writer = RwLock::new(writer);
        let budget = Budget::new((self.settings.memory_bytes / MEMORY_PER_TEXT) as u64);
        let todo = Mutex::new(plan.read.into_iter());
        // Workers wait when the counting thread is behind, so that outcomes do not pile up.
        let (done, outcomes) = mpsc::sync_channel::<Result<Step>>(jobs * 4);
        std::thread::scope(|scope| {
            for _ in 0..jobs {
                let (todo, writer, budget, done) = (&todo, &writer, &budget, done.clone());
                scope.spawn(move || {
                    while !options.stop.load(Ordering::Relaxed)
                        && let Some((present, known)) = next(todo)
                    {
                        let writer = writer.read().unwrap_or_else(PoisonError::into_inner);
                        // That nobody listens any more is seen when the outcome is sent.
                        let tell = |bytes| drop(done.send(Ok(Step::Read(bytes))));
                        let told = ReadBytes::new(present.file.stat.bytes, &tell);
                        let outcome = self.update_file(&writer, budget, &present, known.as_ref(), &told);
                        told.finish();
                        drop(writer);
                        if done.send(outcome.map(Step::Done)).is_err() {
                            return;
                        }
                    }
                });
            }
            drop(done);
            // Moved in, so that an error on the way drops it, and with it ends the workers.
            let outcomes = outcomes;
            let (mut read_bytes, mut committed_bytes) = (0, 0);
            for step in &outcomes {
                let outcome = match step? {
                    Step::Read(bytes) => {
                        (tally.progress)(Progress::Read(bytes));
                        continue;
                    }
                    Step::Done(outcome) => outcome,
                };
                read_bytes += outcome.record.bytes;
                if outcome.outcome != Outcome::Unchanged {
                    touched.add(&outcome.record.path);
                }
                tally.count(outcome);
                if read_bytes - committed_bytes > COMMIT_BYTES.max(read_bytes / COMMIT_SHARE)
                    && !options.rebuild
                {
                    writer.write().unwrap_or_else(PoisonError::into_inner).commit()?;
                    committed_bytes = read_bytes;
                }
            }
            Ok::<(), anyhow::Error>(())
        })?;
        if options.rebuild && options.stop.load(Ordering::Relaxed) {
            bail!("stopped before all was read; the index is as it was");
        }
        let mut writer = writer.into_inner().unwrap_or_else(PoisonError::into_inner);
        writer.commit()?;
        let mut names = touched.names_before()?;
        if options.purge {
            writer.purge()?;
            names.forget();
        } else {
            writer.finish()?;
        }
        self.update_people(index, names);
        Ok(())
    }

    /// Reads one file and replaces what the index has of it.
    fn update_file(
        &self,
        writer: &Writer,
        budget: &Budget,
        present: &Present,
        known: Option<&FileRecord>,
        told: &ReadBytes<'_>,
    ) -> Result<FileOutcome> {
        let Stat { bytes, modified } = present.file.stat;
        if let Some(known) = known.filter(|it| it.context == present.context && it.bytes == bytes)
            && !known.content.is_empty()
            && content_digest(present).is_ok_and(|it| it == known.content)
        {
            let record = FileRecord { modified, ..known.clone() };
            writer.record(&record)?;
            return Ok(FileOutcome { outcome: Outcome::Unchanged, record, undated: 0 });
        }
        if known.is_some() {
            writer.remove(&present.path)?;
        }
        let mut record = FileRecord::unread(&present.path, bytes, modified, &present.context);
        // The stages are tested not to panic; if one does all the same, this file is a problem and
        // the others go on.
        let (mut problems, mut notes) = (Named::default(), Named::default());
        let read = catch_unwind(AssertUnwindSafe(|| {
            let permit = budget.take(held_to_read(bytes));
            self.read_file(writer, permit, present, &mut record, (&mut problems, &mut notes), told)
        }));
        let undated = match read {
            Ok(undated) => undated?,
            Err(_) => {
                problems.add("an error of morgue itself: please report it with this file".to_owned());
                0
            }
        };
        (record.problems, record.notes) = (problems.into_lines(), notes.into_lines());
        writer.add_record(&record)?;
        let outcome = if known.is_some() { Outcome::Changed } else { Outcome::Added };
        Ok(FileOutcome { outcome, record, undated })
    }

    /// Reads the articles of a file into the index; how many of them have no day but that of its
    /// name.
    fn read_file(
        &self,
        writer: &Writer,
        mut permit: Permit,
        present: &Present,
        record: &mut FileRecord,
        (problems, notes): (&mut Named, &mut Named),
        told: &ReadBytes<'_>,
    ) -> Result<usize> {
        let sidecar = match self.sidecar_fields(present) {
            Ok(fields) => fields,
            Err(error) => {
                problems.add(system::causes(error.as_ref()));
                Vec::new()
            }
        };
        let file = match files::open(&present.file.path) {
            Ok(file) => file,
            Err(error) => {
                problems.add(error.to_string());
                return Ok(0);
            }
        };
        let mut undated = 0;
        let mut file = Digesting::new(told.count(file));
        let source = match self.readable(present, &mut file) {
            Ok(source) => source,
            // The file stays unread, so that the next ingest tries its command again.
            Err(problem) => {
                problems.add(problem.to_string());
                return Ok(0);
            }
        };
        let admit = |document: &RawDocument| permit.exchange(held_to_index(document));
        for extracted in source::articles(source, present, sidecar, &self.settings, admit) {
            extracted.notes.into_iter().for_each(|it| notes.add(it));
            match extracted.article {
                Ok((article, quotes)) => {
                    record.articles += 1;
                    record.passages += article.passages().len();
                    record.quotes += quotes.iter().filter(|it| it.is_said()).count();
                    let date = article.metadata.date.as_ref();
                    undated += usize::from(date.is_none_or(|it| it.origin.trust == Trust::Name));
                    writer.add(&article, &quotes)?;
                }
                Err(problem) => problems.add(problem.to_string()),
            }
        }
        match file.finish() {
            Ok(digest) => {
                record.content = digest;
                record.unread = false;
            }
            // What failed the reader fails here, too.
            Err(_) if !problems.is_empty() => {}
            Err(error) => problems.add(error.to_string()),
        }
        Ok(undated)
    }
}

/// What a worker tells the counting thread.
enum Step {
    /// More bytes of a file are read.
    Read(u64),
    /// A file is done.
    Done(FileOutcome),
}

fn next<T>(todo: &Mutex<impl Iterator<Item = T>>) -> Option<T> {
    todo.lock().unwrap_or_else(PoisonError::into_inner).next()
}

/// The digest of a file's content as it is now.
fn content_digest(present: &Present) -> Result<String> {
    let mut file = Digesting::new(files::open(&present.file.path)?);
    io::copy(&mut file, &mut io::sink())?;
    Ok(file.finish()?)
}

/// What an update would do with a file.
fn planned(present: &Present, known: Option<FileRecord>) -> FileOutcome {
    let outcome = if known.is_some() { Outcome::Changed } else { Outcome::Added };
    let Stat { bytes, modified } = present.file.stat;
    let record = known.unwrap_or_else(|| FileRecord {
        unread: false,
        ..FileRecord::unread(&present.path, bytes, modified, &present.context)
    });
    FileOutcome { outcome, record, undated: 0 }
}
