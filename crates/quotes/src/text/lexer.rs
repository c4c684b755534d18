//! The text of a passage → its words and marks, each with the classes the lexicon knows.
//!
//! One pass over the bytes, one lookup a word. Full stops stay with initials and known
//! abbreviations (`J.`, `Sen.`, `U.S.`), so that any other one ends a sentence; clitics of the
//! lexicon (`’s`, `’ll`) are cut off.

use crate::lexicon::{Classes, Lexicon, any};

/// How a lexeme is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Shape {
    /// A word that begins with no capital letter.
    Lower,
    /// A word that begins with a capital letter.
    Capital,
    /// A word of at least two letters, all capitals: `SMITH`, `NATO`.
    Upper,
    /// Begins with a digit.
    Number,
    /// The end of a contraction: `’s`.
    Clitic,
    /// A quotation mark or apostrophe on its own, single or double.
    Mark,
    Punct,
}

/// A place in a passage, in bytes: half the size of a `usize`, of which there are several for each
/// word.
pub(crate) type Offset = u32;

/// The offset of a byte. Passages are cut to [`PASSAGE_BYTES_MAX`].
pub(crate) fn offset(byte: usize) -> Offset {
    Offset::try_from(byte).unwrap_or(Offset::MAX)
}

/// What lies behind this byte of a passage is not read: 4 GiB, more than a file may have.
const PASSAGE_BYTES_MAX: usize = Offset::MAX as usize;

/// A word, number, mark or other sign.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Lexeme {
    start: Offset,
    end: Offset,
    pub shape: Shape,
    /// Its first character.
    pub first: char,
    /// What the lexicon knows of it.
    pub classes: Classes,
}

impl Lexeme {
    /// First byte in the passage.
    pub(crate) fn start(&self) -> usize {
        self.start as usize
    }

    /// One past the last byte.
    pub(crate) fn end(&self) -> usize {
        self.end as usize
    }
}

/// The characters that can open or close a quotation.
pub(crate) const MARKS: &[char] = &[
    '"', '\u{ff02}', '“', '”', '„', '‟', '«', '»', '「', '」', '『', '』', '\'', '‘', '’', '‚', '‛', '‹',
    '›', '`', '′',
];

/// Characters that say nothing between words: marks of byte order, of width and of hyphenation.
const IGNORED: [char; 4] = ['\u{feff}', '\u{200b}', '\u{2060}', SOFT_HYPHEN];

/// Shows where a word may be broken, and is no part of it.
pub(crate) const SOFT_HYPHEN: char = '\u{ad}';

/// Whether the word is an age that stands for a person: `29-year-old`.
pub(crate) fn is_age(word: &str) -> bool {
    word.starts_with(|it: char| it.is_ascii_digit())
        && (word.ends_with("-year-old") || word.ends_with("-yr-old"))
}

/// Cuts `text` into lexemes, in order; white space is left out.
pub(crate) fn lexemes(text: &str, lexicon: &Lexicon) -> Vec<Lexeme> {
    let text = &text[..text.floor_char_boundary(PASSAGE_BYTES_MAX)];
    let mut scanner = Scanner { text, lexicon, lexemes: Vec::with_capacity(text.len() / 5 + 4) };
    let mut at = 0;
    while let Some(first) = scanner.char_at(at) {
        at = if first.is_whitespace() || first.is_control() || IGNORED.contains(&first) {
            at + first.len_utf8()
        } else if first.is_alphanumeric() || matches!(first, '@' | '#' | '$' | '€' | '£') {
            scanner.word(at, first)
        } else if let Some(end) = scanner.tag(at, first) {
            end
        } else {
            scanner.sign(at, first)
        };
    }
    scanner.lexemes
}

/// Whether all words have capitals but for those of the closed classes: `Lund Sees No Talks on
/// Mill`.
pub(crate) fn is_capitalized(lexemes: &[Lexeme]) -> bool {
    const SMALL_BYTES_MAX: Offset = 4;
    !lexemes.iter().any(|it| it.shape == Shape::Lower && it.end - it.start > SMALL_BYTES_MAX)
}

/// The state of a member of a parliament with the letter of a party before it: `R-Fla.`, `D-Idaho`.
pub(crate) fn party_state(word: &str) -> Option<&str> {
    let state = word.strip_prefix(['R', 'D', 'I'])?.strip_prefix('-')?;
    state.starts_with(char::is_uppercase).then_some(state)
}

/// Whether it is written in capitals alone: `LUND SEES NO TALKS`.
pub(crate) fn is_shouted(lexemes: &[Lexeme]) -> bool {
    const WORDS_MIN: usize = 4;
    let is_upper = |it: &&Lexeme| it.shape == Shape::Upper;
    let small = |it: &Lexeme| it.shape == Shape::Lower || it.shape == Shape::Capital && it.end - it.start > 2;
    lexemes.iter().filter(is_upper).take(WORDS_MIN).count() == WORDS_MIN && !lexemes.iter().any(small)
}

