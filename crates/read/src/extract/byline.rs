//! Finds who wrote an article: a field of the format, or a line `By Ann Lee and Bo Diaz, Staff
//! Writers`.
//!
//! Names stay as written, without what their bearers work for (`Tom Jones, CNN Business`).
//! Accounts, addresses and words such as "admin" or "Staff" are nobody's name: they lose, and stay
//! listed.

mod parts;

use super::{
    dateline::is_agency,
    lexicon::{List, contains, entries},
    shape::{folded_words, is_all_caps},
    url::host,
    weigh::{Reading, weigh},
    written_date::{is_day, is_weekday},
};
use crate::read::names::{is_turned, join_names};
use morgue_core::article::{Candidate, Field, FieldName, Resolved, Trust};
use parts::{NAMES_MAX, is_organization, pieces, without_sentence};

/// A byline has at most so many characters once it is cleaned.
const LENGTH_MAX: usize = 160;

/// A longer text, in bytes, is no byline.
const BYTES_MAX: usize = 1_000;

/// Decides who wrote the article; names that the same rule found at the same trust are one byline.
///
/// What was cut off the winner, an affiliation or an outlet among the authors, stays as a
/// candidate.
pub(super) fn byline(
    fields: &[Field],
    rejected: &mut Vec<(FieldName, Candidate)>,
) -> Option<Resolved<String>> {
    let joined = join_authors(fields);
    let outlets: Vec<Vec<String>> = fields
        .iter()
        .filter(|it| it.name == FieldName::Source && it.origin.trust != Trust::Default)
        .map(|it| folded_words(&it.value))
        .take(NAMES_MAX)
        .collect();
    let weighed = weigh(FieldName::Byline, &joined, |field| {
        let names = clean_with(given_names(field), &outlets)?;
        // An outlet given as its own author is nobody's name.
        (!outlets.contains(&folded_words(&names))).then(|| Reading::plain(names))
    });
    let best = weighed.best();
    let given = best.and_then(|it| weighed.entries().get(it)).map(|(field, _)| field.value.clone());
    let mut resolved = weighed.resolve_as(best, rejected)?;
    if let Some(given) = given.filter(|it| folded_words(it).len() > folded_words(&resolved.value).len() + 1) {
        resolved.candidates.insert(0, Candidate { value: given, origin: resolved.origin.clone() });
    }
    Some(resolved)
}

/// Joins the names of a list of authors: `Ann Lee` and `Bo Diaz` become `Ann Lee and Bo Diaz`.
fn join_authors(fields: &[Field]) -> Vec<Field> {
    let mut joined: Vec<(Field, Vec<String>)> = Vec::new();
    for field in fields.iter().filter(|it| it.name == FieldName::Byline) {
        let name = clean(given_names(field));
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
        if names.len() > 1 {
            field.value = join_names(&names);
        }
        field
    };
    joined.into_iter().map(join).collect()
}

/// The names in a byline, without "By", roles, outlets and accounts; `None` when no name is left.
pub(super) fn clean(text: &str) -> Option<String> {
    clean_with(text, &[])
}

/// The same; names of the `outlets` are no authors beside others.
fn clean_with(text: &str, outlets: &[Vec<String>]) -> Option<String> {
    if text.len() > BYTES_MAX {
        return None;
    }
    let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
    let text = without_opener(&text).unwrap_or(&text);
    // A line of a text that begins so is a sentence.
    let text = text.strip_prefix("From ").unwrap_or(text);
    let text = split_day(text).map_or(text, |(names, _)| names);
    let text = text.split(" | ").next()?.split(" • ").next()?.split(" · ").next()?;
    let text = text.split(['(', '<', '[']).next()?;
    let text =
        ["Updated", "Published", "Posted"].iter().fold(text, |it, cut| it.split(cut).next().unwrap_or(it));
    if let Some(names) = turned_names(text) {
        return is_name(&names).then_some(names);
    }
    let pieces = pieces(text);
    let mut names: Vec<(String, &str)> = Vec::new();
    let (mut dropped, mut gap, mut behind_outlet) = (false, false, false);
    for (joiner, piece) in &pieces {
        let piece = without_staff(without_account(piece).trim_matches(is_mark).trim());
        if makes_pictures(piece) || piece.contains(" contributed ") {
            dropped |= !names.is_empty();
            continue;
        }
        let (piece, cut) = without_post(without_opener(piece).unwrap_or(piece), outlets);
        // `Ann Lee, Harbor News, Port Ellis`, `Ann Lee in Port Ellis, Osland`
        let is_place = behind_outlet && joiner == ", " && !names.is_empty() && names_place(piece);
        behind_outlet = cut || is_place;
        if is_place {
            dropped = true;
            continue;
        }
        if matches!(piece.trim_end_matches('.').to_lowercase().as_str(), "jr" | "sr" | "ii" | "iii" | "iv") {
            if let Some((last, _)) = names.last_mut() {
                last.push_str(&format!(", {piece}"));
            }
        } else if let Some((last, _)) = names.last_mut().filter(|it| goes_on(&it.0, joiner, piece)) {
            last.push_str(&format!("{joiner}{piece}"));
        } else if piece.is_empty() || is_affiliation(piece, &names, outlets) {
            dropped |= !names.is_empty();
            behind_outlet =
                is_organization(piece) || is_agency(piece) || outlets.contains(&folded_words(piece));
        } else {
            gap |= dropped;
            names.push((piece.to_owned(), joiner));
        }
    }
    if let [(first, _), _, ..] = &names[..]
        && (is_agency(first) || is_organization(first))
    {
        names.remove(0);
    }
    let names = match &names[..] {
        [(one, _)] => one.clone(),
        // Where nothing was left out between them, they are joined as they were.
        [(first, _), rest @ ..] if !gap => {
            rest.iter().fold(first.clone(), |all, (name, joiner)| format!("{all}{joiner}{name}"))
        }
        [others @ .., (last, _)] => {
            let others: Vec<&str> = others.iter().map(|it| it.0.as_str()).collect();
            format!("{} and {last}", others.join(", "))
        }
        [] => return None,
    };
    is_name(&names).then_some(names)
}

