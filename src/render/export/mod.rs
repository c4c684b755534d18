//! A dossier (a list, or results) as files that other programs read: one format a file.

mod csv;
mod markdown;
mod rows;

use std::io::{self, Write};

use crate::archive::Dossier;

use super::{Format, Look, json, lists};

/// A dossier in one of the formats of results.
pub fn dossier(dossier: &Dossier, format: Format, look: &Look, out: &mut dyn Write) -> io::Result<()> {
    match format {
        Format::Text => lists::dossier(dossier, look, out),
        Format::Json => json::document(&rows::DossierRow::of(dossier), out),
        Format::Jsonl => json::lines(rows::items(dossier), out),
        Format::Csv => csv::write(dossier, out),
        Format::Markdown => markdown::write(dossier, out),
    }
}

/// Whether an address may be a link: nothing that a program would run.
fn is_web(address: &str) -> bool {
    let scheme = address.split_once("://").map(|it| it.0.to_ascii_lowercase());
    matches!(scheme.as_deref(), Some("http" | "https"))
}
