//! The head of an article: headline, paper and day, then labels.
//!
//! Three orders exist. With numbers (`3 of 10 DOCUMENTS`), the paper, the day and the headline
//! follow; with end marks, the headline, the paper and the day; a single article may have either.
//! The day is the fixed point: nothing is a date by its look alone.

use morgue_core::article::{Field, FieldName};

use super::{
    body::behind,
    cover,
    date_line::{self, Exactness},
    labels::{Labeled, Meaning, is_copyright, is_length, is_unknown_label, labeled, part, section},
    masthead::{self, CENTERED, HEAD_LINES_MAX, field, is_notice},
};
use crate::read::sheet::{Kind, Line};

/// What an article begins with.
#[derive(Default)]
pub(super) struct Head {
    pub(super) fields: Vec<Field>,
    /// Lines of the stand-first.
    pub(super) highlight: Vec<Line>,
    /// Text that stands on the line of a label `BODY:`.
    pub(super) text: Option<Line>,
    /// Where the text begins.
    pub(super) end: usize,
    /// Whether a line `Body` stands above the text.
    pub(super) has_body_mark: bool,
}

/// How many lines above the first label are searched for the day.
const DAY_LINES_MAX: usize = 14;

/// Whether a line tells an export by itself: a number of words, the day of loading.
pub(super) fn is_telling(line: &str) -> bool {
    labeled(line).is_some_and(|it| match it.meaning {
        Meaning::Length => !it.label.is_empty() && is_length(it.value),
        Meaning::Closing => it.label.contains('-') && !it.value.is_empty(),
        _ => false,
    })
}

/// Reads the head of a record. `is_numbered` says that it begins with its number; otherwise other
/// things may stand before its headline, as the cover page. `None` when the lines have no head.
pub(super) fn read(lines: &[Line], is_numbered: bool, kind: Kind) -> Option<Head> {
    let body = body_mark(lines);
    let (day, first_label) = anchor(lines, body, is_numbered)?;
    let mut head = Head::default();
    let start = if is_numbered { 0 } else { day.map_or(0, |day| start(lines, day)) };
    head.fields = masthead::read(lines.get(start..first_label)?, day.map(|it| it - start), is_numbered);
    let first_label = masthead::unlabeled_byline(lines, first_label, &mut head.fields);
    labels(lines, first_label, body, kind, &mut head);
    Some(head)
}

/// The first line `Body` that stands a few lines below a day or a label.
fn body_mark(lines: &[Line]) -> Option<usize> {
    let mut since = HEAD_LINES_MAX;
    for (at, line) in lines.iter().enumerate().filter(|(_, it)| !it.is_blank()) {
        if since < BODY_LINES_MAX && part(&line.text) == Some(Meaning::Body) {
            return Some(at);
        }
        let is_told = labeled(&line.text).is_some_and(|it| it.is_of_head())
            || is_copyright(&line.text)
            || date_line::read(&line.text).is_some();
        since = if is_told { 0 } else { since + 1 };
    }
    None
}

/// How many lines a stand-first between the last label and the line `Body` has at most.
const BODY_LINES_MAX: usize = 12;

/// The line of the day, if there is one, and the first line below it that has a label.
fn anchor(lines: &[Line], body: Option<usize>, is_numbered: bool) -> Option<(Option<usize>, usize)> {
    let head =
        lines.iter().enumerate().filter(|(_, it)| !it.is_blank()).nth(HEAD_LINES_MAX).filter(|_| is_numbered);
    if let Some(found) = headline_above(lines).filter(|_| is_numbered) {
        return Some(found);
    }
    let limit = body.or(head.map(|it| it.0)).unwrap_or(lines.len());
    let mut first = None;
    // Each label is looked at once, and a few lines above it.
    for at in 0..lines.len().min(limit.saturating_add(1)) {
        let is_label = Some(at) == body || labeled(&lines[at].text).is_some_and(|it| it.is_of_head());
        if !is_label || first.is_some() && at > 0 && labeled(&lines[at - 1].text).is_some() {
            continue;
        }
        first = first.or(Some(at));
        if let Some(day) = day_above(lines, at, is_numbered) {
            return Some((Some(day), first_label_below(lines, day, at)));
        }
    }
    match first {
        Some(first) => Some((None, first)),
        None => {
            // No label at all above the text: paper, day and headline alone.
            let day = first_day(lines).filter(|_| is_numbered)?;
            Some((Some(day), end_of_masthead(lines, day)))
        }
    }
}

