//! A timeline as a picture of links, with the same numbers in a table.

use maud::{Markup, html};
use morgue_core::{count, number};

use super::parts;
use crate::{
    article::Published,
    search::{Bar, Period, PeriodCounts, Timeline},
    web::address::Address,
};

/// What the bars of a timeline count.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::web) enum Counted {
    /// Articles.
    Articles,
    /// Quotes.
    Quotes,
    /// Articles, in percent of all articles of that time; the timeline must have been asked for
    /// with its share.
    Share,
}

/// The height of a chart, where its bars stand, and how high the highest is, in pixels.
const HEIGHT: f64 = 104.0;
const BASE: f64 = 82.0;
const BAR_HEIGHT_MAX: f64 = 62.0;
/// The least width of the columns apart, in percent: their words need room on a phone.
const APART_WIDTH_MIN: f64 = 15.0;
/// Words need so much room on each side on a phone, in percent.
const EDGE: f64 = 8.0;
/// More numbers than these do not fit beside each other, and the highest bar alone has its own.
const NUMBERED_MAX: usize = 40;
/// A table of more rows has those only that are not empty.
const ROWS_MAX: usize = 120;

/// The chart of a timeline, for a `<figure>`: the bars, `caption` in a line below them, and a
/// table. It covers all of the timeline, with zeros; what is undated, or known less exactly than a
/// bar is wide, stands apart.
///
/// `link` gives where the bar of a period (`2018-03`; empty for what is undated) leads.
pub(in crate::web) fn chart(
    timeline: &Timeline,
    counted: Counted,
    link: impl Fn(&str) -> Option<Address>,
    caption: &Markup,
) -> Markup {
    if timeline.bars.is_empty() {
        return html! {
            div.row { (caption) }
            @if let Some(note) = &timeline.note { p.soft { (parts::prose(&parts::sentence(note))) } }
            (table(timeline, counted, &link))
        };
    }
    html! {
        (bars(timeline, counted, &link))
        div.row { (caption) }
        @if let Some(note) = &timeline.note { p.soft { (parts::prose(&parts::sentence(note))) } }
        (table(timeline, counted, &link))
    }
}

/// A column of the picture.
struct Column<'a> {
    bar: &'a Bar,
    /// Left edge and width, in percent.
    x: f64,
    width: f64,
    /// Its time in words.
    when: String,
    /// What stands below it.
    label: Option<String>,
    /// Whether it is of several periods, so that it leads to none of them.
    is_sum: bool,
}

