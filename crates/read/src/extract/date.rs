//! Finds when an article was published: a field of the format, a line of its own (`Published: June
//! 23, 2017`), the dateline, the address, a path template.
//!
//! A day of change ("Updated …", `dateModified`) is no day of publication and never wins, but stays
//! listed. Of values that agree the finer one wins, also when it is trusted less: the year of one
//! place and the day of another are no rivals. What a sidecar says stands as it is.

use super::{
    dateline::DatelineDate,
    weigh::{Reading, Weighed, weigh},
    written_date::{day, read_date, read_epoch},
};
use morgue_core::article::{Candidate, Field, FieldName, Published, Resolved, Trust};

/// Decides when the article was published; `dateline` is the day its dateline names, with its place
/// in the article.
pub(super) fn date(
    fields: &[Field],
    dateline: Option<(DatelineDate, &str)>,
    rejected: &mut Vec<(FieldName, Candidate)>,
) -> Option<Resolved<Published>> {
    let weighed = weigh(FieldName::Date, fields, |field| {
        let published = read_date(&field.value)
            .or_else(|| read_epoch(field.value.trim()).filter(|_| field.origin.trust == Trust::Structured))?;
        (!tells_a_change(&field.origin.rule)).then(|| Reading::plain(published))
    });
    let winner = weighed.best().map(|best| finest(&weighed, best));
    let resolved = weighed.resolve_as(winner, rejected)?;
    Some(match dateline {
        Some((DatelineDate::MonthDay(month, day), place)) => with_day(resolved, month, day, place),
        _ => resolved,
    })
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
