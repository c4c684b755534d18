//! The reader of `json_feed`: `cargo fuzz run read_json_feed`.
#![no_main]

mod reader;

libfuzzer_sys::fuzz_target!(|data: &[u8]| reader::read("a.json", BEFORE, data, AFTER));

const BEFORE: &str = r#"{"version":"https://jsonfeed.org/version/1.1","title":"The Pier Post","items":[{"id":"1","title":"Harbor opens","content_html":"<p>"#;
const AFTER: &str = r#"</p>"}]}"#;
