//! The speakers of all articles → the people of the archive, each under all the names they are written with.
//!
//! A pure function of the speakers and of the corrections made by hand, so the index stays disposable. Written
//! names are joined by rules, each with its reason, and only where no rival makes it doubtful; everything else
//! stays apart. A bare surname joins nobody: it is found by its words all the same.

mod corrections;

pub use corrections::{Corrections, CorrectionsError};

use std::collections::{BTreeMap, HashMap};

use crate::article::SpeakerKind;

use super::fold::{fold, name_words};

/// One distinct speaker of the archive, as its articles have them, with how often.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SpeakerRow {
    /// The name as the articles write it.
    pub name: String,
    /// What kind of speaker.
    pub kind: SpeakerKind,
    /// The roles the articles give with the number of quotes under each.
    pub roles: Vec<(String, usize)>,
    /// Quotes under this name.
    pub n_quotes: usize,
    /// Articles with such a quote.
    pub n_articles: usize,
}

/// Somebody in the archive, under all their written names.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Person {
    /// The name to show: the one most quotes go by among the fullest, or the one of the corrections.
    pub name: String,
    /// What kind of speaker.
    pub kind: SpeakerKind,
    /// All written names with the reason each belongs here, those of most quotes first; at least one.
    pub names: Vec<WrittenName>,
    /// The roles, most frequent first; a role of the corrections alone if there is one.
    pub roles: Vec<String>,
    /// Quotes under all names.
    pub n_quotes: usize,
    /// Articles with such a quote; one that uses two of the names counts twice.
    pub n_articles: usize,
}

/// One way an archive writes somebody's name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WrittenName {
    /// As written.
    pub name: String,
    /// The kind that the articles take it for.
    pub kind: SpeakerKind,
    /// Why it is this person's: `same words`, `middle name`, `people.toml` ….
    pub reason: &'static str,
    /// Quotes under it.
    pub n_quotes: usize,
}

/// How well a typed name fits a person.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum MatchStrength {
    /// All typed words are among those of one of the names.
    Part,
    /// The typed words are one of the names, whole.
    Full,
}

/// Whether a name as somebody types it fits a person: case, accents and signs apart, each typed word must be a word
/// of one and the same written name.
pub fn matches(person: &Person, typed: &str) -> Option<MatchStrength> {
    let typed = name_words(typed);
    if typed.is_empty() {
        return None;
    }
    let names = person.names.iter().map(|it| &it.name).chain([&person.name]);
    let strengths = names.filter_map(|name| {
        let words = name_words(name);
        if words == typed {
            Some(MatchStrength::Full)
        } else {
            typed.iter().all(|it| words.contains(it)).then_some(MatchStrength::Part)
        }
    });
    strengths.max()
}

/// Joins the speakers of an archive into people, in the order of their quotes, most first.
///
/// Equal input gives equal output, whatever the order of `rows`.
pub fn people(rows: &[SpeakerRow], corrections: &Corrections) -> Vec<Person> {
    let mut rows: Vec<&SpeakerRow> = rows.iter().collect();
    rows.sort_by(|one, other| (one.kind, &one.name).cmp(&(other.kind, &other.name)));
    let names: Vec<Name> = rows.iter().map(|it| Name::read(it)).collect();
    let mut groups = Groups::new(&names, corrections);
    by_hand(&names, corrections, &mut groups);
    same_words(&names, &mut groups);
    mistaken_kinds(&names, &mut groups);
    middle_names(&names, &mut groups);
    initials(&names, &mut groups);
    let mut found: Vec<Person> =
        groups.members().into_values().map(|members| person(&members, &rows, &names, corrections)).collect();
    found.sort_by(|one, other| other.n_quotes.cmp(&one.n_quotes).then_with(|| one.name.cmp(&other.name)));
    found
}

/// A written name taken apart.
struct Name {
    kind: SpeakerKind,
    /// Folded words without the suffix.
    words: Vec<String>,
    /// `jr`, `iii`.
    suffix: Option<String>,
}

/// Words after a surname that tell a son from his father.
const SUFFIXES: &[&str] = &["jr", "sr", "ii", "iii", "iv"];

impl Name {
    fn read(row: &SpeakerRow) -> Name {
        let mut words: Vec<String> =
            row.name.split([' ', '\u{a0}', ',']).map(fold).filter(|it| !it.is_empty()).collect();
        let suffix = words.pop_if(|it| SUFFIXES.contains(&it.as_str()));
        if row.kind == SpeakerKind::Organisation && words.len() > 1 && words[0] == "the" {
            words.remove(0);
        }
        Name { kind: row.kind, words, suffix }
    }

