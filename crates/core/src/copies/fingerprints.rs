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

/// About how many fingerprints are sorted at once, since all of them with their articles would
/// take twice the memory of the sketches; 8 MB is also what a processor holds nearby.
const PART_PRINTS: usize = 1 << 20;
/// For each part all fingerprints are looked through once.
const PARTS_MAX: usize = 16;

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
        let all: usize = sketches.iter().map(|it| it.prints.len()).sum();
        let (n_prints, entries) = shared_prints(&sketches, all.div_ceil(PART_PRINTS).clamp(1, PARTS_MAX));
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

/// How many different fingerprints each article has, and those of two articles and more with their
/// articles, in order. Sorts them in `n_parts` parts, each of fingerprints of one range.
fn shared_prints(sketches: &[Sketch], n_parts: usize) -> (Vec<u32>, Vec<Entry>) {
    let mut n_prints = vec![0; sketches.len()];
    let mut entries = Vec::new();
    // As one number, which is compared in half the time of two.
    let mut part: Vec<u64> = Vec::new();
    let range = (1_u64 << 32).div_ceil(n_parts as u64);
    for from in (0..1 << 32).step_by(range as usize) {
        part.clear();
        for (article, sketch) in (0_u32..).zip(sketches) {
            let prints = sketch.prints.iter().map(|it| u64::from(*it));
            let prints = prints.filter(|it| (from..from + range).contains(it));
            part.extend(prints.map(|it| it << 32 | u64::from(article)));
        }
        part.sort_unstable();
        part.dedup();
        for list in part.chunk_by(|a, b| a >> 32 == b >> 32) {
            let articles = list.iter().map(|it| *it as u32);
            articles.clone().for_each(|it| n_prints[it as usize] += 1);
            if list.len() > 1 {
                entries.extend(articles.map(|it| ((list[0] >> 32) as u32, it)));
            }
        }
    }
    (n_prints, entries)
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
    use proptest::prelude::*;

    use super::*;

    proptest! {
        /// The parts together are what one part of everything is.
        #[test]
        fn what_is_shared_does_not_depend_on_the_parts(
            prints in proptest::collection::vec(
                proptest::collection::vec(prop_oneof![0_u32..6, any::<u32>(), u32::MAX - 2..=u32::MAX], 0..8),
                0..20,
            ),
            n_parts in 2_usize..20,
        ) {
            let sketch = |prints: Vec<u32>| Sketch { prints: prints.into(), ..Sketch::default() };
            let sketches: Vec<Sketch> = prints.into_iter().map(sketch).collect();
            prop_assert_eq!(shared_prints(&sketches, n_parts), shared_prints(&sketches, 1));
        }
    }
}
