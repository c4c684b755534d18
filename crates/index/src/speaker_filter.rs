//! Whose quotes to find, and what to tell of their speakers.

use morgue_core::article::{QuoteKind, SpeakerKind};

/// Whose quotes to find, and of which kind.
#[derive(Clone, Debug, Default)]
pub struct SpeakerFilter {
    /// The names as they are written, with their kinds, and the articles that mean this speaker by
    /// them, by [`ArticleId::key`](morgue_core::article::ArticleId::key); `None` when all do.
    pub names: Vec<(String, SpeakerKind, Option<Vec<u64>>)>,
    /// Only quotes of this kind.
    pub quote_kind: Option<QuoteKind>,
}

/// What is told of a quote's speaker.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SpeakerProperty {
    /// The name as it is written.
    Name,
    /// The role that the article gives.
    Role,
}
