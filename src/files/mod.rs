//! Files as the operating system has them: opened without waiting, read within bounds, written
//! whole.
//!
//! Knows nothing of what a file holds. Every error reads as plain words (`system::reason`), without
//! the file's name, which the caller puts before them.

mod open;
mod write;

#[cfg(test)]
mod tests;

use std::io;

use crate::system;

pub use open::{NotUtf8, Opened, open, read_argument, read_if_there, text_of};
pub use write::{NewFile, create, write};

/// The error in plain words, of the same kind.
pub fn plain(error: &io::Error) -> io::Error {
    io::Error::new(error.kind(), system::reason(error))
}
