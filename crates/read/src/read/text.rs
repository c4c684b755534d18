//! Plain text into paragraphs, each with its bytes in the file; a header of `key: value` lines into
//! fields.
//!
//! Blank lines, indents and form feeds end a paragraph. Lines that follow each other directly are
//! one paragraph when the file is hard-wrapped, and a paragraph each when it is not: see
//! [`Wrapping`].

mod header;

use std::{collections::HashSet, io::BufRead, ops::Range};

use super::{
    Block, BlockKind, Documents, Problem, RawDocument, ReadRules,
    container::{self, size},
    encoding::{self, Decoded},
    format::{Format, Source},
    press::{self, Export, NoExport},
    sheet::{self, Kind},
};

/// Paragraphs of plain text: what is of no other format.
pub(super) const FORMAT: Format = Format {
    name: "plain text",
    told_by: "anything else",
    article: "the file",
    extensions: &["txt", "text"],
    fits: |_| false,
    read: documents,
};

fn documents(source: Source<'_>) -> Result<Documents<'_>, Problem> {
    let Source { stream, rules, layout, is_forced, .. } = source;
    let kept = Kept::read(stream, rules)?;
    let decoded = encoding::decode(kept.bytes, None);
    let problems = kept.problems.into_iter().map(Err);
    if layout.is_some() || !is_forced && press::is_hinted_at(&decoded.text) {
        let offset = decoded.offset.filter(|_| kept.cuts.is_empty());
        let lines = sheet::lines_of_text(decoded.text.clone(), offset);
        let notes = decoded.notes.clone();
        match press::read(Export { kind: Kind::Text, lines, rules, layout, notes }) {
            Ok(documents) => return Ok(Box::new(documents.chain(problems))),
            Err(NoExport::Unknown(problem)) => return Err(problem),
            Err(NoExport::Other(_)) => (),
        }
    }
    let document = document(&decoded, &kept.cuts, rules.passages_max);
    let is_empty = document.blocks.is_empty() && document.fields.is_empty();
    Ok(Box::new(Some(document).filter(|_| !is_empty).into_iter().map(Ok).chain(problems)))
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

fn document(decoded: &Decoded, cuts: &[Cut], passages_max: usize) -> RawDocument {
    let (fields, rest) = header::read(Lines::of(&decoded.text));
    let mut blocks = paragraphs(rest, passages_max);
    for block in &mut blocks {
        block.bytes = block.bytes.clone().zip(decoded.offset).map(|(range, offset)| {
            let in_file = |at: usize| {
                let at = at + offset;
                at + cuts.iter().filter(|it| it.kept_before <= at).map(|it| it.bytes).sum::<usize>()
            };
            in_file(range.start)..in_file(range.end - 1) + 1
        });
    }
    RawDocument { blocks, fields, notes: decoded.notes.clone(), ..RawDocument::default() }
}

/// The blocks of a text that has no bytes of its own, a string of a record: at most one more than
/// `passages_max`.
pub(super) fn blocks_of(text: &str, passages_max: usize) -> Vec<Block> {
    let mut blocks = paragraphs(Lines::of(text), passages_max);
    number(&mut blocks);
    blocks
}

/// The text with lines joined that go on with the sentence above them: they begin in small letters.
/// For text of formats in which a line end is white space, and which is too short to show that it
/// was wrapped.
pub(super) fn joined_sentences(text: &str) -> String {
    let mut joined = String::with_capacity(text.len());
    for line in text.lines() {
        let above = joined.lines().next_back().unwrap_or_default().trim_end();
        let goes_on = !above.is_empty()
            && !joined.ends_with("\n\n")
            && !ends_sentence(above)
            && line.trim_start().starts_with(char::is_lowercase);
        if goes_on {
            joined.truncate(joined.trim_end().len());
            joined.push(' ');
        }
        joined.push_str(if goes_on { line.trim_start() } else { line });
        joined.push('\n');
    }
    joined
}

/// The blocks of a string that is known to be wrapped, however short it is: at most one more than
/// `passages_max`.
pub(super) fn wrapped_blocks(text: &str, passages_max: usize) -> Vec<Block> {
    let lines = Lines::of(text);
    let width = lines.clone().map(|it| it.indent + chars(it.text)).max();
    let mut blocks = Paragraphs::new(lines, Wrapping { width }).take(passages_max + 1).collect::<Vec<_>>();
    number(&mut blocks);
    blocks
}

/// The blocks of a piece of a text, with bytes in the piece: at most one more than `passages_max`.
/// `width` is that of hard-wrapped lines.
pub(super) fn paragraphs_of_width(text: &str, width: Option<usize>, passages_max: usize) -> Vec<Block> {
    Paragraphs::new(Lines::of(text), Wrapping { width }).take(passages_max + 1).collect()
}

/// Places and bytes of lines mean nothing outside a file.
fn number(blocks: &mut [Block]) {
    for (at, block) in blocks.iter_mut().enumerate() {
        block.bytes = None;
        block.place = format!("paragraph {}", at + 1);
    }
}

/// A line without its end, the white space around it cut off.
#[derive(Clone)]
pub(super) struct Line<'a> {
    pub(super) text: &'a str,
    /// Of the trimmed text, in the whole text.
    pub(super) bytes: Range<usize>,
    /// Columns of white space before it, a tab being four.
    pub(super) indent: usize,
    /// Counted from 1.
    pub(super) number: usize,
    /// Whether a page ended just before it.
    pub(super) new_page: bool,
}

/// The lines of a text, cut at line feeds, carriage returns, form feeds and the separators of
/// Unicode. They are cut again on each pass: a list of them would be many times a text of short
/// lines.
#[derive(Clone)]
pub(super) struct Lines<'a> {
    text: &'a str,
    at: LinesAt,
}

