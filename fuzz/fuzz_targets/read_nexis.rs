//! The reader of `nexis`: `cargo fuzz run read_nexis`.
#![no_main]

mod reader;

libfuzzer_sys::fuzz_target!(|data: &[u8]| reader::read("a.txt", BEFORE, data, AFTER));

const BEFORE: &str = r#"1 of 2 DOCUMENTS


The Pier Post

March 3, 2019 Sunday

Harbor opens

BYLINE: Ada Lund

LENGTH: 10 words

"#;
const AFTER: &str = r#"

LOAD-DATE: March 4, 2019

LANGUAGE: ENGLISH

Copyright 2019 Pier Post


2 of 2 DOCUMENTS


The Pier Post

March 5, 2019 Tuesday

Harbor shuts

LENGTH: 9 words

It shut.

LOAD-DATE: March 6, 2019
"#;
