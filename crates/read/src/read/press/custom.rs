//! Exports whose layout the user describes: `[[layout]]` of `morgue.toml`.
//!
//! A line between the articles, and labels for their values. What follows the labels of an article is
//! its text.

use morgue_core::article::{Field, FieldName, Trust};

use super::Export;
use crate::read::{
    Block, BlockKind, CustomLayout, Documents, LabelUse, Problem, RawDocument, Separator,
    container::size,
    sheet::{Kind, Line, Lines},
    text,
};

/// The articles of an export in this layout.
pub(super) fn read<'a>(export: Export<'a>, layout: &'a CustomLayout) -> Documents<'a> {
    let Export { kind, lines, rules, notes, .. } = export;
    let bytes_max = rules.record_bytes_max;
    let chunks = Chunks { lines, layout, bytes_max, pending: None, total: None, done: false };
    Box::new(Articles { chunks, kind, notes, passages_max: rules.passages_max, n_chunks: 0, n_articles: 0 })
}

struct Articles<'a> {
    chunks: Chunks<'a>,
    kind: Kind,
    notes: Vec<String>,
    passages_max: usize,
    n_chunks: usize,
    n_articles: usize,
}

impl Iterator for Articles<'_> {
    type Item = Result<RawDocument, Problem>;

    fn next(&mut self) -> Option<Self::Item> {
        loop {
            let chunk = match self.chunks.next() {
                None => return self.miscounted().map(Err),
                Some(Err(problem)) => return Some(Err(problem)),
                Some(Ok(chunk)) if chunk.lines.iter().all(Line::is_blank) => continue,
                Some(Ok(chunk)) => chunk,
            };
            self.n_chunks += 1;
            let document = document(&chunk, self.chunks.layout, self.kind, self.n_chunks, self.passages_max);
            return Some(document.map(|mut document| {
                self.n_articles += 1;
                document.notes.splice(0..0, self.notes.iter().cloned());
                document
            }));
        }
    }
}

impl Articles<'_> {
    /// The problem of an export whose separators tell another number of articles; told once.
    fn miscounted(&mut self) -> Option<Problem> {
        let total = self.chunks.total.take().filter(|it| *it != self.n_articles)?;
        let reason = format!("its separators tell of {total} articles, and {} were read", self.n_articles);
        Some(Problem { place: String::new(), reason })
    }
}

/// The lines of an article.
#[derive(Default)]
struct Chunk {
    lines: Vec<Line>,
    /// How many bytes there are, those beyond the limit too.
    bytes: usize,
}

struct Chunks<'a> {
    lines: Lines<'a>,
    layout: &'a CustomLayout,
    bytes_max: usize,
    /// The first line of the next article, where a page ends before it.
    pending: Option<Line>,
    /// How many articles the last separator tells of: `Document 3 of 30`.
    total: Option<usize>,
    done: bool,
}

impl Iterator for Chunks<'_> {
    type Item = Result<Chunk, Problem>;

    fn next(&mut self) -> Option<Self::Item> {
        let mut chunk = Chunk::default();
        while !self.done {
            let line = match self.pending.take().map(Ok).or_else(|| self.lines.next()) {
                None => {
                    self.done = true;
                    break;
                }
                // What came before an error is lost with it: the file is read again once it is whole.
                Some(Err(problem)) => {
                    self.done = true;
                    return Some(Err(problem));
                }
                Some(Ok(line)) => line,
            };
            match &self.layout.separator {
                Separator::NewPage if line.look.new_page && !chunk.lines.is_empty() => {
                    self.pending = Some(Line { look: crate::read::sheet::Look::default(), ..line });
                    break;
                }
                Separator::Line(pattern) if pattern.fits(&line.text) => {
                    self.total = total(&line.text).or(self.total);
                    break;
                }
                _ => (),
            }
            chunk.bytes += line.text.len() + 1;
            if chunk.bytes <= self.bytes_max {
                chunk.lines.push(line);
            }
        }
        if chunk.bytes > self.bytes_max {
            let reason = format!(
                "an article of {} between two separators, and records are read up to {}",
                size(chunk.bytes as u64),
                size(self.bytes_max as u64)
            );
            let place = chunk.lines.first().map(Line::place).unwrap_or_default();
            return Some(Err(Problem { place, reason }));
        }
        (!self.done || !chunk.lines.is_empty()).then_some(Ok(chunk))
    }
}

