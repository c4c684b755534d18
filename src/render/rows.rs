//! The shapes of JSON output, as `docs/output.md` promises them.
//!
//! Offsets are code points into the passage's own text, half open. What is absent is `null`.

use serde::Serialize;

use crate::{
    article::{Described, FieldName, Quote, Span},
    attribute,
    search::{Reason, Version},
};

use super::json::object;

/// Versions of an article.
pub(super) fn versions(versions: &[Version]) -> Vec<impl Serialize> {
    let rows = versions.iter().map(|it| {
        object! {
            article: it.article.to_string(),
            path: &it.place.path,
            headline: &it.headline,
            source: &it.source,
            date: it.date.map(|it| it.to_string()),
        }
    });
    rows.collect()
}

/// What every row says of its article.
pub(super) fn article(article: &impl Described) -> impl Serialize {
    let text = |field| article.metadata().text(field);
    object! {
        article: article.id().to_string(),
        path: &article.place().path,
        headline: text(FieldName::Headline),
        source: text(FieldName::Source),
        date: text(FieldName::Date),
        byline: text(FieldName::Byline),
        place: text(FieldName::Place),
        section: text(FieldName::Section),
        language: text(FieldName::Language),
        url: text(FieldName::Url),
    }
}

/// A quote in its passage, with why it is its speaker's where somebody asked.
pub(super) fn quote(quote: &Quote, article: &impl Described, reason: Option<&Reason>) -> impl Serialize {
    let text_of = |ordinal: usize| article.passage(ordinal).map_or("", |it| it.text.as_str());
    let text = text_of(quote.passage);
    let mention = quote.mention;
    object! {
        content: offsets(&quote.content, text),
        text: quoted_text(quote, text),
        kind: quote.kind.name(),
        cue: quote.cue.map(|it| offset(it, text)),
        mention: mention.map(|it| offset(it.span, text_of(it.passage))),
        /// Where it is another than the quote's own.
        mention_passage: mention.map(|it| it.passage).filter(|it| *it != quote.passage),
        speaker: quote.speaker.as_ref().map(|it| object! {
            name: &it.name,
            kind: it.kind.name(),
            role: &it.role,
        }),
        confidence: rounded(quote.confidence),
        rule: quote.rule.name(),
        #[serde(flatten)]
        reason: reason.map(|it| object! { reason: why(it, article) }),
    }
}

fn why(reason: &Reason, article: &impl Described) -> impl Serialize {
    let chain = reason.explanation.chain.iter().map(|it| {
        object! {
            text: &it.text,
            passage: it.place.map(|it| it.passage),
            span: it.place.and_then(|it| Some(offset(it.span, &article.passage(it.passage)?.text))),
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
/// for word.
pub(super) fn manner(quote: &Quote) -> &'static str {
    if attribute::is_turn(quote) { "transcript" } else { quote.kind.name() }
}

/// The words of a quote; where the reporter's words stand between its pieces, `…` does.
pub(super) fn quoted_text(quote: &Quote, text: &str) -> String {
    let pieces: Vec<&str> = quote.content.iter().map(|it| it.of(text).trim()).collect();
    pieces.join(" … ")
}

pub(super) fn offset(span: Span, text: &str) -> [usize; 2] {
    let (start, end) = span.code_points(text);
    [start, end]
}

pub(super) fn offsets(spans: &[Span], text: &str) -> Vec<[usize; 2]> {
    spans.iter().map(|it| offset(*it, text)).collect()
}

/// Two decimals: more would claim a precision that no rule has.
pub(super) fn rounded(confidence: f32) -> f32 {
    (confidence * 100.0).round() / 100.0
}
