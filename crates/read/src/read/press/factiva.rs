//! Exports of Factiva: pages, RTF and text, with the service's codes before each value (`HD`, `WC`,
//! `PD`) or without them.
//!
//! Without codes, a record is known by two lines: the number of its words (`254 words`,
//! `295 mots`), below which the day, the paper and more stand in a fixed order, and `Document` with
//! the accession number, which ends it. The words of both follow the language of the account.

mod tagged;
mod untagged;

use super::{
    Export, Fit, Layout, languages,
    records::{self, Cut, Record},
};
use crate::read::{Block, BlockKind, Documents, Problem, RawDocument, sheet::Line};
use morgue_core::article::FieldName;

pub(super) const LAYOUT: Layout = Layout {
    name: "Factiva",
    told_by: "a count of words above the day, and `Document` with an accession number",
    hints: &[
        "articleParagraph",
        "Headline\">",
        "Headline'>",
        "Document ",
        "Dokument ",
        "Documento ",
        "Документ ",
        "文書 ",
        "文件 ",
        "文档 ",
        "\nAN ",
    ],
    fits,
    read,
};

fn fits(head: &[Line]) -> Fit {
    let ends = head.iter().any(|it| accession(&it.text).is_some());
    // Other pages have classes such as `inArticle`.
    let marked =
        head.iter().any(begins_article) && head.iter().any(|it| has_mark(&it.look.marks, "Headline"));
    let counts =
        || head.iter().enumerate().any(|(at, _)| is_word_count(&head[at..])) || tagged::is_tagged(head);
    match ends || marked {
        true if marked && !ends && tagged::is_cut(head) => {
            Fit::Unknown("its articles have no text and no accession number".to_owned())
        }
        true if counts() => Fit::Yes,
        true => Fit::Unknown("no count of words above the day of an article".to_owned()),
        false => Fit::No,
    }
}

fn read(export: Export<'_>) -> Documents<'_> {
    let cut = |line: &Line| match accession(&line.text) {
        _ if begins_article(line) => Cut::Before,
        Some(_) => Cut::After,
        None => Cut::No,
    };
    records::documents(export, cut, |_| None, document)
}

/// What a line of a record is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Part {
    Field(FieldName),
    Text,
    /// What stands beside a picture.
    Caption,
    Correction,
    /// The accession number.
    Name,
    /// Known and not used: counts, codes, copyright.
    Other,
}

/// A line of a record with its part; the text is without the code before it.
type Parts = Vec<(Part, Line)>;

fn document(record: &Record) -> Option<Result<RawDocument, Problem>> {
    let lines: Vec<&Line> = record.lines.iter().filter(|it| !is_furniture(&it.text)).collect();
    let parts = tagged::parts(&lines).or_else(|| untagged::parts(&lines, record.kind));
    let name = lines.iter().rev().find_map(|it| accession(&it.text));
    let Some(parts) = parts else {
        let is_one = name.is_some() || lines.iter().any(|it| begins_article(it));
        return is_one
            .then(|| Err(record.problem("has no count of words above a day: its head is not understood")));
    };
    let mut document = RawDocument { name: name.map(str::to_owned), ..RawDocument::default() };
    for (field, value, line) in values(&parts) {
        let value = match field {
            // `Foreign Desk; 1`
            FieldName::Section => value.split(';').next().unwrap_or(&value).trim().to_owned(),
            FieldName::Language => languages::code(&value).map_or(value, str::to_owned),
            _ => value,
        };
        if !value.is_empty() {
            let rule = format!("factiva {}", field.name());
            document.fields.push(record.field(field, &value, &rule, line));
        }
    }
    let blocks = |part: Part| {
        let lines = parts.iter().filter(move |it| it.0 == part && !is_agency_notice(&it.1.text));
        record.blocks(lines.map(|it| &it.1))
    };
    document.blocks = blocks(Part::Text);
    document.blocks.extend(blocks(Part::Caption).into_iter().map(as_caption));
    let corrections = parts.iter().filter(|it| it.0 == Part::Correction && !it.1.is_blank());
    let fields = corrections
        .map(|(_, line)| record.field(FieldName::Correction, &line.text, "factiva correction", line));
    document.fields.extend(fields);
    document.blocks.extend(blocks(Part::Correction).into_iter().map(records::as_correction));
    if document.blocks.is_empty() {
        document.notes.push("has no text".to_owned());
    }
    let missing = [FieldName::Headline, FieldName::Date, FieldName::Source];
    let missing = missing.iter().filter(|name| document.fields.iter().all(|it| it.name != **name));
    document.notes.extend(missing.map(|it| format!("its {} was not found", it.name())));
    if name.is_none() {
        document.notes.push("has no accession number at its end, and may be cut short".to_owned());
    }
    Some(Ok(document))
}

fn as_caption(block: Block) -> Block {
    Block { kind: BlockKind::Caption, ..block }
}

