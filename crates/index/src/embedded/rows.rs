//! What the index stores of an article, and how it is read back.
//!
//! Domain types are not serialized: these rows are, so that a change of either is a decision of its
//! own. A row that does not read back is reported as damage, never as an absent value.
//!
//! Rows are JSON arrays in the order of their fields, without names: a search reads two for each
//! hit, and to tell the names apart took longer than the values.

use std::borrow::Cow;

use serde::{Deserialize, Serialize, Serializer};

use morgue_core::article::{
    Article, ArticlePlace, Candidate, FieldName, Language, Metadata, Origin, Passage, PassageKind,
    PassageSpan, Published, Quote, QuoteKind, Resolved, Rule, Span, Speaker, SpeakerKind, Stance, Trust,
};

use super::days::date_of_day_number;

/// Names of kinds are strings in rows; reading one back that does not exist is damage.
type Known<T> = fn(&str) -> Option<T>;

fn known<T>(name: &str, of: Known<T>) -> Result<T, RowError> {
    of(name).ok_or_else(|| RowError(format!("`{name}` is unknown")))
}

/// A stored row that does not read back.
#[derive(Debug, thiserror::Error)]
#[error("a stored row is damaged: {0}")]
pub(crate) struct RowError(String);

impl RowError {
    /// A document that should store a row has none.
    pub(crate) fn absent() -> RowError {
        RowError("it is not there".to_owned())
    }
}

impl From<serde_json::Error> for RowError {
    fn from(error: serde_json::Error) -> RowError {
        RowError(error.to_string())
    }
}

/// Writes the rows of a type as arrays of their fields.
macro_rules! written_as_array {
    ($row:ident: $($field:ident)+) => {
        impl Serialize for $row<'_> {
            fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                ($(&self.$field,)+).serialize(serializer)
            }
        }
    };
}

written_as_array!(PassageRow: text kind bytes quotes);
written_as_array!(QuoteRow: content kind cue mention speaker confidence rule stance);
written_as_array!(SpeakerRow: name kind role);
written_as_array!(ArticleRow: path record name fields added);
written_as_array!(FieldRow: field value trust rule place won);

/// A passage and its quotes.
#[derive(Deserialize)]
pub(crate) struct PassageRow<'a> {
    #[serde(borrow)]
    text: Cow<'a, str>,
    #[serde(borrow)]
    kind: Cow<'a, str>,
    bytes: Option<(usize, usize)>,
    #[serde(borrow, default)]
    quotes: Vec<QuoteRow<'a>>,
}

impl<'a> PassageRow<'a> {
    pub(crate) fn new(passage: &'a Passage, quotes: &'a [Quote]) -> PassageRow<'a> {
        PassageRow {
            text: Cow::Borrowed(&passage.text),
            kind: Cow::Borrowed(passage.kind.name()),
            bytes: passage.bytes.as_ref().map(|it| (it.start, it.end)),
            quotes: quotes.iter().map(QuoteRow::new).collect(),
        }
    }

    /// The passage, and its quotes as those of passage `ordinal`.
    pub(crate) fn read(self, ordinal: usize) -> Result<(Passage, Vec<Quote>), RowError> {
        let kind = known(&self.kind, PassageKind::from_name)?;
        let mut passage =
            Passage::new(kind, &self.text).ok_or_else(|| RowError("a passage is blank".to_owned()))?;
        passage.bytes = self.bytes.map(|(start, end)| start..end);
        let quotes = self.quotes.into_iter().map(|it| it.read(ordinal)).collect::<Result<_, _>>()?;
        Ok((passage, quotes))
    }
}

#[derive(Deserialize)]
struct QuoteRow<'a> {
    content: Vec<(usize, usize)>,
    #[serde(borrow)]
    kind: Cow<'a, str>,
    cue: Option<(usize, usize)>,
    mention: Option<(usize, usize, usize)>,
    #[serde(borrow)]
    speaker: Option<SpeakerRow<'a>>,
    confidence: f32,
    #[serde(borrow)]
    rule: Cow<'a, str>,
    #[serde(borrow)]
    stance: Cow<'a, str>,
}

#[derive(Deserialize)]
struct SpeakerRow<'a> {
    #[serde(borrow)]
    name: Cow<'a, str>,
    #[serde(borrow)]
    kind: Cow<'a, str>,
    #[serde(borrow)]
    role: Option<Cow<'a, str>>,
}

