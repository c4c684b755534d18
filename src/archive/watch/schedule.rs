//! When to walk the corpus: hints and a clock → the time of the next walk. Pure; times are those
//! since the watch began.

use std::time::Duration;

/// So long nothing must change before changes are read: a program that saves several files, or one
/// in several steps, is done by then.
pub(super) const QUIET: Duration = Duration::from_millis(500);
/// Where changes never end, they are read so long after the first.
pub(super) const LATEST: Duration = Duration::from_secs(10);
/// Events are only a hint: without any, the corpus is walked this often.
pub(super) const WALK: Duration = Duration::from_secs(600);
/// So often the corpus is walked where there are no events.
pub(super) const POLL: Duration = Duration::from_secs(30);
/// So long after another process held the lock it is tried again.
pub(super) const RETRY: Duration = Duration::from_secs(2);
/// Of the time without events, at most a part of so many goes into walks.
const WALK_SHARE: u32 = 10;

/// What is known of changes and walks.
#[derive(Debug)]
pub(super) struct Schedule {
    /// From one walk to the next without hints.
    every: Duration,
    /// The first and the last change since the last walk began.
    changed: Option<(Duration, Duration)>,
    /// When the next walk is due without hints.
    next: Duration,
    /// Nothing is tried before: another process writes.
    not_before: Duration,
}

impl Schedule {
    /// The first walk is due at once, the others after `every`.
    pub(super) fn new(every: Duration) -> Schedule {
        Schedule { every, changed: None, next: Duration::ZERO, not_before: Duration::ZERO }
    }

    /// Changes how often the corpus is walked without hints, from the next walk on.
    pub(super) fn walk_every(&mut self, every: Duration) {
        self.every = every;
    }

    /// Takes a hint that something changed.
    pub(super) fn change(&mut self, at: Duration) {
        let first = self.changed.map_or(at, |it| it.0);
        self.changed = Some((first, at));
    }

    /// When the corpus is to be walked.
    pub(super) fn due(&self) -> Duration {
        let changed = self.changed.map(|(first, last)| (last + QUIET).min(first + LATEST));
        changed.map_or(self.next, |it| it.min(self.next)).max(self.not_before)
    }

    /// A walk begins: it sees all changes up to now.
    pub(super) fn begin(&mut self) {
        self.changed = None;
    }

    /// The walk that began at `began` has ended.
    pub(super) fn end(&mut self, began: Duration, now: Duration) {
        self.next = now + self.every.max((now - began) * WALK_SHARE);
    }

    /// Another process holds the lock: the walk is to be made again.
    pub(super) fn refused(&mut self, now: Duration) {
        self.next = now;
        self.not_before = now + RETRY;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(seconds: f64) -> Duration {
        Duration::from_secs_f64(seconds)
    }

    /// A schedule whose first walk lasted from 0 to 1 s.
    fn walked() -> Schedule {
        let mut schedule = Schedule::new(WALK);
        assert_eq!(schedule.due(), Duration::ZERO, "the first walk is due at once");
        schedule.begin();
        schedule.end(at(0.0), at(1.0));
        schedule
    }

    #[test]
    fn without_hints_the_corpus_is_walked_every_ten_minutes() {
        let mut schedule = walked();
        assert_eq!(schedule.due(), at(601.0));
        schedule.begin();
        schedule.end(at(601.0), at(603.0));
        assert_eq!(schedule.due(), at(1203.0));
    }

    #[test]
    fn a_change_is_read_after_half_a_second_of_quiet() {
        let mut schedule = walked();
        schedule.change(at(20.0));
        assert_eq!(schedule.due(), at(20.5));
        schedule.change(at(20.4));
        assert_eq!(schedule.due(), at(20.9));
    }

    #[test]
    fn changes_that_never_end_are_read_after_ten_seconds() {
        let mut schedule = walked();
        for n in 0..200 {
            schedule.change(at(20.0 + f64::from(n) / 10.0));
            assert!(schedule.due() <= at(30.0));
        }
        assert_eq!(schedule.due(), at(30.0));
    }

    #[test]
    fn a_change_during_a_walk_asks_for_another() {
        let mut schedule = walked();
        schedule.change(at(20.0));
        schedule.begin();
        schedule.change(at(21.0));
        schedule.end(at(20.5), at(22.0));
        assert_eq!(schedule.due(), at(21.5));
    }

    #[test]
    fn a_refused_walk_is_tried_again_and_not_at_once() {
        let mut schedule = walked();
        schedule.change(at(20.0));
        schedule.begin();
        schedule.refused(at(20.5));
        assert_eq!(schedule.due(), at(22.5));
        // Nor is it because of a change.
        schedule.change(at(20.6));
        assert_eq!(schedule.due(), at(22.5));
        schedule.begin();
        schedule.end(at(22.5), at(23.0));
        assert_eq!(schedule.due(), at(623.0));
    }

    #[test]
    fn polling_takes_at_most_a_tenth_of_the_time() {
        let mut schedule = Schedule::new(POLL);
        schedule.begin();
        schedule.end(at(0.0), at(1.0));
        assert_eq!(schedule.due(), at(31.0));
        schedule.begin();
        schedule.end(at(31.0), at(51.0));
        assert_eq!(schedule.due(), at(251.0));
    }
}
