//! Where the labels below a text begin.

use morgue_core::article::FieldName;

use super::{
    date_line,
    labels::{Labeled, Meaning, is_copyright, is_length, is_unknown_label, labeled, part},
};
use crate::read::sheet::{Kind, Line};

/// Lines that Nexis itself puts into a text.
const INSERTED: &[&str] = &[
    "ABSTRACT",
    "FULL TEXT",
    "FULL TEXT:",
    "Link to Image",
    "Link to Original Content",
    "Link to Story",
    "Link zum Bild",
];

/// Whether Nexis itself put a line into the text.
pub(super) fn is_inserted(line: &str) -> bool {
    INSERTED.contains(&line)
}

/// The first line from which on no text follows: only labels, copyright notes and blank lines.
/// Below a mark `Body` labels count only above one that no story has.
pub(super) fn start(lines: &[Line], has_body_mark: bool, kind: Kind) -> usize {
    let certain = lines.iter().position(|it| is_certain(&it.text, has_body_mark));
    if has_body_mark && certain.is_none() {
        return lines.len();
    }
    let end = certain.unwrap_or(lines.len());
    let mut start = end;
    let mut last = end;
    while let Some(first) = group(lines, last, kind) {
        let text = &lines[first].text;
        if labeled(text).is_some_and(|it| is_of_tail(&it, has_body_mark)) {
            start = first;
        } else if !is_copyright(text) && !is_inserted(text) && !is_unknown_label(text) {
            break;
        }
        last = first;
    }
    start
}

/// The first line of the group that ends before `end`. Lines are broken in text only.
fn group(lines: &[Line], end: usize, kind: Kind) -> Option<usize> {
    let last = lines[..end].iter().rposition(|it| !it.is_blank())?;
    if kind != Kind::Text {
        return Some(last);
    }
    Some(lines[..last].iter().rposition(Line::is_blank).map_or(0, |it| it + 1))
}

/// Whether a label stands below a text only.
pub(super) fn is_closing(it: &Labeled<'_>) -> bool {
    const ALSO_WORDS: &[&str] = &["classification", "copyright", "update"];
    match it.meaning {
        Meaning::Closing if ALSO_WORDS.contains(&it.label.to_lowercase().as_str()) => {
            date_line::read(it.value).is_some()
        }
        // `GERMAN; DEUTSCH`.
        Meaning::Field(FieldName::Language) => {
            let mut words = it.value.split_whitespace();
            words.clone().count() <= LANGUAGE_WORDS_MAX
                && !it.value.ends_with(['.', '!', '?'])
                && words.all(|it| it.starts_with(char::is_uppercase))
        }
        it => it == Meaning::Closing,
    }
}

/// How many words name a language at most; Nexis gives the name in two languages.
const LANGUAGE_WORDS_MAX: usize = 5;

fn is_certain(line: &str, has_body_mark: bool) -> bool {
    labeled(line).is_some_and(|it| is_closing(&it) && (it.is_capital() || it.meaning == Meaning::Closing))
        || has_body_mark && part(line).is_some_and(|it| it != Meaning::Body)
}

/// Whether a label may stand below a text.
fn is_of_tail(it: &Labeled<'_>, has_body_mark: bool) -> bool {
    let is_url = it.value.contains("://") || it.value.starts_with("www.");
    (it.is_capital() || has_body_mark)
        && match it.meaning {
            Meaning::Length => is_length(it.value),
            Meaning::Highlight | Meaning::Body => false,
            Meaning::Field(FieldName::Url) => is_url,
            Meaning::Field(it) => matches!(it, FieldName::Language | FieldName::Section),
            _ => true,
        }
}
