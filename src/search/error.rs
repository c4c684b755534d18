//! Why a question cannot be answered.

use crate::{attribute::people, index, query, roster};

use super::AmbiguousName;

/// Why a question cannot be answered.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// The query is invalid.
    #[error(transparent)]
    Query(#[from] query::Error),
    /// Several people have the name.
    #[error(transparent)]
    Name(#[from] AmbiguousName),
    /// The file of corrections made by hand cannot be read.
    #[error("cannot read people.toml: {0}")]
    CorrectionsUnread(String),
    /// The corrections made by hand are not well formed.
    #[error("{0}")]
    Corrections(people::CorrectionsError),
    /// The stored table of people is damaged. Whoever asks for people sees another error: they are
    /// worked out anew.
    #[error(transparent)]
    Table(#[from] roster::Damage),
    /// The index cannot be read, or the query would read too much of it.
    #[error(transparent)]
    Index(#[from] index::Error),
}

/// It is told whole, not as the cause of another.
impl From<people::CorrectionsError> for Error {
    fn from(error: people::CorrectionsError) -> Error {
        Error::Corrections(error)
    }
}

impl Error {
    /// Whether the question is at fault, so that another one to the same index may be answered.
    pub fn is_of_question(&self) -> bool {
        !matches!(self, Error::Index(error) if !matches!(error, index::Error::TooCostly(_)))
    }
}
