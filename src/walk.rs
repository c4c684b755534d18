//! Turns folders into files, in a stable order, with size and time.
//!
//! In: a folder. Out: every regular file below it, and a named problem for each thing that cannot
//! be an article: a FIFO, a loop of links, a folder that may not be read. Links are followed.
//! Hidden files are skipped. Never reads a file's content.

use std::{
    ffi::OsStr,
    fs,
    path::{Path, PathBuf},
    time::UNIX_EPOCH,
};

use walkdir::WalkDir;

use crate::system;

/// A file of the corpus, as the folder lists it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct File {
    /// Where to open it.
    pub path: PathBuf,
    /// Its path below the walked folder, with `/` between its parts; bytes that are no UTF-8 are
    /// written `\xff`.
    pub name: String,
    /// What tells a changed file from an unchanged one without reading it.
    pub stat: Stat,
}

/// Size and time of a file.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Stat {
    /// Size in bytes.
    pub bytes: u64,
    /// Last modification, in nanoseconds since 1970; 0 where the system does not say.
    pub modified: i64,
}

impl Stat {
    /// Reads size and time of what `metadata` describes.
    pub fn of(metadata: &fs::Metadata) -> Stat {
        let since_1970 = metadata.modified().ok().and_then(|it| it.duration_since(UNIX_EPOCH).ok());
        let modified = since_1970.and_then(|it| i64::try_from(it.as_nanos()).ok()).unwrap_or(0);
        Stat { bytes: metadata.len(), modified }
    }
}

/// Something below a folder that cannot be read as a file.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{name}: {reason}")]
pub struct Error {
    /// Its path below the walked folder; empty for that folder itself.
    pub name: String,
    /// What is wrong, in lower case without a full stop.
    pub reason: String,
}

/// Lists the files below `root` by name, without the files and folders whose names below it are to
/// be skipped.
///
/// `root` may be a file: then it is the only one listed, under its own name.
pub fn files<'a>(
    root: &'a Path,
    skip: &'a dyn Fn(&str) -> bool,
) -> impl Iterator<Item = Result<File, Error>> + 'a {
    let hidden = |entry: &walkdir::DirEntry| {
        entry.depth() > 0 && entry.file_name().as_encoded_bytes().first() == Some(&b'.')
    };
    WalkDir::new(root)
        .follow_links(true)
        .sort_by_file_name()
        .into_iter()
        .filter_entry(move |entry| {
            entry.depth() == 0 || !hidden(entry) && !skip(&name_below(root, entry.path()))
        })
        .filter_map(move |entry| match entry {
            Ok(entry) if entry.file_type().is_dir() => None,
            Ok(entry) => Some(file(root, &entry)),
            Err(error) => Some(Err(problem(root, &error))),
        })
}

fn file(root: &Path, entry: &walkdir::DirEntry) -> Result<File, Error> {
    if !entry.file_type().is_file() {
        let name = problem_name(root, entry.path());
        return Err(Error { name, reason: "is neither a file nor a folder".to_owned() });
    }
    let name = name_below(root, entry.path());
    match entry.metadata() {
        Ok(metadata) => Ok(File { path: entry.path().to_owned(), name, stat: Stat::of(&metadata) }),
        Err(error) => {
            Err(Error { name, reason: error.io_error().map_or_else(|| error.to_string(), system::reason) })
        }
    }
}

fn problem(root: &Path, error: &walkdir::Error) -> Error {
    let name = error.path().map_or_else(|| ".".to_owned(), |it| problem_name(root, it));
    let reason = match (error.loop_ancestor(), error.io_error()) {
        (Some(ancestor), _) => {
            format!("is a link back to `{}`, a folder it lies in", name_below(root, ancestor))
        }
        (None, Some(error)) => system::reason(error),
        (None, None) => error.to_string(),
    };
    Error { name, reason }
}

/// The name of what cannot be read; nothing is known of all that lay below it.
fn problem_name(root: &Path, path: &Path) -> String {
    if path == root && !root.is_file() { String::new() } else { name_below(root, path) }
}

/// The path below `root` with `/` between its parts; the file's own name when it is `root` itself.
fn name_below(root: &Path, path: &Path) -> String {
    match path.strip_prefix(root) {
        Ok(below) if !below.as_os_str().is_empty() => {
            let parts: Vec<String> = below.components().map(|it| shown(it.as_os_str())).collect();
            parts.join("/")
        }
        _ => shown_name(path),
    }
}

/// The name of a file without its folders, as [`File::name`] writes it.
pub fn shown_name(path: &Path) -> String {
    shown(path.file_name().unwrap_or(path.as_os_str()))
}

/// The text of a name; bytes that are no UTF-8 are written out, so that two names never become one.
fn shown(name: &OsStr) -> String {
    let mut text = String::new();
    for chunk in name.as_encoded_bytes().utf8_chunks() {
        text.push_str(chunk.valid());
        for byte in chunk.invalid() {
            text.push_str(&format!("\\x{byte:02x}"));
        }
    }
    text
}
