//! What every part of morgue speaks of: articles and their quotes, words, copies, errors of the
//! system. Pure: no files, clock or network.

mod choice;
mod nearest;
mod wording;
mod written;
pub mod system;
pub mod article;
pub mod analyze;
pub mod copies;

pub use choice::Choice;
pub use nearest::{nearest, unknown_name};
pub use wording::{count, number, shell_word};
pub use written::{Written, Wrong, line_of};
