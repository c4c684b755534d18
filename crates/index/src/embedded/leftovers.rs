//! Files that no commit names. A run that was killed leaves them: segments, deletes and temporary
//! files that it had written and not committed.
//!
//! They take room, and a file of deletes can stand in the way: tantivy calls it by a number that
//! the next run counts to again, and refuses to write over it.

use std::{
    collections::BTreeSet,
    fs, io,
    path::{Path, PathBuf},
};

use tantivy::directory::{Directory as _, META_LOCK};

use crate::Error;

use super::{
    Index,
    directory::TEMPORARY,
    failure::{RefusedWrite, Result},
    is_segment_file, lock,
};

impl Index {
    pub(crate) fn leftovers(&self) -> Result<BTreeSet<PathBuf>, Error> {
        if lock::is_held(&self.location) {
            // Its writer is at work on them.
            return Ok(BTreeSet::new());
        }
        self.located(self.uncommitted_files())
    }

    /// Removes them; only the holder of the lock may.
    pub(super) fn remove_leftovers(&self) -> Result<()> {
        // Who opens an index holds this lock until all files are open that its commit names.
        let _meta_lock = self.directory.acquire_lock(&META_LOCK).map_err(|it| self.not_written(it.into()))?;
        for file in self.uncommitted_files()? {
            match fs::remove_file(self.location.join(&file)) {
                Err(error) if error.kind() != io::ErrorKind::NotFound => {
                    return Err(RefusedWrite { file, error }.into());
                }
                _ => (),
            }
        }
        Ok(())
    }

    /// The names of files in the folder that the last commit does not name.
    fn uncommitted_files(&self) -> Result<BTreeSet<PathBuf>> {
        let committed = self.tantivy.load_metas()?.list_segment_files();
        let mut uncommitted = BTreeSet::new();
        for entry in fs::read_dir(&self.location)? {
            let name = entry?.file_name();
            let text = name.to_string_lossy();
            let of_writers = is_segment_file(&text) || text.starts_with(TEMPORARY);
            if of_writers && !committed.contains(Path::new(&name)) {
                uncommitted.insert(name.into());
            }
        }
        Ok(uncommitted)
    }
}
