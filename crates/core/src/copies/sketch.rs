//! An article → its sketch: a sample of its shingles that keeps what copies share.
//!
//! A shingle is four words in a row of one passage. Of each eight neighbouring shingles the one
//! with the smallest hash is kept (winnowing), so that any eleven words in a row that two articles
//! share give both a common fingerprint, wherever they stand. Passages are cut up one by one: their
//! order does not matter.

use std::collections::BTreeSet;

use jiff::civil::Date;

use crate::analyze;
use crate::article::{Article, PassageKind};

/// Words of a shingle. Fewer join strangers by turns of phrase, more lose an edited sentence.
const SHINGLE_WORDS: usize = 4;
/// Of so many neighbouring shingles at least one is kept: about a quarter of all.
const WINDOW: usize = 8;

/// What is kept of an article to compare it by.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Sketch {
    /// [`crate::article::ArticleId::key`] of the article.
    pub article: u64,
    /// Fingerprints of its passages without the headline, in reading order.
    pub prints: Box<[u32]>,
    /// Hashes of the numbers in its passages, sorted, each once.
    pub figures: Box<[u32]>,
    /// A hash of the words of its headline; 0 when there is none.
    pub headline: u32,
    /// The first and the last day it may be of, in days since 1970.
    pub days: Option<(i64, i64)>,
}

/// Takes the sketch of an article. Its size is about a quarter of the number of words.
pub fn sketch(article: &Article) -> Sketch {
    let days = article.metadata.date.as_ref().map(|it| it.value.days());
    let number = |it: Date| Date::constant(1970, 1, 1).duration_until(it).as_hours() / 24;
    let days = days.map(|(first, last)| (number(first), number(last)));
    let mut sketch = Sketch { article: article.id.key(), days, ..Sketch::default() };
    let (mut prints, mut figures) = (Vec::new(), BTreeSet::new());
    let mut words = Vec::new();
    for passage in article.passages() {
        words.clear();
        analyze::for_each_word(&passage.text, |word| words.push((hash_of(word.form), is_figure(word.form))));
        if passage.kind == PassageKind::Headline {
            sketch.headline = fold(shingle(&words)).max(1);
            continue;
        }
        figures.extend(words.iter().filter(|it| it.1).map(|it| fold(it.0)));
        winnow(&words, &mut prints);
    }
    sketch.prints = prints.into();
    sketch.figures = figures.into_iter().collect();
    sketch
}

/// A word with its hash, and whether it is a number.
type HashedWord = (u64, bool);

/// A hash of all the words of a text as one: two texts that are the same but for case and marks
/// have the same.
pub(super) fn text_hash(text: &str) -> u64 {
    let mut words = Vec::new();
    analyze::for_each_word(text, |word| words.push((hash_of(word.form), false)));
    shingle(&words)
}

/// The shingles of a text, to compare it by.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Shingles(BTreeSet<u64>);

impl Shingles {
    /// The shingles of a text; a text of less than four words is one.
    pub fn of(text: &str) -> Shingles {
        Shingles(shingles(text))
    }

    /// What two texts share of all their shingles together, from 0 to 1 (Broder's resemblance).
    pub fn resemblance(&self, other: &Shingles) -> f64 {
        let n_shared = self.0.intersection(&other.0).count();
        n_shared as f64 / (self.0.len() + other.0.len() - n_shared).max(1) as f64
    }
}

fn shingles(text: &str) -> BTreeSet<u64> {
    let mut words = Vec::new();
    analyze::for_each_word(text, |word| words.push((hash_of(word.form), false)));
    shingles_of(&words).collect()
}

/// Appends the fingerprints of one passage: the last smallest of each window, once.
fn winnow(words: &[HashedWord], prints: &mut Vec<u32>) {
    let shingles: Vec<u64> = shingles_of(words).collect();
    let mut last = None;
    for (start, window) in shingles.windows(WINDOW.min(shingles.len()).max(1)).enumerate() {
        // The first smallest of the reversed window, so that a run of equals gives few.
        let at = window.iter().enumerate().rev().min_by_key(|it| it.1).map_or(start, |it| start + it.0);
        if last != Some(at) {
            last = Some(at);
            prints.push(fold(shingles[at]));
        }
    }
}

/// All shingles of a passage; a shorter passage is one by itself.
fn shingles_of(words: &[HashedWord]) -> impl Iterator<Item = u64> + '_ {
    let n = SHINGLE_WORDS.min(words.len()).max(1);
    words.windows(n).map(shingle)
}

fn shingle(words: &[HashedWord]) -> u64 {
    mix(words.iter().fold(0, |hash: u64, word| hash.wrapping_mul(0x9e37_79b9_7f4a_7c15).wrapping_add(word.0)))
}

/// FNV-1a over the bytes of a form, mixed.
fn hash_of(form: &str) -> u64 {
    let hash = form.bytes().fold(0xcbf2_9ce4_8422_2325, |hash: u64, byte| {
        (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3)
    });
    mix(hash)
}

/// Spreads a hash over all bits (the finalizer of MurmurHash3).
fn mix(mut hash: u64) -> u64 {
    hash = (hash ^ (hash >> 33)).wrapping_mul(0xff51_afd7_ed55_8ccd);
    hash = (hash ^ (hash >> 33)).wrapping_mul(0xc4ce_b9fe_1a85_ec53);
    hash ^ (hash >> 33)
}

/// The lower half: 32 bits keep two different shingles of a million articles apart but for some in
/// a hundred thousand.
fn fold(hash: u64) -> u32 {
    (hash & u64::from(u32::MAX)) as u32
}

/// Whether it is a number, and not a label with one, as the months of a table: `jun7`.
fn is_figure(form: &str) -> bool {
    form.starts_with(|it: char| it.is_ascii_digit())
}
