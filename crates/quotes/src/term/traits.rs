//! How the words between marks are written and whose they may be, as features ask it.

use crate::{
    lexicon::Classes,
    text::{
        quotation::is_capitalized,
        token::{Token, TokenKind},
    },
    weights::{NONE, Part, part},
};

/// What the words inside the marks are: whose words they may be.
pub(crate) fn voice(inside: Classes) -> Part<'static> {
    let verb = inside.any(Classes::AUXILIARY | Classes::VERB | Classes::CUE);
    match (inside.any(Classes::FIRST | Classes::SECOND), verb, inside.any(Classes::PRONOUN)) {
        (true, true, _) => part!("I, verb"),
        (true, false, _) => part!("I"),
        (false, true, true) => part!("he, verb"),
        (false, true, false) => part!("verb"),
        (false, false, _) => part!("phrase"),
    }
}

pub(crate) fn length(n_words: usize) -> Part<'static> {
    match n_words {
        0..=1 => part!("1 word"),
        2 => part!("2 words"),
        3 => part!("3 words"),
        4..=5 => part!("4 words"),
        6..=8 => part!("6 words"),
        _ => part!("9 words"),
    }
}

/// A word without the signs round it, unless it begins with a capital.
pub(crate) fn small(word: Option<&str>) -> Part<'_> {
    let word = word.map_or("", |it| it.trim_matches(|it: char| !it.is_alphanumeric()));
    match word.chars().next() {
        None => NONE,
        Some(it) if it.is_lowercase() => Part::new(word),
        Some(it) if it.is_alphabetic() => part!("CAPITAL"),
        Some(_) => part!("NUMBER"),
    }
}

/// How the words inside the marks are written: as a title all long words have capitals.
pub(crate) fn capitals(text: &str) -> Part<'static> {
    const LONG: usize = 4;
    const WORDS: usize = 10;
    let long = |it: &&str| it.chars().filter(|it| it.is_alphabetic()).count() >= LONG;
    let words = || text.split_whitespace().take(WORDS);
    let first = words().next().is_some_and(is_capitalized);
    let title = first && words().skip(1).filter(long).all(is_capitalized);
    match (first, title, words().count()) {
        (true, _, 1) => part!("one capital"),
        (true, true, _) if words().skip(1).any(|it| long(&it)) => part!("title"),
        (true, true, _) => part!("short title"),
        (true, false, _) => part!("first capital"),
        (false, ..) => part!("small"),
    }
}

/// The word itself, unless it may be a name: those that begin small, and those of the lexicon.
pub(crate) fn word<'a>(token: &Token, passage: &'a str) -> Part<'a> {
    match token.kind {
        TokenKind::Name => part!("NAME"),
        TokenKind::Number => part!("NUMBER"),
        TokenKind::Quote(_) => part!("QUOTE"),
        TokenKind::Word if !token.first.is_lowercase() && token.classes == Classes::NONE => part!("CAPITAL"),
        TokenKind::Clitic | TokenKind::Punct | TokenKind::Word => Part::new(token.text(passage)),
    }
}
