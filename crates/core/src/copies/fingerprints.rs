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
    n_prints: Vec<usize>,
    /// By article, the fingerprints it shares with others, in order, common ones left out.
    shared: Vec<Vec<Shared>>,
}

impl Articles {
    /// Finds what the articles share, and calls `f` with the articles of each shared fingerprint
    /// that counts, in order. `split` tells common fingerprints, which do not count, from the
    /// others.
    pub(super) fn new(
        mut sketches: Vec<Sketch>,
        split: impl for<'a> Fn(&Articles, Vec<&'a [Entry]>) -> (Vec<&'a [Entry]>, Vec<&'a [Entry]>),
        mut f: impl FnMut(&Articles, &[Entry]),
    ) -> Articles {
        sketches.sort_by_key(|it| it.article);
        let mut entries: Vec<Entry> = Vec::with_capacity(sketches.iter().map(|it| it.prints.len()).sum());
        for (article, sketch) in (0..).zip(&sketches) {
            entries.extend(sketch.prints.iter().map(|print| (*print, article)));
        }
        // As one number, which is compared in half the time of two.
        entries.sort_unstable_by_key(|(print, article)| u64::from(*print) << 32 | u64::from(*article));
        entries.dedup();
        let mut n_prints = vec![0; sketches.len()];
        entries.iter().for_each(|it| n_prints[it.1 as usize] += 1);
        let lists: Vec<&[Entry]> = entries.chunk_by(|a, b| a.0 == b.0).filter(|it| it.len() > 1).collect();
        let shared = by_article(sketches.len(), &lists);
        let mut articles = Articles { sketches, n_prints, shared };
        let (common, counting) = split(&articles, lists);
        for (_, article) in common.into_iter().flatten() {
            articles.n_prints[*article as usize] -= 1;
        }
        articles.shared = by_article(articles.len(), &counting);
        counting.iter().for_each(|it| f(&articles, it));
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
        self.n_prints[article as usize]
    }

    /// The fingerprints that an article shares with others, in order, common ones left out.
    pub(super) fn shared(&self, article: u32) -> &[Shared] {
        &self.shared[article as usize]
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

/// Turns lists of articles by fingerprint into lists of fingerprints by article.
fn by_article(n_articles: usize, lists: &[&[Entry]]) -> Vec<Vec<Shared>> {
    let mut n_shared = vec![0; n_articles];
    lists.iter().copied().flatten().for_each(|it| n_shared[it.1 as usize] += 1);
    let mut shared: Vec<Vec<Shared>> = n_shared.into_iter().map(Vec::with_capacity).collect();
    for list in lists {
        for (print, article) in *list {
            shared[*article as usize].push(Shared { print: *print, n_articles: list.len() as u32 });
        }
    }
    shared
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
