//! The weights of features by their names, which the labeler and the ranker sum up.
//!
//! A feature's name is a list of parts, each hashed when the program is built or once a word; a key
//! is folded from them, and a table gives the weights of a key. No name is ever put together while
//! articles are read.

mod part;
mod table;
mod tag;

pub(super) use part::{NONE, Part, features, key, key_of, name, part, parted};
pub(super) use table::{Sums, Table};
pub use tag::TAGS;
pub(super) use tag::{cue_class, ending, tag, tag_at, tag_index};

/// A line of a file of weights: as many numbers as the row has, in hundredths, and the name after
/// them. Lines that begin with `#`, and others that are none, give nothing.
pub(super) fn line<const N: usize>(line: &str) -> Option<([i16; N], &str)> {
    let mut rest = line;
    let mut row = [0; N];
    for weight in &mut row {
        let (number, after) = rest.split_once(' ')?;
        *weight = number.parse().ok()?;
        rest = after;
    }
    Some((row, rest))
}

/// Hundredths as numbers.
pub(super) fn whole<const N: usize>(hundredths: [i16; N]) -> [f32; N] {
    hundredths.map(|it| f32::from(it) / 100.0)
}
