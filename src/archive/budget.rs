//! How much text workers may hold together, however many they are.

use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};

/// A number of bytes that permits are given out of, in the order in which they are asked for.
#[derive(Clone)]
pub(super) struct Budget(Arc<Shared>);

struct Shared {
    bytes: u64,
    state: Mutex<State>,
    changed: Condvar,
}

#[derive(Default)]
struct State {
    /// Held by all permits together.
    held: u64,
    /// Who asked first is served first, or else a large permit would wait for ever.
    next_ticket: u64,
    serving: u64,
}

/// Bytes of a [`Budget`], given back when it is dropped.
pub(super) struct Permit {
    budget: Budget,
    held: u64,
}

impl Budget {
    pub(super) fn new(bytes: u64) -> Budget {
        Budget(Arc::new(Shared { bytes, state: Mutex::default(), changed: Condvar::new() }))
    }

    /// A permit for nothing yet.
    pub(super) fn permit(&self) -> Permit {
        Permit { budget: self.clone(), held: 0 }
    }

    /// Waits until there is room for `bytes`.
    pub(super) fn take(&self, bytes: u64) -> Permit {
        let mut permit = self.permit();
        permit.exchange(bytes);
        permit
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.0.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Permit {
    /// Gives back what is held and waits until there is room for `bytes`. More than the whole
    /// budget is given when nobody else holds anything.
    pub(super) fn exchange(&mut self, bytes: u64) {
        let Shared { bytes: all, changed, .. } = &*self.budget.0;
        let mut state = self.budget.state();
        state.held -= std::mem::take(&mut self.held);
        let ticket = state.next_ticket;
        state.next_ticket += 1;
        changed.notify_all();
        let waits = |it: &mut State| it.serving != ticket || it.held > 0 && it.held + bytes > *all;
        state = changed.wait_while(state, waits).unwrap_or_else(PoisonError::into_inner);
        state.serving += 1;
        state.held += bytes;
        self.held = bytes;
        changed.notify_all();
    }
}

impl Drop for Permit {
    fn drop(&mut self) {
        self.budget.state().held -= self.held;
        self.budget.0.changed.notify_all();
    }
}

#[cfg(test)]
mod tests {
    use std::sync::atomic::{AtomicU64, Ordering};

    use super::*;

    /// The most that 16 threads hold at once which ask for each of `sizes` in turn.
    fn peak(budget: u64, sizes: &[u64]) -> u64 {
        let budget = Budget::new(budget);
        let (held, peak) = (AtomicU64::new(0), AtomicU64::new(0));
        std::thread::scope(|scope| {
            for first in 0..16 {
                let (budget, held, peak) = (&budget, &held, &peak);
                scope.spawn(move || {
                    let mut permit = budget.permit();
                    for size in sizes.iter().cycle().skip(first).take(100) {
                        permit.exchange(*size);
                        let now = held.fetch_add(*size, Ordering::SeqCst) + size;
                        peak.fetch_max(now, Ordering::SeqCst);
                        std::thread::yield_now();
                        held.fetch_sub(*size, Ordering::SeqCst);
                    }
                });
            }
        });
        assert_eq!(budget.state().held, 0);
        peak.into_inner()
    }

    #[test]
    fn no_more_is_held_than_the_budget_and_a_larger_record_goes_alone() {
        for (budget, sizes, most) in [
            (10, &[3, 4, 5][..], 10),
            (10, &[1], 10),
            (10, &[25], 25),
            (10, &[25, 1, 7], 25),
            (0, &[1], 1),
            (10, &[0], 0),
        ] {
            let peak = peak(budget, sizes);
            assert!(peak <= most, "{sizes:?} of {budget}: {peak}");
        }
    }

    #[test]
    fn a_permit_is_given_back_when_it_is_dropped() {
        let budget = Budget::new(10);
        drop(budget.take(10));
        let mut permit = budget.take(10);
        permit.exchange(4);
        drop(budget.take(6));
    }
}
