//! Decides what format a file has: by its content first, by its name where the content leaves it
//! open.
//!
//! A file that holds no text of a known format is a [`Problem`] that says what it is instead.

use super::{Problem, container::Opened, encoding};

/// The formats that can be read, one arm per reader.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Format {
    /// Paragraphs of plain text: `text.rs`.
    Text,
    /// Markdown, with front matter or without: `markdown.rs`.
    Markdown,
    /// A web page: `html.rs`.
    Html,
    /// One JSON value, or several after each other: `json.rs`.
    Json,
    /// A JSON value a line: `json.rs`.
    JsonLines,
    /// Reuters-21578 and its like: `reuters.rs`.
    Reuters,
    /// The SGML of TREC's news collections: `trec.rs`.
    Trec,
}

impl Format {
    fn name(self) -> &'static str {
        match self {
            Format::Text => "plain text",
            Format::Markdown => "Markdown",
            Format::Html => "HTML",
            Format::Json => "JSON",
            Format::JsonLines => "JSON lines",
            Format::Reuters => "Reuters SGML",
            Format::Trec => "TREC SGML",
        }
    }

    /// The format that a name promises, whatever it is packed in.
    fn of_name(name: &str) -> Option<Format> {
        match extension(name).as_str() {
            "txt" | "text" => Some(Format::Text),
            "md" | "markdown" | "mdown" | "mkd" => Some(Format::Markdown),
            "html" | "htm" | "xhtml" | "shtml" => Some(Format::Html),
            "json" => Some(Format::Json),
            "jsonl" | "ndjson" | "jsonlines" => Some(Format::JsonLines),
            "sgm" | "sgml" => Some(Format::Reuters),
            _ => None,
        }
    }
}

/// The last extension in lower case, those of packing apart.
fn extension(name: &str) -> String {
    let file = name.rsplit('/').next().unwrap_or(name).to_ascii_lowercase();
    let bare = [".gz", ".zst", ".gzip", ".zstd"].iter().find_map(|it| file.strip_suffix(it)).unwrap_or(&file);
    bare.rsplit_once('.').map(|(_, it)| it.to_owned()).unwrap_or_default()
}

/// Decides the format; the note says when the name promised another.
pub(super) fn detect(opened: &Opened<'_>, name: &str) -> Result<(Format, Option<String>), Problem> {
    let head = opened.head.as_slice();
    if let Some(what) = signature(head) {
        return Err(whole(format!("is {what}")));
    }
    let text = head_text(head)?;
    let text = text.trim_start_matches('\u{feff}').trim_start();
    if text.is_empty() && opened.whole {
        return Err(whole(if head.is_empty() { "is empty" } else { "is empty but for white space" }));
    }
    let named = Format::of_name(name);
    let format = of_content(text, named, opened.whole)?;
    let format = format.unwrap_or(match named {
        Some(Format::Markdown) => Format::Markdown,
        _ => Format::Text,
    });
    let kin = matches!((named, format), (Some(Format::Json), Format::JsonLines))
        || matches!((named, format), (Some(Format::JsonLines), Format::Json));
    // Both kinds of SGML end in `.sgml`.
    let kin = kin || (named, format) == (Some(Format::Reuters), Format::Trec);
    let note = named
        .filter(|it| *it != format && !kin)
        .map(|it| format!("is named as {} and holds {}, and was read so", it.name(), format.name()));
    Ok((format, note))
}

