//! The dateline that a passage begins with, so that no place is taken for who speaks: `PUERTO ALMADRA, March 3 (CPA) —`.

use crate::text::token::{Unit, UnitKind};

/// A longer beginning, in units, is no dateline.
const UNITS_MAX: usize = 16;

/// How many units the dateline takes, its dash included; 0 when there is none.
///
/// It begins with a word of three or more letters in capitals, holds names, numbers and signs only, and ends at a dash
/// that stands apart.
pub(crate) fn length(text: &str, units: &[Unit]) -> usize {
    let capitals = |it: &Unit| {
        let word = &text[it.start..it.end];
        word.chars().filter(|it| it.is_alphabetic()).count() >= 3 && !word.contains(char::is_lowercase)
    };
    if !units.first().is_some_and(capitals) {
        return 0;
    }
    for (at, unit) in units.iter().enumerate().take(UNITS_MAX) {
        let dash = ['-', '–', '—', '―'].iter().any(|it| unit.is_sign(*it));
        let apart = text[..unit.start].ends_with([' ', ')'])
            && !text[unit.end..].starts_with(char::is_alphanumeric)
            || unit.first != '-';
        if dash && apart {
            return at + 1;
        }
        // A word in lower case begins the story; months and weekdays are words of the calendar.
        if unit.is_quote()
            || unit.kind == UnitKind::Word && text[unit.start..unit.end].starts_with(char::is_lowercase)
        {
            return 0;
        }
    }
    0
}
