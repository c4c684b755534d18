//! Counts by day or month → a timeline without gaps: pure.

use std::{collections::BTreeMap, ops::RangeInclusive};

use jiff::{ToSpan, civil::Date};

use super::{TimelineBy, TimelineRequest};
use crate::query::Facet;

/// Counts over time, one bar after the other.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Timeline {
    /// What a bar is.
    pub period: Period,
    /// From the first to the last day, month or year: of the time that the query asks for, and of
    /// what was found. Those with nothing are included.
    pub bars: Vec<Bar>,
    /// Of articles of which less is known than a bar is: by month or year.
    pub coarse: Vec<Bar>,
    /// Of articles without a date.
    pub undated: Bar,
    /// Whether the bars have [`PeriodCounts::all`].
    pub share: bool,
    /// Why bars are left out or are no days, where that is so: a sentence.
    pub note: Option<String>,
}

/// A length of time.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Period {
    /// `2016-05-21`
    Day,
    /// `2016-05`
    #[default]
    Month,
    /// `2016`
    Year,
}

impl Period {
    /// Its name: `day`, `month`, `year`.
    pub fn name(self) -> &'static str {
        self.facet().name()
    }

    /// The facet whose values are such periods.
    pub fn facet(self) -> Facet {
        match self {
            Period::Day => Facet::Day,
            Period::Month => Facet::Month,
            Period::Year => Facet::Year,
        }
    }

    /// How long one of that [name](Bar::period) is.
    pub fn of_name(name: &str) -> Period {
        match name.split('-').count() {
            1 => Period::Year,
            2 => Period::Month,
            _ => Period::Day,
        }
    }
}

impl TimelineRequest {
    /// The facet whose counts a timeline is made of.
    pub(super) fn facet(self) -> Facet {
        match self.by {
            TimelineBy::Day | TimelineBy::Fit => Facet::Day,
            TimelineBy::Auto | TimelineBy::Month | TimelineBy::Year => Facet::Month,
        }
    }
}

/// What a timeline has of one period.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Bar {
    /// `2016-05-21`, `2016-05` or `2016`; empty for undated.
    pub period: String,
    /// What was counted.
    pub counts: PeriodCounts,
}

/// What is counted of one period.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct PeriodCounts {
    /// Articles; in a timeline of quotes those that have one, copies included.
    pub articles: usize,
    /// Passages; 0 in a timeline of quotes.
    pub passages: usize,
    /// Quotes, in a timeline of quotes.
    pub quotes: usize,
    /// All articles of that period, whether they match or not, where the share is asked for.
    pub all: usize,
}

impl PeriodCounts {
    /// How many of a hundred articles of the period match; `None` where it has no article.
    pub fn percent(&self) -> Option<f64> {
        (self.all > 0).then(|| self.articles as f64 * 100.0 / self.all as f64)
    }

    fn is_empty(&self) -> bool {
        (self.articles, self.passages, self.quotes) == (0, 0, 0)
    }

    fn add(&mut self, other: PeriodCounts) {
        self.articles += other.articles;
        self.passages += other.passages;
        self.quotes += other.quotes;
        self.all += other.all;
    }
}

/// More months than this are shown by year.
const MONTHS_MAX: usize = 36;
/// The most bars: a hundred years of months. A misread year, or `since:1`, would make a timeline
/// endless.
const MONTH_BARS_MAX: usize = 1200;
/// The same for years: newspapers are printed since 1605.
const YEAR_BARS_MAX: usize = 500;

/// The most days; more are shown by month or year.
const DAYS_MAX: usize = 92;

/// What is counted by `2016-05-21` or `2016-05`, by less where less is known, and by nothing where
/// no date is.
pub(super) type ByPeriod = BTreeMap<Option<String>, PeriodCounts>;

