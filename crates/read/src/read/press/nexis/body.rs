//! The text of an article and the labels below it.

use morgue_core::article::{Field, FieldName, Trust};

use super::super::records;
use super::{
    labels::{Labeled, Meaning, is_copyright, labeled, part, section},
    tail,
};
use crate::read::{
    Block, BlockKind,
    sheet::{Kind, Line},
    text,
};

/// What follows the head.
#[derive(Default)]
pub(super) struct Body {
    pub(super) text: Vec<Line>,
    pub(super) captions: Vec<Line>,
    pub(super) correction: Vec<Line>,
    pub(super) fields: Vec<Field>,
    pub(super) notes: Vec<String>,
}

/// What the lines below the text belong to.
#[derive(Clone, Copy, PartialEq, Eq)]
enum At {
    Text,
    Captions,
    Correction,
    /// Only labels stand here.
    Closing,
}

/// Reads what stands below the head. With a mark `Body` above the text, other parts have such marks
/// too.
pub(super) fn read(lines: &[Line], has_body_mark: bool, kind: Kind) -> Body {
    let mut body = Body::default();
    let mut at = At::Text;
    let mut starts = true;
    let mut left_out = 0;
    let tail = tail::start(lines, has_body_mark, kind);
    for (number, line) in lines.iter().enumerate() {
        if line.is_blank() {
            starts = true;
            if at == At::Text {
                body.text.push(line.clone());
            }
            continue;
        }
        let begins = std::mem::take(&mut starts) || kind != Kind::Text;
        let may_begin = begins || at != At::Text;
        let label = labeled(&line.text);
        let label = label.filter(|it| may_begin && is_below(it, at, number >= tail, has_body_mark));
        if let Some(meaning) = part(&line.text).filter(|it| has_body_mark && *it != Meaning::Body) {
            at = next(meaning);
        } else if let Some(label) = label {
            at = next(label.meaning);
            take(&label, line, at, &mut body);
        } else if tail::is_inserted(&line.text) {
            continue;
        } else {
            match at {
                At::Text => body.text.push(line.clone()),
                At::Captions if !is_copyright(&line.text) => body.captions.push(line.clone()),
                At::Correction if !is_copyright(&line.text) => body.correction.push(line.clone()),
                At::Captions | At::Correction => at = At::Closing,
                At::Closing => {
                    left_out += usize::from(may_be_text(&line.text, begins));
                }
            }
        }
    }
    drop_copyright(&mut body.text);
    if left_out > 0 {
        body.notes.push(format!("lines that may be text left out among the labels below it: {left_out}"));
    }
    body
}

/// Lines below the labels that are longer than this may be text; a copyright note is shorter.
const LONG_BYTES: usize = 200;

/// A shorter line is no sentence, or says little.
const SENTENCE_BYTES_MIN: usize = 40;

/// Whether a line among the labels below the text may be text. `begins` says that it begins a
/// paragraph.
fn may_be_text(line: &str, begins: bool) -> bool {
    let is_sentence = begins && line.len() > SENTENCE_BYTES_MIN && line.ends_with(['.', '!', '?', '"', '”']);
    (line.len() > LONG_BYTES || is_sentence) && !is_copyright(line)
}

/// Whether a label stands below the text: where no text follows, or where only labels are left.
fn is_below(it: &Labeled<'_>, at: At, in_tail: bool, has_body_mark: bool) -> bool {
    let is_of_head = matches!(
        it.meaning,
        Meaning::Field(
            FieldName::Byline | FieldName::Headline | FieldName::Date | FieldName::Place | FieldName::Source
        ) | Meaning::Body
            | Meaning::Highlight
    );
    let is_in_tail = in_tail && !is_of_head && (it.is_capital() || has_body_mark);
    at == At::Closing || tail::is_closing(it) || is_in_tail
}

fn next(meaning: Meaning) -> At {
    match meaning {
        Meaning::Graphic => At::Captions,
        Meaning::Correction => At::Correction,
        _ => At::Closing,
    }
}

fn take(label: &Labeled<'_>, line: &Line, at: At, body: &mut Body) {
    match (label.meaning, at) {
        _ if label.value.is_empty() => (),
        (_, At::Captions) => body.captions.push(behind(line, label.value)),
        (_, At::Correction) => body.correction.push(behind(line, label.value)),
        (Meaning::Field(name @ (FieldName::Language | FieldName::Url | FieldName::Section)), _) => {
            let value = match name {
                FieldName::Section => section(label.value),
                _ => label.value.split(';').next().unwrap_or_default().trim(),
            };
            let rule = format!("nexis {}", label.label.to_lowercase());
            body.fields.push(Field::new(name, value, Trust::Structured, &rule, &line.place()));
        }
        _ => (),
    }
}

/// Takes the copyright note off the end, with the blank lines around it.
fn drop_copyright(text: &mut Vec<Line>) {
    let blank = |text: &mut Vec<Line>| {
        text.truncate(text.iter().rposition(|it| !it.is_blank()).map_or(0, |it| it + 1));
    };
    blank(text);
    let mut start = text.len();
    while start > 0 && text.len() - start < COPYRIGHT_LINES_MAX && !text[start - 1].is_blank() {
        start -= 1;
        if is_copyright(&text[start].text) {
            text.truncate(start);
            blank(text);
            start = text.len();
        }
    }
}

/// A copyright note has some two lines.
const COPYRIGHT_LINES_MAX: usize = 6;

/// The lines of a text as paragraphs. `width` is that of hard-wrapped text.
pub(super) fn blocks(lines: &[Line], kind: Kind, width: Option<usize>, passages_max: usize) -> Vec<Block> {
    if kind != Kind::Text {
        let filled = lines.iter().filter(|it| !it.is_blank());
        return filled.take(passages_max + 1).map(block).collect();
    }
    records::paragraphs(lines.iter(), |joined| text::paragraphs_of_width(joined, width, passages_max))
}

fn block(line: &Line) -> Block {
    let (text, bytes) = (line.text.clone(), line.bytes.clone());
    Block { kind: BlockKind::Paragraph, text, bytes, place: line.place() }
}

/// What stands behind the label of a line, as a line.
pub(super) fn behind(line: &Line, value: &str) -> Line {
    let bytes = line.bytes.as_ref().and_then(|it| Some(it.end.checked_sub(value.len())?..it.end));
    Line { text: value.to_owned(), indent: 0, bytes, ..line.clone() }
}
