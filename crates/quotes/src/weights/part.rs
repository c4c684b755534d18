//! Parts of a feature's name: text with its hash, so that a name is looked up without being joined.

/// A word of a feature's name.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Part<'a> {
    /// As it is written in the weights, but for its case.
    pub text: &'a str,
    hash: u64,
}

impl<'a> Part<'a> {
    /// The part of that text; capitals count as small letters.
    pub(crate) const fn new(text: &'a str) -> Part<'a> {
        Part { text, hash: hash(text.as_bytes()) }
    }
}

/// Where a feature has nothing to name.
pub(crate) const NONE: Part<'static> = Part::new("none");

/// FNV-1a (Fowler, Noll and Vo) of the text in small letters.
const fn hash(text: &[u8]) -> u64 {
    const SEED: u64 = 0xcbf2_9ce4_8422_2325;
    const FACTOR: u64 = 0x0100_0000_01b3;
    let (mut hash, mut at) = (SEED, 0);
    while at < text.len() {
        hash = (hash ^ text[at].to_ascii_lowercase() as u64).wrapping_mul(FACTOR);
        at += 1;
    }
    hash
}

/// A part: of a literal, whose hash is known when the program is built, or one that a variable
/// holds.
macro_rules! part {
    ($text:literal) => {
        const { $crate::weights::Part::new($text) }
    };
    ($part:expr) => {
        $part
    };
}
pub(crate) use part;

/// Calls a function with each feature of a list. A feature is the parts of its name.
macro_rules! features {
    ($take:ident: $([$($part:tt),+])+) => {
        $($take(&[$($crate::weights::part!($part)),+]);)+
    };
}
pub(crate) use features;

/// The key under which the weights of a feature lie: the hashes of its parts, folded in their
/// order.
#[inline]
pub(crate) fn key(parts: &[Part<'_>]) -> u64 {
    parts.iter().fold(0, |key, part| folded(key, part.hash))
}

/// The key of a feature whose whole name is given.
pub(crate) fn key_of(name: &str) -> u64 {
    name.as_bytes().split(|it| *it == SEPARATOR).fold(0, |key, it| folded(key, hash(it)))
}

/// The first part of a name and its other parts.
pub(crate) fn parted(name: &str) -> Option<(&str, &str)> {
    let at = name.bytes().position(|it| it == SEPARATOR)?;
    Some((&name[..at], &name[at + 1..]))
}

/// The name of a feature, as it is written in the weights.
pub(crate) fn name(parts: &[Part<'_>]) -> String {
    let texts: Vec<String> = parts.iter().map(|it| it.text.to_ascii_lowercase()).collect();
    texts.join(&char::from(SEPARATOR).to_string()).replace(['\n', '\r'], " ")
}

/// What stands between the parts of a feature's name.
const SEPARATOR: u8 = b'|';

#[inline]
fn folded(key: u64, hash: u64) -> u64 {
    const FACTOR: u64 = 0x9e37_79b9_7f4a_7c15;
    (key.rotate_left(23) ^ hash).wrapping_mul(FACTOR)
}
