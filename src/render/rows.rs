//! The shapes of JSON output, as `docs/output.md` promises them.
//!
//! Offsets are code points into the passage's own text, half open. What is absent is `null`.

use std::collections::BTreeMap;

use serde::Serialize;

use crate::{
    archive::{Extracted, Reason, Shown, SpokenQuote},
    article::{Article, Candidate, Described, FieldName, Metadata, Passage, Quote, Span},
    attribute,
    attribute::Link,
    search::{Hit, Results, Version},
};

use super::context::ContextRows;

/// A passage that a search found.
#[derive(Serialize)]
pub(super) struct HitRow<'a> {
    rank: usize,
    score: f32,
    #[serde(flatten)]
    article: ArticleRow<'a>,
    passage: usize,
    kind: &'static str,
    text: &'a str,
    highlights: Vec<[usize; 2]>,
    quotes: Vec<QuoteRow<'a>>,
    copies: Vec<VersionRow<'a>>,
    /// The passages around it, where they were asked for.
    #[serde(flatten)]
    context: Option<ContextRows<'a>>,
}

impl<'a> HitRow<'a> {
    /// The hits, each with as many passages around it as were asked for.
    pub(super) fn of(results: &'a Results) -> impl Iterator<Item = HitRow<'a>> {
        results.hits.iter().map(|it| HitRow::new(it, results.context))
    }

    fn new(hit: &'a Hit, context: usize) -> HitRow<'a> {
        let passage = hit.passage();
        HitRow {
            rank: hit.rank,
            score: hit.score,
            article: ArticleRow::new(&hit.article),
            passage: hit.passage,
            kind: passage.kind.name(),
            text: &passage.text,
            highlights: offsets(&hit.highlights, &passage.text),
            quotes: hit.quotes.iter().map(|it| QuoteRow::new(it, &hit.article)).collect(),
            copies: hit.copies.iter().map(VersionRow::new).collect(),
            context: (context > 0).then(|| ContextRows::new(hit, context)),
        }
    }
}

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

/// A hit with the query of a batch that found it.
#[derive(Serialize)]
pub(super) struct BatchRow<'a> {
    pub(super) query: &'a str,
    #[serde(flatten)]
    pub(super) hit: HitRow<'a>,
}

/// What every row says of its article.
#[derive(Serialize)]
pub(super) struct ArticleRow<'a> {
    article: String,
    path: &'a str,
    headline: Option<&'a str>,
    source: Option<&'a str>,
    date: Option<String>,
    byline: Option<&'a str>,
    place: Option<&'a str>,
    section: Option<&'a str>,
    language: Option<String>,
    url: Option<&'a str>,
}

impl<'a> ArticleRow<'a> {
    pub(super) fn new(article: &'a impl Described) -> ArticleRow<'a> {
        let Metadata { headline, source, date, byline, place, section, language, url, rejected: _ } =
            article.metadata();
        let text = |it: &'a Option<crate::article::Resolved<String>>| it.as_ref().map(|it| it.value.as_str());
        ArticleRow {
            article: article.id().to_string(),
            path: &article.place().path,
            headline: text(headline),
            source: text(source),
            date: date.as_ref().map(|it| it.value.to_string()),
            byline: text(byline),
            place: text(place),
            section: text(section),
            language: language.as_ref().map(|it| it.value.to_string()),
            url: text(url),
        }
    }
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
    fn new(reason: &'a Reason, article: &Article) -> ReasonRow<'a> {
        let link = |it: &'a Link| LinkRow {
            text: &it.text,
            passage: it.place.map(|it| it.passage),
            span: it.place.and_then(|it| Some(offset(it.span, &article.passages().get(it.passage)?.text))),
        };
        ReasonRow {
            rule: reason.explanation.rule.meaning(),
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
            rule: quote.rule.name(),
            reason: None,
        }
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

/// A quote with its article, as `quotes` lists it.
#[derive(Serialize)]
pub(super) struct SpokenRow<'a> {
    rank: usize,
    #[serde(flatten)]
    article: ArticleRow<'a>,
    passage: usize,
    #[serde(flatten)]
    quote: QuoteRow<'a>,
    /// The text of the whole passage, which the offsets are of.
    passage_text: &'a str,
    copies: Vec<VersionRow<'a>>,
    person: Option<SpokenByRow<'a>>,
}

/// Whose a quote is, as the archive knows them.
#[derive(Serialize)]
struct SpokenByRow<'a> {
    name: &'a str,
    qualifier: Option<&'a str>,
    role: Option<&'a str>,
}

impl<'a> SpokenRow<'a> {
    pub(super) fn new(spoken: &'a SpokenQuote) -> SpokenRow<'a> {
        SpokenRow {
            rank: spoken.rank,
            article: ArticleRow::new(&spoken.article),
            passage: spoken.quote.passage,
            quote: QuoteRow::new(&spoken.quote, &spoken.article),
            passage_text: spoken.passage_text(),
            copies: spoken.copies.iter().map(VersionRow::new).collect(),
            person: spoken.person.as_ref().map(|it| SpokenByRow {
                name: &it.name,
                qualifier: it.qualifier.as_deref(),
                role: it.role.as_deref(),
            }),
        }
    }
}

/// A whole article: its metadata with origins, its passages with quotes.
#[derive(Serialize)]
pub(super) struct ArticleDocument<'a> {
    article: String,
    path: &'a str,
    /// Which document of its file it is, counted from 0.
    ordinal: usize,
    metadata: BTreeMap<&'static str, Option<ValueRow>>,
    passages: Vec<PassageRow<'a>>,
}

#[derive(Serialize)]
struct ValueRow {
    value: Option<String>,
    origin: Option<OriginRow>,
    candidates: Vec<CandidateRow>,
}

#[derive(Serialize)]
struct OriginRow {
    trust: &'static str,
    rule: String,
    place: String,
}

#[derive(Serialize)]
struct CandidateRow {
    value: String,
    origin: OriginRow,
}

#[derive(Serialize)]
struct PassageRow<'a> {
    passage: usize,
    kind: &'static str,
    text: &'a str,
    /// The bytes in the file, where the format is plain text.
    bytes: Option<[usize; 2]>,
    quotes: Vec<QuoteRow<'a>>,
}

