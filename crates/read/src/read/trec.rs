//! The SGML of TREC's news collections (AP, Los Angeles Times, Financial Times, AQUAINT …): one
//! `<DOC>` record each.
//!
//! Records are streamed. Their tags differ from paper to paper; those that hold a story's text or a
//! value of its metadata are known here, all others are passed over. A record keeps its `DOCNO` as
//! its name, by which judgements know it.

use super::{
    Block, BlockKind, Problem, RawDocument, encoding,
    format::Format,
    sgml::{self, RecordKind, element, element_bytes, unescape},
    text,
};
use morgue_core::article::{Field, FieldName, Trust};

/// The SGML of TREC's news collections.
pub(super) const FORMAT: Format = Format {
    name: "TREC SGML",
    told_by: "`<DOC>` and `<DOCNO>`",
    article: "a `<DOC>` record",
    extensions: &["sgm", "sgml"],
    fits: |start| start.lower.starts_with("<doc>") && start.lower.contains("<docno>"),
    read: |source| Ok(Box::new(sgml::Records::new(RECORDS, source.stream, source.rules))),
};

/// The records of a file of such a collection.
const RECORDS: RecordKind = RecordKind { start: "<DOC>", end: "</DOC>", document };

/// Elements with the text of a story, in the order it is read.
const TEXTS: [(&str, BlockKind); 5] = [
    ("LEADPARA", BlockKind::Paragraph),
    ("LP", BlockKind::Paragraph),
    ("TEXT", BlockKind::Paragraph),
    ("GRAPHIC", BlockKind::Caption),
    ("CORRECTION", BlockKind::Paragraph),
];

/// Elements with a value of the metadata, best first.
const VALUES: [(&str, FieldName); 12] = [
    ("HEADLINE", FieldName::Headline),
    ("HEAD", FieldName::Headline),
    ("HL", FieldName::Headline),
    ("TITLE", FieldName::Headline),
    ("TTL", FieldName::Headline),
    ("BYLINE", FieldName::Byline),
    ("AUTHOR", FieldName::Byline),
    ("DATELINE", FieldName::Place),
    ("SECTION", FieldName::Section),
    ("PUB", FieldName::Source),
    ("SO", FieldName::Source),
    ("SOURCE", FieldName::Source),
];

/// So many elements of one name give a value each.
const VALUES_MAX: usize = 4;

/// Who published what a `DOCNO` begins with.
const SOURCES: [(&str, &str); 9] = [
    ("AP", "Associated Press"),
    ("APW", "Associated Press"),
    ("FT", "Financial Times"),
    ("LA", "Los Angeles Times"),
    ("NYT", "The New York Times"),
    ("SJMN", "San Jose Mercury News"),
    ("WSJ", "The Wall Street Journal"),
    ("XIE", "Xinhua"),
    ("XIN", "Xinhua"),
];

fn document(record: Vec<u8>, place: &str, passages_max: usize) -> Result<RawDocument, Problem> {
    let decoded = encoding::decode(record, None);
    let record = decoded.text.as_str();
    let name = element(record, "DOCNO").map(one_line).filter(|it| !it.is_empty());
    let mut fields = Vec::new();
    let mut add = |name: FieldName, value: &str, tag: &str| {
        if !value.is_empty() {
            let place = format!("{place}, {tag}");
            fields.push(Field::new(name, value, Trust::Structured, &format!("trec {tag}"), &place));
        }
    };
    for (tag, field) in VALUES {
        // Above the headline may stand an editor's code, in an element of the same name.
        let mut rest = record;
        for _ in 0..VALUES_MAX {
            let Some((outer, inner)) = element_bytes(rest, tag) else { break };
            add(field, value(field, &one_line(&rest[inner])), tag);
            rest = &rest[outer.end..];
        }
    }
    let mut is_dated = false;
    for tag in ["DATE", "DATE_TIME", "DD"] {
        if let Some(inner) = element(record, tag) {
            is_dated = true;
            let date = one_line(inner);
            add(FieldName::Date, &iso_date(&date).unwrap_or_else(|| day_of(&date).to_owned()), tag);
        }
    }
    if let Some(name) = &name {
        let letters = name.len() - name.trim_start_matches(|it: char| it.is_ascii_alphabetic()).len();
        let (paper, rest) = name.split_at(letters);
        if let Some((_, source)) = SOURCES.iter().find(|it| it.0 == paper) {
            add(FieldName::Source, source, "DOCNO");
        }
        let digits: String = rest.chars().take_while(char::is_ascii_digit).collect();
        if let Some(date) = iso_date(&digits).filter(|_| !is_dated) {
            add(FieldName::Date, &date, "DOCNO");
        }
    }
    let blocks = blocks(record, passages_max);
    if blocks.is_empty() && !fields.iter().any(|it| it.name == FieldName::Headline) {
        return Err(Problem { place: place.to_owned(), reason: "has neither headline nor text".to_owned() });
    }
    Ok(RawDocument {
        name,
        among_records: true,
        blocks,
        fields,
        notes: decoded.notes,
        ..RawDocument::default()
    })
}

