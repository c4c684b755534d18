//! Decides what format a file has: by its content first, by its name where the content leaves it
//! open.
//!
//! Each reader describes its format in a [`Format`], and `FORMATS` of `mod.rs` is their list. A
//! file that holds no text of a known format is a [`Problem`] that says what it is instead.

use std::io::BufRead;

use super::{
    CustomLayout, Documents, JsonMapping, Problem, ReadRules, container, container::Opened, encoding,
};

/// A format that is read: how people know it, how its files are told, and its reader.
#[derive(Debug)]
pub struct Format {
    /// What people call it: `NITF`.
    pub name: &'static str,
    /// What a file of it is told by, in a few words.
    pub told_by: &'static str,
    /// What of a file becomes one article.
    pub article: &'static str,
    /// The extensions of its files' names, in lower case and without packing; empty where it shares
    /// those of others.
    pub extensions: &'static [&'static str],
    /// Whether a file begins as this format does.
    pub(super) fits: fn(&Start<'_>) -> bool,
    pub(super) read: for<'a> fn(Source<'a>) -> Result<Documents<'a>, Problem>,
}

/// The beginning of a file, as far as a format is told by it.
pub(super) struct Start<'a> {
    /// The first bytes, at most [`container::HEAD_BYTES`].
    pub(super) bytes: &'a [u8],
    /// The same as text, without a byte order mark and white space before it; empty where the bytes
    /// are no text.
    pub(super) text: &'a str,
    /// The first [`START_BYTES`] of the text in lower case.
    pub(super) lower: String,
    /// The name of the root element, without its prefix, when the file is XML; see [`xml_root`].
    pub(super) xml_root: Option<&'a str>,
    /// The extension of the file's name, in lower case and without packing.
    pub(super) extension: String,
    /// Whether this is the whole file.
    pub(super) whole: bool,
}

impl Start<'_> {
    /// Whether the file's name has one of the extensions of the format.
    pub(super) fn is_named(&self, format: &Format) -> bool {
        format.extensions.contains(&self.extension.as_str())
    }
}

/// A file that is about to be read.
pub(super) struct Source<'a> {
    pub(super) stream: Box<dyn BufRead + 'a>,
    /// The mapping of JSON fields for it.
    pub(super) mapping: Option<&'a JsonMapping>,
    /// The user's layout for it, which goes before those that are known.
    pub(super) layout: Option<&'a CustomLayout>,
    /// Whether the user named its format: then no layout of a press database is looked for but
    /// the user's.
    pub(super) is_forced: bool,
    pub(super) rules: &'a ReadRules,
}

impl Source<'_> {
    /// All its bytes, up to [`ReadRules::file_bytes_max`].
    pub(super) fn whole(self) -> Result<container::Whole, Problem> {
        container::read_whole(self.stream, self.rules.file_bytes_max)
    }
}

/// The last extension in lower case, those of packing apart.
fn extension(name: &str) -> String {
    let file = name.rsplit('/').next().unwrap_or(name).to_ascii_lowercase();
    let bare = [".gz", ".zst", ".gzip", ".zstd"].iter().find_map(|it| file.strip_suffix(it)).unwrap_or(&file);
    bare.rsplit_once('.').map(|(_, it)| it.to_owned()).unwrap_or_default()
}