/// How far the lines of a text were cut.
#[derive(Clone, Copy)]
pub(super) struct LinesAt {
    /// Where the next line begins; `None` after the last.
    start: Option<usize>,
    number: usize,
    new_page: bool,
}

impl LinesAt {
    pub(super) const START: LinesAt = LinesAt { start: Some(0), number: 1, new_page: false };
}

impl<'a> Lines<'a> {
    pub(super) fn of(text: &'a str) -> Lines<'a> {
        Lines::resume(text, LinesAt::START)
    }

    /// The lines from a place on that [`Lines::at`] gave for the same text.
    pub(super) fn resume(text: &'a str, at: LinesAt) -> Lines<'a> {
        Lines { text, at }
    }

    /// Where the next line begins.
    pub(super) fn at(&self) -> LinesAt {
        self.at
    }

    /// Moves on to the first line that is not blank.
    fn skip_blank(&mut self) {
        let mut ahead = self.clone();
        while ahead.next().is_some_and(|it| it.text.is_empty()) {
            *self = ahead.clone();
        }
    }

    /// The lines up to the next blank one, which stay.
    fn chunk(&self) -> impl Iterator<Item = Line<'a>> + use<'a> {
        self.clone().take_while(|it| !it.text.is_empty())
    }
}

impl<'a> Iterator for Lines<'a> {
    type Item = Line<'a>;

    fn next(&mut self) -> Option<Line<'a>> {
        let start = self.at.start?;
        let rest = &self.text[start..];
        let separator = rest
            .char_indices()
            .find(|(_, c)| matches!(c, '\n' | '\r' | '\u{b}' | '\u{c}' | '\u{85}' | '\u{2028}' | '\u{2029}'));
        let raw = &rest[..separator.map_or(rest.len(), |it| it.0)];
        let trimmed = raw.trim();
        let before = raw.len() - raw.trim_start().len();
        let indent = raw[..before].chars().map(|it| if it == '\t' { 4 } else { 1 }).sum();
        let bytes = start + before..start + before + trimmed.len();
        let line = Line { text: trimmed, bytes, indent, number: self.at.number, new_page: self.at.new_page };
        self.at.start = separator.map(|(at, c)| {
            let end = start + at + c.len_utf8();
            end + usize::from(c == '\r' && self.text[end..].starts_with('\n'))
        });
        if let Some((_, c)) = separator {
            self.at.new_page = c == '\u{c}' || c == '\u{2029}';
            self.at.number += usize::from(c == '\n' || c == '\r');
        }
        Some(line)
    }
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
    fn of(lines: &Lines<'_>) -> Wrapping {
        if adjacent(lines.clone()).next().is_none() {
            return Wrapping { width: None };
        }
        // Lines by length, those that are too long together.
        let mut by_length = [0; WRAP_WIDTH_MAX + 2];
        let mut n_lines: usize = 0;
        for line in lines.clone().filter(|it| !it.text.is_empty()) {
            by_length[(line.indent + chars(line.text)).min(WRAP_WIDTH_MAX + 1)] += 1;
            n_lines += 1;
        }
        // One line in fifty may stick out: an address, a table.
        let mut longer = n_lines / 50;
        let width = (0..by_length.len()).rev().find(|length| {
            let found = by_length[*length] > longer;
            longer = longer.saturating_sub(by_length[*length]);
            found
        });
        let Some(width) = width.filter(|it| (WRAP_WIDTH_MIN..=WRAP_WIDTH_MAX).contains(it)) else {
            return Wrapping { width: None };
        };
        let (mut pairs, mut full, mut within) = (0, 0, 0);
        for (line, next) in adjacent(lines.clone()) {
            pairs += 1;
            full += usize::from(!fits(&line, &next, width * 85 / 100));
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
fn adjacent<'a>(lines: Lines<'a>) -> impl Iterator<Item = (Line<'a>, Line<'a>)> {
    lines.clone().zip(lines.skip(1)).filter(|(line, next)| !line.text.is_empty() && !next.text.is_empty())
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

/// Joins the lines into paragraphs, at most one more than `passages_max`; the bytes are those of
/// the whole text.
pub(super) fn paragraphs(lines: Lines<'_>, passages_max: usize) -> Vec<Block> {
    let wrapping = Wrapping::of(&lines);
    Paragraphs::new(lines, wrapping).take(passages_max + 1).collect()
}

/// The paragraphs of a text, one after the other.
struct Paragraphs<'a> {
    lines: Lines<'a>,
    wrapping: Wrapping,
    hyphens: Hyphens,
    /// The least indent up to the next blank line; a line indented more begins a paragraph.
    margin: usize,
    /// The number of the line from which on the margin is another.
    margin_until: usize,
}

impl<'a> Paragraphs<'a> {
    fn new(lines: Lines<'a>, wrapping: Wrapping) -> Paragraphs<'a> {
        let hyphens = Hyphens::of(&lines);
        Paragraphs { lines, wrapping, hyphens, margin: 0, margin_until: 0 }
    }
}

impl Iterator for Paragraphs<'_> {
    type Item = Block;

    fn next(&mut self) -> Option<Block> {
        self.lines.skip_blank();
        let chunk = self.lines.chunk();
        let first = self.lines.next()?;
        if first.number >= self.margin_until {
            let (count, margin) =
                chunk.fold((0, usize::MAX), |(count, margin), it| (count + 1, margin.min(it.indent)));
            (self.margin, self.margin_until) = (margin, first.number + count);
        }
        let mut text = String::new();
        self.hyphens.join(&mut text, first.text);
        let mut last = first.clone();
        let mut ahead = self.lines.clone();
        while let Some(next) = ahead.next().filter(|it| !it.text.is_empty()) {
            if self.wrapping.breaks(&last, &next, self.margin) {
                break;
            }
            self.hyphens.join(&mut text, next.text);
            self.lines = ahead.clone();
            last = next;
        }
        let kind = if is_item(first.text) { BlockKind::Item } else { BlockKind::Paragraph };
        let place = format!("line {}", first.number);
        Some(Block { kind, text, bytes: Some(first.bytes.start..last.bytes.end), place })
    }
}

/// Decides whether a hyphen at the end of a line belongs to the word.
struct Hyphens {
    /// Of the words that lines with such hyphens may make, in lower case, those that the text has
    /// elsewhere.
    words: HashSet<String>,
}

/// So many of those words are looked for, about a hundred books' worth: further hyphens stay.
const HYPHENATED_MAX: usize = 200_000;

impl Hyphens {
    fn of(lines: &Lines<'_>) -> Hyphens {
        let mut wanted = HashSet::new();
        for (line, next) in adjacent(lines.clone()).filter(|(line, _)| line.text.ends_with('-')) {
            if let Some((before, first)) = parts(line.text, next.text)
                && wanted.len() < HYPHENATED_MAX
            {
                wanted.insert(format!("{before}{first}"));
                wanted.insert(format!("{before}-{first}"));
            }
        }
        if wanted.is_empty() {
            return Hyphens { words: wanted };
        }
        let words = lines.clone().flat_map(|it| words(it.text)).filter(|it| wanted.contains(it)).collect();
        Hyphens { words }
    }

    /// Appends a line. The hyphen goes only when the text has the word without it elsewhere and not
    /// with it: `a full-\ntime job` stays as it was written, for to drop a letter's worth of the
    /// source would be a guess.
    fn join(&self, text: &mut String, line: &str) {
        if let Some((before, first)) = parts(text, line) {
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

/// The two parts of the word that a hyphen at the end of `text` may have cut, in lower case.
fn parts(text: &str, next: &str) -> Option<(String, String)> {
    let cut = text.strip_suffix('-').filter(|it| it.ends_with(char::is_alphabetic))?;
    if !next.starts_with(char::is_lowercase) {
        return None;
    }
    let before = cut.rsplit(|it: char| !it.is_alphanumeric() && it != '-').next()?;
    let first = next.split(|it: char| !it.is_alphanumeric()).next()?;
    Some((before.to_lowercase(), first.to_lowercase()))
}

/// The words in lower case, inner hyphens kept.
fn words(text: &str) -> impl Iterator<Item = String> + '_ {
    text.split(|it: char| !it.is_alphanumeric() && it != '-')
        .map(|it| it.trim_matches('-').to_lowercase())
        .filter(|it| !it.is_empty())
}
