//! Pairs of articles that are worth comparing.
//!
//! How many lists name a pair is how many fingerprints it shares: these are counted. Only of the frequent ones not all pairs are
//! named; what two articles share of those is compared.

use super::{
    families::Sketches,
    prints::{for_each_heap, halves, paired},
};

/// In a list of at most so many articles all are compared with all.
pub(super) const ALL_PAIRS_MAX: usize = 8;
/// Pairs are kept by their first articles, so many of these together: some thousands of pairs, which lie in a processor's second memory.
const GROUP: usize = 1 << 9;
/// No more groups than this are added to by turns.
const GROUPS_MAX: usize = 1 << 9;
/// So many pairs of a group are kept before those that are the same are put together.
const KEPT_MAX: usize = 1 << 14;

/// Two articles that may be copies.
pub(super) struct Candidate {
    pub(super) a: u32,
    pub(super) b: u32,
    /// How many lists that name all their pairs name this one.
    pub(super) n_lists: usize,
}

/// Pairs that lists name.
pub(super) struct Candidates {
    groups: Vec<Group>,
    /// How many lowest bits of an article do not tell the group.
    shift: u32,
    by_length: Vec<u32>,
}

/// The pairs whose first articles are near each other.
struct Group {
    /// The first of these articles, and how many there may be.
    first: usize,
    width: usize,
    /// How many lists that name all their pairs name this one, sorted.
    counted: Vec<(u64, u32)>,
    /// Where those of each first article end in `counted`.
    ends: Vec<u32>,
    /// Pairs of such lists that are not counted yet.
    named: Vec<u64>,
    /// Pairs of longer lists, which do not count.
    chosen: Vec<u64>,
}

impl Candidates {
    pub(super) fn new(n_articles: usize) -> Candidates {
        let group = n_articles.div_ceil(GROUPS_MAX).next_power_of_two().max(GROUP);
        Candidates {
            groups: (0..n_articles).step_by(group).map(|it| Group::new(it, group)).collect(),
            shift: group.trailing_zeros(),
            by_length: Vec::new(),
        }
    }

    /// Names the pairs of the articles that have a fingerprint, all of a short list. In a longer one each article is named with the longest
    /// and with its neighbours by length.
    pub(super) fn add(&mut self, sketches: &Sketches<'_>, articles: &[u32]) {
        if articles.len() <= ALL_PAIRS_MAX {
            for (n, a) in articles.iter().enumerate() {
                let group = &mut self.groups[*a as usize >> self.shift];
                group.named.extend(articles[n + 1..].iter().map(|b| paired(*a, *b)));
                group.bound();
            }
        } else {
            self.by_length.clear();
            self.by_length.extend_from_slice(articles);
            self.by_length.sort_unstable_by_key(|it| sketches.rank(*it));
            let Some((longest, others)) = self.by_length.split_last() else { return };
            let to_next = self.by_length.windows(2).map(|it| (it[0], it[1]));
            for (a, b) in to_next.chain(others.iter().map(|it| (*it, *longest))) {
                let group = &mut self.groups[a.min(b) as usize >> self.shift];
                group.chosen.push(paired(a.min(b), a.max(b)));
                group.bound();
            }
        }
    }

    /// Counts what was added, for the functions below.
    pub(super) fn count(&mut self) {
        let mut spare = Vec::new();
        self.groups.iter_mut().for_each(|it| it.count(&mut spare));
    }

    /// How many lists that name all their pairs name this one.
    pub(super) fn n_lists(&self, a: u32, b: u32) -> usize {
        let (a, b) = (a.min(b), a.max(b));
        let some = self.groups[a as usize >> self.shift].with_first(a);
        some.binary_search_by_key(&b, |it| halves(it.0).1).map_or(0, |it| some[it].1 as usize)
    }

    /// The pairs in order, each once.
    pub(super) fn pairs(&self) -> impl Iterator<Item = Candidate> {
        self.groups.iter().flat_map(|it| &it.counted).map(|(pair, n_lists)| {
            let (a, b) = halves(*pair);
            Candidate { a, b, n_lists: *n_lists as usize }
        })
    }
}

impl Group {
    fn new(first: usize, width: usize) -> Group {
        let (counted, ends) = (Vec::new(), vec![0; width]);
        Group { first, width, counted, ends, named: Vec::new(), chosen: Vec::new() }
    }

    /// Lists repeat each other's pairs: the longer this grows, the more of it is the same.
    fn bound(&mut self) {
        if self.named.len() + self.chosen.len() > KEPT_MAX.max(self.counted.len()) {
            self.count(&mut Vec::new());
        }
    }

    fn count(&mut self, spare: &mut Vec<u64>) {
        if self.named.is_empty() && self.chosen.is_empty() {
            return;
        }
        let counted = &mut self.counted;
        for (pairs, counts) in [(&mut self.named, true), (&mut self.chosen, false)] {
            spare.resize(pairs.len(), 0);
            for_each_heap(pairs, spare, self.first as u64, self.width as u64, &mut |heap| {
                let n = |same: &[u64]| if counts { same.len() as u32 } else { 0 };
                counted.extend(heap.chunk_by(|a, b| a == b).map(|it| (it[0], n(it))));
            });
            pairs.clear();
        }
        // Runs in order, which this only merges.
        counted.sort();
        counted.dedup_by(|next, known| {
            let same = next.0 == known.0;
            known.1 += if same { next.1 } else { 0 };
            same
        });
        self.ends.fill(0);
        for (pair, _) in &self.counted {
            self.ends[halves(*pair).0 as usize - self.first] += 1;
        }
        let mut n = 0;
        for end in &mut self.ends {
            n += *end;
            *end = n;
        }
    }

    /// Those of the counted pairs that have this first article.
    fn with_first(&self, article: u32) -> &[(u64, u32)] {
        let at = article as usize - self.first;
        let start = at.checked_sub(1).map_or(0, |it| self.ends[it]);
        &self.counted[start as usize..self.ends[at] as usize]
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::super::Sketch;
    use super::*;

    #[test]
    fn each_pair_is_counted_once_however_often_lists_name_it() {
        let sketches: Vec<Sketch> = (0..2000)
            .map(|n| Sketch { article: n, prints: vec![7; 2000 - n as usize], ..Sketch::default() })
            .collect();
        let (sketches, _) = Sketches::new(&sketches);
        let long: Vec<u32> = (0..20).collect();
        let mut candidates = Candidates::new(sketches.len());
        for n in 0..60_000 {
            candidates.add(&sketches, &[n % 1000, 1000 + n % 1000]);
            candidates.add(&sketches, &[1, 2, 3]);
            if n % 20_000 == 0 {
                candidates.count();
                candidates.add(&sketches, &long);
            }
        }
        candidates.count();
        let mut expected: BTreeMap<(u32, u32), usize> = (0..1000).map(|it| ((it, it + 1000), 60)).collect();
        // In a long list each is named with its neighbour and with the longest, which is the first here.
        expected.extend((1..19).map(|it| ((it, it + 1), 0)));
        expected.extend((1..20).map(|it| ((0, it), 0)));
        expected.extend([(1, 2), (1, 3), (2, 3)].map(|it| (it, 60_000)));
        let found: Vec<((u32, u32), usize)> =
            candidates.pairs().map(|it| ((it.a, it.b), it.n_lists)).collect();
        assert_eq!(found, expected.into_iter().collect::<Vec<_>>());
        let asked = [(1007, 7), (3, 1), (5, 0), (5, 7)].map(|(a, b)| candidates.n_lists(a, b));
        assert_eq!(asked, [60, 60_000, 0, 0]);
    }
}