fn bars(timeline: &Timeline, counted: Counted, link: &impl Fn(&str) -> Option<Address>) -> Markup {
    let n = timeline.bars.len();
    let coarse = coarse(timeline);
    let n_apart = if coarse.is_some() { 2.0 } else { 1.0 };
    let apart_width = (100.0 / (n as f64 + n_apart + 0.6)).max(APART_WIDTH_MIN);
    let width = (100.0 - n_apart * apart_width) / (n as f64 + 0.6);
    let labels = labels_max(timeline.period);
    let every = n.div_ceil(labels);
    let mut columns: Vec<Column<'_>> = Vec::new();
    for (at, bar) in timeline.bars.iter().enumerate() {
        let label = (at % every == 0).then(|| short(&bar.period, timeline.period));
        let when = in_words(&bar.period);
        columns.push(Column { bar, x: at as f64 * width, width, when, label, is_sum: false });
    }
    let end = n as f64 * width;
    let mut x = 100.0 - n_apart * apart_width;
    for (bar, name) in
        coarse.iter().map(|it| (it, less_known(timeline))).chain([(&timeline.undated, "undated")])
    {
        let when = if bar.period.is_empty() { parts::capital(name) } else { in_words(&bar.period) };
        let is_sum = bar.period.is_empty() && !std::ptr::eq(bar, &timeline.undated);
        columns.push(Column { bar, x, width: apart_width, when, label: Some(name.to_owned()), is_sum });
        x += apart_width;
    }
    let most = columns.iter().map(|it| height_of(&it.bar.counts, counted)).fold(0.0, f64::max);
    let highest = timeline.bars.iter().position(|it| height_of(&it.counts, counted) >= most);
    let digits = if counted == Counted::Share { 4 } else { number(most as usize).len() };
    let numbered = |at: usize| n * digits <= NUMBERED_MAX || Some(at) == highest || at >= n;
    let drawn = |column: &Column<'_>| {
        let height = height_of(&column.bar.counts, counted) / most.max(f64::MIN_POSITIVE) * BAR_HEIGHT_MAX;
        height.min(BAR_HEIGHT_MAX).max(if height > 0.0 { 1.0 } else { 0.0 })
    };
    html! {
        svg.chart height=(HEIGHT) role="group" aria-label=(title(timeline, counted)) {
            @for column in &columns {
                @if !is_empty(&column.bar.counts, counted) {
                    @let to = if column.is_sum { None } else { link(&column.bar.period) };
                    (bar_drawn(column, drawn(column), &said(column, counted), to))
                }
            }
            line x1="0" x2=(percent(end)) y1=(BASE) y2=(BASE) {}
            line x1=(percent(100.0 - n_apart * apart_width)) x2="100%" y1=(BASE) y2=(BASE) {}
            g aria-hidden="true" {
                @for (at, column) in columns.iter().enumerate() {
                    @let (x, anchor) = anchored(column);
                    @if (!is_empty(&column.bar.counts, counted) || at >= n) && numbered(at) {
                        text x=(x) y=(pixels(BASE - drawn(column) - 5.0)) text-anchor=(anchor) {
                            (figure(&column.bar.counts, counted))
                        }
                    }
                    @if let Some(label) = &column.label {
                        text x=(x) y=(BASE + 17.0) text-anchor=(anchor) { (label) }
                    }
                }
            }
        }
    }
}

/// Where the words of a column stand: in its middle, but never over an edge of the picture.
fn anchored(column: &Column<'_>) -> (String, &'static str) {
    let (middle, end) = (column.x + column.width / 2.0, column.x + column.width);
    if column.x < 0.1 && middle < EDGE {
        (percent(0.0), "start")
    } else if end > 99.9 && middle > 100.0 - EDGE {
        (percent(100.0), "end")
    } else {
        (percent(middle), "middle")
    }
}

/// A bar, and the whole height of its column to aim at.
fn bar_drawn(column: &Column<'_>, height: f64, said: &str, to: Option<Address>) -> Markup {
    let inset = column.width * 0.12;
    let thick = (column.width - 2.0 * inset).min(APART_WIDTH_MIN / 2.0);
    let x = column.x + (column.width - thick) / 2.0;
    let rects = html! {
        rect x=(percent(column.x)) y="0" width=(percent(column.width)) height=(HEIGHT) {}
        rect x=(percent(x)) y=(pixels(BASE - height)) width=(percent(thick)) height=(pixels(height)) {}
    };
    html! {
        @match to {
            Some(to) => a href=(to) aria-label=(said) { (rects) },
            // Only links have something to aim at.
            None => rect role="img" aria-label=(said) x=(percent(x)) y=(pixels(BASE - height))
                width=(percent(thick)) height=(pixels(height)) {},
        }
    }
}

