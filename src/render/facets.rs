//! Counts for people, and as rows; timelines as bars.

use std::io::{self, Write};

use morgue_core::{count, number};
use serde::Serialize;

use crate::{
    query::Facet,
    search::{Bar, CountsResults, FacetCount, FacetTable, Period, PeriodCounts, Results, Timeline},
};

use super::{
    Look, Render, Row,
    hits::hit_rows,
    json::{self, object},
    markdown::{self, escaped},
    table::{Table, cell, cells},
    terminal::{FAINT, HEADLINE},
};

/// What a timeline has of one day, month or year; `null` is undated.
#[derive(Serialize)]
#[cfg_attr(feature = "web", derive(schemars::JsonSchema))]
pub(super) struct BarRow<'a> {
    timeline: &'static str,
    period: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    articles: Option<usize>,
    #[serde(skip_serializing_if = "Option::is_none")]
    passages: Option<usize>,
    #[serde(skip_serializing_if = "Option::is_none")]
    quotes: Option<usize>,
    #[serde(flatten)]
    share: Option<ShareRow>,
}

/// How much of all articles of its time a bar is.
#[derive(Clone, Copy, Serialize)]
#[cfg_attr(feature = "web", derive(schemars::JsonSchema))]
struct ShareRow {
    all_articles: usize,
    /// In percent; `null` where there is no article.
    share: Option<f64>,
}

/// What is counted, or one of the counts.
#[derive(Serialize)]
#[cfg_attr(feature = "web", derive(schemars::JsonSchema))]
#[serde(untagged)]
pub(super) enum CountedRow<R, C> {
    /// A hit, a quote or a value.
    Result(R),
    /// A count of them.
    Count(C),
}

/// Tables of values, then the timeline.
impl Render for CountsResults {
    fn text(&self, look: &Look, out: &mut dyn Write) -> io::Result<()> {
        for (n, table) in self.tables.iter().enumerate() {
            if n > 0 {
                writeln!(out)?;
            }
            table_text(table, look, out)?;
        }
        let Some(bars) = bars(self) else { return Ok(()) };
        if !self.tables.is_empty() {
            writeln!(out)?;
        }
        bars.text(look, out)
    }

    fn rows(&self) -> impl Iterator<Item: Row> {
        let bars = bars(self).into_iter().flat_map(|it| it.rows());
        value_rows(self).map(CountedRow::Result).chain(bars.map(CountedRow::Count))
    }

    /// One table: a row for each value, then one for each bar.
    fn table(&self) -> Table<'_> {
        let value = |(facet, it): (Facet, &FacetCount)| {
            let quotes = cell(it.quotes);
            cells([&facet.name(), &cell(it.value.as_ref()), &it.articles, &it.passages, &quotes]).into()
        };
        let share = self.timeline.as_ref().is_some_and(|it| it.share);
        counts_table(values(self).map(value).chain(bars(self).into_iter().flat_map(|it| it.cells())), share)
    }

    fn markdown(&self, out: &mut dyn Write) -> io::Result<()> {
        for table in &self.tables {
            let row = |it: &FacetCount| {
                let value = it.value.as_deref().unwrap_or(nothing(table.facet));
                cells([
                    &escaped(value),
                    &number(it.articles),
                    &number(it.passages),
                    &cell(it.quotes.map(number)),
                ])
            };
            let columns = [table.facet.name(), "articles", "passages", "quotes"];
            markdown::table(&columns, 1..4, table.counts.iter().map(row), out)?;
            writeln!(out)?;
        }
        bars(self).map_or(Ok(()), |it| it.markdown(out))
    }
}

/// Each value as JSON.
pub(crate) fn value_rows(results: &CountsResults) -> impl Iterator<Item: Row> {
    values(results).map(|(facet, it)| {
        object! {
            facet: facet.name(),
            value: &it.value,
            articles: it.articles,
            passages: it.passages,
            #[serde(flatten)]
            quotes: it.quotes.map(|it| object! { quotes: it }),
        }
    })
}

/// The bars of the timeline as JSON; none where it was not asked for.
pub(crate) fn bar_rows(results: &CountsResults) -> Vec<impl Row> {
    bars(results).map(|it| it.rows()).unwrap_or_default()
}

fn values(results: &CountsResults) -> impl Iterator<Item = (Facet, &FacetCount)> {
    results.tables.iter().flat_map(|table| table.counts.iter().map(|it| (table.facet, it)))
}

fn bars(results: &CountsResults) -> Option<Bars<'_>> {
    results.timeline.as_ref().map(|timeline| Bars { timeline, unit: Unit::Articles })
}

