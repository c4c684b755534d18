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
use morgue_core::shell_word;

use crate::{
    files,
    list::{Block, Front, List},
};

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

    /// A name for a list that people call so: its words with hyphens between them. `None` if it has
    /// no letter and no digit.
    pub fn for_title(title: &str) -> Option<ListName> {
        const CHARS_MAX: usize = 60;
        let words = title.split(|it: char| !it.is_alphanumeric()).filter(|it| !it.is_empty());
        let name = words.collect::<Vec<_>>().join("-").to_lowercase();
        let name: String = name.chars().take(CHARS_MAX).collect();
        ListName::new(name.trim_end_matches('-')).ok()
    }
}

/// What a list held that was deleted.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DeletedList {
    /// Its entries.
    pub entries: usize,
    /// Those of them with notes.
    pub noted: usize,
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
        let bytes = bytes.ok_or_else(|| no_list(name))?;
        files::text_of(bytes).map_err(|files::NotUtf8 { line }| {
            anyhow::anyhow!("the list `{name}` cannot be used, and was left as it was:\n  {shown}:{line}: this is not UTF-8")
        })
    }

    /// Writes a new list; fails when there is one of that name.
    pub(super) fn create_list(&self, name: &ListName, list: &List) -> Result<()> {
        let folder = self.list_folder();
        fs::create_dir_all(&folder).with_context(|| format!("cannot make {FOLDER}/"))?;
        let _lock = lock(&folder)?;
        self.ensure_no_list(name)?;
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

    /// Gives a list another name; fails when there is a list of that name. A title that was only
    /// the old name becomes the new one, all other text stays.
    pub fn rename_list(&self, name: &ListName, to: &ListName) -> Result<()> {
        {
            let _lock = self.lock_lists_with(std::slice::from_ref(name))?;
            self.ensure_no_list(to)?;
            fs::rename(self.list_path(name), self.list_path(to))
                .with_context(|| format!("cannot rename {}", self.list_shown(name)))?;
        }
        let is_named_so = |it: &List| it.front().title.as_ref().is_some_and(|it| *it == name.0);
        // A list that cannot be read has its new name all the same.
        if self.list(to).is_ok_and(|it| is_named_so(&it)) {
            self.edit_list(to, |list| {
                list.set_front(Front { title: Some(to.0.clone()), ..list.front().clone() });
                Ok(())
            })?;
        }
        Ok(())
    }

    /// Deletes lists, each named once, all or none if one is missing, and gives what each held;
    /// `None` for one that cannot be read.
    pub fn delete_lists(&self, names: &[ListName]) -> Result<Vec<Option<DeletedList>>> {
        let _lock = self.lock_lists_with(names)?;
        let held = |list: &List| DeletedList {
            entries: list.entries().count(),
            noted: list
                .entries()
                .filter(|it| it.blocks.iter().any(|it| matches!(it, Block::Note(_))))
                .count(),
        };
        let deleted = names.iter().map(|it| self.list(it).ok().map(|it| held(&it))).collect();
        for name in names {
            fs::remove_file(self.list_path(name))
                .with_context(|| format!("cannot delete {}", self.list_shown(name)))?;
        }
        Ok(deleted)
    }

    /// Takes the lock of all lists when these are there.
    fn lock_lists_with(&self, names: &[ListName]) -> Result<fs::File> {
        let missing = |it: &&ListName| self.list_path(it).symlink_metadata().is_err();
        if let Some(name) = names.iter().find(missing) {
            return Err(no_list(name));
        }
        let lock = lock(&self.list_folder())?;
        names.iter().find(missing).map_or(Ok(lock), |name| Err(no_list(name)))
    }

    /// Fails when there is anything of that name.
    pub(super) fn ensure_no_list(&self, name: &ListName) -> Result<()> {
        let is_there = self.list_path(name).symlink_metadata().is_ok();
        anyhow::ensure!(!is_there, "there is a list `{name}` already: {}", self.list_shown(name));
        Ok(())
    }

    fn replace_list(&self, name: &ListName, text: &str) -> Result<()> {
        files::write(&self.list_path(name), text.as_bytes())
            .with_context(|| format!("cannot write {}", self.list_shown(name)))
    }
}

fn no_list(name: &ListName) -> anyhow::Error {
    let typed = shell_word(&name.0);
    anyhow::anyhow!("there is no list `{name}`; `morgue list` names all, `morgue list new {typed}` makes one")
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
