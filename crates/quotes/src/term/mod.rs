//! Tells a quotation from a term, a title, a name, a slogan or words of doubt: what stands between
//! marks without being anybody's words.
//!
//! ```text
//! a quotation with the tokens and cues beside it ─▶ features ─▶ weights ─▶ how likely it is said
//! ```
//!
//! A logistic model of what stands in the marks and round them; no name is a feature.
//! `weights.txt` lists the features by readable names; `examples/train_attribution` writes it.

mod features;
pub(crate) mod traits;

use std::{
    collections::{BTreeMap, BTreeSet},
    sync::LazyLock,
};

use morgue_core::article::PassageSpan;

use crate::{
    lexicon::Classes,
    passage::{Parsed, Sentence},
    syntax::cue::Cue,
    text::{
        quotation::is_capitalized,
        token::{Token, TokenKind},
    },
    weights::{Part, Sums, Table, key, key_of, line, name, whole},
};
use features::features;

/// The weights of features.
#[derive(Clone, Debug)]
pub struct Terms {
    weights: Table,
}

static ENGLISH: LazyLock<Terms> = LazyLock::new(|| Terms::read(include_str!("weights.txt")));

/// A quotation is a term from this probability on …
const TERM_MIN: f32 = 0.5;
/// … and surely one from this.
const SURE_MIN: f32 = 0.75;
/// What is a term in one place is one where it stands again, if it has at most this many words.
const AGAIN_WORDS_MAX: usize = 3;
/// Longest term, in words: titles reach this, and a longer one is rather said.
pub(crate) const WORDS_MAX: usize = 8;

impl Terms {
    /// The weights for English that are compiled into the program.
    pub fn english() -> &'static Terms {
        &ENGLISH
    }

    /// Reads lines of a weight in hundredths and the name of a feature. Other lines are skipped;
    /// `#` starts a comment.
    pub fn read(text: &str) -> Terms {
        let rows: Vec<(u64, [i16; 1])> =
            text.lines().filter_map(line).map(|(row, name)| (key_of(name), row)).collect();
        Terms { weights: Table::new(&rows) }
    }

    /// How likely the quotation of that token is a term, from 0 to 1.
    fn probability(&self, sentence: Sentence<'_>, quote: usize) -> f32 {
        let mut sum = Sums::default();
        features(sentence, quote, &mut |parts: &[Part<'_>]| self.weights.add(key(parts), &mut sum));
        let [score] = whole(sum.row::<1>());
        1.0 / (1.0 + (-score).exp())
    }
}

/// Marks the quotations of an article that are terms: by the model, or, without one, names and
/// titles by how they are written.
pub(crate) fn mark(passages: &mut [Parsed<'_>], terms: Option<&Terms>) {
    let mut again: BTreeSet<String> = BTreeSet::new();
    let mut waiting: BTreeMap<(usize, usize), String> = BTreeMap::new();
    for (at, passage) in passages.iter_mut().enumerate().filter(|it| !it.1.quotations.is_empty()) {
        let mut found: Vec<(usize, f32)> = Vec::new();
        each(passage, &mut |sentence, quote, index| {
            let likely = match terms {
                _ if is_nickname(sentence, quote) || is_cited(sentence, quote) => 1.0,
                _ if is_named(sentence, quote) => 1.0,
                _ if is_labeled(sentence, quote) || is_surely_cued(sentence, quote) => 0.0,
                Some(model) if short(passage, index, WORDS_MAX) => {
                    let likely = model.probability(sentence, quote);
                    if likely >= TERM_MIN && is_title(sentence, quote) { 1.0 } else { likely }
                }
                None if is_title(sentence, quote) => 1.0,
                _ => 0.0,
            };
            found.push((index, likely));
            if terms.is_some() && short(passage, index, AGAIN_WORDS_MAX) {
                let words = folded(passage.quotations[index].text(passage.text));
                if likely >= TERM_MIN {
                    again.insert(words);
                } else if !is_cued(sentence, quote) {
                    waiting.insert((at, index), words);
                }
            }
        });
        for (index, likely) in found {
            let quotation = &mut passage.quotations[index];
            quotation.term = likely >= TERM_MIN;
            quotation.doubtful = quotation.term && likely < SURE_MIN;
        }
    }
    for ((at, index), words) in waiting {
        passages[at].quotations[index].term |= again.contains(&words);
    }
}

/// Calls `take` with each quotation of a passage: its sentence, its token and its number.
fn each<'a>(passage: &'a Parsed<'_>, take: &mut impl FnMut(Sentence<'a>, usize, usize)) {
    for index in 0..passage.sentences.len() {
        let sentence = passage.sentence(index);
        for at in sentence.range() {
            if let TokenKind::Quote(number) = passage.tokens[at].kind {
                take(sentence, at, number as usize);
            }
        }
    }
}

/// Whether a quotation has at most `words` words.
fn short(passage: &Parsed<'_>, index: usize, words: usize) -> bool {
    passage.n_words(&passage.quotations[index]) <= words
}

/// The words of a term as they are compared: in small letters, without signs at their ends.
fn folded(text: &str) -> String {
    text.trim_matches(|it: char| !it.is_alphanumeric()).to_lowercase()
}

