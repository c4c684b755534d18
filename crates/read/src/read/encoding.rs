//! Turns bytes into text: by a byte order mark, as valid UTF-8, as declared, by detection, in this
//! order.
//!
//! Valid UTF-8 comes before what a file declares, since a text in another encoding is hardly ever
//! valid UTF-8, and declarations are often left over from a template.
//!
//! Nothing is lost without being named: an encoding other than UTF-8 and every replaced byte
//! sequence is noted.

use std::{
    cell::Cell,
    io::{self, BufRead, BufReader, Read},
    rc::Rc,
};

use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use encoding_rs::{Encoding, ISO_2022_JP, UTF_8, UTF_16BE, UTF_16LE, WINDOWS_1252};

/// Text, and how it was come by.
pub(super) struct Decoded {
    pub(super) text: String,
    /// Where the text begins in the bytes, when the two agree byte by byte from there on.
    pub(super) offset: Option<usize>,
    pub(super) notes: Vec<String>,
}

/// Decodes a whole file; `declared` is the label of the encoding that the file itself claims.
pub(super) fn decode(bytes: Vec<u8>, declared: Option<&str>) -> Decoded {
    if let Some((encoding, mark)) = Encoding::for_bom(&bytes) {
        return decode_as(encoding, &bytes, mark, "by its byte order mark");
    }
    // A declaration that says UTF-16 was itself read as ASCII, so it is wrong (HTML standard,
    // "prescan").
    let declared = declared
        .and_then(|it| Encoding::for_label(it.as_bytes()))
        .filter(|it| ![UTF_16BE, UTF_16LE].contains(it));
    // Its bytes are all ASCII, and so are valid UTF-8 as well.
    if let Some(encoding) = declared.filter(|it| *it == ISO_2022_JP) {
        return decode_as(encoding, &bytes, 0, "as declared");
    }
    // Latin text in UTF-16 is valid UTF-8 too, with a zero beside each letter.
    if let Some(encoding) = utf_16_without_mark(&bytes) {
        return decode_as(encoding, &bytes, 0, "by its zero bytes");
    }
    let bytes = match String::from_utf8(bytes) {
        Ok(text) => return Decoded { text, offset: Some(0), notes: Vec::new() },
        Err(error) => error.into_bytes(),
    };
    match declared {
        Some(encoding) if encoding != UTF_8 => decode_as(encoding, &bytes, 0, "as declared"),
        _ if mostly_utf_8(&bytes) => decode_as(UTF_8, &bytes, 0, ""),
        _ => {
            let encoding = guess(&bytes);
            decode_as(encoding, &bytes, 0, "by its bytes")
        }
    }
}

/// A stream as UTF-8, whose encoding its first bytes decide in the order of [`decode`].
pub(super) struct Utf8Stream<'a> {
    pub(super) stream: Box<dyn BufRead + 'a>,
    /// Set each time a byte sequence had to be replaced.
    pub(super) replaced: Rc<Cell<bool>>,
    /// Which encoding it was read as, unless it is UTF-8.
    pub(super) note: Option<String>,
}

/// Decodes a stream whose beginning, `head`, is known and stands in it again.
pub(super) fn utf_8_stream<'a>(stream: Box<dyn BufRead + 'a>, head: &[u8]) -> Utf8Stream<'a> {
    let declared = declared_in_markup(head);
    let declared = declared.as_deref().and_then(|it| Encoding::for_label(it.as_bytes()));
    let declared = declared.filter(|it| ![UTF_16BE, UTF_16LE, UTF_8].contains(it));
    // The head may end within a character.
    let sound = std::str::from_utf8(head).map_or_else(|it| it.error_len().is_none(), |_| true);
    let (encoding, how) = match (Encoding::for_bom(head), utf_16_without_mark(head)) {
        (Some((encoding, _)), _) => (encoding, "by its byte order mark"),
        (None, Some(encoding)) => (encoding, "by its zero bytes"),
        // A declaration holds for what comes after a head in ASCII, too.
        (None, None) if sound && !(head.is_ascii() && declared.is_some()) => (UTF_8, ""),
        (None, None) => match declared {
            Some(encoding) => (encoding, "as declared"),
            None if mostly_utf_8(head) => (UTF_8, ""),
            None => (guess(head), "by its bytes"),
        },
    };
    let note = (encoding != UTF_8).then(|| format!("read as {} {how}", encoding.name()));
    let replaced = Rc::new(Cell::new(false));
    let decoder = encoding.new_decoder_with_bom_removal();
    let decoding = Decoding { inner: stream, decoder, replaced: Rc::clone(&replaced), ended: false };
    Utf8Stream { stream: Box::new(BufReader::with_capacity(1 << 16, decoding)), replaced, note }
}

struct Decoding<'a> {
    inner: Box<dyn BufRead + 'a>,
    decoder: encoding_rs::Decoder,
    replaced: Rc<Cell<bool>>,
    ended: bool,
}

impl Read for Decoding<'_> {
    /// `buffer` must have room for a character.
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        while !self.ended {
            let available = self.inner.fill_buf()?;
            let last = available.is_empty();
            let (result, read, written, replaced) = self.decoder.decode_to_utf8(available, buffer, last);
            self.inner.consume(read);
            self.ended = last && result == encoding_rs::CoderResult::InputEmpty;
            if replaced {
                self.replaced.set(true);
            }
            if written > 0 {
                return Ok(written);
            }
        }
        Ok(0)
    }
}

