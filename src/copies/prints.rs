//! The fingerprints of all articles, and which articles have each.
//!
//! An article costs the same among a hundred thousand as among a thousand: the fingerprints are dealt out into heaps that
//! lie in a processor's nearest memory, and nothing is looked up at random in a table that grows with the archive.

use super::Sketch;

/// Lists are made by so many parts of the fingerprints, one after the other, to bound memory.
const PARTS: u32 = 16;
/// So many entries are sorted at once.
const SORTED_AT_ONCE: usize = 1024;
/// The sketches of so many articles are read at once.
const READ_AT_ONCE: usize = 64;
/// So many counters tell fingerprints of one article from others before these are sorted: four for each of a heap.
const COUNTERS: usize = 4 * SORTED_AT_ONCE;

/// A row for each article, one behind the other.
pub(super) struct Rows<T> {
    all: Vec<T>,
    /// Where the row of each article ends in `all`.
    ends: Vec<usize>,
}

impl<T: Copy + Default> Rows<T> {
    /// The row of an article.
    pub(super) fn get(&self, article: u32) -> &[T] {
        let article = article as usize;
        let start = article.checked_sub(1).map_or(0, |it| self.ends[it]);
        &self.all[start..self.ends[article]]
    }

    /// Gives each article what `of_list` says of each list it is in, in the order of the lists.
    pub(super) fn dealt(n_articles: usize, lists: &Lists, of_list: impl Fn(usize) -> Option<T>) -> Rows<T> {
        let mut next = vec![0; n_articles];
        let some = || (0..lists.len()).filter_map(|list| of_list(list).map(|it| (it, lists.articles(list))));
        for (_, articles) in some() {
            articles.iter().for_each(|it| next[*it as usize] += 1);
        }
        let mut n = 0;
        for place in &mut next {
            (*place, n) = (n, n + *place);
        }
        let mut all = vec![T::default(); n];
        for (value, articles) in some() {
            for article in articles {
                let place = &mut next[*article as usize];
                all[*place] = value;
                *place += 1;
            }
        }
        Rows { all, ends: next }
    }
}

impl Rows<u32> {
    /// The fingerprints of each article, sorted, each once.
    pub(super) fn of(sketches: &[Sketch]) -> Rows<u32> {
        let n = sketches.iter().map(|it| it.prints.len()).sum();
        let mut prints = Rows { all: Vec::with_capacity(n), ends: Vec::with_capacity(sketches.len()) };
        for some in sketches.chunks(READ_AT_ONCE) {
            // All are fetched before the first is sorted: they lie anywhere in memory.
            let mut unsorted = prints.all.len();
            let mut kept = unsorted;
            some.iter().for_each(|it| prints.all.extend_from_slice(&it.prints));
            for sketch in some {
                let end = unsorted + sketch.prints.len();
                prints.all[unsorted..end].sort_unstable();
                for at in unsorted..end {
                    let print = prints.all[at];
                    if at == unsorted || print != prints.all[kept - 1] {
                        prints.all[kept] = print;
                        kept += 1;
                    }
                }
                prints.ends.push(kept);
                unsorted = end;
            }
            prints.all.truncate(kept);
        }
        prints
    }

    /// Calls `f` with every fingerprint of two articles and more, and with these in order.
    pub(super) fn for_each_list(&self, mut f: impl FnMut(u32, &[u32])) {
        let (mut entries, mut dealt) = (Vec::new(), Vec::new());
        let mut counters = vec![0; COUNTERS];
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
                entries.extend(inside.map(|it| paired(*it, article)));
                *read += entries.len() - before;
            }
            for_each_heap(&entries, &mut dealt, part * width, width, |heap, heap_width| {
                let heap = without_single(heap, heap_width, &mut counters);
                heap.sort_unstable();
                for same in heap.chunk_by(|a, b| a >> 32 == b >> 32).filter(|it| it.len() > 1) {
                    list.clear();
                    list.extend(same.iter().map(|it| halves(*it).1));
                    f(halves(same[0]).0, &list);
                }
            });
        }
    }
}

/// Two numbers as one that sorts as they do.
pub(super) fn paired(first: u32, second: u32) -> u64 {
    u64::from(first) << 32 | u64::from(second)
}

/// The two numbers of one.
pub(super) fn halves(pair: u64) -> (u32, u32) {
    ((pair >> 32) as u32, (pair & u64::from(u32::MAX)) as u32)
}

