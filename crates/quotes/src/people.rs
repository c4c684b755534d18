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

pub use crate::fold::name_words;
pub use block::{block_of, folded, other_order};
pub use corrections::{Corrections, CorrectionsError};
pub use days::joined_days;
pub use person::{Person, RoleHeld, WrittenName};
pub use similar::{Pair, Side, Standing, similar};

use morgue_core::article::Spoken;

use directory::Directory;

/// How well a typed name fits a person.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum MatchStrength {
    /// Some of the typed words are initials of the words of one of the names.
    Initials,
    /// All typed words are among those of one of the names.
    Part,
    /// The typed words are the surname of one of the names, or a name that is but one word.
    Surname,
    /// The typed words are one of the names, whole.
    Full,
}

/// Whether a name as somebody types it fits a person: case, accents and signs apart, each typed
/// word must be a word of one and the same written name. What stands in brackets behind the name
/// must be in one of the roles.
pub fn matches(person: &Person, typed: &str) -> Option<MatchStrength> {
    let (typed, qualifier) = name::qualified(typed);
    let typed = name::turned(typed).map_or_else(|| name_words(typed), |it| name_words(&it));
    if typed.is_empty() || !qualifier.is_none_or(|it| has_qualifier(person, it)) {
        return None;
    }
    let names = person.names.iter().map(|it| &it.name).chain([&person.name]);
    let strengths = names.filter_map(|name| {
        let words = name_words(name);
        if words == typed {
            Some(MatchStrength::Full)
        } else if words.len() > 1 && words.last() == typed.last() && typed.len() == 1 {
            Some(MatchStrength::Surname)
        } else if typed.iter().all(|it| words.contains(it)) {
            Some(MatchStrength::Part)
        } else {
            name::fits_by_initials(&words, &typed).then_some(MatchStrength::Initials)
        }
    });
    strengths.max()
}

/// The folded words that everybody has in their names whom the typed name fits by [`matches`]: all of
/// them, or only the last where an initial may stand for another word.
pub fn words_needed(typed: &str) -> Vec<String> {
    let (typed, _) = name::qualified(typed);
    let mut words = name::turned(typed).map_or_else(|| name_words(typed), |it| name_words(&it));
    if words.len() > 1 && words.iter().any(|it| name::is_initial(it)) {
        words.drain(..words.len() - 1);
    }
    words
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

fn has_qualifier(person: &Person, qualifier: &str) -> bool {
    let wanted = name_words(qualifier);
    let shown = person.qualifier.iter().map(String::as_str);
    let mut known = person.roles.iter().map(|it| it.role.as_str()).chain(shown).map(trade::own_words);
    known.any(|words| wanted.iter().all(|it| words.contains(it)))
}

/// Joins the speakers of an archive into people, in the order of their quotes, most first.
///
/// Equal input gives equal output, whatever the order of `spoken`.
pub fn people(spoken: &[Spoken], corrections: &Corrections) -> Vec<Person> {
    Directory::new(spoken, corrections).people
}

#[cfg(test)]
mod tests;
