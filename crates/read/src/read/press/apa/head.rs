//! What stands between the imprint and the text: page, section, byline and headline.

use std::ops::Range;

use morgue_core::article::FieldName;

use crate::read::sheet::{Kind, Line};

/// What the head says, and the lines of the text.
pub(super) struct Head<'a> {
    pub(super) fields: Vec<(FieldName, String, &'a Line)>,
    pub(super) text: Vec<&'a Line>,
}

/// The label of the section.
pub(super) const SECTION: &str = "Ressort:";

/// Labels that are not used.
const OTHER: &[&str] = &["Seite:", "Seiten:", "Ausgabe:", "Auflage:", "Region:", "Land:"];

/// How many lines the head of an article has at most.
pub(super) const LINES_MAX: usize = 8;

/// How many lines a headline without bold letters has at most. Longer paragraphs are text.
const HEADLINE_LINES_MAX: usize = 3;

/// Reads the lines below an imprint. A line above the headline that is neither a label nor a byline
/// is text.
pub(super) fn read<'a>(lines: &[&'a Line], kind: Kind) -> Head<'a> {
    let mut fields = Vec::new();
    let mut text: Vec<&Line> = Vec::new();
    let set_headline = told_headline(lines, kind);
    let end = set_headline.as_ref().map_or(lines.len(), |it| it.start);
    let mut start = 0;
    while let Some(line) = lines.get(start).filter(|_| start < end) {
        let n_byline = byline_lines(&lines[start..end]);
        if let Some(section) = section(&line.text).filter(|_| is_label(&line.text)) {
            fields.push((FieldName::Section, section.to_owned(), *line));
        } else if n_byline > 0 {
            fields.push((FieldName::Byline, joined(&lines[start..start + n_byline]), *line));
            start += n_byline - 1;
        } else if !line.is_blank() && !is_label(&line.text) {
            if set_headline.is_none() {
                break;
            }
            text.push(line);
        }
        start += 1;
    }
    let headline = set_headline.unwrap_or_else(|| start..start + plain_headline(&lines[start..], kind));
    if let Some(first) = lines.get(headline.start).filter(|_| !headline.is_empty()) {
        fields.push((FieldName::Headline, joined(&lines[headline.clone()]), *first));
    }
    text.extend(&lines[headline.end..]);
    Head { fields, text }
}

/// The headline that is told by its look: the heading of a page, the first lines in bold.
fn told_headline(lines: &[&Line], kind: Kind) -> Option<Range<usize>> {
    let heading = lines.iter().position(|it| it.look.heading.is_some()).filter(|_| kind == Kind::Page);
    if let Some(at) = heading {
        return Some(at..at + 1);
    }
    let is_bold = |it: &&Line| it.look.bold && !it.is_blank();
    let start = lines.iter().enumerate().filter(|(_, it)| !it.is_blank()).take(LINES_MAX);
    let start = start.map(|it| it.0).find(|it| is_bold(&lines[*it]))?;
    let n_lines = lines[start..].iter().take_while(|it| is_bold(it)).take(LINES_MAX).count();
    Some(start..start + n_lines)
}

/// How many of the first lines are a headline: those up to a blank line.
fn plain_headline(lines: &[&Line], kind: Kind) -> usize {
    let n_lines = lines.iter().position(|it| it.is_blank()).filter(|it| *it <= HEADLINE_LINES_MAX);
    match kind {
        Kind::Page => 0,
        Kind::Text | Kind::Docx | Kind::Rtf => n_lines.unwrap_or(1).min(lines.len()),
    }
}

fn joined(lines: &[&Line]) -> String {
    lines.iter().map(|it| it.text.as_str()).collect::<Vec<_>>().join(" ")
}

fn is_label(line: &str) -> bool {
    line.starts_with(SECTION) || OTHER.iter().any(|it| line.starts_with(it))
}

/// What stands behind `Ressort:`, up to the next label. `Ressort: SEITE 1` is the front page.
pub(super) fn section(text: &str) -> Option<&str> {
    let (_, section) = text.split_once(SECTION)?;
    let end = section.find([';', ':', '?', '!']).unwrap_or(section.len());
    let section = section[..end].trim_end_matches("Seite").trim();
    let is_page = section.to_lowercase().starts_with("seite ");
    (!is_page && !section.is_empty()).then_some(section)
}

/// How many of the first lines are a byline: `Von Anna Lee`, `und Bo Diaz`.
fn byline_lines(lines: &[&Line]) -> usize {
    let is_first = lines
        .first()
        .is_some_and(|it| ["Von ", "VON "].iter().filter_map(|by| it.text.strip_prefix(by)).any(is_names));
    let goes_on = |pair: &&[&Line]| {
        let [above, below] = pair else { return false };
        let above_is_open = above.text.ends_with([',', '/']) || above.text.ends_with(" und");
        is_names(&below.text) && (above_is_open || below.text.starts_with("und "))
    };
    if is_first { 1 + lines.windows(2).take_while(goes_on).count() } else { 0 }
}

/// Whether a text may be names of persons, and nothing else.
fn is_names(text: &str) -> bool {
    /// Small words in lists of names.
    const SMALL: &[&str] =
        &["und", "u.", "von", "van", "der", "den", "de", "di", "da", "zu", "aus", "in", "&"];
    let is_name = |it: &str| it.starts_with(char::is_uppercase) || SMALL.contains(&it);
    let mut words = text.split([' ', '/']).filter(|it| !it.is_empty());
    let count = words.clone().count();
    (1..=NAME_WORDS_MAX).contains(&count)
        && words.all(is_name)
        && !text.contains(|it: char| it.is_ascii_digit() || "?!:".contains(it))
}

/// A byline of more words is a sentence.
const NAME_WORDS_MAX: usize = 8;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_section_stands_behind_its_label() {
        for (text, expected) in [
            ("Ressort: Hafen", Some("Hafen")),
            ("Seite: 3 Ressort: Hafen; Osby", Some("Hafen")),
            ("Ressort: Hafen Seite: 3", Some("Hafen")),
            ("Ressort: SEITE 1", None),
            ("Ressort:", None),
            ("Hafen", None),
        ] {
            assert_eq!(section(text), expected, "{text}");
        }
    }

    #[test]
    fn a_byline_may_go_on_in_the_next_line() {
        for (lines, expected) in [
            (&["Von Anna Lee", "Ostpier bleibt zu"][..], 1),
            (&["Von Anna Lee", "und Bo Diaz", "Ostpier"], 2),
            (&["Von Anna Lee,", "Bo Diaz und", "Ida Osby", "Der Pier"], 3),
            (&["Von Osby nach Ellis"], 0),
            (&["Ostpier bleibt zu"], 0),
        ] {
            let lines: Vec<Line> =
                lines.iter().map(|it| Line { text: (*it).to_owned(), ..Line::default() }).collect();
            assert_eq!(byline_lines(&lines.iter().collect::<Vec<_>>()), expected, "{lines:?}");
        }
    }
}