fn table(timeline: &Timeline, counted: Counted, link: &impl Fn(&str) -> Option<Address>) -> Markup {
    let all = timeline.bars.len() <= ROWS_MAX;
    let is_shown = |it: &&Bar| all || !is_empty(&it.counts, counted);
    let name = |bar: &Bar| match (in_words(&bar.period), Period::of_name(&bar.period)) {
        (name, _) if bar.period.is_empty() => name,
        (name, period) if period != timeline.period => format!("{name}, {} unknown", timeline.period.name()),
        (name, _) => name,
    };
    let rows = timeline.bars.iter().filter(is_shown).chain(&timeline.coarse).chain([&timeline.undated]);
    html! {
        details {
            summary { "The same in a table" }
            table {
                thead {
                    tr {
                        th scope="col" { (parts::capital(timeline.period.name())) }
                        th scope="col" { @if counted == Counted::Quotes { "Quotes" } @else { "Articles" } }
                        @if timeline.share { th scope="col" { "Of all articles" } th scope="col" { "Share" } }
                    }
                }
                tbody {
                    @for bar in rows {
                        @let to = (!is_empty(&bar.counts, counted)).then(|| link(&bar.period)).flatten();
                        tr {
                            th scope="row" {
                                @match to { Some(to) => a href=(to) { (name(bar)) }, None => (name(bar)) }
                            }
                            td.count { (number(number_of(&bar.counts, counted))) }
                            @if timeline.share {
                                td.count { (number(bar.counts.all)) }
                                td.count { (share(&bar.counts)) }
                            }
                        }
                    }
                }
            }
            @if !all { p.soft { "Without those that have nothing." } }
        }
    }
}

/// What is known less exactly than a bar is wide, as one bar.
fn coarse(timeline: &Timeline) -> Option<Bar> {
    let mut sum = PeriodCounts::default();
    for bar in &timeline.coarse {
        sum.articles += bar.counts.articles;
        sum.passages += bar.counts.passages;
        sum.quotes += bar.counts.quotes;
        sum.all += bar.counts.all;
    }
    // One alone can be a link to it.
    let period = match timeline.coarse.as_slice() {
        [only] => only.period.clone(),
        _ => String::new(),
    };
    (sum != PeriodCounts::default()).then_some(Bar { period, counts: sum })
}

fn less_known(timeline: &Timeline) -> &'static str {
    match timeline.period {
        Period::Day => "no day",
        Period::Month | Period::Year => "no month",
    }
}

/// What a bar says to who does not see it: `March 2018: 5 articles`.
fn said(column: &Column<'_>, counted: Counted) -> String {
    let Column { bar, when, .. } = column;
    let n = number_of(&bar.counts, counted);
    match counted {
        Counted::Articles => format!("{when}: {}", count(n, "article")),
        Counted::Quotes => format!("{when}: {}", count(n, "quote")),
        Counted::Share => format!("{when}: {}, {} of all", count(n, "article"), share(&bar.counts)),
    }
}

/// `Articles a year, 2012 to 2024`.
fn title(timeline: &Timeline, counted: Counted) -> String {
    let what = match counted {
        Counted::Articles => "Articles",
        Counted::Quotes => "Quotes",
        Counted::Share => "Share of all articles",
    };
    let end = |it: Option<&Bar>| it.map(|it| in_words(&it.period)).unwrap_or_default();
    let (first, last) = (end(timeline.bars.first()), end(timeline.bars.last()));
    format!("{what} a {}, {first} to {last}", timeline.period.name())
}

/// `March 2018`; `No date` for nothing.
pub(super) fn in_words(period: &str) -> String {
    match Published::from_iso(period) {
        Some(it) => it.in_words(),
        None if period.is_empty() => "No date".to_owned(),
        None => period.to_owned(),
    }
}

/// The name of a period below its bar: `2018`, `Mar 2018`, `9 Mar`.
fn short(period: &str, of: Period) -> String {
    let words = in_words(period);
    let mut words = words.split(' ');
    let mut next = || words.next().unwrap_or_default();
    match of {
        Period::Year => period.to_owned(),
        Period::Month => {
            let (month, year) = (next(), next());
            format!("{} {year}", month.get(..3).unwrap_or(month))
        }
        Period::Day => {
            let (day, month) = (next(), next());
            format!("{day} {}", month.get(..3).unwrap_or(month))
        }
    }
}

/// How many names of periods stand side by side on a phone.
fn labels_max(period: Period) -> usize {
    match period {
        Period::Year => 6,
        Period::Month => 4,
        Period::Day => 4,
    }
}

