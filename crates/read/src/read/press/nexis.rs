//! Exports of Nexis (LexisNexis, Lexis Advance, Nexis Uni, Nexis+) as text, HTML, DOCX and RTF.
//!
//! Articles are told apart by the number above each (`3 of 10 DOCUMENTS`) or by the mark below each
//! (`End of Document`); an article that was exported alone may have neither, and is told by its
//! labels. What stands before the first article (the request, the list of documents) is passed
//! over, and how many documents it says there are is compared.

mod body;
mod counts;
mod cover;
mod date_line;
mod head;
mod joined;
mod labels;
mod masthead;
mod number;
mod pages;
mod tail;

use std::collections::VecDeque;

use morgue_core::article::{Field, FieldName, Trust};

use super::{
    Documents, Export, Fit, Layout,
    records::{Cut, Piece, Pieces, as_correction},
};
use crate::read::{
    Block, BlockKind, Problem, RawDocument, ReadRules,
    sheet::{Kind, Line},
};
use counts::{Counts, listed};
use labels::{Meaning, before_end, is_end, labeled, part};
use number::number;

/// Exports of Nexis.
pub(super) const LAYOUT: Layout = Layout {
    name: "Nexis",
    told_by: "`3 of 10 DOCUMENTS`, `End of Document` or `LENGTH: 300 words`, in seven languages",
    // Pages write letters beyond ASCII as they like: `L&Auml;NGE:`.
    hints: &[
        " DOCUMENT",
        "DOKUMENT",
        "nd of Document",
        "in du document",
        "in del documento",
        "inde van",
        "nde des Dok",
        "okumentende",
        "ine del documento",
        "im do documento",
        "LENGTH:",
        "Length:",
        "NGE:",
        "Länge:",
        "L&auml;nge:",
        "LAENGE",
        "LONGUEUR",
        "Longueur",
        "LENGTE:",
        "Lengte:",
        "LONGITUD",
        "Longitud",
        "EXTENSI",
        "Extensi",
        "LUNGHEZZA",
        "Lunghezza",
        "COMPRIMENTO",
        "Comprimento",
        "-DATE:",
        "-TYPE:",
        "oad-Date:",
        "SPRACHE:",
        "SECTION:",
    ],
    fits,
    read,
};

/// The layout is told by these marks.
#[derive(Default)]
struct Marks {
    numbers: usize,
    ends: usize,
    telling: usize,
    parts: usize,
}

fn fits(lines: &[Line]) -> Fit {
    let mut marks = Marks::default();
    for line in lines.iter().filter(|it| !it.is_blank()) {
        marks.numbers += usize::from(number(&line.text).is_some());
        marks.ends += usize::from(is_end(&line.text) || before_end(&line.text).is_some());
        marks.telling += usize::from(head::is_telling(&line.text));
        marks.parts += usize::from(part(&line.text).is_some());
    }
    let shouted = |it: &&Line| {
        number(&it.text).is_some() && ["DOCUMENT", "STOR"].iter().any(|word| it.text.contains(word))
    };
    match marks {
        Marks { numbers: 1.., telling: 1.., .. } | Marks { ends: 1.., telling: 1.., .. } => Fit::Yes,
        Marks { ends: 1.., parts: 1.., .. } => Fit::Yes,
        _ if is_single(lines) => Fit::Yes,
        Marks { numbers: 2.., .. } if lines.iter().filter(shouted).count() > 1 => {
            Fit::Unknown("numbers of documents and no labels that are known".to_owned())
        }
        _ => Fit::No,
    }
}

/// How many lines, blank ones aside, may stand above the labels of a single article.
const HEAD_LINES_MAX: usize = 12;

/// Whether the lines are one article, without a mark of its own: labels follow a few lines, two at
/// least, and one of them is the service's own.
fn is_single(lines: &[Line]) -> bool {
    let filled = lines.iter().filter(|it| !it.is_blank());
    let above = filled.clone().take_while(|it| labeled(&it.text).is_none()).count();
    // A page may well have a label `SECTION:` of its own.
    let is_section = |it: &Line| {
        let section = Meaning::Field(FieldName::Section);
        it.look.marks.is_empty()
            && labeled(&it.text).is_some_and(|it| it.is_capital() && it.meaning == section)
    };
    let labels = filled.clone().skip(above).filter(|it| labeled(&it.text).is_some());
    let telling = labels.clone().any(|it| head::is_telling(&it.text) || is_section(it));
    above <= HEAD_LINES_MAX && labels.count() >= 2 && telling
}

