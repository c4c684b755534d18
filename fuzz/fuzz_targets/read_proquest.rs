//! The reader of `proquest`: `cargo fuzz run read_proquest`.
#![no_main]

mod reader;

libfuzzer_sys::fuzz_target!(|data: &[u8]| reader::read("a.txt", BEFORE, data, AFTER));

const BEFORE: &str = r#"____________________________________________________________

Document 1 of 1

Harbor opens

Author: Lund, Ada

Publication info: The Pier Post ; Tarnhaven 03 Mar 2019: A1.

http://search.proquest.com/docview/1

Abstract: None available.

Full text: "#;
const AFTER: &str = r#"

Title: Harbor opens

Publication title: The Pier Post

Publication date: Mar 3, 2019

ProQuest document ID: 1

____________________________________________________________
"#;
