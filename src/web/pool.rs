//! A bounded number of threads answers questions; a bounded number of questions waits.

use std::{
    sync::{
        Arc,
        atomic::{AtomicUsize, Ordering},
    },
    time::Duration,
};

use tokio::sync::Semaphore;

use crate::system::{
    panics,
    stop::{Stop, Stopped},
};

use super::problem::{Problem, ProblemKind};

/// What a pool may do.
#[derive(Clone, Copy, Debug)]
pub(super) struct PoolLimits {
    /// How many questions are answered at a time: a search uses one core, and a newsroom's machine
    /// has other work.
    pub(super) at_once: usize,
    /// How many more wait; who comes then is told to come again.
    pub(super) waiting_max: usize,
    /// How long one waits before it is told to come again.
    pub(super) wait_time_max: Duration,
    /// A question that takes longer is answered by a problem, and given up: its thread is free when
    /// it next looks.
    pub(super) time_max: Duration,
    /// Whether a question is given up as well when nobody waits for the answer any more.
    pub(super) is_left: bool,
}

impl Default for PoolLimits {
    fn default() -> PoolLimits {
        PoolLimits {
            at_once: 2,
            waiting_max: 64,
            wait_time_max: Duration::from_secs(10),
            time_max: Duration::from_secs(2),
            is_left: true,
        }
    }
}

impl PoolLimits {
    /// For forms, which change something: one at a time, since each takes the lock of the lists,
    /// and longer than that is waited for, so that what is said of it is true. They keep no search
    /// from its thread. Who sends one and goes on to another page wants it done.
    pub(super) fn for_forms() -> PoolLimits {
        PoolLimits {
            at_once: 1,
            wait_time_max: Duration::from_secs(20),
            time_max: Duration::from_secs(20),
            is_left: false,
            ..PoolLimits::default()
        }
    }
}

/// Gives a question up when it goes: its time is over, or who asked has gone.
struct Asker {
    stop: Stop,
    gives_up: bool,
}

impl Drop for Asker {
    fn drop(&mut self) {
        if self.gives_up {
            self.stop.ask();
        }
    }
}

/// Runs questions.
#[derive(Clone)]
pub(super) struct Pool {
    limits: PoolLimits,
    free: Arc<Semaphore>,
    waiting: Arc<AtomicUsize>,
}

/// Counts one who waits, as long as it lives.
struct Waiting(Arc<AtomicUsize>);

impl Drop for Waiting {
    fn drop(&mut self) {
        self.0.fetch_sub(1, Ordering::AcqRel);
    }
}

impl Pool {
    /// A pool with nothing to do.
    pub(super) fn new(limits: PoolLimits) -> Pool {
        Pool { limits, free: Arc::new(Semaphore::new(limits.at_once)), waiting: Arc::default() }
    }

    /// Answers a question on a thread of the pool. Fails with [`ProblemKind::Busy`] when too many
    /// wait or one waits too long, with [`ProblemKind::QueryTooCostly`] when it takes too long, and
    /// with [`ProblemKind::Internal`] when it panics.
    pub(super) async fn ask<T: Send + 'static>(
        &self,
        question: impl FnOnce() -> T + Send + 'static,
    ) -> Result<T, Problem> {
        let PoolLimits { waiting_max, wait_time_max, time_max, is_left, .. } = self.limits;
        let permit = match self.free.clone().try_acquire_owned() {
            Ok(permit) => permit,
            Err(_) => {
                let waiting = Waiting(self.waiting.clone());
                if self.waiting.fetch_add(1, Ordering::AcqRel) >= waiting_max {
                    return Err(busy(&format!("{waiting_max} searches are waiting already")));
                }
                let permit = tokio::time::timeout(wait_time_max, self.free.clone().acquire_owned()).await;
                drop(waiting);
                let permit = permit.map_err(|_| busy("other searches take long"))?;
                permit.map_err(|_| Problem::new(ProblemKind::Internal, "the server is shutting down"))?
            }
        };
        let stop = Stop::default();
        let asker = Asker { stop: stop.clone(), gives_up: is_left };
        let answer = tokio::task::spawn_blocking(move || {
            let answer = panics::guarded(|| stop.run(question));
            drop(permit);
            answer
        });
        match tokio::time::timeout(time_max, answer).await {
            Ok(Ok(Ok(Ok(answer)))) => Ok(answer),
            Ok(Ok(Ok(Err(Stopped)))) => Err(Problem::new(ProblemKind::Internal, "it was given up")),
            Ok(Ok(Err(why))) => Err(Problem::new(ProblemKind::Internal, why)),
            Ok(Err(_)) => Err(Problem::new(ProblemKind::Internal, "the server is shutting down")),
            Err(_) => {
                asker.stop.ask();
                Err(Problem::new(
                    ProblemKind::QueryTooCostly,
                    format!("it took longer than {} seconds; ask for less", time_max.as_secs_f32()),
                ))
            }
        }
    }
}