/// Makes a timeline that covers `asked`, from a first to a last day, and what was found.
pub(super) fn timeline(counts: ByPeriod, request: TimelineRequest, asked: Option<(Date, Date)>) -> Timeline {
    let mut timeline = Timeline { share: request.share, ..Timeline::default() };
    let mut found = Found::default();
    for (value, n) in counts {
        match value.as_deref().and_then(Time::read) {
            Some(time) => found.add(time, n),
            None => timeline.undated.counts.add(n),
        }
    }
    let asked_of = |number: fn(Date) -> i32| asked.map(|(first, last)| number(first)..=number(last));
    let (asked_days, asked_months) = (asked_of(day_number), asked_of(month_number));
    let asked_years = asked_of(|it| i32::from(it.year()));
    let n_months = hull(&found.months, asked_months.as_ref()).map_or(0, |it| length(&it));
    let auto = if n_months > MONTHS_MAX || n_months == 0 { Period::Year } else { Period::Month };
    timeline.period = match request.by {
        TimelineBy::Year => Period::Year,
        TimelineBy::Month => Period::Month,
        TimelineBy::Auto => auto,
        TimelineBy::Day | TimelineBy::Fit => {
            let whole = hull(&found.days, asked_days.as_ref());
            match whole.filter(|it| length(it) > DAYS_MAX) {
                Some(days) if hull(&found.days, None).is_none_or(|it| length(&it) > DAYS_MAX) => {
                    timeline.note = (request.by == TimelineBy::Day).then(|| {
                        format!(
                            "a timeline has at most {DAYS_MAX} days, and {} to {} are more: it is by {}",
                            day_name(*days.start()),
                            day_name(*days.end()),
                            auto.name()
                        )
                    });
                    auto
                }
                _ => Period::Day,
            }
        }
    };
    match timeline.period {
        Period::Year => {
            timeline.draw(&found.years, asked_years.as_ref(), YEAR_BARS_MAX, "years", year_name);
        }
        Period::Month => {
            timeline.draw(&found.months, asked_months.as_ref(), MONTH_BARS_MAX, "months", month_name);
        }
        Period::Day => timeline.draw(&found.days, asked_days.as_ref(), DAYS_MAX, "days", day_name),
    }
    timeline.coarse = found.less_known(timeline.period);
    timeline
}

/// A year, a month or a day of the calendar.
#[derive(Clone, Copy)]
struct Time {
    year: i32,
    /// Counted from the year 0.
    month: Option<i32>,
    day: Option<i32>,
}

impl Time {
    fn read(text: &str) -> Option<Time> {
        let mut parts = text.split('-');
        let year: i32 = parts.next()?.parse().ok()?;
        let month: Option<i32> = parts.next().map(str::parse).transpose().ok()?;
        let day = if parts.next().is_some() { Some(day_number(text.parse().ok()?)) } else { None };
        Some(Time { year, month: month.map(|it| year * 12 + it - 1), day })
    }
}

/// What was found, by number of day, month and year; and, of each, what nothing finer is known of.
#[derive(Default)]
struct Found {
    days: BTreeMap<i32, PeriodCounts>,
    months: BTreeMap<i32, PeriodCounts>,
    years: BTreeMap<i32, PeriodCounts>,
    months_alone: BTreeMap<i32, PeriodCounts>,
    years_alone: BTreeMap<i32, PeriodCounts>,
}

impl Found {
    fn add(&mut self, time: Time, n: PeriodCounts) {
        let Time { year, month, day } = time;
        self.years.entry(year).or_default().add(n);
        match month {
            Some(month) => self.months.entry(month).or_default().add(n),
            None => self.years_alone.entry(year).or_default().add(n),
        }
        match (day, month) {
            (Some(day), _) => self.days.entry(day).or_default().add(n),
            (None, Some(month)) => self.months_alone.entry(month).or_default().add(n),
            (None, None) => (),
        }
    }

    /// What a timeline of such bars has no bar for, months before years.
    fn less_known(&self, than: Period) -> Vec<Bar> {
        let bars = |counts: &BTreeMap<i32, PeriodCounts>, name: fn(i32) -> String| -> Vec<Bar> {
            let counts = counts.iter().filter(|it| !it.1.is_empty());
            counts.map(|(at, counts)| Bar { period: name(*at), counts: *counts }).collect()
        };
        match than {
            Period::Year => Vec::new(),
            Period::Month => bars(&self.years_alone, year_name),
            Period::Day => {
                [bars(&self.months_alone, month_name), bars(&self.years_alone, year_name)].concat()
            }
        }
    }
}

fn day_number(day: Date) -> i32 {
    (day - Date::constant(1970, 1, 1)).get_days()
}

fn month_number(day: Date) -> i32 {
    i32::from(day.year()) * 12 + i32::from(day.month()) - 1
}

fn day_name(day: i32) -> String {
    Date::constant(1970, 1, 1).saturating_add(day.days()).to_string()
}

fn month_name(month: i32) -> String {
    format!("{:04}-{:02}", month.div_euclid(12), month.rem_euclid(12) + 1)
}

fn year_name(year: i32) -> String {
    format!("{year:04}")
}