/// The value of a field without what papers print around it.
fn value(field: FieldName, text: &str) -> &str {
    match field {
        // `Book Review; Page 1; Book Review Desk`
        FieldName::Section => text.split(';').next().unwrap_or(text).trim(),
        // `FT  14 MAY 91 / Contigas plans project`
        FieldName::Headline => text
            .split_once(" / ")
            .filter(|(before, _)| before.starts_with("FT ") && before.len() < 14)
            .map_or(text, |(_, headline)| headline.trim()),
        // `NEW YORK (AP)`
        FieldName::Place => text.split(" (").next().unwrap_or(text).trim_end_matches([',', '-', ' ']),
        _ => text,
    }
}

/// Blocks of all elements with text, paragraphs as their tags or their indents have them: some more
/// than `passages_max` at most.
fn blocks(record: &str, passages_max: usize) -> Vec<Block> {
    let mut blocks = Vec::new();
    for (tag, kind) in TEXTS {
        let mut rest = record;
        while let Some((outer, inner)) = element_bytes(rest, tag)
            && blocks.len() <= passages_max
        {
            for paragraph in paragraphs(&rest[inner], passages_max) {
                let place = format!("paragraph {}", blocks.len() + 1);
                blocks.push(Block { kind, text: paragraph, bytes: None, place });
            }
            rest = &rest[outer.end..];
        }
    }
    blocks
}

fn paragraphs(inner: &str, passages_max: usize) -> Vec<String> {
    const MARK: char = '\u{1e}';
    let marked = without_tags(inner, MARK);
    if !marked.contains(MARK) {
        let blocks = text::wrapped_blocks(&unescape(&marked), passages_max);
        return blocks.into_iter().map(|it| it.text).collect();
    }
    let paragraphs = marked.split(MARK).map(|it| joined(&unescape(it))).filter(|it| !it.is_empty());
    paragraphs.take(passages_max + 1).collect()
}

/// The text without its tags, `mark` where a paragraph begins or ends.
fn without_tags(text: &str, mark: char) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find('<') {
        out.push_str(&rest[..at]);
        let tag = &rest[at + 1..];
        let Some(end) = tag.find('>').filter(|_| begins_tag(tag)) else {
            out.push('<');
            rest = tag;
            continue;
        };
        let name = tag[..end].trim_matches('/').split_whitespace().next().unwrap_or_default();
        out.push(if name.eq_ignore_ascii_case("p") { mark } else { ' ' });
        rest = &tag[end + 1..];
    }
    out.push_str(rest);
    out
}

/// Whether a tag or a comment may begin so: `a < b` is text.
fn begins_tag(text: &str) -> bool {
    text.starts_with(|it: char| it.is_ascii_alphabetic() || it == '/' || it == '!')
}

fn one_line(inner: &str) -> String {
    joined(&unescape(&without_tags(inner, ' ')))
}

fn joined(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// `1991-05-14` of `910514` and `19910514`.
fn iso_date(text: &str) -> Option<String> {
    if !text.bytes().all(|it| it.is_ascii_digit()) {
        return None;
    }
    let (year, rest) = match text.len() {
        6 => (format!("19{}", &text[..2]), &text[2..]),
        8 => (text[..4].to_owned(), &text[4..]),
        _ => return None,
    };
    let (month, day) = rest.split_at(2);
    let fits = (1..=12).contains(&month.parse::<u8>().ok()?) && (1..=31).contains(&day.parse::<u8>().ok()?);
    fits.then(|| format!("{year}-{month}-{day}"))
}

/// `January 1, 1989` of `January 1, 1989, Sunday, Home Edition`.
fn day_of(text: &str) -> &str {
    text.match_indices(',').nth(1).map_or(text, |(at, _)| &text[..at])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_of_records() {
        for (text, date) in [
            ("910514", Some("1991-05-14")),
            ("19980601", Some("1998-06-01")),
            ("010189", None),
            ("1998", None),
            ("May 1", None),
        ] {
            assert_eq!(iso_date(text).as_deref(), date, "{text}");
        }
        assert_eq!(day_of("March 4, 2019, Monday, Home Edition"), "March 4, 2019");
    }

    #[test]
    fn tags_go_and_signs_stay() {
        assert_eq!(without_tags("a <F P=1>b</F> < c <P>d", '|'), "a  b  < c |d");
        assert_eq!(
            paragraphs("<P>\nOne\nline &amp; more.\n</P>\n<P>\nTwo.\n</P>", 10),
            ["One line & more.", "Two."]
        );
    }
}
