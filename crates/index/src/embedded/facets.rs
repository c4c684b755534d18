//! Counts matching passages by the values of a field, from columns: no stored document is read.

use std::collections::{BTreeMap, HashMap};

use jiff::civil::Date;
use tantivy::{DocId, SegmentReader, columnar::StrColumn};

use morgue_core::article::SpeakerKind;
use morgue_query::{CheckedQuery, Facet};

use crate::Counted;

use super::{
    Snapshot,
    days::{DayColumns, dates},
    failure::Result,
    matching::Matching,
    schema::Unit,
    segment::{term_ordinal, texts},
    tokenizer::UNKNOWN,
};

/// The counts of each value: `None` is what has none.
pub(super) type CountsByValue = BTreeMap<Option<String>, Counted>;

/// A passage: the key of its article, and its ordinal.
type Place = (u64, u64);

impl Snapshot {
    pub(crate) fn facets(
        &self,
        query: Option<&CheckedQuery>,
        facets: &[Facet],
    ) -> Result<Vec<CountsByValue>> {
        if facets.is_empty() {
            return Ok(Vec::new());
        }
        let passages = self.matching(Unit::Passage, query)?;
        let count = |facet: &Facet| self.counts_of(*facet, &passages, query.is_none());
        Ok(facets.iter().map(count).collect::<tantivy::Result<_>>()?)
    }

    pub(crate) fn speaker_counts(
        &self,
        query: Option<&CheckedQuery>,
    ) -> Result<BTreeMap<Option<(String, SpeakerKind)>, Counted>> {
        let passages = self.matching(Unit::Passage, query)?;
        Ok(self.speakers_of(&passages, query.is_none())?)
    }

    pub(crate) fn all_counted(&self, query: Option<&CheckedQuery>) -> Result<Counted> {
        let passages = self.matching(Unit::Passage, query)?;
        let mut all = Counted::default();
        for (segment, documents) in self.searcher.segment_readers().iter().zip(&passages) {
            let Some(articles) = segment.fast_fields().column_opt::<u64>("article_key")? else { continue };
            documents.iter().for_each(|it| all.add_passage(articles.first(*it).unwrap_or(0)));
        }
        Ok(all)
    }

    pub(crate) fn days_of_articles(&self) -> Result<HashMap<u64, (Date, Date)>> {
        let mut days = HashMap::new();
        for segment in self.searcher.segment_readers() {
            let keys = segment.fast_fields().column_opt::<u64>("article_key")?;
            let (Some(keys), Some(columns)) = (keys, DayColumns::of(segment)?) else { continue };
            for document in self.live(segment, Unit::Article)? {
                days.extend(keys.first(document).zip(columns.get(document).map(dates)));
            }
        }
        Ok(days)
    }

    fn counts_of(&self, facet: Facet, passages: &Matching, all: bool) -> tantivy::Result<CountsByValue> {
        let by_text = |column: &str| self.by_text(column, passages);
        match facet {
            Facet::Source => by_text("source_name"),
            Facet::Section => by_text("section_name"),
            Facet::Place => by_text("place_name"),
            Facet::Language => {
                let mut counts = by_text("language")?;
                if let Some(unknown) = counts.remove(&Some(UNKNOWN.to_owned())) {
                    counts.entry(None).or_default().add(unknown);
                }
                Ok(counts)
            }
            Facet::Year | Facet::Month | Facet::Day => self.by_time(facet, passages),
            Facet::Kind => {
                let mut counts = by_text("passage_kind")?;
                counts.extend(self.quotes_by("quote_kind", passages, all)?);
                Ok(counts)
            }
            Facet::Speaker => {
                let mut counts = CountsByValue::new();
                for (speaker, counted) in self.speakers_of(passages, all)? {
                    counts.entry(speaker.map(|it| it.0)).or_default().add(counted);
                }
                Ok(counts)
            }
        }
    }

    fn by_text(&self, column: &str, passages: &Matching) -> tantivy::Result<CountsByValue> {
        let mut counts = CountsByValue::new();
        for (segment, documents) in self.searcher.segment_readers().iter().zip(passages) {
            let columns = segment.fast_fields();
            let Some(articles) = columns.column_opt::<u64>("article_key")? else { continue };
            let values = columns.str(column)?;
            let mut counted: HashMap<Option<u64>, Counted> = HashMap::new();
            for document in documents {
                let value = term_ordinal(values.as_ref(), *document);
                counted.entry(value).or_default().add_passage(articles.first(*document).unwrap_or(0));
            }
            add_named(&mut counts, values.as_ref(), counted)?;
        }
        Ok(counts)
    }