/// The second number of a line with two, the first of which is no larger.
fn total(line: &str) -> Option<usize> {
    let numbers = line.split(|it: char| !it.is_ascii_digit()).filter(|it| !it.is_empty());
    let numbers: Vec<usize> = numbers.take(3).map(str::parse).collect::<Result<_, _>>().ok()?;
    match numbers[..] {
        [nth, total] if (1..=total).contains(&nth) => Some(total),
        _ => None,
    }
}

/// Where the next line belongs.
#[derive(Clone, Copy)]
enum At<'a> {
    /// The value of a label, which goes on until a blank line.
    Label(&'a str, LabelUse),
    Text,
}

fn document(
    chunk: &Chunk,
    layout: &CustomLayout,
    kind: Kind,
    n: usize,
    passages_max: usize,
) -> Result<RawDocument, Problem> {
    let mut values: Vec<Value<'_>> = Vec::new();
    let mut text: Vec<&Line> = Vec::new();
    let mut labeled = false;
    let mut at = At::Text;
    for line in &chunk.lines {
        let mut rest = line.text.as_str();
        if let Some((label, use_, value)) = layout.label(rest) {
            labeled = true;
            rest = value;
            at = if use_ == LabelUse::Text { At::Text } else { At::Label(label, use_) };
            if let At::Label(label, use_) = at {
                values.push(Value { label, use_, text: String::new(), place: line.place() });
            } else if !rest.is_empty() {
                // The text that begins beside its label.
                text.push(line);
                continue;
            }
            if rest.is_empty() {
                continue;
            }
        }
        match at {
            At::Text => text.push(line),
            At::Label(..) => {
                let Some(value) = values.last_mut() else { continue };
                if line.is_blank() {
                    at = if value.text.is_empty() { at } else { At::Text };
                } else {
                    value.text.push_str(if value.text.is_empty() { "" } else { " " });
                    value.text.push_str(rest);
                }
            }
        }
    }
    let place = chunk.lines.iter().find(|it| !it.is_blank()).map(Line::place).unwrap_or_default();
    if !labeled && !layout.labels.is_empty() {
        let reason = format!("has none of the labels of the layout `{}`", layout.name);
        return Err(Problem { place, reason });
    }
    let fields = values.iter().filter_map(|it| it.field(&layout.name, n)).collect();
    let blocks = blocks(&text, layout, kind, passages_max);
    let headlines = values.iter().filter(|it| it.use_ == LabelUse::Field(FieldName::Headline)).count();
    let joined = format!("has {headlines} headlines: `separator` of its [[layout]] may not fit");
    let notes = (headlines > 1).then_some(joined).into_iter().collect();
    Ok(RawDocument { among_records: true, blocks, fields, notes, ..RawDocument::default() })
}

/// What stands behind a label.
struct Value<'a> {
    label: &'a str,
    use_: LabelUse,
    text: String,
    place: String,
}

impl Value<'_> {
    fn field(&self, layout: &str, n: usize) -> Option<Field> {
        let LabelUse::Field(name) = self.use_ else { return None };
        let rule = format!("{layout} {}", self.label.trim_end_matches(':').trim_end());
        let place = format!("record {n}, {}", self.place);
        (!self.text.is_empty()).then(|| Field::new(name, &self.text, Trust::Structured, &rule, &place))
    }
}

/// Paragraphs: told by their lines in plain text, a line each elsewhere.
fn blocks(lines: &[&Line], layout: &CustomLayout, kind: Kind, passages_max: usize) -> Vec<Block> {
    let shown =
        |line: &Line| layout.label(&line.text).map_or_else(|| line.text.clone(), |it| it.2.to_owned());
    if kind == Kind::Text {
        let indented = |it: &&Line| format!("{}{}", " ".repeat(it.indent.min(INDENT_MAX)), shown(it));
        let text: Vec<String> = lines.iter().map(indented).collect();
        return text::blocks_of(&text.join("\n"), passages_max);
    }
    let lines = lines.iter().filter(|it| !it.is_blank()).take(passages_max.saturating_add(1));
    lines
        .map(|line| Block {
            kind: line.look.heading.map_or(BlockKind::Paragraph, BlockKind::Heading),
            text: shown(line),
            bytes: None,
            place: line.place(),
        })
        .collect()
}

/// Wider indents tell no more of a paragraph.
const INDENT_MAX: usize = 40;
