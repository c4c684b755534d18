//! Parts of a feature's name: text with its hash, so that a name need never be put together to be looked up.

/// A word of a feature's name.
#[derive(Clone, Copy, Debug)]
pub(super) struct Part<'a> {
    /// As it is written in the weights, but for its case.
    pub(super) text: &'a str,
    hash: u64,
}

impl<'a> Part<'a> {
    /// The part of that text; capitals count as small letters.
    pub(super) const fn new(text: &'a str) -> Part<'a> {
        const SEED: u64 = 0xcbf2_9ce4_8422_2325;
        const FACTOR: u64 = 0x0100_0000_01b3;
        let bytes = text.as_bytes();
        let (mut hash, mut at) = (SEED, 0);
        while at < bytes.len() {
            hash = (hash ^ bytes[at].to_ascii_lowercase() as u64).wrapping_mul(FACTOR);
            at += 1;
        }
        Part { text, hash }
    }
}

/// The key under which the weights of a feature lie: FNV-1a of each part (Fowler, Noll and Vo), folded in their order.
#[inline]
pub(super) fn key(parts: &[Part<'_>]) -> u64 {
    parts.iter().fold(0, |key, part| folded(key, part.hash))
}

/// The key of a feature whose whole name is given.
pub(super) fn key_of(name: &str) -> u64 {
    name.split(SEPARATOR).fold(0, |key, text| folded(key, Part::new(text).hash))
}

/// What stands between the parts of a feature's name.
pub(super) const SEPARATOR: char = '|';

#[inline]
fn folded(key: u64, hash: u64) -> u64 {
    const FACTOR: u64 = 0x9e37_79b9_7f4a_7c15;
    (key.rotate_left(23) ^ hash).wrapping_mul(FACTOR)
}