/// The layout of older texts: the paper in the middle, the headline at the margin, the day in the
/// middle; most labels stand below the text. Returns the day and where its lines end.
fn headline_above(lines: &[Line]) -> Option<(Option<usize>, usize)> {
    let day = first_day(lines)?;
    let above = || lines[..day].iter().filter(|it| !it.is_blank());
    let is_in_middle = |it: &Line| it.indent >= CENTERED;
    let fits = is_in_middle(&lines[day])
        && above().next().is_some_and(is_in_middle)
        && above().any(|it| it.indent == 0);
    let end = (day..lines.len()).find(|it| lines[*it].is_blank()).unwrap_or(lines.len());
    fits.then_some((Some(day), end))
}

/// The day in the lines above the first label; with a number the topmost line that is one, for the
/// headline stands below it, otherwise the nearest.
fn day_above(lines: &[Line], label: usize, is_numbered: bool) -> Option<usize> {
    let above = lines[..label].iter().enumerate().rev();
    let above = above.filter(|(_, it)| !it.is_blank() && !is_copyright(&it.text));
    let dated = above
        .take(DAY_LINES_MAX)
        .filter_map(|(at, line)| Some((at, date_line::read(&line.text)?.exactness)))
        .collect::<Vec<_>>();
    let best = dated.iter().map(|it| it.1).max()?;
    let mut best = dated.into_iter().filter(|it| it.1 == best).map(|it| it.0);
    if is_numbered { best.next_back() } else { best.next() }
}

fn first_label_below(lines: &[Line], day: usize, label: usize) -> usize {
    (day + 1..label).find(|it| labeled(&lines[*it].text).is_some()).unwrap_or(label)
}

fn first_day(lines: &[Line]) -> Option<usize> {
    let mut filled = lines.iter().enumerate().filter(|(_, it)| !it.is_blank()).take(DAY_LINES_MAX);
    filled
        .find(|(_, it)| date_line::read(&it.text).is_some_and(|it| it.exactness == Exactness::Day))
        .map(|it| it.0)
}

/// Where the group of lines below the day ends: it is the headline.
fn end_of_masthead(lines: &[Line], day: usize) -> usize {
    let below = |from: usize, blank: bool| (from..lines.len()).find(|it| lines[*it].is_blank() == blank);
    let Some(mut start) = below(day + 1, false) else { return lines.len() };
    while is_notice(&lines[start].text) {
        let Some(next) = below(start + 1, false) else { return lines.len() };
        start = next;
    }
    below(start, true).unwrap_or(lines.len())
}

/// Where the headline begins that stands above the paper and the day.
fn start(lines: &[Line], day: usize) -> usize {
    if lines[day].look.new_page {
        return day;
    }
    let above = |end: usize| (0..end).rev().take(DAY_LINES_MAX).find(|it| !lines[*it].is_blank());
    let Some(paper) = above(day) else { return day };
    if let Some(headline) = cover::headline(&lines[..day]).filter(|it| *it < paper) {
        return headline;
    }
    let first = group(lines, paper);
    if paper - first > HEADLINE_LINES_MAX {
        // A cover stands above the headline without a blank line.
        return paper - 1;
    }
    if first < paper || lines[first].look.new_page {
        return first;
    }
    // The paper stands alone: the headline is the group above it.
    let Some(last) = above(first) else { return first };
    let headline = group(lines, last);
    if last - headline >= HEADLINE_LINES_MAX { last } else { headline }
}

/// How many lines a headline has at most.
const HEADLINE_LINES_MAX: usize = 5;

/// The first line of a group that ends with the line `last`. A blank line, a new page and a line of
/// the cover stand before a group.
fn group(lines: &[Line], last: usize) -> usize {
    let mut start = last;
    while start > 0
        && !lines[start].look.new_page
        && !lines[start - 1].is_blank()
        && !cover::is_of_cover(&lines[start - 1].text)
        && last - start < DAY_LINES_MAX
    {
        start -= 1;
    }
    start
}

