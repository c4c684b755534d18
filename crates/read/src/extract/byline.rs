//! Finds who wrote an article: a field of the format, or a line `By Ann Lee and Bo Diaz, Staff
//! Writers`.
//!
//! Names stay as written. Accounts, addresses and words such as "admin" or "Staff" are nobody's
//! name: they lose, and stay listed.

use super::{
    dateline::is_agency,
    lexicon::{List, contains, entries},
    shape::folded_words,
    url::host,
    weigh::{Reading, Weighed, weigh},
    written_date::{is_day, is_weekday},
};
use morgue_core::article::{Field, FieldName, Trust};

/// A byline has at most so many characters once it is cleaned.
const LENGTH_MAX: usize = 160;

/// A longer text, in bytes, is no byline.
const BYTES_MAX: usize = 1_000;

/// So many authors are joined at most, and compared with so many names of outlets.
const NAMES_MAX: usize = 50;

/// Weighs the bylines given; names that the same rule found at the same trust are one byline.
pub(super) fn byline(fields: &[Field]) -> Weighed<String> {
    let joined = join_authors(fields);
    let outlets: Vec<Vec<String>> = fields
        .iter()
        .filter(|it| it.name == FieldName::Source && it.origin.trust != Trust::Default)
        .map(|it| folded_words(&it.value))
        .take(NAMES_MAX)
        .collect();
    weigh(FieldName::Byline, &joined, |field| {
        let names = clean(&field.value)?;
        // An outlet given as its own author is nobody's name, and no part of one: `Ann Lee, Harbour
        // Courier`.
        let is_outlet = |piece: &str| outlets.contains(&folded_words(piece));
        let (first, rest) = names.split_once(", ").unwrap_or((&names, ""));
        let names = if is_outlet(rest) { first } else { &names };
        (!is_outlet(names)).then(|| Reading::plain(names.to_owned()))
    })
}

/// Joins the names of a list of authors: `Ann Lee` and `Bo Diaz` become `Ann Lee and Bo Diaz`.
fn join_authors(fields: &[Field]) -> Vec<Field> {
    let mut joined: Vec<(Field, Vec<String>)> = Vec::new();
    for field in fields.iter().filter(|it| it.name == FieldName::Byline) {
        let name = clean(&field.value);
        match (name, joined.last_mut()) {
            (Some(name), Some((last, names))) if last.origin == field.origin && !names.is_empty() => {
                if names.len() < NAMES_MAX && names.iter().all(|it| !it.contains(&name)) {
                    names.push(name);
                }
            }
            (name, _) => joined.push((field.clone(), name.into_iter().collect())),
        }
    }
    let join = |(mut field, names): (Field, Vec<String>)| {
        if let [first @ .., last] = &names[..]
            && !first.is_empty()
        {
            field.value = format!("{} and {last}", first.join(", "));
        }
        field
    };
    joined.into_iter().map(join).collect()
}

/// The names in a byline, without "By", roles, outlets and accounts; `None` when no name is left.
pub(super) fn clean(text: &str) -> Option<String> {
    if text.len() > BYTES_MAX {
        return None;
    }
    let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
    let text = without_opener(&text).unwrap_or(&text);
    let text = split_day(text).map_or(text, |(names, _)| names);
    let text = text.split(" | ").next()?.split(" • ").next()?.split(" · ").next()?;
    let text = text.split(['(', '<', '[']).next()?;
    let text = text.replace(';', ", ").replace(" ,", ",");
    let mut names: Vec<&str> = Vec::new();
    for piece in text.split(',').map(str::trim).filter(|it| !it.is_empty()) {
        let piece = without_account(piece);
        let role = folded_words(piece).iter().any(|it| contains(List::Role, it));
        if (role || is_agency(piece) || host(piece).is_some()) && !names.is_empty() || piece.is_empty() {
            break;
        }
        names.push(piece);
    }
    let names = names.join(", ");
    let names = ["Updated", "Published", "Posted"]
        .iter()
        .fold(names.as_str(), |it, cut| it.split(cut).next().unwrap_or(it));
    let names =
        names.trim_matches(|c: char| c.is_whitespace() || ",.:-–—|*_\"“”".contains(c) && c != '.').trim();
    is_name(names).then(|| names.to_owned())
}