/// Whether it is written as a headline and reports nothing: `Lund Sees No End of Talks on Mill`.
pub(crate) fn is_headline(lexemes: &[Lexeme]) -> bool {
    const WORDS_MIN: usize = 6;
    let is_capital = |it: &&Lexeme| matches!(it.shape, Shape::Capital | Shape::Upper);
    let speaks = |it: &Lexeme| it.shape == Shape::Lower && it.classes.any(Classes::CUE | Classes::VERB);
    lexemes.iter().filter(is_capital).take(WORDS_MIN).count() == WORDS_MIN
        && !lexemes.iter().any(speaks)
        && is_capitalized(lexemes)
}

struct Scanner<'a> {
    text: &'a str,
    lexicon: &'a Lexicon,
    lexemes: Vec<Lexeme>,
}

impl Scanner<'_> {
    fn char_at(&self, at: usize) -> Option<char> {
        self.text.get(at..)?.chars().next()
    }

    /// Takes the word that begins at `start`; returns where it ends.
    fn word(&mut self, start: usize, first: char) -> usize {
        let mut at = start + first.len_utf8();
        let mut letters = 1;
        let bytes = self.text.as_bytes();
        loop {
            // Most of a word is plain letters, which need no look at what follows.
            let plain = bytes[at..].iter().take_while(|it| it.is_ascii_alphabetic()).count();
            letters += plain;
            at += plain;
            let Some(c) = self.char_at(at) else { break };
            let next = at + c.len_utf8();
            let after = self.char_at(next);
            let inner = match c {
                _ if c.is_alphanumeric() || c == '_' || is_combining(c) => true,
                '\'' | '’' => {
                    if after.is_some_and(char::is_alphabetic)
                        && let Some(end) = self.clitic(at)
                    {
                        self.push(start, at, first);
                        self.push_shaped(at, end, Shape::Clitic, c);
                        return end;
                    }
                    after.is_some_and(char::is_alphabetic)
                }
                '-' | '‐' | '‑' | '&' | '/' => after.is_some_and(char::is_alphanumeric),
                '.' | ',' if !first.is_alphabetic() => after.is_some_and(char::is_numeric),
                '.' => {
                    let dotted = self.text[start..at].contains('.');
                    let initials = letters == 1 && first.is_uppercase() || dotted;
                    initials && (dotted || !after.is_some_and(char::is_lowercase))
                        || self.is_short(start, next)
                        || self.is_party_state(start, next)
                }
                _ => false,
            };
            if !inner {
                break;
            }
            letters = if c == '.' { 0 } else { letters + 1 };
            at = next;
            // `Maj.-Gen.` is one word.
            let rank = || after == Some('-') && self.char_at(next + 1).is_some_and(char::is_uppercase);
            if c == '.' && !after.is_some_and(char::is_alphanumeric) && !rank() {
                break;
            }
        }
        self.push(start, at, first);
        at
    }

    /// Whether `start..end`, with its full stop, is an abbreviation of the lexicon.
    fn is_short(&self, start: usize, end: usize) -> bool {
        const SHORT_BYTES_MAX: usize = 10;
        let word = &self.text[start..end];
        let class = if word.starts_with(char::is_uppercase) { Classes::SHORT } else { Classes::SMALL };
        word.len() <= SHORT_BYTES_MAX && self.lexicon.classes(word).any(class)
    }

    /// Whether `start..end`, with its full stop, is a party and a state: `R-Fla.`.
    fn is_party_state(&self, start: usize, end: usize) -> bool {
        let state = party_state(&self.text[start..end]);
        // `D-N.J.` from its first full stop on
        let initial =
            state.is_some_and(|it| it.len() == 2) && self.char_at(end).is_some_and(char::is_uppercase);
        initial || state.is_some_and(|it| self.lexicon.classes(it).any(Classes::STATE))
    }

    /// The end of the clitic that begins at the apostrophe at `at`.
    fn clitic(&self, at: usize) -> Option<usize> {
        const CLITIC_CHARS_MAX: usize = 4;
        let rest = &self.text[at..];
        let mut ends = rest.char_indices().take(CLITIC_CHARS_MAX + 1).skip(1);
        let length = match ends.find(|(_, c)| !c.is_alphanumeric() && !matches!(c, '\'' | '’')) {
            Some((length, _)) => length,
            None if rest.chars().nth(CLITIC_CHARS_MAX).is_none() => rest.len(),
            None => return None,
        };
        (self.lexicon.classes(&rest[..length]) != Classes::NONE).then_some(at + length)
    }

    /// Where the tag of a markup language that begins at `at` ends: what is left of one in a text
    /// says nothing.
    fn tag(&self, at: usize, first: char) -> Option<usize> {
        const TAG_BYTES_MAX: usize = 400;
        let rest = self.text.get(at + 1..)?;
        let name = first == '<' && rest.starts_with(|it: char| it.is_ascii_alphabetic() || it == '/');
        let end =
            name.then(|| rest.bytes().take(TAG_BYTES_MAX).position(|it| matches!(it, b'<' | b'>')))??;
        (rest.as_bytes()[end] == b'>').then_some(at + 1 + end + 1)
    }

    /// Takes the mark or other sign at `at`; returns where it ends.
    fn sign(&mut self, at: usize, first: char) -> usize {
        let mut end = at + first.len_utf8();
        if MARKS.contains(&first) {
            // Two apostrophes or backticks stand for one double mark.
            if matches!(first, '\'' | '`') && self.char_at(end) == Some(first) {
                end += 1;
            }
            self.push_shaped(at, end, Shape::Mark, first);
        } else {
            while matches!(first, '.' | '-' | '!' | '?' | '*' | '_' | '=') && self.char_at(end) == Some(first)
            {
                end += 1;
            }
            self.push_shaped(at, end, Shape::Punct, first);
        }
        end
    }

    fn push(&mut self, start: usize, end: usize, first: char) {
        let text = &self.text[start..end];
        let mut shape = shape_of(text, first);
        let letters = if shape == Shape::Upper { self.lexicon.letters(text) } else { None };
        let mut classes = letters.unwrap_or_else(|| self.lexicon.classes(text));
        if text.contains('-') && (classes == Classes::NONE || classes.any(Classes::ENDING)) {
            let parts = self.lexicon.compound(text);
            classes = if parts == Classes::NONE { classes } else { parts };
        }
        if text.contains(SOFT_HYPHEN) {
            classes = self.lexicon.classes(&text.replace(SOFT_HYPHEN, ""));
        }
        if shape == Shape::Number && is_age(text) {
            shape = Shape::Lower;
            classes = any!(ROLE | TRAIT);
        }
        if shape == Shape::Lower {
            classes = classes.without(CAPITALIZED_ONLY);
        } else if classes.any(Classes::ENDING) {
            classes = Classes::NONE;
        }
        self.lexemes.push(Lexeme { start: offset(start), end: offset(end), shape, first, classes });
    }

    fn push_shaped(&mut self, start: usize, end: usize, shape: Shape, first: char) {
        let classes = match shape {
            Shape::Clitic => self.lexicon.classes(&self.text[start..end]),
            Shape::Punct if matches!(first, '—' | '–' | '―') => {
                self.lexicon.classes(&self.text[start..end])
            }
            _ => Classes::NONE,
        };
        self.lexemes.push(Lexeme { start: offset(start), end: offset(end), shape, first, classes });
    }
}

