//! The reader of `feed`: `cargo fuzz run read_feed`.
#![no_main]

mod reader;

libfuzzer_sys::fuzz_target!(|data: &[u8]| reader::read("a.rss", BEFORE, data, AFTER));

const BEFORE: &str = r#"<rss version="2.0"><channel><title>The Pier Post</title><item><title>Harbor opens</title><pubDate>Sun, 03 Mar 2019 08:00:00 GMT</pubDate><description>"#;
const AFTER: &str = r#"</description></item></channel></rss>"#;