/// UTF-16 in one of its orders, when every other byte of what looks like Latin text is zero.
pub(super) fn utf_16_without_mark(bytes: &[u8]) -> Option<&'static Encoding> {
    let pairs = bytes.chunks_exact(2).take(2_000);
    let count = pairs.len();
    let zeros = |at: usize| pairs.clone().filter(|it| it[at] == 0).count();
    let (first, second) = (zeros(0), zeros(1));
    // Two pairs in three: text with some punctuation of other blocks still passes, binary data with
    // zeros in both halves does not.
    match count {
        0..4 => None,
        _ if second * 3 > count * 2 && first * 20 < count => Some(UTF_16LE),
        _ if first * 3 > count * 2 && second * 20 < count => Some(UTF_16BE),
        _ => None,
    }
}

/// The first `charset=` of a page's head or the encoding of an XML declaration.
pub(super) fn declared_in_markup(head: &[u8]) -> Option<String> {
    // The HTML standard looks at 1024 bytes; many pages put scripts before their `meta`.
    let head = String::from_utf8_lossy(&head[..head.len().min(8 << 10)]).to_ascii_lowercase();
    if let Some(declaration) = head.trim_start().strip_prefix("<?xml")
        && let Some(label) = value_after(declaration.split("?>").next()?, "encoding")
    {
        return Some(label);
    }
    head.match_indices("<meta").find_map(|(at, _)| {
        let tag = head[at..].split('>').next()?;
        value_after(tag, "charset")
    })
}

/// `utf-8` of `charset = "utf-8"`.
fn value_after(text: &str, name: &str) -> Option<String> {
    let rest = text[text.find(name)? + name.len()..].trim_start().strip_prefix('=')?;
    let label = rest.trim_start_matches([' ', '"', '\'']);
    let label: String =
        label.chars().take_while(|it| it.is_ascii_alphanumeric() || "-_:".contains(*it)).collect();
    (!label.is_empty()).then_some(label)
}

fn decode_as(encoding: &'static Encoding, bytes: &[u8], mark: usize, how: &str) -> Decoded {
    let mut notes = Vec::new();
    if encoding == UTF_8
        && let Ok(text) = std::str::from_utf8(&bytes[mark..])
    {
        return Decoded { text: text.to_owned(), offset: Some(mark), notes };
    }
    if encoding != UTF_8 {
        notes.push(format!("read as {} {how}", encoding.name()));
    }
    let (text, replaced) = encoding.decode_without_bom_handling(&bytes[mark..]);
    let text = text.into_owned();
    if replaced {
        // What was U+FFFD in the source counts too; it was lost before.
        let count = text.matches('\u{fffd}').count();
        let (sequences, are, were) =
            if count == 1 { ("sequence", "is", "was") } else { ("sequences", "are", "were") };
        notes
            .push(format!("{count} byte {sequences} {are} no valid {} and {were} replaced", encoding.name()));
    }
    Decoded { text, offset: None, notes }
}

/// Whether the bytes are UTF-8 with some damage, rather than another encoding: more sequences of
/// several bytes are sound than broken.
fn mostly_utf_8(bytes: &[u8]) -> bool {
    let (mut sound, mut broken) = (0_usize, 0_usize);
    for chunk in bytes.utf8_chunks() {
        sound += chunk.valid().bytes().filter(|it| *it >= 0xc0).count();
        broken += usize::from(!chunk.invalid().is_empty());
    }
    sound > 2 * broken
}

/// The encoding that Firefox would guess for an unlabelled page.
fn guess(bytes: &[u8]) -> &'static Encoding {
    let mut detector = EncodingDetector::new(Iso2022JpDetection::Deny);
    detector.feed(bytes, true);
    let guessed = detector.guess(None, Utf8Detection::Deny);
    if guessed == UTF_8 { WINDOWS_1252 } else { guessed }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_encoding_is_recognized_and_named() {
        let utf_16: Vec<u8> = "Zürich and São Paulo".encode_utf16().flat_map(u16::to_le_bytes).collect();
        for (bytes, declared, text, note) in [
            (b"Z\xc3\xbcrich".to_vec(), None, "Zürich", ""),
            (b"\xef\xbb\xbfZ\xc3\xbcrich".to_vec(), Some("iso-8859-1"), "Zürich", ""),
            (
                b"Z\xfcrich said \x93no\x94".to_vec(),
                None,
                "Zürich said “no”",
                "read as windows-1252 by its bytes",
            ),
            (b"Z\xfcrich".to_vec(), Some("iso-8859-1"), "Zürich", "read as windows-1252 as declared"),
            (utf_16, None, "Zürich and São Paulo", "read as UTF-16LE by its zero bytes"),
            (
                b"caf\xc3\xa9 \xc3\xa9t\xc3\xa9 \xff.".to_vec(),
                None,
                "café été \u{fffd}.",
                "1 byte sequence is no valid UTF-8 and was replaced",
            ),
        ] {
            let decoded = decode(bytes, declared);
            assert_eq!((decoded.text.as_str(), decoded.notes.join("; ").as_str()), (text, note));
        }
    }

    #[test]
    fn the_declared_encoding_is_found() {
        for (head, label) in [
            ("<meta charset=\"UTF-8\">", Some("utf-8")),
            (
                "<meta http-equiv=content-type content='text/html; charset=windows-1251'>",
                Some("windows-1251"),
            ),
            ("<?xml version=\"1.0\" encoding='ISO-8859-1'?><html>", Some("iso-8859-1")),
            ("<meta name=description content=x>", None),
        ] {
            assert_eq!(declared_in_markup(head.as_bytes()).as_deref(), label, "{head}");
        }
    }
}
