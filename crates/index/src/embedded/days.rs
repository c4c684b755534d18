//! The days that an article may be of, as columns keep them: numbers, counted since 1970.

use jiff::civil::Date;
use tantivy::{DocId, SegmentReader, columnar::Column};

const EPOCH: Date = Date::constant(1970, 1, 1);

/// The number of a day.
pub(super) fn day_number(date: Date) -> i64 {
    EPOCH.duration_until(date).as_hours() / 24
}

/// The day of a number that [`day_number`] gave.
pub(super) fn date_of_day_number(day: i64) -> Date {
    EPOCH.saturating_add(jiff::Span::new().try_days(day).unwrap_or_default())
}

/// The first and the last day of those with these numbers.
pub(super) fn dates((first, last): (i64, i64)) -> (Date, Date) {
    (date_of_day_number(first), date_of_day_number(last))
}

/// The first and the last day of each document of a segment.
pub(super) struct DayColumns {
    first: Column<i64>,
    last: Column<i64>,
}

impl DayColumns {
    /// Those of a segment; one without a single date has none.
    pub(super) fn of(segment: &SegmentReader) -> tantivy::Result<Option<DayColumns>> {
        let columns = segment.fast_fields();
        let (first, last) = (columns.column_opt("day_first")?, columns.column_opt("day_last")?);
        Ok(first.zip(last).map(|(first, last)| DayColumns { first, last }))
    }

    /// Whether the document has a date.
    pub(super) fn has(&self, document: DocId) -> bool {
        self.first.first(document).is_some()
    }

    /// The numbers of a document's first and last day; `None` when it has no date.
    pub(super) fn get(&self, document: DocId) -> Option<(i64, i64)> {
        self.first.first(document).zip(self.last.first(document))
    }
}
