//! The front matter of a list: YAML between two lines of `---`, changed line by line.

use std::collections::HashMap;

use jiff::civil::Date;
use serde::Deserialize;

use morgue_core::choices;

use crate::article::ArticleId;

use super::{
    Problem,
    line::{Line, LineEnd, end_with_blank},
};

/// What a list says of itself.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Front {
    /// What people call it.
    pub title: Option<String>,
    /// The saved query, as typed.
    pub query: Option<String>,
    /// The day it was made.
    pub created: Option<Date>,
    /// The day its query was last run.
    pub refreshed: Option<Date>,
    /// The order that found articles are added in.
    pub order: Option<Order>,
    /// So many articles of the query at most.
    pub max: Option<usize>,
    /// So many of one source at most.
    pub per_source: Option<usize>,
    /// Articles that were taken out by hand, each with a word on what it was: a refresh leaves them
    /// out.
    pub removed: Vec<(ArticleId, String)>,
}

choices! {
    /// Which entries come first.
    #[derive(Default)]
    pub enum Order {
        #[default]
        Relevance = "relevance": "The best matches",
        Date = "date": "The oldest; undated articles last",
        Story = "story": "Stories by relevance, within a story the oldest first",
    }
}

/// The front matter as YAML has it.
#[derive(Default, Deserialize)]
#[serde(default)]
struct FrontRow {
    title: Option<String>,
    query: Option<String>,
    created: Option<String>,
    refreshed: Option<String>,
    order: Option<String>,
    max: Option<usize>,
    #[serde(rename = "per-source")]
    per_source: Option<usize>,
    removed: Vec<String>,
}

/// Longer front matter is refused: what it says fits on a few pages.
const FRONT_BYTES_MAX: usize = 1 << 20;

/// How many of the first lines are front matter, both fences included; `Err` when it never ends.
pub(super) fn extent(lines: &[Line]) -> Result<usize, Problem> {
    let is_fence = |line: &Line| line.text.trim_start_matches('\u{feff}').trim_end() == "---";
    if !lines.first().is_some_and(is_fence) {
        return Ok(0);
    }
    let end = lines.iter().skip(1).position(is_fence);
    end.map(|it| it + 2).ok_or_else(|| Problem {
        line: 1,
        reason: "front matter begins here and no line `---` ends it".to_owned(),
    })
}

/// Understands the lines of the front matter.
pub(super) fn read(lines: &[Line], problems: &mut Vec<Problem>) -> Front {
    let Some(inner) = lines.len().checked_sub(2).and_then(|n| lines.get(1..=n)) else {
        return Front::default();
    };
    let text: String = inner.iter().map(|it| format!("{}\n", it.text)).collect();
    if text.trim().is_empty() {
        return Front::default();
    }
    match row(&text) {
        Ok(row) => from_row(row, lines, problems),
        Err(problem) => {
            problems.push(problem);
            Front::default()
        }
    }
}

fn row(text: &str) -> Result<FrontRow, Problem> {
    if text.len() > FRONT_BYTES_MAX {
        return Err(Problem { line: 1, reason: "the front matter is longer than 1 MiB".to_owned() });
    }
    let options = serde_saphyr::options! {
        budget: serde_saphyr::budget! {
            max_events: 200_000,
            max_nodes: 100_000,
            max_aliases: 50,
            max_anchors: 50,
            max_depth: 16,
            max_documents: 1,
            max_total_scalar_bytes: FRONT_BYTES_MAX,
            max_recorded_anchor_events: 5_000,
            max_recorded_anchor_bytes: 256 << 10,
        },
    };
    serde_saphyr::from_str_with_options(text, options).map_err(|error| {
        // One line for the fence above.
        let line = error.location().map_or(1, |it| usize::try_from(it.line()).unwrap_or(0) + 1);
        let message = error.without_snippet().to_string();
        let message = message.lines().next().unwrap_or_default().trim_start_matches("error: ");
        // The parser counts lines from the fence.
        let message = message.split(" at line ").next().unwrap_or(message);
        let message = match message {
            "invalid u64" | "invalid usize" => "it must be a whole number",
            "expected string scalar" => "it must be a text",
            other => other,
        };
        let key = text.lines().nth(line.saturating_sub(2)).and_then(|it| it.split_once(':'));
        let key = key.map_or_else(String::new, |it| format!("`{}`: ", it.0.trim()));
        Problem { line, reason: format!("the front matter cannot be read: {key}{message}") }
    })
}

fn from_row(row: FrontRow, lines: &[Line], problems: &mut Vec<Problem>) -> Front {
    let line_of = |key: &str| {
        let found = lines.iter().position(|it| is_key(&it.text, key));
        found.map_or(1, |it| it + 1)
    };
    let mut wrong = |key: &str, reason: String| problems.push(Problem { line: line_of(key), reason });
    let mut day = |key: &str, value: Option<String>| {
        let value = value?;
        let parsed = value.parse::<Date>().ok();
        if parsed.is_none() {
            wrong(key, format!("`{value}` is no day: it should look like 2017-06-23"));
        }
        parsed
    };
    let created = day("created", row.created);
    let refreshed = day("refreshed", row.refreshed);
    let order = row.order.and_then(|name| {
        let known = Order::from_name(&name);
        if known.is_none() {
            wrong("order", format!("`{name}` is no order: there are relevance, date and story"));
        }
        known
    });
    let comments = comments(lines);
    let mut removed = Vec::new();
    for text in row.removed {
        match text.trim().parse::<ArticleId>() {
            Ok(id) => removed.push((id, comments.get(text.trim()).copied().unwrap_or_default().to_owned())),
            Err(error) => wrong("removed", error.to_string()),
        }
    }
    Front {
        title: row.title,
        query: row.query.filter(|it| !it.trim().is_empty()),
        created,
        refreshed,
        order,
        max: row.max,
        per_source: row.per_source,
        removed,
    }
}

