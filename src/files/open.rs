//! Opens and reads files that may be anything: the corpus, settings and lists hold what people put
//! there.
//!
//! A file of the archive must be a regular file. A FIFO, a device or a socket is refused without
//! waiting for it, whatever it was when the folder was listed. A file that an argument of the
//! command line names may be a pipe as well (`<(…)`, `/dev/stdin`): the user asked for it.

use std::{
    fs::{File, Metadata, OpenOptions},
    io::{self, Read},
    path::Path,
};

use super::plain;

/// The most that is read of a file that says it is empty and is not, as those of `/proc`: some
/// network folders say so of ordinary documents, some files never end.
const UNANNOUNCED_BYTES_MAX: u64 = 16 << 20;

/// A regular file that is open for reading, up to the size that it had when it was opened.
///
/// What is appended later is left to the next reading. So the last line of a log that is being
/// written may be cut where the writer was.
pub struct Opened {
    file: File,
    left: u64,
    /// Whether the file said that it is empty.
    unannounced: bool,
}

/// A file that should be text is not.
#[derive(Debug, thiserror::Error)]
#[error("line {line} is not UTF-8")]
pub struct NotUtf8 {
    /// The first line that is not, counted from 1.
    pub line: usize,
}

/// Opens a regular file, without waiting for anything else that has its name by now.
pub fn open(path: &Path) -> io::Result<Opened> {
    let file = at_once().open(path).map_err(|error| refused(path, &error))?;
    let metadata = file.metadata().map_err(|it| plain(&it))?;
    match not_a_file(&metadata) {
        Some(refusal) => Err(refusal),
        None => Ok(Opened::new(file, metadata.len())),
    }
}

/// Reads a file of the archive; `None` when there is none. Fails when it has more than `bytes_max`
/// bytes.
pub fn read_if_there(path: &Path, bytes_max: u64) -> io::Result<Option<Vec<u8>>> {
    let file = match open(path) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => {
            return match path.is_symlink() {
                true => Err(io::Error::other("it is a link that leads nowhere")),
                false => Ok(None),
            };
        }
        file => file?,
    };
    within(file, bytes_max).map(Some)
}

/// Reads what an argument of the command line names: a file, a pipe, or standard input for `-`.
/// Waits for its end, but not for more than `bytes_max` bytes.
pub fn read_argument(path: &Path, bytes_max: u64) -> io::Result<Vec<u8>> {
    if path.as_os_str() == "-" {
        return within(io::stdin().lock(), bytes_max);
    }
    let file = OpenOptions::new().read(true).open(path).map_err(|error| refused(path, &error))?;
    let metadata = file.metadata().map_err(|it| plain(&it))?;
    match not_a_file(&metadata) {
        Some(refusal) if metadata.is_dir() => Err(refusal),
        _ => within(file, bytes_max),
    }
}

/// The bytes as text.
pub fn text_of(bytes: Vec<u8>) -> Result<String, NotUtf8> {
    String::from_utf8(bytes).map_err(|error| {
        let valid = error.utf8_error().valid_up_to();
        let line = 1 + error.as_bytes()[..valid].iter().filter(|it| **it == b'\n').count();
        NotUtf8 { line }
    })
}

impl Opened {
    fn new(file: File, bytes: u64) -> Opened {
        let left = if bytes == 0 { UNANNOUNCED_BYTES_MAX } else { bytes };
        Opened { file, left, unannounced: bytes == 0 }
    }

    /// The file itself, for a program that reads it.
    pub fn into_file(self) -> File {
        self.file
    }
}

impl Read for Opened {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        // Not a single byte: some files of `/proc` are only read by eights.
        let mut more = [0; 64];
        if self.left > 0 {
            let length = buffer.len().min(usize::try_from(self.left).unwrap_or(usize::MAX));
            let n = self.file.read(&mut buffer[..length]).map_err(|it| plain(&it))?;
            self.left -= n as u64;
            Ok(n)
        } else if self.unannounced && self.file.read(&mut more).map_err(|it| plain(&it))? > 0 {
            self.unannounced = false;
            let mib = UNANNOUNCED_BYTES_MAX >> 20;
            Err(io::Error::other(format!("it says it is empty and gives more than {mib} MiB")))
        } else {
            Ok(0)
        }
    }
}

/// Reads to the end, where that is not too far.
fn within(file: impl Read, bytes_max: u64) -> io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    file.take(bytes_max + 1).read_to_end(&mut bytes).map_err(|it| plain(&it))?;
    match bytes.len() as u64 > bytes_max {
        true => Err(io::Error::other(format!("it has more than {} MiB", bytes_max >> 20))),
        false => Ok(bytes),
    }
}

/// Options for reading without waiting for a writer. On regular files the flag changes nothing.
#[cfg(unix)]
fn at_once() -> OpenOptions {
    use std::os::unix::fs::OpenOptionsExt as _;
    let mut options = OpenOptions::new();
    // The bits are those of the system's `int`.
    let flags = (rustix::fs::OFlags::NONBLOCK | rustix::fs::OFlags::NOCTTY).bits().cast_signed();
    options.read(true).custom_flags(flags);
    options
}

#[cfg(not(unix))]
fn at_once() -> OpenOptions {
    OpenOptions::new().read(true).clone()
}

/// Why a file could not be opened. Systems refuse sockets and folders with reasons of their own.
fn refused(path: &Path, error: &io::Error) -> io::Error {
    path.metadata().ok().and_then(|it| not_a_file(&it)).unwrap_or_else(|| plain(error))
}

fn not_a_file(metadata: &Metadata) -> Option<io::Error> {
    let reason = match () {
        () if metadata.is_file() => return None,
        () if metadata.is_dir() => "it is a folder",
        () => "it is neither a file nor a folder",
    };
    Some(io::Error::other(reason))
}
