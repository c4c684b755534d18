//! Any text is a list or has faults that are named by line, and what is not changed is printed as
//! it was read. Run: `cargo fuzz run list_parse`.
#![no_main]

use libfuzzer_sys::fuzz_target;
use morgue::list::{List, State};

fuzz_target!(|text: &str| {
    let lines = text.lines().count().max(1);
    match List::parse(text) {
        Err(problems) => {
            assert!(!problems.0.is_empty());
            problems.0.iter().for_each(|it| assert!((1..=lines).contains(&it.line), "{it:?}"));
        }
        Ok(mut list) => {
            assert_eq!(list.print(), text);
            let n = list.entries().count();
            if let Some(entry) = list.entry_mut(n / 2) {
                entry.set_state(State::Read);
                entry.add_note(text);
            }
            list.move_entry(0, n);
            let again = List::parse(&list.print()).expect("what morgue writes it reads");
            assert_eq!(again.entries().count(), n);
        }
    }
});
