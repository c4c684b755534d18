//! Turns the bytes of a file into raw documents: blocks of text and named fields, each with its
//! place.
//!
//! One format a file of this folder. Readers take bytes and a name as a hint, never a path to open;
//! what cannot be read is a [`Problem`] that names the reason, and the other documents of the file
//! still come.

mod container;
mod document;
mod encoding;
mod format;
mod html;
mod json;
mod markdown;
mod names;
mod problem;
mod reuters;
mod rules;
mod sgml;
mod text;
mod trec;

use std::io::BufRead;

use format::Format;

pub use document::{Block, BlockKind, RawDocument};
pub use problem::Problem;
pub use rules::{JsonMapping, ReadRules};

type Documents<'a> = Box<dyn Iterator<Item = Result<RawDocument, Problem>> + 'a>;

/// Reads the documents of one file, in its order; a file of an unknown or unreadable kind is one
/// [`Problem`].
///
/// The format is decided by content first; `name`, the path relative to the archive with `/`
/// between its parts, only settles what the content leaves open and chooses the JSON mapping.
/// Records (JSON Lines, Reuters and TREC SGML) are streamed; every other format is held whole, up
/// to [`ReadRules::file_bytes_max`].
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
