//! Pairs of articles that are worth comparing: some of those that share a fingerprint.

use super::fingerprints::{Articles, Entry};

/// The most articles with the same fingerprint of which every two are compared. With more of them,
/// the number of pairs must not grow with the square of their number.
const ALL_PAIRS_MAX: usize = 8;
/// The number of pairs at which repeated pairs are first removed, and again whenever it doubles.
/// This bounds memory: the versions of a story name the same pair with each fingerprint they share.
const PAIRS_MIN: usize = 1 << 20;

/// Collects pairs of articles, the one with the lower number first.
#[derive(Default)]
pub(super) struct Candidates {
    pairs: Vec<(u32, u32)>,
    /// How many of the pairs are sorted and different.
    n_sorted: usize,
}

impl Candidates {
    /// Adds pairs of the articles that have one fingerprint: all pairs of a short list. In a longer
    /// one each article is paired with the longest, since a cut is contained in something longer,
    /// and with its neighbors by length.
    pub(super) fn add(&mut self, articles: &Articles, list: &[Entry]) {
        if list.len() <= ALL_PAIRS_MAX {
            for (n, (_, a)) in list.iter().enumerate() {
                self.pairs.extend(list[n + 1..].iter().map(|(_, b)| (*a, *b)));
            }
        } else {
            let mut list: Vec<u32> = list.iter().map(|it| it.1).collect();
            list.sort_unstable_by_key(|it| articles.by_length(*it));
            let neighbors = list.windows(2).map(|it| (it[0], it[1]));
            let longest = list[list.len() - 1];
            let pairs = neighbors.chain(list.iter().map(|it| (*it, longest)).filter(|it| it.0 != it.1));
            self.pairs.extend(pairs.map(|(a, b)| (a.min(b), a.max(b))));
        }
        if self.pairs.len() > 2 * self.n_sorted.max(PAIRS_MIN) {
            self.remove_repeated();
        }
    }

    /// The pairs, each once, in order.
    pub(super) fn into_pairs(mut self) -> Vec<(u32, u32)> {
        self.remove_repeated();
        self.pairs
    }

    fn remove_repeated(&mut self) {
        self.pairs.sort_unstable();
        self.pairs.dedup();
        self.n_sorted = self.pairs.len();
    }
}

#[cfg(test)]
mod tests {
    use super::super::Sketch;
    use super::*;

    fn articles() -> Articles {
        let sketch =
            |n| Sketch { article: n, prints: vec![7; 2000 - n as usize].into(), ..Sketch::default() };
        Articles::new((0..2000).map(sketch).collect(), |_, _| false, |_, _| ())
    }

    fn list(articles: impl IntoIterator<Item = u32>) -> Vec<Entry> {
        articles.into_iter().map(|it| (7, it)).collect()
    }

    #[test]
    fn each_pair_is_named_once_however_often_lists_name_it() {
        let articles = articles();
        let mut candidates = Candidates::default();
        for n in 0..1_500_000 {
            candidates.add(&articles, &list([n % 1000, 1000 + n % 1000]));
            candidates.add(&articles, &list([1, 2]));
        }
        let mut expected: Vec<(u32, u32)> = (0..1000).map(|it| (it, it + 1000)).collect();
        expected.insert(2, (1, 2));
        expected.sort_unstable();
        assert!(candidates.pairs.len() < 3_000_000);
        assert_eq!(candidates.into_pairs(), expected);
    }

    #[test]
    fn in_a_long_list_each_article_is_paired_with_its_neighbors_and_with_the_longest() {
        let articles = articles();
        let mut candidates = Candidates::default();
        candidates.add(&articles, &list(0..20));
        // The first is the longest.
        let mut expected: Vec<(u32, u32)> = (1..20).map(|it| (0, it)).collect();
        expected.extend((1..19).map(|it| (it, it + 1)));
        assert_eq!(candidates.into_pairs(), expected);
    }
}
