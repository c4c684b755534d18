//! What the SGML formats of news collections share: records that are streamed, elements, entities.

use std::{io::BufRead, ops::Range};

use super::{Problem, RawDocument, ReadRules, container, container::size};

/// The records of a file, one at a time.
pub(super) struct Records<'a> {
    stream: Box<dyn BufRead + 'a>,
    kind: RecordKind,
    record_bytes_max: usize,
    passages_max: usize,
    count: usize,
    done: bool,
}

/// How the records of a format stand in a file, and what each is made into.
#[derive(Clone, Copy)]
pub(super) struct RecordKind {
    /// How a record begins, as far as its tag's name goes.
    pub(super) start: &'static str,
    /// The tag that ends it.
    pub(super) end: &'static str,
    /// Makes a document of a record; the other arguments are its place and
    /// [`ReadRules::passages_max`].
    pub(super) document: fn(Vec<u8>, &str, usize) -> Result<RawDocument, Problem>,
}

impl<'a> Records<'a> {
    pub(super) fn new(kind: RecordKind, stream: Box<dyn BufRead + 'a>, rules: &ReadRules) -> Records<'a> {
        let ReadRules { record_bytes_max, passages_max, .. } = *rules;
        Records { stream, kind, record_bytes_max, passages_max, count: 0, done: false }
    }
}

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
                if let Some(at) = find(&chunk, self.kind.start.as_bytes()) {
                    record = chunk.split_off(at);
                    length = record.len();
                }
            } else if length <= self.record_bytes_max {
                record.append(&mut chunk);
            }
            let tail = if chunk.is_empty() { &record } else { &chunk };
            if !record.is_empty() && tail.ends_with(self.kind.end.as_bytes()) {
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
        Some((self.kind.document)(record, &place, self.passages_max))
    }
}

impl Records<'_> {
    /// The problem of a record that the file's end cuts off; a file without any record is one too.
    fn ends_within(&self, record: &[u8]) -> Option<Problem> {
        if !record.is_empty() {
            let place = format!("record {}", self.count + 1);
            return Some(Problem { place, reason: format!("is cut short: it has no `{}`", self.kind.end) });
        }
        (self.count == 0).then(|| Problem {
            place: String::new(),
            reason: format!("holds no `{}>` record", self.kind.start),
        })
    }
}

fn find(haystack: &[u8], needle: &[u8]) -> Option<usize> {
    haystack.windows(needle.len()).position(|it| it == needle)
}

/// What stands between `<NAME …>` and `</NAME>`.
pub(super) fn element<'a>(text: &'a str, name: &str) -> Option<&'a str> {
    element_bytes(text, name).map(|(_, inner)| &text[inner])
}

/// The bytes of an element with its tags, and without them.
pub(super) fn element_bytes(text: &str, name: &str) -> Option<(Range<usize>, Range<usize>)> {
    let start = text.match_indices('<').map(|(at, _)| at).find(|at| {
        text[at + 1..].strip_prefix(name).is_some_and(|it| it.starts_with(['>', ' ', '\n', '\r', '\t']))
    })?;
    let inner = start + text[start..].find('>')? + 1;
    let end_tag = format!("</{name}>");
    let end = inner + text[inner..].find(&end_tag)?;
    Some((start..end + end_tag.len(), inner..end))
}

/// The entities that SGML of news uses and numeric references; those of control codes vanish.
pub(super) fn unescape(text: &str) -> String {
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
