//! The sentences of a passage → phrases, the subjects of verbs, and the cues that report.

mod apposition;
mod clause;
pub(crate) mod cue;
mod noun;
mod passive;
pub(crate) mod phrase;
pub(crate) mod subject;
pub(crate) mod surname;
pub(crate) mod together;
#[cfg(test)]
mod tests;
