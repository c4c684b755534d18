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
    /// Whether the article says that it was uttered.
    pub stance: Stance,
}

impl Quote {
    /// Whether the article says that the words were uttered: what is listed and counted unless
    /// somebody asks for other stances.
    pub fn is_said(&self) -> bool {
        self.stance == Stance::Said
    }
}

/// A span in a passage of the article that may be another than the quote's own.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct PassageSpan {
    /// The ordinal of the passage.
    pub passage: usize,
    /// The bytes in it.
    pub span: Span,
}

/// Whether an article says that the words were uttered.
///
/// What somebody asked, demanded or promised was uttered.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Stance {
    /// It does.
    #[default]
    Said,
    /// It says that they were not: `denied saying`, `did not say whether`, `declined to say why`.
    Denied,
    /// It imagines that they were: `if he had said`, `might have said`.
    Hypothetical,
    /// It expects them: `will say`, `is expected to announce`.
    Expected,
    /// It asks whether they were: `did he say`, `asked whether he had said`.
    Questioned,
}

impl Stance {
    /// All stances.
    pub const ALL: [Stance; 5] =
        [Stance::Said, Stance::Denied, Stance::Hypothetical, Stance::Expected, Stance::Questioned];

    /// The name in output.
    pub fn name(self) -> &'static str {
        match self {
            Stance::Said => "said",
            Stance::Denied => "denied",
            Stance::Hypothetical => "hypothetical",
            Stance::Expected => "expected",
            Stance::Questioned => "questioned",
        }
    }

    /// The stance of that name.
    pub fn from_name(name: &str) -> Option<Stance> {
        Stance::ALL.into_iter().find(|it| it.name() == name)
    }
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
