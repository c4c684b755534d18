//! Cuts the lines of an export into its records, and makes paragraphs of lines.

use std::{cmp::Ordering, collections::VecDeque, ops::Range};

use super::Export;
use crate::read::{
    Block, BlockKind, Documents, Problem, RawDocument, ReadRules,
    container::size,
    sheet::{Kind, Line, Lines},
    text,
};
use morgue_core::article::{Field, FieldName, Trust};

/// Where a record ends, seen from a line.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Cut {
    /// The line goes on with the record.
    No,
    /// The line begins a record.
    Before,
    /// The line ends a record.
    After,
}

/// The lines between two cuts: a record, or what stands before, between and after records.
#[derive(Debug)]
pub(super) struct Record {
    pub(super) lines: Vec<Line>,
    /// Counted from 1; the pieces that the reader took for no record are not counted.
    pub(super) number: usize,
    pub(super) kind: Kind,
    passages_max: usize,
}

impl Record {
    /// `record 3`.
    pub(super) fn place(&self) -> String {
        format!("record {}", self.number)
    }

    /// A value from a line of the record; the rule is `factiva headline`.
    pub(super) fn field(&self, name: FieldName, value: &str, rule: &str, line: &Line) -> Field {
        let place = format!("{}, {}", self.place(), line.place());
        Field::new(name, value, Trust::Structured, rule, &place)
    }

    /// The paragraphs of some of its lines: each line is one, but in plain text, where lines may
    /// be broken to a width. At most one more than `passages_max`.
    pub(super) fn blocks<'a>(&self, lines: impl Iterator<Item = &'a Line>) -> Vec<Block> {
        match self.kind {
            Kind::Text => {
                paragraphs(lines, |joined| text::paragraphs(text::Lines::of(joined), self.passages_max))
            }
            Kind::Page | Kind::Docx | Kind::Rtf => {
                rows(lines.filter(|it| !it.is_blank()).take(self.passages_max + 1))
            }
        }
    }

    /// A problem of this record.
    pub(super) fn problem(&self, reason: impl Into<String>) -> Problem {
        Problem { place: self.place(), reason: reason.into() }
    }
}

/// The lines as blocks; the cells of a row of a table are one, `Trout | 12`.
///
/// A row has a line in each cell, from the first on. Where a table is the layout of the whole page,
/// its cells hold many lines, or none in the first.
fn rows<'a>(lines: impl Iterator<Item = &'a Line>) -> Vec<Block> {
    let is_short = |it: &Line| it.text.chars().count() <= CELL_CHARS_MAX;
    let mut blocks: Vec<Block> = Vec::new();
    let mut next = None;
    for line in lines {
        let cell = line.look.cell.filter(|_| is_short(line));
        match blocks.last_mut().filter(|_| cell.is_some() && cell == next) {
            Some(row) => {
                row.kind = BlockKind::Item;
                row.text.push_str(" | ");
                row.text.push_str(&line.text);
            }
            None => blocks.push(block(line)),
        }
        let begins = cell.filter(|it| *it == 0 || Some(*it) == next);
        next = begins.map(|it| it + 1);
    }
    blocks
}

/// A cell with more characters is a paragraph.
const CELL_CHARS_MAX: usize = 80;

fn block(line: &Line) -> Block {
    let kind = line.look.heading.map_or(BlockKind::Paragraph, |it| BlockKind::Heading(it.max(2)));
    Block { kind, text: line.text.clone(), bytes: line.bytes.clone(), place: line.place() }
}

/// A paragraph that a service gives as a correction.
pub(super) fn as_correction(block: Block) -> Block {
    Block { kind: BlockKind::Correction, ..block }
}

