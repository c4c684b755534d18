//! A panic, which no input should cause and damaged index files have been seen to, as an error like
//! others.

use std::{
    any::Any,
    cell::{Cell, RefCell},
    panic::{self, AssertUnwindSafe, Location},
    sync::{Mutex, PoisonError},
};

/// What a panic said, and where in the sources it was.
type Said = (String, String);

/// What was said on a thread that nobody guards: of those that guarded work starts and waits for.
static ELSEWHERE: Mutex<Option<Said>> = Mutex::new(None);

thread_local! {
    /// What was said on this thread.
    static HERE: RefCell<Option<Said>> = const { RefCell::new(None) };
    /// Whether this thread is in [`guarded`].
    static IS_GUARDED: Cell<bool> = const { Cell::new(false) };
}

/// Keeps what panics say for [`guarded`] from now on, rather than to print it.
pub fn record() {
    panic::set_hook(Box::new(|info| {
        let said = text_of(info.payload());
        // That one only says that there was another.
        if said != "a scoped thread panicked" {
            let place = info.location().map(place_of).unwrap_or_default();
            let said = Some((said.replace('\n', " "), place));
            if IS_GUARDED.get() {
                HERE.set(said);
            } else {
                *ELSEWHERE.lock().unwrap_or_else(PoisonError::into_inner) = said;
            }
        }
    }));
}

/// Does some work; if it panics, fails with what the panic said and what to do, in lower case.
///
/// A panic of the engine below means that its files are not what it wrote: it does not verify what
/// it reads.
pub fn guarded<T>(work: impl FnOnce() -> T) -> Result<T, String> {
    let was_guarded = IS_GUARDED.replace(true);
    let done = panic::catch_unwind(AssertUnwindSafe(work));
    IS_GUARDED.set(was_guarded);
    done.map_err(|payload| {
        let elsewhere = || ELSEWHERE.lock().unwrap_or_else(PoisonError::into_inner).take();
        let said = HERE.take().or_else(elsewhere);
        let (said, place) = said.unwrap_or_else(|| (text_of(&*payload), "a place unknown".to_owned()));
        if is_of_engine(&place) {
            return format!(
                "the index is damaged: its files are not what was written ({said}, at {place}); \
                 `morgue ingest --rebuild` makes it anew"
            );
        }
        format!("an error of morgue itself ({said}, at {place}); `morgue check` tells whether the index is damaged")
    })
}

fn text_of(payload: &dyn Any) -> String {
    let text = payload.downcast_ref::<&str>().map(|it| (*it).to_owned());
    text.or_else(|| payload.downcast_ref::<String>().cloned()).unwrap_or_else(|| "no reason given".to_owned())
}

/// A place in the sources by crate and file, without the folders of the machine it was built on.
fn place_of(location: &Location<'_>) -> String {
    format!("{}:{}", below_crates(location.file()), location.line())
}

/// `tantivy-0.27.0/src/core.rs` of the path to that file in the folder where cargo keeps sources.
fn below_crates(file: &str) -> String {
    let parts: Vec<&str> = file.split(['/', '\\']).collect();
    let crates = parts.windows(2).position(|it| it == ["registry", "src"]).map(|at| at + 3);
    let library = parts.iter().position(|it| *it == "library");
    parts[crates.or(library).unwrap_or(0).min(parts.len() - 1)..].join("/")
}

/// Whether the place is in one of the crates that read the files of the index.
fn is_of_engine(place: &str) -> bool {
    const CRATES: [&str; 4] = ["tantivy-", "ownedbytes-", "bitpacking-", "lz4_flex-"];
    CRATES.iter().any(|it| place.starts_with(it))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// All at once, each to its end before any of them is asked what it said.
    #[test]
    fn panics_at_the_same_time_keep_their_own_words() {
        let before = panic::take_hook();
        record();
        let all = std::sync::Barrier::new(8);
        let said: Vec<Result<(), String>> = std::thread::scope(|scope| {
            let panics = |n: usize| {
                let all = &all;
                scope.spawn(move || {
                    guarded(|| {
                        struct Wait<'a>(&'a std::sync::Barrier);
                        impl Drop for Wait<'_> {
                            fn drop(&mut self) {
                                self.0.wait();
                            }
                        }
                        let _wait = Wait(all);
                        panic!("siren {n}");
                    })
                })
            };
            let threads: Vec<_> = (0..8).map(panics).collect();
            threads.into_iter().map(|it| it.join().expect("guarded")).collect()
        });
        let in_other_thread = guarded(|| std::thread::scope(|scope| drop(scope.spawn(|| panic!("siren 8")))));
        panic::set_hook(before);
        for (n, said) in said.into_iter().chain([in_other_thread]).enumerate() {
            let said = said.expect_err("a panic");
            assert!(said.contains(&format!("(siren {n}, at ")), "{n}: {said}");
        }
    }

    #[test]
    fn a_place_is_said_without_the_folders_of_a_machine() {
        for (file, said) in [
            (
                "/a/b/.cargo/registry/src/index.org-19/tantivy-0.27.0/src/core/x.rs",
                "tantivy-0.27.0/src/core/x.rs",
            ),
            (r"C:\u\.cargo\registry\src\index.org-19\tantivy-0.27.0\src\x.rs", "tantivy-0.27.0/src/x.rs"),
            ("/rustc/0123/library/core/src/slice.rs", "library/core/src/slice.rs"),
            ("crates/index/src/embedded/rows.rs", "crates/index/src/embedded/rows.rs"),
        ] {
            assert_eq!(below_crates(file), said);
        }
        assert!(is_of_engine("tantivy-columnar-0.27.0/src/x.rs") && !is_of_engine("crates/index/src/x.rs"));
    }
}
