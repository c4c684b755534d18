//! Finds who published an article: a field of the format, a line such as "This story was originally
//! posted on …", the host of its address, or, when nothing else is known, the agency of its
//! dateline.
//!
//! Short names and hosts become the outlet's own name where the settings list them.

use std::collections::BTreeMap;

use super::{
    dateline::is_agency,
    lexicon::{List, contains},
    shape::folded_words,
    url::host,
    weigh::{Reading, Weighed, weigh},
    written_date::read_date,
};
use morgue_core::article::{Field, FieldName, Trust};

/// An outlet's name has at most so many characters.
const LENGTH_MAX: usize = 100;

/// Weighs the names given for the outlet.
///
/// Of values trusted alike a name goes before a host, that before the name of an app, and an agency
/// comes last: an outlet that prints its story is named beside it. An account of a social network
/// is no name.
pub(super) fn source(fields: &[Field], sources: &BTreeMap<String, String>) -> Weighed<String> {
    weigh(FieldName::Source, fields, |field| {
        let value = field.value.split_whitespace().collect::<Vec<_>>().join(" ");
        if let Some(name) = outlet(&value, sources) {
            return Some(Reading::plain(name.to_owned()));
        }
        let usable = value.chars().any(char::is_alphabetic) && value.chars().count() <= LENGTH_MAX;
        if !usable || contains(List::NoOutlet, &value.to_lowercase()) || value.starts_with('@') {
            return None;
        }
        let host = host(&value);
        let app = field.origin.rule.contains("application-name") || field.origin.rule.contains("app-title");
        let rank = match () {
            () if is_agency(&value) => 3,
            () if app => 2,
            () if host.is_some() => 1,
            () => 0,
        };
        let value = host.filter(|_| value.contains('/')).unwrap_or(value);
        Some(Reading { value, rank })
    })
}

/// The host of an address as a source of its own: named by the settings, or as it stands.
pub(super) fn of_address(address: &str) -> Option<Field> {
    let host = host(address)?;
    Some(Field::new(FieldName::Source, &host, Trust::Path, "host", address))
}

/// The outlet that the settings name for a short name or a host; `news.example.com` also goes by
/// `example.com`.
fn outlet<'a>(value: &str, sources: &'a BTreeMap<String, String>) -> Option<&'a str> {
    let get = |key: &str| {
        let listed = sources.get(key).or_else(|| {
            sources.iter().find(|(it, _)| it.to_lowercase() == key.to_lowercase()).map(|(_, name)| name)
        });
        listed.map(String::as_str)
    };
    if let Some(name) = get(value) {
        return Some(name);
    }
    let host = host(value)?;
    let mut domain = host.as_str();
    loop {
        if let Some(name) = get(domain).or_else(|| get(&format!("www.{domain}"))) {
            return Some(name);
        }
        (_, domain) = domain.split_once('.').filter(|(_, rest)| rest.contains('.'))?;
    }
}

/// A line that tells where a story came from, and what it says.
#[derive(Debug, PartialEq)]
pub(super) struct Reprint {
    /// The first outlet.
    pub(super) outlet: String,
    /// The desk or section in brackets behind it.
    pub(super) section: Option<String>,
    /// The day it appeared there, as written.
    pub(super) date: Option<String>,
}

/// How the line begins, cut into words; an inner list gives the words of which one stands there.
const OPENINGS: [&[&[&str]]; 5] = [
    &[
        &["this", "the"],
        &WORKS,
        &["was", "is"],
        &["originally", "first"],
        &PUBLISHED,
        &["on", "in", "by", "at"],
    ],
    &[&["this", "the"], &WORKS, &["originally", "first"], &["appeared", "ran"], &["on", "in", "at"]],
    &[&["originally", "first"], &PUBLISHED, &["on", "in", "by", "at"]],
    &[&["this", "the"], &WORKS, &["was"], &["republished", "reprinted", "reposted"], &["from"]],
    &[&["republished", "reprinted"], &["from", "with"], &["permission"], &["from", "of"]],
];
const WORKS: [&str; 9] =
    ["story", "article", "report", "piece", "post", "column", "essay", "interview", "commentary"];
const PUBLISHED: [&str; 6] = ["posted", "published", "appeared", "printed", "reported", "released"];

/// Reads `This story was originally posted on Northern Wire (Shipping Desk).`; `None` when the line
/// is anything else or goes on to tell something of its own.
pub(super) fn read_reprint(line: &str) -> Option<Reprint> {
    if line.len() > 300 {
        return None;
    }
    let line = line.trim().trim_matches(|c| matches!(c, '(' | '[' | ']' | '*' | '_'));
    let first = line.split_whitespace().next()?.to_lowercase();
    if !OPENINGS.iter().any(|it| it[0].contains(&first.as_str())) {
        return None;
    }
    let words: Vec<&str> = line.split_whitespace().collect();
    let n_opening = OPENINGS.iter().find_map(|opening| {
        let fits = opening.len() < words.len()
            && opening.iter().zip(&words).all(|(any, word)| any.contains(&word.to_lowercase().as_str()));
        fits.then_some(opening.len())
    })?;
    let rest = words[n_opening..].join(" ");
    let rest = rest.strip_prefix("the website of ").unwrap_or(&rest);
    let (sentence, more) = first_sentence(rest);
    let told = folded_words(more);
    if !(more.is_empty()
        || told.len() <= 12 && told.iter().any(|it| matches!(it.as_str(), "original" | "republished")))
    {
        return None;
    }
    let (name, section) = match sentence.split_once(" (") {
        Some((name, bracket)) => {
            (name, bracket.split_once(')').map(|(section, _)| section.trim().to_owned()))
        }
        None => (sentence, None),
    };
    let (name, date) = cut_date(name);
    let name = [" and is ", " and was ", " and has been ", " under ", " as part of ", " with permission"]
        .iter()
        .fold(name, |name, cut| name.split(cut).next().unwrap_or(name));
    let outlet = name.trim_matches(|c: char| c.is_whitespace() || ",:;.“”\"'".contains(c)).to_owned();
    let named = outlet.starts_with(|c: char| c.is_uppercase() || c.is_numeric())
        || host(&outlet).is_some()
        || outlet.starts_with("the ");
    let short = outlet.split_whitespace().count() <= 7;
    let date = date.map(str::to_owned);
    (named && short).then_some(Reprint { outlet, section, date })
}

/// Parts a line at the first stop that ends a sentence; a stop within `example.com` or `U.S.` does
/// not.
fn first_sentence(text: &str) -> (&str, &str) {
    let end = text.match_indices(". ").find(|(at, _)| !text[..*at].ends_with(|c: char| c.is_uppercase()));
    match end {
        Some((at, _)) => (&text[..at], text[at + 2..].trim()),
        None => (text.trim_end_matches('.'), ""),
    }
}

/// Parts `Harbour Courier on June 23, 2017` into the name and the day.
fn cut_date(name: &str) -> (&str, Option<&str>) {
    [" on ", ", ", " in "]
        .iter()
        .flat_map(|it| name.match_indices(it))
        .find(|(at, it)| read_date(&name[at + it.len()..]).is_some())
        .map_or((name, None), |(at, it)| (&name[..at], Some(&name[at + it.len()..])))
}
