//! Names of articles that survive a rebuild, and that find a moved article again.

use std::{fmt, str::FromStr};

/// The name of an article in its archive: a fingerprint of its words, and one of its place.
///
/// Written `c3f9a1b27d-91e0a2`. The first part is the same wherever the article's file is moved to;
/// the second tells exact copies in several places apart. Both are BLAKE3 digests, cut to 40 and 24
/// bits, together the 64 of a column: of a million articles a few may share the first part, and the
/// second tells them apart; of a thousand exact copies of one text two share both with a
/// probability of 3%.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ArticleId {
    content: u64,
    place: u32,
}

const CONTENT_DIGITS: usize = 10;
const PLACE_DIGITS: usize = 6;
const PLACE_BITS: u32 = 24;

impl ArticleId {
    /// Derives the id from the texts of the passages and the place of the document.
    pub fn of<'a>(texts: impl Iterator<Item = &'a str>, path: &str, ordinal: usize) -> ArticleId {
        let mut content = blake3::Hasher::new();
        for text in texts {
            content.update(text.as_bytes()).update(b"\n");
        }
        let place = blake3::hash(format!("{path}#{ordinal}").as_bytes());
        ArticleId {
            content: leading_bits(content.finalize(), CONTENT_DIGITS),
            place: u32::try_from(leading_bits(place, PLACE_DIGITS)).expect("six digits are 24 bits"),
        }
    }

    /// Both parts as one number, ordered as the ids are.
    pub fn key(self) -> u64 {
        self.content << PLACE_BITS | u64::from(self.place)
    }

    /// The id whose [`ArticleId::key`] it is.
    pub fn from_key(key: u64) -> ArticleId {
        let place = key & ((1 << PLACE_BITS) - 1);
        ArticleId { content: key >> PLACE_BITS, place: place as u32 }
    }

    /// The first part of the id as a number.
    pub fn content(self) -> u64 {
        self.content
    }

    /// The first part of the id, which stands for the words.
    pub fn words(self) -> String {
        format!("{:010x}", self.content)
    }

    /// Whether the two articles have the same words, wherever they lie.
    pub fn same_content(self, other: ArticleId) -> bool {
        self.content == other.content
    }

    /// Whether the two lie in one place, whatever their words; one in 16 million others seems to as
    /// well.
    pub fn same_place(self, other: ArticleId) -> bool {
        self.place == other.place
    }
}

/// The first `digits` hexadecimal digits of the digest, as a number.
fn leading_bits(digest: blake3::Hash, digits: usize) -> u64 {
    let [a, b, c, d, e, f, g, h, ..] = *digest.as_bytes();
    u64::from_be_bytes([a, b, c, d, e, f, g, h]) >> (64 - 4 * digits)
}

impl fmt::Display for ArticleId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:010x}-{:06x}", self.content, self.place)
    }
}

/// The text is no article id.
#[derive(Debug, PartialEq, Eq, thiserror::Error)]
#[error("`{0}` is not an article id")]
pub struct NotAnId(String);

impl FromStr for ArticleId {
    type Err = NotAnId;

    fn from_str(text: &str) -> Result<ArticleId, NotAnId> {
        let parse = || {
            let (content, place) = text.split_once('-')?;
            let digits = |part: &str, n| {
                part.len() == n && part.bytes().all(|it| it.is_ascii_digit() || (b'a'..=b'f').contains(&it))
            };
            (digits(content, CONTENT_DIGITS) && digits(place, PLACE_DIGITS)).then_some(())?;
            Some(ArticleId {
                content: u64::from_str_radix(content, 16).ok()?,
                place: u32::from_str_radix(place, 16).ok()?,
            })
        };
        parse().ok_or_else(|| NotAnId(text.to_owned()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_moved_article_keeps_the_first_part_of_its_id() {
        let here = ArticleId::of(["One.", "Two."].into_iter(), "a/x.txt", 0);
        let there = ArticleId::of(["One.", "Two."].into_iter(), "b/x.txt", 0);
        let other = ArticleId::of(["One. Two."].into_iter(), "a/x.txt", 0);
        assert!(here.same_content(there));
        assert_ne!(here, there);
        assert!(!here.same_content(other) && here.same_place(other) && !here.same_place(there));
    }

    #[test]
    fn what_is_printed_reads_back() {
        let id = ArticleId::of(["One."].into_iter(), "a.txt", 3);
        assert_eq!(id.to_string().parse(), Ok(id));
        for wrong in ["", "-", "c3f9a1b27d", "c3f9a1b27d-91E0a2", "+3f9a1b27d-91e0a2", "c3f9a1b27d-91e0a2 "] {
            assert!(wrong.parse::<ArticleId>().is_err(), "{wrong}");
        }
    }
}
