//! Counts by month → a timeline without gaps: pure.

use std::collections::BTreeMap;

use super::TimelineBy;

/// Counts over time, one bar after the other.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Timeline {
    /// Whether a bar is a year; otherwise it is a month.
    pub by_year: bool,
    /// From the first to the last, those with nothing included.
    pub bars: Vec<Bar>,
    /// Of articles whose month is unknown, in a timeline of months: by year.
    pub coarse: Vec<Bar>,
    /// Of articles without a date.
    pub undated: Bar,
}

/// What a timeline has of one month or year.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Bar {
    /// `2016-05` or `2016`; empty for undated.
    pub period: String,
    /// Articles; quotes in a timeline of quotes.
    pub articles: usize,
    /// Passages; quotes in a timeline of quotes.
    pub passages: usize,
}

/// More months than this are shown by year.
const MONTHS_MAX: usize = 36;
/// A timeline is not drawn over more bars than this: a misread year would make it endless.
const BARS_MAX: i32 = 1200;

/// Makes a timeline of counts by `2016-05`, by `2016` where the month is unknown, and by nothing
/// where the date is.
pub(super) fn timeline(counts: Vec<(Option<String>, (usize, usize))>, by: TimelineBy) -> Timeline {
    let mut timeline = Timeline::default();
    let mut months: BTreeMap<i32, (usize, usize)> = BTreeMap::new();
    let mut years: BTreeMap<i32, (usize, usize)> = BTreeMap::new();
    let mut coarse: BTreeMap<i32, (usize, usize)> = BTreeMap::new();
    for (value, n) in counts {
        let Some((year, month)) = value.as_deref().and_then(year_and_month) else {
            add(&mut timeline.undated, n);
            continue;
        };
        plus(years.entry(year).or_default(), n);
        match month {
            Some(month) => plus(months.entry(year * 12 + month - 1).or_default(), n),
            None => plus(coarse.entry(year).or_default(), n),
        }
    }
    let n_months = span(&months);
    timeline.by_year = match by {
        TimelineBy::Year => true,
        TimelineBy::Month => false,
        TimelineBy::Auto => n_months > MONTHS_MAX || months.is_empty(),
    };
    let year_name = |it: i32| format!("{it:04}");
    if timeline.by_year {
        timeline.bars = bars(&years, year_name);
    } else {
        let month_name = |it: i32| format!("{:04}-{:02}", it.div_euclid(12), it.rem_euclid(12) + 1);
        timeline.bars = bars(&months, month_name);
        timeline.coarse = coarse.iter().map(|(year, n)| bar(year_name(*year), *n)).collect();
    }
    timeline
}

fn year_and_month(text: &str) -> Option<(i32, Option<i32>)> {
    match text.split_once('-') {
        None => Some((text.parse().ok()?, None)),
        Some((year, month)) => Some((year.parse().ok()?, Some(month.parse().ok()?))),
    }
}

fn span(counts: &BTreeMap<i32, (usize, usize)>) -> usize {
    let ends = counts.first_key_value().zip(counts.last_key_value());
    ends.map_or(0, |(first, last)| usize::try_from(last.0 - first.0).unwrap_or(0) + 1)
}

/// A bar for each number from the first to the last; only those that are there when that is too
/// many.
fn bars(counts: &BTreeMap<i32, (usize, usize)>, name: impl Fn(i32) -> String) -> Vec<Bar> {
    let Some((first, last)) = counts.first_key_value().zip(counts.last_key_value()) else {
        return Vec::new();
    };
    if last.0 - first.0 > BARS_MAX {
        return counts.iter().map(|(at, n)| bar(name(*at), *n)).collect();
    }
    (*first.0..=*last.0).map(|at| bar(name(at), counts.get(&at).copied().unwrap_or_default())).collect()
}

fn bar(period: String, (articles, passages): (usize, usize)) -> Bar {
    Bar { period, articles, passages }
}

fn plus(to: &mut (usize, usize), n: (usize, usize)) {
    to.0 += n.0;
    to.1 += n.1;
}

fn add(to: &mut Bar, n: (usize, usize)) {
    to.articles += n.0;
    to.passages += n.1;
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(counts: &[(&str, usize)], by: TimelineBy) -> Timeline {
        let value = |it: &str| (!it.is_empty()).then(|| it.to_owned());
        timeline(counts.iter().map(|(at, n)| (value(at), (*n, *n))).collect(), by)
    }

    fn periods(timeline: &Timeline) -> Vec<String> {
        timeline.bars.iter().map(|it| format!("{} {}", it.period, it.articles)).collect()
    }

    #[test]
    fn months_without_an_article_are_there_too() {
        let timeline = of(&[("2016-11", 2), ("2017-02", 1), ("2017", 4), ("", 3)], TimelineBy::Auto);
        assert_eq!(periods(&timeline), ["2016-11 2", "2016-12 0", "2017-01 0", "2017-02 1"]);
        assert_eq!((timeline.coarse[0].period.as_str(), timeline.coarse[0].articles), ("2017", 4));
        assert_eq!(timeline.undated.articles, 3);
    }

    #[test]
    fn many_months_become_years() {
        let timeline = of(&[("2001-05", 1), ("2004-06", 1), ("2003", 5)], TimelineBy::Auto);
        assert_eq!(periods(&timeline), ["2001 1", "2002 0", "2003 5", "2004 1"]);
        assert!(timeline.coarse.is_empty());
        assert_eq!(of(&[("2001-05", 1), ("2004-06", 1)], TimelineBy::Month).bars.len(), 38);
    }

    #[test]
    fn a_misread_year_draws_no_endless_timeline() {
        let timeline = of(&[("0001", 1), ("2004", 1)], TimelineBy::Year);
        assert_eq!(periods(&timeline), ["0001 1", "2004 1"]);
    }

    #[test]
    fn nothing_has_no_bars() {
        assert_eq!(of(&[], TimelineBy::Auto).bars, []);
    }
}
