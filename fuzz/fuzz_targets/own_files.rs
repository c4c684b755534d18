//! Any text is settings, corrections of people or a sidecar, or an error with words. Run: `cargo
//! fuzz run own_files`.
#![no_main]

use libfuzzer_sys::fuzz_target;
use morgue::{archive::Settings, attribute::people::Corrections, extract::sidecar};

fuzz_target!(|text: &str| {
    if let Err(error) = Settings::parse(text) {
        assert!(!error.to_string().is_empty());
    }
    if let Err(error) = Corrections::parse(text) {
        assert!(!error.to_string().is_empty());
    }
    if let Err(problem) = sidecar::parse(text, "a.meta.toml") {
        assert!(!problem.to_string().is_empty());
    }
});
