//! What every part of morgue speaks of: articles and their quotes, words, copies, errors of the
//! system. Pure: no files, clock or network.

mod choice;
pub mod system;
pub mod article;
pub mod analyze;
pub mod copies;

pub use choice::Choice;
