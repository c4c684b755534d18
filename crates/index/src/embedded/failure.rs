//! Why an operation failed. Where the index lies is said at the door, once.

use std::{io, path::Path};

use tantivy::TantivyError;

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
}

impl Failure {
    /// The error that says so of the index at `location`.
    pub(crate) fn at(self, location: &Path) -> Error {
        let location = location.to_owned();
        match self {
            Failure::TooCostly => {
                Error::TooCostly("rarer words, or fewer words and conditions, cost less".to_owned())
            }
            Failure::Read(error) => Error::Damaged { location, reason: error.to_string() },
            Failure::Row(error) => Error::Damaged { location, reason: error.to_string() },
            Failure::Write(error) => Error::Engine { location, reason: error.to_string() },
        }
    }
}

/// What went wrong while the index was written.
pub(super) fn not_written(error: TantivyError) -> Failure {
    Failure::Write(Box::new(error))
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

impl From<RowError> for Failure {
    fn from(error: RowError) -> Failure {
        Failure::Row(Box::new(error))
    }
}