/// Reads the labels above the text.
fn labels(lines: &[Line], from: usize, body: Option<usize>, kind: Kind, head: &mut Head) {
    let mut current: Option<Labeled<'_>> = None;
    let mut after_blank = false;
    let is_capital = lines[from..].iter().find_map(|it| labeled(&it.text)).is_none_or(|it| it.is_capital());
    head.end = lines.len();
    for (at, line) in lines.iter().enumerate().skip(from) {
        if Some(at) == body {
            // Where the mark is in capitals, so are the labels below the text.
            (head.end, head.has_body_mark) = (at + 1, line.text.contains(char::is_lowercase));
            return;
        }
        if line.is_blank() {
            after_blank = true;
            continue;
        }
        let found = labeled(&line.text).filter(|it| it.is_capital() || !is_capital);
        match found {
            Some(it) if it.meaning == Meaning::Body => {
                head.text = Some(behind(line, it.value));
                (head.end, head.has_body_mark) = (at + 1, false);
                return;
            }
            Some(it) if body.is_none() && ends_head(&it) => {
                head.end = at;
                return;
            }
            Some(it) => {
                take(&it, line, head);
                current = Some(it);
            }
            None if is_other(lines, at, current.as_ref(), body) => current = Some(OTHER),
            None => {
                let Some(label) = current.filter(|it| body.is_some() || goes_on(it, after_blank, kind))
                else {
                    if body.is_none() {
                        head.end = at;
                        return;
                    }
                    continue;
                };
                if label.meaning == Meaning::Highlight {
                    head.highlight.push(line.clone());
                } else if let Some(last) = head.fields.last_mut().filter(|_| !after_blank) {
                    extend(last, &label, &line.text);
                }
            }
        }
        after_blank = false;
    }
}

/// A label that is not known.
const OTHER: Labeled<'_> = Labeled { meaning: Meaning::Other, label: "", value: "" };

/// Whether a line is a label that is not known: a label of the head stands above it and another
/// below.
fn is_other(lines: &[Line], at: usize, above: Option<&Labeled<'_>>, body: Option<usize>) -> bool {
    let is_below = || {
        let below = lines.get(at + 1..).unwrap_or_default().iter().find(|it| !it.is_blank());
        below.and_then(|it| labeled(&it.text)).is_some_and(|it| it.is_of_head())
    };
    is_unknown_label(&lines[at].text)
        && above.is_some_and(|it| it.meaning != Meaning::Highlight)
        && (body.is_some() || is_below())
}

/// Whether a label only ever stands below a text, so that no text follows.
fn ends_head(it: &Labeled<'_>) -> bool {
    it.meaning == Meaning::Closing || matches!(it.meaning, Meaning::Graphic | Meaning::Correction)
}

/// Whether a line without a label goes on with the value above it.
fn goes_on(label: &Labeled<'_>, after_blank: bool, kind: Kind) -> bool {
    let breaks_lines = kind == Kind::Text || label.value.is_empty();
    label.meaning != Meaning::Length && !after_blank && breaks_lines
}

fn take(it: &Labeled<'_>, line: &Line, head: &mut Head) {
    let Labeled { meaning, label, value } = *it;
    match meaning {
        _ if value.is_empty() && meaning != Meaning::Field(FieldName::Headline) => (),
        Meaning::Field(name) => {
            let value = match name {
                FieldName::Section => section(value),
                FieldName::Place => place(value),
                FieldName::Language => value.split(';').next().unwrap_or_default().trim(),
                _ => value,
            };
            if name == FieldName::Headline {
                // A label outranks the place.
                head.fields.retain(|it| it.name != name);
            }
            head.fields.push(field(name, value, &label.to_lowercase(), line.number));
        }
        Meaning::Highlight => head.highlight.push(behind(line, value)),
        _ => (),
    }
}

/// A place without the day that may stand behind it: `WASHINGTON, Jan. 20`, `OSBY; Oct 7`.
fn place(value: &str) -> &str {
    let value = value.split(';').next().unwrap_or_default().trim();
    const MONTHS: &[&str] = &[
        "jan", "feb", "mar", "mär", "apr", "may", "mai", "jun", "jul", "aug", "sep", "oct", "okt", "nov",
        "dec", "dez",
    ];
    let mut words = value.rsplitn(3, ' ');
    let (day, month, rest) = (words.next(), words.next(), words.next());
    let is_day = day.is_some_and(|it| it.parse::<u8>().is_ok_and(|it| (1..=31).contains(&it)));
    let is_month = month.is_some_and(|it| MONTHS.iter().any(|month| it.to_lowercase().starts_with(month)));
    rest.filter(|_| is_day && is_month).map_or(value, |it| it.trim_end_matches([',', ' ']))
}

/// Adds a further line to the value of the label above it.
fn extend(last: &mut Field, label: &Labeled<'_>, text: &str) {
    if matches!(label.meaning, Meaning::Field(name) if name == last.name)
        && last.value.len() < VALUE_BYTES_MAX
    {
        *last = Field { value: format!("{} {text}", last.value).trim().to_owned(), ..last.clone() };
    }
}

/// A longer value is no name and no headline.
const VALUE_BYTES_MAX: usize = 2_000;
