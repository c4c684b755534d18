//! Cuts text into words: where each begins and ends, and what is left out of its form.
//!
//! A word is a run of letters, digits and the marks on them. Beyond that, in the order the rules
//! are tried:
//!
//! | text | words | rule |
//! |---|---|---|
//! | `東京`, `ไทย` | one for each character | scripts written without spaces |
//! | `U.S.`, `J.R.` | `us`, `jr` | letters each with a full stop are one word |
//! | `Trump’s` | `trump` | the possessive is left out, also of the span |
//! | `we're`, `he'll`, `I'd` | `we`, `he`, `i` | so is an English verb cut down to an ending, or `ill` would find "I'll" |
//! | `l’homme`, `dell'arte` | `l homme`, `dell arte` | elision: article and noun are two words |
//! | `ABC'13`, `6'2` | `abc 13`, `6 2` | an apostrophe before a digit parts |
//! | `O’Malley`, `don't` | `omalley`, `dont` | another apostrophe joins |
//! | `3.5`, `1,200` | `3.5`, `1200` | a number is one word, without its thousands marks |
//! | `AT&T`, `Q&A` | `at&t`, `q&a` | `&` between letters joins |
//! | `C++`, `C#` | `c++`, `c#` | |
//! | `law-and-order`, `3:15` | `law and order`, `3 15` | everything else parts |

use super::{
    fold::{fold_into, is_apostrophe, is_joiner, is_part_of_word, is_spaceless, lower_into},
    word::{FORM_BYTES_MAX, WordRef},
};
use crate::article::Span;

/// So much of a word's text is read: its form is shorter or as long, but for ligatures, and then
/// cut.
const TEXT_BYTES_MAX: usize = 4 * FORM_BYTES_MAX;

/// Walks over a text, a word at a time. With `PATTERN`, `*` and `?` are letters.
pub(super) struct Cutter<'t, const PATTERN: bool> {
    text: &'t str,
    /// The text in the small letters of ASCII, whose bytes stand where they did: the forms of plain
    /// words.
    lowered: String,
    /// Where to go on; on a character boundary.
    at: usize,
    form: String,
    accented: String,
}

/// What a word covers, and where to go on after it.
struct Cut {
    end: usize,
    next: usize,
}

impl<'t, const PATTERN: bool> Cutter<'t, PATTERN> {
    /// Before the first word.
    pub(super) fn new(text: &'t str) -> Self {
        Cutter {
            text,
            lowered: text.to_ascii_lowercase(),
            at: 0,
            form: String::new(),
            accented: String::new(),
        }
    }

