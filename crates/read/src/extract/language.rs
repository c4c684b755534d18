//! Finds the language of an article: the tag the format declares, or else a guess from its text.
//!
//! Function words decide where they can (Grefenstette, "Comparing two language identification
//! schemes", JADT 1995: on more than twenty words they do as well as letters); for other languages
//! whatlang compares counts of letter triples (after Cavnar and Trenkle, "N-gram-based text
//! categorization", SDAIR 1994). A guess by letters needs some length of text; a few function
//! words, or a script that is not Latin, do not.

use std::{collections::HashMap, sync::LazyLock};

use whatlang::{Lang, Script};

use super::weigh::{Reading, Weighed, weigh};
use morgue_core::article::{Candidate, Field, FieldName, Language, Passage, PassageKind, Resolved, Trust};

/// Fewer letters than this are no ground for a guess by letters; a paragraph has more.
const LETTERS_MIN: usize = 120;

/// The fewest function words of one language that are a ground in a shorter text …
const SHORT_WORDS_MIN: f64 = 3.0;

/// … if they are twice as many as those of the next language, or this many more …
const SHORT_LEAD_MIN: f64 = 2.0;

/// … and the fewest letters of a script that English is not written in.
const SCRIPT_LETTERS_MIN: usize = 8;

/// A text with fewer letters for each digit is a table: no ground for a guess either.
const LETTERS_PER_DIGIT_MIN: usize = 6;

/// So many bytes settle it: on 840 English articles 1,000 give the same guesses as 4,000.
const BYTES_MAX: usize = 1_000;

/// Of running text in a language, at least this share is among its thirty most frequent words; a
/// third in English.
const FUNCTION_WORDS_MIN: f64 = 0.2;

/// Of a text in a language that is listed, at least this share; tables of figures have less,
/// whatever their triples.
const FUNCTION_WORDS_ANY: f64 = 0.08;

/// A longer text outweighs what its page states, when its words are plainly of another language.
const PLAIN_LETTERS_MIN: usize = 400;

/// The most function words that only the stated language has, as a share of those that only the
/// guessed language has, for the guess to outweigh the statement. Words of both languages, like
/// `in` and `die`, do not count.
const SHARE_OF_STATED_MAX: f64 = 0.25;

/// A guess from the words of a text.
pub(super) struct Guess {
    pub(super) field: Field,
    letters: usize,
    sample: String,
}

/// Chooses among the languages given; the words of the text outvote a tag of the file and the
/// archive's default, where another tag of the file says the same, or where the text is long and
/// the words are plain.
///
/// The guess stands among the candidates then. What a sidecar says stands.
pub(super) fn choose(
    mut fields: Vec<Field>,
    guess: Option<Guess>,
    rejected: &mut Vec<(FieldName, Candidate)>,
) -> Option<Resolved<Language>> {
    let weighed = language(&fields);
    let stated = weighed
        .best()
        .and_then(|it| weighed.entries().get(it))
        .and_then(|(field, value)| Some((field.origin.trust, (*value)?)));
    let (Some(guess), Some((trust, stated))) = (guess.as_ref(), stated) else {
        fields.extend(guess.map(|it| it.field));
        return language(&fields).resolve(rejected);
    };
    let words = read_language(&guess.field.value);
    let says_the_same = |(field, value): &(Field, Option<Language>)| {
        field.origin.trust < Trust::Default && value.is_some() && *value == words
    };
    let witness = weighed.entries().iter().position(says_the_same);
    let outvoted =
        words.is_some_and(|it| it != stated) && matches!(trust, Trust::Structured | Trust::Default);
    if !outvoted || witness.is_none() && !guess.is_plainly_not(stated) {
        return weighed.resolve(rejected);
    }
    fields.push(guess.field.clone());
    let weighed = language(&fields);
    let winner = witness.or_else(|| weighed.entries().iter().position(|(field, _)| *field == guess.field));
    weighed.resolve_as(winner, rejected)
}

impl Guess {
    /// Whether the text is in a script in which the stated language is not written, or is long and
    /// has hardly a function word of that language that is none of its own.
    fn is_plainly_not(&self, stated: Language) -> bool {
        if is_written_otherwise(&self.sample, &self.field.value, stated.code()) {
            return true;
        }
        let own = index_of(&self.field.value);
        // Of a language that is not listed no function words are known.
        let Some(stated) = index_of(stated.code()) else { return false };
        let only = |this: usize, other: Option<usize>| {
            share_of_words(&self.sample, |of| of.contains(&this) && other.is_none_or(|it| !of.contains(&it)))
        };
        let own_words = own.map_or(FUNCTION_WORDS_MIN, |it| only(it, Some(stated)));
        self.letters >= PLAIN_LETTERS_MIN && only(stated, own) <= own_words * SHARE_OF_STATED_MAX
    }
}

/// Languages written in several scripts, of which whatlang knows one.
const OF_SEVERAL_SCRIPTS: [&str; 8] = ["sr", "az", "uz", "tk", "pa", "ku", "kk", "bs"];

