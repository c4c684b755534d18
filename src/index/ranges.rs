//! Conditions on columns of numbers: documents of articles of some length, or of some days.
//!
//! tantivy's own range query, where it stands in an exclusion, is asked for documents before the one it stands at, and counts below
//! zero (0.27.0, `RangeDocSet::seek_danger`). A column is read through in far less than a millisecond, so it is read first.

use std::{collections::HashMap, ops::RangeInclusive};

use tantivy::{
    Result, Searcher,
    columnar::HasAssociatedColumnType,
    query::{BooleanQuery, ExistsQuery, Query},
};

use crate::query::Days;

use super::{documents::day_number, listed::Listed};

/// The documents whose value in a column lies within.
pub(super) fn within<T>(searcher: &Searcher, column: &str, range: RangeInclusive<T>) -> Result<Listed>
where
    T: HasAssociatedColumnType + PartialOrd,
    tantivy::columnar::DynamicColumn: Into<Option<tantivy::columnar::Column<T>>>,
{
    let mut hits = HashMap::new();
    for segment in searcher.segment_readers() {
        // A segment without a single value has no such column.
        let Some(column) = segment.fast_fields().column_opt::<T>(column)? else { continue };
        // Bounds below all values would be taken for the smallest (0.27.0).
        if *range.start() > column.max_value() || *range.end() < column.min_value() {
            continue;
        }
        let mut documents = Vec::new();
        column.get_docids_for_value_range(range.clone(), 0..segment.max_doc(), &mut documents);
        hits.insert(segment.segment_id(), documents.into_iter().map(|it| (it, 0.0)).collect());
    }
    Ok(Listed::new(hits))
}

/// May have been published on one of these days: it begins before they end and ends after they begin.
pub(super) fn published(searcher: &Searcher, days: Days) -> Result<Box<dyn Query>> {
    let mut conditions: Vec<Box<dyn Query>> = Vec::new();
    if let Some(first) = days.first {
        conditions.push(Box::new(within::<i64>(searcher, "day_last", day_number(first)..=i64::MAX)?));
    }
    if let Some(last) = days.last {
        conditions.push(Box::new(within::<i64>(searcher, "day_first", i64::MIN..=day_number(last))?));
    }
    if conditions.is_empty() {
        // Open at both ends: every article with a date.
        conditions.push(Box::new(ExistsQuery::new("day_first".to_owned(), false)));
    }
    Ok(Box::new(BooleanQuery::intersection(conditions)))
}
