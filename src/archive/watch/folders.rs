//! Which folders are watched, and what an event in them means. Events come from the crate `notify`
//! on a thread of its own and are collapsed to what the watch asks for: bounded, however many.

use std::{
    collections::BTreeMap,
    io,
    path::{Path, PathBuf},
    sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError},
    time::{Duration, Instant},
};

use notify::{
    Event, EventKind, RecommendedWatcher, RecursiveMode, Watcher as _,
    event::{AccessKind, AccessMode},
};

use crate::system;

/// What is watched.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Roots {
    /// Folders and files of the corpus: as they are named, a link by its own name, and what is
    /// there.
    corpus: Vec<(PathBuf, Option<PathBuf>)>,
    /// Settings and corrections.
    settings: Vec<PathBuf>,
    /// The folder of the index.
    index: PathBuf,
}

/// What an event asks for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Hint {
    /// To walk the corpus.
    Walk,
    /// To watch anew as well: a folder that is watched came or went, or events were lost, and with
    /// them perhaps folders.
    WatchAnew,
}

impl Roots {
    /// The roots of an archive, all without links on their way: an event names a file as the folder
    /// was named, and one folder is watched under one name.
    pub(super) fn new(corpus: &[PathBuf], settings: &[PathBuf], index: &Path) -> Roots {
        let corpus = corpus.iter().map(|it| (placed(it), it.canonicalize().ok()));
        Roots {
            corpus: corpus.collect(),
            settings: settings.iter().map(|it| placed(it)).collect(),
            index: index.canonicalize().unwrap_or_else(|_| placed(index)),
        }
    }

    /// What an event asks for, if anything.
    fn hint(&self, event: &Event) -> Option<Hint> {
        if event.need_rescan() {
            return Some(Hint::WatchAnew);
        }
        match event.kind {
            EventKind::Access(AccessKind::Close(AccessMode::Write)) => {}
            EventKind::Access(_) => return None,
            _ => {}
        }
        event.paths.iter().filter_map(|it| self.hint_of(it)).max()
    }

    fn hint_of(&self, path: &Path) -> Option<Hint> {
        if self.settings.iter().any(|it| it == path) {
            return Some(Hint::Walk);
        }
        if self.corpus.iter().any(|(named, real)| named.starts_with(path) || real.as_deref() == Some(path)) {
            return Some(Hint::WatchAnew);
        }
        let below = self.corpus.iter().find_map(|it| path.strip_prefix(it.1.as_ref()?).ok())?;
        // The walk sees neither.
        let is_hidden = below.iter().any(|it| it.as_encoded_bytes().first() == Some(&b'.'));
        (!is_hidden && !path.starts_with(&self.index)).then_some(Hint::Walk)
    }

    /// The folders to watch, each with those below it or without.
    fn folders(&self) -> BTreeMap<PathBuf, RecursiveMode> {
        let mut folders = BTreeMap::new();
        let whole: Vec<&PathBuf> = self.corpus.iter().filter_map(|it| it.1.as_ref()).collect();
        let above = self.corpus.iter().map(|it| &it.0).chain(&self.settings).filter_map(|it| it.parent());
        for folder in above {
            // Of a folder that is gone, the nearest above it that is there.
            if let Some(there) = folder.ancestors().find(|it| it.is_dir())
                && !whole.iter().any(|it| there.starts_with(it))
            {
                folders.insert(there.to_owned(), RecursiveMode::NonRecursive);
            }
        }
        folders.extend(whole.into_iter().map(|it| (it.clone(), RecursiveMode::Recursive)));
        folders
    }
}

/// A path without links on the way to its last part.
fn placed(path: &Path) -> PathBuf {
    let path = path.components().collect::<PathBuf>();
    match (path.parent(), path.file_name()) {
        (Some(above), Some(name)) => above.canonicalize().unwrap_or_else(|_| placed(above)).join(name),
        _ => path,
    }
}

/// How changes are noticed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Manner {
    /// The system tells of them.
    Events,
    /// The corpus is walked this often.
    Polling {
        /// From one walk to the next.
        every: Duration,
        /// Why the system does not tell of changes; `None` where the user asked for it.
        reason: Option<String>,
    },
}

/// Folders that are watched until this is dropped.
pub(super) struct Folders {
    pub(super) manner: Manner,
    _watcher: Option<RecommendedWatcher>,
}

