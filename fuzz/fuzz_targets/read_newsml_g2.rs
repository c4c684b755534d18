//! The reader of `newsml_g2`: `cargo fuzz run read_newsml_g2`.
#![no_main]

mod reader;

libfuzzer_sys::fuzz_target!(|data: &[u8]| reader::read("a.xml", BEFORE, data, AFTER));

const BEFORE: &str = r#"<?xml version="1.0"?><newsItem xmlns="http://iptc.org/std/nar/2006-10-01/"><itemMeta><versionCreated>2019-03-03T08:00:00Z</versionCreated></itemMeta><contentMeta><headline>Harbor opens</headline></contentMeta><contentSet><inlineXML><html xmlns="http://www.w3.org/1999/xhtml"><body><p>"#;
const AFTER: &str = r#"</p></body></html></inlineXML></contentSet></newsItem>"#;
