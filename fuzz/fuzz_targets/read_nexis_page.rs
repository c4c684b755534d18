//! The reader of `nexis_page`: `cargo fuzz run read_nexis_page`.
#![no_main]

mod reader;

libfuzzer_sys::fuzz_target!(|data: &[u8]| reader::read("a.html", BEFORE, data, AFTER));

const BEFORE: &str = r#"<html><body><a name="DOC_ID_0_0"></a><div class="c0"><p class="c1"><span class="c2">1 of 1 DOCUMENT</span></p></div><br><div class="c3"><p class="c1"><span class="c4">The Pier Post</span></p></div><br><div class="c3"><p class="c1"><span class="c4">March</span><span class="c2"> 3, 2019</span></p></div><br><div class="c5"><p class="c6"><span class="c7">Harbor opens</span></p></div><div class="c5"><p class="c6"><span class="c8">BYLINE:</span> Ada Lund</p></div><div class="c5"><p class="c6"><span class="c8">LENGTH:</span> 9 words</p></div><div class="c5"><p class="c9">"#;
const AFTER: &str = r#"</p></div><div class="c5"><p class="c6"><span class="c8">LOAD-DATE:</span> March 4, 2019</p></div></body></html>"#;
