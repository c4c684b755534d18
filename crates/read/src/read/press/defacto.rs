//! Exports of APA DeFacto: above each article a line with the paper in quotation marks, the day and
//! the page, `"Der Bote" vom 02.04.2013 Seite: 1`. Of a web site the line gives the day on which the
//! service found the article, `"Bote.at" gefunden am 28.12.2017 10:36 Uhr`, and a line of underscores
//! ends it.

use std::ops::Range;

use super::{
    Export, Fit, Layout,
    records::{self, Cut, Record},
};
use crate::read::{
    Documents, Problem, RawDocument,
    sheet::{Kind, Line},
};
use morgue_core::article::FieldName;

pub(super) const LAYOUT: Layout = Layout {
    name: "APA DeFacto",
    told_by: "lines such as `\"Der Bote\" vom 02.04.2013 Seite: 1`, with `Ressort:` below, or `\"Bote.at\" gefunden am …`",
    hints: &["eintrag", "Ressort:", "DeFacto", "gefunden am"],
    fits,
    read,
};

fn fits(head: &[Line]) -> Fit {
    let marked = head.iter().any(|it| it.begins("eintrag"));
    let found = head.iter().any(|it| imprint(&it.text).is_some_and(|it| it.found));
    let labeled = found || head.iter().any(|it| it.text.starts_with(SECTION));
    match head.iter().any(|it| imprint(&it.text).is_some()) {
        true if marked || labeled => Fit::Yes,
        false if marked && labeled => Fit::Unknown("no line with paper and day".to_owned()),
        _ => Fit::No,
    }
}

fn read(export: Export<'_>) -> Documents<'_> {
    let is_start = |line: &Line| line.begins("eintrag") || imprint(&line.text).is_some();
    let cut = move |line: &Line| if is_start(line) { Cut::Before } else { Cut::No };
    records::documents(export, cut, |_| None, document)
}

const SECTION: &str = "Ressort:";

/// Labels below the line of the imprint that are not used.
const OTHER: [&str; 5] = ["Seite:", "Ausgabe:", "Auflage:", "Region:", "Land:"];

fn document(record: &Record) -> Option<Result<RawDocument, Problem>> {
    let lines: Vec<&Line> = record.lines.iter().collect();
    let is_entry = lines.iter().any(|it| it.is_marked("eintrag"));
    let Some(at) = lines.iter().position(|it| imprint(&it.text).is_some()) else {
        return is_entry.then(|| Err(record.problem("has no line with paper and day")));
    };
    let Imprint { paper, day, found } = imprint(&lines[at].text)?;
    let mut document = RawDocument::default();
    if found {
        document.notes.push("its day is the one on which the service found it".to_owned());
    }
    let mut add = |name: FieldName, value: &str, line: &Line| {
        let rule = format!("defacto {}", name.name());
        document.fields.push(record.field(name, value, &rule, line));
    };
    add(FieldName::Source, paper, lines[at]);
    add(FieldName::Date, day, lines[at]);
    let mut text: Vec<&Line> = Vec::new();
    for line in &lines[at + 1..] {
        let is_head = text.iter().all(|it| it.is_blank());
        match line.text.strip_prefix(SECTION) {
            // `Ressort: SEITE 1` is the front page.
            Some(section) if is_head && section.trim().to_lowercase().starts_with("seite ") => (),
            Some(section) if is_head => add(FieldName::Section, section.trim(), line),
            _ if is_head && OTHER.iter().any(|it| line.text.starts_with(it)) => (),
            // On a page, what stands outside of the entries is the page's own.
            _ if record.kind == Kind::Page && is_entry && !line.is_marked("eintrag") => (),
            _ if is_rule(&line.text) || is_credit(&line.text) => (),
            _ => text.push(line),
        }
    }
    let headline = headline(record.kind, &text);
    if let Some(first) = text.get(headline.start).filter(|_| !headline.is_empty()) {
        let all: Vec<&str> = text[headline.clone()].iter().map(|it| it.text.as_str()).collect();
        add(FieldName::Headline, &all.join(" "), first);
    }
    let has_headline = !headline.is_empty();
    text.drain(headline);
    document.blocks = record.blocks(text.into_iter());
    if document.blocks.is_empty() && !has_headline {
        return Some(Err(record.problem("has neither headline nor text")));
    }
    Some(Ok(document))
}

/// The lines of the headline: the heading of a page, the first lines of a text up to a blank one.
fn headline(kind: Kind, lines: &[&Line]) -> Range<usize> {
    let is_heading = |it: &&Line| it.look.heading.is_some();
    let start = match kind {
        Kind::Page => lines.iter().position(is_heading),
        Kind::Text | Kind::Docx | Kind::Rtf => lines.iter().position(|it| !it.is_blank()),
    };
    let Some(start) = start else { return 0..0 };
    let rest = &lines[start..];
    let n_lines = match kind {
        Kind::Page => 1,
        _ => rest.iter().position(|it| it.is_blank()).filter(|it| *it <= HEADLINE_LINES_MAX).unwrap_or(1),
    };
    start..start + n_lines
}

/// Longer paragraphs are text.
const HEADLINE_LINES_MAX: usize = 3;

/// Whether a line only says whose a picture is: `Foto: APA/Ohm`.
fn is_credit(text: &str) -> bool {
    text.starts_with("Foto: ") && text.split_whitespace().count() <= CREDIT_WORDS_MAX
}

/// More words are a caption.
const CREDIT_WORDS_MAX: usize = 4;

/// Whether a line is a rule of underscores.
fn is_rule(text: &str) -> bool {
    text.len() >= 20 && text.bytes().all(|it| it == b'_')
}

/// What the line above an article says.
#[derive(Debug, PartialEq)]
struct Imprint<'a> {
    paper: &'a str,
    day: &'a str,
    /// Whether the day is that on which the service found the article.
    found: bool,
}

