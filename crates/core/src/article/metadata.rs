//! What is known of an article beside its text.

use std::borrow::Cow;

use jiff::civil::Date;

use super::{Candidate, Language, Origin, Published, Resolved, Trust};

/// What is known of an article, each value with its origin; what nobody gave is absent.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Metadata {
    /// The headline, also the first passage.
    pub headline: Option<Resolved<String>>,
    /// Who published it: the name of an outlet or agency.
    pub source: Option<Resolved<String>>,
    /// When it was published, only as fine as known.
    pub date: Option<Resolved<Published>>,
    /// Who wrote it, several joined as written: `Ann Lee and Bo Diaz`.
    pub byline: Option<Resolved<String>>,
    /// Where it was reported from: the place of the dateline.
    pub place: Option<Resolved<String>>,
    /// The section it stood in.
    pub section: Option<Resolved<String>>,
    /// The language of its text.
    pub language: Option<Resolved<Language>>,
    /// Where it was published on the web.
    pub url: Option<Resolved<String>>,
    /// What its outlet later corrected or withdrew in it.
    pub correction: Option<Resolved<String>>,
    /// The day that the archive first had these words; known only of indexed articles.
    pub added: Option<Date>,
    /// Candidates of fields for which none could be understood.
    pub rejected: Vec<(FieldName, Candidate)>,
}

impl Metadata {
    /// The value of a field as text: a date as fine as known, an instant by its day.
    pub fn text(&self, name: FieldName) -> Option<Cow<'_, str>> {
        let text = match name {
            FieldName::Headline => &self.headline,
            FieldName::Source => &self.source,
            FieldName::Date => return self.published().map(|it| Cow::Owned(it.to_string())),
            FieldName::Byline => &self.byline,
            FieldName::Place => &self.place,
            FieldName::Section => &self.section,
            FieldName::Language => return self.language.as_ref().map(|it| Cow::Borrowed(it.value.code())),
            FieldName::Url => &self.url,
            FieldName::Correction => &self.correction,
        };
        text.as_ref().map(|it| Cow::Borrowed(it.value.as_str()))
    }

    /// When the article was published.
    pub fn published(&self) -> Option<Published> {
        self.date.as_ref().map(|it| it.value)
    }

    /// A field by its name, its value as text: a date as fine as known, an instant in RFC 3339.
    pub fn resolved(&self, name: FieldName) -> Option<Resolved<String>> {
        match name {
            FieldName::Headline => self.headline.clone(),
            FieldName::Source => self.source.clone(),
            FieldName::Date => {
                let text = |it: &Published| it.instant().unwrap_or_else(|| it.to_string());
                self.date.as_ref().map(|it| it.with(text(&it.value)))
            }
            FieldName::Byline => self.byline.clone(),
            FieldName::Place => self.place.clone(),
            FieldName::Section => self.section.clone(),
            FieldName::Language => self.language.as_ref().map(|it| it.with(it.value.to_string())),
            FieldName::Url => self.url.clone(),
            FieldName::Correction => self.correction.clone(),
        }
    }

    /// The candidates for a field that lost to its value; where it has none, those that could not
    /// be understood.
    pub fn candidates(&self, name: FieldName) -> Vec<Candidate> {
        match self.resolved(name) {
            Some(resolved) => resolved.candidates,
            None => self.rejected.iter().filter(|it| it.0 == name).map(|it| it.1.clone()).collect(),
        }
    }
}

/// The fields of [`Metadata`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum FieldName {
    /// See [`Metadata::headline`].
    Headline,
    /// See [`Metadata::source`].
    Source,
    /// See [`Metadata::date`].
    Date,
    /// See [`Metadata::byline`].
    Byline,
    /// See [`Metadata::place`].
    Place,
    /// See [`Metadata::section`].
    Section,
    /// See [`Metadata::language`].
    Language,
    /// See [`Metadata::url`].
    Url,
    /// See [`Metadata::correction`].
    Correction,
}

impl FieldName {
    /// All fields, in the order they are shown.
    pub const ALL: [FieldName; 9] = [
        FieldName::Headline,
        FieldName::Source,
        FieldName::Date,
        FieldName::Byline,
        FieldName::Place,
        FieldName::Section,
        FieldName::Language,
        FieldName::Url,
        FieldName::Correction,
    ];

    /// The name in settings, sidecars, queries and output.
    pub fn name(self) -> &'static str {
        match self {
            FieldName::Headline => "headline",
            FieldName::Source => "source",
            FieldName::Date => "date",
            FieldName::Byline => "byline",
            FieldName::Place => "place",
            FieldName::Section => "section",
            FieldName::Language => "language",
            FieldName::Url => "url",
            FieldName::Correction => "correction",
        }
    }

    /// The field of that name.
    pub fn from_name(name: &str) -> Option<FieldName> {
        FieldName::ALL.into_iter().find(|it| it.name() == name)
    }
}

/// A value for a field as some place gives it, not yet understood nor weighed against others.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Field {
    /// The field it is for.
    pub name: FieldName,
    /// The text as it stands there.
    pub value: String,
    /// Where it stands.
    pub origin: Origin,
}

impl Field {
    /// A value found at `place` by `rule`.
    pub fn new(name: FieldName, value: &str, trust: Trust, rule: &str, place: &str) -> Field {
        let origin = Origin { trust, rule: rule.to_owned(), place: place.to_owned() };
        Field { name, value: value.to_owned(), origin }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_field_is_text_and_its_candidates_are_those_that_lost() {
        let origin =
            || Origin { trust: Trust::Text, rule: "dateline".to_owned(), place: "line 1".to_owned() };
        let candidate = |value: &str| Candidate { value: value.to_owned(), origin: origin() };
        let date = Published::from_rfc3339("2019-03-02T23:30:00-05:00").expect("an instant");
        let metadata = Metadata {
            date: Some(Resolved { value: date, origin: origin(), candidates: vec![candidate("2019")] }),
            language: Some(Resolved { value: Language::ENGLISH, origin: origin(), candidates: Vec::new() }),
            rejected: vec![(FieldName::Url, candidate("harbour"))],
            ..Metadata::default()
        };
        let text = |name| metadata.text(name).map(Cow::into_owned);
        assert_eq!(text(FieldName::Date).as_deref(), Some("2019-03-02"));
        assert_eq!(text(FieldName::Language).as_deref(), Some("en"));
        assert_eq!(text(FieldName::Url), None);
        assert_eq!(metadata.candidates(FieldName::Date), [candidate("2019")]);
        assert_eq!(metadata.candidates(FieldName::Url), [candidate("harbour")]);
        assert_eq!(origin().to_string(), "text: dateline, line 1");
    }
}