/// The value of a field, of one that the file names as its byline without a sentence in it. A line
/// of a text that holds a sentence is no byline.
fn given_names(field: &Field) -> &str {
    if field.origin.trust <= Trust::Structured { without_sentence(&field.value) } else { &field.value }
}

/// `Lee, Ann; Diaz, Bo`: names that stand before a comma in a list with semicolons, as written;
/// `None` when it is no such list.
fn turned_names(text: &str) -> Option<String> {
    let parts: Vec<&str> =
        text.split(';').map(str::trim).filter(|it| !it.is_empty()).take(NAMES_MAX).collect();
    let turned = |it: &&str| {
        is_turned(it)
            && !it.split(',').any(|it| is_agency(it) || is_affiliation(it, &[(String::new(), "")], &[]))
    };
    let alone = |it: &&str| !it.contains(',');
    let any = parts.len() > 1 && parts.iter().any(turned);
    (any && parts.iter().all(|it| turned(it) || alone(it))).then(|| parts.join("; "))
}

/// Whether a part goes on with the name of a body whose first words stand before it:
/// `Bill & Ann Lee Foundation`, `Institute for Boats and Harbor Reporting`.
fn goes_on(last: &str, joiner: &str, piece: &str) -> bool {
    let body = [" of ", " for ", " on "].iter().any(|it| last.contains(it));
    let open = !last.contains(' ') || body;
    let words = folded_words(piece);
    let role = words.last().is_some_and(|it| contains(List::Role, it));
    let rest = is_organization(piece) || body && role && words.len() >= 2;
    matches!(joiner, " & " | " and ")
        && open
        && rest
        && words.len() >= 2
        && !is_agency(last)
        && !starts_with_acronym(piece)
}

/// A name without what its bearer is and works for, and where from, when no comma parts them:
/// `Ann Lee HBC News`, `Courier Staff Writer Ann Lee`, `Ann Lee in Port Ellis`; and whether an
/// outlet or a place was cut off its end.
fn without_post<'a>(piece: &'a str, outlets: &[Vec<String>]) -> (&'a str, bool) {
    let starts: Vec<usize> =
        piece.split_whitespace().map(|it| it.as_ptr() as usize - piece.as_ptr() as usize).collect();
    let folded = |text: &str| folded_words(text);
    let role = |text: &str| {
        folded(text).iter().any(|it| contains(List::Role, it) && !OF_BODIES.contains(&it.as_str()))
    };
    let mut name = piece;
    // The last word that says what somebody is, with a name of two to four words behind it.
    for (at, start) in starts.iter().enumerate().skip(1).rev() {
        let n_words = starts.len() - at;
        if (2..=4).contains(&n_words) && role(&piece[starts[at - 1]..*start]) {
            let rest = &piece[*start..];
            let capitals = rest
                .split_whitespace()
                .all(|it| it.starts_with(char::is_uppercase) || it.chars().count() <= 3);
            if capitals && !is_organization(rest) && !folded(rest).iter().any(|it| contains(List::Role, it)) {
                name = rest;
                break;
            }
        }
    }
    if let Some((before, place)) = name.split_once(" in ")
        && before.contains(' ')
        && ![" of ", " for ", " without "].iter().any(|it| before.contains(it))
        && place.starts_with(char::is_uppercase)
        && !folded(before).iter().any(|it| contains(List::Organization, it))
    {
        return (before, true);
    }
    // `Ann Lee of The Harbor Times`
    if let Some((before, body)) = name.split_once(" of ")
        && before.contains(' ')
        && (is_agency(body) || is_organization(body))
        && !folded(before).iter().any(|it| contains(List::Organization, it))
    {
        return (before, true);
    }
    let starts = name.split_whitespace().map(|it| it.as_ptr() as usize - name.as_ptr() as usize).skip(2);
    let outlet = |rest: &str| {
        let one_acronym = !is_all_caps(name) && starts_with_acronym(rest);
        outlets.contains(&folded(rest))
            || is_agency(rest)
            || one_acronym && (is_organization(rest) || !rest.contains(' '))
    };
    let cut = starts.take(6).find(|at| outlet(&name[*at..]));
    cut.map_or((name, false), |at| (name[..at].trim_end(), true))
}

