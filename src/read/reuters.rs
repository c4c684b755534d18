//! The SGML of the Reuters-21578 collection, and files made like it, into documents: one `<REUTERS>` record each.
//!
//! Records are streamed. The elements are those of its `lewis.dtd`; character references of control codes are dropped,
//! as is the line `Reuter` that ends a story. Paragraphs are indented, lines are wrapped.

use std::{io::BufRead, ops::Range};

use super::{Problem, RawDocument, ReadRules, container, container::size, encoding, text};
use crate::article::{Field, FieldName, Trust};

/// The records of a file, one at a time.
pub(super) struct Records<'a> {
    stream: Box<dyn BufRead + 'a>,
    record_bytes_max: usize,
    count: usize,
    done: bool,
}

impl<'a> Records<'a> {
    pub(super) fn new(stream: Box<dyn BufRead + 'a>, rules: &ReadRules) -> Records<'a> {
        Records { stream, record_bytes_max: rules.record_bytes_max, count: 0, done: false }
    }
}

const RECORD_START: &[u8] = b"<REUTERS";
const RECORD_END: &[u8] = b"</REUTERS>";

impl Iterator for Records<'_> {
    type Item = Result<RawDocument, Problem>;

    fn next(&mut self) -> Option<Self::Item> {
        if self.done {
            return None;
        }
        let mut record = Vec::new();
        let mut length = 0;
        loop {
            // A chunk ends with `>`, and so with any tag.
            let mut chunk = Vec::new();
            let read = container::read_until(&mut *self.stream, b'>', self.record_bytes_max, &mut chunk);
            if !matches!(read, Ok(1..)) {
                self.done = true;
                let error = read.err().map(|it| container::problem(&it));
                return self.ends_within(&record).or(error).map(Err);
            }
            length += read.unwrap_or(0);
            if record.is_empty() {
                // Between records.
                if let Some(at) = find(&chunk, RECORD_START) {
                    record = chunk.split_off(at);
                    length = record.len();
                }
            } else if length <= self.record_bytes_max {
                record.append(&mut chunk);
            }
            let tail = if chunk.is_empty() { &record } else { &chunk };
            if !record.is_empty() && tail.ends_with(RECORD_END) {
                break;
            }
        }
        self.count += 1;
        let place = format!("record {}", self.count);
        if length > self.record_bytes_max {
            let reason = format!(
                "is {} long, and records are read up to {}",
                size(length as u64),
                size(self.record_bytes_max as u64)
            );
            return Some(Err(Problem { place, reason }));
        }
        Some(document(record, &place))
    }
}

impl Records<'_> {
    /// The problem of a record that the file's end cuts off; a file without any record is one too.
    fn ends_within(&self, record: &[u8]) -> Option<Problem> {
        if !record.is_empty() {
            let place = format!("record {}", self.count + 1);
            return Some(Problem { place, reason: "is cut short: it has no `</REUTERS>`".to_owned() });
        }
        (self.count == 0)
            .then(|| Problem { place: String::new(), reason: "holds no `<REUTERS>` record".to_owned() })
    }
}

fn find(haystack: &[u8], needle: &[u8]) -> Option<usize> {
    haystack.windows(needle.len()).position(|it| it == needle)
}

fn document(record: Vec<u8>, place: &str) -> Result<RawDocument, Problem> {
    let decoded = encoding::decode(record, None);
    let record = decoded.text.as_str();
    let mut fields = vec![Field::new(FieldName::Source, "Reuters", Trust::Structured, "reuters", place)];
    let mut add = |name: FieldName, value: &str, tag: &str| {
        let value = value.split_whitespace().collect::<Vec<_>>().join(" ");
        if !value.is_empty() {
            let place = format!("{place}, {tag}");
            fields.push(Field::new(name, &value, Trust::Structured, &format!("reuters {tag}"), &place));
        }
    };
    let text = element(record, "TEXT").unwrap_or_default();
    if let Some(title) = element(text, "TITLE") {
        add(FieldName::Headline, &unescape(title), "TITLE");
    }
    if let Some(date) = element(record, "DATE") {
        let date = unescape(date);
        add(FieldName::Date, &iso_date(&date).unwrap_or(date), "DATE");
    }
    if let Some(author) = element(text, "AUTHOR") {
        add(FieldName::Byline, &unescape(author), "AUTHOR");
    }
    let dateline = element(text, "DATELINE").map(unescape).unwrap_or_default();
    add(FieldName::Place, place_of_dateline(&dateline), "DATELINE");

    let body = element(text, "BODY").map_or_else(|| outside_elements(text), unescape);
    let blocks = blocks(&dateline, &body);
    let headline = fields.iter().any(|it| it.name == FieldName::Headline);
    if blocks.is_empty() && !headline {
        return Err(Problem { place: place.to_owned(), reason: "has neither title nor text".to_owned() });
    }
    Ok(RawDocument { name: new_id(record), blocks, fields, notes: decoded.notes })
}

