//! A passage → its first readings: tokens, quotations, skeleton and cues.

use std::ops::Range;

use morgue_core::article::{Passage, PassageKind, QuoteKind, Span};

use super::{
    assign::{Draft, Source},
    cue::{self, Cue},
    lexicon::{Classes, Lexicon},
    quotation::{Quotation, quotations},
    skeleton::{Skeleton, UnitKind, skeleton},
    token, turn,
};

/// A passage with its first three readings.
pub(super) struct Read<'a> {
    pub(super) text: &'a str,
    pub(super) kind: PassageKind,
    pub(super) quotations: Vec<Quotation>,
    pub(super) skeleton: Skeleton,
    pub(super) cues: Vec<Vec<Cue>>,
}

impl Read<'_> {
    pub(super) fn line(&self) -> turn::Line<'_> {
        turn::Line { text: self.text, kind: self.kind, units: &self.skeleton.units }
    }

    pub(super) fn source(&self) -> Source<'_> {
        Source { text: self.text, quotations: &self.quotations, skeleton: &self.skeleton, cues: &self.cues }
    }
}

/// Reads the passages. An article that quotes between double marks means something else by single ones.
pub(super) fn read_all<'a>(passages: &'a [Passage], lexicon: &Lexicon) -> Vec<Read<'a>> {
    let mut marked = Vec::with_capacity(passages.len());
    let (mut n_single, mut n_double) = (0, 0);
    for passage in passages {
        let tokens = token::tokens(&passage.text, lexicon);
        let quotations = quotations(&passage.text, &tokens);
        for it in &quotations {
            *(if it.single { &mut n_single } else { &mut n_double }) += 1;
        }
        marked.push((passage, tokens, quotations));
    }
    let read = marked.into_iter().map(|(passage, tokens, mut quotations)| {
        quotations.retain(|it| !it.single || n_single > n_double);
        let text = passage.text.as_str();
        let skeleton = skeleton(text, &tokens, &quotations);
        let cues = skeleton.sentences.iter().map(|it| cue::cues(&skeleton.units, it.clone())).collect();
        Read { text, kind: passage.kind, quotations, skeleton, cues }
    });
    read.collect()
}

/// The spans of a draft, disjoint and off its cue, and what kind of quote they make.
pub(super) fn content_of(draft: &Draft, read: &Read<'_>) -> Option<(Vec<Span>, QuoteKind)> {
    let mut ranges: Vec<Range<usize>> = draft.content.clone();
    ranges.sort_by_key(|it| it.start);
    let mut spans: Vec<Span> = Vec::new();
    for range in ranges {
        let start = range.start.max(spans.last().map_or(0, |it| it.end()));
        let cut = match &draft.cue {
            Some(cue) if cue.start < range.end && start < cue.end => cue.start,
            _ => range.end,
        };
        spans.extend(Span::new(start, cut));
    }
    let kind = kind_of(&spans, &read.quotations);
    let says_something = kind != QuoteKind::Indirect || spans.iter().any(|it| says_something(it, read));
    says_something.then_some((spans, kind))
}

/// Whether a span is more than a word that stands for something else: `it`, `that`.
fn says_something(span: &Span, read: &Read<'_>) -> bool {
    const STANDS_FOR: Classes =
        Classes::PRONOUN.union(Classes::DEMONSTRATIVE).union(Classes::THAT).union(Classes::WH);
    let units = &read.skeleton.units;
    let from = units.partition_point(|it| it.end <= span.start());
    let inside = units[from..].iter().take_while(|it| it.start < span.end());
    inside.filter(|it| it.kind != UnitKind::Punct).any(|it| !it.is(STANDS_FOR))
}

/// Direct when every span lies between marks, mixed when some words do.
pub(super) fn kind_of(spans: &[Span], quotations: &[Quotation]) -> QuoteKind {
    let touches = |span: &Span| {
        let from = quotations.partition_point(|it| it.end <= span.start());
        quotations.get(from).filter(|it| it.start < span.end())
    };
    if spans
        .iter()
        .all(|it| touches(it).is_some_and(|other| other.start <= it.start() && it.end() <= other.end))
    {
        QuoteKind::Direct
    } else if spans.iter().any(|it| touches(it).is_some()) {
        QuoteKind::Mixed
    } else {
        QuoteKind::Indirect
    }
}