/// Classes that a word has only with its capital: `grant` is no name.
const CAPITALIZED_ONLY: Classes = any!(GIVEN | PLACE | PEOPLE_OF | OUTLET);

fn shape_of(text: &str, first: char) -> Shape {
    if first.is_numeric() || matches!(first, '$' | '€' | '£') {
        return Shape::Number;
    }
    let letters = || text.chars().filter(|it| it.is_alphabetic());
    let small = |it: &[u8]| it.iter().all(u8::is_ascii_lowercase);
    if first.is_ascii_alphabetic() && small(&text.as_bytes()[1..]) {
        return if first.is_ascii_uppercase() { Shape::Capital } else { Shape::Lower };
    }
    if first.is_uppercase() {
        let upper = letters().nth(1).is_some() && letters().all(char::is_uppercase);
        return if upper { Shape::Upper } else { Shape::Capital };
    }
    // `al-Qaida`, `d’Estaing`
    let mut parts = text.split(['-', '\'', '’']).skip(1);
    if first == '@' || parts.next().is_some_and(|it| it.starts_with(char::is_uppercase)) {
        Shape::Capital
    } else {
        Shape::Lower
    }
}

fn is_combining(c: char) -> bool {
    matches!(c, '\u{300}'..='\u{36f}' | '\u{ad}' | '\u{200c}' | '\u{200d}')
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cut(text: &str) -> Vec<&str> {
        lexemes(text, Lexicon::english()).iter().map(|it| &text[it.start()..it.end()]).collect()
    }

    #[test]
    fn words_keep_what_belongs_to_them() {
        for (text, expected) in [
            ("Sen. Ada Lund’s aide said.", "Sen.|Ada|Lund|’s|aide|said|."),
            ("J. R. Okonjo-Veld can't.", "J.|R.|Okonjo-Veld|can't|."),
            ("The U.S. paid $1,500.50.", "The|U.S.|paid|$1,500.50|."),
            ("''We won,'' she said", "''|We|won|,|''|she|said"),
            ("he's O'Hara -- no...", "he|'s|O'Hara|--|no|..."),
            ("al-Marri (right)", "al-Marri|(|right|)"),
            ("Maj.-Gen. Lund, R-Fla., and R-Idaho.", "Maj.-Gen.|Lund|,|R-Fla.|,|and|R-Idaho|."),
            ("Rep. Lund (D-N.J.) said", "Rep.|Lund|(|D-N.J.|)|said"),
            ("Ada \u{ad}Lund", "Ada|Lund"),
        ] {
            assert_eq!(cut(text).join("|"), expected);
        }
    }
}