fn number_of(counts: &PeriodCounts, counted: Counted) -> usize {
    if counted == Counted::Quotes { counts.quotes } else { counts.articles }
}

fn is_empty(counts: &PeriodCounts, counted: Counted) -> bool {
    number_of(counts, counted) == 0
}

fn height_of(counts: &PeriodCounts, counted: Counted) -> f64 {
    match counted {
        Counted::Share => counts.percent().unwrap_or(0.0),
        Counted::Articles | Counted::Quotes => number_of(counts, counted) as f64,
    }
}

/// What stands above a bar.
fn figure(counts: &PeriodCounts, counted: Counted) -> String {
    if counted == Counted::Share { share(counts) } else { number(number_of(counts, counted)) }
}

/// `12.5 %`.
fn share(counts: &PeriodCounts) -> String {
    counts.percent().map_or_else(
        || "–".to_owned(),
        |it| {
            let decimals = if it >= 10.0 || it == 0.0 {
                0
            } else if it >= 0.1 {
                1
            } else {
                3
            };
            format!("{it:.decimals$}%")
        },
    )
}

fn percent(value: f64) -> String {
    format!("{value:.2}%")
}

fn pixels(value: f64) -> String {
    format!("{value:.1}")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn bar(period: &str, articles: usize, all: usize) -> Bar {
        Bar { period: period.to_owned(), counts: PeriodCounts { articles, all, ..PeriodCounts::default() } }
    }

    fn drawn(timeline: &Timeline, counted: Counted) -> String {
        let link = |it: &str| (!it.is_empty()).then(|| Address::search(&format!("date:{it}")));
        chart(timeline, counted, link, &html! { "Articles" }).into_string()
    }

    #[test]
    fn each_bar_says_what_it_counts_and_leads_there() {
        let timeline = Timeline {
            bars: vec![bar("2018-02", 0, 9), bar("2018-03", 5, 40), bar("2018-04", 1, 4)],
            coarse: vec![bar("2018", 2, 2)],
            undated: bar("", 3, 3),
            share: true,
            ..Timeline::default()
        };
        let shown = drawn(&timeline, Counted::Articles);
        for part in [
            "aria-label=\"Articles a month, February 2018 to April 2018\"",
            "<a href=\"/search?q=date%3A2018-03\" aria-label=\"March 2018: 5 articles\">",
            "<a href=\"/search?q=date%3A2018\" aria-label=\"2018: 2 articles\">",
            "aria-label=\"Undated: 3 articles\"",
            "<th scope=\"row\">February 2018</th><td class=\"count\">0</td>",
            "2018, month unknown</a></th><td class=\"count\">2</td>",
        ] {
            assert!(shown.contains(part), "{part} is not in {shown}");
        }
        assert!(!shown.contains("aria-label=\"February 2018"), "a bar of nothing: {shown}");
        let shown = drawn(&timeline, Counted::Share);
        assert!(shown.contains("aria-label=\"April 2018: 1 article, 25% of all\""), "{shown}");
        assert!(shown.contains("aria-label=\"March 2018: 5 articles, 12% of all\""), "{shown}");
    }

    #[test]
    fn a_chart_without_bars_has_its_table_only() {
        let timeline = Timeline { undated: bar("", 2, 0), ..Timeline::default() };
        let shown = drawn(&timeline, Counted::Articles);
        assert!(
            !shown.contains("<svg") && shown.contains("No date</th><td class=\"count\">2</td>"),
            "{shown}"
        );
    }

    #[test]
    fn names_below_bars_are_short() {
        for (period, of, name) in [
            ("2018", Period::Year, "2018"),
            ("2018-03", Period::Month, "Mar 2018"),
            ("2018-03-09", Period::Day, "9 Mar"),
        ] {
            assert_eq!(short(period, of), name);
        }
    }
}
