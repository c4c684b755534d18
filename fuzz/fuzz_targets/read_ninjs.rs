//! The reader of `ninjs`: `cargo fuzz run read_ninjs`.
#![no_main]

mod reader;

libfuzzer_sys::fuzz_target!(|data: &[u8]| reader::read("a.json", BEFORE, data, AFTER));

const BEFORE: &str = r#"{"uri":"urn:a","type":"text","versioncreated":"2019-03-03T08:00:00Z","headline":"Harbor opens","body_xhtml":"<p>"#;
const AFTER: &str = r#"</p>"}"#;