/// The CSV of values, bars or both; of bars with their share of all articles if that was asked for.
pub(super) fn counts_table<'a>(rows: impl Iterator<Item = Vec<String>> + 'a, share: bool) -> Table<'a> {
    let columns = ["facet", "value", "articles", "passages", "quotes", "all_articles", "share"];
    Table::new(columns.into_iter().take(if share { 7 } else { 5 }), rows)
}

fn table_text(table: &FacetTable, look: &Look, out: &mut dyn Write) -> io::Result<()> {
    let with_quotes = table.counts.iter().any(|it| it.quotes.is_some());
    let quotes = if with_quotes { "    quotes" } else { "" };
    writeln!(
        out,
        "{}",
        look.styled(FAINT, &format!("  articles  passages{quotes}  {}", table.facet.name()))
    )?;
    for count in &table.counts {
        let quotes =
            if with_quotes { format!("{:>10}", cell(count.quotes.map(number))) } else { String::new() };
        let value = match &count.value {
            Some(value) => look.styled(HEADLINE, value),
            None => look.styled(FAINT, nothing(table.facet)),
        };
        let (articles, passages) = (number(count.articles), number(count.passages));
        writeln!(out, "{articles:>10}{passages:>10}{quotes}  {value}")?;
    }
    Ok(())
}

/// What is written for what has no value.
fn nothing(facet: Facet) -> &'static str {
    match facet {
        Facet::Year | Facet::Month | Facet::Day => "(undated)",
        Facet::Speaker => "(nobody named)",
        _ => "(none)",
    }
}

/// What a timeline counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Unit {
    /// Articles, and passages of them.
    Articles,
    /// Quotes.
    Quotes,
}

/// A timeline as it is shown.
#[derive(Clone, Copy)]
pub(super) struct Bars<'a> {
    pub(super) timeline: &'a Timeline,
    pub(super) unit: Unit,
}

impl<'a> Bars<'a> {
    /// The bars, times of which no more is known, and what is undated.
    pub(super) fn rows(self) -> Vec<BarRow<'a>> {
        let Timeline { bars, coarse, undated, .. } = self.timeline;
        let fine = bars.iter().map(|it| self.row(it, self.period()));
        let coarse = coarse.iter().map(|it| self.row(it, Period::of_name(&it.period).name()));
        let undated = (undated.counts.articles > 0).then(|| self.row(undated, "undated"));
        fine.chain(coarse).chain(undated).collect()
    }

    fn row(self, bar: &'a Bar, timeline: &'static str) -> BarRow<'a> {
        let PeriodCounts { articles, passages, quotes, all: all_articles } = bar.counts;
        let share = self.timeline.share;
        let (articles, passages, quotes) = match self.unit {
            Unit::Articles => (Some(articles), Some(passages), None),
            Unit::Quotes => (Some(articles).filter(|_| share), None, Some(quotes)),
        };
        let period = Some(bar.period.as_str()).filter(|it| !it.is_empty());
        let share = share.then(|| ShareRow { all_articles, share: bar.counts.percent().map(rounded) });
        BarRow { timeline, period, articles, passages, quotes, share }
    }

    fn counted(self, bar: &Bar) -> usize {
        match self.unit {
            Unit::Articles => bar.counts.articles,
            Unit::Quotes => bar.counts.quotes,
        }
    }

    fn period(self) -> &'static str {
        self.timeline.period.name()
    }

    /// Writes a bar a line, the longest as wide as there is room.
    pub(super) fn text(self, look: &Look, out: &mut dyn Write) -> io::Result<()> {
        let Timeline { bars, coarse, undated, .. } = self.timeline;
        let what = match self.unit {
            Unit::Articles => "article",
            Unit::Quotes => "quote",
        };
        let most = bars.iter().map(|it| self.counted(it)).max().unwrap_or(0);
        let digits = number(most).len();
        let share = if self.timeline.share { self.share_named() } else { "" };
        if !bars.is_empty() {
            writeln!(out, "{}", look.styled(FAINT, &format!("{what}s by {}{share}", self.period())))?;
        }
        for bar in bars {
            let (period, n) = (&bar.period, self.counted(bar));
            let percent =
                if self.timeline.share { format!("  {}", percent(bar.counts)) } else { String::new() };
            let taken = period.len() + digits + percent.len() + 4;
            let room = look.width.unwrap_or(WIDTH).saturating_sub(taken).max(10);
            let line = format!("{period}  {:>digits$}{percent}  {}", number(n), drawn(n, most, room));
            writeln!(out, "{}", line.trim_end())?;
        }
        for bar in coarse {
            let finer = match Period::of_name(&bar.period) {
                Period::Year => "month",
                Period::Month | Period::Day => "day",
            };
            let counted = format!("{}, {finer} unknown", count(self.counted(bar), what));
            writeln!(out, "{}  {}", bar.period, look.styled(FAINT, &counted))?;
        }
        if undated.counts.articles > 0 {
            let counted = count(self.counted(undated), what);
            writeln!(out, "undated  {}", look.styled(FAINT, &counted))?;
        }
        Ok(())
    }

    /// What the percentages of text and Markdown are of.
    fn share_named(self) -> &'static str {
        match self.unit {
            Unit::Articles => ", and how many of a hundred articles of that time",
            Unit::Quotes => ", and how many of a hundred articles of that time have one",
        }
    }

    /// The rows of [`counts_table`].
    pub(super) fn cells(self) -> impl Iterator<Item = Vec<String>> {
        self.rows().into_iter().map(|it| {
            let BarRow { timeline, period, articles, passages, quotes, share } = it;
            let counts = cells([&timeline, &cell(period), &cell(articles), &cell(passages), &cell(quotes)]);
            let share = share.map(|it| cells([&it.all_articles, &cell(it.share)]));
            counts.into_iter().chain(share.into_iter().flatten()).collect()
        })
    }

    /// Writes a Markdown table.
    pub(super) fn markdown(self, out: &mut dyn Write) -> io::Result<()> {
        let (columns, row) = self.plain_table();
        markdown::table(&columns, 1..columns.len(), self.rows().into_iter().map(row), out)?;
        writeln!(out)
    }

    /// The columns of a table for people, and what makes a row of it.
    pub(super) fn plain_table(self) -> (Vec<&'static str>, impl Fn(BarRow<'a>) -> Vec<String>) {
        let mut columns = match self.unit {
            Unit::Articles => vec![self.period(), "articles", "passages"],
            Unit::Quotes if self.timeline.share => vec![self.period(), "articles", "quotes"],
            Unit::Quotes => vec![self.period(), "quotes"],
        };
        columns.extend(self.timeline.share.then_some("% of all articles"));
        let row = |it: BarRow<'a>| -> Vec<String> {
            let counts = [it.articles, it.passages, it.quotes].into_iter().flatten();
            let period = it.period.unwrap_or("(undated)").to_owned();
            let counts = std::iter::once(period).chain(counts.map(number));
            counts.chain(it.share.map(|it| cell(it.share.map(|it| format!("{it:.2}"))))).collect()
        };
        (columns, row)
    }
}

