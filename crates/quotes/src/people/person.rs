//! The names that are one person's → the person: counts, roles with their times, the name to show.

use std::collections::{BTreeMap, HashSet};

use jiff::civil::Date;

use morgue_core::article::{Appearance, Speaker, SpeakerKind};

use super::{
    corrections::CorrectedPerson,
    days::{days_between, joined_days},
    groups::Groups,
    name::{Name, is_acronym, is_any_legal_form},
    name_table::NameTable,
    partial::Resolved,
    sense::{Sense, Share},
};
use crate::{
    fold::{fold, name_words},
    lexicon::{Classes, Lexicon},
};

/// Somebody in the archive, under all their written names.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Person {
    /// The name to show: the one most quotes go by among the fullest, or the one of the
    /// corrections.
    pub name: String,
    /// What tells this person from another of the same name: a role, or years. `None` when nobody
    /// else has the name.
    pub qualifier: Option<String>,
    /// What kind of speaker.
    pub kind: SpeakerKind,
    /// All written names with the reason each belongs here, those of most quotes first; at least
    /// one.
    pub names: Vec<WrittenName>,
    /// The roles, most used first; that of the corrections alone if there is one.
    pub roles: Vec<RoleHeld>,
    /// Whether the role is the one of the corrections.
    pub role_by_hand: bool,
    /// Quotes under all names.
    pub n_quotes: usize,
    /// Articles with such a quote.
    pub n_articles: usize,
    /// Quotes by outlet.
    pub sources: BTreeMap<String, usize>,
    /// The first and the last day of dated articles.
    pub days: Option<(Date, Date)>,
}

/// What bodies of any state are called by, so that `National Bank` is another in each.
const OF_ANY_STATE: &[&str] = &["national", "central", "reserve", "state"];

/// A role of somebody, with its time.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RoleHeld {
    /// As the articles give it most often.
    pub role: String,
    /// Quotes with it.
    pub n_quotes: usize,
    /// Articles that give it.
    pub n_articles: usize,
    /// The first and the last day, of dated articles.
    pub days: Option<(Date, Date)>,
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
    /// Quotes under it that are this person's.
    pub n_quotes: usize,
    /// The articles that mean this person by it, by [`morgue_core::article::ArticleId::key`], in
    /// order; `None` when all do that write it.
    pub articles: Option<Vec<u64>>,
}

impl WrittenName {
    /// Whether that speaker, in the article with that key, is who is meant by it.
    pub fn is_of(&self, speaker: &Speaker, article: u64) -> bool {
        self.is_written(&speaker.name, speaker.kind, article)
    }

    /// The same for a speaker of that name and kind.
    pub fn is_written(&self, name: &str, kind: SpeakerKind, article: u64) -> bool {
        self.name == name
            && self.kind == kind
            && self.articles.as_ref().is_none_or(|it| it.binary_search(&article).is_ok())
    }
}

impl Person {
    /// The name, with what tells this person from another of the same name: `Tom Berg (skipper)`.
    pub fn full_name(&self) -> String {
        match &self.qualifier {
            Some(qualifier) => format!("{} ({qualifier})", self.name),
            None => self.name.clone(),
        }
    }

    /// The years of the first and the last quote: `2016–2018`; `None` if no article is dated.
    pub fn years(&self) -> Option<String> {
        let (first, last) = self.days?;
        let (first, last) = (first.year(), last.year());
        Some(if first == last { first.to_string() } else { format!("{first}–{last}") })
    }

    /// Whether they go by a name of their own, and not by a noun that means another in each
    /// article: `the company`, `Ministry`, `officials`.
    pub fn has_own_name(&self) -> bool {
        let common = |word: &str| {
            let folded = fold(word);
            is_any_legal_form(&folded)
                || OF_ANY_STATE.contains(&folded.as_str())
                || Lexicon::english().classes(word).any(Classes::SPEAKING)
        };
        let names = || self.names.iter().map(|it| it.name.as_str());
        match self.kind {
            SpeakerKind::Person => names().any(|it| it.chars().count() > 1),
            SpeakerKind::Organisation => {
                !names().any(|it| it.starts_with(char::is_lowercase))
                    && !names().all(|it| it.split(' ').all(common))
            }
            SpeakerKind::Group | SpeakerKind::Unknown => false,
        }
    }

