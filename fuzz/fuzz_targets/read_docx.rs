//! The reader of DOCX, whose parts are bytes that the fuzzer makes: `cargo fuzz run read_docx`.
#![no_main]

mod reader;

libfuzzer_sys::fuzz_target!(|data: &[u8]| {
    reader::articles("a.docx", data);
    reader::articles("a.docx", &reader::zipped("word/document.xml", data));
    let text = [BEFORE.as_bytes(), data, AFTER.as_bytes()].concat();
    reader::articles("a.docx", &reader::zipped("word/document.xml", &text));
});

const BEFORE: &str = r#"<w:document xmlns:w="w"><w:body><w:p><w:r><w:t>Harbor opens</w:t></w:r></w:p><w:p><w:r><w:t>The Pier Post</w:t></w:r></w:p><w:p><w:r><w:t>March 3, 2019 Sunday</w:t></w:r></w:p><w:p><w:r><w:t>Length: 9 words</w:t></w:r></w:p><w:p><w:r><w:t>Body</w:t></w:r></w:p><w:p>"#;
const AFTER: &str = r#"</w:p><w:p><w:r><w:t>Load-Date: March 4, 2019</w:t></w:r></w:p><w:p><w:r><w:t>End of Document</w:t></w:r></w:p></w:body></w:document>"#;
