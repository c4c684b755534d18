//! The files of `lists/`: found by name, read, and replaced as a whole.
//!
//! A change is made under a lock that goes with its process, on the text that is in the file then;
//! the file is written whole (`files::write`). An editor knows nothing of the lock; so the text is
//! compared once more before it is replaced, and the change made anew when it differs.

use std::{
    fmt,
    fs::{self, OpenOptions, TryLockError},
    io,
    path::{Path, PathBuf},
    time::Duration,
};

use anyhow::{Context as _, Result, bail};

use crate::{files, list::List};

use super::Archive;

/// The folder of lists in an archive.
const FOLDER: &str = "lists";

/// The lock's file in it.
const LOCK: &str = ".morgue.lock";

/// So often another process's change is waited for, 50 ms each.
const WAITS_MAX: usize = 200;

/// So often a change is made anew on a text that an editor just saved.
const TRIES_MAX: usize = 5;

/// A larger file is no list.
const LIST_BYTES_MAX: u64 = 64 << 20;

/// What a list is called: the name of its file without `.md`.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct ListName(String);

impl ListName {
    /// Takes a name that can be one of a file anywhere.
    pub fn new(text: &str) -> Result<ListName> {
        let name = text.strip_suffix(".md").unwrap_or(text);
        let name = name.strip_prefix("lists/").unwrap_or(name);
        let odd =
            |c: char| c.is_control() || matches!(c, '/' | '\\' | ':' | '*' | '?' | '"' | '<' | '>' | '|');
        if name.is_empty()
            || name.len() > 200
            || name.starts_with(['.', '-', ' '])
            || name.ends_with([' ', '.'])
            || name.contains(odd)
        {
            bail!(
                "`{text}` cannot be the name of a list: it becomes the name of a file, as in `harbour-dredging`"
            );
        }
        Ok(ListName(name.to_owned()))
    }
}

impl fmt::Display for ListName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl Archive {
    /// The folder of lists.
    pub(in crate::archive) fn list_folder(&self) -> PathBuf {
        self.folder().join(FOLDER)
    }

    /// Where the list's file lies, or would lie.
    pub fn list_path(&self, name: &ListName) -> PathBuf {
        self.list_folder().join(format!("{name}.md"))
    }

    /// The same, as people read it.
    pub(super) fn list_shown(&self, name: &ListName) -> String {
        format!("{FOLDER}/{name}.md")
    }

    /// The names of all lists.
    pub fn list_names(&self) -> Result<Vec<ListName>> {
        let entries = match fs::read_dir(self.list_folder()) {
            Ok(entries) => entries,
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(Vec::new()),
            Err(error) => return Err(error).with_context(|| format!("cannot read {FOLDER}/")),
        };
        let mut names = Vec::new();
        for entry in entries {
            let name = entry.with_context(|| format!("cannot read {FOLDER}/"))?.file_name();
            let name = name.to_string_lossy();
            if name.ends_with(".md") {
                names.extend(ListName::new(&name).ok());
            }
        }
        names.sort();
        Ok(names)
    }

    /// Whether there is such a list.
    pub fn has_list(&self, name: &ListName) -> bool {
        self.list_path(name).exists()
    }

    /// Reads a list; fails, with every line that is at fault, when it is no good one.
    pub fn list(&self, name: &ListName) -> Result<List> {
        let text = self.list_text(name)?;
        self.parse_list(name, &text)
    }

    fn parse_list(&self, name: &ListName, text: &str) -> Result<List> {
        List::parse(text).map_err(|problems| {
            let shown = self.list_shown(name);
            let lines = problems.0.iter().map(|it| format!("\n  {shown}:{}: {}", it.line, it.reason));
            anyhow::anyhow!(
                "the list `{name}` cannot be used, and was left as it is:{}",
                lines.collect::<String>()
            )
        })
    }

    fn list_text(&self, name: &ListName) -> Result<String> {
        let shown = self.list_shown(name);
        let bytes = files::read_if_there(&self.list_path(name), LIST_BYTES_MAX)
            .with_context(|| format!("cannot read {shown}"))?;
        let bytes = bytes.with_context(|| {
            format!("there is no list `{name}`; `morgue list` names all, `morgue list new {name}` makes one")
        })?;
        files::text_of(bytes).map_err(|files::NotUtf8 { line }| {
            anyhow::anyhow!("the list `{name}` cannot be used, and was left as it was:\n  {shown}:{line}: this is not UTF-8")
        })
    }

    /// Writes a new list; fails when there is one of that name.
    pub(super) fn create_list(&self, name: &ListName, list: &List) -> Result<()> {
        let folder = self.list_folder();
        fs::create_dir_all(&folder).with_context(|| format!("cannot make {FOLDER}/"))?;
        let _lock = lock(&folder)?;
        anyhow::ensure!(!self.has_list(name), "there is a list `{name}` already: {}", self.list_shown(name));
        let text = list.print();
        self.parse_list(name, &text)?;
        self.replace_list(name, &text)
    }

    /// Makes a change to a list, all of it or none.
    pub(super) fn edit_list<T>(&self, name: &ListName, change: impl Fn(&mut List) -> Result<T>) -> Result<T> {
        // Without the list there is nothing to lock.
        self.list_text(name)?;
        let _lock = lock(&self.list_folder())?;
        for _ in 0..TRIES_MAX {
            let before = self.list_text(name)?;
            let mut list = self.parse_list(name, &before)?;
            let done = change(&mut list)?;
            let after = list.print();
            if after == before {
                return Ok(done);
            }
            // What could not be read again is not written.
            self.parse_list(name, &after)?;
            if self.list_text(name)? == before {
                self.replace_list(name, &after)?;
                return Ok(done);
            }
        }
        bail!(
            "{} is being changed by another program all the time: nothing was written",
            self.list_shown(name)
        )
    }

    fn replace_list(&self, name: &ListName, text: &str) -> Result<()> {
        files::write(&self.list_path(name), text.as_bytes())
            .with_context(|| format!("cannot write {}", self.list_shown(name)))
    }
}

/// Waits for the lock of all lists; the system lets it go when the process ends, however it ends.
fn lock(folder: &Path) -> Result<fs::File> {
    let path = folder.join(LOCK);
    let mut options = OpenOptions::new();
    let file = options.read(true).write(true).create(true).truncate(false).open(&path);
    let file = file.with_context(|| format!("cannot write {FOLDER}/{LOCK}"))?;
    for _ in 0..WAITS_MAX {
        match file.try_lock() {
            Ok(()) => return Ok(file),
            Err(TryLockError::WouldBlock) => std::thread::sleep(Duration::from_millis(50)),
            Err(TryLockError::Error(error)) => return Err(error).context("cannot lock the lists"),
        }
    }
    bail!("another process has been changing lists for ten seconds; nothing was written")
}
