//! Dates as typed: years, months, days, ranges of them, and days counted back from today.

use jiff::{ToSpan, civil::Date};

use super::{Days, ErrorKind, Field};
use morgue_core::article::Published;

/// The days that the value of `date:`, `since:`, `until:` or `added:` stands for. `added:7d` and
/// `added:last-7d` are the last seven days.
pub(super) fn days(field: Field, value: &str, today: Date) -> Result<Days, ErrorKind> {
    let value = value.trim();
    let no_date = |is_ago| ErrorKind::Date { value: value.to_owned(), is_ago };
    let endpoint = |text: &str| {
        let run = run(text.trim(), today);
        run.or_else(|| ago(text.trim(), today).map(|it| (it, it))).ok_or_else(|| no_date(false))
    };
    match field {
        Field::Since => Ok(Days { first: Some(endpoint(value)?.0), last: None }),
        Field::Until => Ok(Days { first: None, last: Some(endpoint(value)?.1) }),
        Field::Added if ago(since_added(value), today).is_some() => {
            Ok(Days { first: ago(since_added(value), today), last: None })
        }
        _ => {
            let Some((first, last)) = value.split_once("..") else {
                let (first, last) = run(value, today).ok_or_else(|| no_date(ago(value, today).is_some()))?;
                return Ok(Days { first: Some(first), last: Some(last) });
            };
            let first = if first.is_empty() { None } else { Some(endpoint(first)?.0) };
            let last = if last.is_empty() { None } else { Some(endpoint(last)?.1) };
            match (first, last) {
                (None, None) => Err(no_date(false)),
                (Some(first), Some(last)) if last < first => Err(ErrorKind::ReversedRange),
                _ => Ok(Days { first, last }),
            }
        }
    }
}

/// `7d` of `last-7d`.
fn since_added(value: &str) -> &str {
    value.strip_prefix("last-").unwrap_or(value)
}

/// The first and last day of a year, a month or a day.
fn run(text: &str, today: Date) -> Option<(Date, Date)> {
    match text.to_ascii_lowercase().as_str() {
        "today" => Some((today, today)),
        "yesterday" => {
            let day = today.yesterday().ok()?;
            Some((day, day))
        }
        iso => Published::from_iso(iso).map(Published::days),
    }
}

/// The day that lies so many days, weeks, months or years back: `30d`, `2w`, `6m`, `1y`.
fn ago(text: &str, today: Date) -> Option<Date> {
    let (number, unit) = text.split_at_checked(text.len().checked_sub(1)?)?;
    if number.is_empty() || number.len() > 4 || !number.bytes().all(|it| it.is_ascii_digit()) {
        return None;
    }
    let n: i32 = number.parse().ok()?;
    let back = match unit {
        "d" | "D" => n.days(),
        "w" | "W" => n.weeks(),
        "m" | "M" => n.months(),
        "y" | "Y" => n.years(),
        _ => return None,
    };
    today.checked_sub(back).ok()
}

impl Days {
    /// Whether the last day comes before the first: no day lies between.
    pub(super) fn is_reversed(self) -> bool {
        self.first.zip(self.last).is_some_and(|(first, last)| last < first)
    }

    /// Whether it is one of these days.
    pub fn hold(self, day: Date) -> bool {
        self.first.is_none_or(|it| it <= day) && self.last.is_none_or(|it| day <= it)
    }

    /// Whether an article was published on one of these days, whichever day it was.
    pub fn hold_all(self, published: Published) -> bool {
        let (first, last) = published.days();
        self.hold(first) && self.hold(last)
    }

    /// Whether an article may have been published on one of these days.
    pub fn may_hold(self, published: Published) -> bool {
        let (first, last) = published.days();
        self.first.is_none_or(|it| it <= last) && self.last.is_none_or(|it| first <= it)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_as_typed() {
        let today: Date = "2017-08-30".parse().unwrap();
        for (field, typed, days_meant) in [
            (Field::Date, "2017", "2017-01-01..2017-12-31"),
            (Field::Date, "2016-02", "2016-02-01..2016-02-29"),
            (Field::Date, "2017-06-23", "2017-06-23..2017-06-23"),
            (Field::Date, "2017-05..2017-08", "2017-05-01..2017-08-31"),
            (Field::Date, "2017..", "2017-01-01.."),
            (Field::Date, "..2017", "..2017-12-31"),
            (Field::Date, "Today", "2017-08-30..2017-08-30"),
            (Field::Date, "30d..today", "2017-07-31..2017-08-30"),
            (Field::Since, "2017-06", "2017-06-01.."),
            (Field::Since, "30d", "2017-07-31.."),
            (Field::Since, "2w", "2017-08-16.."),
            (Field::Since, "6m", "2017-02-28.."),
            (Field::Since, "1y", "2016-08-30.."),
            (Field::Until, "yesterday", "..2017-08-29"),
            (Field::Until, "2017-06", "..2017-06-30"),
        ] {
            let Days { first, last } = days(field, typed, today).unwrap();
            let shown = |it: Option<Date>| it.map_or(String::new(), |it| it.to_string());
            assert_eq!(format!("{}..{}", shown(first), shown(last)), days_meant, "{typed}");
        }
        for wrong in
            ["", "..", "17", "2017-13", "2017-6-3", "23/06/2017", "30x", "é", "99999d", "2017...2018"]
        {
            assert!(days(Field::Date, wrong, today).is_err(), "{wrong}");
        }
    }
}
