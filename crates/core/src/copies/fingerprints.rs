//! Which articles have which fingerprints in common.

use super::Sketch;

/// A fingerprint, and the number of an article that has it.
pub(super) type Entry = (u32, u32);

/// A fingerprint that an article shares with others.
#[derive(Clone, Copy)]
pub(super) struct Shared {
    pub(super) print: u32,
    /// How many articles have it.
    pub(super) n_articles: u32,
}

/// The articles to be compared. They are numbered in the order of their keys, so that nothing
/// depends on the order in which they came.
pub(super) struct Articles {
    sketches: Vec<Sketch>,
    /// By article, how many different fingerprints it has, common ones left out.
    n_prints: Vec<u32>,
    /// The fingerprints that articles share with others, in order, common ones left out.
    shared: SharedPrints,
}

impl Articles {
    /// Finds what the articles share, and calls `f` with the articles of each shared fingerprint
    /// that counts, in order. `is_common` tells common fingerprints, which do not count, from the
    /// others.
    pub(super) fn new(
        mut sketches: Vec<Sketch>,
        mut is_common: impl FnMut(&Articles, &[Entry]) -> bool,
        mut f: impl FnMut(&Articles, &[Entry]),
    ) -> Articles {
        sketches.sort_by_key(|it| it.article);
        let (n_prints, entries) = shared_prints(&sketches);
        let shared = SharedPrints::of(sketches.len(), lists(&entries));
        let mut articles = Articles { sketches, n_prints, shared };
        let common: Vec<bool> = lists(&entries).map(|it| is_common(&articles, it)).collect();
        for (list, _) in lists(&entries).zip(&common).filter(|it| *it.1) {
            list.iter().for_each(|it| articles.n_prints[it.1 as usize] -= 1);
        }
        let counting = lists(&entries).zip(&common).filter(|it| !it.1).map(|it| it.0);
        articles.shared = SharedPrints::default();
        articles.shared = SharedPrints::of(articles.len(), counting.clone());
        counting.for_each(|it| f(&articles, it));
        articles
    }

    /// The number of articles.
    pub(super) fn len(&self) -> usize {
        self.sketches.len()
    }

    pub(super) fn sketch(&self, article: u32) -> &Sketch {
        &self.sketches[article as usize]
    }

    /// How many different fingerprints an article has, common ones left out.
    pub(super) fn n_prints(&self, article: u32) -> usize {
        self.n_prints[article as usize] as usize
    }

    /// The fingerprints that an article shares with others, in order, common ones left out.
    pub(super) fn shared(&self, article: u32) -> &[Shared] {
        self.shared.of_article(article)
    }

    /// How many fingerprints two articles share, common ones left out.
    pub(super) fn n_shared(&self, a: u32, b: u32) -> usize {
        let prints = |article| self.shared(article).iter().map(|it| it.print);
        n_in_both(prints(a), prints(b))
    }

    /// Sort key of articles by length, between equals by number.
    pub(super) fn by_length(&self, article: u32) -> (usize, u32) {
        (self.sketch(article).prints.len(), article)
    }
}

/// Counts the different fingerprints of each article, and lists those of two articles and more with
/// their articles, in order.
fn shared_prints(sketches: &[Sketch]) -> (Vec<u32>, Vec<Entry>) {
    let mut n_prints: Vec<u32> = sketches.iter().map(|it| it.prints.len() as u32).collect();
    let mut seen = Seen::new(n_prints.iter().map(|it| *it as usize).sum());
    sketches.iter().flat_map(|it| &it.prints).for_each(|it| seen.add(*it));
    let mut entries: Vec<Entry> = Vec::with_capacity(seen.n_repeated);
    for (article, sketch) in (0..).zip(sketches) {
        let repeated = sketch.prints.iter().filter(|it| seen.may_repeat(**it));
        entries.extend(repeated.map(|it| (*it, article)));
    }
    drop(seen);
    // As one number, which is compared in half the time of two.
    entries.sort_unstable_by_key(|(print, article)| u64::from(*print) << 32 | u64::from(*article));
    entries.dedup_by(|again, first| {
        let same = again == first;
        n_prints[again.1 as usize] -= u32::from(same);
        same
    });
    let (mut at, mut n_kept) = (0, 0);
    while let Some((print, _)) = entries.get(at) {
        let n_articles = entries[at..].iter().take_while(|it| it.0 == *print).count();
        if n_articles > 1 {
            entries.copy_within(at..at + n_articles, n_kept);
            n_kept += n_articles;
        }
        at += n_articles;
    }
    entries.truncate(n_kept);
    entries.shrink_to_fit();
    (n_prints, entries)
}

