//! JSON dumps into documents: one record, an array of them, an object that holds such an array, or
//! a record a line.
//!
//! The names of fields are in `names.rs`, those of the text here. Both kinds are read record by
//! record, so that what is made of the text is bounded by one of them; a record that is broken or
//! has no text is a [`Problem`] that names its line or index.

use std::{collections::VecDeque, io::BufRead, ops::Range, sync::LazyLock};

use morgue_core::article::FieldName;
use serde::de::IgnoredAny;
use serde_json::Value;

use super::{
    Block, BlockKind, JsonMapping, Problem, RawDocument, ReadRules, agency,
    container::{self, size},
    encoding::{self, Decoded},
    format::{Format, Source, Start},
    html,
    names::{self, Names},
    text,
};

/// One JSON value, or several after each other.
pub(super) const FORMAT: Format = Format {
    name: "JSON",
    told_by: "`{\"` or `[{` at the start",
    article: "an object with a text; each object of an array, also of one under `articles`, `items`, `_items`, `docs`, \
              `documents`, `results`, `hits`, `records`, `news`, `stories`, `entries` or `data`",
    extensions: EXTENSIONS,
    fits: |start| kind(start) == Some(Kind::Values),
    read: |source| {
        let Source { mapping, rules, .. } = source;
        let file = source.whole()?;
        Ok(Box::new(Records::new(file.bytes, mapping, rules).chain(file.problem.map(Err))))
    },
};

/// A JSON value a line.
pub(super) const LINES: Format = Format {
    name: "JSON lines",
    told_by: "an object on the first line and more lines; the name",
    article: "a line",
    extensions: EXTENSIONS,
    fits: |start| kind(start) == Some(Kind::Lines),
    read: |source| Ok(Box::new(Lines::new(source.stream, source.mapping, source.rules))),
};

const EXTENSIONS: &[&str] = &["json", "jsonl", "ndjson", "jsonlines"];

#[derive(Clone, Copy, PartialEq)]
enum Kind {
    Values,
    Lines,
}

/// JSON when it begins like an object or an array of such; lines when the first line is a value and
/// more follow.
fn kind(start: &Start<'_>) -> Option<Kind> {
    let text = start.text;
    let begins = |text: &str| {
        let mut chars = text.chars().filter(|it| !it.is_whitespace());
        match (chars.next(), chars.next()) {
            (Some('{'), Some('"' | '}')) => true,
            (Some('{' | '['), None) => start.extension == "json",
            (Some('['), Some('{' | '[' | '"' | ']')) => true,
            _ => false,
        }
    };
    let mut lines = text.lines().map(str::trim).filter(|it| !it.is_empty());
    if ["jsonl", "ndjson", "jsonlines"].contains(&start.extension.as_str())
        && lines.clone().any(|it| it.starts_with('{'))
    {
        return Some(Kind::Lines);
    }
    if !begins(text) {
        return None;
    }
    let first = lines.next()?;
    let alone = lines.next().is_none();
    let complete = !alone || start.whole;
    let value =
        complete && first.starts_with('{') && serde_json::from_str::<serde_json::Value>(first).is_ok();
    Some(if value && !alone { Kind::Lines } else { Kind::Values })
}

/// The mapping for a file, the first whose path matches.
pub(super) fn mapping<'a>(name: &str, rules: &'a ReadRules) -> Option<&'a JsonMapping> {
    rules.json.iter().find(|it| it.path.as_ref().is_none_or(|glob| glob.is_match(name)))
}

/// The records of a JSON text, one at a time: one value, or several after each other.
///
/// The text is held; of what it says, one record is. A value that is broken gives no record.
pub(super) struct Records<'a> {
    text: String,
    notes: Vec<String>,
    mapping: Option<&'a JsonMapping>,
    passages_max: usize,
    /// Where to read on.
    at: usize,
    /// In a list of records, how many of them were read, and where to read on behind the value that
    /// holds the list.
    list: Option<(usize, usize)>,
    found_any: bool,
    /// Further documents of the last record.
    waiting: VecDeque<Result<RawDocument, Problem>>,
}

