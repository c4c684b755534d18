//! Counts matching passages by the values of a field, from columns: no stored document is read.

use std::collections::{BTreeMap, HashMap};

use tantivy::{DocId, SegmentReader, columnar::StrColumn};

use morgue_core::{article::SpeakerKind, system::stop};
use morgue_query::Facet;

use crate::{ArticleNumber, Counted, CountedSpeaker};

use super::{
    Snapshot,
    days::{DayColumns, dates},
    failure::Result,
    matching::{Matched, MatchedInSegment},
    segment::{term_ordinal, texts, texts_in_order},
    tokenizer::UNKNOWN,
};

/// The counts of each value: `None` is what has none.
pub(super) type CountsByValue = BTreeMap<Option<String>, Counted>;

/// A speaker as written, or nobody.
type SpeakerName = Option<(String, SpeakerKind)>;

impl Snapshot {
    pub(crate) fn facet(&self, matched: &Matched, facet: Facet) -> Result<CountsByValue> {
        Ok(self.counts_of(facet, matched)?)
    }

    pub(crate) fn speaker_counts(&self, matched: &Matched) -> Result<Vec<CountedSpeaker>> {
        Ok(self.speakers_of(matched)?)
    }

    pub(crate) fn all_counted(matched: &Matched) -> Counted {
        let mut all = Counted::default();
        matched.segments.iter().flat_map(|it| &it.articles).for_each(|it| all.add_article(it.number, it.n));
        all
    }

    pub(crate) fn article_keys(&self) -> Result<impl Fn(ArticleNumber) -> Option<u64>> {
        let (articles, places) = (self.articles_of_segments()?, self.places()?);
        Ok(move |number| {
            let own = articles.own_of_number(number)?;
            places.get(own.segment_ord as usize)?.key(own.doc_id)
        })
    }

    fn counts_of(&self, facet: Facet, matched: &Matched) -> tantivy::Result<CountsByValue> {
        let of_articles = |column: &str| self.by_text(column, matched);
        match facet {
            Facet::Source => of_articles("source_name"),
            Facet::Section => of_articles("section_name"),
            Facet::Place => of_articles("place_name"),
            Facet::Language => {
                let mut counts = of_articles("language")?;
                if let Some(unknown) = counts.remove(&Some(UNKNOWN.to_owned())) {
                    counts.entry(None).or_default().add(&unknown);
                }
                Ok(counts)
            }
            Facet::Year | Facet::Month | Facet::Day => self.by_time(facet, matched),
            Facet::Kind => self.by_kind(matched),
            Facet::Speaker => {
                let mut counts = CountsByValue::new();
                for (speaker, counted) in self.speakers_of(matched)? {
                    counts.entry(speaker.map(|it| it.0)).or_default().add(&counted);
                }
                Ok(counts)
            }
        }
    }

    fn segments<'a>(
        &'a self,
        matched: &'a Matched,
    ) -> impl Iterator<Item = (&'a SegmentReader, &'a MatchedInSegment)> {
        self.searcher.segment_readers().iter().zip(&matched.segments)
    }

    /// By a text that all documents of an article have: it is read once for each article.
    fn by_text(&self, column: &str, matched: &Matched) -> tantivy::Result<CountsByValue> {
        let mut counts = CountsByValue::new();
        for (segment, matched) in self.segments(matched) {
            let values = segment.fast_fields().str(column)?;
            let mut counted = ByOrdinal::new(values.as_ref(), segment);
            for article in &matched.articles {
                stop::look();
                let value = term_ordinal(values.as_ref(), article.own);
                counted.of(value).add_article(article.number, article.n);
            }
            counted.add_named(values.as_ref(), &mut counts)?;
        }
        Ok(counts)
    }

    fn by_time(&self, facet: Facet, matched: &Matched) -> tantivy::Result<CountsByValue> {
        let mut counted: HashMap<Option<(i64, i64)>, Counted> = HashMap::new();
        for (segment, matched) in self.segments(matched) {
            let days = DayColumns::of(segment)?;
            for article in &matched.articles {
                stop::look();
                let days = days.as_ref().and_then(|it| it.get(article.own));
                counted.entry(days).or_default().add_article(article.number, article.n);
            }
        }
        let mut counts = CountsByValue::new();
        for (days, counted) in counted {
            counts.entry(days.and_then(|it| facet.period(dates(it)))).or_default().add(&counted);
        }
        Ok(counts)
    }

    /// By the kinds of passages and of quotes, which have no name in common.
    fn by_kind(&self, matched: &Matched) -> tantivy::Result<CountsByValue> {
        let mut counts = CountsByValue::new();
        let mut of_quotes = CountsByValue::new();
        for (segment, matched) in self.segments(matched) {
            let (of_passage, of_quote) =
                (segment.fast_fields().str("passage_kind")?, segment.fast_fields().str("quote_kind")?);
            let mut counted = ByOrdinal::new(of_passage.as_ref(), segment);
            for (article, passages) in matched.with_passages() {
                for passage in passages {
                    let kind = term_ordinal(of_passage.as_ref(), *passage);
                    counted.of(kind).add_article(article.number, 1);
                }
            }
            counted.add_named(of_passage.as_ref(), &mut counts)?;
            let mut counted = ByOrdinal::new(of_quote.as_ref(), segment);
            each_quote(segment, matched, |quote, article, passage| {
                counted.of(term_ordinal(of_quote.as_ref(), quote)).add_quote(article, passage);
            })?;
            counted.add_named(of_quote.as_ref(), &mut of_quotes)?;
        }
        counts.extend(of_quotes);
        Ok(counts)
    }

    /// Each name once, in no order; nobody may come several times.
    fn speakers_of(&self, matched: &Matched) -> tantivy::Result<Vec<CountedSpeaker>> {
        let mut all: Vec<CountedSpeaker> = Vec::new();
        for (segment, matched) in self.segments(matched) {
            all.extend(speakers_in(segment, matched)?);
        }
        if matched.segments.iter().filter(|it| !it.passages.is_empty()).count() < 2 {
            return Ok(all);
        }
        let mut merged: HashMap<SpeakerName, Counted> = HashMap::with_capacity(all.len());
        for (name, counted) in all {
            merged.entry(name).or_default().add(&counted);
        }
        Ok(merged.into_iter().collect())
    }
}

