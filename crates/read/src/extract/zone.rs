//! Finds the offset from UTC of the place where an article was published, for an instant that its
//! page gives in UTC.
//!
//! Evidence, best first: a clock of the page that shows the same instant, another timestamp with
//! an offset, a clock that shows the instant of another timestamp, and a zone's name beside a time.

use jiff::{
    Timestamp,
    civil::{Date, DateTime},
    tz::Offset,
};

use super::{
    printed::Printed,
    written_date::{Moment, read_date, read_moment},
};
use morgue_core::article::{Field, FieldName, Published};

/// The offset of the page's own zone, and where the page tells it; `None` when it does not, or is
/// UTC.
pub(super) fn of_page(at: Timestamp, fields: &[Field], printed: &[Printed]) -> Option<(Offset, String)> {
    let dates = || fields.iter().filter(|it| it.name == FieldName::Date && it.value.len() <= 100);
    let described = |it: &Field| format!("“{}”, {}", it.value, it.origin.place);
    let of_fields = dates().filter_map(|it| Some((read_moment(&it.value)?, described(it))));
    let of_lines = printed.iter().map(|it| (it.moment, it.described()));
    let clocks: Vec<(Moment, String)> = of_lines.chain(of_fields).collect();
    let instants: Vec<(Timestamp, Offset, String)> = dates()
        .filter_map(|it| match read_date(&it.value)? {
            Published::Instant(at, offset) => Some((at, offset, described(it))),
            Published::Year(_) | Published::Month(..) | Published::Day(_) => None,
        })
        .collect();
    let shown = |at: Timestamp| {
        clocks.iter().find_map(|(moment, place)| Some((offset_between(at, moment)?, place.clone())))
    };
    let given = || instants.iter().map(|(_, offset, place)| (*offset, place.clone())).find(|it| away(it.0));
    let named = || clocks.iter().filter_map(|(it, place)| Some((it.zone?.offset(at)?, place.clone())));
    shown(at)
        .or_else(given)
        .or_else(|| instants.iter().find_map(|(at, _, _)| shown(*at)))
        .or_else(|| named().find(|it| away(it.0)))
}

fn away(offset: Offset) -> bool {
    offset != Offset::UTC
}

/// The offset of a clock that shows the instant; `None` when it shows another, or UTC.
fn offset_between(at: Timestamp, clock: &Moment) -> Option<Offset> {
    let (time, utc) = (clock.time?, Offset::UTC.to_datetime(at));
    let days = match (clock.day, clock.month_day?) {
        (Some(day), _) => vec![day],
        // The year nearest to the instant, which may be the one before or after.
        (None, (month, day)) => {
            (-1..=1).filter_map(|it| Date::new(utc.year() + it, month, day).ok()).collect()
        }
    };
    days.into_iter().find_map(|day| {
        let offset = minute(day.to_datetime(time)) - minute(utc);
        // A clock with a zone of its own that shows another instant shows nothing of this one.
        let own = clock.zone.and_then(|it| it.offset(at)).map(|it| i64::from(it.seconds()) / 60);
        let agrees = own.is_none_or(|it| it == offset);
        (agrees && is_offset(offset))
            .then(|| Offset::from_seconds(i32::try_from(offset * 60).ok()?).ok())
            .flatten()
    })
}

/// The minute of a date and time, counted from an epoch.
fn minute(at: DateTime) -> i64 {
    at.duration_since(DateTime::constant(1970, 1, 1, 0, 0, 0, 0)).as_secs().div_euclid(60)
}

/// Whether some place is so many minutes from UTC, and not none. Of offsets that are not whole
/// hours only those of the tz database in use since 1980 count.
fn is_offset(minutes: i64) -> bool {
    const PARTS_OF_HOURS: [i64; 10] = [-570, -210, -150, 210, 270, 330, 345, 390, 570, 630];
    let hours = minutes % 60 == 0 && (-12 * 60..=14 * 60).contains(&minutes);
    minutes != 0 && (hours || PARTS_OF_HOURS.contains(&minutes))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_clock_that_shows_the_same_instant_tells_its_offset() {
        let at: Timestamp = "2019-11-20T02:59:46Z".parse().expect("an instant");
        for (clock, minutes) in [
            ("Nov. 19, 2019, 9:59 p.m.", Some(-300)),
            ("Nov 19, 9:59 PM", Some(-300)),
            ("2019-11-20 08:29:46", Some(330)),
            ("Nov. 20, 2019, 2:59 a.m.", None),
            ("Nov. 19, 2019, 9:58 p.m.", None),
            ("Nov. 18, 2019, 9:59 p.m.", None),
            ("Nov. 19, 2019, 6:59 p.m. PT", Some(-480)),
            ("Nov. 19, 2019, 9:59 p.m. PT", None),
        ] {
            let moment = read_moment(clock).expect(clock);
            let offset = offset_between(at, &moment).map(|it| it.seconds() / 60);
            assert_eq!(offset, minutes, "{clock}");
        }
    }

    #[test]
    fn the_name_of_a_zone_means_summer_time_in_summer() {
        let offset = |text: &str, at: &str| {
            let zone = read_moment(text).expect(text).zone.expect("a zone");
            zone.offset(at.parse().expect("an instant")).map(|it| it.seconds() / 3600)
        };
        assert_eq!(offset("9:59 p.m. ET", "2019-11-20T02:59:46Z"), Some(-5));
        assert_eq!(offset("9:59 p.m. ET", "2019-07-20T01:59:46Z"), Some(-4));
        assert_eq!(offset("9:59 p.m. PST", "2019-07-20T01:59:46Z"), Some(-8));
    }
}
