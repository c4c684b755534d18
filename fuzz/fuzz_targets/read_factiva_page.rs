//! The reader of `factiva_page`: `cargo fuzz run read_factiva_page`.
#![no_main]

mod reader;

libfuzzer_sys::fuzz_target!(|data: &[u8]| reader::read("a.html", BEFORE, data, AFTER));

const BEFORE: &str = r#"<html><head><title>Factiva</title></head><body><div class="article enArticle"><div id="hd"><span class="enHeadline">Harbor opens</span></div><div class="author">By Ada Lund</div><div>9 words</div><div>3 March 2019</div><div>The Pier Post</div><div>PIER</div><div>English</div><div>Copyright 2019</div><p class="articleParagraph enarticleParagraph">"#;
const AFTER: &str = r#"</p><p>Document PIER000020190303ef3300001</p></div></body></html>"#;
