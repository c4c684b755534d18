//! A dossier as a table for spreadsheets, a row an article.

use crate::{
    archive::{Dossier, DossierItem},
    list::{Block, State},
};

use super::{
    super::{
        fragment::Place,
        table::{Table, cell, cells},
    },
    Scope,
    citation::{Cited, credited},
};

const COLUMNS: [&str; 19] = [
    "number",
    "article",
    "path",
    "headline",
    "source",
    "date",
    "byline",
    "place",
    "section",
    "language",
    "url",
    "state",
    "tags",
    "note",
    "passages",
    "versions",
    "citation",
    "text_fragment",
    "found",
];

/// The table. A cell that a spreadsheet would take for a formula begins with `'` (see [`inert`]).
///
/// A file of CSV has no place for remarks, so `found` says in each row how many of how many results
/// these are; a list is whole.
pub(in crate::render) fn table<'a>(dossier: &'a Dossier, scope: Option<&Scope>) -> Table<'a> {
    let found = scope.map(|it| it.extent.to_string()).unwrap_or_default();
    let row = move |(item, number)| item_cells(number, item, &found).map(inert);
    let rows = dossier.items.iter().zip(1..).map(row);
    Table::new(COLUMNS, rows)
}

fn item_cells(number: usize, item: &DossierItem, found: &str) -> [String; 19] {
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
        &cell(link(item)),
        &found,
    ])
}

/// A link to the first chosen passage on the article's page.
fn link(item: &DossierItem) -> Option<String> {
    let first = item.blocks.iter().find_map(|it| match it {
        Block::Passage(passage) => Some(&passage.text),
        Block::Note(_) => None,
    })?;
    Place::new(first, 0, first.len()).link(item.url.as_deref())
}

/// The cell, so that no spreadsheet takes it for a formula: one that begins with `=`, `+`, `-` or
/// `@`, with one of their wide, small or typographic forms, or with a tab or line end gets a `'`
/// before it, as OWASP advises ("CSV Injection"); spreadsheets show it or take it away. One `'`
/// less gives each such cell back, also one that began with `'` itself.
///
/// What some programs strip before they look does not hide the sign: blanks, controls, invisible
/// characters, and a `'` that is there already.
pub(in crate::render) fn inert(cell: String) -> String {
    let sign = cell.chars().find(|it| !is_stripped(*it));
    let is_formula = sign.is_some_and(|it| "=+-@＝＋－＠﹦﹢﹣﹫−".contains(it));
    // A cell that has a `'` of its own gets another one, so that each is told from the guard.
    let begins = cell.trim_start_matches('\'').starts_with(['\t', '\r', '\n']);
    if is_formula || begins { format!("'{cell}") } else { cell }
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_cell_is_a_formula_and_each_is_given_back() {
        let signs = "=+-@\t\r\n";
        for cell in
            ["=1", "+1", "-1", "@a", "\t=1", "\ra", "\na", "'=1", "'\ta", " =1", "''-x", "a", "'a", "", "'"]
        {
            let written = inert(cell.to_owned());
            assert!(!written.starts_with(|it| signs.contains(it)), "{written:?}");
            // What is guarded would be guarded again: one `'` was put before it.
            let guarded = written.strip_prefix('\'').filter(|it| inert((*it).to_owned()) == written);
            assert_eq!(guarded.unwrap_or(&written), cell, "{written:?}");
        }
    }
}