/// Decides which of `formats` a file has, the last of them when it fits no other; the note says
/// when the name promised another.
pub(super) fn detect(
    opened: &Opened<'_>,
    name: &str,
    formats: &[&'static Format],
) -> Result<(&'static Format, Option<String>), Problem> {
    let head = opened.head.as_slice();
    let mut start = Start {
        bytes: head,
        text: "",
        lower: String::new(),
        xml_root: None,
        extension: extension(name),
        whole: opened.whole,
    };
    if let Some(format) = formats.iter().find(|it| (it.fits)(&start)) {
        return Ok((*format, note(&start, format, formats)));
    }
    if let Some(what) = signature(head).map(|it| encrypted(head).unwrap_or(it)) {
        return Err(whole(format!("is {what}")));
    }
    let decoded = head_text(head)?;
    start.text = decoded.trim_start_matches('\u{feff}').trim_start();
    if start.text.is_empty() && opened.whole {
        return Err(whole(if head.is_empty() { "is empty" } else { "is empty but for white space" }));
    }
    start.lower = start.text[..start.text.floor_char_boundary(START_BYTES)].to_ascii_lowercase();
    start.xml_root = xml_root(start.text);
    if let Some(format) = formats.iter().find(|it| (it.fits)(&start)) {
        return Ok((*format, note(&start, format, formats)));
    }
    let is_xml = start.lower.starts_with("<?xml") || start.lower.starts_with("<!doctype");
    let named_xml = ["xml", "rss", "atom", "rdf", "nitf", "newsml"].contains(&start.extension.as_str());
    match start.xml_root {
        Some(root) if is_xml || named_xml => {
            Err(whole(format!("is XML with the root element `{root}`, which is not read yet")))
        }
        None if is_xml => Err(whole("is XML without a root element")),
        _ => match formats.last() {
            Some(format) => Ok((*format, note(&start, format, formats))),
            None => Err(whole("is of no known format")),
        },
    }
}

/// The length of what PHP says before the XML that it writes: `<br /><b>Warning</b>: … on line
/// <b>3</b>`.
pub(super) fn warnings(head: &[u8]) -> usize {
    let start = &head[..head.len().min(START_BYTES)];
    let Some(at) = start.windows(5).position(|it| it == b"<?xml") else { return 0 };
    let before = String::from_utf8_lossy(&start[..at]).to_lowercase();
    let opens = ["<br", "<b>", "php ", "warning:", "notice:", "deprecated:"];
    let is_warning = opens.iter().any(|it| before.trim_start().starts_with(it))
        && ["warning", "notice", "deprecated", "strict standards"].iter().any(|it| before.contains(it))
        && before.contains(" on line ");
    if is_warning { at } else { 0 }
}

/// What is said of a file whose name promised another format than `found`.
fn note(start: &Start<'_>, found: &Format, formats: &[&Format]) -> Option<String> {
    if start.is_named(found) || found.extensions.is_empty() {
        return None;
    }
    let named = formats.iter().find(|it| start.is_named(it))?;
    Some(format!("is named as {} and holds {}, and was read so", named.name, found.name))
}

fn whole(reason: impl Into<String>) -> Problem {
    Problem { place: String::new(), reason: reason.into() }
}

/// The name of the root element, without its prefix, of what begins as XML does: declarations,
/// comments and a document type may stand before it.
fn xml_root(text: &str) -> Option<&str> {
    let mut rest = text;
    loop {
        rest = rest.trim_start();
        let end = if rest.starts_with("<?") {
            rest.find("?>")? + 2
        } else if rest.starts_with("<!--") {
            rest.find("-->")? + 3
        } else if rest.starts_with("<!") {
            end_of_doctype(rest)?
        } else {
            break;
        };
        rest = &rest[end..];
    }
    let name = rest.strip_prefix('<')?;
    let end = name.find(|it: char| it.is_whitespace() || it == '>' || it == '/')?;
    let name = &name[..end];
    let is_name = name.starts_with(|it: char| it.is_alphabetic() || it == '_')
        && name.chars().all(|it| it.is_alphanumeric() || "-_.:".contains(it));
    is_name.then(|| name.rsplit(':').next().unwrap_or(name))
}

/// Where a document type ends, its own declarations in brackets with it.
fn end_of_doctype(text: &str) -> Option<usize> {
    let end = text.find('>')?;
    match text[..end].find('[') {
        Some(_) => {
            let close = text.find("]>").map(|it| it + 2);
            close.or_else(|| Some(text.find(']')? + text[text.find(']')?..].find('>')? + 1))
        }
        None => Some(end + 1),
    }
}

/// What the first bytes of other formats are; some names say what a user might try instead.
const SIGNATURES: &[(&[u8], &str)] = &[
    (b"\x89PNG", "a PNG image, which holds no article"),
    (b"\xff\xd8\xff", "a JPEG image, which holds no article"),
    (b"GIF8", "a GIF image, which holds no article"),
    (b"RIFF", "a RIFF image, sound or film, which holds no article"),
    (b"II*\0", "a TIFF image, which holds no article"),
    (b"MM\0*", "a TIFF image, which holds no article"),
    (b"ID3", "an MP3 recording, which holds no article"),
    (b"OggS", "an Ogg recording, which holds no article"),
    (b"%PDF-", "a PDF document, and those are not read yet"),
    (b"%!PS", "a PostScript document, and those are not read"),
    (b"PK\x03\x04", "a ZIP archive or an office document, and those are not read yet"),
    (b"\xd0\xcf\x11\xe0", "an old office document, and those are not read"),
    (b"WARC/", "a WARC archive, and those are not read yet"),
    (b"\x7fELF", "a program, which holds no article"),
    (b"MZ\x90", "a program, which holds no article"),
    (b"\xca\xfe\xba\xbe", "a program, which holds no article"),
    (b"\0asm", "a program, which holds no article"),
    (b"SQLite format 3", "an SQLite database, and those are not read"),
    (b"\x1f\x8b", "packed twice, and only the outer packing is read"),
    (b"\x28\xb5\x2f\xfd", "packed twice, and only the outer packing is read"),
    (b"BZh", "packed with bzip2, and only gzip and Zstandard are read"),
    (b"\xfd7zXZ", "packed with xz, and only gzip and Zstandard are read"),
    (b"7z\xbc\xaf\x27\x1c", "a 7z archive, and those are not read"),
    (b"Rar!", "a RAR archive, and those are not read"),
];

/// What a document encrypted by Word or another office program is: it lies in the container of the
/// old office formats as a stream of this name, written in UTF-16.
fn encrypted(head: &[u8]) -> Option<&'static str> {
    let name: Vec<u8> = "EncryptedPackage".encode_utf16().flat_map(u16::to_le_bytes).collect();
    let is_encrypted = head.starts_with(b"\xd0\xcf\x11\xe0") && head.windows(name.len()).any(|it| it == name);
    is_encrypted.then_some("an encrypted office document, and those are not read")
}

