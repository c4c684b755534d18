//! Writes files whole: beside their place, and then moved there. Whoever is killed, and whatever
//! disk is full, the earlier file or the new one is there.

use std::{
    fs::{self, File, OpenOptions},
    io::{self, Write},
    path::{Path, PathBuf},
};

use tempfile::NamedTempFile;

use super::plain;

/// What the name of a file begins with that is not yet in its place. The walk of a corpus skips
/// hidden files.
const PREFIX: &str = ".morgue-";
/// What such a name ends with.
const SUFFIX: &str = ".new";

/// A file that takes its place when it is finished; without that, what was there before stays.
pub struct NewFile {
    content: Content,
    /// Where it will lie: a link leads to the file that is meant.
    target: PathBuf,
    /// What is told of the file's place when it cannot be written.
    otherwise: &'static str,
}

enum Content {
    /// Written beside the file's place. Locked, so that it is known whose process was killed.
    Beside(NamedTempFile),
    /// Written as it comes: a pipe, a device or a stream of this process cannot be replaced.
    Straight(File),
}

/// Puts a file with this content at `path`, in the place of what is there.
pub fn write(path: &Path, content: &[u8]) -> io::Result<()> {
    NewFile::with(path, content)?.finish()
}

/// Writes a file; fails when there is anything of that name.
pub fn create(path: &Path, content: &[u8]) -> io::Result<()> {
    if path.symlink_metadata().is_ok() {
        return Err(plain(&io::ErrorKind::AlreadyExists.into()));
    }
    NewFile::with(path, content)?.put(false)
}

impl NewFile {
    /// Begins a file that will lie at `path`, with the permissions of the one there.
    pub fn new(path: &Path) -> io::Result<NewFile> {
        let there = path.metadata().ok();
        let otherwise = match &there {
            Some(there) if there.is_dir() => return Err(plain(&io::ErrorKind::IsADirectory.into())),
            Some(there) if !there.is_file() || is_stream(path) => {
                let content = Content::Straight(appending(path).map_err(|it| plain(&it))?);
                return Ok(NewFile { content, target: path.to_owned(), otherwise: "" });
            }
            Some(_) => "; the earlier file is as it was",
            None => "; nothing was written",
        };
        let target = followed(path);
        let beside = beside(&target, there.as_ref()).map_err(|it| failed(&it, 0, otherwise))?;
        Ok(NewFile { content: Content::Beside(beside), target, otherwise })
    }

    /// Begins a file and writes all of its content; says how much room was missing.
    pub fn with(path: &Path, content: &[u8]) -> io::Result<NewFile> {
        let mut file = NewFile::new(path)?;
        let mut left = content;
        while !left.is_empty() {
            // In pieces, to know how far it came.
            let piece = &left[..left.len().min(64 << 10)];
            match file.file().write(piece) {
                Ok(n) => left = &left[n..],
                Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
                Err(error) => return Err(failed(&error, left.len(), file.otherwise)),
            }
        }
        Ok(file)
    }

    /// Makes the content last and puts the file in its place.
    pub fn finish(self) -> io::Result<()> {
        self.put(true)
    }

    fn put(self, over: bool) -> io::Result<()> {
        let NewFile { content, target, otherwise } = self;
        let Content::Beside(file) = content else { return Ok(()) };
        let put = || {
            file.as_file().sync_all()?;
            if over { file.persist(&target) } else { file.persist_noclobber(&target) }?;
            sync_folder(folder_of(&target))
        };
        put().map_err(|it: io::Error| failed(&it, 0, otherwise))
    }

    fn file(&mut self) -> &mut File {
        match &mut self.content {
            Content::Beside(file) => file.as_file_mut(),
            Content::Straight(file) => file,
        }
    }
}

/// Why a file could not be written, `missing` bytes before its end.
fn failed(error: &io::Error, missing: usize, otherwise: &str) -> io::Error {
    let full = matches!(error.kind(), io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded);
    let more =
        if full && missing > 0 { format!(" (it needs about {} more)", size(missing)) } else { String::new() };
    io::Error::new(error.kind(), format!("{}{more}{otherwise}", plain(error)))
}

/// For content that is made while it is written.
impl Write for NewFile {
    fn write(&mut self, buffer: &[u8]) -> io::Result<usize> {
        let otherwise = self.otherwise;
        self.file().write(buffer).map_err(|it| failed(&it, 0, otherwise))
    }

    fn flush(&mut self) -> io::Result<()> {
        self.file().flush()
    }
}

/// Makes the file that will be moved to `target`.
fn beside(target: &Path, there: Option<&fs::Metadata>) -> io::Result<NamedTempFile> {
    if there.is_some() {
        // A file that may not be written is not replaced either.
        appending(target)?;
    }
    let folder = folder_of(target);
    remove_leftovers(folder);
    let mut builder = tempfile::Builder::new();
    builder.prefix(PREFIX).suffix(SUFFIX);
    #[cfg(unix)]
    builder.permissions(std::os::unix::fs::PermissionsExt::from_mode(0o666));
    let file = builder.tempfile_in(folder).map_err(|error| {
        io::Error::new(error.kind(), format!("no file can be made in its folder: {}", plain(&error)))
    })?;
    // Some network folders know no locks: then nobody takes it for a leftover.
    let _ = file.as_file().try_lock();
    if let Some(there) = there {
        file.as_file().set_permissions(there.permissions())?;
    }
    Ok(file)
}

/// Removes the unfinished files of processes that were killed: those that nobody has locked.
fn remove_leftovers(folder: &Path) {
    for entry in fs::read_dir(folder).into_iter().flatten().flatten() {
        let name = entry.file_name();
        let name = name.to_string_lossy();
        if name.starts_with(PREFIX)
            && name.ends_with(SUFFIX)
            && entry.file_type().is_ok_and(|it| it.is_file())
            && appending(&entry.path()).is_ok_and(|it| it.try_lock().is_ok())
        {
            // Another process may be faster.
            let _ = fs::remove_file(entry.path());
        }
    }
}

/// Opens a file that is there, to write behind what it holds.
fn appending(path: &Path) -> io::Result<File> {
    OpenOptions::new().append(true).open(path)
}

/// Where a path leads, also one to a file that is not there yet.
fn followed(path: &Path) -> PathBuf {
    let mut path = path.to_owned();
    // As many links as Linux follows.
    for _ in 0..40 {
        if let Ok(real) = path.canonicalize() {
            return real;
        }
        let Ok(link) = path.read_link() else { break };
        path = folder_of(&path).join(link);
    }
    path
}

/// Whether the path names a stream of a process, which may lead to a file by its shell's `>`.
fn is_stream(path: &Path) -> bool {
    ["/dev/stdout", "/dev/stderr", "/dev/fd", "/proc"].iter().any(|it| path.starts_with(it))
}

fn folder_of(path: &Path) -> &Path {
    path.parent().filter(|it| !it.as_os_str().is_empty()).unwrap_or(Path::new("."))
}

/// A rename lasts once its folder is on disk.
#[cfg(unix)]
fn sync_folder(folder: &Path) -> io::Result<()> {
    OpenOptions::new().read(true).open(folder)?.sync_all()
}

#[cfg(not(unix))]
fn sync_folder(_: &Path) -> io::Result<()> {
    Ok(())
}

/// `1.2 MB`.
fn size(bytes: usize) -> String {
    match bytes {
        0..1000 => format!("{bytes} bytes"),
        1000..1_000_000 => format!("{} kB", bytes.div_ceil(1000)),
        _ => format!("{:.1} MB", bytes as f64 / 1e6),
    }
}
