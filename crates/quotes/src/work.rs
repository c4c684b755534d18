//! Counts steps in tests, which tell by them that work grows with the text and no faster. In the
//! program it does nothing.

#[cfg(test)]
thread_local! {
    static STEPS: std::cell::Cell<u64> = const { std::cell::Cell::new(0) };
}

/// Notes a step: a look at a token, a draft, a mention or a speaker.
#[inline]
pub(crate) fn step() {
    #[cfg(test)]
    STEPS.with(|it| it.set(it.get() + 1));
}

/// How many steps `run` takes.
#[cfg(test)]
pub(crate) fn steps(run: impl FnOnce()) -> u64 {
    let before = STEPS.with(std::cell::Cell::get);
    run();
    STEPS.with(std::cell::Cell::get) - before
}