impl Timeline {
    /// Adds a bar for each number of the time asked for and of what was found; where these are more
    /// than `bars_max`, of what was found alone, and then only those that are not empty.
    fn draw(
        &mut self,
        counts: &BTreeMap<i32, PeriodCounts>,
        asked: Option<&RangeInclusive<i32>>,
        bars_max: usize,
        what: &str,
        name: impl Fn(i32) -> String,
    ) {
        let fits = |it: &RangeInclusive<i32>| length(it) <= bars_max;
        let whole = hull(counts, asked);
        let range = whole.clone().filter(fits).or_else(|| hull(counts, None).filter(fits));
        if let Some(whole) = whole.filter(|it| range.as_ref() != Some(it)) {
            let left_out = match &range {
                Some(_) => "those before the first and after the last with something are left out",
                None => "those with nothing are left out",
            };
            self.note = Some(format!(
                "a timeline has at most {bars_max} {what}, and {} to {} are more: {left_out}",
                name(*whole.start()),
                name(*whole.end())
            ));
        }
        let bar = |at: i32| Bar { period: name(at), counts: counts.get(&at).copied().unwrap_or_default() };
        self.bars = match range {
            Some(range) => range.map(bar).collect(),
            None => counts.iter().filter(|it| !it.1.is_empty()).map(|it| bar(*it.0)).collect(),
        };
    }
}

/// From the first to the last number that was asked for or has something.
fn hull(
    counts: &BTreeMap<i32, PeriodCounts>,
    asked: Option<&RangeInclusive<i32>>,
) -> Option<RangeInclusive<i32>> {
    let found = || counts.iter().filter(|it| !it.1.is_empty()).map(|it| *it.0);
    let ends = |end: fn(&RangeInclusive<i32>) -> &i32| asked.map(|it| *end(it)).into_iter().chain(found());
    let (first, last) = (ends(RangeInclusive::start).min()?, ends(RangeInclusive::end).max()?);
    Some(first..=last)
}