/// Whether a name in marks stands inside a name: `Bob “Rook” Lund`.
fn is_nickname(sentence: Sentence<'_>, quote: usize) -> bool {
    const WORDS: usize = 2;
    let Sentence { passage, tokens, .. } = sentence;
    let Some(quotation) = passage.quotation(&tokens[quote]) else { return false };
    let name = |it: Option<&Token>| it.is_some_and(Token::is_name);
    let before = quote.checked_sub(1).filter(|it| *it >= sentence.start).map(|it| &tokens[it]);
    let after = tokens.get(quote + 1).filter(|_| quote + 1 < sentence.end);
    name(before) && name(after) && passage.n_words(quotation) <= WORDS
}

/// Whether a word before the marks says that they hold one: `the word “Q”`, `the name “Q”`.
fn is_named(sentence: Sentence<'_>, quote: usize) -> bool {
    const WORDS: usize = 3;
    let Sentence { passage, tokens, .. } = sentence;
    let named = matches!(&tokens[sentence.start..quote], [.., the, noun]
        if the.is(Classes::DEFINITE) && noun.is(Classes::NAMING));
    named && passage.quotation(&tokens[quote]).is_some_and(|it| passage.n_words(it) <= WORDS)
}

/// Whether a name and a colon stand before the marks: `Lund: “Q”`.
fn is_labeled(sentence: Sentence<'_>, quote: usize) -> bool {
    matches!(&sentence.tokens[sentence.start..quote], [.., name, colon] if name.is_name() && colon.is_sign(':'))
}

/// Whether the marks hold the title of a work that is listed: `Lund, A. (2014). “Q”.`
fn is_cited(sentence: Sentence<'_>, quote: usize) -> bool {
    let before = &sentence.tokens[..quote];
    matches!(before, [.., open, year, close, stop]
        if open.is_sign('(') && year.kind == TokenKind::Number && close.is_sign(')') && stop.is_sign('.'))
}

/// Whether the marks hold a title rather than speech: every long word of it has a capital, and no
/// cue stands beside it.
fn is_title(sentence: Sentence<'_>, quote: usize) -> bool {
    const LONG: usize = 4;
    let passage = sentence.passage;
    let Some(quotation) = passage.quotation(&sentence.tokens[quote]) else { return false };
    let spoken = matches!(passage.last_char(quotation), Some('!' | '?'));
    let long = |it: &&str| it.chars().filter(|it| it.is_alphabetic()).count() >= LONG;
    let mut words = quotation.text(passage.text).split_whitespace().filter(long);
    passage.n_words(quotation) >= 2
        && !spoken
        && !is_cued(sentence, quote)
        && words.next().is_some_and(is_capitalized)
        && words.all(is_capitalized)
}

/// The cues of a sentence that stand beside a quotation.
fn near<'a>(sentence: Sentence<'a>, quote: usize) -> &'a [Cue] {
    const BEFORE: usize = 2;
    const AFTER: usize = 4;
    let next = sentence.cues.partition_point(|it| it.at < quote);
    &sentence.cues[next.saturating_sub(BEFORE)..sentence.cues.len().min(next + AFTER)]
}

/// Whether a cue reports a quotation that leaves no doubt of it: `Q, as Lund called it`.
fn is_surely_cued(sentence: Sentence<'_>, quote: usize) -> bool {
    let sure = |it: &Cue| it.sure && (it.at > quote || it.end == quote);
    near(sentence, quote).iter().any(|it| sure(it) || it.names(sentence.tokens, quote))
}

/// Whether a cue stands right beside a quotation.
fn is_cued(sentence: Sentence<'_>, quote: usize) -> bool {
    let sign = |at: usize| sentence.tokens[at].kind == TokenKind::Punct;
    is_surely_cued(sentence, quote)
        || near(sentence, quote).iter().any(|it| {
            !it.is_weak() && it.end == quote
                || it.end + 1 == quote && sign(it.end)
                || it.clause == quote + 1
                || it.clause == quote + 2 && sign(quote + 1)
        })
}

/// Whether a sentence has no words outside marks.
fn is_bare(sentence: Sentence<'_>) -> bool {
    !sentence.tokens[sentence.range()].iter().any(Token::is_word)
}

/// A quotation as a trainer sees it.
#[derive(Clone, Debug)]
pub struct ObservedQuotation {
    /// What stands between its marks.
    pub inside: PassageSpan,
    /// The names of its features.
    pub features: Vec<String>,
    /// Whether a cue stands beside it, or nothing but quotations in its sentence.
    pub cued: bool,
}

/// The short quotations of a passage with their features.
pub(crate) fn observed(passage: &Parsed<'_>) -> Vec<ObservedQuotation> {
    let mut found = Vec::new();
    each(passage, &mut |sentence, quote, index| {
        let quotation = &passage.quotations[index];
        let span = morgue_core::article::Span::new(quotation.start, quotation.end);
        if let Some(span) = span.filter(|_| short(passage, index, WORDS_MAX)) {
            let mut names = Vec::new();
            features(sentence, quote, &mut |parts: &[Part<'_>]| names.push(name(parts)));
            found.push(ObservedQuotation {
                inside: PassageSpan { passage: passage.ordinal, span },
                features: names,
                cued: is_cued(sentence, quote) || is_bare(sentence),
            });
        }
    });
    found
}
