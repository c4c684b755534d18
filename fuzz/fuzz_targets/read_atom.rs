//! The reader of `atom`: `cargo fuzz run read_atom`.
#![no_main]

mod reader;

libfuzzer_sys::fuzz_target!(|data: &[u8]| reader::read("a.atom", BEFORE, data, AFTER));

const BEFORE: &str = r#"<feed xmlns="http://www.w3.org/2005/Atom"><title>The Pier Post</title><entry><title>Harbor opens</title><updated>2019-03-03T08:00:00Z</updated><content type="xhtml"><div>"#;
const AFTER: &str = r#"</div></content></entry></feed>"#;
