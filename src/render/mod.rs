//! Turns results into text, JSON, CSV and Markdown.
//!
//! Writes to what it is given and reads nothing. JSON is exact; text for a terminal never carries a control character
//! that came from the corpus.

mod article;
mod csv;
mod facets;
mod explain;
mod export;
mod hits;
mod json;
mod lists;
mod markdown;
mod names;
mod people;
mod quotes;
mod receipts;
mod rows;
mod similar;
mod terminal;
mod trec;

use std::{fmt, io};

use crate::{
    archive::{
        Explanation, FacetsResults, QuotesResults, Shown, SimilarArticles, SimilarResults, SpeakersResults,
        Timeline,
    },
    search::{Results, Version},
};

pub use article::extracted;
pub use export::{ExportFormat, ExportOptions, SheetFormat, Text, dossier, export, quote_sheet};
pub use facets::name as facet_name;
pub use json::{annotated, report_line};
pub use lists::{list_news, lists};
pub use names::Names;
pub use receipts::{receipt, replayed};
pub use terminal::{Look, visible};
pub use trec::trec;

/// How results are written.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Format {
    /// For people.
    #[default]
    Text,
    /// One JSON document.
    Json,
    /// One JSON document a line.
    Jsonl,
    /// A table for spreadsheets.
    Csv,
    /// For documents and messages.
    Markdown,
}

/// Passages that a search found.
pub fn results(results: &Results, format: Format, look: &Look, out: &mut dyn io::Write) -> io::Result<()> {
    let rows = || hits::HitRow::of(results);
    match format {
        Format::Text => hits::text(results, look, out),
        Format::Json => json::document(&rows().collect::<Vec<_>>(), out),
        Format::Jsonl => json::lines(rows(), out),
        Format::Csv => hits::csv(results, out),
        Format::Markdown => hits::markdown(results, out),
    }
}

/// Passages that a query of a batch found, a line each.
pub fn batch_lines(query: &str, results: &Results, out: &mut dyn io::Write) -> io::Result<()> {
    json::lines(hits::HitRow::of(results).map(|hit| hits::BatchRow { query, hit }), out)
}

/// Passages that a search found, and what was counted of all that match. CSV has room for one table: the counts.
pub fn results_with_counts(
    results: &Results,
    counts: &FacetsResults,
    format: Format,
    look: &Look,
    out: &mut dyn io::Write,
) -> io::Result<()> {
    let hits = || hits::HitRow::of(results);
    match format {
        Format::Text => {
            hits::text(results, look, out)?;
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
            hits::markdown(results, out)?;
            facets::markdown(counts, out)
        }
    }
}

/// How much there is of each value.
pub fn facets(
    counts: &FacetsResults,
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
            quotes::text(results, look, out)?;
            writeln!(out)?;
            facets::timeline_text(timeline, facets::Unit::Quotes, look, out)
        }
        Format::Json => {
            let quotes: Vec<_> = results.quotes.iter().map(quotes::SpokenRow::new).collect();
            json::document(&facets::QuotesDocument { quotes, timeline: bars() }, out)
        }
        Format::Jsonl => {
            json::lines(results.quotes.iter().map(quotes::SpokenRow::new), out)?;
            json::lines(bars(), out)
        }
        Format::Csv => facets::timeline_csv(timeline, facets::Unit::Quotes, out),
        Format::Markdown => {
            quotes::markdown(results, out)?;
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
    let rows = || results.quotes.iter().map(quotes::SpokenRow::new);
    match format {
        Format::Text => quotes::text(results, look, out),
        Format::Json => json::document(&rows().collect::<Vec<_>>(), out),
        Format::Jsonl => json::lines(rows(), out),
        Format::Csv => quotes::csv(results, out),
        Format::Markdown => quotes::markdown(results, out),
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
        Format::Text => article::text(shown, origins, look, out),
        Format::Json => json::document(&article::ArticleDocument::explained(shown), out),
        Format::Jsonl => json::lines([article::ArticleDocument::explained(shown)], out),
        Format::Csv => article::csv(shown, out),
        Format::Markdown => article::markdown(shown, origins, out),
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
        Format::Csv => similar::csv(results, out),
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
        Format::Csv => similar::families_csv(families, out),
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

impl fmt::Display for Format {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Format::Text => "text",
            Format::Json => "json",
            Format::Jsonl => "jsonl",
            Format::Csv => "csv",
            Format::Markdown => "markdown",
        })
    }
}