impl<'a> ArticleDocument<'a> {
    pub(super) fn new(article: &'a Article, quotes: &'a [Quote]) -> ArticleDocument<'a> {
        ArticleDocument::with(article, quotes, &[])
    }

    /// The article with the reasons that were asked for.
    pub(super) fn explained(shown: &'a Shown) -> ArticleDocument<'a> {
        ArticleDocument::with(&shown.article, &shown.quotes, &shown.reasons)
    }

    fn with(article: &'a Article, quotes: &'a [Quote], reasons: &'a [Reason]) -> ArticleDocument<'a> {
        let row = |(place, quote): (usize, &'a Quote)| QuoteRow {
            reason: reasons.get(place).map(|it| ReasonRow::new(it, article)),
            ..QuoteRow::new(quote, article)
        };
        let passage = |(ordinal, passage): (usize, &'a Passage)| PassageRow {
            passage: ordinal,
            kind: passage.kind.name(),
            text: &passage.text,
            bytes: passage.bytes.as_ref().map(|it| [it.start, it.end]),
            quotes: quotes.iter().enumerate().filter(|it| it.1.passage == ordinal).map(row).collect(),
        };
        ArticleDocument {
            article: article.id.to_string(),
            path: &article.place.path,
            ordinal: article.place.ordinal,
            metadata: FieldName::ALL.map(|it| (it.name(), value_row(&article.metadata, it))).into(),
            passages: article.passages().iter().enumerate().map(passage).collect(),
        }
    }
}

/// The value with its origin; `null` when no place gave any; a `null` value when all that were given are no good.
fn value_row(metadata: &Metadata, field: FieldName) -> Option<ValueRow> {
    let candidate = |it: Candidate| CandidateRow { value: it.value, origin: origin_row(it.origin) };
    if let Some(resolved) = metadata.resolved(field) {
        return Some(ValueRow {
            value: Some(resolved.value),
            origin: Some(origin_row(resolved.origin)),
            candidates: resolved.candidates.into_iter().map(candidate).collect(),
        });
    }
    let rejected = metadata.rejected.iter().filter(|it| it.0 == field).map(|it| candidate(it.1.clone()));
    let candidates: Vec<_> = rejected.collect();
    (!candidates.is_empty()).then_some(ValueRow { value: None, origin: None, candidates })
}

fn origin_row(origin: crate::article::Origin) -> OriginRow {
    OriginRow { trust: origin.trust.name(), rule: origin.rule, place: origin.place }
}

/// What `extract` prints of one document of a file.
#[derive(Serialize)]
pub(super) struct ExtractedRow<'a> {
    #[serde(flatten)]
    article: Option<ArticleDocument<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    file: Option<&'a str>,
    problem: Option<String>,
    notes: &'a [String],
}

impl<'a> ExtractedRow<'a> {
    pub(super) fn new(path: &'a str, extracted: &'a Extracted) -> ExtractedRow<'a> {
        let notes = extracted.notes.as_slice();
        match &extracted.article {
            Ok((article, quotes)) => {
                let article = Some(ArticleDocument::new(article, quotes));
                ExtractedRow { article, file: None, problem: None, notes }
            }
            Err(problem) => {
                ExtractedRow { article: None, file: Some(path), problem: Some(problem.to_string()), notes }
            }
        }
    }
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
