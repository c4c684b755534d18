//! The reader of `nitf`: `cargo fuzz run read_nitf`.
#![no_main]

mod reader;

libfuzzer_sys::fuzz_target!(|data: &[u8]| reader::read("a.xml", BEFORE, data, AFTER));

const BEFORE: &str = r#"<?xml version="1.0"?><nitf><head><title>Harbor</title><docdata><date.issue norm="20190303"/></docdata></head><body><body.head><hedline><hl1>Harbor opens</hl1></hedline><byline>By Ada Lund</byline></body.head><body.content><p>"#;
const AFTER: &str = r#"</p></body.content></body></nitf>"#;