impl Folders {
    /// Watches the roots, by walks `every` so long if asked for. What changes goes to `mailbox`.
    pub(super) fn watch(roots: &Roots, every: Option<Duration>, mailbox: &Arc<Mailbox>) -> Folders {
        let polling = |every, reason| Folders { manner: Manner::Polling { every, reason }, _watcher: None };
        if let Some(every) = every {
            return polling(every, None);
        }
        if let Some(folder) = roots.corpus.iter().filter_map(|it| it.1.as_ref()).find(|it| is_remote(it)) {
            let reason = format!("`{}` is on a network disk, which tells of no changes", folder.display());
            return polling(super::schedule::POLL, Some(reason));
        }
        match events(roots, mailbox) {
            Ok(watcher) => Folders { manner: Manner::Events, _watcher: Some(watcher) },
            Err(error) => polling(super::schedule::POLL, Some(reason(&error))),
        }
    }
}

fn events(roots: &Roots, mailbox: &Arc<Mailbox>) -> notify::Result<RecommendedWatcher> {
    let (of_events, their) = (roots.clone(), Arc::clone(mailbox));
    let mut watcher = notify::recommended_watcher(move |event: notify::Result<Event>| match event {
        Ok(event) => {
            if let Some(hint) = of_events.hint(&event) {
                their.put(|it| it.change(hint));
            }
        }
        // As for a new folder beyond the limit: to watch anew finds out.
        Err(_) => their.put(|it| it.change(Hint::WatchAnew)),
    })?;
    for (folder, mode) in roots.folders() {
        match watcher.watch(&folder, mode) {
            // A folder that went meanwhile; the walk finds out.
            Err(error) if !folder.exists() => drop(error),
            watched => watched?,
        }
    }
    Ok(watcher)
}

/// Why the system tells of no changes.
fn reason(error: &notify::Error) -> String {
    const LIMIT: &str = "the system's limit of watched folders is reached \
                         (on Linux `sysctl fs.inotify.max_user_watches` shows and raises it)";
    match &error.kind {
        notify::ErrorKind::MaxFilesWatch => LIMIT.to_owned(),
        notify::ErrorKind::Io(error) if is_limit(error) => LIMIT.replace("watches", "instances"),
        notify::ErrorKind::Io(error) => system::reason(error),
        _ => system::without_numbers(error.to_string()),
    }
}

#[cfg(unix)]
fn is_limit(error: &io::Error) -> bool {
    error.raw_os_error() == Some(rustix::io::Errno::MFILE.raw_os_error())
}

#[cfg(not(unix))]
fn is_limit(_: &io::Error) -> bool {
    false
}

/// Whether a folder lies on a disk of another machine, whose changes the system does not see.
#[cfg(target_os = "linux")]
fn is_remote(folder: &Path) -> bool {
    // `statfs(2)`: NFS, SMB, CIFS, SMB2, FUSE (sshfs and others), 9P, AFS, Ceph, Coda, VirtualBox.
    const REMOTE: [u32; 10] = [
        0x6969,
        0x517b,
        0xff53_4d42,
        0xfe53_4d42,
        0x6573_5546,
        0x0102_1997,
        0x5346_414f,
        0x00c3_6400,
        0x7375_7245,
        0x786f_4256,
    ];
    // The kind is a number of 32 bits, in a field that is wider on some machines.
    rustix::fs::statfs(folder).is_ok_and(|it| REMOTE.contains(&(it.f_type as u32)))
}

#[cfg(not(target_os = "linux"))]
fn is_remote(_: &Path) -> bool {
    false
}

/// What happened since the watch looked last.
#[derive(Debug, Default)]
pub(super) struct Pending {
    /// The first and the last change.
    pub(super) changed: Option<(Instant, Instant)>,
    /// Whether the folders are to be watched anew.
    pub(super) watch_anew: bool,
}

impl Pending {
    fn change(&mut self, hint: Hint) {
        let now = Instant::now();
        self.changed = Some((self.changed.map_or(now, |it| it.0), now));
        self.watch_anew |= hint == Hint::WatchAnew;
    }

    fn is_empty(&self) -> bool {
        self.changed.is_none() && !self.watch_anew
    }
}

/// Where events are left for the watch.
#[derive(Default)]
pub(super) struct Mailbox {
    pending: Mutex<Pending>,
    bell: Condvar,
}

impl Mailbox {
    fn put(&self, note: impl FnOnce(&mut Pending)) {
        note(&mut self.lock());
        self.bell.notify_one();
    }

    /// Waits for something, at most so long, and takes what there is.
    pub(super) fn take(&self, wait: Duration) -> Pending {
        let waited = self.bell.wait_timeout_while(self.lock(), wait, |it| it.is_empty());
        let mut pending = waited.unwrap_or_else(PoisonError::into_inner).0;
        std::mem::take(&mut pending)
    }

    fn lock(&self) -> MutexGuard<'_, Pending> {
        self.pending.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(test)]
mod tests {
    use notify::event::{CreateKind, DataChange, Flag, ModifyKind, RemoveKind, RenameMode};

    use super::*;