/// Places in the dictionaries of name and kind: there are not more than documents.
type NameAndKind = (u32, u32);

/// The speakers of the quotes in matching passages of a segment.
fn speakers_in(segment: &SegmentReader, matched: &MatchedInSegment) -> tantivy::Result<Vec<CountedSpeaker>> {
    let columns = segment.fast_fields();
    let (names, kinds) = (columns.str("speaker_name")?, columns.str("speaker_kind")?);
    let mut quotes: Vec<(Option<NameAndKind>, ArticleNumber, DocId)> = Vec::new();
    each_quote(segment, matched, |quote, article, passage| {
        let ordinal = |column: &Option<StrColumn>| term_ordinal(column.as_ref(), quote).map(|it| it as u32);
        quotes.push((ordinal(&names).zip(ordinal(&kinds)), article, passage));
    })?;
    quotes.sort_unstable();
    let by_speaker = || quotes.chunk_by(|a, b| a.0 == b.0);
    let mut ordinals: Vec<u64> = by_speaker().filter_map(|it| Some(u64::from(it[0].0?.0))).collect();
    ordinals.dedup();
    let names = texts_in_order(names.as_ref(), &ordinals)?;
    let n_kinds = n_terms(kinds.as_ref(), segment) as u64;
    let kinds = texts_in_order(kinds.as_ref(), &Vec::from_iter(0..n_kinds))?;
    let mut at = 0;
    let counts = by_speaker().map(|of_speaker| {
        let speaker = of_speaker[0].0.and_then(|(name, kind)| {
            at += usize::from(ordinals.get(at) != Some(&u64::from(name)));
            Some((names.get(at)?.clone(), SpeakerKind::from_name(kinds.get(kind as usize)?)?))
        });
        let mut counted = Counted::default();
        of_speaker.iter().for_each(|it| counted.add_quote(it.1, it.2));
        (speaker, counted)
    });
    Ok(counts.collect())
}

/// Gives the quotes of matching passages of a segment that were said, each with article and
/// passage. They stand behind the document of their passage (`documents::of_article`).
fn each_quote(
    segment: &SegmentReader,
    matched: &MatchedInSegment,
    mut give: impl FnMut(DocId, ArticleNumber, DocId),
) -> tantivy::Result<()> {
    // What other documents have none of.
    let Some(numbers) = segment.fast_fields().column_opt::<u64>("number")? else { return Ok(()) };
    // What was not said has one.
    let stances = segment.fast_fields().str("stance")?;
    let end = segment.max_doc();
    for (article, passages) in matched.with_passages() {
        for passage in passages {
            stop::look();
            let quotes = (passage + 1..end).take_while(|it| numbers.first(*it).is_some());
            let said = quotes.filter(|it| term_ordinal(stances.as_ref(), *it).is_none());
            said.for_each(|it| give(it, article.number, *passage));
        }
    }
    Ok(())
}

/// How many values a column has: each is some document's. A damaged column claims any number.
fn n_terms(column: Option<&StrColumn>, segment: &SegmentReader) -> usize {
    column.map_or(0, |it| it.num_terms()).min(segment.max_doc() as usize)
}

/// Counts by the places of values in a column's dictionary.
struct ByOrdinal {
    /// That of no value comes last.
    counted: Vec<Counted>,
}

impl ByOrdinal {
    /// For a column that has few values.
    fn new(column: Option<&StrColumn>, segment: &SegmentReader) -> ByOrdinal {
        ByOrdinal { counted: vec![Counted::default(); n_terms(column, segment) + 1] }
    }

    fn of(&mut self, ordinal: Option<u64>) -> &mut Counted {
        let none = self.counted.len() - 1;
        &mut self.counted[ordinal.map_or(none, |it| (it as usize).min(none))]
    }

    /// Adds what was counted in a segment, by the values themselves.
    fn add_named(mut self, column: Option<&StrColumn>, counts: &mut CountsByValue) -> tantivy::Result<()> {
        let none = self.counted.pop().unwrap_or_default();
        if none != Counted::default() {
            counts.entry(None).or_default().add(&none);
        }
        let counted = || (0..).zip(&self.counted).filter(|it| *it.1 != Counted::default());
        let named = texts(column, counted().map(|it| it.0))?;
        for (ordinal, counted) in counted() {
            if let Some(name) = named.get(&ordinal) {
                counts.entry(Some(name.to_string())).or_default().add(counted);
            }
        }
        Ok(())
    }
}