/// Parts `Ann Lee on Friday, June 23, 2017` into the names and the day.
pub(super) fn split_day(text: &str) -> Option<(&str, &str)> {
    let digits = text.bytes().any(|it| it.is_ascii_digit());
    let mut breaks = text.match_indices(' ').map(|(at, _)| at).take(if digits { 16 } else { 0 });
    breaks.find_map(|at| {
        let (names, day) = (&text[..at], text[at..].trim());
        let day = day.strip_prefix("on ").or(day.strip_prefix("- ")).unwrap_or(day);
        let names = names.trim_end_matches(" on").trim_end_matches([',', ' ', '-', '–', '—', '|', '•', '·']);
        (is_day(day) && !names.is_empty()).then_some((names, day))
    })
}

/// The days that stand in the fields of the byline, as dates.
pub(super) fn days(fields: &[Field]) -> Vec<Field> {
    let bylines = fields.iter().filter(|it| it.name == FieldName::Byline && it.value.len() <= 300);
    bylines
        .filter_map(|it| {
            let (_, day) = split_day(&it.value)?;
            Some(Field { name: FieldName::Date, value: day.to_owned(), origin: it.origin.clone() })
        })
        .collect()
}

/// Drops an address or account from the end of a name: `Ann Lee ann@example.com`, `Bo Diaz
/// @bodiaz`.
fn without_account(piece: &str) -> &str {
    let end = piece.split_whitespace().find(|it| it.contains('@')).and_then(|it| piece.find(it));
    end.map_or(piece, |at| piece[..at].trim_end())
}

fn is_name(names: &str) -> bool {
    let lower = names.to_lowercase();
    let letters = names.chars().filter(|it| it.is_alphabetic()).count();
    letters >= 2
        && names.chars().count() <= LENGTH_MAX
        && !contains(List::Nobody, lower.trim_start_matches("the ").trim_end_matches('.'))
        && !lower.contains("://")
        && !lower.contains("www.")
        && !names.chars().any(|it| it.is_ascii_digit())
        && names.split_whitespace().count() <= 24
}

/// What follows the word that opens a byline, whatever its case.
fn without_opener(text: &str) -> Option<&str> {
    entries(List::BylineOpener).iter().find_map(|opener| {
        let head = text.get(..opener.len())?;
        let rest = text.get(opener.len()..)?;
        let rest = rest.strip_prefix(':').unwrap_or(rest);
        // `Di Maio` and `Von Trapp` are names.
        let whole = || opener.ends_with("by") || rest.split_whitespace().nth(1).is_some();
        let opens = head.to_lowercase() == *opener && rest.starts_with(' ') && whole();
        opens.then(|| rest.trim_start())
    })
}

/// The names of a line that is a byline and nothing else: it opens with "By" or its like, and the
/// rest are names.
pub(super) fn read_line(line: &str) -> Option<String> {
    if line.len() > 250 {
        return None;
    }
    let rest = without_opener(line.trim())?;
    let names = clean(rest)?;
    let words: Vec<&str> = names.split_whitespace().collect();
    let capital = |it: &&str| it.starts_with(|c: char| c.is_uppercase() || c == '‘' || c == '\'');
    let joiner = |it: &&str| contains(List::NameJoiner, it.trim_end_matches(',')) || *it == "&";
    let named = words.iter().all(|it| capital(it) || joiner(it)) && words.first().is_some_and(capital);
    let plain = (2..=16).contains(&words.len()) || is_agency(&names);
    let calendar = words.iter().any(|it| is_weekday(it.trim_end_matches([',', '.'])));
    let sentence = line.trim_end().ends_with(['.', '?', '!', ':']) && !names.ends_with("Jr");
    (named && plain && !calendar && !sentence).then_some(names)
}
