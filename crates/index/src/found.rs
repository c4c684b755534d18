//! What a query finds: references to passages or quotes, without their text.

use morgue_core::article::{ArticleId, Passage, Quote};

/// What a query found.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Found {
    /// Best first.
    pub hits: Vec<FoundHit>,
    /// How many there are in all.
    pub total: usize,
    /// How many articles have them, where that is known without counting.
    pub articles: Option<usize>,
    /// How many were folded as copies of what is among the hits or before them: see `search::find`.
    pub folded: usize,
}

/// A passage or a quote that matches.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct FoundHit {
    /// Its article.
    pub article: ArticleId,
    /// The ordinal of the passage, or the place of the quote among those of the article.
    pub place: usize,
    /// How well it matches; 0 when the order is by date.
    pub score: f32,
    /// Where the backend keeps it.
    pub(crate) reference: HitRef,
}

/// Where a backend keeps a passage or a quote: nobody else looks into it.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) enum HitRef {
    /// A document of a segment.
    Embedded {
        /// The segment's number in the snapshot.
        segment: u32,
        /// The document's number in the segment.
        document: u32,
    },
}

/// A passage and its quotes.
pub type QuotedPassage = (Passage, Vec<Quote>);