    /// The next word, lent until the one after it.
    pub(super) fn next_word(&mut self) -> Option<WordRef<'_>> {
        loop {
            let start = self.skip_to_word()?;
            if let Some(end) = self.plain_end(start) {
                self.at = end;
                let span = Span::new(start, end)?;
                let form = &self.lowered[start..end];
                return Some(WordRef { span, form, accented: form, plain: true });
            }
            let cut = self.cut(start);
            self.at = cut.next;
            let ascii = self.fill(start, cut.end);
            // A lone tatweel or a stray accent folds to nothing: it is no word.
            if !self.form.is_empty() {
                let span = Span::new(start, cut.end)?;
                let accented = if ascii { &self.form } else { &self.accented };
                return Some(WordRef { span, form: &self.form, accented, plain: false });
            }
        }
    }

    /// The start of the next word.
    fn skip_to_word(&self) -> Option<usize> {
        let bytes = self.text.as_bytes();
        let mut at = self.at;
        while let Some(&byte) = bytes.get(at) {
            if byte.is_ascii() {
                if self.is_letter_byte(byte) {
                    return Some(at);
                }
                at += 1;
            } else {
                let c = self.char_at(at)?;
                if c.is_alphanumeric() && !is_apostrophe(c) {
                    return Some(at);
                }
                at += c.len_utf8();
            }
        }
        None
    }

    /// The end of a word of ASCII letters and digits to which no other rule applies: most words,
    /// and this is where indexing and marking spend their time.
    fn plain_end(&self, start: usize) -> Option<usize> {
        let bytes = self.text.as_bytes();
        let length =
            bytes[start..].iter().take_while(|it| IN_ASCII[usize::from(**it)] == Ascii::Letter).count();
        let end = start + length;
        let plain = !PATTERN && (1..=FORM_BYTES_MAX).contains(&length);
        let ends = match bytes.get(end).map(|it| IN_ASCII[usize::from(*it)]) {
            None | Some(Ascii::Ends) => true,
            // Neither `U.S.` nor `3.5` nor `1,200`.
            Some(Ascii::Stop) => length > 1 && !bytes.get(end + 1).is_some_and(u8::is_ascii_digit),
            Some(Ascii::Letter | Ascii::Other) => false,
        };
        (plain && ends).then_some(end)
    }

    fn cut(&self, start: usize) -> Cut {
        if let Some(end) = self.spaceless(start) {
            return Cut { end, next: end };
        }
        if let Some(end) = self.acronym(start) {
            return Cut { end, next: self.possessive(end).unwrap_or(end) };
        }
        let mut end = start;
        loop {
            end = self.run_end(end);
            match self.joined(start, end) {
                Some(Joined::Goes(on)) => end = on,
                Some(Joined::Ends(end, next)) => return Cut { end, next },
                None => return Cut { end, next: end },
            }
        }
    }

    /// The end of the run of letters, digits and marks that goes on at `at`.
    fn run_end(&self, mut at: usize) -> usize {
        let bytes = self.text.as_bytes();
        while let Some(&byte) = bytes.get(at) {
            if byte.is_ascii() {
                if !self.is_letter_byte(byte) {
                    break;
                }
                at += 1;
            } else {
                match self.char_at(at) {
                    Some(c) if is_part_of_word(c) && !is_spaceless(c) => at += c.len_utf8(),
                    _ => break,
                }
            }
        }
        at
    }

    /// What the mark at `at` does to the word begun at `start`.
    fn joined(&self, start: usize, at: usize) -> Option<Joined> {
        // Most words end at a blank, and this is where indexing spends its time.
        if matches!(self.text.as_bytes().get(at), Some(b' ' | b'\n' | b'-' | b'"' | b')')) {
            return None;
        }
        let mark = self.char_at(at)?;
        let after = at + mark.len_utf8();
        let before = self.text[start..at].chars().next_back();
        let next = self.char_at(after);
        let next_is = |f: fn(char) -> bool| next.is_some_and(f);
        let before_is = |f: fn(char) -> bool| before.is_some_and(f);
        if is_apostrophe(mark) {
            if let Some(next) = self.possessive(at).or_else(|| self.verb_ending(start, at)) {
                return Some(Joined::Ends(at, next));
            }
            if next_is(begins_with_vowel) && is_elided(&self.text[start..at]) {
                return Some(Joined::Ends(at, after));
            }
            let joins = self.is_letter_at(after) && !next_is(|it| it.is_ascii_digit());
            return joins.then_some(Joined::Goes(after));
        }
        match mark {
            '.' if before_is(|c| c.is_ascii_digit()) && next_is(|c| c.is_ascii_digit()) => {
                Some(Joined::Goes(after))
            }
            ',' if before_is(|c| c.is_ascii_digit()) && self.is_thousand(after) => Some(Joined::Goes(after)),
            '&' if before_is(char::is_alphabetic)
                && (next_is(char::is_alphabetic) || (PATTERN && next_is(is_wild))) =>
            {
                Some(Joined::Goes(after))
            }
            '+' if next == Some('+') && before_is(char::is_alphabetic) && !self.is_letter_at(after + 1) => {
                Some(Joined::Ends(after + 1, after + 1))
            }
            '#' if at == start + 1 && before_is(|c| c.is_ascii_alphabetic()) && !self.is_letter_at(after) => {
                Some(Joined::Ends(after, after))
            }
            _ => None,
        }
    }

    /// The end of one character, with its marks, of a script that is written without spaces.
    fn spaceless(&self, start: usize) -> Option<usize> {
        let c = self.char_at(start)?;
        if c.is_ascii() || !is_spaceless(c) {
            return None;
        }
        let mut end = start + c.len_utf8();
        while let Some(mark) = self.char_at(end)
            && unicode_normalization::char::is_combining_mark(mark)
        {
            end += mark.len_utf8();
        }
        Some(end)
    }

    /// The end of two or more letters each with a full stop; the last stop may be missing.
    fn acronym(&self, start: usize) -> Option<usize> {
        let (mut at, mut end, mut n_letters) = (start, start, 0);
        while let Some(letter) = self.char_at(at)
            && letter.is_alphabetic()
        {
            let after = at + letter.len_utf8();
            if self.text[after..].starts_with('.') {
                n_letters += 1;
                at = after + 1;
                end = at;
            } else {
                if n_letters > 0 && !self.is_letter_at(after) {
                    n_letters += 1;
                    end = after;
                }
                break;
            }
        }
        (n_letters > 1).then_some(end)
    }

    /// The end of a possessive `’s` at `at`.
    fn possessive(&self, at: usize) -> Option<usize> {
        let mark = self.char_at(at)?;
        let s = at + mark.len_utf8();
        let is_s = matches!(self.text.as_bytes().get(s), Some(b's' | b'S'));
        (is_apostrophe(mark) && is_s && !self.is_letter_at(s + 1)).then_some(s + 1)
    }

    /// The end of an English verb cut down to `’ll`, `’re`, `’ve`, `’d` or `’m` at `at`.
    fn verb_ending(&self, start: usize, at: usize) -> Option<usize> {
        let letters = at + self.char_at(at)?.len_utf8();
        let end = self.run_end(letters);
        let is_pronoun = || PRONOUNS.iter().any(|it| it.eq_ignore_ascii_case(&self.text[start..at]));
        let ending = &self.text.as_bytes()[letters..end];
        let is_ending = match ending.len() {
            1 => matches!(ending, b"d" | b"m" | b"D" | b"M") && is_pronoun(),
            2 => [b"ll", b"re", b"ve"].iter().any(|it| it.eq_ignore_ascii_case(ending)),
            _ => false,
        };
        is_ending.then_some(end)
    }

    /// Whether exactly three digits stand at `at`.
    fn is_thousand(&self, at: usize) -> bool {
        let rest = &self.text.as_bytes()[at..];
        rest.iter().take(4).take_while(|it| it.is_ascii_digit()).count() == 3
    }

    fn is_letter_byte(&self, byte: u8) -> bool {
        byte.is_ascii_alphanumeric() || (PATTERN && is_wild(char::from(byte)))
    }

    /// Whether a word could go on with what stands at `at`.
    fn is_letter_at(&self, at: usize) -> bool {
        self.char_at(at).is_some_and(|c| is_part_of_word(c) || (PATTERN && is_wild(c)))
    }

    fn char_at(&self, at: usize) -> Option<char> {
        match self.text.as_bytes().get(at) {
            Some(byte) if byte.is_ascii() => Some(char::from(*byte)),
            _ => self.text.get(at..)?.chars().next(),
        }
    }

    /// Writes the forms of the word; whether it was ASCII, and then only `form` is written.
    fn fill(&mut self, start: usize, end: usize) -> bool {
        let mut text = &self.text[start..end];
        if text.len() > TEXT_BYTES_MAX {
            text = &text[..text.floor_char_boundary(TEXT_BYTES_MAX)];
        }
        self.form.clear();
        if text.is_ascii() {
            if text.bytes().all(|it| it.is_ascii_alphanumeric()) {
                self.form.push_str(text);
                self.form.make_ascii_lowercase();
            } else {
                let is_acronym =
                    text.as_bytes().get(1) == Some(&b'.') && !text.as_bytes()[0].is_ascii_digit();
                let dropped = |it: u8| matches!(it, b'\'' | b',') || (is_acronym && it == b'.');
                let kept = |it: &u8| !dropped(*it);
                self.form.extend(text.bytes().filter(kept).map(|it| char::from(it.to_ascii_lowercase())));
            }
            self.form.truncate(FORM_BYTES_MAX);
            return true;
        }
        let is_acronym = text.chars().nth(1) == Some('.') && text.starts_with(char::is_alphabetic);
        let dropped = |c: char| is_apostrophe(c) || is_joiner(c) || c == ',' || (is_acronym && c == '.');
        let kept = |c: &char| !dropped(*c);
        fold_into(text.chars().filter(kept), &mut self.form);
        self.form.truncate(self.form.floor_char_boundary(FORM_BYTES_MAX));
        self.accented.clear();
        lower_into(text.chars().filter(kept), &mut self.accented);
        self.accented.truncate(self.accented.floor_char_boundary(FORM_BYTES_MAX));
        false
    }
}

