//! Files that others keep in the folder of an index: read through the same map of memory as
//! segments, replaced as a whole.

use std::{fs, io, path::Path};

use tantivy::{
    TantivyError,
    directory::{Directory as _, MmapDirectory, OwnedBytes, error::OpenReadError},
};

use crate::KeptFile;

use super::{
    Snapshot,
    failure::{RefusedWrite, Result},
};

/// The content of a kept file.
pub(crate) type KeptBytes = OwnedBytes;

impl Snapshot {
    pub(crate) fn kept(&self, file: KeptFile) -> Result<Option<KeptBytes>> {
        // A directory that was opened before would give the map of a file that was replaced since.
        let directory = MmapDirectory::open(&self.index.location).map_err(TantivyError::from)?;
        match directory.get_file_handle(Path::new(file.name())) {
            Ok(handle) => Ok(Some(handle.read_bytes(0..handle.len())?)),
            Err(OpenReadError::FileDoesNotExist(_)) => Ok(None),
            Err(error) => Err(TantivyError::from(error).into()),
        }
    }

    pub(crate) fn keep(&self, file: KeptFile, bytes: &[u8]) -> Result<()> {
        self.index.directory.replace(Path::new(file.name()), bytes).map_err(|it| refused(file, it))
    }

    pub(crate) fn remove_kept(&self, file: KeptFile) -> Result<()> {
        match fs::remove_file(self.index.location.join(file.name())) {
            Err(error) if error.kind() != io::ErrorKind::NotFound => Err(refused(file, error)),
            _ => Ok(()),
        }
    }
}

fn refused(file: KeptFile, error: io::Error) -> super::failure::Failure {
    RefusedWrite { file: file.name().into(), error }.into()
}
