//! What the features of the labeler read of a quotation: how long it is, how it is written, whose
//! words it may be.

use std::ops::Range;

use crate::{
    lexicon::Classes,
    passage::Sentence,
    text::quotation::{Quotation, is_capitalized},
    weights::{NONE, Part, ending, part},
};

/// What features may ask of a quotation.
#[derive(Clone, Copy, Debug)]
pub(super) struct QuotationTraits<'a> {
    /// Its length, how it ends and how it is written.
    pub length: Part<'static>,
    pub last_char: Part<'static>,
    pub capitals: Part<'static>,
    /// Whose words they may be.
    pub voice: Part<'static>,
    /// What beside it has titles, as songs and programmes do.
    pub work: Part<'static>,
    /// How many quotations its sentence has, and which it is.
    pub among: Part<'static>,
    /// Its first and last words, unless they begin with a capital.
    pub first_word: Part<'a>,
    pub last_word: Part<'a>,
}

/// What the quotation of token `at` of a sentence is, the `nth` of so many in it.
pub(super) fn quotation_traits<'a>(
    sentence: Sentence<'a>,
    at: usize,
    quotation: &Quotation,
    (nth, of): (usize, usize),
) -> QuotationTraits<'a> {
    let passage = sentence.passage;
    let text = quotation.text(passage.text);
    QuotationTraits {
        length: length(passage.n_words(quotation)),
        last_char: ending(passage.last_char(quotation)),
        capitals: capitals(text),
        voice: voice(quotation.inside),
        work: work(sentence, at),
        among: match nth {
            _ if of == 1 => part!("only"),
            1 => part!("first"),
            n if n == of => part!("last"),
            _ => part!("middle"),
        },
        first_word: small(text.split_whitespace().next()),
        last_word: small(text.split_whitespace().next_back()),
    }
}

/// What near a quotation has titles.
fn work(sentence: Sentence<'_>, at: usize) -> Part<'static> {
    const TOKENS_BEFORE: usize = 4;
    const TOKENS_AFTER: usize = 3;
    let first = sentence.start.max(at.saturating_sub(TOKENS_BEFORE));
    let last = sentence.end.min(at + 1 + TOKENS_AFTER);
    let any = |range: Range<usize>, class| sentence.tokens[range].iter().any(|it| it.classes.any(class));
    if any(first..at, Classes::WORK) {
        part!("work before")
    } else if any(at + 1..last, Classes::WORK) {
        part!("work after")
    } else if any(first..at, Classes::OUTLET) {
        part!("outlet before")
    } else if any(sentence.range(), Classes::WORK) {
        part!("work in sentence")
    } else {
        NONE
    }
}

/// What the words inside the marks are: whose words they may be.
fn voice(inside: Classes) -> Part<'static> {
    let verb = inside.any(Classes::AUXILIARY | Classes::VERB | Classes::CUE);
    match (inside.any(Classes::FIRST | Classes::SECOND), verb, inside.any(Classes::PRONOUN)) {
        (true, true, _) => part!("I, verb"),
        (true, false, _) => part!("I"),
        (false, true, true) => part!("he, verb"),
        (false, true, false) => part!("verb"),
        (false, false, _) => part!("phrase"),
    }
}

fn length(n_words: usize) -> Part<'static> {
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
fn small(word: Option<&str>) -> Part<'_> {
    let word = word.map_or("", |it| it.trim_matches(|it: char| !it.is_alphanumeric()));
    match word.chars().next() {
        None => NONE,
        Some(it) if it.is_lowercase() => Part::new(word),
        Some(it) if it.is_alphabetic() => part!("CAPITAL"),
        Some(_) => part!("NUMBER"),
    }
}

/// How the words inside the marks are written: as a title all long words have capitals.
fn capitals(text: &str) -> Part<'static> {
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