/// Four decimals: one article of a million still shows.
fn rounded(percent: f64) -> f64 {
    (percent * 1e4).round() / 1e4
}

/// ` 12.50%`; blank for a time without an article.
fn percent(counts: PeriodCounts) -> String {
    counts.percent().map_or_else(|| " ".repeat(7), |it| format!("{it:>6.2}%"))
}

/// Columns of a timeline where nobody says how wide the terminal is.
const WIDTH: usize = 80;

/// A bar of at most `room` columns, in eighths of a column; something is never drawn as nothing.
fn drawn(n: usize, most: usize, room: usize) -> String {
    const EIGHTHS: [&str; 8] = ["", "▏", "▎", "▍", "▌", "▋", "▊", "▉"];
    let eighths = (n * room * 8).div_ceil(most.max(1));
    "█".repeat(eighths / 8) + EIGHTHS[eighths % 8]
}

/// Passages that a search found, and what was counted of all that match. CSV has room for one
/// table: the counts.
pub struct CountedResults<'a> {
    /// The passages.
    pub results: &'a Results,
    /// The counts.
    pub counts: &'a CountsResults,
}

impl Render for CountedResults<'_> {
    fn text(&self, look: &Look, out: &mut dyn Write) -> io::Result<()> {
        self.results.text(look, out)?;
        writeln!(out)?;
        self.counts.text(look, out)
    }

    fn json(&self, out: &mut dyn Write) -> io::Result<()> {
        let document = object! {
            hits: hit_rows(self.results).collect::<Vec<_>>(),
            facets: value_rows(self.counts).collect::<Vec<_>>(),
            timeline: bar_rows(self.counts),
        };
        json::document(&document, out)
    }

    fn rows(&self) -> impl Iterator<Item: Row> {
        let hits = self.results.rows().map(CountedRow::Result);
        hits.chain(self.counts.rows().map(CountedRow::Count))
    }

    fn table(&self) -> Table<'_> {
        self.counts.table()
    }

    fn markdown(&self, out: &mut dyn Write) -> io::Result<()> {
        self.results.markdown(out)?;
        self.counts.markdown(out)
    }
}
