//! Finds who published an article: a field of the format, a line such as "This story was originally
//! posted on …", the host of its address, or, when nothing else is known, the agency of its
//! dateline.
//!
//! Short names and hosts become the outlet's own name where the settings list them.

use std::collections::BTreeMap;

use super::{
    dateline::is_agency,
    lexicon::{List, contains, entries},
    shape::folded_words,
    url::host,
    weigh::{Reading, Weighed, weigh},
    written_date::read_date,
};
use crate::read::host_name::{is_common_label, looks_like_outlet, names_host};
use morgue_core::article::{Field, FieldName, Trust};

/// An outlet's name has at most so many characters.
const LENGTH_MAX: usize = 100;

/// Weighs the names given for the outlet.
///
/// Of values trusted alike a name goes before a host, that before the name of an app, and an agency
/// comes last: an outlet that prints its story is named beside it. An account of a social network
/// is no name, nor is what a site says of itself: `Breaking news, latest updates`.
pub(super) fn source(fields: &[Field], sources: &BTreeMap<String, String>) -> Weighed<String> {
    let hosts: Vec<String> = fields
        .iter()
        .filter(|it| it.name == FieldName::Url)
        .filter_map(|it| host(&it.value))
        .take(HOSTS_MAX)
        .collect();
    weigh(FieldName::Source, fields, |field| {
        let value = field.value.split_whitespace().collect::<Vec<_>>().join(" ");
        if let Some(name) = outlet(&value, sources) {
            return Some(Reading::plain(name.to_owned()));
        }
        let value = without_description(of_feed(&value)?, &hosts);
        let usable = value.chars().any(char::is_alphabetic) && value.chars().count() <= LENGTH_MAX;
        let lower = value.to_lowercase();
        let listed = contains(List::NoOutlet, &lower) || is_common_label(&lower);
        if !usable || listed || value.starts_with('@') || describes(value, &hosts) {
            return None;
        }
        let host = host(value);
        if host.as_deref().is_some_and(is_of_no_outlet) {
            return None;
        }
        let app = field.origin.rule.contains("application-name") || field.origin.rule.contains("app-title");
        let rank = match () {
            () if is_agency(value) => 3,
            () if app => 2,
            () if host.is_some() => 1,
            () => 0,
        };
        let address = value.contains('/') || value.get(..4).is_some_and(|it| it.eq_ignore_ascii_case("www."));
        let value = host.filter(|_| address).unwrap_or_else(|| value.to_owned());
        Some(Reading { value, rank })
    })
}

/// The outlet in the title of its feed: `Harbor Courier RSS Feed`; comments on an article are no
/// outlet.
fn of_feed(title: &str) -> Option<&str> {
    if title.starts_with("Comments on") {
        return None;
    }
    let title = title.strip_prefix("Comments for ").unwrap_or(title);
    let end = [" RSS Feed", " RSS feed", " - RSS", " Atom Feed", " » Feed"];
    Some(end.iter().find_map(|it| title.strip_suffix(it)).unwrap_or(title))
}

/// Chooses the name: a bare host only when no other place in or about the file names the outlet.
pub(super) fn best(weighed: &Weighed<String>) -> Option<usize> {
    let best = weighed.best()?;
    let entry =
        |idx: usize| weighed.entries().get(idx).and_then(|(field, value)| Some((field, value.as_ref()?)));
    let is_host = |value: &str| host(value).is_some() && !value.contains(char::is_uppercase);
    let (field, value) = entry(best)?;
    if field.origin.trust == Trust::Sidecar || !is_host(value) {
        return Some(best);
    }
    let names = |(field, value): (&Field, &String)| {
        let app = field.origin.rule.contains("app");
        field.origin.trust <= Trust::Path && !is_host(value) && !app && !is_agency(value)
    };
    (best + 1..weighed.entries().len()).find(|it| entry(*it).is_some_and(names)).or(Some(best))
}

/// So many hosts are compared with the names given.
const HOSTS_MAX: usize = 8;

/// `Harbour Courier | The voice of the islands` without what the outlet says of itself: the part
/// that a host confirms, or else the first one.
fn without_description<'a>(value: &'a str, hosts: &[String]) -> &'a str {
    let pieces: Vec<&str> = [" | ", " – ", " — ", " - ", ": "]
        .iter()
        .fold(vec![value], |pieces, mark| pieces.into_iter().flat_map(|it| it.split(mark)).collect());
    let pieces: Vec<&str> = pieces.iter().map(|it| it.trim()).collect();
    let confirmed = pieces.iter().find(|piece| hosts.iter().any(|it| names_host(piece, it)));
    match (confirmed, &pieces[..]) {
        (Some(name), _) => name,
        // `Top Stories | harbor.example`
        (None, [part, name]) if contains(List::NoOutlet, &part.to_lowercase()) && host(name).is_some() => {
            name
        }
        (None, [name, rest @ ..])
            if !rest.is_empty()
                && !contains(List::NoOutlet, &name.to_lowercase())
                && (1..=4).contains(&name.split_whitespace().count()) =>
        {
            name
        }
        _ => value,
    }
}

/// Whether the value says what a site is rather than what it is called.
fn describes(value: &str, hosts: &[String]) -> bool {
    let words = folded_words(value);
    let opens = entries(List::Tagline).iter().any(|it| words.join(" ").starts_with(it));
    let of_host = |word: &String| {
        let long = word.chars().count() >= 4;
        hosts.iter().any(|it| it.contains(word.as_str()) && long || names_host(value, it))
    };
    let small = value.split_whitespace().filter(|it| it.starts_with(char::is_lowercase)).count();
    let sentence = words.len() >= 4 && small >= 2 && !hosts.is_empty();
    (opens || sentence) && !words.iter().any(of_host)
}

/// Whether a host is that of an archive, a cache, a network of caches or a shortener.
fn is_of_no_outlet(host: &str) -> bool {
    entries(List::NoHost)
        .iter()
        .any(|it| host == *it || host.strip_suffix(it).is_some_and(|it| it.ends_with('.')))
}

/// The host of an address as a source of its own: named by the settings, or as it stands, without
/// what it begins with for small screens.
pub(super) fn of_address(address: &str) -> Option<Field> {
    let host = host(address).filter(|it| !is_of_no_outlet(it))?;
    let bare =
        ["amp.", "m.", "mobile."].iter().find_map(|it| host.strip_prefix(it)).filter(|it| it.contains('.'));
    Some(Field::new(FieldName::Source, bare.unwrap_or(&host), Trust::Path, "host", address))
}

/// The names in titles that a host or their own last word confirms,
/// `Strike ends - Harbour Courier`, as sources.
pub(super) fn of_titles(fields: &[Field]) -> Vec<Field> {
    let urls = || fields.iter().filter(|it| it.name == FieldName::Url);
    let hosts: Vec<String> = urls().filter_map(|it| host(&it.value)).take(HOSTS_MAX).collect();
    let known = fields.iter().any(|it| it.name == FieldName::Source && it.origin.trust <= Trust::Structured);
    let titles = fields.iter().filter(|it| !known && it.name == FieldName::Headline && it.value.len() <= 500);
    let name = |title: &Field| {
        let (_, last) = [" | ", " - ", " – ", " — "]
            .iter()
            .filter_map(|it| title.value.rsplit_once(it))
            .min_by_key(|it| it.1.len())?;
        let confirmed = hosts.iter().any(|it| names_host(last, it)) || looks_like_outlet(last);
        let origin = &title.origin;
        confirmed
            .then(|| Field::new(FieldName::Source, last, origin.trust, "name in the title", &origin.place))
    };
    titles.take(1).filter_map(name).collect()
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
