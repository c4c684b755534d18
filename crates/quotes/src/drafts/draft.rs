//! What is attributed in a passage, before it is known who speaks.

use std::ops::Range;

use morgue_core::article::{QuoteKind, Rule, Span};

use crate::{
    lexicon::{Classes, any},
    passage::{Parsed, kind_of},
    syntax::phrase::Phrase,
};

/// What is attributed, before it is known who the phrase is.
#[derive(Clone, Debug)]
pub(crate) struct Draft {
    /// Spans of bytes, in order and disjoint, without quotation marks at their ends.
    pub content: Vec<Range<usize>>,
    /// The cue's bytes.
    pub cue: Option<Range<usize>>,
    /// The phrase that speaks and the sentence it stands in.
    pub subject: Option<Box<Subject>>,
    pub rule: Rule,
    /// How sure the rule is, from 0 to 1.
    pub confidence: f32,
    /// Whether it has quotations of its own.
    pub quoted: bool,
    /// Whether its cue is one of speech, not of thought or judgement.
    pub speech: bool,
    /// Whether the construction of its cue leaves no doubt that its quotations are reported.
    pub sure: bool,
}

/// The phrase that speaks, in the same passage.
#[derive(Clone, Debug)]
pub(crate) struct Subject {
    pub phrase: Phrase,
    /// Whom a relative pronoun stands for.
    pub antecedent: Option<Phrase>,
    /// The sentence it stands in.
    pub sentence: usize,
}

impl Draft {
    /// A quotation that no phrase claims.
    pub(crate) fn unclaimed(content: Range<usize>) -> Draft {
        Draft {
            content: vec![content],
            cue: None,
            subject: None,
            rule: Rule::NoSpeaker,
            confidence: 0.3,
            quoted: true,
            speech: false,
            sure: false,
        }
    }

    /// Its spans, disjoint and without the cue, and what kind of quote they make; `None` if they
    /// only hold a word that stands for something else.
    pub(crate) fn spans(&self, passage: &Parsed<'_>) -> Option<(Vec<Span>, QuoteKind)> {
        let mut ranges: Vec<Range<usize>> = self.content.clone();
        ranges.sort_by_key(|it| it.start);
        let mut spans: Vec<Span> = Vec::with_capacity(ranges.len());
        for range in ranges {
            let start = range.start.max(spans.last().map_or(0, |it| it.end()));
            let end = match &self.cue {
                Some(cue) if cue.start < range.end && start < cue.end => cue.start,
                _ => range.end,
            };
            spans.extend(Span::new(start, end));
        }
        let unclaimed = self.cue.is_none() && self.subject.is_none() && self.quoted;
        let kind = match kind_of(&spans, &passage.quotations) {
            // A doubtful term that stands by itself.
            QuoteKind::Indirect if unclaimed => QuoteKind::Direct,
            kind => kind,
        };
        let says_something =
            kind != QuoteKind::Indirect || spans.iter().any(|it| says_something(it, passage));
        says_something.then_some((spans, kind))
    }
}

/// Whether a span without words of a speaker is more than a word that stands for something else:
/// `it`, `that`; or than a term.
fn says_something(span: &Span, passage: &Parsed<'_>) -> bool {
    const STANDS_FOR: Classes = any!(PRONOUN | DEMONSTRATIVE | THAT | WH);
    let tokens = &passage.tokens;
    let from = tokens.partition_point(|it| it.end() <= span.start());
    let inside = tokens[from..].iter().take_while(|it| it.start() < span.end());
    inside.filter(|it| it.is_word()).any(|it| !it.is(STANDS_FOR))
}
