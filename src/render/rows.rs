//! The shapes of JSON output, as `docs/output.md` promises them.
//!
//! Offsets are code points into the passage's own text, half open. What is absent is `null`.

use serde::{Serialize, Serializer};

use crate::{
    archive::Reason,
    article::{Described, FieldName, Metadata, Passage, Quote, Span},
    attribute::{self, Link},
    search::Version,
};

/// Another version of an article.
#[derive(Serialize)]
pub(super) struct VersionRow<'a> {
    article: String,
    path: &'a str,
    headline: Option<&'a str>,
    source: Option<&'a str>,
    date: Option<String>,
}

impl<'a> VersionRow<'a> {
    pub(super) fn new(version: &'a Version) -> VersionRow<'a> {
        VersionRow {
            article: version.article.to_string(),
            path: &version.place.path,
            headline: version.headline.as_deref(),
            source: version.source.as_deref(),
            date: version.date.map(|it| it.to_string()),
        }
    }
}

/// What every row says of its article.
#[derive(Serialize)]
pub(super) struct ArticleRow<'a> {
    article: String,
    path: &'a str,
    #[serde(flatten, serialize_with = "fields")]
    metadata: &'a Metadata,
}

impl<'a> ArticleRow<'a> {
    pub(super) fn new(article: &'a impl Described) -> ArticleRow<'a> {
        ArticleRow {
            article: article.id().to_string(),
            path: &article.place().path,
            metadata: article.metadata(),
        }
    }
}

/// Writes each field of the metadata as text, or `null`.
fn fields<S: Serializer>(metadata: &Metadata, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.collect_map(FieldName::ALL.map(|it| (it.name(), metadata.text(it))))
}

/// A quote in its passage.
#[derive(Serialize)]
pub(super) struct QuoteRow<'a> {
    content: Vec<[usize; 2]>,
    text: String,
    kind: &'static str,
    cue: Option<[usize; 2]>,
    mention: Option<[usize; 2]>,
    /// The passage of the mention, where it is another than the quote's own.
    mention_passage: Option<usize>,
    speaker: Option<SpeakerRow<'a>>,
    confidence: f32,
    rule: &'a str,
    /// Why, if somebody asked.
    #[serde(skip_serializing_if = "Option::is_none")]
    reason: Option<ReasonRow<'a>>,
}

/// Why a quote is its speaker's.
#[derive(Serialize)]
struct ReasonRow<'a> {
    rule: &'a str,
    chain: Vec<LinkRow<'a>>,
    person: Option<&'a str>,
    person_reason: Option<&'a str>,
}

#[derive(Serialize)]
struct LinkRow<'a> {
    text: &'a str,
    passage: Option<usize>,
    span: Option<[usize; 2]>,
}

#[derive(Serialize)]
struct SpeakerRow<'a> {
    name: &'a str,
    kind: &'static str,
    role: Option<&'a str>,
}

impl<'a> ReasonRow<'a> {
    fn new(reason: &'a Reason, article: &impl Described) -> ReasonRow<'a> {
        let link = |it: &'a Link| LinkRow {
            text: &it.text,
            passage: it.place.map(|it| it.passage),
            span: it.place.and_then(|it| Some(offset(it.span, &article.passage(it.passage)?.text))),
        };
        ReasonRow {
            rule: &reason.explanation.rule,
            chain: reason.explanation.chain.iter().map(link).collect(),
            person: reason.person.as_ref().map(|it| it.0.as_str()),
            person_reason: reason.person.as_ref().map(|it| it.1),
        }
    }
}

impl<'a> QuoteRow<'a> {
    pub(super) fn new(quote: &'a Quote, article: &impl Described) -> QuoteRow<'a> {
        let text_of = |ordinal: usize| article.passage(ordinal).map_or("", |it: &Passage| it.text.as_str());
        let text = text_of(quote.passage);
        let mention = quote.mention;
        QuoteRow {
            content: offsets(&quote.content, text),
            text: quoted_text(quote, text),
            kind: quote.kind.name(),
            cue: quote.cue.map(|it| offset(it, text)),
            mention: mention.map(|it| offset(it.span, text_of(it.passage))),
            mention_passage: mention.map(|it| it.passage).filter(|it| *it != quote.passage),
            speaker: quote.speaker.as_ref().map(|it| SpeakerRow {
                name: &it.name,
                kind: it.kind.name(),
                role: it.role.as_deref(),
            }),
            confidence: rounded(quote.confidence),
            rule: &quote.rule,
            reason: None,
        }
    }

    /// The quote with why it is its speaker's, where somebody asked.
    pub(super) fn with_reason(self, reason: Option<&'a Reason>, article: &impl Described) -> QuoteRow<'a> {
        QuoteRow { reason: reason.map(|it| ReasonRow::new(it, article)), ..self }
    }
}

/// How the words of a quote are given, for people: a turn of a transcript has no marks and is word for word.
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
