//! Exports of APA-OnlineManager and APA-DeFacto, the archives of the Austria Press Agency, as RTF or
//! text.
//!
//! An article begins with its medium and day (`"Kurier" vom 12.03.2014 Seite: 3`, `"Kurier.at"
//! gefunden am 28.12.2017 10:36 Uhr`), in RTF in italics; the headline is bold. Articles are parted
//! by lines of underscores, or by sections.

use std::collections::VecDeque;

use morgue_core::article::{Field, FieldName, Trust};

use super::{Documents, Export, Fit, Layout};
use crate::read::{
    Block, BlockKind, Problem, RawDocument, ReadRules,
    sheet::{Kind, Line, Lines},
};

/// Exports of the Austria Press Agency.
pub(super) const LAYOUT: Layout = Layout {
    name: "APA",
    told_by: "`\"Kurier\" vom 12.03.2014` or `\"Kurier.at\" gefunden am 12.03.2014` above each article",
    hints: &["\" vom ", "\" gefunden am ", "“ vom ", "“ gefunden am "],
    fits,
    read,
};

fn fits(lines: &[Line]) -> Fit {
    let filled: Vec<&Line> = lines.iter().filter(|it| !it.is_blank()).collect();
    let mut begins = true;
    for (at, line) in filled.iter().enumerate() {
        begins |= line.look.new_page;
        if begins && let Some(source) = source_line(&line.text) {
            // A medium without quotes is told by the headline below it.
            let is_headed = filled.iter().skip(at + 1).take(HEAD_LINES_MAX).any(|it| it.look.bold);
            if source.is_quoted || is_headed && !line.look.bold && line.text.len() <= UNQUOTED_BYTES_MAX {
                return Fit::Yes;
            }
        }
        begins = is_rule(line);
    }
    Fit::No
}

/// A longer line without quotes is a sentence.
const UNQUOTED_BYTES_MAX: usize = 100;

/// Whether a line parts two articles.
fn is_rule(line: &Line) -> bool {
    line.text.len() >= RULE_LENGTH_MIN && line.text.bytes().all(|it| it == b'_')
}

/// The lines of underscores have 67.
const RULE_LENGTH_MIN: usize = 20;

/// The line of the medium and the day.
#[derive(Debug, PartialEq, Eq)]
struct SourceLine<'a> {
    medium: &'a str,
    /// Behind the medium: an edition, a column.
    section: &'a str,
    day: &'a str,
    /// What follows the day: page, section.
    rest: &'a str,
    is_quoted: bool,
}

/// A longer line is text.
const SOURCE_LINE_BYTES_MAX: usize = 300;

fn source_line(line: &str) -> Option<SourceLine<'_>> {
    if line.len() > SOURCE_LINE_BYTES_MAX {
        return None;
    }
    // Three of the marks that open a quote and close it.
    let quoted = [('"', '"'), ('„', '“'), ('„', '"')]
        .into_iter()
        .find_map(|(open, close)| line.strip_prefix(open)?.split_once(close));
    let (medium, rest) = quoted.unwrap_or(("", line));
    let (before, behind) =
        [" gefunden am ", " vom "].iter().find_map(|it| rest.split_once(it)).or_else(|| {
            // Right behind the quote.
            ["gefunden am ", "vom "].iter().find_map(|it| Some(("", rest.trim_start().strip_prefix(it)?)))
        })?;
    let (day, rest) = day(behind)?;
    let (medium, section) =
        if quoted.is_some() { (medium.trim(), before.trim()) } else { (before.trim(), "") };
    (!medium.is_empty()).then_some(SourceLine { medium, section, day, rest, is_quoted: quoted.is_some() })
}

/// The day at the start of a text, `12.03.2014` or `15.Aug 2013`, and what follows it.
fn day(text: &str) -> Option<(&str, &str)> {
    let word = |text: &str| text.find(char::is_whitespace).unwrap_or(text.len());
    let is_number = |it: &str, digits: std::ops::RangeInclusive<usize>| {
        digits.contains(&it.len()) && it.bytes().all(|it| it.is_ascii_digit())
    };
    let (first, behind) = text.split_at(word(text));
    let first = first.trim_end_matches([',', '.', ';']);
    let parts: Vec<&str> = first.split('.').collect();
    match parts[..] {
        [day, month, year] if is_number(day, 1..=2) && is_number(month, 1..=2) && is_number(year, 4..=4) => {
            Some((first, behind.trim()))
        }
        [day, month] if is_number(day, 1..=2) && month.starts_with(char::is_alphabetic) => {
            let behind = behind.trim_start();
            let (year, rest) = behind.split_at(word(behind));
            let (date, _) = text.split_at(text.len() - behind.len() + year.len());
            is_number(year, 4..=4).then(|| (date, rest.trim()))
        }
        _ => None,
    }
}

