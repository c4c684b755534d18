//! Articles about the same.

use morgue_core::article::ArticleId;

/// An article that is related to another.
#[derive(Clone, Debug, PartialEq)]
pub struct Related {
    /// Its id.
    pub article: ArticleId,
    /// The share of the weight of the other's terms that it has, up to 1.
    pub score: f64,
    /// The terms that both have as words of the other, the weightiest first.
    pub words: Vec<String>,
}
