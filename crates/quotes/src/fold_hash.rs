//! A hash for the short words of a lexicon: fast, the same on every run, and never fed by an adversary's keys
//! (only lexicon words are ever inserted).

use std::hash::Hasher;

/// Multiplies and rotates eight bytes at a time, after the hash of the Firefox and rustc sources (`FxHasher`).
#[derive(Default)]
pub(crate) struct FoldHasher {
    state: u64,
}

const FACTOR: u64 = 0x517c_c1b7_2722_0a95;

impl FoldHasher {
    fn add(&mut self, word: u64) {
        self.state = (self.state.rotate_left(5) ^ word).wrapping_mul(FACTOR);
    }
}

impl Hasher for FoldHasher {
    fn write(&mut self, bytes: &[u8]) {
        for chunk in bytes.chunks(8) {
            let mut word = [0; 8];
            for (to, from) in word.iter_mut().zip(chunk) {
                *to = *from;
            }
            self.add(u64::from_le_bytes(word));
        }
    }

    fn write_u128(&mut self, number: u128) {
        self.add(number as u64);
        self.add((number >> 64) as u64);
    }

    fn write_u8(&mut self, byte: u8) {
        self.add(u64::from(byte));
    }

    fn finish(&self) -> u64 {
        self.state
    }
}