fn whole(reason: impl Into<String>) -> Problem {
    Problem { place: String::new(), reason: reason.into() }
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
    (b"{\\rtf", "an RTF document, and those are not read yet"),
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

/// Tags and declarations are looked for in so many bytes.
const START_BYTES: usize = 4096;

/// What the content says; `None` leaves it to the name.
fn of_content(text: &str, named: Option<Format>, all: bool) -> Result<Option<Format>, Problem> {
    let start = text[..text.floor_char_boundary(START_BYTES)].to_ascii_lowercase();
    if start.starts_with("<!doctype lewis") || start.starts_with("<reuters ") {
        return Ok(Some(Format::Reuters));
    }
    if start.starts_with("<doc>") && start.contains("<docno>") {
        return Ok(Some(Format::Trec));
    }
    if start.starts_with("<?xml") || start.starts_with("<!doctype") {
        return markup(&start, named);
    }
    if starts_with_tag(&start) && (named != Some(Format::Markdown) || start.starts_with("<html")) {
        return Ok(Some(Format::Html));
    }
    if let Some(format) = json(text, named, all) {
        return Ok(Some(format));
    }
    if front_matter(text) {
        return Ok(Some(Format::Markdown));
    }
    let tagged = named == Some(Format::Html) && HTML_TAGS.iter().any(|it| has_tag(&start, it));
    Ok(tagged.then_some(Format::Html))
}

/// HTML, or XML of a kind that is not read.
fn markup(start: &str, named: Option<Format>) -> Result<Option<Format>, Problem> {
    if start.contains("<html") || start.starts_with("<!doctype html") || named == Some(Format::Html) {
        return Ok(Some(Format::Html));
    }
    let root = start
        .split('<')
        .find(|it| it.starts_with(|c: char| c.is_ascii_alphabetic()))
        .map(|it| it.chars().take_while(|c| c.is_alphanumeric() || "-_:".contains(*c)).collect::<String>());
    let what = root.map_or_else(|| "XML".to_owned(), |it| format!("XML with the root element `{it}`"));
    Err(whole(format!("is {what}, which is not read yet")))
}

/// Elements that begin a page or a piece of one.
const HTML_TAGS: &[&str] = &[
    "html", "head", "body", "title", "meta", "link", "script", "style", "div", "article", "main", "section",
    "header", "p", "h1", "h2", "table", "span", "br", "a", "ul", "ol", "figure", "img", "b", "i", "em",
    "strong", "font", "center",
];

fn starts_with_tag(start: &str) -> bool {
    start.starts_with("<!--") || HTML_TAGS.iter().any(|it| is_tag(start, it))
}

fn has_tag(text: &str, name: &str) -> bool {
    text.match_indices('<').any(|(at, _)| is_tag(&text[at..], name))
}

/// Whether `text` begins with `<name>` or `<name …`.
fn is_tag(text: &str, name: &str) -> bool {
    text.strip_prefix('<')
        .and_then(|it| it.strip_prefix(name))
        .is_some_and(|it| it.starts_with(|c: char| c == '>' || c == '/' || c.is_ascii_whitespace()))
}

/// JSON when it begins like an object or an array of such; lines when the first line is a value and
/// more follow.
fn json(text: &str, named: Option<Format>, all: bool) -> Option<Format> {
    let begins = |text: &str| {
        let mut chars = text.chars().filter(|it| !it.is_whitespace());
        match (chars.next(), chars.next()) {
            (Some('{'), Some('"' | '}')) => true,
            (Some('{' | '['), None) => named == Some(Format::Json),
            (Some('['), Some('{' | '[' | '"' | ']')) => true,
            _ => false,
        }
    };
    let mut lines = text.lines().map(str::trim).filter(|it| !it.is_empty());
    if named == Some(Format::JsonLines) && lines.clone().any(|it| it.starts_with('{')) {
        return Some(Format::JsonLines);
    }
    if !begins(text) {
        return None;
    }
    let first = lines.next()?;
    let alone = lines.next().is_none();
    let complete = !alone || all;
    let value =
        complete && first.starts_with('{') && serde_json::from_str::<serde_json::Value>(first).is_ok();
    Some(if value && !alone { Format::JsonLines } else { Format::Json })
}

/// Whether the text begins with `---` or `+++` and has a key below.
fn front_matter(text: &str) -> bool {
    let mut lines = text.lines();
    let (open, separator) = match lines.next().map(str::trim_end) {
        Some("---") => ("---", ':'),
        Some("+++") => ("+++", '='),
        _ => return false,
    };
    let mut keys = 0;
    for line in lines {
        if line.trim_end() == open {
            return keys > 0;
        }
        let key = line.split(separator).next().unwrap_or_default().trim();
        let named =
            line.contains(separator) && key.chars().all(|it| it.is_alphanumeric() || "_-. ".contains(it));
        keys += usize::from(named && !key.is_empty());
    }
    false
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::read::{ReadRules, container};

    fn described(content: &[u8], name: &str) -> String {
        let opened = container::open(content, &ReadRules::default()).expect("plain bytes");
        match detect(&opened, name) {
            Ok((format, None)) => format.name().to_owned(),
            Ok((format, Some(_))) => format!("{}, misnamed", format.name()),
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
            (
                "<?xml version='1.0'?><nitf>",
                "a.xml",
                "is XML with the root element `nitf`, which is not read yet",
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