/// The number of a record in the collection.
fn new_id(record: &str) -> Option<String> {
    let tag = record.split('>').next()?;
    let id = tag.split_once("NEWID=\"")?.1.split('"').next()?.trim();
    (!id.is_empty()).then(|| id.to_owned())
}

/// What stands between `<NAME …>` and `</NAME>`.
fn element<'a>(text: &'a str, name: &str) -> Option<&'a str> {
    element_bytes(text, name).map(|(_, inner)| &text[inner])
}

/// The bytes of an element with its tags, and without them.
fn element_bytes(text: &str, name: &str) -> Option<(Range<usize>, Range<usize>)> {
    let start = text.match_indices('<').map(|(at, _)| at).find(|at| {
        text[at + 1..].strip_prefix(name).is_some_and(|it| it.starts_with(['>', ' ', '\n', '\r', '\t']))
    })?;
    let inner = start + text[start..].find('>')? + 1;
    let end_tag = format!("</{name}>");
    let end = inner + text[inner..].find(&end_tag)?;
    Some((start..end + end_tag.len(), inner..end))
}

/// The text of an unprocessed or brief story, which has no `BODY`.
fn outside_elements(text: &str) -> String {
    let mut text = text.to_owned();
    for name in ["TITLE", "DATELINE", "AUTHOR"] {
        if let Some((outer, _)) = element_bytes(&text, name) {
            text.replace_range(outer, "\n\n");
        }
    }
    // Stars begin a brief, and where it has no text the collection says so in these words.
    let text = unescape(&text);
    let text = text.trim_matches(|it: char| it == '*' || it.is_whitespace());
    if text == "Blah blah blah." { String::new() } else { text.to_owned() }
}

/// The three entities of the collection and numeric references; those of control codes vanish.
fn unescape(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find('&') {
        out.push_str(&rest[..at]);
        let after = &rest[at + 1..];
        let name = after.split(';').next().filter(|it| it.len() <= 8 && it.len() < after.len());
        let decoded = name.and_then(|name| {
            let c = match name {
                "lt" => '<',
                "gt" => '>',
                "amp" => '&',
                "quot" => '"',
                _ => char::from_u32(name.strip_prefix('#')?.parse().ok()?)?,
            };
            Some((name.len() + 1, c))
        });
        match decoded {
            Some((length, c)) => {
                if !c.is_control() || c == '\n' {
                    out.push(c);
                }
                rest = &after[length..];
            }
            None => {
                out.push('&');
                rest = after;
            }
        }
    }
    out.push_str(rest);
    out
}

/// `1987-02-26T15:01:01` of `26-FEB-1987 15:01:01.79`; the collection names no time zone.
fn iso_date(text: &str) -> Option<String> {
    const MONTHS: [&str; 12] =
        ["JAN", "FEB", "MAR", "APR", "MAY", "JUN", "JUL", "AUG", "SEP", "OCT", "NOV", "DEC"];
    let mut parts = text.split_whitespace();
    let mut date = parts.next()?.split('-');
    let day: u8 = date.next()?.parse().ok()?;
    let month = date.next()?.to_ascii_uppercase();
    let month = MONTHS.iter().position(|it| *it == month)? + 1;
    let year: u16 = date.next()?.parse().ok()?;
    let day = format!("{year:04}-{month:02}-{day:02}");
    let time = parts.next().and_then(|it| it.split('.').next()).filter(|it| {
        it.len() == 8
            && it.bytes().enumerate().all(|(at, b)| if at % 3 == 2 { b == b':' } else { b.is_ascii_digit() })
    });
    Some(time.map_or(day.clone(), |time| format!("{day}T{time}")))
}

/// `SALVADOR` of `SALVADOR, Feb 26 -`: what stands before the comma of the day.
fn place_of_dateline(dateline: &str) -> &str {
    let place = dateline.trim().trim_end_matches(['-', ' ']);
    match place.rsplit_once(',') {
        Some((before, day)) if day.contains(|it: char| it.is_ascii_digit()) => before.trim(),
        _ => place,
    }
}

/// Paragraphs of the body, the dateline before the first, as it was printed.
fn blocks(dateline: &str, body: &str) -> Vec<super::Block> {
    let mut lines: Vec<&str> = body.lines().collect();
    while lines.last().is_some_and(|it| it.trim().is_empty()) {
        lines.pop();
    }
    let signs_off = |it: &str| ["reuter", "reuters"].contains(&it.trim().to_ascii_lowercase().as_str());
    if lines.last().is_some_and(|it| signs_off(it)) {
        lines.pop();
    }
    // The dateline stands on the first line, and the lines of the story were broken with it. Every story is wrapped
    // alike, also one of a few lines, where nothing would show it.
    let dateline = dateline.split_whitespace().collect::<Vec<_>>().join(" ");
    text::wrapped_blocks(format!("{dateline} {}", lines.join("\n")).trim_start())
}