/// Whether the text has the script of the language `guessed`, and the `stated` one never has.
fn is_written_otherwise(text: &str, guessed: &str, stated: &str) -> bool {
    let Some(script) = whatlang::detect_script(text) else { return false };
    let of_script = |code: &str| script.langs().iter().any(|it| two_letters(*it) == code);
    let known = Lang::all().iter().any(|it| two_letters(*it) == stated);
    known && !OF_SEVERAL_SCRIPTS.contains(&stated) && of_script(guessed) && !of_script(stated)
}

/// The index of a language among those of `function_words.txt`.
fn index_of(code: &str) -> Option<usize> {
    FUNCTION_WORDS.1.iter().position(|it| *it == code)
}

/// Weighs the languages given.
fn language(fields: &[Field]) -> Weighed<Language> {
    weigh(FieldName::Language, fields, |field| read_language(&field.value).map(Reading::plain))
}

/// Guesses the language of the running text.
pub(super) fn detect(passages: &[Passage]) -> Option<Guess> {
    let mut sample = String::new();
    for passage in passages.iter().filter(|it| it.kind == PassageKind::Body) {
        let room = BYTES_MAX.saturating_sub(sample.len());
        let end = passage.text.floor_char_boundary(room.min(passage.text.len()));
        sample.push_str(&passage.text[..end]);
        sample.push('\n');
        if room == 0 {
            break;
        }
    }
    let (code, rule) = guess(&sample)?;
    let field = Field::new(FieldName::Language, code, Trust::Default, rule, "the whole text");
    Some(Guess { field, letters: letters(&sample), sample })
}

/// The language that a text seems to be in, as an archive guesses it of articles that state none;
/// `None` when there is no ground for a guess. Only the beginning is read.
pub fn language_of(text: &str) -> Option<Language> {
    let (code, _) = guess(&text[..text.floor_char_boundary(BYTES_MAX.min(text.len()))])?;
    Language::from_tag(code)
}

fn letters(text: &str) -> usize {
    text.chars().filter(|it| it.is_alphabetic()).count()
}

/// The code of a text's language, and what it is guessed by.
fn guess(sample: &str) -> Option<(&'static str, &'static str)> {
    let (letters, digits) = (letters(sample), sample.bytes().filter(u8::is_ascii_digit).count());
    if letters < SCRIPT_LETTERS_MIN || digits * LETTERS_PER_DIGIT_MIN > letters {
        return None;
    }
    // Of one script's languages the likeliest: none of them is read as English is.
    if whatlang::detect_script(sample)? != Script::Latin {
        return whatlang::detect(sample).map(|it| (two_letters(it.lang()), "script"));
    }
    let (shares, n_words) = shares_of_function_words(sample);
    if let [(best, code), (second, _), ..] = shares[..]
        && best >= FUNCTION_WORDS_MIN
    {
        let count = |share: f64| (share * f64::from(n_words)).round();
        let is_short = letters < LETTERS_MIN;
        let plain = best >= second * 2.0 || is_short && count(best) >= count(second) + SHORT_LEAD_MIN;
        if count(best) >= SHORT_WORDS_MIN && plain {
            return Some((code, "function words"));
        }
    }
    if letters < LETTERS_MIN {
        return None;
    }
    let guess = whatlang::detect(sample).filter(whatlang::Info::is_reliable)?;
    let code = two_letters(guess.lang());
    let share = shares.iter().find(|(_, it)| *it == code).map_or(1.0, |(share, _)| *share);
    (share >= FUNCTION_WORDS_ANY).then_some((code, "whatlang"))
}

/// The languages of `function_words.txt` with the share of the text's words that are theirs, the
/// greatest first, and how many words it has.
fn shares_of_function_words(text: &str) -> (Vec<(f64, &'static str)>, u32) {
    let mut counts = vec![0_u32; FUNCTION_WORDS.1.len()];
    let n_words = count_words(text, |of| of.iter().for_each(|it| counts[*it] += 1));
    let mut shares: Vec<(f64, &str)> =
        counts.into_iter().map(|it| share(it, n_words)).zip(FUNCTION_WORDS.1.iter().copied()).collect();
    shares.sort_by(|a, b| b.0.total_cmp(&a.0));
    (shares, n_words)
}

/// The share of the text's words whose languages fit.
fn share_of_words(text: &str, fits: impl Fn(&[usize]) -> bool) -> f64 {
    let mut count = 0;
    let n_words = count_words(text, |of| count += u32::from(fits(of)));
    share(count, n_words)
}

fn share(count: u32, n_words: u32) -> f64 {
    f64::from(count) / f64::from(n_words.max(1))
}

/// Counts the words of a text; `each` is given the languages of those that are function words.
fn count_words(text: &str, mut each: impl FnMut(&[usize])) -> u32 {
    let mut n_words = 0;
    for word in text.split_whitespace() {
        let word = word.trim_matches(|c: char| !c.is_alphanumeric()).to_lowercase();
        n_words += u32::from(!word.is_empty());
        if let Some(of) = FUNCTION_WORDS.0.get(word.as_str()) {
            each(of);
        }
    }
    n_words
}

/// Each word with the languages it is of, as indexes into the codes behind it.
type FunctionWords = (HashMap<&'static str, Vec<usize>>, Vec<&'static str>);

static FUNCTION_WORDS: LazyLock<FunctionWords> = LazyLock::new(|| {
    let (mut words, mut codes): FunctionWords = (HashMap::new(), Vec::new());
    for line in include_str!("function_words.txt").lines().filter(|it| !it.starts_with('#')) {
        let mut entries = line.split_whitespace();
        codes.extend(entries.next());
        for entry in entries {
            words.entry(entry).or_default().push(codes.len() - 1);
        }
    }
    (words, codes)
});

/// Reads a tag (`en-GB`, `eng`) or a language's name in English or its own words.
pub(super) fn read_language(text: &str) -> Option<Language> {
    let text = text.trim();
    let primary = text.split(['-', '_', ',']).next()?.trim();
    if primary.len() == 2 {
        return Language::from_tag(primary);
    }
    let lang = Lang::from_code(primary.to_lowercase()).or_else(|| {
        let name = text.to_lowercase();
        Lang::all()
            .iter()
            .copied()
            .find(|it| it.eng_name().to_lowercase() == name || it.name().to_lowercase() == name)
    });
    match lang {
        Some(lang) => Language::from_tag(two_letters(lang)),
        None => Language::from_tag(primary),
    }
}

/// The ISO 639-1 code of a language, or its three letters where it has none.
fn two_letters(lang: Lang) -> &'static str {
    let three = lang.code();
    PAIRS.iter().find(|(it, _)| *it == three).map_or(three, |(_, two)| two)
}

