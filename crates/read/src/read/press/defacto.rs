//! Exports of APA DeFacto: above each article a line with the paper in quotation marks, the day and
//! the page, `"Der Bote" vom 02.04.2013 Seite: 1`.

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
    told_by: "lines such as `\"Der Bote\" vom 02.04.2013 Seite: 1`, with `Ressort:` below",
    hints: &["eintrag", "Ressort:", "DeFacto"],
    fits,
    read,
};

fn fits(head: &[Line]) -> Fit {
    let marked = head.iter().any(|it| it.begins("eintrag"));
    let labeled = head.iter().any(|it| it.text.starts_with(SECTION));
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
    let (paper, day) = imprint(&lines[at].text)?;
    let mut document = RawDocument::default();
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
            _ => text.push(line),
        }
    }
    let headline = headline(record.kind, &text);
    if let Some(headline) = headline {
        add(FieldName::Headline, &text[headline].text, text[headline]);
        text.remove(headline);
    }
    document.blocks = record.blocks(text.into_iter());
    if document.blocks.is_empty() && headline.is_none() {
        return Some(Err(record.problem("has neither headline nor text")));
    }
    Some(Ok(document))
}

/// The headline: the heading of a page, the first line of a text.
fn headline(kind: Kind, lines: &[&Line]) -> Option<usize> {
    match kind {
        Kind::Page => lines.iter().position(|it| it.look.heading.is_some()),
        Kind::Text | Kind::Docx | Kind::Rtf => lines.iter().position(|it| !it.is_blank()),
    }
}

/// Paper and day of a line: `"Der Bote" Nr. 065 vom 02.04.2013 Seite: 3`.
fn imprint(text: &str) -> Option<(&str, &str)> {
    let (paper, rest) = text.strip_prefix('"')?.split_once('"')?;
    let short = !paper.trim().is_empty() && paper.len() <= PAPER_BYTES_MAX && rest.len() <= REST_BYTES_MAX;
    let mut words = rest.split_whitespace();
    let day = words.by_ref().take(WORDS_MAX).skip_while(|it| *it != "vom").nth(1)?;
    let parts: Vec<&str> = day.split('.').collect();
    let is_day = parts.len() == 3
        && parts.iter().all(|it| !it.is_empty() && it.bytes().all(|it| it.is_ascii_digit()))
        && parts[2].len() == 4;
    (short && is_day).then_some((paper.trim(), day))
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
            ("\"Der Bote\" vom Dienstag", None),
            ("\"Der Bote\"", None),
            ("\"\" vom 02.04.2013", None),
            ("Der Bote vom 02.04.2013", None),
            ("\"Ich bin müde\", sagte Ohm am 02.04.2013.", None),
        ] {
            assert_eq!(imprint(text), expected, "{text}");
        }
    }
}