fn read(mut export: Export<'_>) -> Documents<'_> {
    let mut sample = Vec::new();
    while sample.len() < SAMPLE_LINES
        && let Some(line) = export.lines.next()
    {
        sample.push(line);
    }
    let width = (export.kind == Kind::Text).then(|| width(&sample)).flatten();
    let lines = Box::new(sample.into_iter().chain(export.lines));
    let pieces = Pieces::new(lines, cut as fn(&Line) -> Cut, export.rules);
    let reader = Reader { kind: export.kind, rules: export.rules, notes: export.notes, width };
    Box::new(Articles { pieces, reader, counts: Counts::default(), ready: VecDeque::new(), done: false })
}

/// How many lines decide whether text is hard-wrapped.
const SAMPLE_LINES: usize = 3_000;

/// The width of hard-wrapped text. Nexis breaks lines at 78 columns or not at all, and then most
/// paragraphs are longer than this.
const WIDTH_MAX: usize = 100;

/// The width to which lines were broken: that of the longest, but for one line in fifty.
fn width(sample: &[Result<Line, Problem>]) -> Option<usize> {
    let filled = sample.iter().flatten().filter(|it| !it.is_blank());
    let mut lengths: Vec<usize> = filled.map(|it| it.indent + it.text.chars().count()).collect();
    lengths.sort_unstable();
    let longest = lengths.len().checked_sub(1 + lengths.len() / 50)?;
    lengths.get(longest).copied().filter(|it| *it <= WIDTH_MAX)
}

/// The lines of what may be an article.
struct Record {
    /// Without its number and its end mark.
    lines: Vec<Line>,
    /// Its number and how many there are.
    number: Option<(usize, usize)>,
    /// Whether a mark ends it.
    is_ended: bool,
    is_last: bool,
}

fn cut(line: &Line) -> Cut {
    match number(&line.text) {
        Some(_) => Cut::Before,
        None if is_end(&line.text) || before_end(&line.text).is_some() => Cut::After,
        None => Cut::No,
    }
}

impl Record {
    fn new(mut lines: Vec<Line>, is_last: bool) -> Record {
        let number = lines.first().and_then(|it| number(&it.text));
        if number.is_some() {
            lines.remove(0);
        }
        let mut is_ended = false;
        if let Some(last) = lines.pop_if(|it| cut(it) == Cut::After) {
            is_ended = true;
            let before = before_end(&last.text).map(str::to_owned);
            lines.extend(before.map(|text| Line { text, bytes: None, ..last }));
        }
        Record { lines: pages::without_running_heads(lines), number, is_ended, is_last }
    }

    /// The articles of the record: another may follow without a mark.
    fn split(mut self) -> Vec<Record> {
        let starts = joined::starts(&self.lines);
        let mut records = Vec::new();
        for start in starts.into_iter().rev() {
            let lines = self.lines.split_off(start);
            records.push(Record { lines, number: None, is_ended: true, is_last: self.is_last });
        }
        self.is_ended |= !records.is_empty();
        records.push(self);
        records.reverse();
        records
    }
}

/// The articles of an export, and what is wrong with it.
struct Articles<'a> {
    pieces: Pieces<'a, fn(&Line) -> Cut>,
    reader: Reader<'a>,
    counts: Counts,
    ready: VecDeque<Result<RawDocument, Problem>>,
    done: bool,
}

impl Iterator for Articles<'_> {
    type Item = Result<RawDocument, Problem>;

    fn next(&mut self) -> Option<Result<RawDocument, Problem>> {
        loop {
            if let Some(item) = self.ready.pop_front() {
                return Some(item);
            }
            if self.done {
                return None;
            }
            match self.pieces.next() {
                Some(piece) => self.take(piece),
                None => {
                    self.done = true;
                    let problem = |reason| Err(Problem { place: String::new(), reason });
                    self.ready.extend(self.counts.difference().map(problem));
                }
            }
        }
    }
}

