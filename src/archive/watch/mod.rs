//! Keeps the index up to date while files change: `ingest --watch`.
//!
//! Events are only a hint that something changed (`folders`); what did, the ordinary ingest finds
//! out by a walk of the corpus. When to walk is decided by `schedule`, which is pure. Each ingest
//! takes the lock of the index and lets it go. `state` tells other processes.

mod folders;
mod schedule;
mod state;

use std::{
    collections::BTreeSet,
    path::{Path, PathBuf},
    sync::{Arc, atomic::Ordering},
    time::{Duration, Instant},
};

use anyhow::Result;
use jiff::{Timestamp, civil::Date};

use crate::{
    index::{self, Snapshot},
    system,
};

use super::{
    Archive, CORRECTIONS_NAME, ListName, Outcome, Progress, Refreshed, SETTINGS_NAME, UpdateOptions,
    UpdateSummary,
};

pub use folders::Manner;
pub use state::Watching;

use folders::{Folders, Mailbox, Roots};
use schedule::Schedule;

/// How to watch.
pub struct Watch<'a> {
    /// Finds the archive, with its settings as they are by then.
    pub open: &'a dyn Fn() -> Result<Archive>,
    /// What each ingest does; a rebuild is for the first only.
    pub options: UpdateOptions,
    /// The folder that relative paths of the options are seen from.
    pub current: &'a Path,
    /// Look for changes this often rather than wait for events.
    pub every: Option<Duration>,
    /// The time and the day, now.
    pub clock: &'a dyn Fn() -> (Timestamp, Date),
}

/// What a watch tells of.
#[derive(Clone, Copy)]
pub enum News<'a> {
    /// How changes are noticed from now on, and where.
    Watching(&'a [String], &'a Manner),
    /// How far an ingest is.
    Progress(&'a Progress<'a>),
    /// An ingest has ended.
    Walked,
    /// An ingest changed something; problems of the files that it read are by path.
    Ingested(&'a UpdateSummary, &'a [(String, String)]),
    /// A list of the archive has new articles.
    Refreshed(&'a Archive, &'a ListName, &'a Refreshed),
    /// A file of settings was changed, and read anew.
    SettingsRead(&'static str),
    /// Another process writes to the index; it is waited for.
    Waiting(&'a str),
    /// Something failed, and will be tried again.
    Failed(&'a anyhow::Error),
}

/// Takes what a watch tells; an error ends the watch.
type Tell<'a> = dyn FnMut(News<'_>) -> Result<()> + 'a;

/// What stands among the failures while another process writes.
const WAITING: &str = "waiting";

/// A stop that is asked for is noticed so soon.
const TICK: Duration = Duration::from_millis(250);

/// A watch that runs.
struct Running<'a> {
    watch: Watch<'a>,
    archive: Archive,
    begun: Instant,
    since: Timestamp,
    mailbox: Arc<Mailbox>,
    schedule: Schedule,
    /// `None` where they are to be watched anew.
    folders: Option<Folders>,
    /// What was told of roots and manner.
    told: Option<(Vec<String>, Manner)>,
    /// The failures that were told since the last walk that went well.
    failures: BTreeSet<String>,
}

impl Watch<'_> {
    /// Ingests what changes until the options' `stop` is set.
    ///
    /// Fails if the first ingest does; what fails later is told and tried again.
    pub fn run(self, tell: &mut Tell<'_>) -> Result<()> {
        let archive = (self.open)()?;
        if let Ok(snapshot) = archive.snapshot() {
            Watching::ensure_alone(&snapshot)?;
        }
        let mut running = Running {
            archive,
            begun: Instant::now(),
            since: (self.clock)().0,
            mailbox: Arc::default(),
            schedule: Schedule::new(schedule::WALK),
            folders: None,
            told: None,
            failures: BTreeSet::new(),
            watch: self,
        };
        let mut is_first = true;
        while !running.watch.is_stopped() {
            // Before the walk, so that nothing falls between.
            running.watch_folders(tell)?;
            let walked = running.walk(tell)?;
            match walked {
                Err(error) if is_first && !running.watch.is_stopped() => return Err(error),
                Err(error) => running.tell_once(&error, tell)?,
                Ok(()) => is_first = false,
            }
            running.wait();
            running.open_anew(tell)?;
        }
        if let Ok(snapshot) = running.archive.snapshot() {
            // Without it the process is seen to be gone.
            let _ = Watching::remove(&snapshot);
        }
        Ok(())
    }

    fn is_stopped(&self) -> bool {
        self.options.stop.load(Ordering::Relaxed)
    }
}