    /// All folded words, the suffix last.
    fn key(&self) -> String {
        let words: Vec<&str> = self.words.iter().map(String::as_str).chain(self.suffix.as_deref()).collect();
        words.join(" ")
    }

    /// First and last word, when it is a person's with both.
    fn ends(&self) -> Option<(&str, &str)> {
        let (first, last) = (self.words.first()?, self.words.last()?);
        (self.kind == SpeakerKind::Person && self.words.len() >= 2).then_some((first, last))
    }

    fn middle(&self) -> &[String] {
        self.words.get(1..self.words.len().saturating_sub(1)).unwrap_or_default()
    }
}

fn is_initial(word: &str) -> bool {
    word.chars().count() == 1
}

/// Whether two words can be one name: equal, or one the other's initial.
fn agree(one: &str, other: &str) -> bool {
    one == other || (is_initial(one) || is_initial(other)) && one.chars().next() == other.chars().next()
}

/// Whether the middle names of two forms do not contradict each other: what both give agrees.
fn middles_agree(one: &[String], other: &[String]) -> bool {
    one.is_empty()
        || other.is_empty()
        || one.len() == other.len() && one.iter().zip(other).all(|(it, that)| agree(it, that))
}

/// Who is one with whom so far: a union-find that the corrections can refuse.
struct Groups<'a> {
    parent: Vec<usize>,
    names: &'a [Name],
    corrections: &'a Corrections,
    /// The names that the corrections speak of.
    decided: Vec<usize>,
}

impl<'a> Groups<'a> {
    fn new(names: &'a [Name], corrections: &'a Corrections) -> Groups<'a> {
        let decided = (0..names.len()).filter(|it| corrections.names(&names[*it].key()));
        let decided = if corrections.is_empty() { Vec::new() } else { decided.collect() };
        let parent = (0..names.len()).collect();
        Groups { parent, names, corrections, decided }
    }

    fn root(&self, mut index: usize) -> usize {
        while self.parent[index] != index {
            index = self.parent[index];
        }
        index
    }

    /// Joins two forms and what they are joined with, unless a correction keeps any of them apart.
    fn join(&mut self, one: usize, other: usize) {
        let (root, child) = (self.root(one), self.root(other));
        if root != child && !self.kept_apart(root, child) {
            self.parent[child] = root;
        }
    }

    fn kept_apart(&self, root: usize, child: usize) -> bool {
        let of = |group: usize| self.decided.iter().filter(move |it| self.root(**it) == group);
        let refused = |one: usize, other: usize| {
            self.corrections.keeps_apart(&self.names[one].key(), &self.names[other].key())
        };
        of(root).any(|one| of(child).any(|other| refused(*one, *other)))
    }

    fn members(&self) -> BTreeMap<usize, Vec<usize>> {
        let mut found: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
        for index in 0..self.parent.len() {
            found.entry(self.root(index)).or_default().push(index);
        }
        found
    }
}

fn by_hand(names: &[Name], corrections: &Corrections, groups: &mut Groups<'_>) {
    let mut first: HashMap<usize, usize> = HashMap::new();
    for (index, name) in names.iter().enumerate() {
        let Some(entry) = corrections.entry(&name.key()) else { continue };
        match first.get(&entry) {
            Some(known) => groups.join(*known, index),
            None => {
                first.insert(entry, index);
            }
        }
    }
}

/// The same words but for case, accents and signs.
fn same_words(names: &[Name], groups: &mut Groups<'_>) {
    let mut known: HashMap<(SpeakerKind, &[String], Option<&str>), usize> = HashMap::new();
    for (index, name) in names.iter().enumerate() {
        let first = *known.entry((name.kind, &name.words, name.suffix.as_deref())).or_insert(index);
        groups.join(first, index);
    }
}

/// A full name that is a person's in one article and was taken for a body's in another: it is the person's.
fn mistaken_kinds(names: &[Name], groups: &mut Groups<'_>) {
    let mut people: HashMap<(&[String], Option<&str>), usize> = HashMap::new();
    for (index, name) in names.iter().enumerate().filter(|it| it.1.ends().is_some()) {
        people.entry((&name.words, name.suffix.as_deref())).or_insert(index);
    }
    for (index, name) in names.iter().enumerate().filter(|it| it.1.kind != SpeakerKind::Person) {
        if let Some(person) = people.get(&(name.words.as_slice(), name.suffix.as_deref())) {
            groups.join(*person, index);
        }
    }
}

