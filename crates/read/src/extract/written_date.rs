//! Reads a date as people and programs write it: `June 23, 2017`, `26-FEB-1987 09:15:30.25`,
//! `20170623T120000Z`.
//!
//! The result is never finer than the text: `Jun 2017` is a month, and `03/04/2017`, which is April
//! to some readers and March to others, is only the year. A time without an offset from UTC is no
//! instant, so only its day is kept. Formats: RFC 3339, ISO 8601 basic, RFC 2822 and the customs of
//! newspapers; names of months in `calendar.txt`.

use std::{collections::HashMap, sync::LazyLock};

use jiff::{
    Timestamp,
    civil::{Date, Time},
    tz::Offset,
};

use super::{
    date_tokens::{Token, tokens},
    written_time::{self, Zone},
};
use morgue_core::article::Published;

/// The years a newspaper can be of: the first appeared in 1605.
const YEARS: std::ops::RangeInclusive<i16> = 1600..=2100;

/// Reads a text that is a date and nothing else; `None` when it is not, or is no day of the
/// calendar.
///
/// A remark in brackets at its end is passed over: `3:04 pm ET (8:04 pm GMT)`.
pub(super) fn read_date(text: &str) -> Option<Published> {
    let before_remark = || text.trim_end().strip_suffix(')')?.rsplit_once('(').map(|(date, _)| date);
    read_whole(text).or_else(|| read_whole(before_remark()?))
}

fn read_whole(text: &str) -> Option<Published> {
    let mut tokens = tokens(text)?;
    let time = written_time::take(&mut tokens);
    let parts = parts(&tokens)?;
    let published = arrange(&parts)?;
    match (published, time) {
        (Published::Day(day), Some((time, Some(Zone::Fixed(offset))))) => {
            let at = offset.to_timestamp(day.to_datetime(time)).ok()?;
            Some(Published::Instant(at, offset))
        }
        _ => Some(published),
    }
}

/// A day and a time of day as the clocks of a place show them; either may be missing, not both.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Moment {
    /// The day with its year.
    pub(super) day: Option<Date>,
    /// Month and day, also where no year is written.
    pub(super) month_day: Option<(i8, i8)>,
    /// The time of day.
    pub(super) time: Option<Time>,
    /// The zone beside the time.
    pub(super) zone: Option<Zone>,
}

/// Reads a text that is a day, a time of day or both, and nothing else: `Nov 18, 8:19 PM`.
pub(super) fn read_moment(text: &str) -> Option<Moment> {
    read_moment_near(text, &[])
}

/// The same; of the two readings of `04/12/2019` the one that is next to one of the days `near`, or
/// the same, is meant.
pub(super) fn read_moment_near(text: &str, near: &[Date]) -> Option<Moment> {
    let mut tokens = tokens(text)?;
    let time = written_time::take(&mut tokens);
    let parts = parts(&tokens)?;
    let day = match arrange(&parts) {
        Some(Published::Day(day)) => Some(day),
        Some(Published::Year(_)) => Some(reading_near(&parts, near)?),
        Some(_) => return None,
        None => None,
    };
    let month_day = day.map(|it| (it.month(), it.day())).or_else(|| month_and_day(&parts));
    let (time, zone) = time.unzip();
    let told = month_day.is_some() || parts.is_empty() && time.is_some();
    told.then_some(Moment { day, month_day, time, zone: zone.flatten() })
}

/// The reading of `04/12/2019` that is at most a day from one of the days `near`, the nearest
/// first.
fn reading_near(parts: &[Part], near: &[Date]) -> Option<Date> {
    let &[Part::Number { value: first, .. }, Part::Number { value: second, .. }, Part::Number { value, .. }] =
        parts
    else {
        return None;
    };
    let (first, second) = (i8::try_from(first).ok()?, i8::try_from(second).ok()?);
    let readings =
        [(first, second), (second, first)].map(|(month, day)| Date::new(year(value)?, month, day).ok());
    let days = |a: Date, b: Date| a.since(b).map_or(i32::MAX, |it| it.get_days().abs());
    let distances = readings
        .into_iter()
        .flatten()
        .flat_map(|reading| near.iter().map(move |it| (days(reading, *it), reading)));
    distances.filter(|(days, _)| *days <= 1).min().map(|(_, reading)| reading)
}

/// Whether the text is a date down to its day.
pub(super) fn is_day(text: &str) -> bool {
    matches!(read_date(text), Some(Published::Day(_) | Published::Instant(..)))
}

/// Reads a count of seconds or milliseconds since 1970, as JSON dumps have it, from 1973 on.
pub(super) fn read_epoch(text: &str) -> Option<Published> {
    let digits = text.strip_suffix(".0").unwrap_or(text);
    let plain = digits.bytes().all(|it| it.is_ascii_digit());
    let number: i64 = if plain { digits.parse().ok()? } else { return None };
    let at = match digits.len() {
        9 | 10 => Timestamp::from_second(number),
        12 | 13 => Timestamp::from_millisecond(number),
        _ => return None,
    };
    let published = Published::Instant(at.ok()?, Offset::UTC);
    YEARS.contains(&published.days().0.year()).then_some(published)
}

/// Reads a day of no year, `Feb 26` or `12. Mai`, as month and day.
pub(super) fn read_month_day(text: &str) -> Option<(i8, i8)> {
    month_and_day(&parts(&tokens(text)?)?)
}

