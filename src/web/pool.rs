//! A bounded number of threads answers questions; a bounded number of questions waits.

use std::{
    sync::{
        Arc,
        atomic::{AtomicUsize, Ordering},
    },
    time::Duration,
};

use tokio::sync::Semaphore;

use super::problem::{Problem, ProblemKind};

/// So many questions are answered at a time: a search uses one core, and a newsroom's machine has
/// other work.
const AT_ONCE: usize = 2;

/// So many more wait; who comes then is told to come again.
const WAITING_MAX: usize = 64;

/// A question that takes longer is answered by a problem. Its thread is not free before it ends.
const TIME_MAX: Duration = Duration::from_secs(2);

/// Runs questions.
#[derive(Clone)]
pub(super) struct Pool {
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
    pub(super) fn new() -> Pool {
        Pool { free: Arc::new(Semaphore::new(AT_ONCE)), waiting: Arc::default() }
    }

    /// Answers a question on a thread of the pool. Fails with [`ProblemKind::Busy`] when too many
    /// wait, with [`ProblemKind::QueryTooCostly`] when it takes too long, and with
    /// [`ProblemKind::Internal`] when it panics.
    pub(super) async fn ask<T: Send + 'static>(
        &self,
        question: impl FnOnce() -> T + Send + 'static,
    ) -> Result<T, Problem> {
        let waiting = Waiting(self.waiting.clone());
        if self.waiting.fetch_add(1, Ordering::AcqRel) >= WAITING_MAX {
            return Err(Problem::new(
                ProblemKind::Busy,
                format!("{WAITING_MAX} searches are waiting already; try again in a second"),
            ));
        }
        let internal = |detail: &str| Problem::new(ProblemKind::Internal, detail);
        let permit = self.free.clone().acquire_owned().await;
        let permit = permit.map_err(|_| internal("the server is shutting down"))?;
        drop(waiting);
        let answer = tokio::task::spawn_blocking(move || {
            let answer = question();
            drop(permit);
            answer
        });
        match tokio::time::timeout(TIME_MAX, answer).await {
            Ok(Ok(answer)) => Ok(answer),
            Ok(Err(_)) => Err(internal("the page could not be made; the terminal says why")),
            Err(_) => Err(Problem::new(
                ProblemKind::QueryTooCostly,
                format!("it took longer than {} seconds; ask for less", TIME_MAX.as_secs()),
            )),
        }
    }
}
