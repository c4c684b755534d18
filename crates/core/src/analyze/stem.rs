//! Reduces words to stems by language, and makes the terms that index and query share.
//!
//! Method: the Snowball algorithms, by the `frostem` crate. English is stemmed after accents are
//! gone (`résumés` meets `resume`); the algorithms of other languages read accents (`-ación`), so
//! there the accented word is stemmed and the stem folded. A language without an algorithm has the
//! form itself as stem. An article whose language nobody gave, and of which no guess is sure (a
//! flash of ten words, a table with a line of text), is stemmed as English, as attribution reads
//! it: to find "strikes" by "strike" in most archives is worth that a few words of other languages
//! meet that have nothing in common.

use std::borrow::Cow;

use super::{
    Forms,
    fold::fold_into,
    variants::{JOINED_WORDS_MAX, may_be_joined, may_spell_umlaut, spellings},
};
use crate::article::Language;

/// Stands in a stem term between language and stem; no form has it.
pub const STEM_MARK: char = '/';

/// So many words are remembered, a power of two. Running text repeats itself: of the words of 840
/// news articles 90 in 100 are found there. Takes about 2 MB.
const REMEMBERED: usize = 16_384;

/// Longer words hardly come again, and may be as long as a text.
const REMEMBERED_BYTES_MAX: usize = 64;

/// Makes stem terms for one language and remembers them: for indexing, where one serves a thread
/// for many articles.
pub struct Stemmer {
    algorithm: Option<frostem::Stemmer>,
    reads_accents: bool,
    /// Whether a stem begins with the first letter of its word.
    keeps_first: bool,
    prefix: String,
    /// Words with their terms; a word has one place, which the next of the same hash takes over.
    remembered: Vec<Remembered>,
}

#[derive(Clone, Default)]
struct Remembered {
    input: String,
    term: String,
}

impl Stemmer {
    /// The stemmer of a language, or of texts whose language is unknown.
    pub fn for_language(language: Option<Language>) -> Stemmer {
        let language = stemmed_as(language);
        Stemmer {
            algorithm: algorithm(language),
            reads_accents: reads_accents(language),
            keeps_first: language == Language::ENGLISH,
            prefix: stem_prefix(Some(language)),
            remembered: Vec::new(),
        }
    }

    /// The stem term of a word: `en/talk`.
    pub fn term(&mut self, word: Forms<'_>) -> &str {
        if self.remembered.is_empty() {
            self.remembered.resize(REMEMBERED, Remembered::default());
        }
        let input = self.input(word);
        // Long ones share a place, so that few are held.
        let place = if input.len() > REMEMBERED_BYTES_MAX { 0 } else { hash(input) % REMEMBERED };
        if self.remembered[place].input != input || self.remembered[place].term.is_empty() {
            let stem = self.stem(word);
            let mut term = String::with_capacity(self.prefix.len() + stem.len());
            term.extend([self.prefix.as_str(), &stem]);
            self.remembered[place] = Remembered { input: input.to_owned(), term };
        }
        &self.remembered[place].term
    }

    /// The term of a variant that stands for `n_words` words: `en/email/2`.
    pub fn variant_term(&mut self, variant: Forms<'_>, n_words: usize) -> String {
        variant_term(self.term(variant), n_words)
    }

    /// The stem of a word, without its language.
    pub fn stem<'a>(&self, word: Forms<'a>) -> Cow<'a, str> {
        let Some(algorithm) = &self.algorithm else { return Cow::Borrowed(word.form) };
        if self.keeps_first
            && let Some(one) = one_of_code(word.form)
        {
            return Cow::Borrowed(one);
        }
        let stem = algorithm.stem(self.input(word));
        if stem.is_empty() {
            Cow::Borrowed(word.form)
        } else if stem.is_ascii() {
            stem
        } else {
            let mut folded = String::with_capacity(stem.len());
            fold_into(stem.chars(), &mut folded);
            if folded.is_empty() { Cow::Borrowed(word.form) } else { Cow::Owned(folded) }
        }
    }

    /// Whether two words of these forms may have one stem: tells most others without stemming
    /// either.
    pub fn may_share(&self, form: &str, other: &str) -> bool {
        !self.keeps_first || form.as_bytes().first() == other.as_bytes().first()
    }

    /// Whether a word of that form may have that stem: tells most others without stemming them.
    pub fn may_give(&self, form: &str, stem: &str) -> bool {
        // English is only changed at its end, `dying` and its like up to the first letter. Other
        // languages lose prefixes, or the accents of the first letter.
        let (form, stem) = (form.as_bytes(), stem.as_bytes());
        let second_fits = || stem.len() < 2 || form.get(1) == stem.get(1) || form.get(1) == Some(&b'y');
        !self.keeps_first || (form.first() == stem.first() && second_fits())
    }

    /// What is stemmed of a word.
    fn input<'a>(&self, word: Forms<'a>) -> &'a str {
        if self.reads_accents { word.accented } else { word.form }
    }
}