impl Running<'_> {
    /// Watches the folders that are not watched, and tells how if that is another way than before.
    fn watch_folders(&mut self, tell: &mut Tell<'_>) -> Result<()> {
        if self.folders.is_some() {
            return Ok(());
        }
        let (archive, paths) = (&self.archive, &self.watch.options.paths);
        let own = |name: &str| archive.folder.join(name);
        let corpus: Vec<PathBuf> = match paths.as_slice() {
            [] => archive.settings.corpus.iter().map(|it| own(it)).collect(),
            paths => paths.iter().map(|it| self.watch.current.join(it)).collect(),
        };
        let roots =
            Roots::new(&corpus, &[own(SETTINGS_NAME), own(CORRECTIONS_NAME)], &archive.index_location);
        let folders = Folders::watch(&roots, self.watch.every, &self.mailbox);
        self.schedule.walk_every(match folders.manner {
            Manner::Events => schedule::WALK,
            Manner::Polling { every, .. } => every,
        });
        let now = (self.roots(), folders.manner.clone());
        if self.told.as_ref() != Some(&now) {
            tell(News::Watching(&now.0, &now.1))?;
            self.told = Some(now);
        }
        self.folders = Some(folders);
        Ok(())
    }

    /// What is watched, as people name it.
    fn roots(&self) -> Vec<String> {
        match self.watch.options.paths.as_slice() {
            [] => self.archive.settings.corpus.clone(),
            paths => paths.iter().map(|it| it.display().to_string()).collect(),
        }
    }

    /// Ingests what changed, and says when to do so again. The inner error is that of the ingest.
    fn walk(&mut self, tell: &mut Tell<'_>) -> Result<Result<()>> {
        let began = self.begun.elapsed();
        self.schedule.begin();
        let ingested = self.ingest(tell);
        let now = self.begun.elapsed();
        match ingested {
            Ok(summary) => {
                self.schedule.end(began, now);
                self.watch.options.rebuild = false;
                self.failures.clear();
                self.note_down();
                self.refresh_lists(&summary, tell)?;
                Ok(Ok(()))
            }
            Err(error) => match error.downcast_ref::<index::Error>() {
                Some(index::Error::Locked { holder, .. }) => {
                    self.schedule.refused(now);
                    if self.failures.insert(WAITING.to_owned()) {
                        tell(News::Waiting(holder))?;
                    }
                    Ok(Ok(()))
                }
                _ => {
                    self.schedule.end(began, now);
                    Ok(Err(error))
                }
            },
        }
    }

    /// Brings the index up to date, and tells of it if something changed.
    fn ingest(&self, tell: &mut Tell<'_>) -> Result<UpdateSummary> {
        let mut problems = Vec::new();
        let mut told = Ok(());
        let today = Some((self.watch.clock)().1);
        let options = UpdateOptions { today, ..self.watch.options.clone() };
        let summary = self.archive.update(&options, &mut |progress| {
            if let Progress::Done(done) = &progress
                && !matches!(done.outcome, Outcome::Unchanged | Outcome::Removed)
            {
                let path = &done.record.path;
                problems.extend(done.record.problems.iter().map(|it| (path.clone(), it.clone())));
            }
            if told.is_ok() {
                told = tell(News::Progress(&progress));
            }
        });
        tell(News::Walked)?;
        told?;
        let summary = summary?;
        if summary.changes() > 0 {
            tell(News::Ingested(&summary, &problems))?;
        }
        Ok(summary)
    }

    /// Refreshes the lists whose saved query finds something new.
    fn refresh_lists(&self, summary: &UpdateSummary, tell: &mut Tell<'_>) -> Result<()> {
        if summary.changes() == summary.removed {
            return Ok(());
        }
        let names = match self.archive.list_names() {
            Ok(names) => names,
            Err(error) => return tell(News::Failed(&error)),
        };
        for name in names {
            match self.archive.refresh_if_news(&name, (self.watch.clock)().1) {
                Ok(None) => {}
                Ok(Some(refreshed)) => tell(News::Refreshed(&self.archive, &name, &refreshed))?,
                Err(error) => tell(News::Failed(&error))?,
            }
        }
        Ok(())
    }

    /// Leaves a note for `status`; nothing depends on it.
    fn note_down(&self) {
        let Some((roots, manner)) = &self.told else { return };
        let watching = Watching::new(self.since, (self.watch.clock)().0, roots.clone(), manner);
        let _ = self.archive.snapshot().map_err(Into::into).and_then(|it| watching.write(&it));
    }

    /// Waits until the next walk is due, or a stop is asked for.
    fn wait(&mut self) {
        loop {
            let left = self.schedule.due().saturating_sub(self.begun.elapsed());
            if left.is_zero() || self.watch.is_stopped() {
                return;
            }
            let pending = self.mailbox.take(left.min(TICK));
            if let Some((first, last)) = pending.changed {
                self.schedule.change(first - self.begun);
                self.schedule.change(last - self.begun);
            }
            if pending.watch_anew {
                self.folders = None;
            }
        }
    }

    /// Reads settings and corrections as they are now. The earlier ones hold while they are no good.
    fn open_anew(&mut self, tell: &mut Tell<'_>) -> Result<()> {
        match (self.watch.open)() {
            Ok(now) => {
                let changed = now.changed_files(&self.archive);
                if changed.contains(&SETTINGS_NAME) {
                    self.folders = None;
                }
                self.archive = now;
                changed.into_iter().try_for_each(|it| tell(News::SettingsRead(it)))
            }
            Err(error) => self.tell_once(&error, tell),
        }
    }

    /// Tells of a failure, unless it was the same as before.
    fn tell_once(&mut self, error: &anyhow::Error, tell: &mut Tell<'_>) -> Result<()> {
        let is_new = self.failures.insert(system::causes(error.as_ref()));
        if is_new { tell(News::Failed(error)) } else { Ok(()) }
    }
}

impl Archive {
    /// The files of settings that are not as they were in an earlier handle of the same archive.
    fn changed_files(&self, before: &Archive) -> Vec<&'static str> {
        let files = [
            (SETTINGS_NAME, self.settings_text != before.settings_text),
            (CORRECTIONS_NAME, self.corrections != before.corrections),
        ];
        files.into_iter().filter(|it| it.1).map(|it| it.0).collect()
    }

    /// Who watches the corpus, as far as the index's folder says.
    pub(super) fn watching(snapshot: &Snapshot) -> Option<Watching> {
        Watching::read(snapshot).ok().flatten()
    }
}
