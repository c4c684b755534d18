//! The names that are one person's → the person: counts, roles with their times, the name to show.

use std::collections::{BTreeMap, HashSet};

use jiff::civil::Date;

use morgue_core::article::{Appearance, SpeakerKind};

use super::{
    Archive, Person, RoleHeld, WrittenName, corrections::CorrectedPerson, groups::Groups, joined_days,
    sense::Sense, surname::Resolved,
};
use crate::fold::name_words;

/// Some appearances of one written name, as somebody's.
#[derive(Clone)]
pub(super) struct Share {
    /// The place of the name among all.
    pub(super) row: usize,
    /// Places among the appearances of the name, in order.
    pub(super) appearances: Vec<usize>,
    /// Why they are.
    pub(super) reason: &'static str,
}

/// All that a group's names say, and the bare surnames that are its own; without those that are somebody else's.
pub(super) fn shares(
    senses: &[Sense],
    groups: &Groups<'_>,
    members: &[usize],
    root: usize,
    surnames: &Resolved,
) -> Vec<Share> {
    let mut shares: Vec<Share> = Vec::new();
    for member in members {
        for (row, places) in &senses[*member].rows {
            let own = places.iter().copied().filter(|it| !surnames.given.contains(&(*row, *it)));
            shares.push(Share { row: *row, appearances: own.collect(), reason: groups.reason(*member) });
        }
    }
    shares.extend(surnames.shares.get(&root).into_iter().flatten().cloned());
    shares.retain(|it| !it.appearances.is_empty());
    shares
}

/// The person that the shares come to.
pub(super) fn person(archive: &Archive<'_>, shares: &[Share], by_hand: Option<&CorrectedPerson>) -> Person {
    let n_quotes = |it: &Share| -> usize {
        it.appearances.iter().map(|at| archive.spoken[it.row].appearances[*at].n_quotes).sum()
    };
    // The fullest form whose every word is written out, and of those the most frequent.
    let shown = shares
        .iter()
        .max_by_key(|it| (archive.names[it.row].written_out(), n_quotes(it), std::cmp::Reverse(it.row)));
    let shown_row = shown.map_or(0, |it| it.row);
    let name = by_hand.map_or_else(|| archive.spoken[shown_row].name.clone(), |it| it.name.clone());
    let mut names: Vec<WrittenName> = shares
        .iter()
        .map(|it| {
            let spoken = archive.spoken[it.row];
            let part = it.appearances.len() < spoken.appearances.len();
            let articles = || it.appearances.iter().map(|at| spoken.appearances[*at].article).collect();
            WrittenName {
                name: spoken.name.clone(),
                kind: spoken.kind,
                reason: match by_hand {
                    Some(_) => "people.toml",
                    None if it.row == shown_row => "as written",
                    None if archive.names[it.row].words == archive.names[shown_row].words => "same words",
                    None => it.reason,
                },
                n_quotes: n_quotes(it),
                articles: part.then(articles),
            }
        })
        .collect();
    names.sort_by(|one, other| {
        other.n_quotes.cmp(&one.n_quotes).then_with(|| (&one.name, one.kind).cmp(&(&other.name, other.kind)))
    });
    let appearances = || {
        shares.iter().flat_map(|it| it.appearances.iter().map(|at| &archive.spoken[it.row].appearances[*at]))
    };
    let counted = Counted::of(appearances());
    let roles = match by_hand.and_then(|it| it.role.clone()) {
        Some(role) => {
            let (n_quotes, n_articles) = (counted.n_quotes, counted.articles.len());
            vec![RoleHeld { role, n_quotes, n_articles, days: counted.days }]
        }
        None => roles(appearances()),
    };
    Person {
        name,
        qualifier: by_hand.and_then(|it| it.qualifier.clone()),
        // Rows are ordered by kind, people first.
        kind: shares.iter().map(|it| archive.spoken[it.row].kind).min().unwrap_or(SpeakerKind::Unknown),
        names,
        roles,
        role_by_hand: by_hand.is_some_and(|it| it.role.is_some()),
        n_quotes: counted.n_quotes,
        n_articles: counted.articles.len(),
        sources: counted.sources,
        days: counted.days,
    }
}

#[derive(Default)]
struct Counted {
    n_quotes: usize,
    articles: HashSet<u64>,
    sources: BTreeMap<String, usize>,
    days: Option<(Date, Date)>,
}

impl Counted {
    fn of<'a>(appearances: impl Iterator<Item = &'a Appearance>) -> Counted {
        let mut counted = Counted::default();
        for it in appearances {
            counted.n_quotes += it.n_quotes;
            counted.articles.insert(it.article);
            counted.days = joined_days(counted.days, it.days);
            if let Some(source) = &it.source {
                match counted.sources.get_mut(&**source) {
                    Some(n) => *n += it.n_quotes,
                    None => {
                        counted.sources.insert(source.to_string(), it.n_quotes);
                    }
                }
            }
        }
        counted
    }
}

/// The roles of the appearances, most used first; one for all that differ only in case, accents and signs.
pub(super) fn roles<'a>(appearances: impl Iterator<Item = &'a Appearance>) -> Vec<RoleHeld> {
    #[derive(Default)]
    struct Held<'a> {
        written: BTreeMap<&'a str, usize>,
        articles: HashSet<u64>,
        days: Option<(Date, Date)>,
    }
    let mut held: BTreeMap<Vec<String>, Held<'_>> = BTreeMap::new();
    for it in appearances {
        for (role, n) in &it.roles {
            let known = held.entry(name_words(role)).or_default();
            *known.written.entry(role).or_default() += n;
            known.articles.insert(it.article);
            known.days = joined_days(known.days, it.days);
        }
    }
    let mut roles: Vec<RoleHeld> = held
        .into_values()
        .map(|Held { written, articles, days }| {
            let most = written.iter().max_by_key(|(role, n)| (**n, std::cmp::Reverse(**role)));
            RoleHeld {
                role: most.map_or(String::new(), |it| (*it.0).to_owned()),
                n_quotes: written.values().sum(),
                n_articles: articles.len(),
                days,
            }
        })
        .collect();
    roles.sort_by(|one, other| other.n_quotes.cmp(&one.n_quotes).then_with(|| one.role.cmp(&other.role)));
    roles
}

/// Gives people who share a name a qualifier each: their most used role, else the years they were quoted.
pub(super) fn tell_apart(people: &mut [Person]) {
    let mut named: BTreeMap<(SpeakerKind, Vec<String>), Vec<usize>> = BTreeMap::new();
    for (index, person) in people.iter().enumerate() {
        named.entry((person.kind, name_words(&person.name))).or_default().push(index);
    }
    for index in named.into_values().filter(|it| it.len() > 1).flatten() {
        let person = &mut people[index];
        let years = || {
            let (first, last) = person.days?;
            let (first, last) = (first.year(), last.year());
            Some(if first == last { first.to_string() } else { format!("{first}–{last}") })
        };
        if person.qualifier.is_some() {
            continue;
        }
        person.qualifier = person.roles.first().map(|it| it.role.to_lowercase()).or_else(years);
    }
}
