//! Plain text into paragraphs, each with its bytes in the file; a header of `key: value` lines into
//! fields.
//!
//! Blank lines, indents and form feeds end a paragraph. Lines that follow each other directly are
//! one paragraph when the file is hard-wrapped, and a paragraph each when it is not: see
//! [`Wrapping`].

mod header;

use std::{collections::HashSet, io::BufRead, ops::Range};

use super::{
    Block, BlockKind, Problem, RawDocument, ReadRules,
    container::{self, size},
    encoding::{self, Decoded},
};

/// Reads a file of plain text: its document, then what was wrong with it.
pub(super) fn read(stream: impl BufRead, rules: &ReadRules) -> Vec<Result<RawDocument, Problem>> {
    let kept = match Kept::read(stream, rules) {
        Ok(kept) => kept,
        Err(problem) => return vec![Err(problem)],
    };
    let document = document(&encoding::decode(kept.bytes, None), &kept.cuts);
    let mut documents = Vec::new();
    if !document.blocks.is_empty() || !document.fields.is_empty() {
        documents.push(Ok(document));
    }
    documents.extend(kept.problems.into_iter().map(Err));
    documents
}

/// The bytes of a file without the lines that are longer than a record may be; each of those is a
/// problem.
#[derive(Default)]
struct Kept {
    bytes: Vec<u8>,
    cuts: Vec<Cut>,
    problems: Vec<Problem>,
    /// The line at hand: its number, where it begins in `bytes`, and its length once it is too
    /// long.
    line: usize,
    line_start: usize,
    dropped: usize,
}

/// A line that was left out: where it stood in the bytes that were kept, and how long it was.
struct Cut {
    kept_before: usize,
    bytes: usize,
}

impl Kept {
    fn read(mut stream: impl BufRead, rules: &ReadRules) -> Result<Kept, Problem> {
        let mut kept = Kept { line: 1, ..Kept::default() };
        loop {
            let (taken, ended) = match stream.fill_buf() {
                Ok([]) => break,
                Ok(buffer) => match buffer.iter().position(|it| *it == b'\n') {
                    Some(at) => (&buffer[..=at], true),
                    None => (buffer, false),
                },
                Err(error) => {
                    kept.problems.push(container::problem(&error));
                    break;
                }
            };
            let length = taken.len();
            kept.take(taken, rules);
            stream.consume(length);
            if kept.bytes.len() > rules.file_bytes_max {
                let length = kept.bytes.len() as u64;
                drop(kept);
                return Err(container::too_large(length, stream, rules.file_bytes_max));
            }
            if ended {
                kept.end_line(rules);
            }
        }
        kept.end_line(rules);
        Ok(kept)
    }

    fn take(&mut self, part: &[u8], rules: &ReadRules) {
        let length = self.bytes.len() - self.line_start + part.len();
        if self.dropped > 0 {
            self.dropped += part.len();
        } else if length > rules.record_bytes_max {
            self.dropped = length;
            self.bytes.truncate(self.line_start);
        } else {
            self.bytes.extend_from_slice(part);
        }
    }

    fn end_line(&mut self, rules: &ReadRules) {
        if self.dropped > 0 {
            let reason = format!(
                "is {} long and was left out; lines are read up to {}",
                size(self.dropped as u64),
                size(rules.record_bytes_max as u64)
            );
            self.problems.push(Problem { place: format!("line {}", self.line), reason });
            self.cuts.push(Cut { kept_before: self.bytes.len(), bytes: self.dropped });
            self.dropped = 0;
        }
        self.line += 1;
        self.line_start = self.bytes.len();
    }
}

fn document(decoded: &Decoded, cuts: &[Cut]) -> RawDocument {
    let text = decoded.text.as_str();
    let lines = lines(text);
    let (fields, rest) = header::read(&lines);
    let mut blocks = paragraphs(&lines[rest..]);
    for block in &mut blocks {
        block.bytes = block.bytes.clone().zip(decoded.offset).map(|(range, offset)| {
            let in_file = |at: usize| {
                let at = at + offset;
                at + cuts.iter().filter(|it| it.kept_before <= at).map(|it| it.bytes).sum::<usize>()
            };
            in_file(range.start)..in_file(range.end - 1) + 1
        });
    }
    RawDocument { name: None, blocks, fields, notes: decoded.notes.clone() }
}

/// The blocks of a text that has no bytes of its own: a string of a record.
pub(super) fn blocks_of(text: &str) -> Vec<Block> {
    let mut blocks = paragraphs(&lines(text));
    number(&mut blocks);
    blocks
}

/// The blocks of a string that is known to be wrapped, however short it is.
pub(super) fn wrapped_blocks(text: &str) -> Vec<Block> {
    let lines = lines(text);
    let width = lines.iter().map(|it| it.indent + chars(it.text)).max();
    let mut blocks = paragraphs_in(&lines, &Wrapping { width });
    number(&mut blocks);
    blocks
}

