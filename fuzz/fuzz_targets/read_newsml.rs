//! The reader of `newsml`: `cargo fuzz run read_newsml`.
#![no_main]

mod reader;

libfuzzer_sys::fuzz_target!(|data: &[u8]| reader::read("a.xml", BEFORE, data, AFTER));

const BEFORE: &str = r#"<?xml version="1.0"?><NewsML><NewsItem><Identification><NewsIdentifier><DateId>20190303</DateId></NewsIdentifier></Identification><NewsComponent><NewsLines><HeadLine>Harbor opens</HeadLine></NewsLines><ContentItem><DataContent><p>"#;
const AFTER: &str = r#"</p></DataContent></ContentItem></NewsComponent></NewsItem></NewsML>"#;
