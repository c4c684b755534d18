//! A condition on articles as a query: it stands for all documents of the articles that meet it.
//!
//! The documents of an article stand side by side ([`Articles`]), so a condition is asked once for
//! each article, and those that fit are kept as ranges of documents.
//!
//! tantivy's own range query, where it stands in an exclusion, is asked for documents before the
//! one it stands at, and counts below zero (0.27.0, `RangeDocSet::seek_danger`): conditions on
//! columns of numbers are asked here too.

use std::ops::{Range, RangeInclusive};

use tantivy::{DocId, Result, Score, Searcher, SegmentReader};

use morgue_core::system::stop;
use morgue_query::Days;

use super::{
    days::{DayColumns, day_number},
    doc_set_query::{DocSetQuery, ScoredRange},
    ranking::Articles,
};

/// A condition adds as much to the score of each document.
const SCORE: Score = 1.0;

/// Asks for each article of each segment whether it meets a condition, by its documents, its own
/// first; in their order.
pub(super) fn filter<F>(
    searcher: &Searcher,
    articles: &Articles,
    mut condition: impl FnMut(&SegmentReader) -> Result<F>,
) -> Result<DocSetQuery>
where
    F: FnMut(&Range<DocId>) -> bool,
{
    let mut of_segments = Vec::new();
    for (ordinal, segment) in searcher.segment_readers().iter().enumerate() {
        let mut is_met = condition(segment)?;
        let mut ranges: Vec<ScoredRange> = Vec::new();
        for documents in articles.of_segment(ordinal) {
            stop::look();
            if !is_met(&documents) {
                continue;
            }
            match ranges.last_mut() {
                Some((last, _)) if last.end == documents.start => last.end = documents.end,
                _ => ranges.push((documents, SCORE)),
            }
        }
        of_segments.push((segment.segment_id(), ranges));
    }
    Ok(DocSetQuery::new(of_segments))
}

/// The documents of articles whose number of words is in a range.
pub(super) fn with_length(
    searcher: &Searcher,
    articles: &Articles,
    words: RangeInclusive<u64>,
) -> Result<DocSetQuery> {
    filter(searcher, articles, |segment| {
        let column = segment.fast_fields().u64("words")?;
        let words = words.clone();
        Ok(move |documents: &Range<DocId>| {
            column.first(documents.start).is_some_and(|it| words.contains(&it))
        })
    })
}

/// The documents of articles that the archive first had on one of these days.
pub(super) fn added(searcher: &Searcher, articles: &Articles, days: Days) -> Result<DocSetQuery> {
    let from = days.first.map_or(i64::MIN, day_number);
    let until = days.last.map_or(i64::MAX, day_number);
    filter(searcher, articles, |segment| {
        let column = segment.fast_fields().column_opt::<i64>("added")?;
        Ok(move |documents: &Range<DocId>| {
            let day = column.as_ref().and_then(|it| it.first(documents.start));
            day.is_some_and(|it| (from..=until).contains(&it))
        })
    })
}

/// The documents of articles that may have been published on one of these days: that begin before
/// they end and end after they begin.
pub(super) fn published(searcher: &Searcher, articles: &Articles, days: Days) -> Result<DocSetQuery> {
    by_days(searcher, articles, days, |(first, last), asked| first <= *asked.end() && *asked.start() <= last)
}

/// The documents of articles that were published on one of these days for sure: that begin and end
/// within them.
pub(super) fn published_within(searcher: &Searcher, articles: &Articles, days: Days) -> Result<DocSetQuery> {
    by_days(searcher, articles, days, |(first, last), asked| asked.contains(&first) && asked.contains(&last))
}

/// The documents of articles whose first and last day, in days since 1970, fit those asked for.
fn by_days(
    searcher: &Searcher,
    articles: &Articles,
    days: Days,
    fit: impl Fn((i64, i64), &RangeInclusive<i64>) -> bool,
) -> Result<DocSetQuery> {
    let asked = days.first.map_or(i64::MIN, day_number)..=days.last.map_or(i64::MAX, day_number);
    let (asked, fit) = (&asked, &fit);
    filter(searcher, articles, |segment| {
        let columns = DayColumns::of(segment)?;
        Ok(move |documents: &Range<DocId>| {
            let own = columns.as_ref().and_then(|it| it.get(documents.start));
            own.is_some_and(|it| fit(it, asked))
        })
    })
}
