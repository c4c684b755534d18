//! JSON dumps into documents: one record, an array of them, an object that holds such an array, or
//! a record a line.
//!
//! The names of fields are in `names.rs`, those of the text here. JSON Lines is read record by
//! record, so that memory is bounded by one of them; a record that is broken or has no text is a
//! [`Problem`] that names its line or index.

use std::{collections::VecDeque, io::BufRead};

use serde_json::Value;

use super::{
    Block, BlockKind, JsonMapping, Problem, RawDocument, ReadRules,
    container::{self, size},
    encoding, html, names, text,
};

/// The mapping for a file, the first whose path matches.
pub(super) fn mapping<'a>(name: &str, rules: &'a ReadRules) -> Option<&'a JsonMapping> {
    rules.json.iter().find(|it| it.path.as_ref().is_none_or(|glob| glob.is_match(name)))
}

/// Reads a whole file: one JSON value, or several after each other.
pub(super) fn read(
    bytes: Vec<u8>,
    mapping: Option<&JsonMapping>,
    passages_max: usize,
) -> Vec<Result<RawDocument, Problem>> {
    let decoded = encoding::decode(bytes, None);
    let text = decoded.text.trim_start_matches('\u{feff}');
    let mut found = Vec::new();
    let mut values = serde_json::Deserializer::from_str(text).into_iter::<Value>();
    for value in &mut values {
        match value {
            Ok(value) => records(value, mapping, passages_max, &mut found),
            Err(error) => {
                found.push(Err(broken("", &error)));
                break;
            }
        }
    }
    if found.is_empty() {
        found.push(Err(Problem { place: String::new(), reason: "holds no record".to_owned() }));
    }
    for document in found.iter_mut().flatten() {
        document.notes.splice(0..0, decoded.notes.iter().cloned());
    }
    found
}

fn broken(place: &str, error: &serde_json::Error) -> Problem {
    let mut reason = error.to_string();
    // A line of its own needs only the column.
    if !place.is_empty() {
        reason = reason.replace("at line 1 column", "at column");
    }
    Problem { place: place.to_owned(), reason: format!("is no valid JSON: {reason}") }
}

/// Names of arrays of records.
const RECORD_LISTS: &[&str] = &[
    "articles",
    "items",
    "docs",
    "documents",
    "results",
    "hits",
    "records",
    "news",
    "stories",
    "entries",
    "data",
];

/// Adds the documents of one value. Depth is bounded by the JSON parser.
fn records(
    mut value: Value,
    mapping: Option<&JsonMapping>,
    passages_max: usize,
    found: &mut Vec<Result<RawDocument, Problem>>,
) {
    while let Some(key) = record_list(&value, mapping) {
        value = value.get_mut(key).map(Value::take).unwrap_or_default();
    }
    let Value::Array(list) = value else { return found.push(document(&value, mapping, "", passages_max)) };
    for (at, record) in list.iter().enumerate() {
        found.push(document(record, mapping, &format!("record {}", at + 1), passages_max));
    }
}

/// The member of an object without a text of its own that holds records, perhaps further within.
fn record_list(value: &Value, mapping: Option<&JsonMapping>) -> Option<&'static str> {
    let holds = |it: &Value| it.is_object() || it.get(0).is_some_and(Value::is_object);
    let key = RECORD_LISTS.iter().copied().find(|it| value.get(it).is_some_and(holds))?;
    text_of(value, mapping, 0).is_none().then_some(key)
}

/// One record; search engines wrap it in `_source`.
fn document(
    record: &Value,
    mapping: Option<&JsonMapping>,
    place: &str,
    passages_max: usize,
) -> Result<RawDocument, Problem> {
    let problem = |reason: &str| Problem { place: place.to_owned(), reason: reason.to_owned() };
    let whole = record;
    let record = whole.get("_source").unwrap_or(whole);
    if !record.is_object() {
        return Err(problem("is no record with named fields"));
    }
    let (blocks, mut notes) = text_of(record, mapping, passages_max).ok_or_else(|| problem("has no text"))?;
    let known = mapping.map(|it| it.fields.as_slice()).unwrap_or_default();
    let at = |path: &str| if place.is_empty() { path.to_owned() } else { format!("{place}, {path}") };
    let fields = names::fields(record, known, "json", at);
    notes.dedup();
    // The one document of a file is known by the file.
    let name = if place.is_empty() { None } else { names::of_record(whole) };
    Ok(RawDocument { name, blocks, fields, notes, left_out: None })
}

/// Names of the text, best first. `text` may be the text of the page as scraped, with its clutter,
/// where `maintext` is the article's.
const TEXT_NAMES: &[&str] = &[
    "articleBody",
    "maintext",
    "main_text",
    "cleaned_text",
    "article_text",
    "full_text",
    "body_html",
    "body_text",
    "bodies",
    "body",
    "paragraphs",
    "text",
    "content",
    "plain_text",
    "plaintext",
    "story",
    "raw_text",
    "article",
    "html",
];

type Text = (Vec<Block>, Vec<String>);

