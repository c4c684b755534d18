//! Dates as other services write them, turned into morgue's `date:`, `since:` and `until:`.

use jiff::civil::Date;

use super::super::{Field, Node, NodeKind, QuerySpan};
use morgue_core::article::Published;

/// How a date is compared.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Comparison {
    On,
    After,
    NotBefore,
    Before,
    NotAfter,
}

impl Comparison {
    /// The comparison that a word or a sign stands for.
    pub(super) fn from_word(word: &str) -> Option<Comparison> {
        Some(match word.to_ascii_lowercase().as_str() {
            "is" | "=" | "eq" | "on" => Comparison::On,
            "aft" | "after" | ">" | "gt" => Comparison::After,
            "geq" | ">=" | "from" => Comparison::NotBefore,
            "bef" | "before" | "<" | "lt" => Comparison::Before,
            "leq" | "<=" | "to" => Comparison::NotAfter,
            _ => return None,
        })
    }

    /// The comparison that a word begins with as a sign, and the rest: `>=2017`.
    pub(super) fn split(word: &str) -> Option<(Comparison, &str)> {
        let sign = [">=", "<=", ">", "<", "="].into_iter().find(|it| word.starts_with(it))?;
        Comparison::from_word(sign).map(|it| (it, &word[sign.len()..]))
    }
}

/// The days of a year, a month or a day: `2017`, `2017-06`, `20170623`, `6/2017`, `6/23/2017`
/// (month first).
pub(super) fn days(text: &str) -> Option<(Date, Date)> {
    let text = text.split('T').next()?;
    let digits = text.bytes().all(|it| it.is_ascii_digit());
    let iso = match (digits, text.len()) {
        (true, 8) => format!("{}-{}-{}", &text[..4], &text[4..6], &text[6..]),
        _ => {
            let parts: Vec<&str> = text.split('/').collect();
            match parts.as_slice() {
                [month, day, year] if year.len() == 4 => format!("{year}-{month:0>2}-{day:0>2}"),
                [month, year] if year.len() == 4 => format!("{year}-{month:0>2}"),
                _ => text.to_owned(),
            }
        }
    };
    Published::from_iso(&iso).map(Published::days)
}

/// The condition on the date; `None` past the ends of the calendar.
pub(super) fn condition(comparison: Comparison, days: (Date, Date), span: QuerySpan) -> Option<Node> {
    let (field, value) = match comparison {
        Comparison::On => (Field::Date, format!("{}..{}", days.0, days.1)),
        Comparison::After => (Field::Since, days.1.tomorrow().ok()?.to_string()),
        Comparison::NotBefore => (Field::Since, days.0.to_string()),
        Comparison::Before => (Field::Until, days.0.yesterday().ok()?.to_string()),
        Comparison::NotAfter => (Field::Until, days.1.to_string()),
    };
    Some(field_value(field, value, span))
}

/// A field with a value as it stands.
pub(super) fn field_value(field: Field, value: String, span: QuerySpan) -> Node {
    let value = Box::new(Node { span, kind: NodeKind::Value(value) });
    Node { span, kind: NodeKind::Field { field, value } }
}
