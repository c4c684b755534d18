//! Reads the dateline that opens a report: `QUARRY BAY, Norland (AP) —`, `PORT ELLIS, Feb 26 -`,
//! `PORT ELLIS, 12. Mai (dpa) –`.
//!
//! A place in capitals, perhaps a region, a day and an agency in brackets, then a dash. A place in
//! small letters (`New York (AFP) –`) counts only with an agency or a day beside it, and after a
//! colon so does any place: `WATCH:` and the speakers of a transcript look the same otherwise.
//! Forms after the AP Stylebook, entry "datelines".

use super::{
    lexicon::{List, contains},
    line::Line,
    place_name,
    shape::is_all_caps,
    weigh::{Reading, Weighed, weigh},
    written_date::{read_date, read_month_day},
};
use morgue_core::article::{Field, FieldName, Published};

/// The dateline stands within the first so many lines: below headline, deck and caption.
const LINES_MAX: usize = 5;

/// What a dateline says.
#[derive(Debug, PartialEq)]
pub(super) struct Dateline {
    /// City and region as written.
    pub(super) place: String,
    /// The agency it names.
    pub(super) agency: Option<String>,
    /// The day it names.
    pub(super) date: Option<DatelineDate>,
}

/// The day of a dateline.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum DatelineDate {
    /// With its year.
    Full(Published),
    /// Month and day; the year is known to the reader of the paper.
    MonthDay(i8, i8),
}

/// A dateline ends within so many characters.
const LENGTH_MAX: usize = 110;

/// Reads the dateline at the start of a paragraph.
pub(super) fn read_dateline(text: &str) -> Option<Dateline> {
    let text = text.trim_start();
    let end = text.char_indices().nth(LENGTH_MAX).map_or(text.len(), |(at, _)| at);
    let head = &text[..end];
    dashes(head).into_iter().take(3).find_map(|(at, length, mark)| {
        let rest = text.get(at + length..)?.trim_start();
        let dateline = read_prefix(head[..at].trim_end())?;
        // `Ann Lee (Green Party) –` is no place: in small letters only an agency that is known
        // counts.
        let city = dateline.place.split(',').next().unwrap_or_default();
        let credited = dateline.agency.as_deref().is_some_and(|it| is_agency(it) || is_all_caps(city));
        let certain = credited || dateline.date.is_some();
        let shouted = rest.len() < 20 || is_all_caps(rest.get(..40).unwrap_or(rest));
        (certain || mark != ':' && !shouted && stands_alone(&dateline.place)).then_some(dateline)
    })
}

/// Whether text is the name of an agency, as written in a credit: `Reuters`, `The Associated
/// Press`, `(AP)`.
pub(super) fn is_agency(text: &str) -> bool {
    let name = text.trim_matches(|c: char| !c.is_alphanumeric()).to_lowercase();
    let name = name.strip_prefix("the ").unwrap_or(&name);
    contains(List::Agency, name)
}

/// Places, lengths and marks of what may end a dateline.
fn dashes(head: &str) -> Vec<(usize, usize, char)> {
    let mut found = Vec::new();
    let mut before = ' ';
    let mut chars = head.char_indices().peekable();
    while let Some((at, c)) = chars.next() {
        let next = chars.peek().map(|(_, c)| *c);
        let length = c.len_utf8();
        match c {
            '—' | '–' | '―' | '‒'
                if !(before.is_ascii_digit() && next.is_some_and(|it| it.is_ascii_digit())) =>
            {
                found.push((at, length, c));
            }
            '-' if next == Some('-') => found.push((at, 2, c)),
            '-' if (before.is_whitespace() || before == ')' || before.is_ascii_digit())
                && next.is_none_or(char::is_whitespace) =>
            {
                found.push((at, length, c));
            }
            ':' if next.is_none_or(char::is_whitespace) => found.push((at, length, c)),
            _ => (),
        }
        before = c;
    }
    found
}

/// Reads `PLACE, Region, Feb 26 (AGENCY)`.
fn read_prefix(prefix: &str) -> Option<Dateline> {
    let (prefix, mut agency) = cut_agency(prefix)?;
    let mut pieces = prefix.split(',').map(str::trim);
    let (city, date_of_city) = cut_date(pieces.next()?);
    let mut place = city.to_owned();
    let mut date = date_of_city;
    let rest: Vec<&str> = pieces.collect();
    if !is_city(city) || rest.len() > 4 {
        return None;
    }
    let mut at = 0;
    while at < rest.len() {
        let with_year = rest.get(at + 1).and_then(|year| read_date(&format!("{}, {year}", rest[at])));
        if let Some(Published::Day(_)) = with_year.filter(|_| date.is_none()) {
            (date, at) = (with_year.map(DatelineDate::Full), at + 2);
            continue;
        }
        let (region, day) = cut_date(rest[at]);
        if contains(List::Agency, &region.to_lowercase()) {
            agency = Some(region.to_owned());
        } else if !region.is_empty() {
            (date.is_none() && is_region(region)).then_some(())?;
            place = format!("{place}, {region}");
        }
        date = date.or(day);
        at += 1;
    }
    Some(Dateline { place, agency, date })
}

