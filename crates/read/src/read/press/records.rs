//! Cuts the lines of an export into its records, and makes paragraphs of lines.

use std::ops::Range;

use super::Export;
use crate::read::{
    Block, BlockKind, Documents, Problem, RawDocument, ReadRules,
    container::size,
    correction_note::is_note,
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
            Kind::Text => paragraphs(lines, self.passages_max),
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

/// A paragraph that a service gives as a correction: it says so itself.
pub(super) fn as_correction(mut block: Block) -> Block {
    if !is_note(&block.text) {
        block.text = format!("Correction: {}", block.text);
        block.bytes = None;
    }
    block
}

/// The paragraphs of lines of plain text, with their bytes in the file.
fn paragraphs<'a>(lines: impl Iterator<Item = &'a Line>, passages_max: usize) -> Vec<Block> {
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
    let mut blocks = text::paragraphs(text::Lines::of(&joined), passages_max);
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
pub(super) type ReadRecord = fn(&Record) -> Option<Result<RawDocument, Problem>>;

/// The documents of an export, cut where `cut` says.
///
/// A record that is longer than [`ReadRules::record_bytes_max`] is a [`Problem`], and the others
/// are read. `total` reads from a line how many records the file says it has, as `Document 1 of 30`
/// does; where it says another number than were found, that is a problem too.
pub(super) fn documents<'a>(
    export: Export<'a>,
    cut: impl FnMut(&Line) -> Cut + 'a,
    total: fn(&str) -> Option<usize>,
    read: ReadRecord,
) -> Documents<'a> {
    let Export { kind, lines, rules, notes, .. } = export;
    let pieces = Pieces { lines, cut, rules, waiting: None, error: None };
    Box::new(Records { pieces, kind, notes, total, read, count: 0, said: 0, done: false })
}

struct Records<'a, F> {
    pieces: Pieces<'a, F>,
    kind: Kind,
    notes: Vec<String>,
    total: fn(&str) -> Option<usize>,
    read: ReadRecord,
    count: usize,
    /// The greatest number of records that the file gave.
    said: usize,
    done: bool,
}

impl<F: FnMut(&Line) -> Cut> Iterator for Records<'_, F> {
    type Item = Result<RawDocument, Problem>;

    fn next(&mut self) -> Option<Self::Item> {
        while !self.done {
            match self.pieces.next() {
                None => self.done = true,
                Some(Err(mut problem)) => {
                    if problem.place.is_empty() {
                        self.count += 1;
                        problem.place = format!("record {}", self.count);
                    }
                    return Some(Err(problem));
                }
                Some(Ok(lines)) => {
                    let said = lines.iter().filter_map(|it| (self.total)(&it.text)).max();
                    self.said = self.said.max(said.unwrap_or_default());
                    let passages_max = self.pieces.rules.passages_max;
                    let record = Record { lines, number: self.count + 1, kind: self.kind, passages_max };
                    if let Some(mut read) = (self.read)(&record) {
                        self.count += 1;
                        if let Ok(document) = &mut read {
                            document.among_records = true;
                            document.notes.splice(0..0, self.notes.iter().cloned());
                        }
                        return Some(read);
                    }
                }
            }
        }
        let (said, count) = (std::mem::take(&mut self.said), self.count);
        let reason = format!("says that it holds {said} articles, and {count} were found");
        (said > 0 && said != count).then(|| Err(Problem { place: String::new(), reason }))
    }
}

/// The lines between cuts. A problem without a place is one of a piece that is too large.
struct Pieces<'a, F> {
    lines: Lines<'a>,
    cut: F,
    rules: &'a ReadRules,
    /// The line that began the next piece.
    waiting: Option<Line>,
    error: Option<Problem>,
}

impl<F: FnMut(&Line) -> Cut> Iterator for Pieces<'_, F> {
    type Item = Result<Vec<Line>, Problem>;

    fn next(&mut self) -> Option<Self::Item> {
        if let Some(error) = self.error.take() {
            return Some(Err(error));
        }
        let max = self.rules.record_bytes_max;
        let mut piece: Vec<Line> = Vec::new();
        let mut bytes: usize = 0;
        let mut empty = true;
        loop {
            let (line, cut) = match self.waiting.take() {
                Some(line) => (line, Cut::No),
                None => match self.lines.next() {
                    None => break,
                    Some(Err(error)) => {
                        self.error = Some(error);
                        break;
                    }
                    Some(Ok(line)) => {
                        let cut = (self.cut)(&line);
                        (line, cut)
                    }
                },
            };
            if cut == Cut::Before && !empty {
                self.waiting = Some(line);
                break;
            }
            empty = false;
            bytes += line.text.len() + LINE_BYTES;
            if bytes > max {
                piece = Vec::new();
            } else {
                piece.push(line);
            }
            if cut == Cut::After {
                break;
            }
        }
        if bytes > max {
            let reason =
                format!("is {} long, and records are read up to {}", size(bytes as u64), size(max as u64));
            return Some(Err(Problem { place: String::new(), reason }));
        }
        if empty {
            return self.error.take().map(Err);
        }
        Some(Ok(piece))
    }
}

/// What a line takes beside its text, so that a record of blank lines is bounded too.
const LINE_BYTES: usize = 1;

#[cfg(test)]
mod tests;