impl Articles<'_> {
    fn take(&mut self, piece: Piece) {
        self.ready.extend(piece.problems.into_iter().map(Err));
        let record = Record::new(piece.lines, piece.is_last);
        let is_cover = record.number.is_none() && !record.is_ended && !record.is_last;
        if self.counts.records == 0 {
            self.counts.listed = listed(&record.lines);
        }
        let is_telling = || record.lines.iter().any(|it| head::is_telling(&it.text));
        let is_blank = || record.number.is_none() && record.lines.iter().all(Line::is_blank);
        if piece.too_long.is_none() && (is_blank() || is_cover && !is_telling()) {
            return;
        }
        if let Some(reason) = piece.too_long {
            let place = self.count(&record);
            self.ready.push_back(Err(Problem { place, reason }));
            return;
        }
        for record in record.split() {
            let place = self.count(&record);
            let is_alone = record.number.is_none() && !record.is_ended && self.counts.records == 1;
            let article = self.reader.article(&record, is_alone);
            self.ready.push_back(article.map_err(|reason| Problem { place, reason }));
        }
    }

    /// Counts a record and names it.
    fn count(&mut self, record: &Record) -> String {
        self.counts.add(record.number);
        match record.number {
            Some((number, total)) => format!("document {number} of {total}"),
            None => format!("document {}", self.counts.records),
        }
    }
}

/// What Nexis sets in place of an article that it cannot deliver.
const ERROR: &str = "there is an error in this document";

/// Makes an article of a record.
struct Reader<'a> {
    kind: Kind,
    rules: &'a ReadRules,
    notes: Vec<String>,
    width: Option<usize>,
}

impl Reader<'_> {
    fn article(&self, record: &Record, is_alone: bool) -> Result<RawDocument, String> {
        if record.lines.iter().any(|it| it.text.contains(ERROR)) {
            return Err("is an error of the service in place of an article".to_owned());
        }
        let head = head::read(&record.lines, record.number.is_some(), self.kind)
            .ok_or("has no head that is known: no paper and day, and no labels")?;
        let lines = record.lines.get(head.end..).unwrap_or_default();
        let body = body::read(lines, head.has_body_mark, self.kind);
        let mut blocks = self.blocks(&head.highlight);
        let text: Vec<Line> = head.text.into_iter().chain(body.text).collect();
        blocks.extend(self.blocks(&text));
        if blocks.is_empty() && body.captions.is_empty() {
            return Err("has a head and no text".to_owned());
        }
        let captions = self.blocks(&body.captions).into_iter();
        blocks.extend(captions.map(|it| Block { kind: BlockKind::Caption, ..it }));
        let mut fields = head.fields;
        fields.extend(body.fields);
        self.correct(&body.correction, &mut blocks, &mut fields);
        let undated = (!fields.iter().any(|it| it.name == FieldName::Date))
            .then(|| "has no line with its day".to_owned());
        let notes = self.notes.iter().cloned().chain(body.notes).chain(undated).collect();
        Ok(RawDocument { among_records: !is_alone, blocks, fields, notes, ..RawDocument::default() })
    }

    fn blocks(&self, lines: &[Line]) -> Vec<Block> {
        body::blocks(lines, self.kind, self.width, self.rules.passages_max)
    }

    /// Adds a correction that stands below the text: as the last paragraphs and as a field.
    fn correct(&self, lines: &[Line], blocks: &mut Vec<Block>, fields: &mut Vec<Field>) {
        let mut correction: Vec<Block> = self.blocks(lines).into_iter().map(as_correction).collect();
        let Some(first) = correction.first() else { return };
        let value = correction.iter().map(|it| it.text.as_str()).collect::<Vec<_>>().join(" ");
        fields.push(Field::new(
            FieldName::Correction,
            &value,
            Trust::Structured,
            "nexis correction",
            &first.place,
        ));
        blocks.append(&mut correction);
    }
}