/// Tells fingerprints that may repeat from those that were added once, which need not be sorted: a
/// Bloom filter with two bits for each slot.
struct Seen {
    /// 32 slots a word: 0, 1 after one fingerprint, 3 after several. The number of words is a power
    /// of two.
    slots: Vec<u64>,
    /// How many of the fingerprints added may repeat.
    n_repeated: usize,
}

impl Seen {
    /// At least this many slots for each fingerprint: of those added once, less than one in four
    /// shares its slot.
    const SLOTS_EACH: usize = 4;

    fn new(n_prints: usize) -> Seen {
        let n_words = (n_prints * Seen::SLOTS_EACH).div_ceil(32).next_power_of_two();
        Seen { slots: vec![0; n_words], n_repeated: 0 }
    }

    fn add(&mut self, print: u32) {
        let (word, shift) = self.place(print);
        let slot = self.slots[word] >> shift & 3;
        self.slots[word] |= ((2 * slot + 1) & 3) << shift;
        // The second fingerprint of a slot makes the first one count, too.
        self.n_repeated += [0, 2, 0, 1][slot as usize];
    }

    fn may_repeat(&self, print: u32) -> bool {
        let (word, shift) = self.place(print);
        self.slots[word] >> shift & 3 == 3
    }

    /// The word of a fingerprint's slot, and where the slot begins in it.
    fn place(&self, print: u32) -> (usize, u32) {
        ((print as usize / 32) & (self.slots.len() - 1), print % 32 * 2)
    }
}

/// The entries of each fingerprint.
fn lists(entries: &[Entry]) -> impl Iterator<Item = &[Entry]> + Clone {
    entries.chunk_by(|a, b| a.0 == b.0)
}

/// Fingerprints by article, in one list.
#[derive(Default)]
struct SharedPrints {
    prints: Vec<Shared>,
    /// Where those of each article begin in it; the last is its length.
    starts: Vec<usize>,
}

impl SharedPrints {
    /// Turns lists of articles by fingerprint into fingerprints by article.
    fn of<'a>(n_articles: usize, lists: impl Iterator<Item = &'a [Entry]> + Clone) -> SharedPrints {
        let mut starts = vec![0; n_articles + 1];
        lists.clone().flatten().for_each(|it| starts[it.1 as usize + 1] += 1);
        for article in 0..n_articles {
            starts[article + 1] += starts[article];
        }
        let mut prints = vec![Shared { print: 0, n_articles: 0 }; starts[n_articles]];
        // Each start moves to the end of its article, which is the start of the next.
        for list in lists {
            for (print, article) in list {
                let at = &mut starts[*article as usize];
                prints[*at] = Shared { print: *print, n_articles: list.len() as u32 };
                *at += 1;
            }
        }
        starts.rotate_right(1);
        starts[0] = 0;
        SharedPrints { prints, starts }
    }

    fn of_article(&self, article: u32) -> &[Shared] {
        let article = article as usize;
        &self.prints[self.starts[article]..self.starts[article + 1]]
    }
}

/// How many numbers two ascending sequences share.
pub(super) fn n_in_both(a: impl Iterator<Item = u32>, b: impl Iterator<Item = u32>) -> usize {
    let mut b = b.peekable();
    a.filter(|a| {
        while b.next_if(|b| b < a).is_some() {}
        b.next_if_eq(a).is_some()
    })
    .count()
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn what_articles_share_is_listed_in_order(
            prints in proptest::collection::vec(
                proptest::collection::vec(prop_oneof![0_u32..6, any::<u32>(), u32::MAX - 2..=u32::MAX], 0..8),
                0..20,
            ),
        ) {
            let sketch = |prints: &Vec<u32>| Sketch { prints: prints.clone().into(), ..Sketch::default() };
            let (n_prints, entries) = shared_prints(&prints.iter().map(sketch).collect::<Vec<_>>());
            let own: Vec<BTreeSet<u32>> = prints.iter().map(|it| it.iter().copied().collect()).collect();
            let n_articles = |print| own.iter().filter(|it| it.contains(&print)).count();
            let all: BTreeSet<Entry> =
                (0..).zip(&own).flat_map(|(article, own)| own.iter().map(move |it| (*it, article))).collect();
            let expected: Vec<Entry> = all.into_iter().filter(|it| n_articles(it.0) > 1).collect();
            prop_assert_eq!(n_prints, own.iter().map(|it| it.len() as u32).collect::<Vec<_>>());
            prop_assert_eq!(entries, expected);
        }
    }
}
