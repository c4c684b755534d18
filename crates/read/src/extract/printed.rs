//! Finds the days and times of day that a page prints beside its headline: `By Ann Lee | Nov. 19,
//! 2019, 9:59 p.m.`
//!
//! Such a line has other words too, so a date is looked for within it. A day of change (`Updated
//! …`) is told apart, and a day of saving, printing or copyright is left out.

use super::{
    lexicon::{List, entries},
    shape::ends_like_sentence,
    written_date::{Moment, read_moment},
};
use crate::read::Block;
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
        self.moment.day.map(|_| Field::new(FieldName::Date, &self.text, Trust::Text, rule, &self.place))
    }

    /// Where it stands, with its words.
    pub(super) fn described(&self) -> String {
        format!("“{}”, {}", self.text, self.place)
    }
}

/// Finds what the lines beside a headline say.
pub(super) fn printed(lines: &[Block]) -> Vec<Printed> {
    lines.iter().flat_map(of_line).collect()
}

fn of_line(line: &Block) -> Vec<Printed> {
    let words: Vec<&str> = line.text.split_whitespace().take(WORDS_MAX + 1).collect();
    let sentence = ends_like_sentence(&line.text) && !line.text.to_lowercase().ends_with("m.");
    if words.len() > WORDS_MAX || sentence {
        return Vec::new();
    }
    let (mut found, mut n_other, mut start, mut label_start) = (Vec::new(), 0, 0, 0);
    while start < words.len() {
        let Some((length, text, moment)) = moment_at(&words[start..]) else {
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
fn moment_at(words: &[&str]) -> Option<(usize, String, Moment)> {
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
        let moment = read_moment(text)?;
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
            let found = printed(&[line]);
            let told = |it: &Printed| format!("{}{}", if it.changed { "changed " } else { "" }, it.text);
            assert_eq!(found.iter().map(told).collect::<Vec<_>>().join("; "), expected, "{text}");
        }
    }
}
