//! The lines above the labels: headline, paper and day.

use morgue_core::article::{Field, FieldName, Trust};

use super::{
    date_line,
    labels::{is_copyright, labeled},
    number::number,
};
use crate::read::sheet::Line;

/// How many lines, blank ones aside, the head of a record has at most.
pub(super) const HEAD_LINES_MAX: usize = 60;

/// Reads the lines above the labels.
pub(super) fn read(lines: &[Line], day: Option<usize>, is_numbered: bool) -> Vec<Field> {
    let mut fields = Vec::new();
    let before = told(lines.get(..day.unwrap_or_default()).unwrap_or_default(), false);
    let mut after = told(below(lines, day), day.is_some() && !is_numbered);
    if is_numbered && before.iter().any(|it| it.indent > 0) {
        // The headline stands at the margin; what stands in the middle tells the edition.
        after.retain(|it| it.indent < CENTERED);
    }
    if let Some(line) = day.and_then(|it| lines.get(it)) {
        let dated =
            date_line::read(&line.text).into_iter().flat_map(|it| it.instant.into_iter().chain([it.day]));
        fields.extend(dated.map(|it| field(FieldName::Date, &it, "date", line.number)));
    }
    let (margin, middle): (Vec<&Line>, Vec<&Line>) = before.iter().partition(|it| it.indent == 0);
    let (source, headline): (Option<&Line>, Vec<&Line>) = match (day, &before[..], &after[..]) {
        (None, [], [source, .., headline]) if is_numbered => (Some(*source), vec![*headline]),
        (None, [], all) if !all.iter().any(|it| it.indent > 0) => first_of(all),
        (None, [], [.., headline]) => (None, vec![headline]),
        (Some(_), _, _) if is_numbered && !middle.is_empty() => {
            (paper(&middle), if margin.is_empty() { after.clone() } else { margin })
        }
        (Some(_), [.., _], [_, ..]) if is_numbered || before.len() == 1 => (paper(&before), after.clone()),
        (Some(_), [headline @ .., source], _) => (Some(source), headline.to_vec()),
        _ => (None, after.clone()),
    };
    if let Some(line) = source {
        fields.push(field(FieldName::Source, without_stop(&line.text), "source", line.number));
    }
    // A byline may stand below the headline without a label.
    let is_byline = |it: &&&Line| BY.iter().any(|by| it.text.starts_with(by)) && it.text.len() < 80;
    if let Some(line) = headline.iter().skip(1).find(is_byline) {
        fields.push(field(FieldName::Byline, &line.text, "byline", line.number));
    }
    let headline = headline.iter().enumerate().filter(|(at, it)| *at == 0 || !is_byline(it)).map(|it| *it.1);
    let headline: Vec<&Line> = headline.collect();
    if let Some(first) = headline.first() {
        let text = headline.iter().map(|it| it.text.as_str()).collect::<Vec<_>>().join(" ");
        fields.push(field(FieldName::Headline, &text, "headline", first.number));
    }
    fields
}

/// The paper and the headline among lines without a day: the headline is a heading, or stands
/// first, and the paper stands below the headline.
fn first_of<'a>(lines: &[&'a Line]) -> (Option<&'a Line>, Vec<&'a Line>) {
    let heading = lines.iter().rposition(|it| it.look.heading.is_some());
    let first = heading.or_else(|| lines.iter().rposition(|it| it.look.new_page)).unwrap_or_default();
    let source = lines.get(first + 1).copied();
    (source, lines.get(first).copied().into_iter().collect())
}

