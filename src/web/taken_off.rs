//! What was taken off lists last, so that a page can offer to put it back.

use std::{
    collections::VecDeque,
    sync::{Mutex, PoisonError},
};

use crate::archive::TakenOut;

/// So many are kept; what was taken off before is in no reach of a button any more.
const KEPT_MAX: usize = 16;

/// The entries that were taken off last, while the server runs. A list's file has no trace of the
/// notes that went with them.
#[derive(Debug, Default)]
pub(super) struct TakenOff(Mutex<Kept>);

#[derive(Debug, Default)]
struct Kept {
    /// How many there ever were: the number of the last.
    count: usize,
    /// With the list that each was on; the last is the newest.
    entries: VecDeque<(String, TakenOut)>,
}

impl TakenOff {
    /// Keeps an entry of a list, and gives its number, counted from 1.
    pub(super) fn keep(&self, list: &str, taken: TakenOut) -> usize {
        let mut kept = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        kept.count += 1;
        kept.entries.push_back((list.to_owned(), taken));
        if kept.entries.len() > KEPT_MAX {
            kept.entries.pop_front();
        }
        kept.count
    }

    /// The entry of that number, if it was on this list and is still kept.
    pub(super) fn get(&self, list: &str, number: usize) -> Option<TakenOut> {
        let kept = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let back = kept.count.checked_sub(number)?;
        let at = kept.entries.len().checked_sub(back + 1)?;
        kept.entries.get(at).filter(|it| it.0 == list).map(|it| it.1.clone())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_taken_off_last_is_kept_by_number() {
        let taken_off = TakenOff::default();
        let entry = |n: usize| TakenOut { title: format!("Article {n}"), text: String::new(), place: n };
        assert_eq!(taken_off.get("dam", 1), None);
        for n in 1..=KEPT_MAX + 2 {
            assert_eq!(taken_off.keep("dam", entry(n)), n);
        }
        for (list, number, kept) in [
            ("dam", KEPT_MAX + 2, Some(KEPT_MAX + 2)),
            ("dam", 3, Some(3)),
            ("dam", 2, None),
            ("dam", 0, None),
            ("dam", KEPT_MAX + 3, None),
            ("harbor", KEPT_MAX, None),
        ] {
            assert_eq!(taken_off.get(list, number), kept.map(entry), "{list} {number}");
        }
    }
}
