//! Quotes: what somebody is reported to have said, and how the article says so.

use super::{Rule, Span, Speaker};

/// Words that the article gives to somebody, all in one passage.
///
/// A quotation that runs over several passages is one quote in each of them, by the same speaker.
#[derive(Clone, Debug, PartialEq)]
pub struct Quote {
    /// The ordinal of its passage.
    pub passage: usize,
    /// The spans of its words in the passage, without the quotation marks, in reading order and
    /// disjoint: at least one.
    pub content: Vec<Span>,
    /// Between marks, reported, or partly both.
    pub kind: QuoteKind,
    /// The words that report it: `said`, `according to`; in the same passage.
    pub cue: Option<Span>,
    /// What the text calls the speaker at this place, perhaps in another passage: `he`, `Mr.
    /// Bugti`.
    pub mention: Option<PassageSpan>,
    /// Who speaks; `None` when the article does not say.
    pub speaker: Option<Speaker>,
    /// How sure the engine is of the speaker, from 0 to 1.
    pub confidence: f32,
    /// The rule that decided.
    pub rule: Rule,
}

/// A span in a passage of the article that may be another than the quote's own.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct PassageSpan {
    /// The ordinal of the passage.
    pub passage: usize,
    /// The bytes in it.
    pub span: Span,
}

/// How the words of a quote are given, by their marks (after Pareti et al., EMNLP 2013).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum QuoteKind {
    /// All between quotation marks.
    Direct,
    /// Without marks: in the article's own words, or a turn of a transcript, as its rule says.
    Indirect,
    /// Reported, with some words between marks.
    Mixed,
}

impl QuoteKind {
    /// All kinds.
    pub const ALL: [QuoteKind; 3] = [QuoteKind::Direct, QuoteKind::Indirect, QuoteKind::Mixed];

    /// The name in output and queries.
    pub fn name(self) -> &'static str {
        match self {
            QuoteKind::Direct => "direct",
            QuoteKind::Indirect => "indirect",
            QuoteKind::Mixed => "mixed",
        }
    }

    /// The kind of that name.
    pub fn from_name(name: &str) -> Option<QuoteKind> {
        QuoteKind::ALL.into_iter().find(|it| it.name() == name)
    }
}