impl<'a> QuoteRow<'a> {
    fn new(quote: &'a Quote) -> QuoteRow<'a> {
        QuoteRow {
            content: quote.content.iter().map(|it| (it.start(), it.end())).collect(),
            kind: Cow::Borrowed(quote.kind.name()),
            cue: quote.cue.map(|it| (it.start(), it.end())),
            mention: quote.mention.map(|it| (it.passage, it.span.start(), it.span.end())),
            speaker: quote.speaker.as_ref().map(|it| SpeakerRow {
                name: Cow::Borrowed(&it.name),
                kind: Cow::Borrowed(it.kind.name()),
                role: it.role.as_deref().map(Cow::Borrowed),
            }),
            confidence: quote.confidence,
            rule: Cow::Borrowed(quote.rule.name()),
            stance: Cow::Borrowed(quote.stance.name()),
        }
    }

    fn read(self, passage: usize) -> Result<Quote, RowError> {
        let span = |(start, end)| Span::new(start, end).ok_or_else(|| RowError("a span is empty".to_owned()));
        let speaker = match self.speaker {
            None => None,
            Some(row) => Some(Speaker {
                name: row.name.into_owned(),
                kind: known(&row.kind, SpeakerKind::from_name)?,
                role: row.role.map(Cow::into_owned),
            }),
        };
        let mention = match self.mention {
            None => None,
            Some((passage, start, end)) => Some(PassageSpan { passage, span: span((start, end))? }),
        };
        Ok(Quote {
            passage,
            content: self.content.into_iter().map(span).collect::<Result<_, _>>()?,
            kind: known(&self.kind, QuoteKind::from_name)?,
            cue: self.cue.map(span).transpose()?,
            mention,
            speaker,
            confidence: self.confidence,
            rule: known(&self.rule, Rule::from_name)?,
            stance: known(&self.stance, Stance::from_name)?,
        })
    }
}

/// The place and the metadata of an article.
#[derive(Deserialize)]
pub(crate) struct ArticleRow<'a> {
    #[serde(borrow)]
    path: Cow<'a, str>,
    record: Option<usize>,
    #[serde(borrow, default)]
    pub name: Option<Cow<'a, str>>,
    #[serde(borrow)]
    fields: Vec<FieldRow<'a>>,
    /// The day that the archive first had it, in days since 1970.
    pub added: Option<i64>,
}

/// One value that was found for a field: the winner of each field comes first, the others follow as
/// they were weighed.
#[derive(Deserialize)]
struct FieldRow<'a> {
    #[serde(borrow)]
    field: Cow<'a, str>,
    #[serde(borrow)]
    value: Cow<'a, str>,
    #[serde(borrow)]
    trust: Cow<'a, str>,
    #[serde(borrow)]
    rule: Cow<'a, str>,
    #[serde(borrow)]
    place: Cow<'a, str>,
    won: bool,
}

impl<'a> ArticleRow<'a> {
    pub(crate) fn new(article: &'a Article, added: Option<i64>) -> ArticleRow<'a> {
        let Article { place, name, metadata, .. } = article;
        let mut fields = Vec::new();
        let mut push = |field: FieldName, value: &str, origin: &Origin, won| {
            fields.push(FieldRow {
                field: field.name().into(),
                value: value.to_owned().into(),
                trust: origin.trust.name().into(),
                rule: origin.rule.clone().into(),
                place: origin.place.clone().into(),
                won,
            });
        };
        for field in FieldName::ALL {
            if let Some(resolved) = metadata.resolved(field) {
                push(field, &resolved.value, &resolved.origin, true);
                for candidate in &resolved.candidates {
                    push(field, &candidate.value, &candidate.origin, false);
                }
            }
        }
        for (field, candidate) in &metadata.rejected {
            push(*field, &candidate.value, &candidate.origin, false);
        }
        ArticleRow {
            path: place.path.as_str().into(),
            record: place.record,
            name: name.as_deref().map(Cow::Borrowed),
            fields,
            added,
        }
    }

    pub(crate) fn place(&self) -> ArticlePlace {
        ArticlePlace { path: self.path.clone().into_owned(), record: self.record }
    }

    pub(crate) fn metadata(self) -> Result<Metadata, RowError> {
        let mut metadata = Metadata { added: self.added.map(date_of_day_number), ..Metadata::default() };
        let mut losers: Vec<(FieldName, Candidate)> = Vec::new();
        let mut winners: Vec<(FieldName, String, Origin)> = Vec::new();
        for row in self.fields {
            let name = known(&row.field, FieldName::from_name)?;
            let trust = known(&row.trust, Trust::from_name)?;
            let origin = Origin { trust, rule: row.rule.into_owned(), place: row.place.into_owned() };
            let value = row.value.into_owned();
            if row.won {
                winners.push((name, value, origin));
            } else {
                losers.push((name, Candidate { value, origin }));
            }
        }
        for (name, value, origin) in winners {
            let mine = losers.extract_if(.., |it| it.0 == name).map(|it| it.1);
            let candidates = mine.collect();
            set(&mut metadata, name, Resolved { value, origin, candidates })?;
        }
        metadata.rejected = losers;
        Ok(metadata)
    }
}

fn set(metadata: &mut Metadata, name: FieldName, resolved: Resolved<String>) -> Result<(), RowError> {
    let Resolved { value, origin, candidates } = resolved;
    let unreadable = |value: &str| RowError(format!("`{value}` is no value of {}", name.name()));
    match name {
        FieldName::Date => {
            let value = read_date(&value).ok_or_else(|| unreadable(&value))?;
            metadata.date = Some(Resolved { value, origin, candidates });
        }
        FieldName::Language => {
            let value = Language::from_tag(&value).ok_or_else(|| unreadable(&value))?;
            metadata.language = Some(Resolved { value, origin, candidates });
        }
        FieldName::Headline => metadata.headline = Some(Resolved { value, origin, candidates }),
        FieldName::Source => metadata.source = Some(Resolved { value, origin, candidates }),
        FieldName::Byline => metadata.byline = Some(Resolved { value, origin, candidates }),
        FieldName::Place => metadata.place = Some(Resolved { value, origin, candidates }),
        FieldName::Section => metadata.section = Some(Resolved { value, origin, candidates }),
        FieldName::Url => metadata.url = Some(Resolved { value, origin, candidates }),
        FieldName::Correction => metadata.correction = Some(Resolved { value, origin, candidates }),
    }
    Ok(())
}

/// A date as [`Metadata::resolved`] writes it: ISO, or RFC 3339 for an instant.
fn read_date(text: &str) -> Option<Published> {
    Published::from_iso(text).or_else(|| Published::from_rfc3339(text))
}
