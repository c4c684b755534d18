//! The SGML of the Reuters-21578 collection, and files made like it, into documents: one
//! `<REUTERS>` record each.
//!
//! Records are streamed. The elements are those of its `lewis.dtd`; character references of control
//! codes are dropped, as is the line `Reuter` that ends a story. Paragraphs are indented, lines are
//! wrapped.

use super::{
    Problem, RawDocument, encoding,
    format::Format,
    sgml::{self, RecordKind, element, element_bytes, unescape},
    text,
};
use morgue_core::article::{Field, FieldName, Trust};

/// Reuters-21578 and its like.
pub(super) const FORMAT: Format = Format {
    name: "Reuters SGML",
    told_by: "`<!DOCTYPE lewis`",
    article: "a `<REUTERS>` record",
    extensions: &["sgm", "sgml"],
    fits: |start| start.lower.starts_with("<!doctype lewis") || start.lower.starts_with("<reuters "),
    read: |source| Ok(Box::new(sgml::Records::new(RECORDS, source.stream, source.rules))),
};

/// The records of a file of the collection.
const RECORDS: RecordKind = RecordKind { start: "<REUTERS", end: "</REUTERS>", document };

fn document(record: Vec<u8>, place: &str, passages_max: usize) -> Result<RawDocument, Problem> {
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
    let blocks = blocks(&dateline, &body, passages_max);
    let headline = fields.iter().any(|it| it.name == FieldName::Headline);
    if blocks.is_empty() && !headline {
        return Err(Problem { place: place.to_owned(), reason: "has neither title nor text".to_owned() });
    }
    let name = new_id(record);
    Ok(RawDocument {
        name,
        among_records: true,
        blocks,
        fields,
        notes: decoded.notes,
        ..RawDocument::default()
    })
}

/// The number of a record in the collection.
fn new_id(record: &str) -> Option<String> {
    let tag = record.split('>').next()?;
    let id = tag.split_once("NEWID=\"")?.1.split('"').next()?.trim();
    (!id.is_empty()).then(|| id.to_owned())
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
fn blocks(dateline: &str, body: &str, passages_max: usize) -> Vec<super::Block> {
    let body = body.trim_end();
    let (before, last) = body.rsplit_once('\n').unwrap_or(("", body));
    let signs_off = ["reuter", "reuters"].iter().any(|it| last.trim().eq_ignore_ascii_case(it));
    let body = if signs_off { before } else { body };
    // The dateline stands on the first line, and the lines of the story were broken with it. Every
    // story is wrapped alike, also one of a few lines, where nothing would show it.
    let dateline = dateline.split_whitespace().collect::<Vec<_>>().join(" ");
    text::wrapped_blocks(format!("{dateline} {body}").trim_start(), passages_max)
}
