//! References from elsewhere, to be found in the archive: what citation programs, browsers and
//! people write.
//!
//! `read(text, format) -> Result<Vec<Reference>, Error>`. Fields that a list has no use for are not
//! read; a text that is not of its format is an [`Error`] with its place.

mod bibtex;
mod bookmarks;
mod csl;
mod plain;
mod ris;

#[cfg(test)]
mod tests;

use morgue_core::choices;

use crate::article::{ArticleId, Published};

use super::{Block, State, Version, read_plain};

/// What somebody's file says of one article.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Reference {
    /// Its headline.
    pub title: Option<String>,
    /// Who published it.
    pub source: Option<String>,
    /// When.
    pub date: Option<Published>,
    /// Who wrote it.
    pub byline: Option<String>,
    /// Its address on the web.
    pub url: Option<String>,
    /// Its file.
    pub path: Option<String>,
    /// Its id, in what morgue exported.
    pub id: Option<ArticleId>,
    /// Its tags.
    pub tags: Vec<String>,
    /// How far somebody is with it.
    pub state: Option<State>,
    /// What somebody noted on it; in what morgue exported the chosen passages, too.
    pub blocks: Vec<Block>,
    /// Its other versions, in what morgue exported.
    pub versions: Vec<Version>,
    /// The title of the list that it stood on, in what morgue exported.
    pub list: Option<String>,
}

impl Reference {
    /// What to call it in a message.
    pub fn named(&self) -> String {
        let id = self.id.map(|it| it.to_string());
        let known = [&self.title, &self.path, &self.url, &id];
        known.into_iter().flatten().next().cloned().unwrap_or_else(|| "(nothing that names it)".to_owned())
    }

    /// Whether it says which article it is of.
    pub fn is_named(&self) -> bool {
        self.id.is_some() || self.title.is_some() || self.path.is_some() || self.url.is_some()
    }
}

choices! {
    /// A format in which other programs write references.
    pub enum ImportFormat {
        CslJson = "csl-json": "As Zotero and pandoc write it",
        Ris = "ris": "As reference managers write it",
        Bibtex = "bibtex": "BibTeX and BibLaTeX",
        Bookmarks = "bookmarks": "Netscape bookmarks, as browsers write them",
        Plain = "plain": "A path or an address a line",
    }
}

/// The text is not of its format.
#[derive(Debug, PartialEq, Eq, thiserror::Error)]
#[error("line {line}: {reason}")]
pub struct Error {
    /// Where, counted from 1.
    pub line: usize,
    /// What is wrong.
    pub reason: String,
}

/// The format that a text looks like.
pub fn guess(text: &str) -> ImportFormat {
    let head = text.trim_start_matches('\u{feff}').trim_start();
    let start: String = head.chars().take(300).collect::<String>().to_ascii_lowercase();
    let is_ris = |it: &str| it.starts_with("ty  -") || it.starts_with("ty -");
    if start.starts_with(['[', '{']) {
        ImportFormat::CslJson
    } else if start.starts_with("<!doctype netscape") || start.contains("<dl") {
        ImportFormat::Bookmarks
    } else if is_ris(&start) {
        ImportFormat::Ris
    } else if head.lines().any(|it| it.trim_start().starts_with('@') && it.contains('{')) {
        ImportFormat::Bibtex
    } else {
        ImportFormat::Plain
    }
}

/// Reads the references of a text, in its order.
pub fn read(text: &str, format: ImportFormat) -> Result<Vec<Reference>, Error> {
    let text = text.trim_start_matches('\u{feff}');
    let references = match format {
        ImportFormat::CslJson => csl::read(text),
        ImportFormat::Ris => ris::read(text),
        ImportFormat::Bibtex => bibtex::read(text),
        ImportFormat::Bookmarks => Ok(bookmarks::read(text)),
        ImportFormat::Plain => Ok(plain::read(text)),
    };
    // What is missing at the very end is missing on the last line.
    let in_text = |it: Error| Error { line: it.line.clamp(1, text.lines().count().max(1)), ..it };
    references.map_err(in_text)
}

/// The line of a byte, counted from 1.
fn line_at(text: &str, at: usize) -> usize {
    text.bytes().take(at).filter(|it| *it == b'\n').count() + 1
}

/// A value, unless it is blank.
fn given(value: &str) -> Option<String> {
    let value = value.trim();
    (!value.is_empty()).then(|| value.to_owned())
}

/// A date of its parts, as fine as they are.
fn date_of(year: Option<&str>, month: Option<&str>, day: Option<&str>) -> Option<Published> {
    let number = |it: Option<&str>| it.and_then(|it| it.trim().parse::<u16>().ok()).filter(|it| *it > 0);
    let year = number(year)?;
    let text = match (month.and_then(month_number), number(day)) {
        (None, _) => format!("{year:04}"),
        (Some(month), None) => format!("{year:04}-{month:02}"),
        (Some(month), Some(day)) => format!("{year:04}-{month:02}-{day:02}"),
    };
    Published::from_iso(&text)
}

fn month_number(text: &str) -> Option<u16> {
    const NAMES: [&str; 12] =
        ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];
    let text = text.trim().to_ascii_lowercase();
    if let Ok(number) = text.parse::<u16>() {
        return (1..=12).contains(&number).then_some(number);
    }
    let at = NAMES.iter().position(|it| text.starts_with(it))?;
    u16::try_from(at + 1).ok()
}

/// The notes and, when a list of morgue wrote it, the passages of a text.
fn blocks_of(text: &str, list: Option<&String>) -> Vec<Block> {
    match list {
        Some(_) => read_plain(text),
        None => given(text).map(Block::Note).into_iter().collect(),
    }
}

/// The other versions of an article, one a line.
fn versions_of(text: &str) -> Vec<Version> {
    text.lines().filter_map(|it| Version::read(it.trim()).ok()).collect()
}

/// The words between commas, or semicolons where no list of morgue wrote them.
fn tags_of(text: &str, list: Option<&String>) -> Vec<String> {
    let between = |c: char| c == ',' || c == ';' && list.is_none();
    text.split(between).filter_map(given).collect()
}