/// Roles that are parts of the names of bodies, too.
const OF_BODIES: [&str; 8] =
    ["associated", "bureau", "desk", "special", "reporting", "contributing", "staff", "chief"];

fn starts_with_acronym(text: &str) -> bool {
    let first = text.split_whitespace().next().unwrap_or_default();
    first.chars().count() >= 3 && !is_roman(first) && first.chars().all(|c| c.is_ascii_uppercase())
}

fn is_roman(word: &str) -> bool {
    word.bytes().all(|it| matches!(it, b'I' | b'V' | b'X'))
}

/// Whether a part behind an outlet or a place may be a place: one word, or a city of several.
fn names_place(piece: &str) -> bool {
    piece.starts_with(char::is_uppercase) && !piece.contains(' ') && !is_agency(piece)
        || contains(List::City, &piece.to_lowercase())
}

/// Whether a part names who made the pictures: `photographs by Bo Diaz`.
fn makes_pictures(piece: &str) -> bool {
    let piece = piece.to_lowercase();
    entries(List::PictureOpener)
        .iter()
        .any(|it| piece.strip_prefix(it).is_some_and(|it| it.starts_with([' ', ':'])))
}

/// `Associated Press staff` without the staff.
fn without_staff(piece: &str) -> &str {
    let agency = piece
        .rsplit_once(' ')
        .filter(|(name, last)| is_agency(name) && contains(List::Nobody, &last.to_lowercase()));
    agency.map_or(piece, |(name, _)| name)
}

fn is_mark(c: char) -> bool {
    c.is_whitespace() || ",;:-–—|*_\"“”".contains(c)
}

/// Whether a part says what somebody is or works for: a role, an agency, an outlet, a degree, an
/// address. Alone, an agency may be who wrote it.
fn is_affiliation(piece: &str, names: &[(String, &str)], outlets: &[Vec<String>]) -> bool {
    let words = folded_words(piece);
    let role = words.iter().any(|it| contains(List::Role, it));
    // `Courier Staff` is nobody, `Courier Bureau` is who wrote it.
    let staff = words
        .last()
        .is_some_and(|it| contains(List::Nobody, it) || contains(List::Nobody, &format!("staff {it}")));
    let nobody = contains(List::Nobody, &words.join(" ")) || staff && !is_agency(piece);
    let outlet = outlets.contains(&words)
        || !names.is_empty() && outlets.iter().any(|it| !it.is_empty() && words.starts_with(it));
    let degree = !names.is_empty()
        && piece.chars().count() <= 5
        && piece.matches(char::is_uppercase).count() >= 2
        && !piece.contains(' ');
    let beside = role || outlet || degree || is_organization(piece) || host(piece).is_some();
    nobody || is_account(piece) || (beside || is_agency(piece)) && !names.is_empty()
}

/// Whether a name is that of an account: one word of a machine, `jsmith42`, `ann.lee`, `webmaster`.
fn is_account(name: &str) -> bool {
    let one = !name.contains(char::is_whitespace);
    let signs = name.contains(|c: char| c.is_ascii_digit() || matches!(c, '_' | '@' | '/'))
        || name.trim_end_matches('.').contains('.') && name.starts_with(char::is_lowercase);
    one && (signs
        || name.starts_with(|c: char| c.is_ascii_lowercase())
        || name.to_lowercase().contains("admin"))
}

/// Parts `Ann Lee on Friday, June 23, 2017` into the names and the day.
pub(super) fn split_day(text: &str) -> Option<(&str, &str)> {
    // `Do` is Thursday to a German calendar, and a name before " on ".
    if let Some((names, day)) = text.rsplit_once(" on ").filter(|it| !it.0.is_empty() && is_day(it.1)) {
        return Some((names.trim_end_matches([',', ' ', '-', '–', '—', '|', '•', '·']), day));
    }
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

/// Drops an address, an account or an agency from the end of a name: `Ann Lee ann@example.com`, `Bo
/// Diaz @bodiaz`, `Cy Fox/AFP`.
fn without_account(piece: &str) -> &str {
    let end = piece.split_whitespace().find(|it| it.contains('@')).and_then(|it| piece.find(it));
    let piece = end.map_or(piece, |at| piece[..at].trim_end());
    let acronym = |it: &str| (2..=6).contains(&it.len()) && it.bytes().all(|it| it.is_ascii_uppercase());
    match piece.rsplit_once('/') {
        Some((name, agency)) if name.contains(' ') && (acronym(agency) || is_agency(agency)) => name,
        _ => piece,
    }
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
