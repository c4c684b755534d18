//! The reader of `factiva_xml`: `cargo fuzz run read_factiva_xml`.
#![no_main]

mod reader;

libfuzzer_sys::fuzz_target!(|data: &[u8]| reader::read("a.xml", BEFORE, data, AFTER));

const BEFORE: &str = r#"<PPSResponse><PPSArticleResponse><article><headline><paragraph>Harbor opens</paragraph></headline><sourceName>The Pier Post</sourceName><publicationDate><date>2019-03-03</date></publicationDate><leadParagraph><paragraph>"#;
const AFTER: &str = r#"</paragraph></leadParagraph></article></PPSArticleResponse></PPSResponse>"#;
