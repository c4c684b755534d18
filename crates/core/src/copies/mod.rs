//! Finds which articles are copies of one another: wire stories cut, reordered, retitled or edited.
//!
//! In: an article → its [`Sketch`], some hundred numbers; the sketches of all articles → the
//! [`families`] of copies; two articles → their [`Difference`]. Pure: a family depends on the set
//! of sketches alone, not on their order nor on what was known before, so an update gives what a
//! rebuild gives.
//!
//! Method: fingerprints by winnowing (Schleimer, Wilkerson and Aiken, SIGMOD 2003), containment
//! rather than resemblance (Broder, SEQUENCES 1997), since a cut story resembles its source little
//! and is contained in it wholly. Fingerprints that strangers share (standing paragraphs, turns of
//! phrase, the words of a market table) do not count, and figures must agree. Measured in
//! `docs/evaluation.md`.

mod candidates;
mod common;
mod difference;
mod digest;
mod families;
mod fingerprints;
mod sketch;
mod tie;
mod words;

#[cfg(test)]
mod tests;

pub use difference::{Change, Difference, difference};
pub use families::families;
pub use sketch::{Shingles, Sketch, sketch};
pub use words::{Edit, n_words, n_words_changed, word_edits};
