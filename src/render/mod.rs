//! Turns results into text, JSON, CSV and Markdown.
//!
//! Writes to what it is given and reads nothing. JSON is exact; text for a terminal never carries a control character
//! that came from the corpus.

mod context;
mod csv;
mod facets;
mod export;
mod explain;
mod json;
mod lists;
mod markdown;
mod names;
mod people;
mod receipts;
mod rows;
mod similar;
mod terminal;
mod trec;

use std::io;

use morgue_core::choices;

use crate::{
    archive::{Extracted, Shown},
    search::{
        CountsResults, Explanation, QuotesResults, Results, SimilarArticles, SimilarResults, SpeakersResults,
        Timeline, Version,
    },
};

pub use export::{ExportFormat, ExportOptions, SheetFormat, Text, dossier, export, quote_sheet};
pub use json::{annotated, report_line};
pub use lists::{list_news, lists};
pub use names::Names;
pub use receipts::{receipt, replayed};
pub use terminal::{Look, visible};
pub use trec::trec;

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

/// Passages that a search found.
pub fn results(results: &Results, format: Format, look: &Look, out: &mut dyn io::Write) -> io::Result<()> {
    let rows = || rows::HitRow::of(results);
    match format {
        Format::Text => terminal::results(results, look, out),
        Format::Json => json::document(&rows().collect::<Vec<_>>(), out),
        Format::Jsonl => json::lines(rows(), out),
        Format::Csv => csv::hits(results, out),
        Format::Markdown => markdown::results(results, out),
    }
}

/// Passages that a query of a batch found, a line each.
pub fn batch_lines(query: &str, results: &Results, out: &mut dyn io::Write) -> io::Result<()> {
    json::lines(rows::HitRow::of(results).map(|hit| rows::BatchRow { query, hit }), out)
}

/// Passages that a search found, and what was counted of all that match. CSV has room for one table: the counts.
pub fn results_with_counts(
    results: &Results,
    counts: &CountsResults,
    format: Format,
    look: &Look,
    out: &mut dyn io::Write,
) -> io::Result<()> {
    let hits = || rows::HitRow::of(results);
    match format {
        Format::Text => {
            terminal::results(results, look, out)?;
            writeln!(out)?;
            facets::text(counts, look, out)
        }
        Format::Json => json::document(&facets::document(hits().collect(), counts), out),
        Format::Jsonl => {
            json::lines(hits(), out)?;
            self::facets(counts, format, look, out)
        }
        Format::Csv => facets::csv(counts, out),
        Format::Markdown => {
            markdown::results(results, out)?;
            facets::markdown(counts, out)
        }
    }
}

/// How much there is of each value.
pub fn facets(
    counts: &CountsResults,
    format: Format,
    look: &Look,
    out: &mut dyn io::Write,
) -> io::Result<()> {
    match format {
        Format::Text => facets::text(counts, look, out),
        Format::Json => json::document(&facets::rows(counts), out),
        Format::Jsonl => {
            json::lines(facets::rows(counts), out)?;
            let timeline = counts.timeline.as_ref();
            json::lines(timeline.into_iter().flat_map(|it| facets::bar_rows(it, facets::Unit::Articles)), out)
        }
        Format::Csv => facets::csv(counts, out),
        Format::Markdown => facets::markdown(counts, out),
    }
}

/// Quotes of a speaker, and how many there are over time. CSV has room for one table: the counts.
pub fn quotes_over_time(
    results: &QuotesResults,
    timeline: &Timeline,
    format: Format,
    look: &Look,
    out: &mut dyn io::Write,
) -> io::Result<()> {
    let bars = || facets::bar_rows(timeline, facets::Unit::Quotes);
    match format {
        Format::Text => {
            terminal::quotes(results, look, out)?;
            writeln!(out)?;
            facets::timeline_text(timeline, facets::Unit::Quotes, look, out)
        }
        Format::Json => {
            let quotes: Vec<_> = results.quotes.iter().map(rows::SpokenRow::new).collect();
            json::document(&facets::QuotesDocument { quotes, timeline: bars() }, out)
        }
        Format::Jsonl => {
            json::lines(results.quotes.iter().map(rows::SpokenRow::new), out)?;
            json::lines(bars(), out)
        }
        Format::Csv => facets::timeline_csv(timeline, facets::Unit::Quotes, out),
        Format::Markdown => {
            markdown::quotes(results, out)?;
            facets::timeline_markdown(timeline, facets::Unit::Quotes, out)
        }
    }
}