fn month_and_day(parts: &[Part]) -> Option<(i8, i8)> {
    let (month, day) = match *parts {
        [Part::Month(month), Part::Number { value, .. }] => (month, value),
        [Part::Number { value, .. }, Part::Month(month)] => (month, value),
        _ => return None,
    };
    let day = i8::try_from(day).ok()?;
    Date::new(2000, month, day).ok().map(|_| (month, day))
}

/// Whether the word names a day of the week in some language, in full.
pub(super) fn is_weekday(word: &str) -> bool {
    let word = word.to_lowercase();
    word.len() > 4 && matches!(CALENDAR.get(word.as_str()), Some(Word::Day))
}

/// A day of the calendar in a year of newspapers.
pub(super) fn day(year: i16, month: i8, day: i8) -> Option<Published> {
    (YEARS.contains(&year)).then_some(())?;
    Date::new(year, month, day).ok().map(Published::Day)
}

#[derive(Clone, Copy)]
enum Word {
    Month(i8),
    Day,
    Filler,
}

static CALENDAR: LazyLock<HashMap<&'static str, Word>> = LazyLock::new(|| {
    let mut words = HashMap::new();
    for line in include_str!("calendar.txt").lines().filter(|it| !it.starts_with('#')) {
        let mut entries = line.split_whitespace();
        let (kind, _language) = (entries.next(), entries.next());
        for (entry, number) in entries.zip(1..) {
            let word = match kind {
                Some("month") => Word::Month(number),
                Some("day") => Word::Day,
                _ => Word::Filler,
            };
            words.entry(entry).or_insert(word);
        }
    }
    words
});

/// What a date is made of, in order, each with the mark before it.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Part {
    Month(i8),
    Number { value: u64, digits: usize, after: Option<char> },
}

/// Names of months and numbers; `None` when anything else stands among them.
fn parts(tokens: &[Token]) -> Option<Vec<Part>> {
    let mut parts = Vec::new();
    let mut mark = None;
    for token in tokens {
        match token {
            Token::Number { value, digits } => {
                parts.push(Part::Number { value: *value, digits: *digits, after: mark });
                mark = None;
            }
            Token::Word(word) if word == "listopada" => {
                let Some(Part::Number { digits: 1 | 2, .. }) = parts.last() else { return None };
                // Croatian sets a stop behind the day, `8. listopada`, and means October; Polish
                // does not, and means November.
                parts.push(Part::Month(if mark.take() == Some('.') { 10 } else { 11 }));
            }
            Token::Word(word) => match CALENDAR.get(word.as_str()) {
                Some(Word::Month(month)) => parts.push(Part::Month(*month)),
                Some(Word::Day | Word::Filler) => (),
                None => return None,
            },
            Token::Mark(c @ ('-' | '/' | '.')) => mark = Some(*c),
            Token::Mark(',' | 'º' | 'ª' | '|' | '·' | '–' | '—' | '(' | ')') => mark = None,
            Token::Mark(_) => return None,
        }
    }
    Some(parts)
}

/// Finds out which number is the year, which the month and which the day.
fn arrange(parts: &[Part]) -> Option<Published> {
    use Part::{Month, Number};
    match *parts {
        [Number { value, digits: 8, .. }] => {
            ymd(value / 10_000, i8::try_from(value / 100 % 100).ok()?, value % 100)
        }
        [Number { value, digits: 4, .. }] => year(value).map(Published::Year),
        [Month(m), Number { value: y, digits: 4, .. }] | [Number { value: y, digits: 4, .. }, Month(m)] => {
            month(y, m)
        }
        [Month(m), Number { value: d, digits: 1 | 2, .. }, Number { value: y, digits: 4, .. }]
        | [Number { value: d, digits: 1 | 2, .. }, Month(m), Number { value: y, digits: 4, .. }]
        | [Number { value: y, digits: 4, .. }, Month(m), Number { value: d, digits: 1 | 2, .. }] => {
            ymd(y, m, d)
        }
        [Number { value: y, digits: 4, .. }, Number { value: m, digits: 1 | 2, after: Some(_) }]
        | [Number { value: m, digits: 1 | 2, .. }, Number { value: y, digits: 4, after: Some(_) }] => {
            month(y, i8::try_from(m).ok()?)
        }
        [
            Number { value: y, digits: 4, .. },
            Number { value: m, digits: 1 | 2, .. },
            Number { value: d, digits: 1 | 2, .. },
        ] => ymd(y, i8::try_from(m).ok()?, d),
        [
            Number { value: first, digits: 1 | 2, .. },
            Number { value: second, digits: 1 | 2, after: Some(mark) },
            Number { value: y, digits: 4, after: Some(_) },
        ] => numeric(first, second, y, mark),
        _ => None,
    }
}

/// `23.06.2017`: with stops the day comes first; with slashes or hyphens custom differs, and only a
/// number above 12 tells. Where it does not, the year alone is certain.
fn numeric(first: u64, second: u64, y: u64, mark: char) -> Option<Published> {
    let (first_month, second_month) = (i8::try_from(first).ok()?, i8::try_from(second).ok()?);
    if mark == '.' || first > 12 || first == second {
        return ymd(y, second_month, first);
    }
    if second > 12 {
        return ymd(y, first_month, second);
    }
    (first > 0 && second > 0).then_some(())?;
    year(y).map(Published::Year)
}

fn year(value: u64) -> Option<i16> {
    i16::try_from(value).ok().filter(|it| YEARS.contains(it))
}

fn month(y: u64, m: i8) -> Option<Published> {
    let y = year(y)?;
    (1..=12).contains(&m).then_some(Published::Month(y, m))
}

fn ymd(y: u64, m: i8, d: u64) -> Option<Published> {
    day(year(y)?, m, i8::try_from(d).ok()?)
}
