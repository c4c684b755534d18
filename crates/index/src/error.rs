//! What can go wrong with an index, in words that say what to do.

use std::path::PathBuf;

/// Why an index cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// There is none.
    #[error("there is no index at `{0}`; `morgue ingest` makes it")]
    Missing(PathBuf),
    /// There may be one, but the system refuses to read it: no permission, too many open files.
    #[error("the index at `{location}` cannot be read: {reason}")]
    Unreadable {
        /// Where it lies.
        location: PathBuf,
        /// What the system says.
        reason: String,
    },
    /// The folder holds something that is not an index of this program.
    #[error("`{0}` holds files that are no morgue index; choose an empty folder")]
    Foreign(PathBuf),
    /// It was written in another format.
    #[error(
        "the index at `{location}` has format {found}, this program reads {expected}; `morgue ingest --rebuild` makes it anew"
    )]
    OtherFormat {
        /// Where it lies.
        location: PathBuf,
        /// The format it names.
        found: String,
        /// The format of this program.
        expected: u32,
    },
    /// Its files are damaged.
    #[error("the index at `{location}` is damaged ({reason}); `morgue ingest --rebuild` makes it anew")]
    Damaged {
        /// Where it lies.
        location: PathBuf,
        /// What is wrong.
        reason: String,
    },
    /// Another process writes to it.
    #[error("the index at `{location}` is being written by {holder}")]
    Locked {
        /// Where it lies.
        location: PathBuf,
        /// Who writes: `process 4711`.
        holder: String,
    },
    /// A query would read more of the index than is allowed (`embedded/cost.rs` counts).
    #[error("the query would read too much of the index: {0}")]
    TooCostly(String),
    /// The system refused to write a file of the index: no space, no permission.
    #[error(
        "the index at `{location}`: `{file}` cannot be written: {reason}; what was committed before is as it was"
    )]
    NotWritten {
        /// Where it lies.
        location: PathBuf,
        /// The name of the file.
        file: PathBuf,
        /// What the system says.
        reason: String,
    },
    /// The engine failed.
    #[error("the index at `{location}`: {reason}")]
    Engine {
        /// Where it lies.
        location: PathBuf,
        /// The engine's words.
        reason: String,
    },
}
