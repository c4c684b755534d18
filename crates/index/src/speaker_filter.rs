//! Whose quotes to find.

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