/// What stands behind the items of the front matter's lists.
fn comments(lines: &[Line]) -> HashMap<&str, &str> {
    let commented = lines.iter().filter_map(|it| it.text.split_once(" # "));
    let named = commented.map(|(item, what)| (item.trim().trim_start_matches('-').trim(), what.trim()));
    named.map(|(item, what)| (item.trim_matches(['"', '\'']), what)).collect()
}

fn is_key(line: &str, key: &str) -> bool {
    line.strip_prefix(key).is_some_and(|rest| rest.trim_start().starts_with(':'))
}

/// The lines of new front matter.
pub(super) fn lines(front: &Front, end: LineEnd) -> Vec<Line> {
    let mut lines = vec![Line::new("---", end), Line::new("---", end)];
    update(&mut lines, &Front::default(), front, end);
    lines
}

/// Changes the lines of what differs between `old` and `new`.
pub(super) fn update(lines: &mut Vec<Line>, old: &Front, new: &Front, end: LineEnd) {
    let (old, new) = (keys(old), keys(new));
    if old == new {
        return;
    }
    if lines.is_empty() {
        lines.extend([Line::new("---", end), Line::new("---", end)]);
        end_with_blank(lines, end);
    }
    for ((key, before), (_, after)) in old.iter().zip(&new) {
        if before != after {
            replace(lines, key, after, end);
        }
    }
}

/// Each key with the lines that say it; none when it says nothing.
fn keys(front: &Front) -> [(&'static str, Vec<String>); 8] {
    let one = |key: &str, value: Option<String>| value.map(|it| format!("{key}: {it}")).into_iter().collect();
    let removed = || {
        let mut lines = vec!["removed:".to_owned()];
        lines.extend(front.removed.iter().map(|(id, what)| {
            let what = super::markup::one_line(what);
            if what.trim().is_empty() { format!("  - {id}") } else { format!("  - {id} # {}", what.trim()) }
        }));
        lines
    };
    [
        ("title", one("title", front.title.as_deref().map(scalar))),
        ("query", one("query", front.query.as_deref().map(scalar))),
        ("created", one("created", front.created.map(|it| it.to_string()))),
        ("refreshed", one("refreshed", front.refreshed.map(|it| it.to_string()))),
        ("order", one("order", front.order.map(|it| it.name().to_owned()))),
        ("max", one("max", front.max.map(|it| it.to_string()))),
        ("per-source", one("per-source", front.per_source.map(|it| it.to_string()))),
        ("removed", if front.removed.is_empty() { Vec::new() } else { removed() }),
    ]
}

/// Puts `with` in the place of the lines of a key, or before the closing fence.
fn replace(lines: &mut Vec<Line>, key: &str, with: &[String], end: LineEnd) {
    let fence = lines.iter().rposition(|it| it.text.trim_end() == "---").unwrap_or(lines.len());
    let start = lines[..fence].iter().position(|it| is_key(&it.text, key));
    let range = match start {
        None => fence..fence,
        Some(start) => {
            // A value goes on in lines that are indented, and in the dashes of a list.
            let goes_on = |it: &Line| it.text.starts_with([' ', '\t']) || it.text.starts_with("- ");
            let more = lines[start + 1..fence].iter().take_while(|it| goes_on(it)).count();
            start..start + 1 + more
        }
    };
    lines.splice(range, with.iter().map(|it| Line::new(it.as_str(), end)));
}

/// A text as YAML: plain where nothing in it could be read otherwise, else between double quotation
/// marks.
fn scalar(text: &str) -> String {
    let plain_start = text.starts_with(|c: char| c.is_alphabetic());
    let plain = |c: char| {
        c.is_alphanumeric() || matches!(c, ' ' | '-' | '_' | '.' | ',' | '\'' | '’' | '(' | ')' | '/')
    };
    let word = matches!(
        text.to_ascii_lowercase().as_str(),
        "true" | "false" | "null" | "yes" | "no" | "on" | "off" | "y" | "n"
    );
    if plain_start && text.chars().all(plain) && !word && text.trim() == text {
        return text.to_owned();
    }
    let mut out = String::from("\"");
    for c in text.chars() {
        match c {
            '"' | '\\' => out.extend(['\\', c]),
            '\n' => out.push_str("\\n"),
            '\t' => out.push_str("\\t"),
            // What YAML allows only as an escape.
            c if c.is_control()
                || matches!(c, '\u{2028}' | '\u{2029}' | '\u{feff}' | '\u{fffe}' | '\u{ffff}') =>
            {
                out.push_str(&format!("\\u{:04X}", u32::from(c)));
            }
            c => out.push(c),
        }
    }
    out.push('"');
    out
}
