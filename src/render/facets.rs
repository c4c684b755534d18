//! Counts for people, and as rows; timelines as bars.

use std::io::{self, Write};

use morgue_core::{count, number};
use serde::Serialize;

use crate::{
    query::Facet,
    search::{Bar, CountsResults, FacetCount, FacetTable, Results, Timeline},
};

use super::{
    Look, Render,
    hits::hit_rows,
    json::{self, object},
    markdown::{self, escaped},
    table::{Table, cell, cells},
    terminal::{FAINT, HEADLINE},
};

/// What a timeline has of one month or year; `null` is undated.
#[derive(Serialize)]
pub(super) struct BarRow<'a> {
    timeline: &'static str,
    period: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    articles: Option<usize>,
    #[serde(skip_serializing_if = "Option::is_none")]
    passages: Option<usize>,
    #[serde(skip_serializing_if = "Option::is_none")]
    quotes: Option<usize>,
}

/// What is counted, or one of the counts.
#[derive(Serialize)]
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

    fn rows(&self) -> impl Iterator<Item: Serialize> {
        let bars = bars(self).into_iter().flat_map(|it| it.rows());
        value_rows(self).map(CountedRow::Result).chain(bars.map(CountedRow::Count))
    }

    /// One table: a row for each value, then one for each bar.
    fn table(&self) -> Table<'_> {
        let value = |(facet, it): (Facet, &FacetCount)| {
            cells([&facet.name(), &cell(it.value.as_ref()), &it.articles, &it.passages, &cell(it.quotes)])
        };
        counts_table(values(self).map(value).chain(bars(self).into_iter().flat_map(|it| it.cells())))
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
fn value_rows(results: &CountsResults) -> impl Iterator<Item: Serialize> {
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

fn values(results: &CountsResults) -> impl Iterator<Item = (Facet, &FacetCount)> {
    results.tables.iter().flat_map(|table| table.counts.iter().map(|it| (table.facet, it)))
}

fn bars(results: &CountsResults) -> Option<Bars<'_>> {
    results.timeline.as_ref().map(|timeline| Bars { timeline, unit: Unit::Articles })
}

/// The CSV of values, bars or both.
pub(super) fn counts_table<'a>(rows: impl Iterator<Item = [String; 5]> + 'a) -> Table<'a> {
    Table::new(["facet", "value", "articles", "passages", "quotes"], rows)
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
        Facet::Year | Facet::Month => "(undated)",
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
    /// The months or years, years of which no month is known, and what is undated.
    pub(super) fn rows(self) -> Vec<BarRow<'a>> {
        let Timeline { bars, coarse, undated, .. } = self.timeline;
        let fine = bars.iter().map(|it| self.row(it, self.period()));
        let coarse = coarse.iter().map(|it| self.row(it, "year"));
        let undated = (undated.articles > 0).then(|| self.row(undated, "undated"));
        fine.chain(coarse).chain(undated).collect()
    }

    fn row(self, bar: &'a Bar, timeline: &'static str) -> BarRow<'a> {
        let Bar { period, articles, passages } = bar;
        let (articles, passages, quotes) = match self.unit {
            Unit::Articles => (Some(*articles), Some(*passages), None),
            Unit::Quotes => (None, None, Some(*articles)),
        };
        let period = Some(period.as_str()).filter(|it| !it.is_empty());
        BarRow { timeline, period, articles, passages, quotes }
    }

    fn period(self) -> &'static str {
        if self.timeline.by_year { "year" } else { "month" }
    }

    /// Writes a bar a line, the longest as wide as there is room.
    pub(super) fn text(self, look: &Look, out: &mut dyn Write) -> io::Result<()> {
        let Timeline { bars, coarse, undated, .. } = self.timeline;
        let what = match self.unit {
            Unit::Articles => "article",
            Unit::Quotes => "quote",
        };
        let most = bars.iter().map(|it| it.articles).max().unwrap_or(0);
        let digits = number(most).len();
        if !bars.is_empty() {
            writeln!(out, "{}", look.styled(FAINT, &format!("{what}s by {}", self.period())))?;
        }
        for Bar { period, articles, .. } in bars {
            let room = look.width.unwrap_or(WIDTH).saturating_sub(period.len() + digits + 4).max(10);
            let line = format!("{period}  {:>digits$}  {}", number(*articles), drawn(*articles, most, room));
            writeln!(out, "{}", line.trim_end())?;
        }
        for Bar { period, articles, .. } in coarse {
            let counted = format!("{}, month unknown", count(*articles, what));
            writeln!(out, "{period}  {}", look.styled(FAINT, &counted))?;
        }
        if undated.articles > 0 {
            writeln!(out, "undated  {}", look.styled(FAINT, &count(undated.articles, what)))?;
        }
        Ok(())
    }

    /// The rows of [`counts_table`].
    pub(super) fn cells(self) -> impl Iterator<Item = [String; 5]> {
        self.rows().into_iter().map(|it| {
            let BarRow { timeline, period, articles, passages, quotes } = it;
            cells([&timeline, &cell(period), &cell(articles), &cell(passages), &cell(quotes)])
        })
    }

    /// Writes a Markdown table.
    pub(super) fn markdown(self, out: &mut dyn Write) -> io::Result<()> {
        let columns = match self.unit {
            Unit::Articles => vec![self.period(), "articles", "passages"],
            Unit::Quotes => vec![self.period(), "quotes"],
        };
        let row = |it: BarRow<'_>| -> Vec<String> {
            let counts = [it.articles, it.passages, it.quotes].into_iter().flatten();
            let period = it.period.unwrap_or("(undated)").to_owned();
            std::iter::once(period).chain(counts.map(number)).collect()
        };
        markdown::table(&columns, 1..columns.len(), self.rows().into_iter().map(row), out)?;
        writeln!(out)
    }
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
            timeline: bars(self.counts).map(|it| it.rows()).unwrap_or_default(),
        };
        json::document(&document, out)
    }

    fn rows(&self) -> impl Iterator<Item: Serialize> {
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
