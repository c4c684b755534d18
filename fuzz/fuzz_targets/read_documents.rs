//! Reads any bytes as a file: the first byte picks a name, the rest is the content. Run: `cargo
//! fuzz run read_documents`.
#![no_main]

use libfuzzer_sys::fuzz_target;
use morgue::read::{self, ReadRules};

const NAMES: &[&str] = &["a.txt", "a.md", "a.html", "a.json", "a.jsonl", "a.sgm", "a.txt.gz", "a.txt.zst", "a"];

fuzz_target!(|data: &[u8]| {
    let Some((pick, content)) = data.split_first() else { return };
    let rules = ReadRules {
        file_bytes_max: 1 << 20,
        record_bytes_max: 1 << 12,
        unpacked_bytes_max: 4 << 20,
        ..ReadRules::default()
    };
    for document in read::documents(content, NAMES[usize::from(*pick) % NAMES.len()], &rules).flatten() {
        for block in document.blocks {
            assert!(!block.text.trim().is_empty());
        }
    }
});
