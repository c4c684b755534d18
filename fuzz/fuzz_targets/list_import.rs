//! Any text is references or an error with its line, whatever format it is taken for. Run: `cargo
//! fuzz run list_import`.
#![no_main]

use libfuzzer_sys::fuzz_target;
use morgue::list::import::{self, ImportFormat};

fuzz_target!(|text: &str| {
    for format in ImportFormat::ALL.iter().copied() {
        match import::read(text, format) {
            Ok(references) => references.iter().for_each(|it| assert!(!it.named().is_empty())),
            Err(error) => assert!((1..=text.lines().count().max(1)).contains(&error.line), "{error}"),
        }
    }
});
