//! Work that is given up: who no longer waits for it asks it to stop, and it looks now and then
//! whether it is asked to.
//!
//! From there it unwinds to [`Stop::run`], letting go what it holds on the way, so that no function
//! between them says a word of it. (rust-analyzer gives up its queries so.) What others will need
//! too is not given up halfway: [`to_the_end`].

use std::{
    cell::RefCell,
    panic::{self, AssertUnwindSafe},
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
    },
};

/// Asks some work to stop. Its clones ask the same work.
#[derive(Clone, Debug, Default)]
pub struct Stop(Arc<AtomicBool>);

/// That some work was given up.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Stopped;

thread_local! {
    /// What may stop the work of this thread.
    static CURRENT: RefCell<Option<Stop>> = const { RefCell::new(None) };
}

impl Stop {
    /// Asks the work to stop, whether it has begun or not.
    pub fn ask(&self) {
        self.0.store(true, Ordering::Relaxed);
    }

    /// Does some work on this thread, until it is done or looks after it was asked to stop.
    ///
    /// A panic of the work goes on.
    pub fn run<T>(&self, work: impl FnOnce() -> T) -> Result<T, Stopped> {
        let done = panic::catch_unwind(AssertUnwindSafe(|| with(Some(self.clone()), work)));
        done.map_err(|payload| match payload.downcast::<Stopped>() {
            Ok(stopped) => *stopped,
            Err(payload) => panic::resume_unwind(payload),
        })
    }
}

/// A place where work may be given up: in loops over what grows with the archive. Costs some
/// nanoseconds; goes on where nobody has asked, and outside of [`Stop::run`].
#[inline]
pub fn look() {
    let is_asked = CURRENT.with_borrow(|it| it.as_ref().is_some_and(|it| it.0.load(Ordering::Relaxed)));
    if is_asked {
        // Without the hook that tells of panics: nothing is wrong.
        panic::resume_unwind(Box::new(Stopped));
    }
}

/// Does a part of some work to its end, since what it makes is kept for others: were it given up
/// each time, nobody would ever have it.
pub fn to_the_end<T>(work: impl FnOnce() -> T) -> T {
    with(None, work)
}

fn with<T>(stop: Option<Stop>, work: impl FnOnce() -> T) -> T {
    struct Before(Option<Stop>);
    impl Drop for Before {
        fn drop(&mut self) {
            CURRENT.set(self.0.take());
        }
    }
    let _before = Before(CURRENT.replace(stop));
    work()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Looks at most `max` times, and asks after `n`; how often it looked.
    fn looks(stop: &Stop, n: usize, max: usize) -> (usize, Result<(), Stopped>) {
        let mut looked = 0;
        let done = stop.run(|| {
            for at in 0..max {
                if at == n {
                    stop.ask();
                }
                look();
                looked += 1;
            }
        });
        (looked, done)
    }

    #[test]
    fn work_is_given_up_where_it_looks_and_what_it_holds_is_let_go() {
        assert_eq!(looks(&Stop::default(), 3, 10), (3, Err(Stopped)));
        assert_eq!(looks(&Stop::default(), 10, 10), (10, Ok(())));
        let (stop, held) = (Stop::default(), Arc::new(()));
        stop.ask();
        let holds = Arc::clone(&held);
        let given_up = stop.run(move || {
            look();
            drop(holds);
        });
        assert_eq!((given_up, Arc::strong_count(&held)), (Err(Stopped), 1));
        look();
        assert_eq!(looks(&stop, 10, 10), (0, Err(Stopped)), "it stays asked");
    }

    #[test]
    fn what_others_need_is_done_to_the_end_and_the_rest_is_given_up() {
        let stop = Stop::default();
        let mut made = Vec::new();
        let given_up = stop.run(|| {
            stop.ask();
            made.push(to_the_end(|| {
                look();
                7
            }));
            look();
            made.push(8);
        });
        assert_eq!((given_up, made), (Err(Stopped), vec![7]));
    }

    #[test]
    fn a_panic_of_the_work_stays_one() {
        let panicked =
            panic::catch_unwind(|| Stop::default().run(|| panic::resume_unwind(Box::new("siren"))));
        assert_eq!(panicked.expect_err("a panic").downcast_ref::<&str>(), Some(&"siren"));
    }
}
