//! Counts for people, and as rows; timelines as bars.

use std::io::{self, Write};

use ::csv::Writer;
use serde::Serialize;

use crate::{
    archive::{Bar, FacetTable, FacetsResults, Timeline},
    search::Facet,
};

use super::{
    csv::write,
    hits::HitRow,
    markdown,
    quotes::SpokenRow,
    terminal::{FAINT, HEADLINE, Look},
};

/// The count of one value.
#[derive(Serialize)]
pub(super) struct FacetRow<'a> {
    facet: &'static str,
    value: Option<&'a str>,
    articles: usize,
    passages: usize,
    #[serde(skip_serializing_if = "Option::is_none")]
    quotes: Option<usize>,
}

/// What a timeline has of one month or year; `null` is undated.
#[derive(Serialize)]
pub(super) struct BarRow<'a> {
    timeline: &'static str,
    period: Option<&'a str>,
    #[serde(flatten)]
    counts: BarCounts,
}

#[derive(Serialize)]
#[serde(untagged)]
enum BarCounts {
    Passages { articles: usize, passages: usize },
    Quotes { quotes: usize },
}

/// A search with what was counted.
#[derive(Serialize)]
pub(super) struct HitsDocument<'a> {
    hits: Vec<HitRow<'a>>,
    facets: Vec<FacetRow<'a>>,
    timeline: Vec<BarRow<'a>>,
}

/// Quotes with their timeline.
#[derive(Serialize)]
pub(super) struct QuotesDocument<'a> {
    pub(super) quotes: Vec<SpokenRow<'a>>,
    pub(super) timeline: Vec<BarRow<'a>>,
}

pub(super) fn document<'a>(hits: Vec<HitRow<'a>>, counts: &'a FacetsResults) -> HitsDocument<'a> {
    let timeline = counts.timeline.iter().flat_map(|it| bar_rows(it, Unit::Articles)).collect();
    HitsDocument { hits, facets: rows(counts), timeline }
}

/// What a timeline counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Unit {
    /// Articles, and passages of them.
    Articles,
    /// Quotes.
    Quotes,
}

/// The field's name in arguments and output.
pub fn name(facet: Facet) -> &'static str {
    match facet {
        Facet::Source => "source",
        Facet::Speaker => "speaker",
        Facet::Year => "year",
        Facet::Month => "month",
        Facet::Section => "section",
        Facet::Place => "place",
        Facet::Language => "language",
        Facet::Kind => "kind",
    }
}

pub(super) fn rows(results: &FacetsResults) -> Vec<FacetRow<'_>> {
    let mut rows = Vec::new();
    for table in &results.tables {
        rows.extend(table.counts.iter().map(|it| FacetRow {
            facet: name(table.facet),
            value: it.value.as_deref(),
            articles: it.articles,
            passages: it.passages,
            quotes: it.quotes,
        }));
    }
    rows
}

pub(super) fn bar_rows(timeline: &Timeline, unit: Unit) -> Vec<BarRow<'_>> {
    let fine = if timeline.by_year { "year" } else { "month" };
    let mut rows: Vec<BarRow<'_>> = timeline.bars.iter().map(|it| row(it, fine, unit)).collect();
    rows.extend(timeline.coarse.iter().map(|it| row(it, "year", unit)));
    if timeline.undated.articles > 0 {
        rows.push(row(&timeline.undated, "undated", unit));
    }
    rows
}

fn row<'a>(bar: &'a Bar, timeline: &'static str, unit: Unit) -> BarRow<'a> {
    let Bar { period, articles, passages } = bar;
    let counts = match unit {
        Unit::Articles => BarCounts::Passages { articles: *articles, passages: *passages },
        Unit::Quotes => BarCounts::Quotes { quotes: *articles },
    };
    BarRow { timeline, period: Some(period.as_str()).filter(|it| !it.is_empty()), counts }
}

/// Tables, then the timeline.
pub(super) fn text(results: &FacetsResults, look: &Look, out: &mut dyn Write) -> io::Result<()> {
    for (n, table) in results.tables.iter().enumerate() {
        if n > 0 {
            writeln!(out)?;
        }
        table_text(table, look, out)?;
    }
    let Some(timeline) = &results.timeline else { return Ok(()) };
    if !results.tables.is_empty() {
        writeln!(out)?;
    }
    timeline_text(timeline, Unit::Articles, look, out)
}

fn table_text(table: &FacetTable, look: &Look, out: &mut dyn Write) -> io::Result<()> {
    let with_quotes = table.counts.iter().any(|it| it.quotes.is_some());
    let quotes = if with_quotes { "    quotes" } else { "" };
    writeln!(out, "{}", look.styled(FAINT, &format!("  articles  passages{quotes}  {}", name(table.facet))))?;
    for count in &table.counts {
        let quotes = match (with_quotes, count.quotes) {
            (false, _) => String::new(),
            (true, None) => " ".repeat(10),
            (true, Some(n)) => format!("{n:>10}"),
        };
        let value = match &count.value {
            Some(value) => look.styled(HEADLINE, value),
            None => look.styled(FAINT, nothing(table.facet)),
        };
        writeln!(out, "{:>10}{:>10}{quotes}  {value}", count.articles, count.passages)?;
    }
    Ok(())
}

/// What is written for what has no value.
fn nothing(facet: Facet) -> &'static str {
    match facet {
        Facet::Year | Facet::Month => "(undated)",
        Facet::Speaker => "(nobody named)",
        _ => "(none)",
    }
}

