//! Turns the bytes of a file into raw documents: blocks of text and named fields, each with its place.
//!
//! One format a file of this folder. Readers take bytes and a name as a hint, never a path to open;
//! what cannot be read is a [`Problem`] that names the reason, and the other documents of the file still come.

mod container;
mod encoding;
mod format;
mod html;
mod json;
mod markdown;
mod names;
mod reuters;
mod sgml;
mod text;
mod trec;

use std::{io::BufRead, ops::Range};

use globset::GlobMatcher;

use format::Format;
use morgue_core::article::{Field, FieldName};

type Documents<'a> = Box<dyn Iterator<Item = Result<RawDocument, Problem>> + 'a>;

/// Reads the documents of one file, in its order; a file of an unknown or unreadable kind is one [`Problem`].
///
/// The format is decided by content first; `name`, the path relative to the archive with `/` between its parts, only
/// settles what the content leaves open and chooses the JSON mapping. Records (JSON Lines, Reuters and TREC SGML) are streamed;
/// every other format is held whole, up to [`ReadRules::file_bytes_max`].
pub fn documents<'a>(
    source: impl BufRead + 'a,
    name: &str,
    rules: &'a ReadRules,
) -> impl Iterator<Item = Result<RawDocument, Problem>> + 'a {
    match open(source, name, rules) {
        Ok((note, documents)) => {
            let noted = move |mut document: RawDocument| {
                document.notes.splice(0..0, note.clone());
                document
            };
            Box::new(documents.map(move |it| it.map(&noted)))
        }
        Err(problem) => Box::new(std::iter::once(Err(problem))) as Documents<'a>,
    }
}

/// The documents, and a note for each of them when the file's name promised another format.
fn open<'a>(
    source: impl BufRead + 'a,
    name: &str,
    rules: &'a ReadRules,
) -> Result<(Option<String>, Documents<'a>), Problem> {
    let opened = container::open(source, rules)?;
    let (format, note) = format::detect(&opened, name)?;
    let stream = opened.stream;
    let cut_short = opened.problem;
    let whole = |stream| container::read_whole(stream, rules.file_bytes_max);
    let documents: Documents<'a> = match format {
        Format::Text => Box::new(text::read(stream, rules).into_iter()),
        Format::JsonLines => Box::new(json::Lines::new(stream, json::mapping(name, rules), rules)),
        Format::Reuters => Box::new(sgml::Records::new(reuters::RECORDS, stream, rules)),
        Format::Trec => Box::new(sgml::Records::new(trec::RECORDS, stream, rules)),
        Format::Markdown => {
            let file = whole(stream)?;
            Box::new(std::iter::once(markdown::read(file.bytes)).chain(file.problem.map(Err)))
        }
        Format::Html => {
            let file = whole(stream)?;
            Box::new(std::iter::once(html::read(file.bytes)).chain(file.problem.map(Err)))
        }
        Format::Json => {
            let file = whole(stream)?;
            let documents = json::read(file.bytes, json::mapping(name, rules));
            Box::new(documents.into_iter().chain(file.problem.map(Err)))
        }
    };
    Ok((note, Box::new(documents.chain(cut_short.map(Err)))))
}

/// Limits and settings of reading, the same for every file of an archive.
#[derive(Clone, Debug)]
pub struct ReadRules {
    /// A file of a format that is held whole may have so many bytes, decompressed.
    pub file_bytes_max: usize,
    /// A record of a streamed format, or a line of plain text, may have so many bytes.
    pub record_bytes_max: usize,
    /// A compressed file may unpack to so many bytes, also when it is streamed.
    pub unpacked_bytes_max: u64,
    /// The user's own names for the fields of JSON records; the first whose path matches is used.
    pub json: Vec<JsonMapping>,
}

impl Default for ReadRules {
    fn default() -> ReadRules {
        ReadRules {
            file_bytes_max: 64 << 20,
            record_bytes_max: 16 << 20,
            unpacked_bytes_max: 16 << 30,
            json: Vec::new(),
        }
    }
}

/// Where the records of some JSON files keep what an article has; `[[json]]` of `morgue.toml`.
///
/// What it does not name is still looked up under the names that are known by default.
#[derive(Clone, Debug, Default)]
pub struct JsonMapping {
    /// Over the file's path; `None` for all files.
    pub path: Option<GlobMatcher>,
    /// Dotted paths of fields, `meta.published.0`; a part that is all digits may index an array.
    pub fields: Vec<(FieldName, String)>,
    /// Dotted path of the text.
    pub text: Option<String>,
}

/// One article as its format gives it, before anything is weighed or thrown away.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct RawDocument {
    /// What the file calls it, where a file holds several: a `DOCNO`, an `id`.
    pub name: Option<String>,
    /// The text, in reading order.
    pub blocks: Vec<Block>,
    /// The values that the format names: `datePublished` of JSON-LD, `title` of front matter.
    pub fields: Vec<Field>,
    /// What was lost or repaired on the way: `3 bytes are no valid UTF-8 and were replaced`.
    pub notes: Vec<String>,
}

/// A piece of text that its format sets apart.
#[derive(Clone, Debug, PartialEq)]
pub struct Block {
    /// What the format says it is.
    pub kind: BlockKind,
    /// Its text, lines joined; not trimmed of clutter yet.
    pub text: String,
    /// The bytes of the (decompressed, undecoded) file it stands in, where the format is plain text in UTF-8.
    pub bytes: Option<Range<usize>>,
    /// Where a person finds it: `line 12`, `paragraph 3`.
    pub place: String,
}

/// What the format says a block is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum BlockKind {
    /// Running text, or text of no known kind.
    Paragraph,
    /// A heading; 1 is the title of the whole.
    Heading(u8),
    /// The text beside a picture.
    Caption,
    /// An item of a list.
    Item,
}

/// Why a file, or one document of it, could not be read; its text is shown to the user.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{place}{}{reason}", if place.is_empty() { "" } else { ": " })]
pub struct Problem {
    /// The place in the file, `line 17`; empty for the whole file.
    pub place: String,
    /// What is wrong, in lower case without a full stop.
    pub reason: String,
}
