//! When an article was published, never finer than its source says.

use std::fmt;

use jiff::{Timestamp, civil::Date, tz::Offset};

/// A year, a month, a day or an instant.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Published {
    /// A year of the common era.
    Year(i16),
    /// A month of a year, the month from 1 to 12.
    Month(i16, i8),
    /// A day.
    Day(Date),
    /// An instant, with the offset from UTC it was given in.
    Instant(Timestamp, Offset),
}

/// The months as English names them.
const MONTHS: [&str; 12] = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
];

impl Published {
    /// Reads `2017`, `2017-06` or `2017-06-23`; `None` for anything else, a month 17 and a 30
    /// February included.
    pub fn from_iso(text: &str) -> Option<Published> {
        let digits = |part: &str, n: usize| part.len() == n && part.bytes().all(|it| it.is_ascii_digit());
        let parts: Vec<&str> = text.split('-').collect();
        let (&year, rest) = parts.split_first()?;
        if !digits(year, 4) || !rest.iter().all(|it| digits(it, 2)) {
            return None;
        }
        let year: i16 = year.parse().ok()?;
        match rest {
            [] => Some(Published::Year(year)),
            [month] => {
                let month: i8 = month.parse().ok()?;
                Date::new(year, month, 1).ok().map(|_| Published::Month(year, month))
            }
            [month, day] => Date::new(year, month.parse().ok()?, day.parse().ok()?).ok().map(Published::Day),
            _ => None,
        }
    }

    /// Reads an instant with its offset from UTC: `2017-06-23T14:00:00+05:00`, also with a space
    /// for the `T`.
    pub fn from_rfc3339(text: &str) -> Option<Published> {
        let pieces = jiff::fmt::temporal::DateTimeParser::new().parse_pieces(text).ok()?;
        let offset = pieces.to_numeric_offset()?;
        let at = offset.to_timestamp(pieces.date().to_datetime(pieces.time()?)).ok()?;
        Some(Published::Instant(at, offset))
    }

    /// The first and the last day it may be, in the calendar of its own offset.
    pub fn days(self) -> (Date, Date) {
        let month_of = |year, month| {
            let first = Date::new(year, month, 1).expect("months are checked when made");
            (first, first.last_of_month())
        };
        match self {
            Published::Year(year) => (month_of(year, 1).0, month_of(year, 12).1),
            Published::Month(year, month) => month_of(year, month),
            Published::Day(day) => (day, day),
            Published::Instant(at, offset) => {
                let day = offset.to_datetime(at).date();
                (day, day)
            }
        }
    }

    /// The date in English words, as fine as known: `21 February 2018`, `February 2018`, `2018`.
    pub fn in_words(self) -> String {
        let month_of = |it: i8| usize::try_from(it - 1).ok().and_then(|it| MONTHS.get(it)).unwrap_or(&"");
        match self {
            Published::Year(year) => year.to_string(),
            Published::Month(year, month) => format!("{} {year}", month_of(month)),
            Published::Day(_) | Published::Instant(..) => {
                let day = self.days().0;
                format!("{} {} {}", day.day(), month_of(day.month()), day.year())
            }
        }
    }

    /// The first and the last of the dates between two days, as fine as the days let know: a time
    /// that begins on the first of a month may be known to the month only, or to the year on the
    /// first of January; one that ends on the last of a month likewise.
    pub fn ends((first, last): (Date, Date)) -> (Published, Published) {
        let year = |it: Date| Published::Year(it.year());
        let month = |it: Date| Published::Month(it.year(), it.month());
        let ends_month = last == last.last_of_month();
        let from = match (first.month(), first.day()) {
            _ if first == last => Published::Day(first),
            (1, 1) if year(first).days().1 <= last => year(first),
            (_, 1) if month(first).days().1 <= last => month(first),
            _ => Published::Day(first),
        };
        let until = match last.month() {
            _ if first == last => Published::Day(last),
            12 if ends_month && first <= year(last).days().0 => year(last),
            _ if ends_month && first <= month(last).days().0 => month(last),
            _ => Published::Day(last),
        };
        (from, until)
    }

    /// The instant in RFC 3339 with its own offset, where one is known.
    pub fn instant(self) -> Option<String> {
        match self {
            Published::Instant(at, offset) => Some(at.display_with_offset(offset).to_string()),
            Published::Year(_) | Published::Month(..) | Published::Day(_) => None,
        }
    }
}

/// `2017`, `2017-06` or `2017-06-23`: as fine as known, an instant by its day.
impl fmt::Display for Published {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match *self {
            Published::Year(year) => write!(f, "{year:04}"),
            Published::Month(year, month) => write!(f, "{year:04}-{month:02}"),
            Published::Day(day) => write!(f, "{day}"),
            Published::Instant(..) => write!(f, "{}", self.days().0),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_date_in_words() {
        for (text, words) in [("2017", "2017"), ("2017-06", "June 2017"), ("2017-12-03", "3 December 2017")] {
            assert_eq!(Published::from_iso(text).expect(text).in_words(), words);
        }
    }

    #[test]
    fn the_ends_of_a_time_are_no_finer_than_they_are_known() {
        for (first, last, from, until) in [
            ("2012-01-01", "2012-12-31", "2012", "2012"),
            ("2012-01-01", "2018-03-09", "2012", "2018-03-09"),
            ("2012-02-14", "2018-12-31", "2012-02-14", "2018"),
            ("2012-03-01", "2012-03-31", "2012-03", "2012-03"),
            ("2012-02-01", "2012-07-31", "2012-02", "2012-07"),
            // Both ends are of less than the month or the year that they would be called by.
            ("2012-01-01", "2012-03-09", "2012-01", "2012-03-09"),
            ("2012-03-05", "2012-03-31", "2012-03-05", "2012-03-31"),
            ("2012-12-31", "2012-12-31", "2012-12-31", "2012-12-31"),
            ("2012-01-01", "2012-01-01", "2012-01-01", "2012-01-01"),
        ] {
            let days = (first.parse().expect(first), last.parse().expect(last));
            let (a, b) = Published::ends(days);
            assert_eq!((a.to_string(), b.to_string()), (from.to_owned(), until.to_owned()), "{first} {last}");
        }
    }

    #[test]
    fn a_date_is_as_fine_as_it_was_given() {
        for text in ["2017", "2017-06", "2017-06-23"] {
            assert_eq!(Published::from_iso(text).expect(text).to_string(), text);
        }
        for wrong in ["", "17", "1963-17-01", "2017-02-30", "2017-6", "2017-06-23-01", "-2017", "2017-06-"] {
            assert_eq!(Published::from_iso(wrong), None, "{wrong}");
        }
    }

    #[test]
    fn an_instant_lies_on_the_day_of_its_own_offset() {
        let late = Published::from_rfc3339("2017-06-23T23:30:00-05:00").expect("an instant");
        assert_eq!(late.to_string(), "2017-06-23");
        assert_eq!(late.instant().as_deref(), Some("2017-06-23T23:30:00-05:00"));
        assert_eq!(Published::from_rfc3339("2017-06-23T23:30:00"), None, "without an offset");
        assert_eq!(Published::from_rfc3339("2017-06-23"), None);
    }

    #[test]
    fn a_month_may_be_any_of_its_days() {
        let (first, last) = Published::from_iso("2016-02").expect("a month").days();
        assert_eq!((first.to_string(), last.to_string()), ("2016-02-01".to_owned(), "2016-02-29".to_owned()));
    }
}
