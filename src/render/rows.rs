//! The shapes of JSON output, as `docs/output.md` promises them.
//!
//! Offsets are code points into the passage's own text, half open. What is absent is `null`.

use std::{cell::RefCell, collections::HashMap};

use crate::{
    article::{CodePoints, Described, FieldName, Quote, Span, Speaker, Stance},
    attribute,
    search::{Reason, Version},
};

use super::{Row, fragment, json::object};

/// Versions of an article.
pub(super) fn versions(versions: &[Version]) -> Vec<impl Row> {
    let rows = versions.iter().map(|it| {
        object! {
            article: it.article.to_string(),
            path: it.place.address(),
            headline: &it.headline,
            source: &it.source,
            date: it.date.map(|it| it.to_string()),
        }
    });
    rows.collect()
}

/// What every row says of its article.
pub(super) fn article(article: &impl Described) -> impl Row {
    let text = |field| article.metadata().text(field);
    object! {
        article: article.id().to_string(),
        path: article.place().address(),
        headline: text(FieldName::Headline),
        source: text(FieldName::Source),
        date: text(FieldName::Date),
        byline: text(FieldName::Byline),
        place: text(FieldName::Place),
        section: text(FieldName::Section),
        language: text(FieldName::Language),
        url: text(FieldName::Url),
        correction: text(FieldName::Correction),
    }
}

/// The places of spans in the passages of an article, in code points; each passage is counted once.
pub(super) struct Places<'a, D> {
    article: &'a D,
    counted: RefCell<HashMap<usize, CodePoints<'a>>>,
}

impl<'a, D: Described> Places<'a, D> {
    /// Of an article of which nothing is counted yet.
    pub(super) fn new(article: &'a D) -> Places<'a, D> {
        Places { article, counted: RefCell::default() }
    }

    /// The place of a span in the passage of that ordinal.
    pub(super) fn place(&self, passage: usize, span: Span) -> [usize; 2] {
        let mut counted = self.counted.borrow_mut();
        counted.entry(passage).or_insert_with(|| CodePoints::of(self.text(passage))).span(span)
    }

    fn text(&self, passage: usize) -> &'a str {
        self.article.passage(passage).map_or("", |it| it.text.as_str())
    }
}

/// A quote in its passage, with why it is its speaker's where somebody asked.
pub(super) fn quote<'q, D: Described>(
    quote: &'q Quote,
    places: &Places<'_, D>,
    reason: Option<&'q Reason>,
) -> impl Row + use<'q, D> {
    let mention = quote.mention;
    object! {
        content: quote.content.iter().map(|it| places.place(quote.passage, *it)).collect::<Vec<_>>(),
        text: quoted_text(quote, places.text(quote.passage)),
        kind: quote.kind.name(),
        cue: quote.cue.map(|it| places.place(quote.passage, it)),
        mention: mention.map(|it| places.place(it.passage, it.span)),
        /// Where it is another than the quote's own.
        mention_passage: mention.map(|it| it.passage).filter(|it| *it != quote.passage),
        speaker: quote.speaker.as_ref().map(|it| object! {
            name: &it.name,
            kind: it.kind.name(),
            role: &it.role,
        }),
        confidence: rounded(quote.confidence),
        rule: quote.rule.name(),
        stance: quote.stance.name(),
        #[serde(flatten)]
        reason: reason.map(|it| object! { reason: why(it, places) }),
    }
}

fn why<'q, D: Described>(reason: &'q Reason, places: &Places<'_, D>) -> impl Row + use<'q, D> {
    let chain = reason.explanation.chain.iter().map(|it| {
        object! {
            text: &it.text,
            passage: it.place.map(|it| it.passage),
            span: it.place
                .filter(|it| places.article.passage(it.passage).is_some())
                .map(|it| places.place(it.passage, it.span)),
        }
    });
    object! {
        rule: reason.explanation.rule.meaning(),
        chain: chain.collect::<Vec<_>>(),
        person: reason.person.as_ref().map(|it| &it.0),
        person_reason: reason.person.as_ref().map(|it| it.1),
    }
}

/// How the words of a quote are given, for people: a turn of a transcript has no marks and is word
/// for word, and what was not said is called so: `direct, denied`.
pub fn manner(quote: &Quote) -> String {
    let kind = if attribute::is_turn(quote) { "transcript" } else { quote.kind.name() };
    [Some(kind), unsaid(quote.stance)].into_iter().flatten().collect::<Vec<_>>().join(", ")
}

/// What a quote is called that was not said.
pub fn unsaid(stance: Stance) -> Option<&'static str> {
    (stance != Stance::Said).then(|| stance.name())
}

/// Who speaks in some quotes, each once; whoever has words there that were not said, once more for
/// each stance of these.
pub fn speakers(quotes: &[Quote]) -> Vec<(&Speaker, Stance)> {
    let mut speakers = Vec::new();
    for speaker in quotes.iter().filter_map(|it| Some((it.speaker.as_ref()?, it.stance))) {
        if !speakers.contains(&speaker) {
            speakers.push(speaker);
        }
    }
    speakers
}

/// The words of a quote; where the reporter's words stand between its pieces, `…` does.
pub fn quoted_text(quote: &Quote, text: &str) -> String {
    let pieces: Vec<&str> = quote.content.iter().map(|it| it.of(text).trim()).collect();
    pieces.join(" … ")
}

/// Where the words of a quote stand in its passage, from the first piece to the last.
pub(super) fn place_of<'a>(quote: &Quote, text: &'a str) -> fragment::Place<'a> {
    let ends = quote.content.first().zip(quote.content.last());
    let (from, to) = ends.map_or((0, text.len()), |(first, last)| (first.start(), last.end()));
    fragment::Place::new(text, from, to)
}

/// The places of spans in one text, in code points.
pub(super) fn offsets(spans: &[Span], text: &str) -> Vec<[usize; 2]> {
    let code_points = CodePoints::of(text);
    spans.iter().map(|it| code_points.span(*it)).collect()
}

/// Two decimals: more would claim a precision that no rule has.
pub(super) fn rounded(confidence: f32) -> f32 {
    (confidence * 100.0).round() / 100.0
}
