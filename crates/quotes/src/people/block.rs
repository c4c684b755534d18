//! A written name → the block of names that it is compared with.
//!
//! Who is who is worked out block by block: names of one block are compared with each other and
//! with nobody else, so that an article which changes asks for its own blocks only.

use morgue_core::article::SpeakerKind;

use super::name::{Name, is_given, skeleton};

/// The block of a written name: the consonants of its surname, as spellings of one name share them
/// (of the first of two surnames, where the given name is of a language whose people have two). A
/// pure function of the name.
pub fn block_of(name: &str, kind: SpeakerKind) -> String {
    key(&Name::read(name, kind))
}

/// Where somebody would be found whose name is written in the other order (`Wen Jialing`, `Jialing
/// Wen`): the block and the folded words of that name. `None` where one of the words is a given
/// name that a lexicon knows, and so the order is known.
pub fn other_order(name: &str, kind: SpeakerKind) -> Option<(String, String)> {
    let name = Name::read(name, kind);
    let (first, last) = name.ends()?;
    let turned = name.words.len() == 2 && first != last && !is_given(first) && !is_given(last);
    turned.then(|| (skeleton(first), format!("{last} {first}")))
}

/// The folded words of a written name, without titles, the suffix (`jr`) last.
pub fn folded(name: &str, kind: SpeakerKind) -> String {
    Name::read(name, kind).key()
}

fn key(name: &Name) -> String {
    let last = name.words.last().map_or("", String::as_str);
    let word = name.first_surname().unwrap_or(last);
    skeleton(word)
}
