//! Why an operation failed. Where the index lies is said at the door, once.

use std::{
    io::{self, ErrorKind},
    path::{Path, PathBuf},
};

use morgue_core::system::{reason, without_numbers};
use tantivy::{TantivyError, directory::error::OpenReadError};

use crate::Error;

use super::rows::RowError;

/// What an operation gives.
pub(super) type Result<T, E = Failure> = std::result::Result<T, E>;

/// Why an operation failed. What the engine says is boxed: every result of an operation is copied
/// with room for it.
#[derive(Debug)]
pub(crate) enum Failure {
    /// A query would read too much.
    TooCostly,
    /// The index cannot be read.
    Read(Box<TantivyError>),
    /// A stored row cannot be read.
    Row(Box<RowError>),
    /// The index cannot be written.
    Write(Box<TantivyError>),
    /// The system refused to write a file of the index.
    Refused(Box<RefusedWrite>),
}

/// A write that the system refused.
#[derive(Debug)]
pub(crate) struct RefusedWrite {
    /// The name of the file.
    pub(super) file: PathBuf,
    /// What the system said.
    pub(super) error: io::Error,
}

impl RefusedWrite {
    /// The error of an index at `location` of which a file cannot be written.
    pub(super) fn at(location: &Path, file: &Path, error: &io::Error) -> Error {
        let (location, file) = (location.to_owned(), file.to_owned());
        Error::NotWritten { location, file, reason: reason(error) }
    }
}

impl Failure {
    /// The error that says so of the index at `location`.
    pub(crate) fn at(self, location: &Path) -> Error {
        let location = location.to_owned();
        match self {
            Failure::TooCostly => {
                Error::TooCostly("rarer words, or fewer words and conditions, cost less".to_owned())
            }
            Failure::Read(error) => match refusal(&error) {
                Some(refusal) => Error::Unreadable { location, reason: reason(refusal) },
                None => Error::Damaged { location, reason: without_numbers(error.to_string()) },
            },
            Failure::Row(error) => Error::Damaged { location, reason: error.to_string() },
            Failure::Write(error) => {
                let reason = refusal(&error).map_or_else(|| without_numbers(error.to_string()), reason);
                Error::Engine { location, reason }
            }
            Failure::Refused(write) => RefusedWrite::at(&location, &write.file, &write.error),
        }
    }
}

/// What the system said when it refused to read a file. Such a file is not damaged: to make the
/// index anew would not help. A file that is gone or ends too early is.
fn refusal(error: &TantivyError) -> Option<&io::Error> {
    let refusal = match error {
        TantivyError::IoError(error)
        | TantivyError::OpenReadError(OpenReadError::IoError { io_error: error, .. }) => Some(&**error),
        _ => None,
    };
    refusal.filter(|it| {
        it.raw_os_error().is_some()
            && !matches!(it.kind(), ErrorKind::InvalidData | ErrorKind::NotFound | ErrorKind::UnexpectedEof)
    })
}

impl From<TantivyError> for Failure {
    fn from(error: TantivyError) -> Failure {
        Failure::Read(Box::new(error))
    }
}

impl From<io::Error> for Failure {
    fn from(error: io::Error) -> Failure {
        TantivyError::from(error).into()
    }
}

impl From<RefusedWrite> for Failure {
    fn from(write: RefusedWrite) -> Failure {
        Failure::Refused(Box::new(write))
    }
}

impl From<RowError> for Failure {
    fn from(error: RowError) -> Failure {
        Failure::Row(Box::new(error))
    }
}
