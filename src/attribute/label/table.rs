//! Keys → rows of weights: a hash table with open addressing that is written once and then only read, most often in vain.

use super::Weights;

/// Keys with their rows.
#[derive(Clone, Debug, Default)]
pub(super) struct Table {
    /// For each place, part of the key there and one more than the number of its row; zero where nothing is.
    places: Vec<(u32, u32)>,
    rows: Vec<Weights>,
    shift: u32,
}

impl Table {
    /// A table of these rows, less than half of whose places are taken; of equal keys the first counts.
    pub(super) fn new(rows: &[(u64, Weights)]) -> Table {
        let bits = (rows.len() * 2 + 1).next_power_of_two().trailing_zeros().clamp(1, 31);
        let mut table = Table { places: vec![(0, 0); 1 << bits], rows: Vec::new(), shift: 64 - bits };
        for (key, row) in rows {
            let mask = table.places.len() - 1;
            let mut at = table.first(*key);
            while table.places[at].1 != 0 {
                at = (at + 1) & mask;
            }
            table.rows.push(*row);
            table.places[at] = (check(*key), u32::try_from(table.rows.len()).unwrap_or(0));
        }
        table
    }

    /// The row of a key.
    #[inline]
    pub(super) fn get(&self, key: u64) -> Option<&Weights> {
        let mask = self.places.len().checked_sub(1)?;
        let mut at = self.first(key);
        loop {
            let (found, row) = self.places[at];
            if row == 0 {
                return None;
            }
            if found == check(key) {
                return self.rows.get(row as usize - 1);
            }
            at = (at + 1) & mask;
        }
    }

    /// The place at which the search for a key begins: its uppermost bits, which all of its parts have stirred.
    fn first(&self, key: u64) -> usize {
        (key >> self.shift) as usize
    }
}

/// The part of a key that is compared: thirty-two bits that do not choose its place.
fn check(key: u64) -> u32 {
    (key >> 8) as u32
}
