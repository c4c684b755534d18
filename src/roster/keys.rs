//! Names and blocks as numbers by which they are looked up: the first 64 bits of a digest, so that
//! no two of an archive have the same, by chance or by will.

use crate::{article::SpeakerKind, attribute::people};

/// What a written name is looked up by.
#[derive(Clone, Copy, Debug)]
pub(super) struct NameKeys {
    /// Its block.
    pub block: u64,
    /// Its folded words, in its block.
    pub form: u64,
    /// The form that it would have in the other order.
    pub turned: Option<u64>,
}

impl NameKeys {
    pub(super) fn new(name: &str, kind: SpeakerKind) -> NameKeys {
        let block = people::block_of(name, kind);
        let turned = people::other_order(name, kind);
        NameKeys {
            form: of_form(&block, &people::folded(name, kind)),
            block: of_block(&block),
            turned: turned.map(|(block, folded)| of_form(&block, &folded)),
        }
    }
}

/// The key of a written name.
pub(super) fn of_name(name: &str, kind: SpeakerKind) -> u64 {
    digest(&[name.as_bytes(), &[kind_code(kind)]])
}

/// The key of a block.
pub(super) fn of_block(block: &str) -> u64 {
    digest(&[block.as_bytes()])
}

/// The key of a folded name in its block.
pub(super) fn of_form(block: &str, folded: &str) -> u64 {
    digest(&[block.as_bytes(), b"\n", folded.as_bytes()])
}

/// The number of a kind in rows.
pub(super) fn kind_code(kind: SpeakerKind) -> u8 {
    kind as u8
}

/// The kind of that number.
pub(super) fn kind_from_code(code: u8) -> Option<SpeakerKind> {
    SpeakerKind::ALL.into_iter().find(|it| kind_code(*it) == code)
}

fn digest(parts: &[&[u8]]) -> u64 {
    let mut hasher = blake3::Hasher::new();
    for part in parts {
        hasher.update(part);
    }
    let bytes = *hasher.finalize().as_bytes();
    u64::from_le_bytes([bytes[0], bytes[1], bytes[2], bytes[3], bytes[4], bytes[5], bytes[6], bytes[7]])
}
