//! Turns blocks into the lines of a story: clutter goes, and lines that only carry metadata become
//! fields.
//!
//! `By Ann Lee`, `June 23, 2017` and breadcrumbs count as metadata above the story and at its end;
//! "originally posted on …" anywhere. A comment form ends the story.

use super::{
    byline,
    clutter::{Clutter, clutter, is_glued_menu},
    lexicon::{List, entries},
    line::Line,
    section, shape,
    source::read_reprint,
    written_date::{is_day, read_date},
};
use crate::read::{Block, BlockKind};
use morgue_core::article::{Field, FieldName, Trust};

/// The lines of a story, and what the other lines said of it.
#[derive(Debug, Default)]
pub(super) struct Sorted {
    pub(super) lines: Vec<Line>,
    pub(super) found: Vec<Field>,
}

/// Bylines and days of publication also stand among so many last lines.
const LAST_LINES: usize = 3;

/// So many lines of three words at most, one after another above the story, are a menu.
const MENU_LINES_MIN: usize = 4;

/// Sorts the blocks of a document whose format gives `fields`.
pub(super) fn sort_out(blocks: Vec<Block>, fields: &[Field]) -> Sorted {
    let mut sorted = Sorted::default();
    let mut n_running = 0;
    let bylines = bylines(fields);
    let n_blocks = blocks.len();
    for (idx, block) in blocks.into_iter().enumerate() {
        let Some(line) = line(block) else { continue };
        let part = match () {
            () if n_running <= 1 => PagePart::Top,
            () if idx + LAST_LINES >= n_blocks => PagePart::End,
            () => PagePart::Story,
        };
        if let Some(fields) = metadata(&line, part) {
            sorted.found.extend(fields);
            continue;
        }
        let title = line.kind == BlockKind::Heading(1);
        if part == PagePart::Top && !title && says_byline_again(&line.text, &bylines) {
            continue;
        }
        match clutter(&line.text) {
            Some(Clutter::End) if n_running > 0 => break,
            Some(_) if !title => continue,
            _ => (),
        }
        n_running += usize::from(shape::is_running_text(&line.text));
        match sorted.lines.last_mut() {
            Some(last) if repeats(last, &line) => last.repeated = true,
            _ => sorted.lines.push(line),
        }
    }
    drop_menus(&mut sorted.lines);
    sorted
}

/// The block's text without the space around it, and once when it says the same twice.
fn line(block: Block) -> Option<Line> {
    let Block { kind, text, bytes, place } = block;
    let trimmed = text.trim();
    if !trimmed.chars().any(|it| !it.is_whitespace() && !it.is_control()) {
        return None;
    }
    let half = half_of_doubled(trimmed);
    let repeated = half.is_some();
    // Most texts are as they should be, and need no second copy.
    let other = half.or((trimmed.len() < text.len()).then_some(trimmed)).map(str::to_owned);
    Some(Line { kind, text: other.unwrap_or(text), bytes, place, repeated })
}

/// `Port Ellis harbor Port Ellis harbor` is `Port Ellis harbor`, twice.
fn half_of_doubled(text: &str) -> Option<&str> {
    if text.len() > 400 {
        return None;
    }
    let middle = text.len() / 2;
    let (first, second) = (text.get(..middle)?, text.get(middle..)?);
    let second = second.strip_prefix(char::is_whitespace)?;
    let first = first.trim_end();
    (first == second && shape::count_words(first) >= 2).then_some(first)
}

/// Whether the two say the same, as captions do, and are neither a sentence that a writer may say
/// twice nor a line of a table.
fn repeats(last: &Line, line: &Line) -> bool {
    // Few lines get further than this, and every line comes here.
    if last.text != line.text || line.text.len() > 400 {
        return false;
    }
    let sentence = shape::ends_like_sentence(&line.text);
    let table = line.text.contains(|c: char| c.is_ascii_digit());
    shape::count_words(&line.text) >= if sentence || table { 5 } else { 2 }
}

/// Where on the page a line stands.
#[derive(Clone, Copy, PartialEq)]
enum PagePart {
    /// Above the story, or after one paragraph of it.
    Top,
    Story,
    /// Among the last lines, where a day without a word beside it may be a correction's.
    End,
}

/// The fields of a line that carries nothing else and stands where such lines do.
fn metadata(line: &Line, part: PagePart) -> Option<Vec<Field>> {
    if line.kind == BlockKind::Heading(1) || line.text.len() > 300 {
        return None;
    }
    let field = |name, value: &str, rule| Field::new(name, value, Trust::Text, rule, &line.place);
    if let Some(reprint) = read_reprint(&line.text) {
        let mut fields = vec![field(FieldName::Source, &reprint.outlet, "originally posted")];
        fields.extend(reprint.section.map(|it| field(FieldName::Section, &it, "originally posted")));
        fields.extend(reprint.date.map(|it| field(FieldName::Date, &it, "originally posted")));
        return Some(fields);
    }
    let bare = part == PagePart::End && is_day(&line.text);
    if part == PagePart::Story || bare {
        return None;
    }
    if let Some(section) = section::of_breadcrumbs(&line.text) {
        return Some(vec![field(FieldName::Section, section, "breadcrumbs")]);
    }
    let said = credits(&line.text)?;
    Some(said.into_iter().map(|(name, value, rule)| field(name, &value, rule)).collect())
}

