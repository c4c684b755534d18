//! A dossier (a list, or results) as files that other programs read: one format a file.

mod bibtex;
mod body;
mod bookmarks;
mod citation;
mod csl;
pub(super) mod csv;
mod epub;
mod feeds;
mod html;
pub(super) mod markdown;
mod opml;
mod receipt;
mod ris;
mod scope;
pub(super) mod rows;
mod sheet;
mod xml;

#[cfg(test)]
mod tests;

use std::io::{self, Write};

use jiff::{Timestamp, tz::TimeZone};

use morgue_core::choices;

use crate::archive::{Dossier, DossierItem, Receipt};

use super::json;

pub(super) use citation::encoded;
pub use rows::dossier as dossier_row;
pub use scope::Scope;
pub use sheet::{SheetFormat, quote_sheet};

choices! {
    /// A format that other programs read.
    pub enum ExportFormat {
        Markdown = "markdown": "Text to hand over",
        Html = "html": "One page that needs nothing else, to read and print",
        Epub = "epub": "A book for e-readers",
        CslJson = "csl-json": "For Zotero and pandoc",
        Bibtex = "bibtex": "For bibtex and biber",
        Ris = "ris": "For reference managers",
        Csv = "csv": "A table for spreadsheets",
        Json = "json": "Everything, for programs",
        Bookmarks = "bookmarks": "Netscape bookmarks, for browsers",
        Opml = "opml": "For outliners",
        JsonFeed = "json-feed": "A feed as JSON",
        Atom = "atom": "A feed as Atom",
    }
}

impl ExportFormat {
    /// The type of its content.
    pub fn media_type(self) -> &'static str {
        match self {
            ExportFormat::Markdown => "text/markdown; charset=utf-8",
            ExportFormat::Html | ExportFormat::Bookmarks => "text/html; charset=utf-8",
            ExportFormat::Epub => "application/epub+zip",
            ExportFormat::CslJson => "application/vnd.citationstyles.csl+json",
            ExportFormat::Bibtex => "application/x-bibtex; charset=utf-8",
            ExportFormat::Ris => "application/x-research-info-systems",
            ExportFormat::Csv => "text/csv; charset=utf-8",
            ExportFormat::Json => "application/json",
            ExportFormat::Opml => "text/x-opml; charset=utf-8",
            ExportFormat::JsonFeed => "application/feed+json",
            ExportFormat::Atom => "application/atom+xml",
        }
    }

    /// What the name of a file of it ends in, after the dot.
    pub fn extension(self) -> &'static str {
        match self {
            ExportFormat::Markdown => "md",
            ExportFormat::Html => "html",
            ExportFormat::Epub => "epub",
            ExportFormat::CslJson => "csl.json",
            ExportFormat::Bibtex => "bib",
            ExportFormat::Ris => "ris",
            ExportFormat::Csv => "csv",
            ExportFormat::Json => "json",
            ExportFormat::Bookmarks => "bookmarks.html",
            ExportFormat::Opml => "opml",
            ExportFormat::JsonFeed => "feed.json",
            ExportFormat::Atom => "atom",
        }
    }

    /// Whether a timeline can stand in it beside the articles.
    pub fn has_place_for_timeline(self) -> bool {
        use ExportFormat::{Epub, Html, Json, Markdown};
        matches!(self, Markdown | Html | Epub | Json)
    }
}

/// An export of results holds no more of them unless it was asked otherwise: it is made in memory,
/// and 48,000 hits in 22,000 articles of newswire took 380 MB.
pub const EXPORT_HITS_MAX: usize = 50_000;

/// How much of an article's text is exported.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Text {
    /// The chosen passages.
    #[default]
    Passages,
    /// All of it, the chosen passages marked.
    Full,
}

/// What an export needs beside the dossier.
pub struct ExportOptions<'a> {
    /// How much text, where the format carries any.
    pub text: Text,
    /// When it is made.
    pub made: Timestamp,
    /// The archive's folder as seen from the output's, empty or with `/` at its end.
    pub to_archive: String,
    /// What produced it, where it is to be told.
    pub receipt: Option<&'a Receipt>,
    /// What was found, of which it holds all or a part; `None` for a list, which is whole.
    pub scope: Option<&'a Scope>,
}

impl ExportOptions<'_> {
    /// `10 of 105 passages`, where the export does not have all.
    fn limited(&self) -> Option<String> {
        self.scope.and_then(Scope::limited)
    }
}

/// Writes an export.
pub fn export(
    dossier: &Dossier,
    format: ExportFormat,
    options: &ExportOptions<'_>,
    out: &mut dyn Write,
) -> io::Result<()> {
    match format {
        ExportFormat::Markdown => {
            markdown::write(dossier, options.text, options.scope, out)?;
            options.receipt.map_or(Ok(()), |it| receipt::markdown(it, out))
        }
        ExportFormat::Html => html::write(dossier, options, out),
        ExportFormat::Epub => epub::write(dossier, options, out),
        ExportFormat::CslJson => csl::write(dossier, options, out),
        ExportFormat::Bibtex => bibtex::write(dossier, options, out),
        ExportFormat::Ris => ris::write(dossier, options, out),
        ExportFormat::Csv => csv::table(dossier, options.scope).csv(out),
        ExportFormat::Json => json::document(&rows::export(dossier, options), out),
        ExportFormat::Bookmarks => bookmarks::write(dossier, options, out),
        ExportFormat::Opml => opml::write(dossier, options, out),
        ExportFormat::JsonFeed => feeds::json_feed(dossier, options, out),
        ExportFormat::Atom => feeds::atom(dossier, options, out),
    }
}

/// The address of an article's page, where it may be a link.
fn web_url(item: &DossierItem) -> Option<&str> {
    item.url.as_deref().filter(|it| is_web(it))
}

/// Whether an address may be a link: nothing that a program would run.
pub(super) fn is_web(address: &str) -> bool {
    let scheme = address.split_once("://").map(|it| it.0.to_ascii_lowercase());
    matches!(scheme.as_deref(), Some("http" | "https"))
}

/// By what and on which day, in UTC, an export was made.
fn made(made: Timestamp) -> String {
    let day = made.to_zoned(TimeZone::UTC).date();
    format!("Made by morgue {} on {day}.", env!("CARGO_PKG_VERSION"))
}

/// An identifier that is the same for the same parts.
fn uuid_of(parts: &[&str]) -> uuid::Uuid {
    let mut digest = blake3::Hasher::new();
    for part in parts {
        digest.update(part.as_bytes()).update(b"\n");
    }
    let mut bytes = [0; 16];
    bytes.copy_from_slice(&digest.finalize().as_bytes()[..16]);
    uuid::Builder::from_custom_bytes(bytes).into_uuid()
}