fn busy(why: &str) -> Problem {
    Problem::new(ProblemKind::Busy, format!("{why}; try again in a second"))
}

#[cfg(test)]
mod tests {
    use std::sync::mpsc;

    use super::*;
    use crate::system::stop;

    const PATIENT: PoolLimits = PoolLimits {
        at_once: 1,
        waiting_max: 2,
        wait_time_max: Duration::from_secs(600),
        time_max: Duration::from_secs(600),
        is_left: true,
    };

    fn run<T>(test: impl Future<Output = T>) -> T {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_time().build().expect("threads");
        runtime.block_on(test)
    }

    fn kind<T>(asked: Result<T, Problem>) -> Option<ProblemKind> {
        asked.err().map(|it| it.kind)
    }

    #[test]
    fn who_comes_to_a_full_queue_is_told_to_come_again_and_all_others_are_answered() {
        run(async {
            let pool = Pool::new(PATIENT);
            let (go, gone) = mpsc::channel::<()>();
            let gone = Arc::new(std::sync::Mutex::new(gone));
            let ask = |n: usize| {
                let (pool, gone) = (pool.clone(), gone.clone());
                tokio::spawn(async move {
                    let wait = move || gone.lock().expect("free").recv().map(|()| n);
                    pool.ask(wait).await
                })
            };
            let asked: Vec<_> = (0..3).map(ask).collect();
            // One is being answered and two wait as soon as all three have begun.
            while pool.waiting.load(Ordering::Acquire) < 2 {
                tokio::task::yield_now().await;
            }
            assert_eq!(kind(pool.ask(|| 0).await), Some(ProblemKind::Busy));
            (0..3).for_each(|_| go.send(()).expect("somebody waits"));
            for (n, it) in asked.into_iter().enumerate() {
                assert_eq!(it.await.expect("no panic").ok(), Some(Ok(n)));
            }
            assert_eq!(pool.ask(|| 7).await.ok(), Some(7), "and the queue is free again");
        });
    }

    #[test]
    fn a_question_that_does_not_end_is_given_up_and_nobody_waits_for_ever() {
        run(async {
            let short = Duration::from_millis(10);
            let pool = Pool::new(PoolLimits { wait_time_max: short, time_max: short, ..PATIENT });
            let (go, gone) = mpsc::channel::<()>();
            let endless = pool.ask(move || gone.recv().is_ok()).await;
            assert_eq!(kind(endless), Some(ProblemKind::QueryTooCostly));
            assert_eq!(kind(pool.ask(|| ()).await), Some(ProblemKind::Busy), "its thread is not free yet");
            drop(go);
            while pool.free.available_permits() == 0 {
                tokio::task::yield_now().await;
            }
            // The same threads, for who has more time.
            let pool = Pool { limits: PATIENT, ..pool };
            assert_eq!(pool.ask(|| 7).await.ok(), Some(7), "its thread is free again");
        });
    }

    /// Looks until it is given up.
    fn endless() -> usize {
        loop {
            std::thread::yield_now();
            stop::look();
        }
    }

    #[test]
    fn a_question_that_is_given_up_leaves_its_thread_to_the_next() {
        run(async {
            let pool = Pool::new(PoolLimits { time_max: Duration::from_millis(10), ..PATIENT });
            assert_eq!(kind(pool.ask(endless).await), Some(ProblemKind::QueryTooCostly));
            // Were the thread not free, this would wait for ten minutes.
            let pool = Pool { limits: PATIENT, ..pool };
            assert_eq!(pool.ask(|| 7).await.ok(), Some(7));
            // Who asked hangs up.
            let asked = tokio::time::timeout(Duration::from_millis(10), pool.ask(endless)).await;
            assert!(asked.is_err(), "nobody waits any longer");
            assert_eq!(pool.ask(|| 8).await.ok(), Some(8));
        });
    }

    #[test]
    fn a_form_is_done_though_who_sent_it_has_gone_on() {
        run(async {
            let pool = Pool::new(PoolLimits { is_left: false, ..PATIENT });
            let (go, gone) = mpsc::channel::<()>();
            let (done, is_done) = mpsc::channel();
            let form = pool.ask(move || {
                let _ = gone.recv();
                stop::look();
                done.send(7)
            });
            assert!(tokio::time::timeout(Duration::from_millis(10), form).await.is_err());
            drop(go);
            assert_eq!(is_done.recv(), Ok(7));
        });
    }

    #[test]
    fn a_question_that_panics_is_a_problem_and_the_next_is_answered() {
        run(async {
            let pool = Pool::new(PATIENT);
            for _ in 0..3 {
                let panicked = pool.ask::<()>(|| panic!("no such siren")).await;
                let problem = panicked.expect_err("a problem");
                assert_eq!(problem.kind, ProblemKind::Internal);
                assert!(problem.detail.contains("no such siren"), "{}", problem.detail);
            }
            assert_eq!(pool.ask(|| 7).await.ok(), Some(7));
        });
    }
}
