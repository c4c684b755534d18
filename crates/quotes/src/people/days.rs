//! Ranges of days, from the first to the last of dated articles.

use jiff::civil::Date;

/// The range that spans both.
pub fn joined_days(one: Option<(Date, Date)>, other: Option<(Date, Date)>) -> Option<(Date, Date)> {
    match (one, other) {
        (Some(one), Some(other)) => Some((one.0.min(other.0), one.1.max(other.1))),
        (one, other) => one.or(other),
    }
}

/// The days between two ranges; 0 when they meet.
pub(super) fn days_between((from, to): (Date, Date), (first, last): (Date, Date)) -> i32 {
    let gap = if last < from {
        from.since(last)
    } else if to < first {
        first.since(to)
    } else {
        return 0;
    };
    gap.map_or(i32::MAX, |it| it.get_days())
}
