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
mod company;
mod corrections;
mod days;
mod directory;
mod evidence;
mod groups;
mod join;
mod name;
mod name_table;
mod person;
mod sense;
mod similar;
mod surname;
mod trade;
mod typed;

pub use block::{block_of, folded, other_order};
pub use corrections::{Corrections, CorrectionsError};
pub use days::joined_days;
pub use person::{Person, RoleHeld, WrittenName};
pub use similar::{Pair, Side, Standing, similar};
pub use typed::{MatchStrength, TypedName};

use morgue_core::article::Spoken;

use crate::fold::name_words;
use directory::Directory;

/// How well a name as somebody types it fits a person; `None` if not.
pub fn matches(person: &Person, typed: &str) -> Option<MatchStrength> {
    TypedName::read(typed).fit(person)
}

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

/// Joins the speakers of an archive into people, in the order of their quotes, most first.
///
/// Equal input gives equal output, whatever the order of `spoken`.
pub fn people(spoken: &[Spoken], corrections: &Corrections) -> Vec<Person> {
    Directory::new(spoken, corrections).people
}

#[cfg(test)]
mod tests;