/// Lines of an agency for the papers that take its text: `(END) Dow Jones Newswires` and the time
/// below it, `Eds: Adds a quote.`
fn is_agency_notice(text: &str) -> bool {
    let is_time = || {
        let zones = [" ET ", " GMT)", " EDT ", " EST "];
        text.ends_with("GMT)") && zones.iter().any(|it| text.contains(it)) && has_year(text)
    };
    text.len() <= NOTICE_BYTES_MAX
        && (text.starts_with("(END) ") || text == "(END)" || text.starts_with("Eds: ") || is_time())
}

/// `October 08, 2018 16:45 ET (20:45 GMT)` has 37 bytes; notes to editors have a sentence or two.
const NOTICE_BYTES_MAX: usize = 200;

/// The values of a record's fields: lines of the same field that follow each other are one value.
fn values(parts: &Parts) -> Vec<(FieldName, String, &Line)> {
    let mut values: Vec<(FieldName, String, &Line)> = Vec::new();
    let mut before = Part::Other;
    for (part, line) in parts.iter().filter(|it| !it.1.is_blank()) {
        if let Part::Field(field) = *part {
            match values.last_mut() {
                Some((_, value, _)) if before == *part => {
                    value.push(' ');
                    value.push_str(&line.text);
                }
                _ => values.push((field, line.text.clone(), line)),
            }
        }
        before = *part;
    }
    values
}

/// The accession number in the line that ends a record: `Document` in the language of the account,
/// and 25 letters and digits: code of the source, day, a number.
fn accession(text: &str) -> Option<&str> {
    if text.len() > ACCESSION_LINE_MAX {
        return None;
    }
    let mut words = text.split_whitespace();
    let last = words.next_back()?;
    let bytes = last.as_bytes();
    let is_number = (24..=26).contains(&bytes.len())
        && bytes.iter().all(u8::is_ascii_alphanumeric)
        && bytes[8..16].iter().all(u8::is_ascii_digit)
        && (b'1'..=b'2').contains(&bytes[8]);
    let labeled =
        words.next_back().is_some_and(|it| !it.is_empty() && !it.chars().any(|it| it.is_ascii_digit()));
    (is_number && labeled && words.count() <= 1).then_some(last)
}

/// `AN Document NYTF000020050408dp1900j9s` has some 40 bytes.
const ACCESSION_LINE_MAX: usize = 120;

/// Whether the first line gives the number of words of an article: a number and a word; the next
/// line has a year.
fn is_word_count(lines: &[impl AsRef<Line>]) -> bool {
    let mut lines = lines.iter().map(AsRef::as_ref);
    if !lines.next().is_some_and(|it| counts_words(&it.text)) {
        return false;
    }
    let below = lines.find(|it| !it.is_blank());
    below.is_some_and(|it| it.text.chars().count() <= DATE_CHARS_MAX && has_year(&it.text))
}

/// `Wednesday, 24 September 2014` has 28 characters.
const DATE_CHARS_MAX: usize = 40;

/// Whether a line is a number and a word: `1,254 words`.
fn counts_words(text: &str) -> bool {
    let Some(at) = text.find(char::is_alphabetic) else { return false };
    let (number, word) = text.split_at(at);
    let grouped = number.chars().all(|it| it.is_ascii_digit() || it.is_whitespace() || ".,'’".contains(it));
    let n_digits = number.chars().filter(char::is_ascii_digit).count();
    // A character that was broken on the way, as in `W�rter`, is part of the word.
    let is_word =
        word.chars().count() <= 12 && !word.contains(|it: char| it.is_whitespace() || it.is_ascii_digit());
    grouped && (1..=6).contains(&n_digits) && number.starts_with(|it: char| it.is_ascii_digit()) && is_word
}

/// Whether a text has a number of four digits that is a year of newspapers.
fn has_year(text: &str) -> bool {
    let mut numbers = text.split(|it: char| !it.is_ascii_digit());
    numbers.any(|it| it.len() == 4 && (1600..=2100).contains(&it.parse::<u16>().unwrap_or_default()))
}

/// Whether an article's element begins at the line: `div class="article enArticle"`.
fn begins_article(line: &Line) -> bool {
    line.begins("article") && has_mark(&line.look.begins, "Article")
}

/// Whether among marks stands one of the service: `en` and `Headline`.
fn has_mark(marks: &str, name: &str) -> bool {
    let language = |it: &str| languages::is_code(it);
    marks.split_whitespace().any(|it| it.strip_suffix(name).is_some_and(language))
}

/// Heads of pages and what the service prints of itself.
fn is_furniture(text: &str) -> bool {
    matches!(text, "Factiva" | "Dow Jones" | "Dow Jones Factiva")
        || text.len() < 200 && text.contains("Factiva, Inc")
        || text.len() < 200 && text.starts_with("Page ") && text.contains("Factiva")
}

#[cfg(test)]
mod tests;
