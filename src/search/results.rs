//! What a search gives.

use std::sync::Arc;

use super::{Added, Version};
use crate::article::{Article, Passage, Quote, Span};

/// The hits that were asked for, and how many there are in all.
pub struct Results {
    /// Best first.
    pub hits: Vec<Hit>,
    /// How many passages match (articles, when grouped), of which `hits` are a part.
    pub total: usize,
    /// How many were folded as copies of what is among the hits or before them.
    pub folded: usize,
    /// What the user should know about how they were found, a sentence each.
    pub notes: Vec<String>,
    /// Related words that were added to the query, weightiest first.
    pub added: Vec<Added>,
}

/// A passage that matches.
pub struct Hit {
    /// Counted from 1 among all that match.
    pub rank: usize,
    /// Larger is better; comparable within one search only.
    pub score: f32,
    /// Its article.
    pub article: Arc<Article>,
    /// Its ordinal in the article.
    pub passage: usize,
    /// The quotes in it.
    pub quotes: Vec<Quote>,
    /// What made it match, as spans of its text: sorted and disjoint.
    pub highlights: Vec<Span>,
    /// What of the query stands in the headline.
    pub headline_highlights: Vec<Span>,
    /// The other versions of its article.
    pub copies: Arc<[Version]>,
}

impl Hit {
    /// The passage itself.
    pub fn passage(&self) -> &Passage {
        &self.article.passages()[self.passage]
    }
}
