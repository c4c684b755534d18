//! Finds the other ways to write what stands in a text: `email` for `e-mail`, `Mueller` for
//! `Müller`.
//!
//! In: the words of a text, in order. Out: the variants that end with each. Two rules:
//!
//! - **Joined words.** Two or three words in a row are also one word when nothing but a link stands
//!   between them: a hyphen, a full stop, or an apostrophe before a digit. `e-mail` is `email`,
//!   `F-16` is `f16`, `node.js` is `nodejs`, `ABC'13` is `abc13`; and a word broken at the end of a
//!   line, `under-standable`, is whole again. One of the words must have a letter, or `3-2` would
//!   be `32`.
//! - **Umlauts.** `ä`, `ö` and `ü` are also `ae`, `oe` and `ue`: in every word of a German text,
//!   in other texts in words that begin with a capital letter, since names keep their umlauts.
//!
//! A text of n words has at most 3n variants, each a few dozen bytes, so hostile text costs little.

use super::{
    fold::{fold, is_apostrophe},
    word::{Forms, Word, WordRef},
};
use crate::article::{Language, Span};

/// The most words that are joined to one: `vis-a-vis` has three. More would be phrases
/// (`state-of-the-art`).
pub const JOINED_WORDS_MAX: usize = 3;

/// Longer joined forms are left out: the longest words of English prose have under 30 letters.
const JOINED_BYTES_MAX: usize = 40;

/// Another way to write one word of a text, or several in a row.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Variant<'a> {
    /// How many words it stands for: the last of them is the word that was added.
    pub n_words: usize,
    /// From the start of the first of them to the end of the last.
    pub span: Span,
    /// How it is written.
    pub forms: Forms<'a>,
}

/// Finds the variants of a text, word after word.
pub struct Variants {
    /// Whether umlauts are spelled out in every word, also without a capital letter.
    all_umlauts: bool,
    /// The words before that are linked to the next one, at most two.
    linked: Vec<Word>,
    /// Where the next word must begin to be linked to them.
    next_start: usize,
    form: String,
    accented: String,
}

impl Variants {
    /// Before the first word of a text in some language.
    pub fn new(language: Option<Language>) -> Variants {
        Variants {
            all_umlauts: language.is_some_and(|it| it.code() == "de"),
            linked: Vec::new(),
            next_start: 0,
            form: String::new(),
            accented: String::new(),
        }
    }

    /// Before the first word of a name, a role or a title of a section.
    pub fn of_name() -> Variants {
        Variants { all_umlauts: true, ..Variants::new(None) }
    }

    /// Takes the next word of `text`, and calls `f` with each variant that ends with it.
    #[inline]
    pub fn add(&mut self, text: &str, word: WordRef<'_>, mut f: impl FnMut(Variant<'_>)) {
        let next_start = after_link(text, word.span.end());
        // Nearly all words are so.
        if word.plain && next_start.is_none() && self.linked.is_empty() {
            return;
        }
        self.add_umlauts(text, word, &mut f);
        self.add_joined(word, next_start, &mut f);
    }

    fn add_umlauts(&mut self, text: &str, word: WordRef<'_>, f: &mut impl FnMut(Variant<'_>)) {
        if !(self.all_umlauts || word.span.of(text).starts_with(char::is_uppercase)) {
            return;
        }
        if let Some(spelled) = without_umlauts(word.forms()) {
            f(Variant { n_words: 1, span: word.span, forms: spelled.forms() });
        }
    }

    fn add_joined(&mut self, word: WordRef<'_>, next_start: Option<usize>, f: &mut impl FnMut(Variant<'_>)) {
        if self.next_start != word.span.start() {
            self.linked.clear();
        }
        for first in (0..self.linked.len()).rev() {
            let parts = self.linked[first..].iter().map(Word::forms).chain([word.forms()]);
            let start = self.linked[first].span.start();
            if join(parts, &mut self.form, &mut self.accented)
                && let Some(span) = Span::new(start, word.span.end())
            {
                let forms = Forms { form: &self.form, accented: &self.accented };
                f(Variant { n_words: self.linked.len() - first + 1, span, forms });
            }
        }
        match next_start {
            Some(start) => {
                if self.linked.len() + 1 == JOINED_WORDS_MAX {
                    self.linked.remove(0);
                }
                self.linked.push(word.to_word());
                self.next_start = start;
            }
            None => self.linked.clear(),
        }
    }
}

