//! The reader of `wxr`: `cargo fuzz run read_wxr`.
#![no_main]

mod reader;

libfuzzer_sys::fuzz_target!(|data: &[u8]| reader::read("a.xml", BEFORE, data, AFTER));

const BEFORE: &str = r#"<rss version="2.0" xmlns:wp="http://wordpress.org/export/1.2/"><channel><title>The Pier Post</title><wp:wxr_version>1.2</wp:wxr_version><item><title>Harbor opens</title><wp:post_type>post</wp:post_type><wp:status>publish</wp:status><content:encoded><![CDATA["#;
const AFTER: &str = r#"</content:encoded></item></channel></rss>"#;