/// Quotes of a speaker.
pub fn quotes(
    results: &QuotesResults,
    format: Format,
    look: &Look,
    out: &mut dyn io::Write,
) -> io::Result<()> {
    let rows = || results.quotes.iter().map(rows::SpokenRow::new);
    match format {
        Format::Text => terminal::quotes(results, look, out),
        Format::Json => json::document(&rows().collect::<Vec<_>>(), out),
        Format::Jsonl => json::lines(rows(), out),
        Format::Csv => csv::quotes(results, out),
        Format::Markdown => markdown::quotes(results, out),
    }
}

/// Who is quoted.
pub fn speakers(
    results: &SpeakersResults,
    format: Format,
    look: &Look,
    out: &mut dyn io::Write,
) -> io::Result<()> {
    let rows = || results.speakers.iter().map(people::PersonRow::new);
    match format {
        Format::Text => people::speakers_text(results, look, out),
        Format::Json => json::document(&rows().collect::<Vec<_>>(), out),
        Format::Jsonl => json::lines(rows(), out),
        Format::Csv => people::speakers_csv(results, out),
        Format::Markdown => people::speakers_markdown(results, out),
    }
}

/// Names that may be one person's.
pub fn similar(
    results: &SimilarResults,
    format: Format,
    look: &Look,
    out: &mut dyn io::Write,
) -> io::Result<()> {
    let rows = || results.pairs.iter().map(people::PairRow::new);
    match format {
        Format::Text => people::similar_text(results, look, out),
        Format::Json => json::document(&rows().collect::<Vec<_>>(), out),
        Format::Jsonl => json::lines(rows(), out),
        Format::Csv => people::similar_csv(results, out),
        Format::Markdown => people::similar_markdown(results, out),
    }
}

/// One article as indexed.
pub fn article(
    shown: &Shown,
    origins: bool,
    format: Format,
    look: &Look,
    out: &mut dyn io::Write,
) -> io::Result<()> {
    match format {
        Format::Text => terminal::article(shown, origins, look, out),
        Format::Json => json::document(&rows::ArticleDocument::explained(shown), out),
        Format::Jsonl => json::lines([rows::ArticleDocument::explained(shown)], out),
        Format::Csv => csv::passages(shown, out),
        Format::Markdown => markdown::article(shown, origins, out),
    }
}

/// The copies of an article and what is related to it.
pub fn similar_articles(
    results: &SimilarArticles,
    format: Format,
    look: &Look,
    out: &mut dyn io::Write,
) -> io::Result<()> {
    match format {
        Format::Text => similar::text(results, look, out),
        Format::Json => json::document(&similar::rows(results), out),
        Format::Jsonl => json::lines(similar::rows(results), out),
        Format::Csv => csv::similar(results, out),
        Format::Markdown => similar::markdown(results, out),
    }
}

/// Families of copies, one after the other.
pub fn families(
    families: &[Vec<Version>],
    format: Format,
    look: &Look,
    out: &mut dyn io::Write,
) -> io::Result<()> {
    match format {
        Format::Text => similar::families_text(families, look, out),
        Format::Json => json::document(&similar::family_rows(families), out),
        Format::Jsonl => json::lines(similar::family_rows(families), out),
        Format::Csv => csv::families(families, out),
        Format::Markdown => similar::families_markdown(families, out),
    }
}

/// How a query is read; a table or a document of it says nothing, so those are text too.
pub fn explanation(explanation: &Explanation, format: Format, out: &mut dyn io::Write) -> io::Result<()> {
    match format {
        Format::Text | Format::Csv | Format::Markdown => explain::text(explanation, out),
        Format::Json => json::document(&explain::ExplanationRow::new(explanation), out),
        Format::Jsonl => json::lines([explain::ExplanationRow::new(explanation)], out),
    }
}

/// What an ingest sees in a file: always JSON, a document or a line for each article.
pub fn extracted(path: &str, found: &[Extracted], lines: bool, out: &mut dyn io::Write) -> io::Result<()> {
    let rows: Vec<_> = found.iter().map(|it| rows::ExtractedRow::new(path, it)).collect();
    if lines {
        return json::lines(rows, out);
    }
    match rows.as_slice() {
        [one] => json::document(one, out),
        many => json::document(&many, out),
    }
}
