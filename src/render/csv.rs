//! Tables for spreadsheets: a header, then one row a hit, quote, speaker or passage.

use std::io::{self, Write};

use csv::Writer;

use crate::{
    article::{Described, FieldName, Quote},
    search::Version,
};

use super::{
    rows::{quoted_text, rounded},
    terminal::visible,
};

/// The columns that every table with articles begins with.
pub(super) fn article_columns() -> Vec<&'static str> {
    ["article", "path"].into_iter().chain(FieldName::ALL.map(FieldName::name)).collect()
}

pub(super) fn article_cells(article: &impl Described) -> Vec<String> {
    let known = FieldName::ALL.map(|it| article.metadata().text(it).unwrap_or_default().into_owned());
    [article.id().to_string(), article.place().path.clone()].into_iter().chain(known).collect()
}

/// Writes a row without what a terminal would obey; line ends stay, quoted as CSV does.
pub(super) fn write<W: Write>(
    writer: &mut Writer<W>,
    cells: impl IntoIterator<Item = impl AsRef<str>>,
) -> io::Result<()> {
    for cell in cells {
        let lines: Vec<_> = cell.as_ref().split('\n').map(visible).collect();
        writer.write_field(lines.join("\n")).map_err(unwrapped)?;
    }
    writer.write_record(None::<&[u8]>).map_err(unwrapped)
}

/// The error of the stream itself: a closed pipe must be seen as one.
fn unwrapped(error: csv::Error) -> io::Error {
    match error.into_kind() {
        csv::ErrorKind::Io(error) => error,
        other => io::Error::other(format!("{other:?}")),
    }
}

/// A table of any cells.
pub(super) fn table(
    header: &[&str],
    rows: impl IntoIterator<Item = Vec<String>>,
    out: &mut dyn Write,
) -> io::Result<()> {
    let mut writer = Writer::from_writer(out);
    write(&mut writer, header)?;
    rows.into_iter().try_for_each(|row| write(&mut writer, row))?;
    writer.flush()
}

pub(super) fn start<'a>(
    out: &'a mut dyn Write,
    first: &[&str],
    last: &[&str],
) -> io::Result<Writer<&'a mut dyn Write>> {
    let mut writer = Writer::from_writer(out);
    write(&mut writer, first.iter().chain(&article_columns()).chain(last))?;
    Ok(writer)
}

/// Where the other versions lie.
pub(super) fn paths(copies: &[Version]) -> String {
    copies.iter().map(|it| it.place.path.as_str()).collect::<Vec<_>>().join("; ")
}

pub(super) const QUOTE: [&str; 8] =
    ["passage", "kind", "text", "speaker", "speaker_kind", "role", "confidence", "rule"];

pub(super) fn quote_cells(quote: &Quote, text: &str) -> [String; 8] {
    let speaker = quote.speaker.as_ref();
    [
        quote.passage.to_string(),
        quote.kind.name().to_owned(),
        quoted_text(quote, text),
        speaker.map(|it| it.name.clone()).unwrap_or_default(),
        speaker.map(|it| it.kind.name().to_owned()).unwrap_or_default(),
        speaker.and_then(|it| it.role.clone()).unwrap_or_default(),
        rounded(quote.confidence).to_string(),
        quote.rule.to_string(),
    ]
}
