//! Finds the days and times of day that a page prints beside its headline: `By Ann Lee | Nov. 19,
//! 2019, 9:59 p.m.`
//!
//! Such a line has other words too, so a date is looked for within it. A day of change (`Updated
//! …`) is told apart, and a day of saving, printing or copyright is left out.

use super::{
    lexicon::{List, entries},
    shape::ends_like_sentence,
    written_date::{Moment, is_day, read_date, read_moment_near},
};
use crate::read::Block;
use jiff::civil::Date;
use morgue_core::article::{Field, FieldName, Trust};

/// The rule of a day that stands beside the headline.
pub(super) const PRINTED: &str = "printed beside the headline";

/// A line has at most so many words, and so many beside its dates: more are a deck or a caption.
const WORDS_MAX: usize = 40;
const OTHER_WORDS_MAX: usize = 12;

/// A written day and time have at most so many words: `Tuesday, 19 November 2019 at 9:59 p.m.
/// EST`.
const DATE_WORDS_MAX: usize = 9;

/// A day, a time of day or both, as printed.
#[derive(Debug)]
pub(super) struct Printed {
    pub(super) moment: Moment,
    /// Whether it tells when the article was changed.
    pub(super) changed: bool,
    text: String,
    place: String,
}

impl Printed {
    /// The day as a date of the article.
    pub(super) fn field(&self) -> Option<Field> {
        let rule = if self.changed { "printed update" } else { PRINTED };
        let day = self.moment.day?;
        // `04/12/2019` is a day only beside what a program says of it.
        Some(if is_day(&self.text) {
            Field::new(FieldName::Date, &self.text, Trust::Text, rule, &self.place)
        } else {
            Field::new(FieldName::Date, &day.to_string(), Trust::Text, rule, &self.described())
        })
    }

    /// Where it stands, with its words.
    pub(super) fn described(&self) -> String {
        format!("“{}”, {}", self.text, self.place)
    }
}

/// The days that programs give, at most so many.
const NEAR_MAX: usize = 20;

/// Finds what the lines beside a headline say; `fields` are what programs say.
pub(super) fn printed(lines: &[Block], fields: &[Field]) -> Vec<Printed> {
    let dates = fields.iter().filter(|it| it.name == FieldName::Date && it.value.len() <= 100);
    let days = dates.filter_map(|it| read_date(&it.value)).map(|it| it.days());
    let near: Vec<Date> = days.filter(|(first, last)| first == last).map(|it| it.0).take(NEAR_MAX).collect();
    lines.iter().flat_map(|it| of_line(it, &near)).collect()
}

fn of_line(line: &Block, near: &[Date]) -> Vec<Printed> {
    let words: Vec<&str> = line.text.split_whitespace().take(WORDS_MAX + 1).collect();
    let sentence = ends_like_sentence(&line.text) && !line.text.to_lowercase().ends_with("m.");
    if words.len() > WORDS_MAX || sentence {
        return Vec::new();
    }
    let (mut found, mut n_other, mut start, mut label_start) = (Vec::new(), 0, 0, 0);
    while start < words.len() {
        let Some((length, text, moment)) = moment_at(&words[start..], near) else {
            n_other += 1;
            start += 1;
            continue;
        };
        if let Some(changed) = tells_a_change(&words[label_start..start]) {
            found.push(Printed { moment, changed, text, place: line.place.clone() });
        }
        start += length;
        label_start = start;
    }
    if n_other <= OTHER_WORDS_MAX { found } else { Vec::new() }
}