fn read(export: Export<'_>) -> Documents<'_> {
    let Export { kind, lines, rules, notes, .. } = export;
    Box::new(Articles {
        lines,
        kind,
        rules,
        notes,
        next: Vec::new(),
        ready: VecDeque::new(),
        count: 0,
        page_ended: false,
        done: false,
    })
}

/// An article of more lines is none.
const ARTICLE_LINES_MAX: usize = 200_000;

struct Articles<'a> {
    lines: Lines<'a>,
    kind: Kind,
    rules: &'a ReadRules,
    notes: Vec<String>,
    /// Lines of the next article that were read.
    next: Vec<Line>,
    ready: VecDeque<Result<RawDocument, Problem>>,
    count: usize,
    page_ended: bool,
    done: bool,
}

impl Iterator for Articles<'_> {
    type Item = Result<RawDocument, Problem>;

    fn next(&mut self) -> Option<Result<RawDocument, Problem>> {
        loop {
            if let Some(item) = self.ready.pop_front() {
                return Some(item);
            }
            if self.done {
                return None;
            }
            self.take_article();
        }
    }
}

impl Articles<'_> {
    fn take_article(&mut self) {
        let mut lines = std::mem::take(&mut self.next);
        let mut is_too_long = false;
        loop {
            match self.lines.next() {
                None => {
                    self.done = true;
                    break;
                }
                Some(Err(problem)) => self.ready.push_back(Err(problem)),
                Some(Ok(line)) if is_rule(&line) => break,
                Some(Ok(line)) if self.ends_page(&line) && source_line(&line.text).is_some() => {
                    self.next.push(line);
                    break;
                }
                Some(Ok(line)) if lines.len() < ARTICLE_LINES_MAX => lines.push(line),
                Some(Ok(_)) => is_too_long = true,
            }
        }
        if lines.iter().all(Line::is_blank) {
            return;
        }
        self.count += 1;
        let place = format!("document {}", self.count);
        let article = match is_too_long {
            true => {
                Err(format!("has more than {ARTICLE_LINES_MAX} lines, and articles of more are not read"))
            }
            false => self.article(&lines),
        };
        self.ready.push_back(article.map_err(|reason| Problem { place, reason }));
    }

    /// Whether a page ended between the last line that is not blank and this one.
    fn ends_page(&mut self, line: &Line) -> bool {
        self.page_ended |= line.look.new_page;
        !line.is_blank() && std::mem::take(&mut self.page_ended)
    }

    fn article(&self, lines: &[Line]) -> Result<RawDocument, String> {
        let start = lines.iter().position(|it| !it.is_blank()).unwrap_or_default();
        let source = lines.get(start).and_then(|it| source_line(&it.text).map(|found| (it, found)));
        let (line, source) = source.ok_or("has no line with its medium and day")?;
        let mut fields = vec![
            field(FieldName::Source, source.medium, "source", line),
            field(FieldName::Date, source.day, "date", line),
        ];
        fields.extend(
            section(source.rest)
                .or(Some(source.section))
                .filter(|it| !it.is_empty())
                .map(|it| field(FieldName::Section, it, "section", line)),
        );
        let headline = headline(lines, start + 1, &mut fields);
        let rest = lines.get(headline..).unwrap_or_default();
        let text = rest
            .iter()
            .take_while(|it| !is_remainder(&it.text))
            .filter(|it| !it.is_blank() && !is_credit(&it.text));
        let blocks: Vec<Block> = text.take(self.rules.passages_max + 1).map(block).collect();
        if blocks.is_empty() {
            return Err("has a head and no text".to_owned());
        }
        let among_records = self.count > 1 || !self.done || self.kind == Kind::Rtf;
        Ok(RawDocument { among_records, blocks, fields, notes: self.notes.clone(), ..RawDocument::default() })
    }
}

