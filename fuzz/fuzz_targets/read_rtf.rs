//! The reader of `rtf`: `cargo fuzz run read_rtf`.
#![no_main]

mod reader;

libfuzzer_sys::fuzz_target!(|data: &[u8]| reader::read("a.rtf", BEFORE, data, AFTER));

const BEFORE: &str = r#"{\rtf1\ansi\ansicpg1252\uc1{\fonttbl{\f0 Arial;}}\pard "Hafenblatt" vom 03.03.2019 Seite: 1\par\b Der Hafen\b0\par "#;
const AFTER: &str = r#"\par ________________________________\par }"#;
