//! What kind of word, sign or cue something is: the classes of the lexicon under the names that features give them.

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

/// The names of all tags.
pub const TAGS: [&str; 45] = {
    let mut names = [""; 45];
    let signs = [
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
    let mut at = 0;
    while at < signs.len() {
        names[at] = signs[at];
        at += 1;
    }
    while at < 45 {
        names[at] = WORDS[at - signs.len()].1;
        at += 1;
    }
    names
};

/// The same as parts of names.
const TAG_PARTS: [Part<'static>; TAGS.len()] = {
    let mut parts = [Part::new(""); TAGS.len()];
    let mut at = 0;
    while at < TAGS.len() {
        parts[at] = Part::new(TAGS[at]);
        at += 1;
    }
    parts
};

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
        TokenKind::Word => SIGNS + first_class(token.classes),
    }
}

/// The tag of a word that none of [`WORDS`] fits: those of other tokens come before it, those of the others after it.
const SIGNS: usize = TAGS.len() - WORDS.len() - 1;

/// Which word of [`WORDS`] the classes make it, the first that fits, counted from 1; 0 when none does.
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
