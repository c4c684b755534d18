//! Turns the bytes of a file into raw documents: blocks of text and named fields, each with its
//! place.
//!
//! One format a file of this folder. Readers take bytes and a name as a hint, never a path to open;
//! what cannot be read is a [`Problem`] that names the reason, and the other documents of the file
//! still come.

mod agency;
mod container;
pub(crate) mod correction_note;
mod document;
mod docx;
mod encoding;
mod feed;
mod format;
pub(crate) mod host_name;
mod html;
mod json;
mod link_list;
mod mail;
mod markdown;
pub(crate) mod names;
mod press;
mod problem;
mod reuters;
mod rtf;
mod rules;
mod sgml;
mod sheet;
mod tags;
mod text;
mod trec;
mod wxr;
mod xml;
mod zipped;

use std::io::{self, BufRead, Read};

use format::Source;

use document::Documents;
pub use document::{Block, BlockKind, RawDocument};
pub use format::Format;
pub use problem::Problem;
pub use rules::{CustomLayout, ForcedFormat, JsonMapping, LabelUse, LinePattern, ReadRules, Separator};

/// The formats that are read, in the order in which a file is tried. A file that fits no other
/// format has the last.
pub const FORMATS: &[&Format] = &[
    &agency::NITF,
    &agency::NEWSML_1,
    &agency::NEWSML_G2,
    &reuters::FORMAT,
    &trec::FORMAT,
    &mail::FORMAT,
    &press::factiva_xml::FORMAT,
    &wxr::FORMAT,
    &feed::RSS,
    &feed::ATOM,
    &feed::JSON_FEED,
    &link_list::OPML,
    &link_list::SITEMAP,
    &html::FORMAT,
    &json::LINES,
    &json::FORMAT,
    &markdown::FORMAT,
    &docx::FORMAT,
    &rtf::FORMAT,
    &text::FORMAT,
];

/// The format of that name, in any letters; `text` is plain text.
pub fn format_named(name: &str) -> Option<&'static Format> {
    let name = if name.eq_ignore_ascii_case("text") { text::FORMAT.name } else { name };
    FORMATS.iter().copied().find(|it| it.name.eq_ignore_ascii_case(name))
}

/// The layouts of press databases that are known, by name and by what they are told by.
pub fn press_layouts() -> impl Iterator<Item = (&'static str, &'static str)> {
    press::LAYOUTS.iter().map(|it| (it.name, it.told_by))
}

/// Reads the documents of one file, in its order; a file of an unknown or unreadable kind is one
/// [`Problem`].
///
/// The format is decided by content first; `name`, the path relative to the archive with `/`
/// between its parts, only settles what the content leaves open, and chooses what the user's
/// settings say of the file.
/// Records (JSON Lines, Reuters and TREC SGML) are streamed; every other format is held whole, up
/// to [`ReadRules::file_bytes_max`], and JSON is taken apart record by record. What goes over
/// [`ReadRules::records_max`] or [`ReadRules::passages_max`] is left out and is a problem, which
/// names the setting.
pub fn documents<'a, R: BufRead + 'a>(
    source: R,
    name: &str,
    rules: &'a ReadRules,
) -> impl Iterator<Item = Result<RawDocument, Problem>> + use<'a, R> {
    match open(source, name, rules) {
        Ok((note, bounded)) => {
            let noted = move |mut document: RawDocument| {
                document.notes.splice(0..0, note.clone());
                document
            };
            Box::new(bounded.map(move |it| it.map(&noted)))
        }
        Err(problem) => Box::new(std::iter::once(Err(problem))) as Documents<'a>,
    }
}

/// Holds the documents of a file to [`ReadRules::records_max`] and [`ReadRules::passages_max`].
struct Bounded<'a> {
    documents: Documents<'a>,
    rules: &'a ReadRules,
    n_records: usize,
}

impl Iterator for Bounded<'_> {
    type Item = Result<RawDocument, Problem>;

    fn next(&mut self) -> Option<Self::Item> {
        let ReadRules { records_max, passages_max, .. } = *self.rules;
        if self.n_records > records_max {
            return None;
        }
        let mut item = self.documents.next()?;
        self.n_records += 1;
        if self.n_records > records_max {
            return Some(Err(over("records", records_max, "records_max", "")));
        }
        if let Ok(document) = &mut item
            && document.blocks.len() > passages_max
        {
            document.blocks.truncate(passages_max);
            let place =
                if document.among_records { format!("record {}", self.n_records) } else { String::new() };
            document.left_out = Some(over("paragraphs", passages_max, "passages_max", &place));
        }
        Some(item)
    }
}

/// The problem of a file or a document that has more of something than the user's settings allow.
fn over(what: &str, max: usize, setting: &str, place: &str) -> Problem {
    let reason = format!(
        "has more than {max} {what}, and the others were not read; `{setting}` in morgue.toml sets how many are"
    );
    Problem { place: place.to_owned(), reason }
}

/// The documents, and a note for each of them when the file's name promised another format.
fn open<'a>(
    source: impl BufRead + 'a,
    name: &str,
    rules: &'a ReadRules,
) -> Result<(Option<String>, Bounded<'a>), Problem> {
    let mut opened = container::open(source, rules)?;
    let warned = format::warnings(&opened.head);
    if warned > 0 {
        let head = opened.stream.by_ref().take(warned as u64);
        io::copy(&mut { head }, &mut io::sink()).map_err(|it| container::problem(&it))?;
        opened.head.drain(..warned);
    }
    let forced = rules.forced.iter().find(|it| it.files.is_match(name));
    let forced_format = forced.and_then(|it| format_named(&it.format));
    let (format, note) = match (forced_format, format::detect(&opened, name, FORMATS)) {
        // The text of a document is that of its paragraphs, not its bytes.
        (Some(format), Ok((found, _)))
            if format.name == text::FORMAT.name
                && [docx::FORMAT.name, rtf::FORMAT.name].contains(&found.name) =>
        {
            (found, None)
        }
        (Some(format), _) => (format, None),
        (None, detected) => detected?,
    };
    let cut_short = opened.problem;
    let source = Source {
        stream: opened.stream,
        mapping: json::mapping(name, rules),
        layout: rules.layout(name),
        is_forced: forced.is_some(),
        rules,
    };
    let documents = (format.read)(source)?;
    let documents = Box::new(documents.chain(cut_short.map(Err)));
    let warning = "a warning of the program that wrote it stands before its XML, and was passed over";
    let note = note.or_else(|| (warned > 0).then(|| warning.to_owned()));
    Ok((note, Bounded { documents, rules, n_records: 0 }))
}
