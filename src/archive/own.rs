//! Which files are the archive's own: no export and no report is written over them.

use std::path::{Path, PathBuf};

use anyhow::{Result, bail};

use super::{Archive, CORRECTIONS_NAME, SETTINGS_NAME};

impl Archive {
    /// Fails for a file that is the archive's own, with what it is, before somebody writes over it.
    pub fn ensure_not_own(&self, path: &Path) -> Result<()> {
        match self.own_file(path) {
            Some(what) => bail!("{} is {what}: write somewhere else", path.display()),
            None => Ok(()),
        }
    }

    /// What a file of the archive is; `None` for a file that is not its own.
    ///
    /// Where the corpus is the archive's whole folder, exports lie among the articles, and nothing
    /// tells them apart.
    fn own_file(&self, path: &Path) -> Option<&'static str> {
        let path = resolved(path)?;
        let lies_in = |folder: &Path| folder.canonicalize().is_ok_and(|it| path.starts_with(it));
        let own = |name: &str| resolved(&self.folder.join(name)).is_some_and(|it| it == path);
        if lies_in(&self.list_folder()) && path.extension().is_some_and(|it| it == "md") {
            return Some("a reading list");
        }
        if lies_in(&self.index_location) {
            return Some("part of the index");
        }
        if own(SETTINGS_NAME) || own(CORRECTIONS_NAME) {
            return Some("one of the archive's settings");
        }
        let archive = self.folder.canonicalize().ok()?;
        let mut corpus =
            self.settings.corpus.iter().filter_map(|it| self.folder.join(it).canonicalize().ok());
        let in_corpus = corpus.any(|it| path.starts_with(&it) && !archive.starts_with(&it));
        (in_corpus && path.exists()).then_some("a file of the corpus, which morgue only reads")
    }
}

/// The path without links and dots; of a file that is not there yet, its folder's with its name.
fn resolved(path: &Path) -> Option<PathBuf> {
    path.canonicalize().ok().or_else(|| {
        let folder = path.parent().filter(|it| !it.as_os_str().is_empty()).unwrap_or(Path::new("."));
        Some(folder.canonicalize().ok()?.join(path.file_name()?))
    })
}
