//! Reads bytes as a file of one format: as they are, and inside of a sound file of it, so that the
//! fuzzer is past the signature from the start.

use morgue::{
    article::ArticlePlace,
    extract::{self, Context},
    read::{self, ReadRules},
};

/// Reads `data` alone and between `before` and `after`, as files called `name`.
#[allow(dead_code, reason = "for the targets of formats in text")]
pub(crate) fn read(name: &str, before: &str, data: &[u8], after: &str) {
    articles(name, data);
    articles(name, &[before.as_bytes(), data, after.as_bytes()].concat());
}

/// Makes articles of a file; what a reader gives must be blocks with text.
pub(crate) fn articles(name: &str, content: &[u8]) {
    let rules = ReadRules {
        file_bytes_max: 1 << 20,
        record_bytes_max: 1 << 14,
        unpacked_bytes_max: 4 << 20,
        ..ReadRules::default()
    };
    for (ordinal, document) in read::documents(content, name, &rules).enumerate() {
        let Ok(document) = document else { continue };
        assert!(document.blocks.iter().all(|it| !it.text.trim().is_empty()), "a blank block");
        let place = ArticlePlace::record(name, ordinal);
        drop(extract::extract(document, place, &Context::default()));
    }
}

/// A ZIP file (APPNOTE 6.3, sections 4.3.7, 4.3.12 and 4.3.16) with one member, not packed.
#[allow(dead_code, reason = "for the targets of formats in ZIP files")]
pub(crate) fn zipped(member: &str, content: &[u8]) -> Vec<u8> {
    let crc = crc32fast::hash(content).to_le_bytes();
    let size = u32::try_from(content.len()).unwrap_or(u32::MAX).to_le_bytes();
    let length = u16::try_from(member.len()).unwrap_or(u16::MAX).to_le_bytes();
    let described = [&[0; 8][..], &crc, &size, &size, &length, &[0, 0]].concat();
    let mut file = [b"PK\x03\x04\x14\0".as_slice(), &described, member.as_bytes(), content].concat();
    let start = u32::try_from(file.len()).unwrap_or(u32::MAX);
    let directory =
        [b"PK\x01\x02\x14\0\x14\0".as_slice(), &described, &[0; 14], member.as_bytes()].concat();
    let directory_size = u32::try_from(directory.len()).unwrap_or(u32::MAX).to_le_bytes();
    file.extend(directory);
    file.extend([b"PK\x05\x06\0\0\0\0\x01\0\x01\0".as_slice(), &directory_size, &start.to_le_bytes(), &[0, 0]].concat());
    file
}
