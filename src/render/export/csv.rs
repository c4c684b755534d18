//! A dossier as a table for spreadsheets, a row an article.

use std::io::{self, Write};

use crate::{
    archive::{Dossier, DossierItem},
    list::Block,
};

use super::{
    super::csv,
    citation::{Cited, credited},
};

const COLUMNS: [&str; 17] = [
    "number", "article", "path", "headline", "source", "date", "byline", "place", "section", "language",
    "url", "state", "tags", "note", "passages", "versions", "citation",
];

/// The table. A cell that a spreadsheet would take for a formula begins with `'` (see [`inert`]).
pub(super) fn write(dossier: &Dossier, out: &mut dyn Write) -> io::Result<()> {
    let rows = dossier.items.iter().enumerate().map(|(n, it)| cells(n + 1, it).map(inert).to_vec());
    csv::table(&COLUMNS, rows, out)
}

fn cells(number: usize, item: &DossierItem) -> [String; 17] {
    let text = |it: &Option<String>| it.clone().unwrap_or_default();
    let passages: Vec<String> = item
        .blocks
        .iter()
        .filter_map(|it| match it {
            Block::Passage(passage) => Some(credited(passage)),
            Block::Note(_) => None,
        })
        .collect();
    let versions: Vec<&str> = item.versions.iter().map(|it| it.link.as_str()).collect();
    [
        number.to_string(),
        item.id.map(|it| it.to_string()).unwrap_or_default(),
        text(&item.path),
        item.title.clone(),
        text(&item.source),
        item.date.map(|it| it.to_string()).unwrap_or_default(),
        text(&item.byline),
        text(&item.place),
        text(&item.section),
        text(&item.language),
        text(&item.url),
        item.state.map(|it| it.name().to_owned()).unwrap_or_default(),
        item.tags.join(", "),
        item.note(),
        passages.join("\n\n"),
        versions.join("\n"),
        Cited::of(item).words(),
    ]
}

/// The cell, so that no spreadsheet takes it for a formula: one that begins with `=`, `+`, `-`, `@`, a tab or a line end
/// gets a `'` before it, as OWASP advises; spreadsheets show it or take it away.
pub(in crate::render) fn inert(cell: String) -> String {
    if cell.starts_with(['=', '+', '-', '@', '\t', '\r', '\n']) { format!("'{cell}") } else { cell }
}
