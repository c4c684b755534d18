//! The fingerprints of all articles, and which articles have each.
//!
//! Kept in one list and sorted piece by piece, so that an article costs nearly the same among a hundred thousand as among a
//! thousand.

use std::{
    collections::{HashMap, HashSet},
    hash::{BuildHasherDefault, Hasher},
};

use super::Sketch;

/// Lists are made by so many parts of the fingerprints, one after the other, to bound memory.
const PARTS: u32 = 16;
/// So many entries are sorted at once: they lie in a processor's nearest memory.
const SORTED_AT_ONCE: usize = 1024;

/// Fingerprints.
pub(super) type PrintSet = HashSet<u32, BuildHasherDefault<PrintHasher>>;
/// Something for each of some fingerprints.
pub(super) type PrintMap<T> = HashMap<u32, T, BuildHasherDefault<PrintHasher>>;

/// A fingerprint is the lower half of a hash already: it is only spread to the upper bits.
#[derive(Default)]
pub(super) struct PrintHasher(u64);

impl Hasher for PrintHasher {
    fn finish(&self) -> u64 {
        self.0
    }

    fn write(&mut self, bytes: &[u8]) {
        for byte in bytes {
            self.write_u32(u32::from(*byte));
        }
    }

    fn write_u32(&mut self, print: u32) {
        self.0 = (self.0 ^ u64::from(print)).wrapping_mul(0x9e37_79b9_7f4a_7c15).rotate_left(32);
    }
}

/// The fingerprints of each article, sorted, each once.
pub(super) struct Prints {
    all: Vec<u32>,
    /// Where those of each article end in `all`.
    ends: Vec<usize>,
}

impl Prints {
    pub(super) fn of(sketches: &[Sketch]) -> Prints {
        let mut prints = Prints { all: Vec::new(), ends: Vec::with_capacity(sketches.len()) };
        let mut set = Vec::new();
        for sketch in sketches {
            set.clone_from(&sketch.prints);
            set.sort_unstable();
            set.dedup();
            prints.all.extend_from_slice(&set);
            prints.ends.push(prints.all.len());
        }
        prints
    }

    /// The same without some.
    pub(super) fn without(&self, left_out: &PrintSet) -> Prints {
        let mut prints = Prints { all: Vec::new(), ends: Vec::with_capacity(self.ends.len()) };
        for article in 0..self.ends.len() {
            prints.all.extend(self.at(article).iter().filter(|it| !left_out.contains(it)));
            prints.ends.push(prints.all.len());
        }
        prints
    }

    fn at(&self, article: usize) -> &[u32] {
        let start = article.checked_sub(1).map_or(0, |it| self.ends[it]);
        &self.all[start..self.ends[article]]
    }

    /// Those of an article.
    pub(super) fn get(&self, article: u32) -> &[u32] {
        self.at(article as usize)
    }

    /// Calls `f` with every fingerprint of at least `n_min` articles, and with these in order.
    pub(super) fn for_each_list(&self, n_min: usize, mut f: impl FnMut(u32, &[u32])) {
        let mut entries: Vec<(u32, u32)> = Vec::new();
        let mut read: Vec<usize> = vec![0; self.ends.len()];
        let mut list = Vec::new();
        let width = u32::MAX / PARTS + 1;
        for part in 0..PARTS {
            let last = part * width + (width - 1);
            entries.clear();
            for (article, read) in (0..).zip(&mut read) {
                let rest = &self.get(article)[*read..];
                let inside = rest.iter().take_while(|it| **it <= last);
                let before = entries.len();
                entries.extend(inside.map(|it| (*it, article)));
                *read += entries.len() - before;
            }
            sort(&mut entries, part * width, width);
            for same in entries.chunk_by(|a, b| a.0 == b.0).filter(|it| it.len() >= n_min) {
                list.clear();
                list.extend(same.iter().map(|it| it.1));
                f(same[0].0, &list);
            }
        }
    }
}

/// Sorts entries whose fingerprints are spread evenly from `first` on over `width`: dealt out into small heaps first.
fn sort(entries: &mut Vec<(u32, u32)>, first: u32, width: u32) {
    let n_heaps = (entries.len() / SORTED_AT_ONCE).max(1).next_power_of_two().min(1 << 16);
    let shift = width.trailing_zeros() - n_heaps.trailing_zeros();
    let heap = |print: u32| ((print - first) >> shift) as usize;
    let mut ends = vec![0; n_heaps + 1];
    for (print, _) in entries.iter() {
        ends[heap(*print) + 1] += 1;
    }
    for at in 1..ends.len() {
        ends[at] += ends[at - 1];
    }
    let mut next = ends.clone();
    let mut dealt = vec![(0, 0); entries.len()];
    for entry in entries.iter() {
        let place = &mut next[heap(entry.0)];
        dealt[*place] = *entry;
        *place += 1;
    }
    for heap in ends.windows(2) {
        dealt[heap[0]..heap[1]].sort_unstable();
    }
    *entries = dealt;
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_fingerprint_lists_its_articles_in_order() {
        let sketch = |prints: &[u32]| Sketch { prints: prints.to_vec(), ..Sketch::default() };
        let sketches: Vec<Sketch> =
            (0..5000_u32).map(|n| sketch(&[n, 7, u32::MAX, n.wrapping_mul(0x9e37_79b9), 7])).collect();
        let prints = Prints::of(&sketches);
        let mut expected: std::collections::BTreeMap<u32, Vec<u32>> = Default::default();
        for (article, sketch) in (0..).zip(&sketches) {
            let set: std::collections::BTreeSet<u32> = sketch.prints.iter().copied().collect();
            set.into_iter().for_each(|it| expected.entry(it).or_default().push(article));
        }
        let mut listed = Vec::new();
        prints.for_each_list(1, |print, articles| listed.push((print, articles.to_vec())));
        assert_eq!(listed, expected.into_iter().collect::<Vec<_>>());
        let left_out: PrintSet = [7, u32::MAX].into_iter().collect();
        assert!(!prints.without(&left_out).get(3).contains(&7));
    }
}