/// The longest moment that begins with the first word: how many words it has, these, and what they
/// mean.
fn moment_at(words: &[&str], near: &[Date]) -> Option<(usize, String, Moment)> {
    let bare = |it: &str| it.trim_matches(|c: char| !c.is_alphanumeric()).is_empty();
    if bare(words[0]) {
        return None;
    }
    (1..=words.len().min(DATE_WORDS_MAX)).rev().find_map(|length| {
        if bare(words[length - 1]) {
            return None;
        }
        let text = words[..length].join(" ");
        let text = text.trim_end_matches([',', ';', '|', '-', '–', '—']);
        let moment = read_moment_near(text, near)?;
        // A day without a year needs a time beside it, a time without a day its zone: `May 1` and
        // `3 pm` may be anything.
        let certain = moment.day.is_some()
            || moment.month_day.is_some() && moment.time.is_some()
            || moment.time.is_some() && moment.zone.is_some();
        certain.then(|| (length, text.to_owned(), moment))
    })
}

/// Whether the words before a date say that it is one of change; `None` when they say that the
/// date is not the article's at all. The last label counts.
fn tells_a_change(before: &[&str]) -> Option<bool> {
    let before = before.join(" ").to_lowercase();
    let last = |list: List| {
        let at = |label: &str| before.rfind(label).map(|it| it + label.len());
        entries(list).iter().filter_map(|it| at(it)).max()
    };
    let (published, updated) = (last(List::PublishedLabel), last(List::UpdatedLabel));
    let saved = last(List::SavedLabel).max(before.rfind('©'));
    if saved > published.max(updated) {
        return None;
    }
    Some(updated > published)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::read::BlockKind;

    #[test]
    fn dates_are_found_among_other_words() {
        for (text, expected) in [
            ("by Ann Lee @annlee Nov 18, 2019 at 9:24 pm ET • 2 min read", "Nov 18, 2019 at 9:24 pm ET"),
            (
                "Posted: Fri 6:45 PM, Feb 16, 2018 | Updated: Sat 8:31 PM, Feb 17, 2018",
                "Fri 6:45 PM, Feb 16, 2018; changed Sat 8:31 PM, Feb 17, 2018",
            ),
            ("Last updated: 3 May 2021 Published: 1 May 2021", "changed 3 May 2021; 1 May 2021"),
            ("Updated Nov 19, 9:41 AM; Posted Nov 18, 8:19 PM", "changed Nov 19, 9:41 AM; Nov 18, 8:19 PM"),
            ("9:59 p.m. ET", "9:59 p.m. ET"),
            ("Printed on May 5, 2021", ""),
            ("© May 2, 2021", ""),
            ("The ferry has sailed since June 23, 2017.", ""),
            ("3 pm on the quay", ""),
            ("Talks in Port Ellis", ""),
        ] {
            let line = Block {
                kind: BlockKind::Paragraph,
                text: text.to_owned(),
                bytes: None,
                place: "line 1".to_owned(),
            };
            let found = printed(&[line], &[]);
            let told = |it: &Printed| format!("{}{}", if it.changed { "changed " } else { "" }, it.text);
            assert_eq!(found.iter().map(told).collect::<Vec<_>>().join("; "), expected, "{text}");
        }
    }

    #[test]
    fn of_two_readings_the_one_beside_the_programs_day_is_meant() {
        for (text, program, expected) in [
            ("By Ann Lee 06/09/2018 11:30 PM", "2018-06-10T03:30:00Z", Some("2018-06-09")),
            ("By Ann Lee 06/09/2018 11:30 PM", "2018-09-06", Some("2018-09-06")),
            ("06/09/2018", "2018-12-01", None),
            ("06/09/2018", "2018", None),
            ("31/12/2018", "2019-01-01", Some("2018-12-31")),
        ] {
            let line = Block {
                kind: BlockKind::Paragraph,
                text: text.to_owned(),
                bytes: None,
                place: "line 1".to_owned(),
            };
            let field = Field::new(FieldName::Date, program, Trust::Structured, "meta date", "head");
            let found = printed(&[line], &[field]);
            let day = found.first().and_then(|it| it.moment.day).map(|it| it.to_string());
            assert_eq!(day.as_deref(), expected, "{text}, {program}");
        }
    }
}