/// One of several things that are called by a code or a number: `f16` of `f16s`, `747` of `747s`.
///
/// Snowball takes an `s` only where a vowel stands before. Decades (`1980s`, `90s`) are no more of
/// their first year, and `5s` may be a model.
fn one_of_code(form: &str) -> Option<&str> {
    let one = form.strip_suffix('s').filter(|it| it.ends_with(|c: char| c.is_ascii_digit()))?;
    let is_number = one.bytes().all(|it| it.is_ascii_digit());
    let is_decade = is_number && matches!(one.len(), 2 | 4) && one.ends_with('0');
    (one.len() > 1 && !is_decade && one.bytes().all(|it| it.is_ascii_alphanumeric())).then_some(one)
}

/// FNV-1a: short words, and nobody gains by making them collide.
fn hash(word: &str) -> usize {
    let hash = word.bytes().fold(0xcbf2_9ce4_8422_2325_u64, |hash, byte| {
        (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3)
    });
    // The upper half is the better mixed one; it fits any `usize`.
    (hash >> 40) as usize
}

/// What the stem terms of a language begin with: `en/`, also for an unknown language.
pub fn stem_prefix(language: Option<Language>) -> String {
    let mut prefix = stemmed_as(language).code().to_owned();
    prefix.push(STEM_MARK);
    prefix
}

/// The language by whose rules the words of an article are stemmed.
fn stemmed_as(language: Option<Language>) -> Language {
    language.unwrap_or(Language::ENGLISH)
}

/// The stem term of a word in a text of that language.
pub fn stem_term(word: Forms<'_>, language: Option<Language>) -> String {
    format!("{}{}", stem_prefix(language), Stemmer::for_language(language).stem(word))
}

/// The term of a [variant](super::Variant) that stands for `n_words` words, of its stem term.
fn variant_term(stem_term: &str, n_words: usize) -> String {
    format!("{stem_term}{STEM_MARK}{n_words}")
}

/// Whether a term of the index is that of a variant.
pub fn is_variant_term(term: &str) -> bool {
    term.split(STEM_MARK).nth(2).is_some()
}

/// How many words of a text a term stands for: more than one only if it is the term of a variant.
pub fn n_words(term: &str) -> u32 {
    term.split(STEM_MARK).nth(2).and_then(|it| it.parse().ok()).unwrap_or(1)
}

/// Whether a term of the index is the term of a stem or a variant, or a mark; otherwise it is an
/// exact form.
pub fn is_stem_term(term: &str) -> bool {
    term.contains(STEM_MARK)
}

/// The terms that a plain word of a query stands for, in an archive whose articles are in
/// `languages`.
///
/// One stem term for each language; and, when one of them is stemmed with accents, the exact form,
/// by which a word typed without its accents still finds itself. The terms of variants stand for
/// texts that write the word otherwise. A passage has the word when it has any of these terms.
pub fn query_terms(word: Forms<'_>, languages: &[Option<Language>]) -> Vec<String> {
    let reads_accents = languages.iter().any(|it| reads_accents(stemmed_as(*it)));
    let mut terms = Vec::new();
    for spelling in spellings(word) {
        let spelling = spelling.forms();
        let stem_terms: Vec<String> = languages.iter().map(|it| stem_term(spelling, *it)).collect();
        let is_possible = |n_words: &usize| match n_words {
            1 => may_spell_umlaut(spelling.form),
            _ => may_be_joined(spelling.form),
        };
        for n_words in (1..=JOINED_WORDS_MAX).filter(is_possible) {
            terms.extend(stem_terms.iter().map(|it| variant_term(it, n_words)));
        }
        terms.extend(stem_terms);
        if reads_accents {
            terms.push(spelling.form.to_owned());
        }
    }
    terms.sort_unstable();
    terms.dedup();
    terms
}

/// Whether the language's words are stemmed before their accents are taken away.
fn reads_accents(language: Language) -> bool {
    language != Language::ENGLISH && algorithm(language).is_some()
}

/// The Snowball algorithm of a language.
fn algorithm(language: Language) -> Option<frostem::Stemmer> {
    // Snowball has one algorithm for both written forms of Norwegian.
    let name = match language.code() {
        "nb" | "nn" => "no",
        code => code,
    };
    frostem::Stemmer::try_from_name(name).ok()
}