fn length(range: &RangeInclusive<i32>) -> usize {
    usize::try_from(range.end() - range.start() + 1).unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(counts: &[(&str, usize)], by: TimelineBy) -> Timeline {
        within(counts, by, None)
    }

    fn within(counts: &[(&str, usize)], by: TimelineBy, asked: Option<(&str, &str)>) -> Timeline {
        let value = |it: &str| (!it.is_empty()).then(|| it.to_owned());
        let n = |n: usize| PeriodCounts { articles: n, passages: n, ..PeriodCounts::default() };
        let asked = asked.map(|(first, last)| (first.parse().unwrap(), last.parse().unwrap()));
        timeline(
            counts.iter().map(|(at, it)| (value(at), n(*it))).collect(),
            TimelineRequest { by, share: false },
            asked,
        )
    }

    fn periods(timeline: &Timeline) -> Vec<String> {
        timeline.bars.iter().map(|it| format!("{} {}", it.period, it.counts.articles)).collect()
    }

    #[test]
    fn months_without_an_article_are_there_too() {
        let timeline = of(&[("2016-11", 2), ("2017-02", 1), ("2017", 4), ("", 3)], TimelineBy::Auto);
        assert_eq!(periods(&timeline), ["2016-11 2", "2016-12 0", "2017-01 0", "2017-02 1"]);
        assert_eq!((timeline.coarse[0].period.as_str(), timeline.coarse[0].counts.articles), ("2017", 4));
        assert_eq!(timeline.undated.counts.articles, 3);
    }

    #[test]
    fn many_months_become_years() {
        let timeline = of(&[("2001-05", 1), ("2004-06", 1), ("2003", 5)], TimelineBy::Auto);
        assert_eq!(periods(&timeline), ["2001 1", "2002 0", "2003 5", "2004 1"]);
        assert!(timeline.coarse.is_empty());
        assert_eq!(of(&[("2001-05", 1), ("2004-06", 1)], TimelineBy::Month).bars.len(), 38);
    }

    #[test]
    fn the_time_asked_for_is_shown_to_its_ends() {
        let found = [("2001-05", 1), ("2002-06", 1), ("2003", 5)];
        let timeline = within(&found, TimelineBy::Auto, Some(("2000-02-03", "2005-01-01")));
        assert_eq!(periods(&timeline), ["2000 0", "2001 1", "2002 1", "2003 5", "2004 0", "2005 0"]);
        let timeline = within(&[("2001-05", 1)], TimelineBy::Auto, Some(("2001-04-30", "2001-07-01")));
        assert_eq!(periods(&timeline), ["2001-04 0", "2001-05 1", "2001-06 0", "2001-07 0"]);
        // What may lie in it is known less exactly, and stands outside.
        let timeline = within(&[("2001-05", 1)], TimelineBy::Month, Some(("2001-06-01", "2001-06-30")));
        assert_eq!(periods(&timeline), ["2001-05 1", "2001-06 0"]);
        let timeline = within(&[], TimelineBy::Auto, Some(("2001-04-30", "2001-05-01")));
        assert_eq!(periods(&timeline), ["2001-04 0", "2001-05 0"]);
    }

    #[test]
    fn a_misread_year_or_an_endless_range_draws_no_endless_timeline() {
        let timeline = of(&[("0001", 1), ("2004", 1)], TimelineBy::Year);
        assert_eq!(periods(&timeline), ["0001 1", "2004 1"]);
        let found = [("2004-01", 1), ("2006-02", 1)];
        let timeline = within(&found, TimelineBy::Auto, Some(("0001-01-01", "9999-12-31")));
        assert_eq!(periods(&timeline), ["2004 1", "2005 0", "2006 1"]);
        let note = timeline.note.expect("years are left out");
        assert!(note.contains("0001 to 9999"), "{note}");
    }

    #[test]
    fn days_where_they_are_few() {
        let found = [("2018-03-09", 2), ("2018-03-11", 1), ("2018-03", 4), ("2018", 5), ("", 3)];
        let timeline = of(&found, TimelineBy::Day);
        assert_eq!(periods(&timeline), ["2018-03-09 2", "2018-03-10 0", "2018-03-11 1"]);
        let coarse: Vec<_> =
            timeline.coarse.iter().map(|it| (it.period.as_str(), it.counts.articles)).collect();
        assert_eq!((coarse, timeline.undated.counts.articles), (vec![("2018-03", 4), ("2018", 5)], 3));
        // The time asked for is shown to its ends.
        let asked = Some(("2018-02-27", "2018-03-01"));
        assert_eq!(
            periods(&within(&[("2018-02-28", 1)], TimelineBy::Day, asked)),
            ["2018-02-27 0", "2018-02-28 1", "2018-03-01 0"]
        );
        let quarter = within(&[], TimelineBy::Day, Some(("2018-01-01", "2018-04-02")));
        assert_eq!((quarter.bars.len(), quarter.note), (92, None));
        // Where what was found is short, the rest of a long time is left out.
        let long = within(&[("2018-03-09", 2)], TimelineBy::Day, Some(("2001-01-01", "2020-12-31")));
        assert_eq!(periods(&long), ["2018-03-09 2"]);
        assert!(long.note.expect("days are left out").contains("2001-01-01 to 2020-12-31"));
    }

    #[test]
    fn many_days_become_months_or_years() {
        let timeline = of(&[("2018-03-09", 2), ("2018-07-01", 1), ("2018-04", 4)], TimelineBy::Day);
        assert_eq!(timeline.period, Period::Month);
        assert_eq!(periods(&timeline), ["2018-03 2", "2018-04 4", "2018-05 0", "2018-06 0", "2018-07 1"]);
        assert_eq!(
            timeline.note.as_deref(),
            Some("a timeline has at most 92 days, and 2018-03-09 to 2018-07-01 are more: it is by month")
        );
        assert_eq!(of(&[("2001-03-09", 2), ("2018-07-01", 1)], TimelineBy::Day).period, Period::Year);
        assert_eq!(of(&[], TimelineBy::Day).bars, []);
    }

    #[test]
    fn nothing_has_no_bars() {
        assert_eq!(of(&[], TimelineBy::Auto).bars, []);
    }

    #[test]
    fn a_share_is_of_all_articles_of_its_period() {
        let n = |articles, all| PeriodCounts { articles, all, ..PeriodCounts::default() };
        let counts = [("2001", n(1, 8)), ("2002", n(0, 5)), ("2003", n(2, 3)), ("2009", n(0, 7))];
        let counts = counts.into_iter().map(|(at, n)| (Some(at.to_owned()), n)).collect();
        let timeline = timeline(counts, TimelineRequest { by: TimelineBy::Year, share: true }, None);
        let shares: Vec<_> = timeline.bars.iter().map(|it| it.counts.percent()).collect();
        assert_eq!(shares, [Some(12.5), Some(0.0), Some(200.0 / 3.0)]);
    }
}