    fn roots() -> Roots {
        let same = |it: &str| (PathBuf::from(it), Some(PathBuf::from(it)));
        Roots {
            corpus: vec![
                same("/a/corpus"),
                ("/a/linked".into(), Some("/far/desk".into())),
                ("/b/gone".into(), None),
            ],
            settings: vec!["/a/morgue.toml".into(), "/a/people.toml".into()],
            index: "/a/corpus/index".into(),
        }
    }

    #[test]
    fn only_events_that_the_walk_would_see_are_hints() {
        let written = EventKind::Modify(ModifyKind::Data(DataChange::Any));
        let gone = EventKind::Remove(RemoveKind::Folder);
        for (kind, path, hint) in [
            (written, "/a/corpus/2019/a.txt", Some(Hint::Walk)),
            (EventKind::Create(CreateKind::Folder), "/far/desk/new", Some(Hint::Walk)),
            (EventKind::Access(AccessKind::Close(AccessMode::Write)), "/a/corpus/a.txt", Some(Hint::Walk)),
            (EventKind::Access(AccessKind::Read), "/a/corpus/a.txt", None),
            (written, "/a/corpus/.a.txt.swp", None),
            (written, "/a/corpus/.git/index", None),
            (written, "/a/corpus/index/meta.json", None),
            (written, "/a/morgue.toml", Some(Hint::Walk)),
            (EventKind::Modify(ModifyKind::Name(RenameMode::To)), "/a/people.toml", Some(Hint::Walk)),
            (written, "/a/lists/harbor.md", None),
            (gone, "/a/corpus", Some(Hint::WatchAnew)),
            (gone, "/a", Some(Hint::WatchAnew)),
            (EventKind::Create(CreateKind::Any), "/a/linked", Some(Hint::WatchAnew)),
            (EventKind::Create(CreateKind::Folder), "/b/gone", Some(Hint::WatchAnew)),
            (EventKind::Create(CreateKind::Folder), "/b/other", None),
        ] {
            assert_eq!(roots().hint(&Event::new(kind).add_path(path.into())), hint, "{kind:?} {path}");
        }
        let lost = Event::new(EventKind::Other).set_flag(Flag::Rescan);
        assert_eq!(roots().hint(&lost), Some(Hint::WatchAnew));
    }

    #[test]
    fn an_editor_that_saves_by_renaming_changes_the_article() {
        let renamed = Event::new(EventKind::Modify(ModifyKind::Name(RenameMode::Both)))
            .add_path("/a/corpus/.a.txt.new".into())
            .add_path("/a/corpus/a.txt".into());
        assert_eq!(roots().hint(&renamed), Some(Hint::Walk));
    }

    #[test]
    fn why_there_are_no_events_is_said_with_the_remedy() {
        let said = reason(&notify::Error::new(notify::ErrorKind::MaxFilesWatch));
        assert!(said.contains("`sysctl fs.inotify.max_user_watches`"), "{said}");
        let refused = |kind: io::ErrorKind| reason(&notify::Error::io(kind.into()));
        assert!(refused(io::ErrorKind::PermissionDenied).starts_with("permission denied"));
        #[cfg(unix)]
        {
            let full = io::Error::from_raw_os_error(rustix::io::Errno::MFILE.raw_os_error());
            let said = reason(&notify::Error::io(full));
            assert!(said.contains("`sysctl fs.inotify.max_user_instances`"), "{said}");
        }
    }

    #[test]
    fn many_events_are_one_note() {
        let mailbox = Mailbox::default();
        assert!(mailbox.take(Duration::ZERO).is_empty());
        for hint in [Hint::Walk, Hint::WatchAnew, Hint::Walk] {
            mailbox.put(|it| it.change(hint));
        }
        let pending = mailbox.take(Duration::from_secs(60));
        assert!(pending.watch_anew && pending.changed.is_some_and(|(first, last)| first <= last));
        assert!(mailbox.take(Duration::ZERO).is_empty());
    }

    #[test]
    fn what_is_gone_is_waited_for_in_the_folder_above() {
        let folder = tempfile::tempdir().expect("a folder");
        let real = folder.path().canonicalize().expect("it is there");
        let (gone, settings, index) =
            (real.join("x/./y/corpus"), real.join("morgue.toml"), real.join("index"));
        let alone =
            Roots::new(std::slice::from_ref(&gone), std::slice::from_ref(&settings), &index).folders();
        assert_eq!(Vec::from_iter(alone), [(real.clone(), RecursiveMode::NonRecursive)]);
        // A folder that is watched with those below it is not watched without them as well.
        let both = Roots::new(&[gone, real.join(".")], &[settings], &index).folders();
        assert_eq!(both.get(&real), Some(&RecursiveMode::Recursive), "{both:?}");
        assert!(both.keys().all(|it| *it == real || real.starts_with(it)), "{both:?}");
    }
}
