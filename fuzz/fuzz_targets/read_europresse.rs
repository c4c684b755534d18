//! The reader of `europresse`: `cargo fuzz run read_europresse`.
#![no_main]

mod reader;

libfuzzer_sys::fuzz_target!(|data: &[u8]| reader::read("a.html", BEFORE, data, AFTER));

const BEFORE: &str = r#"<!DOCTYPE html><html><body><article><header><span class="DocPublicationName">Le Quai</span><span class="DocHeader">Une, dimanche 3 mars 2019, p. 1</span><p class="titreArticleVisu">Le port ouvre</p></header><section><div class="docOcurrContainer"><p>"#;
const AFTER: &str = r#"</p></div></section><footer>Numéro de document : news·20190303·QU·1</footer></article></body></html>"#;