    /// Whether the articles only ever give a surname or a first name.
    pub fn is_bare(&self) -> bool {
        let one_word = || self.names.iter().all(|it| name_words(&it.name).len() == 1);
        matches!(self.kind, SpeakerKind::Person | SpeakerKind::Unknown) && one_word()
    }

    /// The role on a day: of those that were held then the most used, else the one held nearest.
    pub fn role_on(&self, days: Option<(Date, Date)>) -> Option<&RoleHeld> {
        let Some(days) = days else { return self.roles.first() };
        let apart = |role: &RoleHeld| role.days.map_or(i32::MAX, |held| days_between(held, days));
        // The first of those at the least distance is the most used.
        self.roles.iter().min_by_key(|it| apart(it))
    }
}

/// All that a group's names say, and the bare surnames that are its own; without those that are
/// somebody else's.
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
pub(super) fn person(table: &NameTable<'_>, shares: &[Share], by_hand: Option<&CorrectedPerson>) -> Person {
    let n_quotes = |it: &Share| -> usize {
        it.appearances.iter().map(|at| table.spoken[it.row].appearances[*at].n_quotes).sum()
    };
    // The fullest form whose every word is written out, and of those the most frequent.
    let shown = shares
        .iter()
        .max_by_key(|it| (table.names[it.row].written_out(), n_quotes(it), std::cmp::Reverse(it.row)));
    let shown_row = shown.map_or(0, |it| it.row);
    let name = by_hand.map_or_else(|| table.spoken[shown_row].name.clone(), |it| it.name.clone());
    let mut names: Vec<WrittenName> = shares
        .iter()
        .map(|it| {
            let spoken = table.spoken[it.row];
            let part = it.appearances.len() < spoken.appearances.len();
            let articles = || it.appearances.iter().map(|at| spoken.appearances[*at].article).collect();
            WrittenName {
                name: spoken.name.clone(),
                kind: spoken.kind,
                reason: match by_hand {
                    Some(_) => "people.toml",
                    None if it.row == shown_row => "as written",
                    None if table.names[it.row].words == table.names[shown_row].words => "same words",
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
        shares.iter().flat_map(|it| it.appearances.iter().map(|at| &table.spoken[it.row].appearances[*at]))
    };
    let counted = Counted::new(appearances());
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
        kind: kind(table, shares),
        names,
        roles,
        role_by_hand: by_hand.is_some_and(|it| it.role.is_some()),
        n_quotes: counted.n_quotes,
        n_articles: counted.articles.len(),
        sources: counted.sources,
        days: counted.days,
    }
}

/// What names of several kinds come to: with the legal form of a company a body, with a full name a
/// person, else a body before a bare name; an acronym is a body's.
fn kind(table: &NameTable<'_>, shares: &[Share]) -> SpeakerKind {
    let names = || shares.iter().map(|it| &table.names[it.row]);
    let body = |it: &Name| it.kind == SpeakerKind::Organisation;
    if names().any(|it| it.is_company) {
        SpeakerKind::Organisation
    } else if names().any(|it| it.form().is_some() && !it.is_bodily()) {
        SpeakerKind::Person
    } else if names().any(|it| body(it) || it.is_bodily())
        || shares.iter().all(|it| is_acronym(&table.spoken[it.row].name))
    {
        SpeakerKind::Organisation
    } else {
        names().map(|it| it.kind).min().unwrap_or(SpeakerKind::Unknown)
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
    fn new<'a>(appearances: impl Iterator<Item = &'a Appearance>) -> Counted {
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

/// The roles of the appearances, most used first; one for all that differ only in case, accents and
/// signs.
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

/// Gives people who share a name a qualifier each: their most used role, else the years they were
/// quoted.
pub(super) fn tell_apart(people: &mut [Person]) {
    let mut named: BTreeMap<(SpeakerKind, Vec<String>), Vec<usize>> = BTreeMap::new();
    for (index, person) in people.iter().enumerate() {
        named.entry((person.kind, name_words(&person.name))).or_default().push(index);
    }
    for index in named.into_values().filter(|it| it.len() > 1).flatten() {
        let person = &mut people[index];
        if person.qualifier.is_some() {
            continue;
        }
        person.qualifier = person.roles.first().map(|it| it.role.to_lowercase()).or_else(|| person.years());
    }
}
