//! The fingerprints of all articles, and which articles have each.
//!
//! An article should cost the same among a hundred thousand as among a thousand: the fingerprints are dealt out into parts
//! that lie in a processor's near memory, and nothing is looked up at random in a table that grows with the archive.

use super::Sketch;

/// So many fingerprints of neighbouring values are looked at together: they and their counters lie in a processor's second memory.
const PART: usize = 1 << 14;
/// With fewer parts the same few places would be counted up again and again, each time waiting for the time before.
const PARTS_MIN: usize = 1 << 4;
/// With more, a block of articles would not lie in a processor's second memory.
const PARTS_MAX: usize = 1 << 11;
/// So many counters for each fingerprint of a part tell those that are there once from others.
const COUNTERS: usize = 8;
/// Into so many heaps entries are dealt at once.
const HEAPS_MAX: usize = 1 << 10;
/// So many entries, or fewer down to half of it, are sorted by comparing them.
const SORTED_AT_ONCE: usize = 48;

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
        let mut all = vec![T::default(); starts(&mut next, 0)];
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

/// The fingerprints of all articles by their highest bits: 4 bytes for each, and 8 for an article.
///
/// Block of articles after block, each is dealt into parts, as many as a block has articles. The bits that tell the part need not be
/// kept and leave room for those that tell which of the block's articles it is. A block is dealt within a processor's
/// second memory, and a part is fetched in pieces of as many fingerprints as an article has, however many articles there are.
pub(super) struct Prints {
    /// How many highest bits tell the part.
    bits: u32,
    /// The other bits of a fingerprint, then those of the article.
    entries: Vec<u32>,
    /// Where each part of each block ends in `entries`.
    ends: Vec<usize>,
}

impl Prints {
    pub(super) fn of(sketches: &[Sketch]) -> Prints {
        let n: usize = sketches.iter().map(|it| it.prints.len()).sum();
        let n_parts = (n / PART).next_power_of_two().clamp(PARTS_MIN, PARTS_MAX);
        let bits = n_parts.trailing_zeros();
        let part = |print: u32| (print >> (32 - bits)) as usize;
        let (mut entries, mut ends) = (Vec::with_capacity(n), Vec::new());
        for block in sketches.chunks(n_parts) {
            let first = ends.len();
            ends.resize(first + n_parts, 0);
            let next = &mut ends[first..];
            block.iter().flat_map(|it| &it.prints).for_each(|it| next[part(*it)] += 1);
            let end = starts(next, entries.len());
            entries.resize(end, 0);
            for (article, sketch) in (0..).zip(block) {
                for print in &sketch.prints {
                    let place = &mut next[part(*print)];
                    entries[*place] = print << bits | article;
                    *place += 1;
                }
            }
        }
        Prints { bits, entries, ends }
    }

    /// Calls `f` with every fingerprint that is there twice and more, in order, and with its articles, sorted: an article as often
    /// as it has the fingerprint. `numbers` are those of the articles, in the order of their sketches.
    pub(super) fn for_each_repeated(&self, numbers: &[u32], mut f: impl FnMut(u32, &mut Vec<u32>)) {
        let (mut part, mut counters, mut list) = (Vec::new(), Vec::new(), Vec::new());
        let (mut repeated, mut spare) = (Vec::new(), Vec::new());
        for number in 0..1 << self.bits {
            part.clear();
            self.pieces(number).for_each(|it| part.extend_from_slice(it));
            count(&part, self.bits, &mut counters);
            self.take_repeated(number, &part, &counters, numbers, &mut repeated);
            spare.resize(repeated.len(), 0);
            for_each_heap(&mut repeated, &mut spare, 0, 1 << 32, &mut |heap| {
                for same in heap.chunk_by(|a, b| a >> 32 == b >> 32).filter(|it| it.len() > 1) {
                    list.clear();
                    list.extend(same.iter().map(|it| halves(*it).1));
                    f((number as u32) << (32 - self.bits) | halves(same[0]).0 >> self.bits, &mut list);
                }
            });
        }
    }

    /// What each block has of a part.
    fn pieces(&self, part: usize) -> impl Iterator<Item = &[u32]> {
        let ends = (part..self.ends.len()).step_by(1 << self.bits);
        ends.map(|it| &self.entries[it.checked_sub(1).map_or(0, |it| self.ends[it])..self.ends[it]])
    }

