//! Compares the documents that a file counts with those that it has.

use std::collections::BTreeSet;

use super::super::records;
use super::labels::WORDS_FOR_DOCUMENTS;
use crate::read::sheet::Line;

/// How many documents a cover page lists: `Documents (10)`.
pub(super) fn listed(lines: &[Line]) -> Option<usize> {
    lines.iter().find_map(|line| {
        let (word, count) = line.text.strip_suffix(')')?.split_once(" (")?;
        if WORDS_FOR_DOCUMENTS.contains(&word) { count.parse().ok() } else { None }
    })
}

/// What a file says of its documents, and what it has.
#[derive(Default)]
pub(super) struct Counts {
    /// How many documents the cover lists.
    pub(super) listed: Option<usize>,
    pub(super) records: usize,
    /// The numbers of the current list, `3` of `3 of 10 DOCUMENTS`.
    numbers: BTreeSet<usize>,
    total: usize,
    /// The sum of the totals of the lists before.
    totals: usize,
    lists: usize,
    /// The first ranges of numbers that are missing.
    missing: Vec<(usize, usize)>,
    n_missing: usize,
}

/// More ranges of missing numbers are not named.
const RANGES_MAX: usize = 3;

impl Counts {
    /// Adds a record. Another total, or a number that was there, begins another list.
    pub(super) fn add(&mut self, number: Option<(usize, usize)>) {
        self.records = self.records.saturating_add(1);
        let Some((number, total)) = number else { return };
        if total != self.total || self.numbers.contains(&number) {
            self.end_list();
            self.total = total;
        }
        self.numbers.insert(number);
    }

    fn end_list(&mut self) {
        let numbers = std::mem::take(&mut self.numbers);
        if numbers.is_empty() {
            return;
        }
        self.lists += 1;
        let mut next = 1;
        for number in numbers.into_iter().chain([self.total.saturating_add(1)]) {
            if number > next {
                self.n_missing += 1;
                if self.missing.len() < RANGES_MAX {
                    self.missing.push((next, number - 1));
                }
            }
            next = number.saturating_add(1).max(next);
        }
        self.totals = self.totals.saturating_add(std::mem::take(&mut self.total));
    }

    /// Says what is missing of the documents that the file counts; `None` if nothing is.
    pub(super) fn difference(&mut self) -> Option<String> {
        self.end_list();
        let counted = if self.totals > 0 { Some(self.totals) } else { self.listed };
        let difference = records::difference(self.records, counted?)?;
        // The numbers of several lists would not tell which list they are of.
        if self.lists != 1 || self.missing.is_empty() {
            return Some(difference);
        }
        let ranges = self.missing.iter().map(|(first, last)| match first == last {
            true => first.to_string(),
            false => format!("{first} to {last}"),
        });
        let ranges = ranges.collect::<Vec<_>>().join(", ");
        let others = if self.n_missing > RANGES_MAX { " and others" } else { "" };
        Some(format!("{difference}, without number {ranges}{others}"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_difference_of_counts_is_told() {
        let to_49 = "has 3 of the 49 documents that it counts, without number 4 to 49";
        let late = "has 2 of the 9 documents that it counts, without number 1 to 4, 6, 8 to 9";
        for (numbers, listed, expected) in [
            (&[(1, 3), (2, 3), (3, 3)][..], None, None),
            (&[(1, 49), (2, 49), (3, 49)], None, Some(to_49)),
            (&[(5, 9), (7, 9)], None, Some(late)),
            // Parts of one list in another order.
            (&[(3, 4), (4, 4), (1, 4), (2, 4)], None, None),
            // Two lists.
            (&[(1, 2), (2, 2), (1, 2), (2, 2), (1, 1)], None, None),
            (&[(1, 2), (2, 2), (1, 2)], None, Some("has 3 of the 4 documents that it counts")),
            (&[(1, 1), (2, 1)], None, Some("has 2 documents, and counts 1")),
            (&[], Some(2), Some("has 0 of the 2 documents that it counts")),
            (&[], None, None),
        ] {
            let mut counts = Counts { listed, ..Counts::default() };
            numbers.iter().for_each(|it| counts.add(Some(*it)));
            assert_eq!(counts.difference().as_deref(), expected, "{numbers:?}");
        }
    }
}
