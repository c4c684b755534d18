//! The manifest: which file gave which articles, when it looked how, and what was wrong with it.
//!
//! It is kept with the articles, so that one commit holds for both.

use serde::{Deserialize, Serialize};

/// What the archive knows of one file of the corpus.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct FileRecord {
    /// Its path in the archive, with `/` between its parts.
    pub path: String,
    /// Its size in bytes when it was read.
    pub bytes: u64,
    /// Its modification time when it was read, in nanoseconds since 1970.
    pub modified: i64,
    /// A digest of what else decided about its articles: settings, sidecars, the version of the
    /// pipeline.
    pub context: String,
    /// A digest of its content; empty when it could not be read.
    pub content: String,
    /// How many articles it gave.
    pub articles: usize,
    /// How many passages they have.
    pub passages: usize,
    /// How many quotes they have.
    pub quotes: usize,
    /// What was wrong; the articles that could be read are there all the same.
    pub problems: Vec<String>,
    /// What was repaired or lost without being wrong: an encoding that had to be guessed.
    pub notes: Vec<String>,
    /// Whether the system refused to give its content, so that it is tried again on every run.
    pub unread: bool,
}

impl FileRecord {
    /// The record of a file before anything of it was read.
    pub fn unread(path: &str, bytes: u64, modified: i64, context: &str) -> FileRecord {
        FileRecord {
            path: path.to_owned(),
            bytes,
            modified,
            context: context.to_owned(),
            content: String::new(),
            articles: 0,
            passages: 0,
            quotes: 0,
            problems: Vec::new(),
            notes: Vec::new(),
            unread: true,
        }
    }
}
