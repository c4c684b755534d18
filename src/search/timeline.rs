//! Counts by month → a timeline without gaps: pure.

use std::{collections::BTreeMap, ops::RangeInclusive};

use jiff::civil::Date;

use super::{TimelineBy, TimelineRequest};

/// Counts over time, one bar after the other.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Timeline {
    /// Whether a bar is a year; otherwise it is a month.
    pub by_year: bool,
    /// From the first to the last month or year: of the time that the query asks for, and of what
    /// was found. Those with nothing are included.
    pub bars: Vec<Bar>,
    /// Of articles whose month is unknown, in a timeline of months: by year.
    pub coarse: Vec<Bar>,
    /// Of articles without a date.
    pub undated: Bar,
    /// Whether the bars have [`PeriodCounts::all`].
    pub share: bool,
    /// Why months or years are left out, where some are: a sentence.
    pub note: Option<String>,
}

/// What a timeline has of one month or year.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Bar {
    /// `2016-05` or `2016`; empty for undated.
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

/// What is counted by `2016-05`, by `2016` where the month is unknown, and by nothing where the
/// date is.
pub(super) type ByPeriod = BTreeMap<Option<String>, PeriodCounts>;

/// Makes a timeline that covers `asked`, from a first to a last day, and what was found.
pub(super) fn timeline(counts: ByPeriod, request: TimelineRequest, asked: Option<(Date, Date)>) -> Timeline {
    let mut timeline = Timeline { share: request.share, ..Timeline::default() };
    let mut months: BTreeMap<i32, PeriodCounts> = BTreeMap::new();
    let mut years: BTreeMap<i32, PeriodCounts> = BTreeMap::new();
    let mut coarse: BTreeMap<i32, PeriodCounts> = BTreeMap::new();
    for (value, n) in counts {
        let Some((year, month)) = value.as_deref().and_then(year_and_month) else {
            timeline.undated.counts.add(n);
            continue;
        };
        years.entry(year).or_default().add(n);
        match month {
            Some(month) => months.entry(year * 12 + month - 1).or_default().add(n),
            None => coarse.entry(year).or_default().add(n),
        }
    }
    let year_of = |it: Date| i32::from(it.year());
    let month_of = |it: Date| i32::from(it.year()) * 12 + i32::from(it.month()) - 1;
    let asked_months = asked.map(|(first, last)| month_of(first)..=month_of(last));
    let asked_years = asked.map(|(first, last)| year_of(first)..=year_of(last));
    let n_months = hull(&months, asked_months.as_ref()).map_or(0, |it| length(&it));
    timeline.by_year = match request.by {
        TimelineBy::Year => true,
        TimelineBy::Month => false,
        TimelineBy::Auto => n_months > MONTHS_MAX || n_months == 0,
    };
    let year_name = |it: i32| format!("{it:04}");
    if timeline.by_year {
        timeline.draw(&years, asked_years.as_ref(), YEAR_BARS_MAX, "years", year_name);
    } else {
        let month_name = |it: i32| format!("{:04}-{:02}", it.div_euclid(12), it.rem_euclid(12) + 1);
        timeline.draw(&months, asked_months.as_ref(), MONTH_BARS_MAX, "months", month_name);
        let coarse = coarse.into_iter().filter(|it| !it.1.is_empty());
        timeline.coarse = coarse.map(|(year, counts)| Bar { period: year_name(year), counts }).collect();
    }
    timeline
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

fn year_and_month(text: &str) -> Option<(i32, Option<i32>)> {
    match text.split_once('-') {
        None => Some((text.parse().ok()?, None)),
        Some((year, month)) => Some((year.parse().ok()?, Some(month.parse().ok()?))),
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
