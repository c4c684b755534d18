//! The vocabulary: what an article, a passage, a quote and a speaker are.
//!
//! Data and its invariants only: no heuristics, no input or output, and nothing of the rest of the
//! crate.

mod code_points;
mod excerpt;
mod id;
mod language;
mod metadata;
mod origin;
mod passage;
mod published;
mod quote;
mod rule;
mod speaker;

use std::borrow::Cow;

pub use code_points::CodePoints;
pub use excerpt::{Described, Excerpt};
pub use id::{ArticleId, NotAnId};
pub use language::Language;
pub use metadata::{Field, FieldName, Metadata};
pub use origin::{Candidate, Origin, Resolved, Trust};
pub use passage::{Passage, PassageKind, Span};
pub use published::Published;
pub use quote::{PassageSpan, Quote, QuoteKind, Stance};
pub use rule::Rule;
pub use speaker::{Appearance, Speaker, SpeakerKind, Spoken};

/// One news item as published: where it lies, what is known of it, and its passages.
#[derive(Clone, Debug, PartialEq)]
pub struct Article {
    /// Its name in the archive; the same after a rebuild.
    pub id: ArticleId,
    /// Where it was read.
    pub place: ArticlePlace,
    /// What its file calls it among its other documents: the number of a record.
    pub name: Option<String>,
    /// Headline, source, date …, each with its origin.
    pub metadata: Metadata,
    passages: Vec<Passage>,
}

/// Where an article was read: a file of the archive, and which document of that file.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct ArticlePlace {
    /// Path relative to the archive's folder, with `/` between its parts.
    pub path: String,
    /// Which document of a file that can hold several, counted from 0; `None` when the article is
    /// the whole file.
    pub record: Option<usize>,
}

impl ArticlePlace {
    /// The place of an article that is a whole file.
    pub fn file(path: impl Into<String>) -> ArticlePlace {
        ArticlePlace { path: path.into(), record: None }
    }

    /// The place of a document in a file that can hold several; `record` counts from 0.
    pub fn record(path: impl Into<String>, record: usize) -> ArticlePlace {
        ArticlePlace { path: path.into(), record: Some(record) }
    }

    /// The number of the document in its file, counted from 0.
    pub fn ordinal(&self) -> usize {
        self.record.unwrap_or(0)
    }

    /// How the article is named to people and programs: `a.txt`, and `export.docx#17` for the
    /// 17th document of a file.
    pub fn address(&self) -> Cow<'_, str> {
        match self.record {
            Some(record) => format!("{}#{}", self.path, record + 1).into(),
            None => self.path.as_str().into(),
        }
    }

    /// Takes apart what may be an [`address`](Self::address) of a document in a file: the path and
    /// the ordinal, counted from 0.
    pub fn split_address(address: &str) -> Option<(&str, usize)> {
        let (path, number) = address.rsplit_once('#')?;
        Some((path, number.parse::<usize>().ok()?.checked_sub(1)?))
    }
}

impl Article {
    /// Makes an article of its passages, in reading order; `None` when there are none.
    ///
    /// The id is derived from the passages' texts and the place, so it needs no memory of earlier
    /// runs.
    pub fn new(place: ArticlePlace, metadata: Metadata, passages: Vec<Passage>) -> Option<Article> {
        if passages.is_empty() {
            return None;
        }
        let id = ArticleId::of(passages.iter().map(|it| it.text.as_str()), &place.path, place.ordinal());
        Some(Article { id, place, name: None, metadata, passages })
    }

    /// The same, called so by its file.
    pub fn named(self, name: Option<String>) -> Article {
        Article { name, ..self }
    }

    /// Its passages in reading order, at least one; a passage's ordinal is its index here.
    /// When the headline is known it is the first of them.
    pub fn passages(&self) -> &[Passage] {
        &self.passages
    }

    /// The ordinals of its lead: its headline, and its first two paragraphs of running text.
    pub fn lead(&self) -> impl Iterator<Item = usize> {
        let of_kind = |kind| (0..self.passages.len()).filter(move |it| self.passages[*it].kind == kind);
        of_kind(PassageKind::Headline).take(1).chain(of_kind(PassageKind::Body).take(2))
    }
}
