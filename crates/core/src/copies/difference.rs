//! Two versions of an article → what differs: passages added, cut, changed, moved, and the
//! headline.

use std::collections::{BTreeSet, HashMap};

use crate::article::{Article, PassageKind};

use super::{
    sketch::{Shingles, text_hash},
    words::{Edit, word_edits},
};

/// Two passages that share so much of their shingles are versions of one.
const CHANGED_RESEMBLANCE_MIN: f64 = 0.25;
/// Beyond so many pairs of passages that are not the same, changed ones are told as cut and added.
const PAIRS_MAX: usize = 250_000;

/// What another version of an article has otherwise. Passages are ordinals, the headline's not
/// among them.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Difference {
    /// Whether both have a headline, and another one.
    pub headline: bool,
    /// The words of the headlines, where they differ.
    pub headline_edits: Vec<Edit>,
    /// Passages of the other that this one lacks, in its order.
    pub added: Vec<usize>,
    /// Passages of this one that the other lacks.
    pub cut: Vec<usize>,
    /// Passages that both have in other words.
    pub changed: Vec<Change>,
    /// How many passages are word for word the same.
    pub same: usize,
    /// Whether passages that both have stand in another order.
    pub reordered: bool,
}

/// A passage in two versions.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Change {
    /// Its ordinal in this article.
    pub here: usize,
    /// Its ordinal in the other.
    pub there: usize,
    /// Which of its words differ.
    pub edits: Vec<Edit>,
}

/// Compares another version with an article. Case and punctuation do not count.
pub fn difference(article: &Article, other: &Article) -> Difference {
    let (mut here, mut there) = (body(article), body(other));
    let mut pairs = take_same(&mut here, &mut there);
    let same = pairs.len();
    let changed = take_changed(article, other, &mut here, &mut there);
    pairs.extend(changed.iter().map(|it| (it.here, it.there)));
    pairs.sort_unstable();
    let headlines = headline(article).zip(headline(other)).filter(|(a, b)| text_hash(a) != text_hash(b));
    Difference {
        headline: headlines.is_some(),
        headline_edits: headlines.map(|(a, b)| word_edits(a, b)).unwrap_or_default(),
        added: there.into_iter().map(|it| it.0).collect(),
        cut: here.into_iter().map(|it| it.0).collect(),
        changed,
        same,
        reordered: !pairs.is_sorted_by_key(|it| it.1),
    }
}

fn headline(article: &Article) -> Option<&str> {
    article.metadata.headline.as_ref().map(|it| it.value.as_str())
}

/// A passage that is not matched yet: its ordinal, and the hash of its words.
type Left = (usize, u64);

fn body(article: &Article) -> Vec<Left> {
    let passages = article.passages().iter().enumerate();
    passages.filter(|it| it.1.kind != PassageKind::Headline).map(|(n, it)| (n, text_hash(&it.text))).collect()
}

/// Takes out what both have word for word, as pairs.
fn take_same(here: &mut Vec<Left>, there: &mut Vec<Left>) -> Vec<(usize, usize)> {
    let mut by_hash: HashMap<u64, Vec<usize>> = HashMap::new();
    for (ordinal, hash) in there.iter().rev() {
        by_hash.entry(*hash).or_default().push(*ordinal);
    }
    let mut pairs = Vec::new();
    here.retain(|(ordinal, hash)| match by_hash.get_mut(hash).and_then(Vec::pop) {
        Some(other) => {
            pairs.push((*ordinal, other));
            false
        }
        None => true,
    });
    let taken: BTreeSet<usize> = pairs.iter().map(|it| it.1).collect();
    there.retain(|it| !taken.contains(&it.0));
    pairs
}

/// Takes out what both have in other words: of what is left, the most alike first.
fn take_changed(
    article: &Article,
    other: &Article,
    here: &mut Vec<Left>,
    there: &mut Vec<Left>,
) -> Vec<Change> {
    if here.len() * there.len() > PAIRS_MAX {
        return Vec::new();
    }
    let cut = |article: &Article, left: &[Left]| -> Vec<Shingles> {
        left.iter().map(|it| Shingles::of(&article.passages()[it.0].text)).collect()
    };
    let (mine, theirs) = (cut(article, here), cut(other, there));
    let mut alike = Vec::new();
    for (a, left) in mine.iter().zip(&*here) {
        for (b, right) in theirs.iter().zip(&*there) {
            let resemblance = a.resemblance(b);
            if resemblance >= CHANGED_RESEMBLANCE_MIN {
                alike.push((resemblance, left.0, right.0));
            }
        }
    }
    alike.sort_unstable_by(|a, b| b.0.total_cmp(&a.0).then((a.1, a.2).cmp(&(b.1, b.2))));
    let (mut used_here, mut used_there) = (BTreeSet::new(), BTreeSet::new());
    let mut changed = Vec::new();
    for (_, a, b) in alike {
        if !used_here.contains(&a) && !used_there.contains(&b) {
            used_here.insert(a);
            used_there.insert(b);
            let edits = word_edits(&article.passages()[a].text, &other.passages()[b].text);
            changed.push(Change { here: a, there: b, edits });
        }
    }
    here.retain(|it| !used_here.contains(&it.0));
    there.retain(|it| !used_there.contains(&it.0));
    changed.sort_unstable_by_key(|it| it.here);
    changed
}
