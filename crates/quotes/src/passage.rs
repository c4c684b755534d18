//! A passage → its readings: quotations, skeleton and cues, which every later step asks.

use std::ops::Range;

use morgue_core::article::{Passage, PassageKind, PassageSpan, QuoteKind, Span};

use crate::{
    lexicon::Lexicon,
    syntax::cue::{self, Cue},
    text::{
        lexer,
        masked::{Skeleton, skeleton},
        quotation::{Quotation, quotations},
        token::{Unit, UnitKind},
    },
};

/// A passage of an article with its readings.
pub(crate) struct Parsed<'a> {
    /// Its place in the article.
    pub ordinal: usize,
    pub text: &'a str,
    pub kind: PassageKind,
    pub quotations: Vec<Quotation>,
    pub skeleton: Skeleton,
    /// The cues of each of its sentences.
    pub cues: Vec<Vec<Cue>>,
}

impl Parsed<'_> {
    /// The quotation that the unit stands for.
    pub(crate) fn quotation(&self, unit: &Unit) -> Option<&Quotation> {
        match unit.kind {
            UnitKind::Quote(index) => self.quotations.get(index),
            _ => None,
        }
    }

    /// The last character inside the quotation.
    pub(crate) fn last_char(&self, quotation: &Quotation) -> Option<char> {
        self.text[quotation.start..quotation.end].trim_end().chars().next_back()
    }

    /// Words inside the quotation, counted up to ten.
    pub(crate) fn n_words(&self, quotation: &Quotation) -> usize {
        self.text[quotation.start..quotation.end].split_whitespace().take(10).count()
    }

    /// The bytes inside the quotation of that unit, trimmed.
    pub(crate) fn inside(&self, unit: usize) -> Option<Range<usize>> {
        let quotation = self.quotation(self.skeleton.units.get(unit)?)?;
        self.trimmed(quotation.start..quotation.end)
    }

    /// The range without white space at its ends; `None` when nothing is left.
    pub(crate) fn trimmed(&self, range: Range<usize>) -> Option<Range<usize>> {
        let inner = self.text.get(range.clone())?;
        let start = range.start + (inner.len() - inner.trim_start().len());
        let end = start + inner.trim().len();
        (start < end).then_some(start..end)
    }

    /// The place of a range of units; `None` when it is empty.
    pub(crate) fn span(&self, units: Range<usize>) -> Option<PassageSpan> {
        let units = self.skeleton.units.get(units)?;
        let span = Span::new(units.first()?.start, units.last()?.end)?;
        Some(PassageSpan { passage: self.ordinal, span })
    }

    /// The bytes of a cue.
    pub(crate) fn cue_bytes(&self, cue: &Cue) -> Range<usize> {
        let units = &self.skeleton.units;
        units[cue.at].start..units[cue.end - 1].end
    }
}

/// Parses the passages of an article. Where most quotations stand between double marks, single marks open none.
pub(crate) fn parse_all<'a>(passages: &'a [Passage], lexicon: &Lexicon) -> Vec<Parsed<'a>> {
    let mut marked = Vec::with_capacity(passages.len());
    let (mut n_single, mut n_double) = (0, 0);
    for passage in passages {
        let tokens = lexer::tokens(&passage.text, lexicon);
        let quotations = quotations(&passage.text, &tokens);
        for it in &quotations {
            *(if it.single { &mut n_single } else { &mut n_double }) += 1;
        }
        marked.push((passage, tokens, quotations));
    }
    let parsed = marked.into_iter().enumerate().map(|(ordinal, (passage, tokens, mut quotations))| {
        quotations.retain(|it| !it.single || n_single > n_double);
        let text = passage.text.as_str();
        let skeleton = skeleton(text, &tokens, &quotations);
        let cues = skeleton.sentences.iter().map(|it| cue::cues(&skeleton.units, it.clone())).collect();
        Parsed { ordinal, text, kind: passage.kind, quotations, skeleton, cues }
    });
    parsed.collect()
}

/// Direct when every span lies between marks, mixed when some words do.
pub(crate) fn kind_of(spans: &[Span], quotations: &[Quotation]) -> QuoteKind {
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