/// The paragraphs of lines of plain text, with their bytes in the file. `set` finds the paragraphs
/// of the joined lines.
pub(super) fn paragraphs<'a>(
    lines: impl Iterator<Item = &'a Line>,
    set: impl Fn(&str) -> Vec<Block>,
) -> Vec<Block> {
    let mut joined = String::new();
    // Where each line begins in `joined`.
    let mut starts: Vec<(usize, &Line)> = Vec::new();
    for line in lines {
        joined.extend(std::iter::repeat_n(' ', line.indent.min(INDENT_MAX)));
        starts.push((joined.len(), line));
        joined.push_str(&line.text);
        joined.push('\n');
    }
    let line_at = |at: usize| starts.get(starts.partition_point(|it| it.0 <= at).checked_sub(1)?);
    let in_file = |at: usize| {
        let (start, line) = line_at(at)?;
        Some(line.bytes.as_ref()?.start + (at - start))
    };
    let mut blocks = set(&joined);
    for block in &mut blocks {
        let range = block.bytes.take().filter(|it| !it.is_empty());
        let Some(range) = range else { continue };
        block.place = line_at(range.start).map(|(_, line)| line.place()).unwrap_or_default();
        block.bytes = in_file(range.start)
            .zip(in_file(range.end - 1))
            .map(|(start, last)| Range { start, end: last + 1 });
    }
    blocks
}

/// A wider indent than this says no more.
const INDENT_MAX: usize = 200;

/// Reads a record; `None` for lines that are no record, as a cover.
type ReadRecord<'a> = Box<dyn Fn(&Record) -> Option<Result<RawDocument, Problem>> + 'a>;

/// Reads from a line how many records the file says it has.
type Total<'a> = Box<dyn Fn(&str) -> Option<usize> + 'a>;

/// The documents of an export, cut where `cut` says.
///
/// A record that is longer than [`ReadRules::record_bytes_max`] is a [`Problem`], and the others
/// are read. `total` reads from a line how many records the file says it has, as `Document 1 of 30`
/// does; where it says another number than were found, that is a problem too.
pub(super) fn documents<'a>(
    export: Export<'a>,
    cut: impl FnMut(&Line) -> Cut + 'a,
    total: impl Fn(&str) -> Option<usize> + 'a,
    read: impl Fn(&Record) -> Option<Result<RawDocument, Problem>> + 'a,
) -> Documents<'a> {
    let Export { kind, lines, rules, notes, .. } = export;
    let pieces = Pieces::new(lines, cut, rules);
    let (total, read) = (Box::new(total), Box::new(read));
    Box::new(Records { pieces, kind, notes, total, read, count: 0, said: 0, problems: VecDeque::new() })
}

/// What is wrong where a file has another number of documents than it counts.
pub(super) fn difference(found: usize, counted: usize) -> Option<String> {
    match found.cmp(&counted) {
        Ordering::Equal => None,
        Ordering::Greater => Some(format!("has {found} documents, and counts {counted}")),
        Ordering::Less => Some(format!("has {found} of the {counted} documents that it counts")),
    }
}

struct Records<'a, F> {
    pieces: Pieces<'a, F>,
    kind: Kind,
    notes: Vec<String>,
    total: Total<'a>,
    read: ReadRecord<'a>,
    count: usize,
    /// The greatest number of records that the file gave.
    said: usize,
    problems: VecDeque<Problem>,
}

impl<F: FnMut(&Line) -> Cut> Iterator for Records<'_, F> {
    type Item = Result<RawDocument, Problem>;

    fn next(&mut self) -> Option<Self::Item> {
        loop {
            if let Some(problem) = self.problems.pop_front() {
                return Some(Err(problem));
            }
            let Some(piece) = self.pieces.next() else { break };
            self.problems.extend(piece.problems);
            if piece.lines.is_empty() {
                continue;
            }
            if let Some(reason) = piece.too_long {
                self.count += 1;
                return Some(Err(Problem { place: format!("record {}", self.count), reason }));
            }
            let said = piece.lines.iter().filter_map(|it| (self.total)(&it.text)).max();
            self.said = self.said.max(said.unwrap_or_default());
            let passages_max = self.pieces.rules.passages_max;
            let record = Record { lines: piece.lines, number: self.count + 1, kind: self.kind, passages_max };
            if let Some(mut read) = (self.read)(&record) {
                self.count += 1;
                if let Ok(document) = &mut read {
                    document.among_records = true;
                    document.notes.splice(0..0, self.notes.iter().cloned());
                }
                return Some(read);
            }
        }
        let said = std::mem::take(&mut self.said);
        let reason = difference(self.count, said).filter(|_| said > 0)?;
        Some(Err(Problem { place: String::new(), reason }))
    }
}

