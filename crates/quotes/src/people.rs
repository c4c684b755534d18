//! The speakers of all articles → the people of the archive, each under all the names they are
//! written with.
//!
//! ```text
//! written names ─▶ senses ─▶ joined by rules ─▶ people ◀─ bare surnames
//!                 (one name, perhaps two people)
//! ```
//!
//! A pure function of the speakers and of the corrections made by hand, so the index stays
//! disposable. Written names are joined by rules, each with its reason, and only where no rival
//! makes it doubtful; everything else stays apart and is listed as a candidate (`similar`). No step
//! compares all names with all: each looks only at names that share a key.

mod block;
mod corrections;
mod days;
mod directory;
mod evidence;
mod groups;
mod join;
mod name;
mod name_table;
mod partial;
mod person;
mod prior;
mod sense;
mod similar;
mod trade;
mod typed;

pub use crate::fold::name_words;
pub use block::{block_of, folded, other_order};
pub use corrections::{Corrections, CorrectionsError};
pub use days::joined_days;
pub use person::{Person, RoleHeld, WrittenName};
pub use similar::{Pair, Side, Standing};
pub use typed::{MatchStrength, TypedName};

use morgue_core::article::Spoken;

use directory::Directory;

/// The typed name without titles before it and brackets behind it; `None` if it has neither. For
/// names that nobody has as typed.
pub fn without_titles(typed: &str) -> Option<String> {
    name::alone(typed)
}

/// Whether all words of a typed name are among those of a name, case, accents and signs apart.
pub fn names_fit(name: &str, typed: &str) -> bool {
    let (words, typed) = (name_words(name), name_words(typed));
    !typed.is_empty() && typed.iter().all(|it| words.contains(it))
}

/// Joins speakers into people, in the order of their quotes, most first; and finds the pairs of
/// names that may be one person's, those to look at first before others ([`Pair::rank`]).
///
/// The speakers are those of an archive, or of one of its blocks ([`block_of`]) with those that
/// corrections and [`other_order`] link to it: what stands in other blocks changes nothing. Equal
/// input gives equal output, whatever the order of `spoken`.
pub fn who_is_who(spoken: &[Spoken], corrections: &Corrections) -> (Vec<Person>, Vec<Pair>) {
    let directory = Directory::new(spoken, corrections);
    let pairs = similar::similar(&directory);
    (directory.people, pairs)
}

#[cfg(test)]
mod tests;
