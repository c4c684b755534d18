//! The sentences of a passage → phrases, the subjects of verbs, and the cues that report.

pub(crate) mod cue;
pub(crate) mod phrase;
pub(crate) mod subject;
pub(crate) mod surname;
#[cfg(test)]
mod tests;