/// What a byte is to a word of ASCII letters and digits before it.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Ascii {
    Letter,
    /// It ends the word, whatever follows.
    Ends,
    /// It does unless digits follow.
    Stop,
    /// More must be looked at.
    Other,
}

/// By byte.
const IN_ASCII: [Ascii; 256] = {
    let mut all = [Ascii::Other; 256];
    let mut byte = 0;
    while byte < 128 {
        let is = byte as u8;
        all[byte] = match is {
            b'.' | b',' => Ascii::Stop,
            b'\'' | b'&' | b'+' | b'#' => Ascii::Other,
            _ if is.is_ascii_alphanumeric() => Ascii::Letter,
            _ => Ascii::Ends,
        };
        byte += 1;
    }
    all
};

/// How a mark inside a word is taken.
enum Joined {
    /// The word goes on there.
    Goes(usize),
    /// The word ends at the first place, and reading goes on at the second.
    Ends(usize, usize),
}

fn is_wild(c: char) -> bool {
    matches!(c, '*' | '?')
}

/// Before `’d` and `’m`; after other words these end a name, as in `Sa’d`.
const PRONOUNS: &[&str] =
    &["i", "you", "he", "she", "it", "we", "they", "who", "that", "there", "what", "where", "how"];

/// Articles, prepositions and pronouns of French, Italian and Catalan that lose their vowel before
/// another.
fn is_elided(word: &str) -> bool {
    const ELIDED: &[&str] = &[
        "c", "d", "j", "l", "m", "n", "s", "t", "qu", "un", "all", "dall", "dell", "nell", "sull", "quell",
        "lorsqu", "puisqu", "jusqu",
    ];
    word.len() <= 6 && ELIDED.iter().any(|it| it.eq_ignore_ascii_case(word))
}

fn begins_with_vowel(c: char) -> bool {
    let base = unicode_normalization::UnicodeNormalization::nfd(c).next().unwrap_or(c);
    matches!(base.to_ascii_lowercase(), 'a' | 'e' | 'i' | 'o' | 'u' | 'y' | 'h' | 'œ' | 'æ')
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        /// The short way for plain words finds what the rules find.
        #[test]
        fn plain_words_are_cut_as_the_rules_cut_them(text in "([a-zA-Z0-9]{0,3}[ -~]{0,2}|[é’́\u{ad}東]){0,12}") {
            for start in (0..text.len()).filter(|it| text.is_char_boundary(*it)) {
                let mut cutter = Cutter::<false>::new(&text);
                let Some(end) = cutter.plain_end(start) else { continue };
                let cut = cutter.cut(start);
                prop_assert_eq!((cut.end, cut.next), (end, end), "{}", &text[start..]);
                prop_assert!(cutter.fill(start, end));
                prop_assert_eq!(&cutter.form, &cutter.lowered[start..end]);
            }
        }
    }
}
