//! Keys → rows of weights: a hash table with open addressing that is written once and then only read.

/// Keys with their rows.
#[derive(Clone, Debug)]
pub(in super::super) struct Table<const N: usize> {
    places: Vec<Place<N>>,
    shift: u32,
}

/// A row beside its key, that both come with one cache line.
#[derive(Clone, Copy, Debug)]
struct Place<const N: usize> {
    /// Part of the key; zero where nothing is.
    check: u16,
    row: [i16; N],
}

impl<const N: usize> Table<N> {
    /// A table of these rows, at least half of whose places stay free; of equal keys the first counts.
    pub(in super::super) fn new(rows: &[(u64, [i16; N])]) -> Table<N> {
        let bits = (rows.len() * 2 + 1).next_power_of_two().trailing_zeros().clamp(1, 28);
        let nothing = Place { check: 0, row: [0; N] };
        let mut table = Table { places: vec![nothing; 1 << bits], shift: 64 - bits };
        for (key, row) in rows {
            let mask = table.places.len() - 1;
            let mut at = table.first(*key);
            while table.places[at].check != 0 {
                at = (at + 1) & mask;
            }
            table.places[at] = Place { check: check(*key), row: *row };
        }
        table
    }

    /// Adds the row of a key to sums.
    #[inline]
    pub(in super::super) fn add(&self, key: u64, sums: &mut [i16; N]) {
        let mask = self.places.len() - 1;
        let mut at = self.first(key);
        loop {
            let place = &self.places[at & mask];
            if place.check == check(key) {
                sums.iter_mut().zip(place.row).for_each(|(to, from)| *to = to.saturating_add(from));
                return;
            }
            if place.check == 0 {
                return;
            }
            at += 1;
        }
    }

    /// The place at which the search for a key begins: its uppermost bits, which all of its parts have stirred.
    fn first(&self, key: u64) -> usize {
        (key >> self.shift) as usize
    }
}

/// The part of a key that is compared: bits that do not choose its place, and one that is always set.
fn check(key: u64) -> u16 {
    (key >> 16) as u16 | 1
}