/// Paper and day of a line: `"Der Bote" Nr. 065 vom 02.04.2013 Seite: 3`.
fn imprint(text: &str) -> Option<Imprint<'_>> {
    let (paper, rest) = text.strip_prefix('"')?.split_once('"')?;
    let short = !paper.trim().is_empty() && paper.len() <= PAPER_BYTES_MAX && rest.len() <= REST_BYTES_MAX;
    let mut words = rest.split_whitespace();
    let found = rest.trim_start().starts_with("gefunden am ");
    let before = if found { "am" } else { "vom" };
    let day = words.by_ref().take(WORDS_MAX).skip_while(|it| *it != before).nth(1)?;
    let parts: Vec<&str> = day.split('.').collect();
    let is_day = parts.len() == 3
        && parts.iter().all(|it| !it.is_empty() && it.bytes().all(|it| it.is_ascii_digit()))
        && parts[2].len() == 4;
    (short && is_day).then_some(Imprint { paper: paper.trim(), day, found })
}

/// The longest names of papers have some 60 bytes.
const PAPER_BYTES_MAX: usize = 120;
/// Number, day, page and edition.
const REST_BYTES_MAX: usize = 160;
/// `Nr. 14/2013 vom 01.04.2013`; the day comes early.
const WORDS_MAX: usize = 8;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_line_above_an_article_has_paper_and_day() {
        for (text, expected) in [
            ("\"Der Bote\" vom 02.04.2013 Seite: 1", Some(("Der Bote", "02.04.2013"))),
            ("\"Bote am Sonntag\" Nr. 14/2013 vom 7.4.2013", Some(("Bote am Sonntag", "7.4.2013"))),
            ("\"Bote.at\" gefunden am 28.12.2017 10:36 Uhr", Some(("Bote.at", "28.12.2017"))),
            ("\"Der Bote\" vom Dienstag", None),
            ("\"Der Bote\"", None),
            ("\"\" vom 02.04.2013", None),
            ("Der Bote vom 02.04.2013", None),
            ("\"Ich bin müde\", sagte Ohm am 02.04.2013.", None),
        ] {
            assert_eq!(imprint(text).map(|it| (it.paper, it.day)), expected, "{text}");
        }
    }
}
