//! One writer at a time, across processes: a lock that goes with its process and says who holds it.

use std::{
    fs::{self, File, OpenOptions, TryLockError},
    io::{self, Read as _, Seek as _, Write as _},
    path::Path,
};

use crate::Error;

use super::failure::RefusedWrite;

/// The lock's file in the index's folder.
pub(crate) const NAME: &str = ".morgue.lock";

/// Held while an index is written; the system lets it go when the process ends, however it ends.
pub(crate) struct Lock {
    file: File,
}

impl Lock {
    /// Takes the lock of the index at `location`, or names the process that holds it.
    pub(crate) fn take(location: &Path) -> Result<Lock, Error> {
        let failed = |error: &io::Error| RefusedWrite::at(location, Path::new(NAME), error);
        let path = location.join(NAME);
        let options = OpenOptions::new().read(true).write(true).create(true).truncate(false).clone();
        let mut file = options.open(&path).map_err(|it| failed(&it))?;
        match file.try_lock() {
            Ok(()) => {
                let write = file.set_len(0).and_then(|()| file.rewind());
                write.and_then(|()| write!(file, "{}", std::process::id())).map_err(|it| failed(&it))?;
                Ok(Lock { file })
            }
            Err(TryLockError::WouldBlock) => Err(Error::Locked {
                location: fs::canonicalize(location).unwrap_or_else(|_| location.to_owned()),
                holder: holder(&mut file),
            }),
            Err(TryLockError::Error(error)) => Err(failed(&error)),
        }
    }
}

impl Drop for Lock {
    /// Lets go at once: a process that is being started may share the open file for a moment
    /// longer.
    fn drop(&mut self) {
        let _ = self.file.unlock();
    }
}

/// Whether a process holds the lock of the index at `location`; where the lock may not be looked
/// at, it does not.
pub(super) fn is_held(location: &Path) -> bool {
    let file = OpenOptions::new().read(true).open(location.join(NAME));
    file.is_ok_and(|it| matches!(it.try_lock_shared(), Err(TryLockError::WouldBlock)))
}

fn holder(file: &mut File) -> String {
    let mut text = String::new();
    let read = file.take(32).read_to_string(&mut text);
    match (read, text.trim().parse::<u32>()) {
        (Ok(_), Ok(process)) => format!("process {process}"),
        _ => "another process".to_owned(),
    }
}
