//! Whose quotes to find, and what to tell of their speakers.

use morgue_core::article::{QuoteKind, SpeakerKind};

/// Whose quotes to find, of which kind and which stances.
#[derive(Clone, Debug, Default)]
pub struct SpeakerFilter {
    /// The names as they are written, with their kinds, and the articles that mean this speaker by
    /// them, by [`ArticleId::key`](morgue_core::article::ArticleId::key); `None` when all do.
    pub names: Vec<(String, SpeakerKind, Option<Vec<u64>>)>,
    /// Only quotes of this kind.
    pub quote_kind: Option<QuoteKind>,
    /// Whether those that were not said are wanted.
    pub stances: Stances,
}

/// Which quotes to find, by whether the article says that they were uttered.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Stances {
    /// Those that were said.
    #[default]
    Said,
    /// Those that it denies, imagines, expects or asks about.
    Unsaid,
    /// All.
    All,
}

/// What is told of a quote's speaker.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SpeakerProperty {
    /// The name as it is written.
    Name,
    /// The role that the article gives.
    Role,
}
