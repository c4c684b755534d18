//! What kind of word, sign or cue something is: the classes of the lexicon under the names that
//! features give them.

use std::sync::LazyLock;

use super::{Part, part};
use crate::{
    lexicon::Classes,
    syntax::cue::{Cue, CueKind},
    text::token::{Token, TokenKind},
};

/// What kind of cue it is.
pub(crate) fn cue_class(cue: &Cue) -> Part<'static> {
    if cue.kind == CueKind::According {
        return part!("according");
    }
    CUES.iter().find(|(class, _)| cue.classes.any(*class)).map_or(part!("marks"), |(_, name)| *name)
}

const CUES: [(Classes, Part<'static>); 5] = [
    (Classes::SAY, part!("say")),
    (Classes::REPORT, part!("report")),
    (Classes::THINK, part!("think")),
    (Classes::SHOW, part!("show")),
    (Classes::OBJECT, part!("object")),
];

/// The names of the tags of tokens that are no words, and last of words that none of [`WORDS`]
/// fits.
const SIGNS: [&str; 14] = [
    "quotation",
    "clitic",
    "number",
    "title",
    "name",
    "comma",
    "colon",
    "semicolon",
    "stop",
    "dash",
    "bracket opens",
    "bracket closes",
    "sign",
    "word",
];

/// The names of all tags.
pub static TAGS: LazyLock<Vec<&'static str>> =
    LazyLock::new(|| SIGNS.into_iter().chain(WORDS.map(|it| it.1)).collect());

/// The same as parts of names.
static TAG_PARTS: LazyLock<Vec<Part<'static>>> =
    LazyLock::new(|| TAGS.iter().copied().map(Part::new).collect());

/// What kind of word or sign a token is.
pub(crate) fn tag(token: &Token) -> Part<'static> {
    tag_at(tag_index(token))
}

/// The tag at that place in [`TAGS`].
pub(crate) fn tag_at(index: usize) -> Part<'static> {
    TAG_PARTS[index]
}

/// The same as a number: the place of its name in [`TAGS`].
pub(crate) fn tag_index(token: &Token) -> usize {
    match token.kind {
        TokenKind::Quote(_) => 0,
        TokenKind::Clitic => 1,
        TokenKind::Number => 2,
        TokenKind::Name => {
            if token.classes.any(Classes::TITLE) {
                3
            } else {
                4
            }
        }
        TokenKind::Punct => match token.first {
            ',' => 5,
            ':' => 6,
            ';' => 7,
            '.' | '?' | '!' | '…' => 8,
            '-' | '—' | '–' => 9,
            '(' | '[' => 10,
            ')' | ']' => 11,
            _ => 12,
        },
        TokenKind::Word => SIGNS.len() - 1 + first_class(token.classes),
    }
}

/// Which word of [`WORDS`] the classes make it, the first that fits, counted from 1; 0 when none
/// does.
fn first_class(classes: Classes) -> usize {
    let known = classes.bits().map(|it| usize::from(FIRST_OF_BIT[it]));
    known.filter(|it| *it > 0).min().unwrap_or_default()
}

/// For each class alone what [`first_class`] makes of it.
static FIRST_OF_BIT: LazyLock<[u8; u128::BITS as usize]> = LazyLock::new(|| {
    let mut first = [0; u128::BITS as usize];
    for (number, (class, _)) in (1..).zip(WORDS) {
        for bit in class.bits() {
            if first[bit] == 0 {
                first[bit] = number;
            }
        }
    }
    first
});

/// Words by their classes; the first that fits.
const WORDS: [(Classes, &str); 31] = [
    (Classes::THAT, "that"),
    (Classes::WHO, "who"),
    (Classes::WH, "wh"),
    (Classes::IF, "if"),
    (Classes::AND, "and"),
    (Classes::ACCORDING, "according"),
    (Classes::AGENT, "by"),
    (Classes::INFINITIVE, "to"),
    (Classes::OF, "of"),
    (Classes::BE, "be"),
    (Classes::HAVE, "have"),
    (Classes::MODAL, "modal"),
    (Classes::NOT, "not"),
    (Classes::POSSESSIVE, "his"),
    (Classes::DEFINITE, "the"),
    (Classes::FIRST, "I"),
    (Classes::DETERMINER, "a"),
    (Classes::PRONOUN, "he"),
    (Classes::GERUND, "-ing"),
    (Classes::SAY, "say"),
    (Classes::REPORT, "report"),
    (Classes::THINK, "think"),
    (Classes::SHOW, "show"),
    (Classes::OBJECT, "object"),
    (Classes::CUE, "marks"),
    (Classes::TIME, "time"),
    (Classes::ADVERB, "adverb"),
    (Classes::VERB, "verb"),
    (Classes::DOCUMENT, "document"),
    (Classes::SPEAKING, "speaker"),
    (Classes::PLURAL, "plural"),
];

/// How words between marks end.
pub(crate) fn ending(last: Option<char>) -> Part<'static> {
    match last {
        Some(',') => part!("comma"),
        Some('.') => part!("stop"),
        Some('?' | '!') => part!("cry"),
        Some('-' | '–' | '—') => part!("dash"),
        _ => part!("open"),
    }
}