impl<'a> Records<'a> {
    /// The records of a whole file.
    pub(super) fn new(bytes: Vec<u8>, mapping: Option<&'a JsonMapping>, rules: &ReadRules) -> Records<'a> {
        Records::of(encoding::decode(bytes, None), mapping, rules.passages_max)
    }

    /// Those of its text.
    pub(super) fn of(decoded: Decoded, mapping: Option<&'a JsonMapping>, passages_max: usize) -> Records<'a> {
        let Decoded { text, notes, .. } = decoded;
        let at = text.len() - text.trim_start_matches('\u{feff}').len();
        Records {
            text,
            notes,
            mapping,
            passages_max,
            at,
            list: None,
            found_any: false,
            waiting: VecDeque::new(),
        }
    }

    fn next_value(&mut self) -> Option<Result<RawDocument, Problem>> {
        if let Some(document) = self.waiting.pop_front() {
            return Some(document);
        }
        loop {
            self.at += blanks(&self.text[self.at..]);
            if let Some((n_read, behind)) = &mut self.list {
                if self.text[self.at..].starts_with(']') {
                    self.at = *behind;
                    self.list = None;
                    continue;
                }
                if *n_read > 0 {
                    // The comma.
                    self.at += 1;
                    self.at += blanks(&self.text[self.at..]);
                }
                *n_read += 1;
                let place = format!("record {n_read}");
                let record = self.at..value_end(&self.text, self.at).ok()?;
                self.at = record.end;
                return Some(self.document(record, &place));
            }
            if self.at == self.text.len() {
                return None;
            }
            let end = match value_end(&self.text, self.at) {
                Ok(end) => end,
                Err(error) => {
                    self.at = self.text.len();
                    return Some(Err(broken("", &error)));
                }
            };
            let mut value = self.at..end;
            for _ in 0..LISTS_DEPTH_MAX {
                let Some(inner) = record_list(&self.text, &value, self.mapping) else { break };
                value = inner;
            }
            if self.text[value.clone()].starts_with('[') {
                self.at = value.start + 1;
                self.list = Some((0, end));
            } else {
                self.at = end;
                return Some(self.document(value, ""));
            }
        }
    }

    fn document(&mut self, record: Range<usize>, place: &str) -> Result<RawDocument, Problem> {
        let record =
            parse(&self.text[record]).map_err(|reason| Problem { place: place.to_owned(), reason })?;
        let (mapping, passages_max, notes) = (self.mapping, self.passages_max, &self.notes);
        let read = |record: &Value, place: &str| {
            let mut document = document(record, mapping, place, passages_max)?;
            document.notes.splice(0..0, notes.iter().cloned());
            Ok(document)
        };
        let translations = if mapping.is_none() { agency::translations(&record) } else { Vec::new() };
        let Some(((language, first), others)) = translations.split_first() else {
            return read(&record, place);
        };
        let at = |language: &str| match place {
            "" => format!("text in {language}"),
            place => format!("{place}, text in {language}"),
        };
        let others: Vec<_> = others.iter().map(|(language, it)| read(it, &at(language))).collect();
        let first = read(first, &at(language));
        self.waiting.extend(others);
        first
    }
}

impl Iterator for Records<'_> {
    type Item = Result<RawDocument, Problem>;

    fn next(&mut self) -> Option<Self::Item> {
        let item = self.next_value();
        if item.is_none() && !self.found_any {
            self.found_any = true;
            return Some(Err(Problem { place: String::new(), reason: "holds no record".to_owned() }));
        }
        self.found_any = true;
        item
    }
}

/// How many bytes of white space, as JSON has it, a text begins with.
fn blanks(text: &str) -> usize {
    text.len() - text.trim_start_matches([' ', '\t', '\n', '\r']).len()
}

/// Where the JSON value at `at` ends; keeps nothing of it. The place of an error is that in the
/// whole text.
fn value_end(text: &str, at: usize) -> Result<usize, serde_json::Error> {
    let mut values = serde_json::Deserializer::from_str(&text[at..]).into_iter::<IgnoredAny>();
    match values.next() {
        Some(Ok(_)) => Ok(at + values.byte_offset()),
        // Read from the start once more, for the place.
        Some(Err(error)) => {
            let mut values = serde_json::Deserializer::from_str(text).into_iter::<IgnoredAny>();
            Err(values.find_map(Result::err).unwrap_or(error))
        }
        None => Ok(text.len()),
    }
}

/// The most values in a record. An object of one member takes over 600 bytes of memory; an article
/// with all its paragraphs and all that is known of it has some thousand values.
const VALUES_MAX: usize = 500_000;

/// The value of a text of JSON, or why it is none.
pub(super) fn parse(text: &str) -> Result<Value, String> {
    if n_values(text) > VALUES_MAX {
        return Err(format!("holds more than {VALUES_MAX} values, which no article does"));
    }
    serde_json::from_str(text).map_err(|error| broken_reason(&error).replace("at line 1 column", "at column"))
}

/// How many values a text of JSON has, keys among them, give or take the first. A text that is too
/// short for [`VALUES_MAX`] is not looked at.
fn n_values(text: &str) -> usize {
    if text.len() < VALUES_MAX {
        return 0;
    }
    let (mut n, mut in_string, mut escaped) = (0, false, false);
    for byte in text.bytes() {
        match byte {
            _ if escaped => escaped = false,
            b'\\' => escaped = in_string,
            b'"' => in_string = !in_string,
            b',' | b':' | b'[' | b'{' if !in_string => n += 1,
            _ => (),
        }
    }
    n
}

fn broken_reason(error: &serde_json::Error) -> String {
    format!("is no valid JSON: {error}")
}

fn broken(place: &str, error: &serde_json::Error) -> Problem {
    let mut reason = broken_reason(error);
    // A line of its own needs only the column.
    if !place.is_empty() {
        reason = reason.replace("at line 1 column", "at column");
    }
    Problem { place: place.to_owned(), reason }
}

/// Names of arrays of records.
const RECORD_LISTS: &[&str] = &[
    "articles",
    "items",
    "_items",
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

/// A list of records lies so deep in other objects at most; each of them is looked through once.
const LISTS_DEPTH_MAX: usize = 8;

/// Whether a text has a character reference of HTML.
fn has_reference(text: &str) -> bool {
    text.match_indices('&').any(|(at, _)| {
        let name = text[at + 1..].split(';').next().filter(|it| it.len() < text.len() - at - 1);
        name.is_some_and(|it| {
            (2..=10).contains(&it.len()) && it.bytes().all(|it| it.is_ascii_alphanumeric() || it == b'#')
        })
    })
}

/// The member of an object without a text of its own that holds records, perhaps further within.
fn record_list(text: &str, value: &Range<usize>, mapping: Option<&JsonMapping>) -> Option<Range<usize>> {
    if !text[value.clone()].starts_with('{') {
        return None;
    }
    let mapped = mapping.and_then(|it| it.text.as_deref());
    let is_mapped = |key: &str| mapped.is_some_and(|path| key == path || path.split('.').next() == Some(key));
    let mut lists = [const { None }; RECORD_LISTS.len()];
    // The members that may hold a text, as an object.
    let mut texts = "{".to_owned();
    let mut at = value.start + 1;
    loop {
        at += blanks(&text[at..]);
        if text[at..].starts_with(',') {
            at += 1;
            at += blanks(&text[at..]);
        }
        if text[at..].starts_with('}') {
            break;
        }
        let key_at = at;
        let mut keys = serde_json::Deserializer::from_str(&text[at..]).into_iter::<String>();
        let key = keys.next()?.ok()?;
        at += keys.byte_offset();
        at += blanks(&text[at..]) + 1;
        at += blanks(&text[at..]);
        let member = at..value_end(text, at).ok()?;
        at = member.end;
        if is_mapped(&key) || TEXT_NAMES.contains(&key) {
            texts.push_str(if texts.len() > 1 { "," } else { "" });
            texts.push_str(&text[key_at..at]);
        }
        if let Some(list) = RECORD_LISTS.iter().position(|it| *it == key) {
            lists[list] = Some(member);
        }
    }
    let holds = |list: &Range<usize>| {
        let list = &text[list.clone()];
        list.starts_with('{') || list.strip_prefix('[').is_some_and(|it| it.trim_start().starts_with('{'))
    };
    let list = lists.into_iter().flatten().find(holds)?;
    texts.push('}');
    parse(&texts).is_ok_and(|it| text_of(&it, mapping, 0).is_none()).then_some(list)
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
    if mapping.is_none() && agency::is_ninjs(record) {
        return agency::ninjs_document(record, place, passages_max);
    }
    let (blocks, mut notes) = text_of(record, mapping, passages_max).ok_or_else(|| problem("has no text"))?;
    let known = mapping.map(|it| it.fields.as_slice()).unwrap_or_default();
    let at = |path: &str| if place.is_empty() { path.to_owned() } else { format!("{place}, {path}") };
    let mut fields = names::fields(record, known, "json", at);
    for headline in fields.iter_mut().filter(|it| it.name == FieldName::Headline) {
        // Sites publish headlines in JSON as they stand on their pages: `Pier reopens &#8211; at last`.
        if has_reference(&headline.value) && !headline.value.contains('<') {
            headline.value = html::plain(&headline.value);
        }
    }
    notes.dedup();
    // The one document of a file is known by the file.
    let name = if place.is_empty() { None } else { names::of_record(whole) };
    Ok(RawDocument {
        name,
        among_records: !place.is_empty(),
        blocks,
        fields,
        notes,
        ..RawDocument::default()
    })
}

/// Names of the text, best first. `text` may be the text of the page as scraped, with its clutter,
/// where `maintext` is the article's.
static TEXT_NAMES: LazyLock<Names<()>> = LazyLock::new(|| {
    let names = [
        "articleBody",
        "maintext",
        "main_text",
        "cleaned_text",
        "article_text",
        "full_text",
        "body_html",
        "body_text",
        "content_html",
        "content_text",
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
    Names::new(names.into_iter().map(|it| (it, ())))
});

type Text = (Vec<Block>, Vec<String>);

/// The text of a record, some more blocks than `passages_max` at most, and what was lost of it.
fn text_of(record: &Value, mapping: Option<&JsonMapping>, passages_max: usize) -> Option<Text> {
    let mapped = mapping.and_then(|it| it.text.as_deref()).and_then(|path| names::at_path(record, path));
    let known = TEXT_NAMES.members(record).map(|(_, _, value)| value);
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
    /// The line at hand, counted from 1.
    line: usize,
    /// Its records.
    records: Option<Records<'a>>,
    done: bool,
    /// Why the file could not be read to its end.
    error: Option<Problem>,
}

impl<'a> Lines<'a> {
    pub(super) fn new(
        stream: Box<dyn BufRead + 'a>,
        mapping: Option<&'a JsonMapping>,
        rules: &ReadRules,
    ) -> Lines<'a> {
        let ReadRules { record_bytes_max, passages_max, .. } = *rules;
        Lines {
            stream,
            mapping,
            record_bytes_max,
            passages_max,
            line: 0,
            records: None,
            done: false,
            error: None,
        }
    }

    /// Reads the next line; `None` when its records are to be asked for.
    fn read_line(&mut self) -> Option<Problem> {
        self.line += 1;
        let mut bytes = Vec::new();
        match container::read_until(&mut *self.stream, b'\n', self.record_bytes_max, &mut bytes) {
            Ok(0) => {
                self.done = true;
                None
            }
            Ok(length) if length > self.record_bytes_max => {
                let reason = format!(
                    "is {} long, and records are read up to {}",
                    size(length as u64),
                    size(self.record_bytes_max as u64)
                );
                Some(Problem { place: self.place(), reason })
            }
            Ok(_) => self.take(bytes),
            Err(error) => {
                // What came before the error is looked at first.
                self.done = true;
                self.error = Some(container::problem(&error));
                self.take(bytes)
            }
        }
    }

    fn take(&mut self, bytes: Vec<u8>) -> Option<Problem> {
        if bytes.trim_ascii().is_empty() || bytes.trim_ascii() == b"\xef\xbb\xbf" {
            return None;
        }
        let mut decoded = encoding::decode(bytes, None);
        let line = decoded.text.trim_start_matches('\u{feff}').trim();
        if let Err(error) = serde_json::from_str::<IgnoredAny>(line) {
            return Some(broken(&self.place(), &error));
        }
        if line.len() < decoded.text.len() {
            decoded.text = line.to_owned();
        }
        self.records = Some(Records::of(decoded, self.mapping, self.passages_max));
        None
    }

    fn place(&self) -> String {
        format!("line {}", self.line)
    }
}

/// Puts the line before a place in it.
fn prefix(inner: &mut String, place: &str) {
    *inner = if inner.is_empty() { place.to_owned() } else { format!("{place}, {inner}") };
}

impl Iterator for Lines<'_> {
    type Item = Result<RawDocument, Problem>;

    fn next(&mut self) -> Option<Self::Item> {
        loop {
            if let Some(mut item) = self.records.as_mut().and_then(Iterator::next) {
                let place = self.place();
                match &mut item {
                    Ok(document) => {
                        document.among_records = true;
                        document.fields.iter_mut().for_each(|it| prefix(&mut it.origin.place, &place));
                    }
                    Err(problem) => prefix(&mut problem.place, &place),
                }
                return Some(item);
            }
            self.records = None;
            if self.done {
                return self.error.take().map(Err);
            }
            if let Some(problem) = self.read_line() {
                return Some(Err(problem));
            }
        }
    }
}
