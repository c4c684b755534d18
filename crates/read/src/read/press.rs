//! Exports of press databases: files that hold the articles of a search, one after the other, each
//! with the labels of the service.
//!
//! A layout is known by its lines, whatever kind of document they come from: the same Nexis export
//! exists as text, HTML, DOCX and RTF. Each service has a file here and a line in [`LAYOUTS`]. What
//! is plainly an export of a service and of no layout known here is a problem, for read as a text
//! it would be one article of many.

mod apa;
mod custom;
mod europresse;
mod factiva;
pub(super) mod factiva_xml;
mod languages;
mod names;
mod nexis;
mod proquest;
mod records;

use super::{
    CustomLayout, Documents, Problem, ReadRules,
    sheet::{Kind, Line, Lines},
};

/// A layout of exports.
#[derive(Debug)]
pub(super) struct Layout {
    /// Whose exports they are: `Nexis`.
    pub(super) name: &'static str,
    /// What a file of it is told by, in a few words.
    pub(super) told_by: &'static str,
    /// One of these stands in every text or page of it, so that others need not be looked at line
    /// by line.
    pub(super) hints: &'static [&'static str],
    /// Whether lines are of this layout; of the document the first [`HEAD_LINES`] are given.
    pub(super) fits: fn(&[Line]) -> Fit,
    /// Its articles.
    pub(super) read: for<'a> fn(Export<'a>) -> Documents<'a>,
}

/// How far lines are of a layout.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Fit {
    No,
    Yes,
    /// The lines are an export of the service in a layout that is not known. Says what was seen or
    /// missed: `no end marks`.
    Unknown(String),
}

/// The layouts that are known, each asked before those below it.
pub(super) const LAYOUTS: &[&Layout] =
    &[&nexis::LAYOUT, &apa::LAYOUT, &factiva::LAYOUT, &proquest::LAYOUT, &europresse::LAYOUT];

/// Whether a text or a page may be an export.
pub(super) fn is_hinted_at(text: &str) -> bool {
    LAYOUTS.iter().flat_map(|it| it.hints).any(|it| text.contains(it))
}

/// A document that may be an export.
pub(super) struct Export<'a> {
    pub(super) kind: Kind,
    pub(super) lines: Lines<'a>,
    pub(super) rules: &'a ReadRules,
    /// The user's layout for the file.
    pub(super) layout: Option<&'a CustomLayout>,
    /// What was guessed or repaired of the whole file; a note of each article.
    pub(super) notes: Vec<String>,
}

/// How many lines decide the layout. The cover of an export of 500 articles has some 7,000.
pub(super) const HEAD_LINES: usize = 20_000;

/// Reads lines as an export, by the user's layout if the file has one. Hands the lines back if they
/// fit no layout.
pub(super) fn read<'a>(mut export: Export<'a>) -> Result<Documents<'a>, NoExport<'a>> {
    if let Some(layout) = export.layout {
        return Ok(custom::read(export, layout));
    }
    let mut head = Vec::new();
    let mut problem = None;
    while head.len() < HEAD_LINES {
        match export.lines.next() {
            Some(Ok(line)) => head.push(line),
            Some(Err(error)) => {
                problem = Some(error);
                break;
            }
            None => break,
        }
    }
    let fit = LAYOUTS.iter().find_map(|layout| match (layout.fits)(&head) {
        Fit::No => None,
        fit => Some((*layout, fit)),
    });
    export.lines = Box::new(head.into_iter().map(Ok).chain(problem.map(Err)).chain(export.lines));
    match fit {
        Some((layout, Fit::Yes)) => Ok((layout.read)(export)),
        Some((layout, Fit::Unknown(why))) => Err(NoExport::Unknown(Problem {
            place: String::new(),
            reason: format!(
                "is an export of {} whose layout is not known: {why}; `[[read]]` in morgue.toml can have it read as text",
                layout.name
            ),
        })),
        _ => Err(NoExport::Other(export.lines)),
    }
}

/// Why lines were not read as an export.
pub(super) enum NoExport<'a> {
    /// They are no export. They are handed back.
    Other(Lines<'a>),
    /// They are an export whose layout is not known.
    Unknown(Problem),
}