/// The words of the bylines that the format gives, of the first few.
fn bylines(fields: &[Field]) -> Vec<Vec<String>> {
    let bylines = fields.iter().filter(|it| it.name == FieldName::Byline && it.value.len() <= 200);
    bylines.take(8).map(|it| shape::folded_words(&it.value)).collect()
}

/// Whether a line above the story says no more than one of those, `Staff Reports`.
fn says_byline_again(line: &str, bylines: &[Vec<String>]) -> bool {
    let short = line.len() <= 200 && !shape::ends_like_sentence(line);
    short && !bylines.is_empty() && bylines.contains(&shape::folded_words(line))
}

/// What one line says of its story: field, value and rule.
type Said = Vec<(FieldName, String, &'static str)>;

/// Reads `By Ann Lee | Published: June 23, 2017 | Updated: June 24, 2017`, any of it; `None` when
/// there is more.
fn credits(line: &str) -> Option<Said> {
    let mut said = Vec::new();
    for piece in line.split(['|', '•', '·']).map(str::trim).filter(|it| !it.is_empty()) {
        let known = credit(piece)?;
        said.extend(known);
    }
    (!said.is_empty()).then_some(said)
}

/// The bylines among the lines beside a headline.
pub(super) fn bylines_beside(lines: &[Block]) -> Vec<Field> {
    let pieces = lines.iter().flat_map(|line| line.text.split(['|', '•', '·']).map(move |it| (line, it)));
    let said = pieces.filter_map(|(line, piece)| Some((line, credit(piece.trim())?)));
    let field =
        |line: &Block, value: &str| Field::new(FieldName::Byline, value, Trust::Text, "byline", &line.place);
    said.flat_map(|(line, said)| said.into_iter().map(move |it| (line, it)))
        .filter(|(_, (name, _, _))| *name == FieldName::Byline)
        .map(|(line, (_, names, _))| field(line, &names))
        .collect()
}

fn credit(piece: &str) -> Option<Said> {
    if let Some((rule, rest)) = after_label(piece) {
        let (date, writer) = match rest.split_once(" by ") {
            Some((date, writer)) => (date, byline::clean(writer)),
            None => (rest, None),
        };
        let date = date.trim().trim_end_matches(['.', ',', '-', '–']);
        read_date(date)?;
        let mut said = vec![(FieldName::Date, date.to_owned(), rule)];
        said.extend(writer.map(|it| (FieldName::Byline, it, "byline")));
        return Some(said);
    }
    if is_day(piece) {
        return Some(vec![(FieldName::Date, piece.to_owned(), "date line")]);
    }
    if let Some(names) = byline::read_line(piece) {
        return Some(vec![(FieldName::Byline, names, "byline")]);
    }
    let (names, day) = byline::split_day(piece)?;
    let names = byline::read_line(names)?;
    Some(vec![(FieldName::Byline, names, "byline"), (FieldName::Date, day.to_owned(), "byline")])
}

fn after_label(piece: &str) -> Option<(&'static str, &str)> {
    let published = entries(List::PublishedLabel).iter().map(|it| (*it, "date line"));
    let updated = entries(List::UpdatedLabel).iter().map(|it| (*it, "updated line"));
    published.chain(updated).find_map(|(label, rule)| {
        let head = piece.get(..label.len())?;
        let rest = piece.get(label.len()..)?;
        let rest = rest.strip_prefix(':').unwrap_or(rest);
        (head.to_lowercase() == label && rest.starts_with(' ')).then(|| (rule, rest.trim_start()))
    })
}

/// Drops the menus above the story: runs of very short lines, and glued words where a headline
/// follows.
fn drop_menus(lines: &mut Vec<Line>) {
    let Some(begin) = lines.iter().position(|it| shape::is_running_text(&it.text)) else { return };
    let entry = |it: &Line| {
        matches!(it.kind, BlockKind::Paragraph | BlockKind::Item)
            && shape::count_words(&it.text) <= 3
            && !shape::ends_like_sentence(&it.text)
    };
    let mut drop = vec![false; begin];
    let mut start = 0;
    for idx in 0..=begin {
        if idx < begin && entry(&lines[idx]) {
            continue;
        }
        if idx - start >= MENU_LINES_MIN {
            drop[start..idx].fill(true);
        }
        start = idx + 1;
    }
    for idx in 0..begin.saturating_sub(1) {
        drop[idx] |= lines[idx].kind == BlockKind::Paragraph && is_glued_menu(&lines[idx].text);
    }
    let mut idx = 0;
    lines.retain(|_| {
        idx += 1;
        !drop.get(idx - 1).copied().unwrap_or_default()
    });
}