    fn by_time(&self, facet: Facet, passages: &Matching) -> tantivy::Result<CountsByValue> {
        let mut counted: HashMap<Option<(i64, i64)>, Counted> = HashMap::new();
        for (segment, documents) in self.searcher.segment_readers().iter().zip(passages) {
            let Some(articles) = segment.fast_fields().column_opt::<u64>("article_key")? else { continue };
            let days = DayColumns::of(segment)?;
            for document in documents {
                let days = days.as_ref().and_then(|it| it.get(*document));
                counted.entry(days).or_default().add_passage(articles.first(*document).unwrap_or(0));
            }
        }
        let mut counts = CountsByValue::new();
        for (days, counted) in counted {
            counts.entry(days.and_then(|it| facet.period(dates(it)))).or_default().add(counted);
        }
        Ok(counts)
    }

    fn quotes_by(&self, column: &str, passages: &Matching, all: bool) -> tantivy::Result<CountsByValue> {
        let mut counts = CountsByValue::new();
        for (segment, passages) in self.searcher.segment_readers().iter().zip(passages) {
            let values = segment.fast_fields().str(column)?;
            let mut counted: HashMap<Option<u64>, Counted> = HashMap::new();
            for (quote, (article, ordinal)) in self.quotes_in(segment, passages, all)? {
                counted.entry(term_ordinal(values.as_ref(), quote)).or_default().add_quote(article, ordinal);
            }
            add_named(&mut counts, values.as_ref(), counted)?;
        }
        Ok(counts)
    }

    fn speakers_of(
        &self,
        passages: &Matching,
        all: bool,
    ) -> tantivy::Result<BTreeMap<Option<(String, SpeakerKind)>, Counted>> {
        let mut counts: BTreeMap<Option<(String, SpeakerKind)>, Counted> = BTreeMap::new();
        for (segment, passages) in self.searcher.segment_readers().iter().zip(passages) {
            let columns = segment.fast_fields();
            let (names, kinds) = (columns.str("speaker_name")?, columns.str("speaker_kind")?);
            let mut counted: HashMap<(Option<u64>, Option<u64>), Counted> = HashMap::new();
            for (quote, (article, ordinal)) in self.quotes_in(segment, passages, all)? {
                let speaker = (term_ordinal(names.as_ref(), quote), term_ordinal(kinds.as_ref(), quote));
                counted.entry(speaker).or_default().add_quote(article, ordinal);
            }
            let named = texts(names.as_ref(), counted.keys().filter_map(|it| it.0))?;
            let of_kind = texts(kinds.as_ref(), counted.keys().filter_map(|it| it.1))?;
            for ((name, kind), counted) in counted {
                let name = name.and_then(|it| named.get(&it).map(|it| it.to_string()));
                let kind = kind.and_then(|it| SpeakerKind::from_name(of_kind.get(&it)?));
                counts.entry(name.zip(kind)).or_default().add(counted);
            }
        }
        Ok(counts)
    }

    /// The quotes of a segment that stand in these passages of it, or all, each with its passage.
    fn quotes_in(
        &self,
        segment: &SegmentReader,
        passages: &[DocId],
        all: bool,
    ) -> tantivy::Result<impl Iterator<Item = (DocId, Place)>> {
        let place = place_in(segment)?;
        let quotes = if all { self.live(segment, Unit::Quote)? } else { quotes_behind(segment, passages)? };
        Ok(quotes.into_iter().filter_map(move |quote| Some((quote, place(quote)?))))
    }
}

/// The quotes of passages: they stand behind the document of their passage
/// (`documents::of_article`).
fn quotes_behind(segment: &SegmentReader, passages: &[DocId]) -> tantivy::Result<Vec<DocId>> {
    // What other documents have none of.
    let Some(numbers) = segment.fast_fields().column_opt::<u64>("number")? else { return Ok(Vec::new()) };
    let is_quote = |it: &DocId| *it < segment.max_doc() && numbers.first(*it).is_some();
    Ok(passages.iter().flat_map(|it| (it + 1..).take_while(is_quote)).collect())
}

/// Tells in which passage a document of the segment stands.
fn place_in(segment: &SegmentReader) -> tantivy::Result<impl Fn(DocId) -> Option<Place>> {
    let columns = segment.fast_fields();
    let (articles, ordinals) = (columns.column_opt("article_key")?, columns.column_opt("ordinal")?);
    Ok(move |document| Some((articles.as_ref()?.first(document)?, ordinals.as_ref()?.first(document)?)))
}

/// Adds what was counted in a segment, by the values themselves.
fn add_named(
    counts: &mut CountsByValue,
    column: Option<&StrColumn>,
    counted: HashMap<Option<u64>, Counted>,
) -> tantivy::Result<()> {
    let named = texts(column, counted.keys().flatten().copied())?;
    for (value, counted) in counted {
        counts.entry(value.and_then(|it| named.get(&it).map(|it| it.to_string()))).or_default().add(counted);
    }
    Ok(())
}
