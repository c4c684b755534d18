//! The folder of an index, as tantivy reads and writes it.
//!
//! It adds three things to tantivy's own folder. An index can be opened where nothing may be
//! written (a shared archive, a read-only disk). Files can be read by everybody who may read the
//! folder. And what the system said of a failed write is remembered, since tantivy does not pass it
//! on from its threads.

use std::{
    io::{self, BufWriter, Write},
    path::{Path, PathBuf},
    sync::{Arc, Mutex, PoisonError},
    thread,
    time::Duration,
};

use tantivy::{
    TantivyError,
    directory::{
        AntiCallToken, Directory, DirectoryLock, FileHandle, INDEX_WRITER_LOCK, Lock, META_LOCK,
        MmapDirectory, TerminatingWrite, WatchCallback, WatchHandle, WritePtr,
        error::{DeleteError, LockError, OpenDirectoryError, OpenReadError, OpenWriteError},
    },
};

use super::failure::{Failure, RefusedWrite};

/// The files of an index. A process that may not write there opens it without the lock that keeps a
/// writer from removing files meanwhile; if one does so, opening fails and can be tried again.
#[derive(Clone, Debug)]
pub(super) struct IndexDirectory {
    files: MmapDirectory,
    location: PathBuf,
    refused: Refused,
}

/// How the names of files begin that are written beside the one they replace.
pub(super) const TEMPORARY: &str = ".tmp";

/// The first refused write, shared by all who write.
#[derive(Clone, Debug, Default)]
struct Refused {
    first: Arc<Mutex<Option<RefusedWrite>>>,
    /// How many bytes there is room for, where a test says so.
    #[cfg(test)]
    room: Option<Arc<std::sync::atomic::AtomicI64>>,
}

impl Refused {
    /// Writes `bytes` to a file, and remembers if the system refuses.
    fn noted<T>(&self, file: &Path, bytes: usize, write: impl FnOnce() -> io::Result<T>) -> io::Result<T> {
        let done = self.admitted(bytes).and_then(|()| write());
        if let Err(error) = &done {
            self.note(file, error);
        }
        done
    }

    fn note(&self, file: &Path, error: &io::Error) {
        // tantivy takes the error itself; of its kind there can be a second.
        let error = error
            .raw_os_error()
            .map_or_else(|| io::Error::new(error.kind(), error.to_string()), io::Error::from_raw_os_error);
        let mut first = self.first.lock().unwrap_or_else(PoisonError::into_inner);
        first.get_or_insert(RefusedWrite { file: file.to_owned(), error });
    }

    #[cfg(not(test))]
    #[expect(clippy::unused_self, clippy::unnecessary_wraps, reason = "a test's disk may be full")]
    fn admitted(&self, _bytes: usize) -> io::Result<()> {
        Ok(())
    }

    #[cfg(test)]
    fn admitted(&self, bytes: usize) -> io::Result<()> {
        let Some(room) = &self.room else { return Ok(()) };
        let bytes = i64::try_from(bytes).unwrap_or(i64::MAX);
        let before = room.fetch_sub(bytes, std::sync::atomic::Ordering::Relaxed);
        if before < bytes { Err(io::ErrorKind::StorageFull.into()) } else { Ok(()) }
    }
}

impl IndexDirectory {
    /// The files of a folder; fails when it is none.
    pub(super) fn open(location: &Path) -> Result<IndexDirectory, OpenDirectoryError> {
        let (files, location) = (MmapDirectory::open(location)?, location.to_owned());
        Ok(IndexDirectory { files, location, refused: Refused::default() })
    }

    /// The same files on a disk that has room for `bytes` more.
    #[cfg(test)]
    pub(super) fn with_room(mut self, bytes: i64) -> IndexDirectory {
        self.refused.room = Some(Arc::new(bytes.into()));
        self
    }

    /// Writes a file beside the one of that name and puts it in its place. The bytes may reach the
    /// disk later: who reads the file looks at its checksums.
    pub(super) fn replace(&self, path: &Path, data: &[u8]) -> io::Result<()> {
        self.refused.admitted(data.len())?;
        self.write_beside(data)?.persist(self.location.join(path))?;
        Ok(())
    }

