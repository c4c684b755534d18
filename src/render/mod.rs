//! Turns results into text, JSON, CSV and Markdown.
//!
//! `write(result, format, look, out)` writes any result that implements [`Render`]; each has a file
//! of its own. Nothing is read. JSON is exact; text for a terminal never carries a control
//! character that came from the corpus.

#![expect(non_camel_case_types, reason = "the fields of an `object!` are of type parameters of their names")]

mod article;
mod facets;
mod formats;
mod fragment;
mod explain;
mod export;
mod hits;
mod json;
mod lists;
mod markdown;
mod names;
mod people;
mod quote_entries;
mod quotes;
mod receipts;
mod rows;
mod similar;
mod table;
mod terminal;
mod trec;

use std::io::{self, Write};

pub use article::{ArticleView, extracted};
pub use explain::{article_explanation, explanation};
pub use export::{
    EXPORT_HITS_MAX, ExportFormat, ExportOptions, Scope, SheetFormat, Text, dossier_row, export, quote_sheet,
};
pub use facets::CountedResults;
pub use formats::Formats;
pub use hits::{HitsCsv, batch_lines};
#[cfg(feature = "web")]
pub(crate) use json::object;
pub use json::{annotated, document as json_document, lines as json_lines, report_line};
pub use lists::list_news;
use morgue_core::choices;
pub use names::Names;
pub use receipts::{change_words, differences as replay_differences, receipt, replayed_row};
pub use rows::{manner, quoted_text, speakers, unsaid};
use serde::Serialize;
pub use similar::{comparison, summary as difference_in_words};
pub use table::Table;
pub use terminal::{Look, visible};
pub use trec::trec;
#[cfg(feature = "web")]
pub(crate) use {
    explain::explanation_row,
    facets::{bar_rows, value_rows},
    hits::{hit_row, hit_rows},
    names::name_row,
};

choices! {
    /// How results are written.
    #[derive(Default)]
    pub enum Format {
        #[default]
        Text = "text": "For people: coloured on a terminal, plain in a pipe",
        Json = "json": "One JSON document",
        Jsonl = "jsonl": "One JSON document a line",
        Csv = "csv": "A table for spreadsheets",
        Markdown = "markdown": "For documents and messages",
    }
}

/// What a row of JSON output is: its keys are known from its type, which `serve` describes.
#[cfg(feature = "web")]
pub trait Row: Serialize + schemars::JsonSchema {}

#[cfg(feature = "web")]
impl<T: Serialize + schemars::JsonSchema + ?Sized> Row for T {}

/// What a row of JSON output is.
#[cfg(not(feature = "web"))]
pub trait Row: Serialize {}

#[cfg(not(feature = "web"))]
impl<T: Serialize + ?Sized> Row for T {}

/// A result that can be written in every [`Format`].
pub trait Render {
    /// Writes it for people: plain in a pipe, colored and wrapped on a terminal.
    fn text(&self, look: &Look, out: &mut dyn Write) -> io::Result<()>;

    /// Its parts, each of which is a line of JSON Lines.
    fn rows(&self) -> impl Iterator<Item: Row>;

    /// Writes one JSON document: an array of the rows, unless a result overrides it.
    fn json(&self, out: &mut dyn Write) -> io::Result<()> {
        json::document(&self.rows().collect::<Vec<_>>(), out)
    }

    /// The table that CSV is written from.
    fn table(&self) -> Table<'_>;

    /// Writes Markdown, for documents and messages.
    fn markdown(&self, out: &mut dyn Write) -> io::Result<()>;
}

/// Writes a result in a format.
pub fn write<R: Render + ?Sized>(
    result: &R,
    format: Format,
    look: &Look,
    out: &mut dyn Write,
) -> io::Result<()> {
    match format {
        Format::Text => result.text(look, out),
        Format::Json => result.json(out),
        Format::Jsonl => json::lines(result.rows(), out),
        Format::Csv => result.table().csv(out),
        Format::Markdown => result.markdown(out),
    }
}
