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

impl Archive {
    /// Gives the folder of the index the permissions of the corpus: the index holds its text, so
    /// whoever may read the one may read the other, and nobody else.
    ///
    /// Folders above count where the index lies outside of them. Of several corpus folders, each must
    /// allow what the index allows; where none can be looked at the index is its owner's alone. Does nothing on systems without such permissions.
    #[cfg(unix)]
    pub(super) fn share_index(&self) -> std::io::Result<()> {
        use std::os::unix::fs::{MetadataExt as _, PermissionsExt as _};

        let index = std::fs::metadata(&self.index_location)?;
        let place = self.index_location.canonicalize()?;
        let folders =
            self.settings.corpus.iter().map(|it| access(&self.folder.join(it), &place, index.gid()));
        let shared = folders.reduce(|a, b| a & b).unwrap_or(0);
        let mode = index.mode() & !0o777 | 0o700 | shared;
        if mode == index.mode() {
            return Ok(());
        }
        match std::fs::set_permissions(&self.index_location, std::fs::Permissions::from_mode(mode)) {
            // Somebody else's folder, in which we may write all the same.
            Err(error) if error.kind() == std::io::ErrorKind::PermissionDenied => Ok(()),
            done => done,
        }
    }

    #[cfg(not(unix))]
    pub(super) fn share_index(&self) -> std::io::Result<()> {
        Ok(())
    }
}

/// What a folder and those it lies in allow others to do, as the bits of a mode: its group, if it
/// is `group`, and everybody. Nothing when it cannot be looked at. A folder that `index` lies in as
/// well guards both.
#[cfg(unix)]
fn access(folder: &Path, index: &Path, group: u32) -> u32 {
    use std::os::unix::fs::MetadataExt as _;

    let Ok(folder) = folder.canonicalize() else { return 0 };
    let mut shared = 0o077;
    let own = folder.ancestors().take_while(|it| *it == folder || !index.starts_with(it));
    for (depth, folder) in own.enumerate() {
        let Ok(metadata) = folder.metadata() else { return 0 };
        let everybody = metadata.mode() & 0o007;
        let its_group = if metadata.gid() == group { metadata.mode() & 0o070 } else { everybody << 3 };
        let allowed = its_group | everybody;
        // A folder above needs only be passed through.
        shared &= if depth == 0 { allowed } else { (allowed & 0o011) * 0o7 };
    }
    shared
}
