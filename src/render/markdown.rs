//! Markdown, to paste into documents and messages: headlines as headings, passages as block quotes,
//! matches in bold.

use std::{
    io::{self, Write},
    ops::Range,
};

use crate::{
    article::{Described, FieldName, Span},
    search::Version,
};

use super::terminal::{self, visible};

/// The text with what Markdown would read as markup, and what a terminal would obey, escaped.
pub(super) fn escaped(text: &str) -> String {
    crate::list::escaped(&visible(text))
}

/// The text with the spans in bold.
pub(super) fn marked(text: &str, spans: &[Span]) -> String {
    terminal::marked(text, spans, escaped, |it| format!("**{}**", escaped(it)))
}

/// Writes a table of cells that are Markdown already; the columns in `numbers` are aligned to the
/// right.
pub(super) fn table(
    columns: &[&str],
    numbers: Range<usize>,
    rows: impl Iterator<Item: AsRef<[String]>>,
    out: &mut dyn Write,
) -> io::Result<()> {
    writeln!(out, "| {} |", columns.join(" | "))?;
    let line = (0..columns.len()).map(|it| if numbers.contains(&it) { "---:|" } else { "---|" });
    writeln!(out, "|{}", line.collect::<String>())?;
    for row in rows {
        writeln!(out, "| {} |", row.as_ref().join(" | "))?;
    }
    Ok(())
}

/// `*VOA News*, 2017-06-23, [a.txt](<a.txt>)`.
pub(super) fn reference(article: &impl Described) -> String {
    let metadata = article.metadata();
    let mut parts = Vec::new();
    parts.extend(metadata.text(FieldName::Source).map(|it| outlet(&it)));
    parts.push(terminal::date(metadata.published()));
    parts.extend(metadata.text(FieldName::Byline).map(|it| escaped(&it)));
    parts.push(link(&article.place().address()));
    parts.join(", ")
}

/// Who published it, in italics; space inside of the stars would leave them stars.
pub(super) fn outlet(source: &str) -> String {
    format!("*{}*", escaped(source.trim()))
}

/// `Also in: *The Post*, 2017-06-24, [b.txt](<b.txt>)`, where there are other versions.
pub(super) fn also_in(copies: &[Version], out: &mut dyn Write) -> io::Result<()> {
    if copies.is_empty() {
        return Ok(());
    }
    writeln!(out, "Also in: {}\n", copies.iter().map(version).collect::<Vec<_>>().join("; "))
}

pub(super) fn version(version: &Version) -> String {
    let mut parts = Vec::from_iter(version.source.as_ref().map(|it| outlet(it)));
    parts.push(terminal::date(version.date));
    parts.push(link(&version.place.address()));
    parts.join(", ")
}

/// A link that shows where it leads.
pub(super) fn link(path: &str) -> String {
    let path = visible(path);
    format!("[{}](<{}>)", escaped(&path), path.replace(['<', '>'], ""))
}

pub(super) fn headline(article: &impl Described) -> String {
    let headline = article.metadata().text(FieldName::Headline);
    headline.map_or_else(|| "(no headline)".to_owned(), |it| escaped(&it))
}