/// The words of a pattern with those written as one that links join, as [`Variants`] does; `None`
/// where there are no such words. Wildcards may stand in the last of linked words.
pub fn joined_words(text: &str, words: &[Word]) -> Option<Vec<Word>> {
    let mut joined: Vec<Word> = Vec::new();
    let mut rest = words;
    while !rest.is_empty() {
        let links = rest.windows(2).take_while(|it| {
            after_link(text, it[0].span.end()).is_some_and(|start| start == it[1].span.start())
        });
        let (linked, others) = rest.split_at(links.count() + 1);
        match as_one(linked) {
            Some(one) => joined.push(one),
            None => joined.extend_from_slice(linked),
        }
        rest = others;
    }
    (joined.len() < words.len()).then_some(joined)
}

/// Linked words of a pattern as one.
fn as_one(linked: &[Word]) -> Option<Word> {
    let [first, .., last] = linked else { return None };
    let is_wild = |it: char| matches!(it, '*' | '?');
    let is_plain = |it: &Word| !it.form.contains(is_wild);
    let wild_at = last.form.find(is_wild).unwrap_or(last.form.len());
    let has_wild_inside = !linked[..linked.len() - 1].iter().all(is_plain);
    if linked.len() > JOINED_WORDS_MAX || has_wild_inside || wild_at == 0 {
        return None;
    }
    let (mut form, mut accented) = (String::new(), String::new());
    let start = Forms { form: &last.form[..wild_at], accented: &last.accented };
    let before = linked[..linked.len() - 1].iter().map(Word::forms);
    if !join(before.chain([start]), &mut form, &mut accented) {
        return None;
    }
    form.push_str(&last.form[wild_at..]);
    Some(Word { span: Span::new(first.span.start(), last.span.end())?, form, accented })
}

/// Writes words as one; whether they may be.
fn join<'a>(parts: impl Iterator<Item = Forms<'a>>, form: &mut String, accented: &mut String) -> bool {
    form.clear();
    accented.clear();
    for part in parts {
        form.push_str(part.form);
        accented.push_str(part.accented);
    }
    form.len() <= JOINED_BYTES_MAX
        && form.chars().all(char::is_alphanumeric)
        && form.contains(char::is_alphabetic)
}

/// Where the word after a link at `at` begins.
#[inline]
fn after_link(text: &str, at: usize) -> Option<usize> {
    match text.as_bytes().get(at)? {
        b'-' | b'.' | b'\'' | 0x80.. => after_rare_link(text, at),
        _ => None,
    }
}

fn after_rare_link(text: &str, at: usize) -> Option<usize> {
    let link = text.get(at..)?.chars().next()?;
    let start = at + link.len_utf8();
    let next = text.get(start..)?.chars().next().filter(|it| it.is_alphanumeric())?;
    let links = match link {
        '-' | '\u{2010}' | '\u{2011}' => true,
        // `talks.The` has lost a blank.
        '.' => !(next.is_uppercase() && text[..at].ends_with(char::is_lowercase)),
        _ => is_apostrophe(link) && next.is_ascii_digit(),
    };
    links.then_some(start)
}

/// A way to write a word.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Spelling {
    form: String,
    accented: String,
}

impl Spelling {
    /// Its forms.
    pub fn forms(&self) -> Forms<'_> {
        Forms { form: &self.form, accented: &self.accented }
    }
}

/// The ways in which a word of a query may be written in a text: as it is typed and, where it has
/// umlauts, with `ae`, `oe` and `ue`.
pub fn spellings(word: Forms<'_>) -> Vec<Spelling> {
    let typed = Spelling { form: word.form.to_owned(), accented: word.accented.to_owned() };
    std::iter::once(typed).chain(without_umlauts(word)).collect()
}