/// Takes an agency in brackets off the end; `None` when the brackets hold something else.
fn cut_agency(prefix: &str) -> Option<(&str, Option<String>)> {
    let Some(inner) = prefix.strip_suffix(')') else { return Some((prefix, None)) };
    let (place, agency) = inner.rsplit_once('(')?;
    let known = is_agency(agency);
    let short = agency.split_whitespace().count() <= 3 && agency.chars().count() <= 30;
    let name = agency.starts_with(char::is_uppercase) && !agency.contains(|c: char| c.is_ascii_digit());
    (known || short && name).then(|| (place.trim_end(), Some(agency.trim().to_owned())))
}

/// Takes a day off the end of a piece: `N.Y. March 9` is the region `N.Y.` and the ninth of March.
fn cut_date(piece: &str) -> (&str, Option<DatelineDate>) {
    if !piece.contains(|c: char| c.is_ascii_digit()) {
        return (piece, None);
    }
    let starts = std::iter::once(0).chain(piece.match_indices(' ').map(|(at, _)| at + 1));
    for start in starts.take(6) {
        let tail = &piece[start..];
        if let Some((month, day)) = read_month_day(tail) {
            return (piece[..start].trim_end(), Some(DatelineDate::MonthDay(month, day)));
        }
        if let Some(date @ Published::Day(_)) = read_date(tail) {
            return (piece[..start].trim_end(), Some(DatelineDate::Full(date)));
        }
    }
    (piece, None)
}

/// Up to six words in capitals, or capitalized.
fn is_city(city: &str) -> bool {
    let words: Vec<&str> = city.split_whitespace().collect();
    let named = |word: &&&str| word.starts_with(char::is_uppercase);
    let joined = |word: &&str| contains(List::PlaceJoiner, word);
    let letters = city.chars().all(|c| c.is_alphabetic() || c.is_whitespace() || ".'’-/`".contains(c));
    letters
        && (1..=6).contains(&words.len())
        && words.iter().all(|it| named(&it) || joined(it))
        && words.first().is_some_and(|it| named(&it))
        && city.chars().filter(|it| it.is_alphabetic()).count() >= 2
        && !words
            .iter()
            .any(|it| contains(List::NoPlace, &it.trim_matches(|c: char| !c.is_alphabetic()).to_lowercase()))
}

/// A state or country: short and capitalized.
fn is_region(region: &str) -> bool {
    let words = region.split_whitespace().count();
    (1..=4).contains(&words)
        && region.chars().count() <= 30
        && region.starts_with(char::is_uppercase)
        && region.chars().all(|c| c.is_alphabetic() || c.is_whitespace() || ".'’-".contains(c))
}

/// Whether the place alone, without agency or day, makes a dateline: its city in capitals, and not
/// a shouted headline.
fn stands_alone(place: &str) -> bool {
    let city = place.split(',').next().unwrap_or_default();
    is_all_caps(city)
        && city.chars().filter(|it| it.is_alphabetic()).count() >= 4
        && city.split([' ', '/']).count() <= 4
        && place.split(',').skip(1).all(|it| it.split_whitespace().count() <= 3)
}

/// Finds the dateline: in a field that holds one, or at the start of one of the story's first
/// lines.
pub(super) fn find(fields: &[Field], lines: &[Line]) -> Option<(Dateline, String)> {
    let of_field = fields.iter().filter(|it| it.name == FieldName::Place).find_map(|field| {
        let dateline = read_prefix(field.value.trim().strip_suffix(['-', '–', '—'])?.trim_end())?;
        Some((dateline, field.origin.place.clone()))
    });
    of_field.or_else(|| {
        lines.iter().take(LINES_MAX).find_map(|line| Some((read_dateline(&line.text)?, line.place.clone())))
    })
}

/// `Port-Nord, 4 fév (NPA)` without what stands behind the comma before a number, or in brackets.
fn without_day(place: &str) -> &str {
    let place = place.split(" (").next().unwrap_or(place).trim_end();
    let digit = place.find(|it: char| it.is_ascii_digit());
    digit.and_then(|it| place[..it].rfind(", ")).map_or(place, |comma| &place[..comma])
}

/// Weighs the places given; a field that holds a whole dateline gives its place. `NEW YORK` is
/// `New York`.
pub(super) fn place(fields: &[Field]) -> Weighed<String> {
    weigh(FieldName::Place, fields, |field| {
        let value = field.value.split_whitespace().collect::<Vec<_>>().join(" ");
        let bare = value.trim_end_matches(['-', '–', '—', ' ']);
        let marked = bare.len() < value.len() || bare.ends_with(')');
        let dateline = if marked { read_prefix(bare) } else { None };
        let value = dateline.map_or_else(|| without_day(bare).to_owned(), |it| it.place);
        let named = value.chars().any(char::is_alphabetic) && value.chars().count() <= 100;
        named.then(|| Reading::plain(place_name::in_small_letters(&value)))
    })
}
