//! A dossier as a table for spreadsheets, a row an article.

use crate::{
    archive::{Dossier, DossierItem},
    list::{Block, State},
};

use super::{
    super::table::{Table, cell, cells},
    citation::{Cited, credited},
};

const COLUMNS: [&str; 17] = [
    "number", "article", "path", "headline", "source", "date", "byline", "place", "section", "language",
    "url", "state", "tags", "note", "passages", "versions", "citation",
];

/// The table. A cell that a spreadsheet would take for a formula begins with `'` (see [`inert`]).
pub(in crate::render) fn table(dossier: &Dossier) -> Table<'_> {
    let rows = dossier.items.iter().zip(1..).map(|(item, number)| item_cells(number, item).map(inert));
    Table::new(COLUMNS, rows)
}

fn item_cells(number: usize, item: &DossierItem) -> [String; 17] {
    let passages = item.blocks.iter().filter_map(|it| match it {
        Block::Passage(passage) => Some(credited(passage)),
        Block::Note(_) => None,
    });
    let versions: Vec<&str> = item.versions.iter().map(|it| it.link.as_str()).collect();
    cells([
        &number,
        &cell(item.id),
        &cell(item.path.as_ref()),
        &item.title,
        &cell(item.source.as_ref()),
        &cell(item.date),
        &cell(item.byline.as_ref()),
        &cell(item.place.as_ref()),
        &cell(item.section.as_ref()),
        &cell(item.language.as_ref()),
        &cell(item.url.as_ref()),
        &cell(item.state.map(State::name)),
        &item.tags.join(", "),
        &item.note(),
        &passages.collect::<Vec<_>>().join("\n\n"),
        &versions.join("\n"),
        &Cited::of(item).words(),
    ])
}

/// The cell, so that no spreadsheet takes it for a formula: one that begins with `=`, `+`, `-` or
/// `@`, with one of their wide, small or typographic forms, or with a tab or line end gets a `'`
/// before it, as OWASP advises ("CSV Injection"); spreadsheets show it or take it away.
///
/// What some programs strip before they look does not hide the sign: blanks, controls, invisible
/// characters, and a `'` that is there already.
pub(in crate::render) fn inert(cell: String) -> String {
    let sign = cell.chars().find(|it| !is_stripped(*it));
    let is_formula = sign.is_some_and(|it| "=+-@＝＋－＠﹦﹢﹣﹫−".contains(it));
    if is_formula || cell.starts_with(['\t', '\r', '\n']) { format!("'{cell}") } else { cell }
}

fn is_stripped(c: char) -> bool {
    c.is_whitespace()
        || c.is_control()
        || matches!(
            c,
            '\'' | '\u{ad}' | '\u{61c}' | '\u{180e}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}'
                | '\u{2060}'..='\u{206f}' | '\u{fe00}'..='\u{fe0f}' | '\u{feff}'
        )
}