fn field(name: FieldName, value: &str, rule: &str, line: &Line) -> Field {
    Field::new(name, value, Trust::Structured, &format!("apa {rule}"), &line.place())
}

/// What stands behind `Ressort:`.
fn section(text: &str) -> Option<&str> {
    let (_, section) = text.split_once("Ressort:")?;
    let end = section.find([';', ':', '.', '?', '!']).unwrap_or(section.len());
    Some(section[..end].trim_end_matches("Seite").trim()).filter(|it| !it.is_empty())
}

/// Reads the lines up to and with the headline: those in bold, or else the first that says nothing
/// of the page and the writer. Returns where the text begins.
fn headline(lines: &[Line], from: usize, fields: &mut Vec<Field>) -> usize {
    let above = lines.iter().enumerate().skip(from).filter(|(_, it)| !it.is_blank()).take(HEAD_LINES_MAX);
    let bold = above.clone().find(|(_, it)| it.look.bold).map(|it| it.0);
    let mut start = None;
    for (at, line) in above {
        if bold.is_some_and(|it| it <= at) {
            break;
        }
        if let Some(found) = section(&line.text) {
            fields.push(field(FieldName::Section, found, "section", line));
        } else if is_byline(&line.text) {
            fields.push(field(FieldName::Byline, &line.text, "byline", line));
        } else if !line.text.starts_with("Seite") && bold.is_none() {
            start = Some(at);
            break;
        }
    }
    let Some(start) = bold.or(start) else { return from };
    let goes_on = |it: &&Line| !it.is_blank() && (bold.is_none() || it.look.bold);
    let group: Vec<&Line> = lines[start..].iter().take_while(goes_on).take(HEAD_LINES_MAX).collect();
    let text = group.iter().map(|it| it.text.as_str()).collect::<Vec<_>>().join(" ");
    fields.push(field(FieldName::Headline, &text, "headline", &lines[start]));
    start + group.len()
}

/// The head of an article has at most so many lines.
const HEAD_LINES_MAX: usize = 8;

fn is_byline(line: &str) -> bool {
    let is_long = line.split_whitespace().count() > 8;
    ["Von ", "VON "].iter().any(|it| line.starts_with(it))
        && !is_long
        && !line.contains(|it: char| it.is_ascii_digit())
}

/// Whether a line begins what the archive appends.
fn is_remainder(line: &str) -> bool {
    const STARTS: &[&str] =
        &["Gespeicherter Anhang:", "Gespeicherte Anhänge", "Der gegenständliche Text ist eine Abschrift"];
    STARTS.iter().any(|it| line.starts_with(it))
}

/// Whether a line only says whose a picture is: `Foto: APA/Lee`.
fn is_credit(line: &str) -> bool {
    line.strip_prefix("Foto:").is_some_and(|it| it.split_whitespace().count() <= 3)
}

fn block(line: &Line) -> Block {
    let kind = if line.text.starts_with("Foto:") { BlockKind::Caption } else { BlockKind::Paragraph };
    Block { kind, text: line.text.clone(), bytes: line.bytes.clone(), place: line.place() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_line_of_the_medium_is_read() {
        for (line, expected) in [
            (r#""Kurier.at" gefunden am 28.12.2017 10:36 Uhr"#, Some(("Kurier.at", "", "28.12.2017"))),
            (r#""Kurier" vom 12.03.2014 Seite: 3 Ressort: Politik"#, Some(("Kurier", "", "12.03.2014"))),
            (r#""Kurier" Abendausgabe vom 12.03.2014"#, Some(("Kurier", "Abendausgabe", "12.03.2014"))),
            ("\"Kurier\" vom 15.Aug 2013 Seite: 3", Some(("Kurier", "", "15.Aug 2013"))),
            ("Kurier vom 12.03.2014", Some(("Kurier", "", "12.03.2014"))),
            ("Der Kurier vom Mittwoch", None),
            ("vom 12.03.2014", None),
        ] {
            let read = source_line(line).map(|it| (it.medium, it.section, it.day));
            assert_eq!(read, expected, "{line}");
        }
        assert_eq!(section("Seite: 3 Ressort: Politik; Wien"), Some("Politik"));
    }
}
