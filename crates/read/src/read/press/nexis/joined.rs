//! Articles that follow each other without a number or an end mark.

use super::{
    date_line::{self, Exactness},
    head,
    labels::{Meaning, is_length, labeled, part},
};
use crate::read::sheet::Line;
use morgue_core::article::FieldName;

/// Where another article begins in the lines of a record: below the labels that end one article,
/// the lines have a day and the labels that begin another.
pub(super) fn starts(lines: &[Line]) -> Vec<usize> {
    let mut starts = Vec::new();
    // Below the last label of the article.
    let mut end = None;
    let mut day = None;
    for (at, line) in lines.iter().enumerate().filter(|(_, it)| !it.is_blank()) {
        if begins(&line.text) {
            starts.extend(end.filter(|_| day.is_some()));
            (end, day) = (None, None);
        } else if is_load_date(&line.text) || end.is_some() && day.is_none() && is_of_tail(&line.text) {
            (end, day) = (Some(at + 1), None);
        } else if end.is_some() && day.is_none() {
            day = date_line::read(&line.text).filter(|it| it.exactness == Exactness::Day);
        }
    }
    starts
}

fn is_load_date(line: &str) -> bool {
    head::is_telling(line) && labeled(line).is_some_and(|it| it.meaning == Meaning::Closing)
}

fn is_of_tail(line: &str) -> bool {
    labeled(line).is_some_and(|it| !it.is_of_head() && it.meaning != Meaning::Field(FieldName::Date))
}

/// Whether a label stands above a text only.
fn begins(line: &str) -> bool {
    part(line) == Some(Meaning::Body)
        || labeled(line).is_some_and(|it| match it.meaning {
            Meaning::Length => is_length(it.value),
            Meaning::Body | Meaning::Field(FieldName::Headline) => true,
            _ => false,
        })
}
