//! What every part of morgue speaks of: articles and their quotes, words, copies. Pure: no files,
//! clock or network.

mod choice;
pub mod article;
pub mod analyze;
pub mod copies;

pub use choice::Choice;