fn signature(head: &[u8]) -> Option<&'static str> {
    let found = SIGNATURES.iter().find(|(start, _)| head.starts_with(start)).map(|(_, what)| *what);
    // "BZh", "ID3" and "RIFF" could begin a text; the others cannot.
    let ambiguous = [b"BZh".as_slice(), b"ID3", b"RIFF", b"GIF8"].iter().any(|it| head.starts_with(it));
    if ambiguous && !head.iter().take(64).any(|it| *it < 9 || *it >= 0x80) {
        return None;
    }
    if head.get(4..8) == Some(b"ftyp") {
        return Some("a film or a sound recording, which holds no article");
    }
    found
}

/// The head as text, good enough to look at; binary data is a problem.
fn head_text(head: &[u8]) -> Result<String, Problem> {
    let utf_16 = encoding_rs::Encoding::for_bom(head)
        .map(|(encoding, _)| encoding)
        .filter(|it| *it != encoding_rs::UTF_8)
        .or_else(|| encoding::utf_16_without_mark(head));
    if let Some(encoding) = utf_16 {
        return Ok(encoding.decode(head).0.into_owned());
    }
    let zeros = head.iter().filter(|it| **it == 0).count();
    if zeros > 0 {
        return Err(whole("holds zero bytes, so it is no text"));
    }
    let control = head.iter().filter(|it| **it < 0x20 && !b"\t\n\r\x0b\x0c\x1b".contains(it)).count();
    if control * 10 > head.len() {
        return Err(whole("is mostly control characters, so it is no text"));
    }
    Ok(String::from_utf8_lossy(head).into_owned())
}

/// How many bytes are searched for tags and declarations.
const START_BYTES: usize = 4096;

#[cfg(test)]
mod tests {
    use super::*;
    use crate::read::{FORMATS, ReadRules, container};

    fn described(content: &[u8], name: &str) -> String {
        let opened = container::open(content, &ReadRules::default()).expect("plain bytes");
        match detect(&opened, name, FORMATS) {
            Ok((format, None)) => format.name.to_owned(),
            Ok((format, Some(_))) => format!("{}, misnamed", format.name),
            Err(problem) => problem.reason,
        }
    }

    #[test]
    fn content_decides_before_the_name() {
        for (content, name, expected) in [
            ("The mayor resigned.", "a.txt", "plain text"),
            ("The mayor resigned.", "a", "plain text"),
            ("The mayor resigned.", "a.html", "plain text, misnamed"),
            ("The mayor resigned.", "a.json", "plain text, misnamed"),
            ("# The mayor", "a.md", "Markdown"),
            ("# The mayor", "a.md.gz", "Markdown"),
            ("---\ntitle: Mayor\n---\nText", "a.txt", "Markdown, misnamed"),
            ("---\nNo key here\n---\nText", "a.txt", "plain text"),
            ("+++\ntitle = 'Mayor'\n+++\nText", "a", "Markdown"),
            ("<!DOCTYPE html><p>The mayor", "a.txt", "HTML, misnamed"),
            ("\u{feff}\n<HTML lang=en>", "a.html", "HTML"),
            ("<div class=x>", "page", "HTML"),
            ("The <b>mayor</b>", "a.html", "HTML"),
            ("<img src=x> then text", "a.md", "Markdown"),
            ("<?xml version='1.0'?><html xmlns=x>", "a.xml", "HTML"),
            ("<?xml version='1.0'?><!DOCTYPE nitf SYSTEM 'x.dtd'><nitf>", "a.xml", "NITF"),
            ("<NewsML Version='1.2'>", "a.xml", "NewsML 1"),
            ("<n:newsMessage xmlns:n='x'><html>", "a.xml", "NewsML-G2"),
            (
                "<?xml version='1.0'?><clip>",
                "a.xml",
                "is XML with the root element `clip`, which is not read yet",
            ),
            ("{\"title\": 1}", "a.txt", "JSON, misnamed"),
            ("{\"title\": 1}\n{\"title\": 2}\n", "a.json", "JSON lines"),
            ("{\n\"title\": 1}", "a.json", "JSON"),
            ("[{\"title\": 1}]", "a.jsonl", "JSON"),
            ("not json\n{\"title\": 2}", "a.jsonl", "JSON lines"),
            ("[Reuters] The mayor", "a.txt", "plain text"),
            ("<!DOCTYPE lewis SYSTEM \"lewis.dtd\">", "a.sgm", "Reuters SGML"),
            ("", "a.txt", "is empty"),
            (" \n\t\n", "a.txt", "is empty but for white space"),
            ("%PDF-1.7", "a.txt", "is a PDF document, and those are not read yet"),
            ("BZhang said no.", "a.txt", "plain text"),
            ("a\0b", "a.txt", "holds zero bytes, so it is no text"),
            ("\x01\x02\x03abc", "a.txt", "is mostly control characters, so it is no text"),
        ] {
            assert_eq!(described(content.as_bytes(), name), expected, "{content:?} in {name}");
        }
        assert_eq!(described(b"\x89PNG\r\n\x1a\n", "a.txt"), "is a PNG image, which holds no article");
    }
}