    /// Takes out of a part what is there more than once, and little else: each what an entry has of its fingerprint, and the article's
    /// number.
    fn take_repeated(
        &self,
        number: usize,
        part: &[u32],
        counters: &[u8],
        numbers: &[u32],
        repeated: &mut Vec<u64>,
    ) {
        repeated.resize(part.len(), 0);
        let in_block = (1 << self.bits) - 1;
        let (mut start, mut n) = (0, 0);
        for (piece, numbers) in self.pieces(number).zip(numbers.chunks(1 << self.bits)) {
            for entry in &part[start..start + piece.len()] {
                // Without a branch that cannot be foreseen.
                repeated[n] = paired(entry & !in_block, numbers[(entry & in_block) as usize]);
                n += usize::from(counters[counter(*entry, counters)] > 1);
            }
            start += piece.len();
        }
        repeated.truncate(n);
    }
}

/// Turns how many each has into where it starts, from `at` on; returns where the last ends.
fn starts(n_each: &mut [usize], mut at: usize) -> usize {
    for it in n_each {
        (*it, at) = (at, at + *it);
    }
    at
}

/// Counts the entries of a part by the highest bits of their fingerprints.
fn count(part: &[u32], bits: u32, counters: &mut Vec<u8>) {
    let n_prints = 1 << (32 - bits);
    counters.clear();
    counters.resize((COUNTERS * part.len()).next_power_of_two().min(n_prints), 0);
    for entry in part {
        let at = counter(*entry, counters);
        counters[at] = counters[at].saturating_add(1);
    }
}

/// Which of the counters is that of an entry.
fn counter(entry: u32, counters: &[u8]) -> usize {
    (u64::from(entry) << counters.len().trailing_zeros() >> 32) as usize
}

/// Two numbers as one that sorts as they do.
pub(super) fn paired(first: u32, second: u32) -> u64 {
    u64::from(first) << 32 | u64::from(second)
}

/// The two numbers of one.
pub(super) fn halves(pair: u64) -> (u32, u32) {
    ((pair >> 32) as u32, (pair & u64::from(u32::MAX)) as u32)
}

/// Sorts entries whose first numbers are spread evenly from `first` on over `width`, a power of two, and calls `f` with
/// them in order, heap by heap: those of one first number together. `spare` is as long as the entries, which end up anyhow.
pub(super) fn for_each_heap(
    entries: &mut [u64],
    spare: &mut [u64],
    first: u64,
    width: u64,
    f: &mut impl FnMut(&[u64]),
) {
    let n_heaps = (entries.len() / SORTED_AT_ONCE).next_power_of_two().min(HEAPS_MAX);
    let n_heaps = if width < HEAPS_MAX as u64 { n_heaps.min(width as usize) } else { n_heaps };
    if n_heaps == 1 {
        entries.sort_unstable();
        return f(entries);
    }
    let width = width / n_heaps as u64;
    let heap = |entry: u64| (((entry >> 32) - first) >> width.trailing_zeros()) as usize;
    let mut next = vec![0; n_heaps];
    entries.iter().for_each(|it| next[heap(*it)] += 1);
    starts(&mut next, 0);
    for entry in &*entries {
        let place = &mut next[heap(*entry)];
        spare[*place] = *entry;
        *place += 1;
    }
    let mut start = 0;
    for (number, end) in (0..).zip(next) {
        for_each_heap(&mut spare[start..end], &mut entries[start..end], first + number * width, width, f);
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
    use std::collections::BTreeMap;

    use super::*;

    #[test]
    fn each_fingerprint_that_is_there_twice_and_more_lists_its_articles_in_order() {
        let sketch = |prints: &[u32]| Sketch { prints: prints.to_vec(), ..Sketch::default() };
        let own = |n: u32| n.wrapping_mul(0x9e37_79b9);
        let sketches: Vec<Sketch> =
            (0..5000_u32).map(|n| sketch(&[n, 7, u32::MAX, own(n), own(n / 3 * 3), 7])).collect();
        let mut expected: BTreeMap<u32, Vec<u32>> = BTreeMap::new();
        let numbers: Vec<u32> = (0..5000).rev().collect();
        for (number, sketch) in numbers.iter().zip(&sketches).rev() {
            sketch.prints.iter().for_each(|it| expected.entry(*it).or_default().push(*number));
        }
        expected.retain(|_, articles| articles.len() > 1);
        let mut listed = Vec::new();
        let prints = Prints::of(&sketches);
        prints.for_each_repeated(&numbers, |print, articles| listed.push((print, articles.clone())));
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