/// Places and bytes of lines mean nothing outside a file.
fn number(blocks: &mut [Block]) {
    for (at, block) in blocks.iter_mut().enumerate() {
        block.bytes = None;
        block.place = format!("paragraph {}", at + 1);
    }
}

/// A line without its end, the white space around it cut off.
struct Line<'a> {
    text: &'a str,
    /// Of the trimmed text, in the whole text.
    bytes: Range<usize>,
    /// Columns of white space before it, a tab being four.
    indent: usize,
    /// Counted from 1.
    number: usize,
    /// Whether a page ended just before it.
    new_page: bool,
}

/// Cuts at line feeds, carriage returns, form feeds and the separators of Unicode.
fn lines(text: &str) -> Vec<Line<'_>> {
    let mut lines = Vec::new();
    let (mut start, mut number, mut new_page) = (0, 1, false);
    let mut push = |from: usize, to: usize, number: usize, new_page: bool| {
        let raw = &text[from..to];
        let trimmed = raw.trim();
        let before = raw.len() - raw.trim_start().len();
        let indent = raw[..before].chars().map(|it| if it == '\t' { 4 } else { 1 }).sum();
        let start = from + before;
        lines.push(Line { text: trimmed, bytes: start..start + trimmed.len(), indent, number, new_page });
    };
    let mut chars = text.char_indices().peekable();
    while let Some((at, c)) = chars.next() {
        if !matches!(c, '\n' | '\r' | '\u{b}' | '\u{c}' | '\u{85}' | '\u{2028}' | '\u{2029}') {
            continue;
        }
        push(start, at, number, new_page);
        new_page = c == '\u{c}' || c == '\u{2029}';
        let mut end = at + c.len_utf8();
        if c == '\r' && chars.next_if(|(_, next)| *next == '\n').is_some() {
            end += 1;
        }
        number += usize::from(c == '\n' || c == '\r');
        start = end;
    }
    push(start, text.len(), number, new_page);
    lines
}

/// Whether and how the lines of a file were broken to a width.
///
/// A line was broken there when the first word of the next would not have fitted. When that holds
/// for most lines that have another directly below, and many of them end within a sentence, the
/// file is hard-wrapped.
struct Wrapping {
    /// Longest line in characters; `None` when lines are paragraphs.
    width: Option<usize>,
}

/// Longer lines than this were not broken by a typewriter, a terminal or a mail program.
const WRAP_WIDTH_MAX: usize = 140;
/// Shorter ones are verse, a table or a list.
const WRAP_WIDTH_MIN: usize = 30;

impl Wrapping {
    fn of(lines: &[Line<'_>]) -> Wrapping {
        let mut lengths: Vec<usize> =
            lines.iter().filter(|it| !it.text.is_empty()).map(|it| it.indent + chars(it.text)).collect();
        lengths.sort_unstable();
        // One line in fifty may stick out: an address, a table.
        let width = lengths.get(lengths.len().saturating_sub(1 + lengths.len() / 50)).copied().unwrap_or(0);
        if !(WRAP_WIDTH_MIN..=WRAP_WIDTH_MAX).contains(&width) {
            return Wrapping { width: None };
        }
        let (mut pairs, mut full, mut within) = (0, 0, 0);
        for (line, next) in adjacent(lines) {
            pairs += 1;
            full += usize::from(!fits(line, next, width * 85 / 100));
            within += usize::from(!ends_sentence(line.text));
        }
        let wrapped = pairs > 0 && full * 10 >= pairs * 6 && within * 10 >= pairs * 4;
        Wrapping { width: wrapped.then_some(width) }
    }

    /// Whether `next`, directly below `line`, begins a paragraph.
    fn breaks(&self, line: &Line<'_>, next: &Line<'_>, margin: usize) -> bool {
        let Some(width) = self.width else { return true };
        if next.new_page && ends_sentence(line.text) || next.indent > margin + 1 || is_item(next.text) {
            return true;
        }
        let room = fits(line, next, width * 75 / 100);
        let short = line.indent + chars(line.text) < width * 60 / 100;
        let capital = next.text.chars().find(|it| it.is_alphanumeric()).is_some_and(|it| !it.is_lowercase());
        capital && (room && ends_sentence(line.text) || short)
    }
}

fn chars(text: &str) -> usize {
    text.chars().count()
}

/// Pairs of lines with nothing between them.
fn adjacent<'a, 'b>(lines: &'b [Line<'a>]) -> impl Iterator<Item = (&'b Line<'a>, &'b Line<'a>)> {
    lines
        .windows(2)
        .map(|it| (&it[0], &it[1]))
        .filter(|(line, next)| !line.text.is_empty() && !next.text.is_empty())
}