/// The entries without most of those whose fingerprint only one article has.
fn without_single<'a>(heap: &'a mut [u64], width: u32, counters: &mut [u8]) -> &'a mut [u64] {
    let shift = 32 + width.trailing_zeros().saturating_sub(counters.len().trailing_zeros());
    let mask = counters.len() as u64 - 1;
    let counter = |entry: u64| (entry >> shift & mask) as usize;
    counters.fill(0);
    for entry in heap.iter() {
        let n = &mut counters[counter(*entry)];
        *n = n.saturating_add(1);
    }
    let mut kept = 0;
    for at in 0..heap.len() {
        let entry = heap[at];
        heap[kept] = entry;
        kept += usize::from(counters[counter(entry)] > 1);
    }
    &mut heap[..kept]
}

/// Deals entries whose first numbers are spread evenly from `first` on over `width`, a power of two, into small heaps, and calls `f` with
/// these in order and with the width of each.
pub(super) fn for_each_heap(
    entries: &[u64],
    dealt: &mut Vec<u64>,
    first: u32,
    width: u32,
    mut f: impl FnMut(&mut [u64], u32),
) {
    let n_heaps =
        (entries.len() / SORTED_AT_ONCE).max(1).next_power_of_two().min(1 << 16).min(width as usize);
    let shift = width.trailing_zeros() - n_heaps.trailing_zeros();
    let heap = |entry: u64| (((entry >> 32) as u32 - first) >> shift) as usize;
    let mut next = vec![0; n_heaps];
    entries.iter().for_each(|it| next[heap(*it)] += 1);
    let mut n = 0;
    for place in &mut next {
        (*place, n) = (n, n + *place);
    }
    dealt.resize(entries.len(), 0);
    for entry in entries {
        let place = &mut next[heap(*entry)];
        dealt[*place] = *entry;
        *place += 1;
    }
    let mut start = 0;
    for end in next {
        f(&mut dealt[start..end], width >> n_heaps.trailing_zeros());
        start = end;
    }
}

/// Some fingerprints, each with its articles.
#[derive(Default)]
pub(super) struct Lists {
    prints: Vec<u32>,
    articles: Vec<u32>,
    /// Where the articles of each fingerprint end in `articles`.
    ends: Vec<usize>,
}

impl Lists {
    pub(super) fn push(&mut self, print: u32, articles: &[u32]) {
        self.prints.push(print);
        self.articles.extend_from_slice(articles);
        self.ends.push(self.articles.len());
    }

    pub(super) fn len(&self) -> usize {
        self.ends.len()
    }

    /// The fingerprint of a list.
    pub(super) fn print(&self, list: usize) -> u32 {
        self.prints[list]
    }

    /// The articles of a list.
    pub(super) fn articles(&self, list: usize) -> &[u32] {
        let start = list.checked_sub(1).map_or(0, |it| self.ends[it]);
        &self.articles[start..self.ends[list]]
    }
}

#[cfg(test)]
mod tests {
    use std::collections::{BTreeMap, BTreeSet};

    use super::*;

    #[test]
    fn each_fingerprint_of_two_articles_and_more_lists_them_in_order() {
        let sketch = |prints: &[u32]| Sketch { prints: prints.to_vec(), ..Sketch::default() };
        let own = |n: u32| n.wrapping_mul(0x9e37_79b9);
        let sketches: Vec<Sketch> =
            (0..5000_u32).map(|n| sketch(&[n, 7, u32::MAX, own(n), own(n / 3 * 3), 7])).collect();
        let prints = Rows::of(&sketches);
        let mut expected: BTreeMap<u32, Vec<u32>> = BTreeMap::new();
        for (article, sketch) in (0..).zip(&sketches) {
            let set: BTreeSet<u32> = sketch.prints.iter().copied().collect();
            set.into_iter().for_each(|it| expected.entry(it).or_default().push(article));
        }
        expected.retain(|_, articles| articles.len() > 1);
        let mut listed = Vec::new();
        prints.for_each_list(|print, articles| listed.push((print, articles.to_vec())));
        assert_eq!(listed, expected.into_iter().collect::<Vec<_>>());
    }

    #[test]
    fn each_article_is_dealt_what_its_lists_say() {
        let mut lists = Lists::default();
        lists.push(30, &[0, 2]);
        lists.push(40, &[0, 1, 2]);
        lists.push(50, &[2, 3]);
        let rows = Rows::dealt(5, &lists, |list| Some(lists.print(list)).filter(|it| *it != 40));
        let rows: Vec<&[u32]> = (0..5).map(|it| rows.get(it)).collect();
        assert_eq!(rows, [&[30][..], &[], &[30, 50], &[50], &[]]);
    }
}