    /// A new file with these bytes, with the permissions of other new files: those of tempfile are
    /// for their owner only.
    fn write_beside(&self, data: &[u8]) -> io::Result<tempfile::NamedTempFile> {
        let mut beside = tempfile::Builder::new();
        #[cfg(unix)]
        beside.permissions(std::os::unix::fs::PermissionsExt::from_mode(0o666));
        let mut beside = beside.prefix(TEMPORARY).tempfile_in(&self.location)?;
        beside.write_all(data)?;
        Ok(beside)
    }

    /// Why the engine could not write: what the system said first, where it said anything.
    pub(super) fn not_written(&self, error: TantivyError) -> Failure {
        match self.refused.first.lock().unwrap_or_else(PoisonError::into_inner).take() {
            Some(refused) => refused.into(),
            None => Failure::Write(Box::new(error)),
        }
    }
}

impl Directory for IndexDirectory {
    fn get_file_handle(&self, path: &Path) -> Result<Arc<dyn FileHandle>, OpenReadError> {
        self.files.get_file_handle(path)
    }

    fn delete(&self, path: &Path) -> Result<(), DeleteError> {
        self.files.delete(path)
    }

    fn exists(&self, path: &Path) -> Result<bool, OpenReadError> {
        self.files.exists(path)
    }

    fn open_write(&self, path: &Path) -> Result<WritePtr, OpenWriteError> {
        let opened = self.files.open_write(path);
        if let Err(OpenWriteError::IoError { io_error, .. }) = &opened {
            self.refused.note(path, io_error);
        }
        let writer = Noting { writer: opened?, file: path.to_owned(), refused: self.refused.clone() };
        Ok(BufWriter::new(Box::new(writer)))
    }

    fn atomic_read(&self, path: &Path) -> Result<Vec<u8>, OpenReadError> {
        self.files.atomic_read(path)
    }

    fn atomic_write(&self, path: &Path, data: &[u8]) -> io::Result<()> {
        self.refused.noted(path, data.len(), || {
            let beside = self.write_beside(data)?;
            beside.as_file().sync_data()?;
            beside.persist(self.location.join(path))?;
            Ok(())
        })
    }

    fn sync_directory(&self) -> io::Result<()> {
        self.refused.noted(Path::new("."), 0, || self.files.sync_directory())
    }

    fn acquire_lock(&self, lock: &Lock) -> Result<DirectoryLock, LockError> {
        // Our own lock is held, so no other writer is at work: a process that is being started may
        // share the file of the last one for a moment longer.
        let may_wait = lock.filepath == INDEX_WRITER_LOCK.filepath;
        let mut tries = 1;
        loop {
            match self.files.acquire_lock(lock) {
                Err(LockError::LockBusy) if may_wait && tries < BUSY_TRIES => {
                    tries += 1;
                    thread::sleep(BUSY_PAUSE);
                }
                Err(LockError::IoError(error))
                    if lock.filepath == META_LOCK.filepath && is_refused(&error) =>
                {
                    return Ok(DirectoryLock::from(Box::new(())));
                }
                acquired => return acquired,
            }
        }
    }

    fn watch(&self, callback: WatchCallback) -> tantivy::Result<WatchHandle> {
        self.files.watch(callback)
    }
}

/// How long a lock that is busy is waited for, and how often: two seconds in all.
const BUSY_PAUSE: Duration = Duration::from_millis(10);
const BUSY_TRIES: usize = 200;

fn is_refused(error: &io::Error) -> bool {
    matches!(error.kind(), io::ErrorKind::PermissionDenied | io::ErrorKind::ReadOnlyFilesystem)
}

/// Remembers what the system says of a file that is being written.
struct Noting {
    writer: WritePtr,
    file: PathBuf,
    refused: Refused,
}

impl Write for Noting {
    fn write(&mut self, buffer: &[u8]) -> io::Result<usize> {
        let Noting { writer, file, refused } = self;
        refused.noted(file, buffer.len(), || writer.write(buffer))
    }

    fn flush(&mut self) -> io::Result<()> {
        let Noting { writer, file, refused } = self;
        refused.noted(file, 0, || writer.flush())
    }
}

impl TerminatingWrite for Noting {
    fn terminate_ref(&mut self, token: AntiCallToken) -> io::Result<()> {
        let Noting { writer, file, refused } = self;
        refused.noted(file, 0, || writer.terminate_ref(token))
    }
}