/// The word with `ae`, `oe` and `ue` for its umlauts; `None` where it has none.
fn without_umlauts(word: Forms<'_>) -> Option<Spelling> {
    if !word.accented.contains(['ä', 'ö', 'ü']) {
        return None;
    }
    let accented = word.accented.replace('ä', "ae").replace('ö', "oe").replace('ü', "ue");
    Some(Spelling { form: fold(&accented), accented })
}

/// Whether a variant of one word may be written so: it has a letter for an umlaut.
pub(super) fn may_spell_umlaut(form: &str) -> bool {
    ["ae", "oe", "ue"].iter().any(|it| form.contains(it))
}

/// Whether several words may be joined to this form.
pub(super) fn may_be_joined(form: &str) -> bool {
    (2..=JOINED_BYTES_MAX).contains(&form.len())
        && form.chars().all(char::is_alphanumeric)
        && form.contains(char::is_alphabetic)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analyze::{for_each_word, pattern_words};

    /// The variants, each with the text it stands for.
    fn variants(text: &str, language: &str) -> String {
        let mut found = Vec::new();
        let mut variants = Variants::new(Language::from_tag(language));
        for_each_word(text, |word| {
            variants.add(text, word, |it| found.push(format!("{}[{}]", it.forms.form, it.span.of(text))));
        });
        found.join(" ")
    }

    #[test]
    fn linked_words_are_also_one() {
        for (text, found) in [
            ("A co-op wrote e-mails.", "coop[co-op] emails[e-mails]"),
            ("the B-52 and MH-17", "b52[B-52] mh17[MH-17]"),
            ("on vue.js, in the LGA'07 talks", "vuejs[vue.js] lga07[LGA'07]"),
            (
                "a mis-under-stood rule",
                "misunder[mis-under] understood[under-stood] misunderstood[mis-under-stood]",
            ),
            ("won 3-2 in 1987-88, 555-1234", ""),
            ("short- and long-term; a - b; ended.Then one", "longterm[long-term]"),
            ("the U.S.-led talks, AT&T-owned", "usled[U.S.-led]"),
            ("état-major", "etatmajor[état-major]"),
            ("non\u{2010}stop and non\u{2011}stop", "nonstop[non\u{2010}stop] nonstop[non\u{2011}stop]"),
            ("peace talks resumed", ""),
        ] {
            assert_eq!(variants(text, "en"), found, "{text}");
        }
    }

    #[test]
    fn umlauts_are_spelled_out_in_german_and_in_names() {
        assert_eq!(variants("Herr Köhler müsse gehen", "de"), "koehler[Köhler] muesse[müsse]");
        assert_eq!(variants("Mr. Köhler is über-careful", "en"), "koehler[Köhler] ubercareful[über-careful]");
        assert_eq!(variants("does the blue poem of Israel", "de"), "");
    }

    #[test]
    fn a_hostile_chain_has_few_variants() {
        let mut n = 0;
        let text = "a-".repeat(10_000);
        let mut variants = Variants::new(None);
        for_each_word(&text, |word| variants.add(&text, word, |_| n += 1));
        assert_eq!(n, 9_999 + 9_998);
    }

    #[test]
    fn patterns_are_joined_up_to_their_wildcards() {
        for (typed, joined) in [
            ("e-mail", Some("email")),
            ("an e-mail about co-ops", Some("an email about coops")),
            ("anti-terror*", Some("antiterror*")),
            ("e-mail?", Some("email?")),
            ("co-*", None),
            ("*-mail", None),
            ("3-2", None),
            ("state-of-the-art", None),
            ("peace talks", None),
        ] {
            let words = joined_words(typed, &pattern_words(typed));
            let forms = words.map(|it| it.iter().map(|it| it.form.as_str()).collect::<Vec<_>>().join(" "));
            assert_eq!(forms.as_deref(), joined, "{typed}");
        }
    }
}