/// Columns of a timeline where nobody says how wide the terminal is.
const WIDTH: usize = 80;

/// A bar a line, the longest as wide as there is room.
pub(super) fn timeline_text(
    timeline: &Timeline,
    unit: Unit,
    look: &Look,
    out: &mut dyn Write,
) -> io::Result<()> {
    let what = match unit {
        Unit::Articles => "articles",
        Unit::Quotes => "quotes",
    };
    let most = timeline.bars.iter().map(|it| it.articles).max().unwrap_or(0);
    let digits = most.to_string().len();
    let by = if timeline.by_year { "year" } else { "month" };
    if !timeline.bars.is_empty() {
        writeln!(out, "{}", look.styled(FAINT, &format!("{what} by {by}")))?;
    }
    for bar in &timeline.bars {
        let room = look.width.unwrap_or(WIDTH).saturating_sub(bar.period.len() + digits + 4).max(10);
        let line = format!("{}  {:>digits$}  {}", bar.period, bar.articles, drawn(bar.articles, most, room));
        writeln!(out, "{}", line.trim_end())?;
    }
    for bar in &timeline.coarse {
        writeln!(
            out,
            "{}  {}",
            bar.period,
            look.styled(FAINT, &format!("{} {what}, month unknown", bar.articles))
        )?;
    }
    if timeline.undated.articles > 0 {
        let undated = format!("{} {what}", timeline.undated.articles);
        writeln!(out, "undated  {}", look.styled(FAINT, &undated))?;
    }
    Ok(())
}

/// A bar of at most `room` columns, in eighths of a column; something is never drawn as nothing.
fn drawn(n: usize, most: usize, room: usize) -> String {
    const EIGHTHS: [&str; 8] = ["", "▏", "▎", "▍", "▌", "▋", "▊", "▉"];
    let eighths = (n * room * 8).div_ceil(most.max(1));
    "█".repeat(eighths / 8) + EIGHTHS[eighths % 8]
}

pub(super) fn markdown(results: &FacetsResults, out: &mut dyn Write) -> io::Result<()> {
    for table in &results.tables {
        writeln!(out, "| {} | articles | passages | quotes |\n|---|---:|---:|---:|", name(table.facet))?;
        for it in &table.counts {
            let value = it.value.as_deref().unwrap_or(nothing(table.facet));
            let quotes = it.quotes.map(|it| it.to_string()).unwrap_or_default();
            writeln!(out, "| {} | {} | {} | {quotes} |", markdown::escaped(value), it.articles, it.passages)?;
        }
        writeln!(out)?;
    }
    match &results.timeline {
        Some(timeline) => timeline_markdown(timeline, Unit::Articles, out),
        None => Ok(()),
    }
}

pub(super) fn timeline_markdown(timeline: &Timeline, unit: Unit, out: &mut dyn Write) -> io::Result<()> {
    let (head, line) = match unit {
        Unit::Articles => ("articles | passages", "---:|---:"),
        Unit::Quotes => ("quotes", "---:"),
    };
    writeln!(out, "| {} | {head} |\n|---|{line}|", if timeline.by_year { "year" } else { "month" })?;
    for row in bar_rows(timeline, unit) {
        let counts = match row.counts {
            BarCounts::Passages { articles, passages } => format!("{articles} | {passages}"),
            BarCounts::Quotes { quotes } => quotes.to_string(),
        };
        writeln!(out, "| {} | {counts} |", row.period.unwrap_or("(undated)"))?;
    }
    writeln!(out)
}

/// One table: a row for each value, then one for each bar.
pub(super) fn csv(results: &FacetsResults, out: &mut dyn Write) -> io::Result<()> {
    let mut cells = Vec::new();
    for row in rows(results) {
        let quotes = row.quotes.map(|it| it.to_string()).unwrap_or_default();
        let value = row.value.unwrap_or_default().to_owned();
        cells.push([row.facet.to_owned(), value, row.articles.to_string(), row.passages.to_string(), quotes]);
    }
    if let Some(timeline) = &results.timeline {
        cells.extend(bar_cells(timeline, Unit::Articles));
    }
    counts_csv(&cells, out)
}

pub(super) fn timeline_csv(timeline: &Timeline, unit: Unit, out: &mut dyn Write) -> io::Result<()> {
    counts_csv(&bar_cells(timeline, unit), out)
}

fn bar_cells(timeline: &Timeline, unit: Unit) -> Vec<[String; 5]> {
    let cells = |row: BarRow<'_>| {
        let period = row.period.unwrap_or_default().to_owned();
        let [articles, passages, quotes] = match row.counts {
            BarCounts::Passages { articles, passages } => {
                [articles.to_string(), passages.to_string(), String::new()]
            }
            BarCounts::Quotes { quotes } => [String::new(), String::new(), quotes.to_string()],
        };
        [row.timeline.to_owned(), period, articles, passages, quotes]
    };
    bar_rows(timeline, unit).into_iter().map(cells).collect()
}

/// Counts: what is counted, its value, and how much there is of it.
fn counts_csv(rows: &[[String; 5]], out: &mut dyn Write) -> io::Result<()> {
    let mut writer = Writer::from_writer(out);
    write(&mut writer, ["facet", "value", "articles", "passages", "quotes"])?;
    for row in rows {
        write(&mut writer, row)?;
    }
    writer.flush()
}
