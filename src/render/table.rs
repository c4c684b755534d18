//! Tables for spreadsheets.

use std::{
    fmt::Display,
    io::{self, Write},
};

use csv::Writer;

use crate::{
    article::{Described, FieldName, Quote},
    search::Version,
};

use super::{
    rows::{quoted_text, rounded},
    terminal::visible,
};

/// A header, and rows that are made while they are written. A row that is shorter than the header
/// ends in empty cells.
pub struct Table<'a> {
    columns: Vec<&'static str>,
    rows: Box<dyn Iterator<Item = Vec<String>> + 'a>,
}

impl<'a> Table<'a> {
    pub(super) fn new<R: Into<Vec<String>> + 'a>(
        columns: impl IntoIterator<Item = &'static str>,
        rows: impl Iterator<Item = R> + 'a,
    ) -> Table<'a> {
        Table { columns: columns.into_iter().collect(), rows: Box::new(rows.map(Into::into)) }
    }

    /// Writes it as CSV.
    pub fn csv(self, out: &mut dyn Write) -> io::Result<()> {
        let mut writer = Writer::from_writer(out);
        write_row(&mut writer, &self.columns)?;
        self.write_rows(writer)
    }

    /// Writes it as CSV without the header.
    pub(super) fn csv_rows(self, out: &mut dyn Write) -> io::Result<()> {
        self.write_rows(Writer::from_writer(out))
    }

    fn write_rows<W: Write>(self, mut writer: Writer<W>) -> io::Result<()> {
        for mut row in self.rows {
            row.resize(self.columns.len(), String::new());
            write_row(&mut writer, &row)?;
        }
        writer.flush()
    }
}

/// Writes rows of CSV as they come.
pub(super) struct RowWriter<'a>(Writer<&'a mut dyn Write>);

impl<'a> RowWriter<'a> {
    /// Writes the header.
    pub(super) fn new(columns: &[&str], out: &'a mut dyn Write) -> io::Result<RowWriter<'a>> {
        let mut writer = Writer::from_writer(out);
        write_row(&mut writer, columns)?;
        Ok(RowWriter(writer))
    }

    pub(super) fn write(&mut self, row: &[String]) -> io::Result<()> {
        write_row(&mut self.0, row)
    }

    pub(super) fn finish(mut self) -> io::Result<()> {
        self.0.flush()
    }
}

/// Writes a row without what a terminal would obey; line ends stay, quoted as CSV does.
fn write_row<W: Write>(writer: &mut Writer<W>, cells: &[impl AsRef<str>]) -> io::Result<()> {
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

/// The values as text.
pub(super) fn cells<const N: usize>(values: [&dyn Display; N]) -> [String; N] {
    values.map(ToString::to_string)
}

/// The value as text; an empty cell where there is none.
pub(super) fn cell(value: Option<impl Display>) -> String {
    value.map(|it| it.to_string()).unwrap_or_default()
}

/// The columns of an article between others.
pub(super) fn article_columns(before: &[&'static str], after: &[&'static str]) -> Vec<&'static str> {
    [before, &["article", "path"], &FieldName::ALL.map(FieldName::name), after].concat()
}

/// The cells of [`article_columns`].
pub(super) fn article_row(
    before: impl Into<Vec<String>>,
    article: &impl Described,
    after: impl IntoIterator<Item = String>,
) -> Vec<String> {
    let mut row = before.into();
    row.extend(cells([&article.id(), &article.place().path]));
    row.extend(FieldName::ALL.map(|it| cell(article.metadata().text(it))));
    row.extend(after);
    row
}

/// Where the other versions lie.
pub(super) fn paths(copies: &[Version]) -> String {
    copies.iter().map(|it| it.place.address()).collect::<Vec<_>>().join("; ")
}

/// The columns of a quote.
pub(super) const QUOTE: [&str; 9] =
    ["passage", "kind", "text", "speaker", "speaker_kind", "role", "stance", "confidence", "rule"];

/// The cells of [`QUOTE`], of a quote in a passage with that text.
pub(super) fn quote_cells(quote: &Quote, text: &str) -> [String; 9] {
    let speaker = quote.speaker.as_ref();
    cells([
        &quote.passage,
        &quote.kind.name(),
        &quoted_text(quote, text),
        &cell(speaker.map(|it| &it.name)),
        &cell(speaker.map(|it| it.kind.name())),
        &cell(speaker.and_then(|it| it.role.as_ref())),
        &quote.stance.name(),
        &rounded(quote.confidence),
        &quote.rule.name(),
    ])
}
