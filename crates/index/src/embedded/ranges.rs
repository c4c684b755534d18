//! Conditions on columns of numbers: articles of some length, or of some days.
//!
//! They are asked of an article's own document. tantivy's own range query, where it stands in an exclusion, is asked for documents
//! before the one it stands at, and counts below zero (0.27.0, `RangeDocSet::seek_danger`).

use std::ops::{Range, RangeInclusive};

use tantivy::{DocId, Result, Searcher};

use morgue_query::Days;

use super::{
    article_filter::ArticleFilter,
    days::{DayColumns, day_number},
    ranking::Articles,
};

/// The documents of articles that have so many words.
pub(super) fn long(
    searcher: &Searcher,
    articles: &Articles,
    words: RangeInclusive<u64>,
) -> Result<ArticleFilter> {
    ArticleFilter::new(searcher, articles, |segment| {
        let column = segment.fast_fields().u64("words")?;
        let words = words.clone();
        Ok(move |documents: &Range<DocId>| {
            column.first(documents.start).is_some_and(|it| words.contains(&it))
        })
    })
}

/// The documents of articles that may have been published on one of these days: that begin before they end and end after they begin.
pub(super) fn published(searcher: &Searcher, articles: &Articles, days: Days) -> Result<ArticleFilter> {
    let from = days.first.map_or(i64::MIN, day_number);
    let until = days.last.map_or(i64::MAX, day_number);
    ArticleFilter::new(searcher, articles, |segment| {
        let columns = DayColumns::of(segment)?;
        Ok(move |documents: &Range<DocId>| {
            let days = columns.as_ref().and_then(|it| it.get(documents.start));
            days.is_some_and(|(first, last)| first <= until && from <= last)
        })
    })
}
