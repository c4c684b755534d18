//! Pairs of articles that are worth comparing.
//!
//! Of chance many pairs share a fingerprint or two: how many lists name a pair says, before its fingerprints are looked at, that it
//! cannot share enough.

use super::{
    families::Sketches,
    prints::{for_each_heap, halves, paired},
};

/// In a list of at most so many articles all are compared with all.
const ALL_PAIRS_MAX: usize = 8;
/// So many pairs are kept before those that are the same are put together.
const KEPT_MAX: usize = 1 << 22;

/// Two articles, and how much they may share.
pub(super) struct Candidate {
    pub(super) a: u32,
    pub(super) b: u32,
    /// No more fingerprints than this.
    pub(super) shared_max: usize,
}

/// Pairs that lists name.
pub(super) struct Candidates {
    /// How many lists name a pair, sorted.
    counted: Vec<(u64, u32)>,
    /// Pairs that are not counted yet.
    named: Vec<u64>,
    /// In how many lists too long to name all pairs an article is.
    long_lists: Vec<u32>,
    by_length: Vec<u32>,
}

impl Candidates {
    pub(super) fn new(n_articles: usize) -> Candidates {
        Candidates {
            counted: Vec::new(),
            named: Vec::new(),
            long_lists: vec![0; n_articles],
            by_length: Vec::new(),
        }
    }

    /// Names the pairs of the articles that have a fingerprint: each with the longest and with its neighbours by length.
    pub(super) fn add(&mut self, sketches: &Sketches<'_>, articles: &[u32]) {
        let all = articles.len() <= ALL_PAIRS_MAX;
        if let [a, b] = articles {
            self.named.push(paired(*a, *b));
        } else {
            self.by_length.clear();
            self.by_length.extend_from_slice(articles);
            if !all {
                self.by_length.sort_unstable_by_key(|it| sketches.rank(*it));
                articles.iter().for_each(|it| self.long_lists[*it as usize] += 1);
            }
            for (n, a) in self.by_length.iter().enumerate() {
                let longer = &self.by_length[n + 1..];
                let near = if all { longer.len() } else { 1 };
                let longest = longer.last().filter(|_| longer.len() > near);
                self.named
                    .extend(longer.iter().take(near).chain(longest).map(|b| paired(*a.min(b), *a.max(b))));
            }
        }
        // Lists repeat each other's pairs: the longer this grows, the more of it is the same.
        if self.named.len() > KEPT_MAX.max(self.counted.len()) {
            self.count();
        }
    }

    fn count(&mut self) {
        let counted = &mut self.counted;
        let width = (self.long_lists.len().max(1) as u32).next_power_of_two();
        for_each_heap(&self.named, &mut Vec::new(), 0, width, |heap, _| {
            heap.sort_unstable();
            counted.extend(heap.chunk_by(|a, b| a == b).map(|it| (it[0], it.len() as u32)));
        });
        self.named.clear();
        // Two runs in order, which this only merges.
        counted.sort();
        counted.dedup_by(|next, known| {
            let same = next.0 == known.0;
            known.1 += if same { next.1 } else { 0 };
            same
        });
    }

    /// The pairs in order, each once.
    pub(super) fn pairs(mut self) -> impl Iterator<Item = Candidate> {
        self.count();
        self.counted.into_iter().map(move |(pair, n_lists)| {
            let (a, b) = halves(pair);
            let in_long = self.long_lists[a as usize].min(self.long_lists[b as usize]);
            Candidate { a, b, shared_max: (n_lists + in_long) as usize }
        })
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::super::Sketch;
    use super::*;

    #[test]
    fn each_pair_is_counted_once_however_often_lists_name_it() {
        let sketches: Vec<Sketch> = (0..100)
            .map(|n| Sketch { article: n, prints: vec![7; 100 - n as usize], ..Sketch::default() })
            .collect();
        let sketches = Sketches::new(&sketches);
        let long: Vec<u32> = (0..20).collect();
        let mut candidates = Candidates::new(sketches.len());
        for n in 0..3000 {
            candidates.add(&sketches, &[n % 50, 50 + n % 50]);
            candidates.add(&sketches, &[1, 2, 3]);
            if n % 1000 == 0 {
                candidates.count();
                candidates.add(&sketches, &long);
            }
        }
        let found: BTreeMap<(u32, u32), usize> =
            candidates.pairs().map(|it| ((it.a, it.b), it.shared_max)).collect();
        let mut expected: BTreeMap<(u32, u32), usize> = (0..50).map(|it| ((it, it + 50), 60)).collect();
        // In a long list each is named with its neighbour and with the longest, which is the first here.
        expected.extend((1..19).map(|it| ((it, it + 1), 6)));
        expected.extend((1..20).map(|it| ((0, it), 6)));
        expected.extend([(1, 2), (1, 3), (2, 3)].map(|it| (it, 3003)));
        expected.insert((2, 3), 3006);
        expected.insert((1, 2), 3006);
        let known: Vec<(u32, u32)> = found.keys().copied().collect();
        assert_eq!(known, expected.keys().copied().collect::<Vec<_>>());
        assert!(found.iter().all(|(pair, shared_max)| expected[pair] <= *shared_max));
        assert_eq!(found[&(7, 57)], 60);
    }
}