/// The text of a record, some more blocks than `passages_max` at most, and what was lost of it.
fn text_of(record: &Value, mapping: Option<&JsonMapping>, passages_max: usize) -> Option<Text> {
    let mapped = mapping.and_then(|it| it.text.as_deref()).and_then(|path| names::at_path(record, path));
    let members = names::Known::of(record);
    let known = TEXT_NAMES.iter().flat_map(|name| members.get(name)).map(|(_, value)| value);
    mapped.into_iter().chain(known).find_map(|value| {
        let mut text = Text::default();
        add_text(value, BlockKind::Paragraph, passages_max, &mut text);
        (!text.0.is_empty()).then(|| {
            for (at, block) in text.0.iter_mut().enumerate() {
                block.place = format!("paragraph {}", at + 1);
            }
            text
        })
    })
}

/// Adds the blocks of a text, a list of texts, or a nested body such as that of Fundus.
fn add_text(value: &Value, kind: BlockKind, passages_max: usize, text: &mut Text) {
    if text.0.len() > passages_max {
        return;
    }
    match value {
        Value::String(string) => add_string(string, kind, passages_max, text),
        Value::Array(items) => items.iter().for_each(|it| add_text(it, kind, passages_max, text)),
        Value::Object(body) => {
            let kind = match body.get("type").and_then(Value::as_str) {
                Some("heading" | "header" | "subtitle" | "h2" | "h3" | "crosshead") => BlockKind::Heading(2),
                Some("caption") => BlockKind::Caption,
                Some("li" | "item" | "list_item") => BlockKind::Item,
                _ => kind,
            };
            for heading in ["headline", "heading"] {
                if let Some(value) = body.get(heading) {
                    add_text(value, BlockKind::Heading(2), passages_max, text);
                }
            }
            let parts = ["summary", "paragraphs", "sections", "content", "value", "text", "html", "rendered"];
            for part in parts.iter().filter_map(|it| body.get(*it)) {
                add_text(part, kind, passages_max, text);
            }
        }
        Value::Null | Value::Bool(_) | Value::Number(_) => (),
    }
}

fn add_string(string: &str, kind: BlockKind, passages_max: usize, (blocks, notes): &mut Text) {
    let mut read = match html::fragment(string, passages_max) {
        Some(Ok(blocks)) => blocks,
        Some(Err(problem)) => {
            notes.push(format!("some of its HTML was left out: it {}", problem.reason));
            return;
        }
        None => text::blocks_of(string, passages_max),
    };
    if kind != BlockKind::Paragraph {
        read.iter_mut().for_each(|it| it.kind = kind);
    }
    blocks.append(&mut read);
}

/// The records of a JSON Lines file, one at a time.
pub(super) struct Lines<'a> {
    stream: Box<dyn BufRead + 'a>,
    mapping: Option<&'a JsonMapping>,
    record_bytes_max: usize,
    passages_max: usize,
    line: usize,
    /// Documents of a line that held several.
    pending: VecDeque<Result<RawDocument, Problem>>,
    done: bool,
}

impl<'a> Lines<'a> {
    pub(super) fn new(
        stream: Box<dyn BufRead + 'a>,
        mapping: Option<&'a JsonMapping>,
        rules: &ReadRules,
    ) -> Lines<'a> {
        let ReadRules { record_bytes_max, passages_max, .. } = *rules;
        let pending = VecDeque::new();
        Lines { stream, mapping, record_bytes_max, passages_max, line: 0, pending, done: false }
    }

    fn read_line(&mut self, bytes: &mut Vec<u8>) {
        self.line += 1;
        let place = format!("line {}", self.line);
        match container::read_until(&mut *self.stream, b'\n', self.record_bytes_max, bytes) {
            Ok(0) => self.done = true,
            Ok(length) if length > self.record_bytes_max => {
                let reason = format!(
                    "is {} long, and records are read up to {}",
                    size(length as u64),
                    size(self.record_bytes_max as u64)
                );
                self.pending.push_back(Err(Problem { place, reason }));
            }
            Ok(_) => self.take(std::mem::take(bytes), &place),
            Err(error) => {
                self.done = true;
                if !bytes.trim_ascii().is_empty() {
                    self.take(std::mem::take(bytes), &place);
                }
                self.pending.push_back(Err(container::problem(&error)));
            }
        }
    }

    fn take(&mut self, bytes: Vec<u8>, place: &str) {
        if bytes.trim_ascii().is_empty() || bytes.trim_ascii() == b"\xef\xbb\xbf" {
            return;
        }
        let decoded = encoding::decode(bytes, None);
        let mut found = Vec::new();
        match serde_json::from_str::<Value>(decoded.text.trim_start_matches('\u{feff}').trim()) {
            Ok(value) => records(value, self.mapping, self.passages_max, &mut found),
            Err(error) => found.push(Err(broken(place, &error))),
        }
        for item in &mut found {
            match item {
                Ok(document) => {
                    document.notes.splice(0..0, decoded.notes.iter().cloned());
                    document.fields.iter_mut().for_each(|it| prefix(&mut it.origin.place, place));
                }
                Err(problem) if problem.place != place => prefix(&mut problem.place, place),
                Err(_) => (),
            }
        }
        self.pending.extend(found);
    }
}

/// Puts the line before a place in it.
fn prefix(inner: &mut String, place: &str) {
    *inner = if inner.is_empty() { place.to_owned() } else { format!("{place}, {inner}") };
}

impl Iterator for Lines<'_> {
    type Item = Result<RawDocument, Problem>;

    fn next(&mut self) -> Option<Self::Item> {
        let mut bytes = Vec::new();
        loop {
            if let Some(item) = self.pending.pop_front() {
                return Some(item);
            }
            if self.done {
                return None;
            }
            bytes.clear();
            self.read_line(&mut bytes);
        }
    }
}