/// First and last name alike, with or without what stands between: only when all that stands between agrees.
fn middle_names(names: &[Name], groups: &mut Groups<'_>) {
    let mut alike: BTreeMap<(&str, &str, Option<&str>), Vec<usize>> = BTreeMap::new();
    for (index, name) in names.iter().enumerate() {
        if let Some((first, last)) = name.ends().filter(|(first, _)| !is_initial(first)) {
            alike.entry((first, last, name.suffix.as_deref())).or_default().push(index);
        }
    }
    for indices in alike.values() {
        let mut middles: Vec<usize> =
            indices.iter().copied().filter(|it| !names[*it].middle().is_empty()).collect();
        middles.dedup_by_key(|it| names[*it].middle());
        let rivals = middles
            .iter()
            .any(|it| middles.iter().any(|that| !middles_agree(names[*it].middle(), names[*that].middle())));
        for index in &indices[1..] {
            if !rivals || names[*index].middle() == names[indices[0]].middle() {
                groups.join(indices[0], *index);
            }
        }
    }
}

/// `J. R. Lund` is `Jonas R. Lund` when nobody else could be.
fn initials(names: &[Name], groups: &mut Groups<'_>) {
    let mut families: BTreeMap<(&str, Option<&str>), Vec<usize>> = BTreeMap::new();
    for (index, name) in names.iter().enumerate() {
        if let Some((_, last)) = name.ends() {
            families.entry((last, name.suffix.as_deref())).or_default().push(index);
        }
    }
    for family in families.values() {
        for short in family.iter().filter(|it| is_initial(&names[**it].words[0])) {
            let mut fits: Vec<usize> = family
                .iter()
                .copied()
                .filter(|it| !is_initial(&names[*it].words[0]))
                .filter(|it| agree(&names[*it].words[0], &names[*short].words[0]))
                .filter(|it| middles_agree(names[*it].middle(), names[*short].middle()))
                .collect();
            fits.dedup_by_key(|it| groups.root(*it));
            if let [only] = fits[..] {
                groups.join(only, *short);
            }
        }
    }
}

fn person(members: &[usize], rows: &[&SpeakerRow], names: &[Name], corrections: &Corrections) -> Person {
    let entry = members.iter().find_map(|it| corrections.entry(&names[*it].key()));
    let by_hand = entry.map(|it| corrections.person(it));
    // The fullest form whose every word is written out, and of those the most frequent.
    let written_out = |it: &usize| names[*it].words.iter().filter(|it| !is_initial(it)).count().min(2);
    let shown = members
        .iter()
        .copied()
        .max_by_key(|it| (written_out(it), rows[*it].n_quotes, std::cmp::Reverse(*it)));
    let name = by_hand
        .map(|it| it.name.clone())
        .or_else(|| shown.map(|it| rows[it].name.clone()))
        .unwrap_or_default();
    let mut written: Vec<WrittenName> = members
        .iter()
        .map(|it| WrittenName {
            name: rows[*it].name.clone(),
            kind: rows[*it].kind,
            reason: reason(&names[*it], shown.map(|it| &names[it]), entry.is_some()),
            n_quotes: rows[*it].n_quotes,
        })
        .collect();
    written.sort_by(|one, other| other.n_quotes.cmp(&one.n_quotes).then_with(|| one.name.cmp(&other.name)));
    let roles = match by_hand.and_then(|it| it.role.clone()) {
        Some(role) => vec![role],
        None => roles(members, rows),
    };
    Person {
        name,
        // Rows are ordered by kind, people first.
        kind: members.iter().map(|it| rows[*it].kind).min().unwrap_or(SpeakerKind::Unknown),
        names: written,
        roles,
        n_quotes: members.iter().map(|it| rows[*it].n_quotes).sum(),
        n_articles: members.iter().map(|it| rows[*it].n_articles).sum(),
    }
}

/// Why a written name is one with the name shown.
fn reason(name: &Name, shown: Option<&Name>, by_hand: bool) -> &'static str {
    let Some(shown) = shown else { return "as written" };
    if by_hand {
        "people.toml"
    } else if name.words == shown.words {
        "same words"
    } else if name.words.first() == shown.words.first() {
        "middle name"
    } else {
        "initials"
    }
}

fn roles(members: &[usize], rows: &[&SpeakerRow]) -> Vec<String> {
    let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
    for (role, count) in members.iter().flat_map(|it| &rows[*it].roles) {
        *counts.entry(role).or_default() += count;
    }
    let mut roles: Vec<(&str, usize)> = counts.into_iter().collect();
    roles.sort_by(|one, other| other.1.cmp(&one.1).then_with(|| one.0.cmp(other.0)));
    roles.into_iter().map(|(role, _)| role.to_owned()).collect()
}

#[cfg(test)]
mod tests;
