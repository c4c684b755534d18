//! A hash table from keys to rows of weights, written once; a lookup takes one access and no
//! branch.
//!
//! Whether a feature has weights is unpredictable, and a mispredicted branch takes longer than the
//! sum. So no two keys share a slot: the keys of a bucket are displaced together until each has a
//! slot for itself ("hash and displace": Belazzougui, Botelho and Dietzfelbinger, ESA 2009), and a
//! key without weights adds zeros.

/// Numbers of a slot: the weights of a row, zeros, and last what tells its key from others.
const LANES: usize = 8;
/// The first of those that tell the key.
const CHECK: usize = LANES - 2;
/// Keys for each displacement, about.
const BUCKET: usize = 2;

/// Keys with their rows of at most six weights.
#[derive(Clone, Debug)]
pub(crate) struct Table {
    slots: Vec<Slot>,
    /// For each bucket of keys, how far they are displaced.
    displaced: Vec<u16>,
}

/// As wide as a processor adds at once.
#[derive(Clone, Copy, Debug)]
#[repr(align(16))]
struct Slot([i16; LANES]);

/// Sums of rows.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Sums([i16; LANES]);

impl Sums {
    /// The first of them, in hundredths.
    pub(crate) fn row<const N: usize>(self) -> [i16; N] {
        const { assert!(N <= CHECK) };
        std::array::from_fn(|it| self.0[it])
    }
}

impl Table {
    /// A table of these rows; of equal keys the first counts.
    pub(crate) fn new<const N: usize>(rows: &[(u64, [i16; N])]) -> Table {
        const { assert!(N <= CHECK) };
        let n_buckets = (rows.len() / BUCKET + 1).next_power_of_two();
        let mut buckets = in_buckets(rows, n_buckets);
        buckets.sort_by_key(|it| std::cmp::Reverse(it.len()));
        // A third of the slots stay free at least, that displacing ends soon.
        let mut n_slots = (rows.len() * 3 / 2 + 1).next_power_of_two();
        loop {
            if let Some(table) = Table::within(n_slots, n_buckets, &buckets) {
                return table;
            }
            n_slots *= 2;
        }
    }

    /// The table of that many slots, if displacing finds one for each key; the fullest bucket comes
    /// first.
    fn within<const N: usize>(
        n_slots: usize,
        n_buckets: usize,
        buckets: &[Vec<(u64, [i16; N])>],
    ) -> Option<Table> {
        let mut slots = vec![Slot([0; LANES]); n_slots];
        let mut displaced = vec![0; n_buckets];
        let mut taken = vec![false; n_slots];
        for rows in buckets {
            let at = |row: &(u64, [i16; N]), by| slot(row.0, by, n_slots);
            let is_free = |nth: usize, by| {
                let here = at(&rows[nth], by);
                !taken[here] && rows[..nth].iter().all(|it| at(it, by) != here)
            };
            let by = (0..=u16::MAX).find(|by| (0..rows.len()).all(|it| is_free(it, *by)))?;
            for row in rows {
                let here = at(row, by);
                taken[here] = true;
                slots[here].0[..N].copy_from_slice(&row.1);
                slots[here].0[CHECK..].copy_from_slice(&check(row.0));
                displaced[bucket(row.0, n_buckets)] = by;
            }
        }
        Some(Table { slots, displaced })
    }

    /// Adds the row of a key to sums.
    #[inline]
    pub(crate) fn add(&self, key: u64, sums: &mut Sums) {
        let by = self.displaced[bucket(key, self.displaced.len())];
        let Slot(row) = self.slots[slot(key, by, self.slots.len())];
        let [low, high] = check(key);
        let keep = -i16::from((row[CHECK] ^ low) | (row[CHECK + 1] ^ high) == 0);
        for (to, from) in sums.0.iter_mut().zip(row) {
            *to = to.saturating_add(from & keep);
        }
    }
}

/// The rows by their buckets; of equal keys the first.
fn in_buckets<const N: usize>(rows: &[(u64, [i16; N])], n_buckets: usize) -> Vec<Vec<(u64, [i16; N])>> {
    let mut buckets: Vec<Vec<(u64, [i16; N])>> = vec![Vec::new(); n_buckets];
    for (key, row) in rows {
        let bucket = &mut buckets[bucket(*key, n_buckets)];
        if bucket.iter().all(|it| it.0 != *key) {
            bucket.push((*key, *row));
        }
    }
    buckets
}

/// The slot, of `n_slots` (a power of two), of a key displaced by `by`. All bits of a key count, or
/// displacing the keys of a bucket might never end.
#[inline]
fn slot(key: u64, by: u16, n_slots: usize) -> usize {
    let (first, step) = (key >> 24, (key ^ key >> 40) | 1);
    first.wrapping_add(step.wrapping_mul(u64::from(by))) as usize & (n_slots - 1)
}

/// The bucket, of `n_buckets` (a power of two), of a key: by its upper bits, which depend on all of
/// its parts.
#[inline]
fn bucket(key: u64, n_buckets: usize) -> usize {
    (key >> 44) as usize & (n_buckets - 1)
}

/// The part of a key that is compared.
#[inline]
fn check(key: u64) -> [i16; 2] {
    [key as i16, (key >> 16) as i16]
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Numbers without order.
    fn keys(n: u64) -> impl Iterator<Item = u64> {
        (1..=n)
            .map(|it| (it.wrapping_mul(0x9e37_79b9_7f4a_7c15) ^ it >> 3).wrapping_mul(0xbf58_476d_1ce4_e5b9))
    }

    #[test]
    fn each_key_adds_its_row_and_others_add_nothing() {
        for n in [0, 1, 2, 7, 100, 20_000] {
            let rows: Vec<(u64, [i16; 5])> =
                keys(n).zip(1_i16..).map(|(key, it)| (key, [it, -it, 0, 1, it / 2])).collect();
            let table = Table::new(&rows);
            for (key, row) in &rows {
                let mut sums = Sums::default();
                table.add(*key, &mut sums);
                assert_eq!(sums.row::<5>(), *row, "{n}");
                table.add(*key, &mut sums);
                assert_eq!(sums.row::<5>(), row.map(|it| it.saturating_mul(2)), "{n}");
            }
            let others = keys(2 * n + 1000).skip(n as usize);
            let found = others.filter(|it| {
                let mut sums = Sums::default();
                table.add(*it, &mut sums);
                sums.row::<5>() != [0; 5]
            });
            assert_eq!(found.count(), 0);
        }
    }

    #[test]
    fn keys_that_differ_little_find_their_places() {
        let rows: Vec<(u64, [i16; 1])> = (0..1000).map(|it| ((7 << 40) + it * 2, [1])).collect();
        let table = Table::new(&rows);
        assert!(table.slots.len() <= 4096);
        for (key, _) in rows {
            let mut sums = Sums::default();
            table.add(key, &mut sums);
            assert_eq!(sums.row::<1>(), [1]);
        }
    }

    #[test]
    fn of_equal_keys_the_first_counts_and_sums_do_not_run_over() {
        let table = Table::new(&[(7, [i16::MAX]), (7, [1]), (1 << 40, [i16::MIN])]);
        let mut sums = Sums::default();
        table.add(7, &mut sums);
        table.add(7, &mut sums);
        assert_eq!(sums.row::<1>(), [i16::MAX]);
    }
}
