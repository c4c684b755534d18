//! Finds when an article was published: a field of the format, a line of its own (`Published: June
//! 23, 2017`), the dateline, the address, a path template.
//!
//! The day of an article is the one that its page prints. Programs write instants in UTC: such an
//! instant is turned to the page's own zone where the page tells one, and a day that is printed, or
//! else the day of the address, wins over a program's day when the two are neighbors.
//!
//! A day of change ("Updated …", `dateModified`) is no day of publication and never wins, but stays
//! listed. Of values that agree the finer one wins, also when it is trusted less: the year of one
//! place and the day of another are no rivals. What a sidecar says stands as it is.

use jiff::{civil::Date, tz::Offset};

use super::{
    dateline::DatelineDate,
    printed::{PRINTED, Printed},
    weigh::{Reading, Weighed, weigh},
    written_date::{day, read_date, read_epoch},
    zone,
};
use morgue_core::article::{Candidate, Field, FieldName, Origin, Published, Resolved, Trust};

/// Decides when the article was published; `printed` are the dates beside its headline, which
/// `fields` have too, `dateline` is the day its dateline names, with its place in the article.
pub(super) fn date(
    fields: &[Field],
    printed: &[Printed],
    dateline: Option<(DatelineDate, &str)>,
    rejected: &mut Vec<(FieldName, Candidate)>,
) -> Option<Resolved<Published>> {
    let weighed = weigh(FieldName::Date, fields, |field| {
        let published = read_date(&field.value)
            .or_else(|| read_epoch(field.value.trim()).filter(|_| field.origin.trust == Trust::Structured))?;
        (!tells_a_change(&field.origin.rule)).then(|| Reading::plain(published))
    });
    let mut winner = weighed.best().map(|best| finest(&weighed, best));
    let mut local = None;
    if let Some((Field { origin, .. }, Some(value))) = winner.and_then(|it| weighed.entries().get(it))
        && is_programs(origin, *value)
    {
        local = in_zone_of_page(*value, fields, printed);
        let machine = local.as_ref().map_or(*value, |it| it.0);
        if let Some(neighbor) = neighbor(&weighed, machine) {
            (winner, local) = (Some(neighbor), None);
        }
    }
    let mut resolved = weighed.resolve_as(winner, rejected)?;
    if let Some((value, zone)) = local {
        let utc = Candidate { value: written(resolved.value), origin: resolved.origin.clone() };
        resolved.origin.rule.push_str(", in the page's zone");
        resolved.origin.place = format!("{}; {zone}", resolved.origin.place);
        resolved.candidates.insert(0, utc);
        resolved.value = value;
    }
    Some(match dateline {
        Some((DatelineDate::MonthDay(month, day), place)) => with_day(resolved, month, day, place),
        _ => resolved,
    })
}

/// Whether a program wrote the date, for programs to read.
fn is_programs(origin: &Origin, value: Published) -> bool {
    const RULES: [&str; 4] = ["json", "meta ", "time", "itemprop"];
    let utc = matches!(value, Published::Instant(_, Offset::UTC));
    let of_program = RULES.iter().any(|it| origin.rule.starts_with(it));
    origin.trust == Trust::Structured && (utc || of_program)
}

/// An instant in UTC by the clock of the place where its page was published, and where the page
/// tells its zone.
fn in_zone_of_page(value: Published, fields: &[Field], printed: &[Printed]) -> Option<(Published, String)> {
    let Published::Instant(at, Offset::UTC) = value else { return None };
    let (offset, place) = zone::of_page(at, fields, printed)?;
    Some((Published::Instant(at, offset), place))
}

/// The entry for the day that the page prints, or else for that of its address, when it is one day
/// from that of a program; `None` when the page prints the program's day.
fn neighbor(weighed: &Weighed<Published>, machine: Published) -> Option<usize> {
    let machine = one_day(machine)?;
    let of_rules = |rules: &[&str]| {
        let entries = weighed.entries().iter().enumerate();
        let known = entries.filter(|(_, (field, _))| rules.contains(&field.origin.rule.as_str()));
        known.filter_map(|(idx, (_, value))| Some((idx, one_day((*value)?)?))).collect::<Vec<_>>()
    };
    let printed = of_rules(&[PRINTED, "date line", "byline"]);
    let days = if printed.is_empty() { of_rules(&["address"]) } else { printed };
    if days.iter().any(|(_, day)| *day == machine) {
        return None;
    }
    let next = |a: Date, b: Date| a.tomorrow().is_ok_and(|it| it == b);
    days.into_iter().find(|(_, day)| next(*day, machine) || next(machine, *day)).map(|(idx, _)| idx)
}

/// The day of a date that is as fine as a day.
fn one_day(published: Published) -> Option<Date> {
    let (first, last) = published.days();
    (first == last).then_some(first)
}

/// As [`Candidate::value`] has it.
fn written(published: Published) -> String {
    published.instant().unwrap_or_else(|| published.to_string())
}

/// Whether the rule found a day of change, of creation in a file system, or of a crawl.
fn tells_a_change(rule: &str) -> bool {
    let rule = rule.to_lowercase();
    ["modified", "updated", "update", "crawl", "download", "expires"].iter().any(|it| rule.contains(it))
}

/// The entry that tells most among those that agree with the best.
fn finest(weighed: &Weighed<Published>, best: usize) -> usize {
    let entries = weighed.entries();
    let value = |idx: usize| entries.get(idx).and_then(|(_, value)| *value);
    let Some(mut known) = value(best).filter(|_| entries[best].0.origin.trust != Trust::Sidecar) else {
        return best;
    };
    let mut winner = best;
    for idx in best + 1..entries.len() {
        let Some(next) = value(idx) else { continue };
        let (first, last) = known.days();
        let (next_first, next_last) = next.days();
        if fineness(next) > fineness(known) && first <= next_first && next_last <= last {
            (winner, known) = (idx, next);
        }
    }
    winner
}

/// Year, month, day, instant.
fn fineness(published: Published) -> u8 {
    match published {
        Published::Year(_) => 0,
        Published::Month(..) => 1,
        Published::Day(_) => 2,
        Published::Instant(..) => 3,
    }
}

/// Adds the dateline's month and day to a year or month that agrees with them.
fn with_day(resolved: Resolved<Published>, month: i8, day_of_month: i8, place: &str) -> Resolved<Published> {
    let fits = match resolved.value {
        Published::Year(year) => day(year, month, day_of_month),
        Published::Month(year, known) if known == month => day(year, month, day_of_month),
        Published::Month(..) | Published::Day(_) | Published::Instant(..) => None,
    };
    let Some(value) = fits.filter(|_| resolved.origin.trust != Trust::Sidecar) else { return resolved };
    let field = Field::new(FieldName::Date, "", Trust::Text, "dateline with the known year", place);
    let coarse = Candidate { value: resolved.value.to_string(), origin: resolved.origin };
    let mut candidates = vec![coarse];
    candidates.extend(resolved.candidates);
    Resolved { value, origin: field.origin, candidates }
}