/// ISO 639-3 and 639-1 codes of whatlang's languages.
const PAIRS: [(&str, &str); 70] = [
    ("afr", "af"),
    ("aka", "ak"),
    ("amh", "am"),
    ("ara", "ar"),
    ("aze", "az"),
    ("bel", "be"),
    ("ben", "bn"),
    ("bul", "bg"),
    ("cat", "ca"),
    ("ces", "cs"),
    ("cmn", "zh"),
    ("cym", "cy"),
    ("dan", "da"),
    ("deu", "de"),
    ("ell", "el"),
    ("eng", "en"),
    ("epo", "eo"),
    ("est", "et"),
    ("fin", "fi"),
    ("fra", "fr"),
    ("guj", "gu"),
    ("heb", "he"),
    ("hin", "hi"),
    ("hrv", "hr"),
    ("hun", "hu"),
    ("hye", "hy"),
    ("ind", "id"),
    ("ita", "it"),
    ("jav", "jv"),
    ("jpn", "ja"),
    ("kan", "kn"),
    ("kat", "ka"),
    ("khm", "km"),
    ("kor", "ko"),
    ("lat", "la"),
    ("lav", "lv"),
    ("lit", "lt"),
    ("mal", "ml"),
    ("mar", "mr"),
    ("mkd", "mk"),
    ("mya", "my"),
    ("nep", "ne"),
    ("nld", "nl"),
    ("nob", "nb"),
    ("ori", "or"),
    ("pan", "pa"),
    ("pes", "fa"),
    ("pol", "pl"),
    ("por", "pt"),
    ("ron", "ro"),
    ("rus", "ru"),
    ("sin", "si"),
    ("slk", "sk"),
    ("slv", "sl"),
    ("sna", "sn"),
    ("spa", "es"),
    ("srp", "sr"),
    ("swe", "sv"),
    ("tam", "ta"),
    ("tel", "te"),
    ("tgl", "tl"),
    ("tha", "th"),
    ("tuk", "tk"),
    ("tur", "tr"),
    ("ukr", "uk"),
    ("urd", "ur"),
    ("uzb", "uz"),
    ("vie", "vi"),
    ("yid", "yi"),
    ("zul", "zu"),
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_sentence_or_two_is_enough_where_script_or_small_words_tell() {
        for (text, code) in [
            ("“We will not sell the mill,” said Ada Lund, the mayor of Osby.", Some("en")),
            ("Ada Lund met Tom Berg.", None),
            ("“Es una pena para el pueblo”, dijo la alcaldesa Eva Prado.", Some("es")),
            ("« C’est une honte pour la ville », a dit le maire, Luc Martin.", Some("fr")),
            ("„Das ist nicht gut für die Stadt“, sagte der Abgeordnete.", Some("de")),
            ("«È una vergogna per la città», ha detto il sindaco.", Some("it")),
            ("قال أحمد سالم للصحفيين «سنعود غدا».", Some("ar")),
            ("मंत्री ने कहा, “हम कल सुबह गाँव जाएँगे।”", Some("hi")),
            ("市长李明说：“我们明天早上回去。”", Some("zh")),
            ("市長の田中氏は「明日の朝、村に戻ります」と述べた。", Some("ja")),
            ("«Мы вернёмся завтра», — сказал Иван Петров.", Some("ru")),
            ("The word قرية means village, the minister said on Monday.", Some("en")),
            ("12 34 56 78 90 12", None),
        ] {
            assert_eq!(language_of(text).map(|it| it.code().to_owned()).as_deref(), code, "{text}");
        }
    }
}
