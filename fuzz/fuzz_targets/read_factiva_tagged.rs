//! The reader of `factiva_tagged`: `cargo fuzz run read_factiva_tagged`.
#![no_main]

mod reader;

libfuzzer_sys::fuzz_target!(|data: &[u8]| reader::read("a.txt", BEFORE, data, AFTER));

const BEFORE: &str = r#"HD Harbor opens

BY Ada Lund

WC 9 words

PD 3 March 2019

SN The Pier Post

SC PIER

LA English

CY Copyright 2019

LP

"#;
const AFTER: &str = r#"

AN Document PIER000020190303ef3300001
"#;