/// The lines between two cuts.
#[derive(Default)]
pub(super) struct Piece {
    /// The first line alone where the piece is too long.
    pub(super) lines: Vec<Line>,
    /// Why it is not read.
    pub(super) too_long: Option<String>,
    /// Lines that could not be read.
    pub(super) problems: Vec<Problem>,
    /// Whether the file ends with it, without a cut.
    pub(super) is_last: bool,
}

/// Cuts lines into pieces. Of a run of blank lines only the first few are kept.
pub(super) struct Pieces<'a, F> {
    lines: Lines<'a>,
    cut: F,
    rules: &'a ReadRules,
    /// The line that began the next piece.
    waiting: Option<Line>,
}

impl<'a, F: FnMut(&Line) -> Cut> Pieces<'a, F> {
    pub(super) fn new(lines: Lines<'a>, cut: F, rules: &'a ReadRules) -> Pieces<'a, F> {
        Pieces { lines, cut, rules, waiting: None }
    }
}

impl<F: FnMut(&Line) -> Cut> Iterator for Pieces<'_, F> {
    type Item = Piece;

    fn next(&mut self) -> Option<Piece> {
        let mut piece = Piece::default();
        let mut size = Size::default();
        if let Some(line) = self.waiting.take() {
            size.add(&line);
            piece.lines.push(line);
        }
        loop {
            let line = match self.lines.next() {
                None => {
                    piece.is_last = true;
                    break;
                }
                Some(Err(problem)) => {
                    if piece.problems.len() < PROBLEMS_MAX {
                        piece.problems.push(problem);
                    }
                    continue;
                }
                Some(Ok(line)) => line,
            };
            let cut = (self.cut)(&line);
            if cut == Cut::Before && size.lines > 0 {
                self.waiting = Some(line);
                break;
            }
            size.add(&line);
            if size.is_too_long(self.rules) {
                piece.lines.truncate(1);
            } else if size.blank_run <= BLANK_LINES_MAX {
                piece.lines.push(line);
            }
            if cut == Cut::After {
                break;
            }
        }
        piece.too_long = size.reason(self.rules);
        (size.lines > 0 || !piece.problems.is_empty()).then_some(piece)
    }
}

/// Further blank lines of a run say no more.
const BLANK_LINES_MAX: usize = 4;

/// More problems of one piece are not named.
const PROBLEMS_MAX: usize = 20;

/// A record of more lines is no article. A line takes some 200 bytes beside its text, this many
/// lines 60 MB.
const LINES_MAX: usize = 300_000;

/// How long a piece is.
#[derive(Default)]
struct Size {
    lines: usize,
    bytes: usize,
    /// The blank lines at its end.
    blank_run: usize,
}

impl Size {
    fn add(&mut self, line: &Line) {
        self.blank_run = if line.is_blank() { self.blank_run + 1 } else { 0 };
        self.lines += 1;
        self.bytes += line.text.len() + 1;
    }

    fn is_too_long(&self, rules: &ReadRules) -> bool {
        self.lines > LINES_MAX || self.bytes > rules.record_bytes_max
    }

    fn reason(&self, rules: &ReadRules) -> Option<String> {
        let (bytes, max) = (self.bytes, rules.record_bytes_max);
        if bytes > max {
            let (bytes, max) = (size(bytes as u64), size(max as u64));
            return Some(format!("is {bytes} long, and records are read up to {max}"));
        }
        self.is_too_long(rules)
            .then(|| format!("has more than {LINES_MAX} lines, and articles of more are not read"))
    }
}

#[cfg(test)]
mod tests;