/// Reads a name that stands alone between the day and a label or the text; returns where it ends.
pub(super) fn unlabeled_byline(lines: &[Line], from: usize, fields: &mut Vec<Field>) -> usize {
    let mut filled = lines.iter().enumerate().skip(from).filter(|(_, it)| !it.is_blank());
    let (Some((at, line)), Some((next, below))) = (filled.next(), filled.next()) else { return from };
    let is_alone =
        next > at + 1 && line.text.split_whitespace().count() <= 6 && labeled(&line.text).is_none();
    let is_told = BY.iter().any(|it| line.text.starts_with(it))
        || labeled(&below.text).is_some_and(|it| it.is_of_head());
    if !is_alone || !is_told || line.text.contains(|it: char| it.is_ascii_digit()) {
        return from;
    }
    fields.push(field(FieldName::Byline, &line.text, "byline", line.number));
    at + 1
}

/// How a byline begins.
const BY: &[&str] = &["By ", "BY ", "Von ", "VON ", "Par ", "Door ", "DOOR ", "Por "];

/// A line with more white space before it stands in the middle of the page.
pub(super) const CENTERED: usize = 8;

/// The lines that are neither blank nor notices. With `whole_notes` a copyright note goes up to a
/// blank line.
fn told(lines: &[Line], whole_notes: bool) -> Vec<&Line> {
    let mut in_note = false;
    let mut kept = Vec::new();
    for line in lines.iter().take(HEAD_LINES_MAX) {
        in_note = is_copyright(&line.text) || in_note && whole_notes && !line.is_blank();
        if !line.is_blank() && !in_note && !is_notice(&line.text) {
            kept.push(line);
        }
    }
    kept
}

/// The lines below the day; those right below it tell the edition when others follow a blank line.
fn below(lines: &[Line], day: Option<usize>) -> &[Line] {
    let after = lines.get(day.map_or(0, |it| it + 1)..).unwrap_or_default();
    let edition = after.iter().take_while(|it| !it.is_blank()).count();
    let rest = after.get(edition..).unwrap_or_default();
    if day.is_some() && !told(rest, true).is_empty() { rest } else { after }
}

/// The name of the paper among the lines above the day: a company that owns it may stand first.
fn paper<'a>(lines: &[&'a Line]) -> Option<&'a Line> {
    const COMPANY: &[&str] = &["b.v.", "bv", "n.v.", "gmbh", "ag", "ltd", "ltd.", "inc.", "llc"];
    let is_company = |it: &&&Line| {
        let last = it.text.rsplit(' ').next().unwrap_or_default().to_lowercase();
        COMPANY.contains(&last.as_str())
    };
    lines.iter().find(|it| !is_company(it)).or(lines.first()).copied()
}

/// Whether a line of the head tells of the edition or the service.
pub(super) fn is_notice(line: &str) -> bool {
    const ENDS: &[&str] = &[
        "edition",
        "ausgabe",
        "édition",
        "editie",
        "edición",
        "edizione",
        "edição",
        " cycle",
        "correction appended",
    ];
    let is_number = number(line).is_some();
    let line = line.trim_end_matches(['.', ')']).to_lowercase();
    ENDS.iter().any(|it| line.ends_with(it))
        || line.strip_prefix("edition ").is_some_and(|it| it.starts_with(|it: char| it.is_ascii_digit()))
        || line.starts_with("show:")
        || line.starts_with("this content is provided to lexisnexis")
        || is_number
}

/// The name of a paper without the full stop that Nexis sets behind some: `Guardian.com.`.
fn without_stop(name: &str) -> &str {
    const SHORTENED: &[&str] = &["co", "corp", "inc", "ltd", "jr", "llc", "mag"];
    let Some(bare) = name.strip_suffix('.') else { return name };
    let last = bare.rsplit(' ').next().unwrap_or(bare).to_lowercase();
    let is_shortened = SHORTENED.contains(&last.as_str())
        || last.len() <= 3 && last.contains('.')
        || last.chars().count() == 1;
    if is_shortened { name } else { bare }
}

/// A field that was read from a line.
pub(super) fn field(name: FieldName, value: &str, rule: &str, line: usize) -> Field {
    Field::new(name, value, Trust::Structured, &format!("nexis {rule}"), &format!("line {line}"))
}