/// Whether the first word of `next` would have fitted on `line` within `width`.
fn fits(line: &Line<'_>, next: &Line<'_>, width: usize) -> bool {
    let word = next.text.split_whitespace().next().map_or(0, chars);
    line.indent + chars(line.text) + 1 + word <= width
}

/// Whether the line ends as a sentence does, closing marks and brackets apart.
fn ends_sentence(text: &str) -> bool {
    let text = text.trim_end_matches(['"', '\'', '”', '’', '»', ')', ']', '“']);
    text.ends_with(['.', '!', '?', '…', ':', ';', '。', '؟'])
}

/// Whether the line begins as an item of a list: a bullet, or a short number with a full stop.
fn is_item(text: &str) -> bool {
    let Some((mark, rest)) = text.split_once(char::is_whitespace) else { return false };
    let number = mark
        .strip_suffix(['.', ')'])
        .is_some_and(|it| it.len() <= 2 && !it.is_empty() && it.bytes().all(|digit| digit.is_ascii_digit()));
    !rest.is_empty()
        && (matches!(mark, "*" | "•" | "·" | "-" | "–" | "—" | "■" | "►") && mark != "—" || number)
}

/// Joins the lines into paragraphs; the bytes are those of the whole text.
fn paragraphs(lines: &[Line<'_>]) -> Vec<Block> {
    paragraphs_in(lines, &Wrapping::of(lines))
}

fn paragraphs_in(lines: &[Line<'_>], wrapping: &Wrapping) -> Vec<Block> {
    let hyphens = Hyphens::of(lines);
    let mut blocks = Vec::new();
    let mut rest = lines;
    let (mut margin, mut margin_until) = (0, 0);
    while let Some((first, _)) = rest.split_first() {
        if first.text.is_empty() {
            rest = &rest[1..];
            continue;
        }
        if first.number >= margin_until {
            // The least indent up to the next blank line is the margin; a line indented more begins
            // a paragraph.
            let chunk = rest.iter().take_while(|it| !it.text.is_empty());
            margin = chunk.clone().map(|it| it.indent).min().unwrap_or(0);
            margin_until = first.number + chunk.count();
        }
        let mut length = 1;
        while let Some(next) = rest.get(length).filter(|it| !it.text.is_empty()) {
            if wrapping.breaks(&rest[length - 1], next, margin) {
                break;
            }
            length += 1;
        }
        blocks.push(block(&rest[..length], &hyphens));
        rest = &rest[length..];
    }
    blocks
}

fn block(lines: &[Line<'_>], hyphens: &Hyphens) -> Block {
    let mut text = String::new();
    for line in lines {
        hyphens.join(&mut text, line.text);
    }
    let (first, last) = (&lines[0], &lines[lines.len() - 1]);
    let kind = if is_item(first.text) { BlockKind::Item } else { BlockKind::Paragraph };
    let place = format!("line {}", first.number);
    Block { kind, text, bytes: Some(first.bytes.start..last.bytes.end), place }
}

/// Decides whether a hyphen at the end of a line belongs to the word.
struct Hyphens {
    /// The words of the text in lower case, when it has such hyphens at all.
    words: HashSet<String>,
}

impl Hyphens {
    fn of(lines: &[Line<'_>]) -> Hyphens {
        let needed = adjacent(lines).any(|(line, _)| line.text.ends_with('-'));
        let words = lines.iter().filter(|_| needed).flat_map(|it| words(it.text)).collect();
        Hyphens { words }
    }

    /// Appends a line. The hyphen goes only when the text has the word without it elsewhere and not
    /// with it: `a full-\ntime job` stays as it was written, for to drop a letter's worth of the
    /// source would be a guess.
    fn join(&self, text: &mut String, line: &str) {
        let first = line.split(|it: char| !it.is_alphanumeric()).next().unwrap_or_default().to_lowercase();
        let hyphenated = line.starts_with(char::is_lowercase)
            && text.ends_with('-')
            && text[..text.len() - 1].ends_with(char::is_alphabetic);
        if hyphenated {
            let before = text[..text.len() - 1].rsplit(|it: char| !it.is_alphanumeric() && it != '-').next();
            let before = before.unwrap_or_default().to_lowercase();
            let whole = self.words.contains(&format!("{before}{first}"));
            if whole && !self.words.contains(&format!("{before}-{first}")) {
                text.pop();
            }
        } else if !text.is_empty() {
            text.push(' ');
        }
        text.push_str(line);
    }
}

/// The words in lower case, inner hyphens kept.
fn words(text: &str) -> impl Iterator<Item = String> + '_ {
    text.split(|it: char| !it.is_alphanumeric() && it != '-')
        .map(|it| it.trim_matches('-').to_lowercase())
        .filter(|it| !it.is_empty())
}
