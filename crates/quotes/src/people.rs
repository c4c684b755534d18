//! The speakers of all articles → the people of the archive, each under all the names they are written with.
//!
//! ```text
//! written names ─▶ senses ─▶ joined by rules ─▶ people ◀─ bare surnames
//!                 (one name, perhaps two people)
//! ```
//!
//! A pure function of the speakers and of the corrections made by hand, so the index stays disposable. Written names are
//! joined by rules, each with its reason, and only where no rival makes it doubtful; everything else stays apart and is
//! listed as a candidate (`similar`). No step compares all names with all: each looks only at names that share a key.

mod company;
mod corrections;
mod evidence;
mod groups;
mod join;
mod name;
mod person;
mod sense;
mod similar;
mod surname;
mod trade;

pub use corrections::{Corrections, CorrectionsError};
pub use similar::{Pair, Side, Standing, similar};

use std::collections::BTreeMap;

use jiff::civil::Date;

use morgue_core::article::{Appearance, Speaker, SpeakerKind, Spoken};

use super::fold::name_words;
use company::Company;
use evidence::Profile;
use groups::Groups;
use name::Name;
use sense::Sense;

/// Somebody in the archive, under all their written names.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Person {
    /// The name to show: the one most quotes go by among the fullest, or the one of the corrections.
    pub name: String,
    /// What tells this person from another of the same name: a role, or years. `None` when nobody else has the name.
    pub qualifier: Option<String>,
    /// What kind of speaker.
    pub kind: SpeakerKind,
    /// All written names with the reason each belongs here, those of most quotes first; at least one.
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
    /// The articles that mean this person by it, by [`morgue_core::article::ArticleId::key`], in order; `None` when all do
    /// that write it.
    pub articles: Option<Vec<u64>>,
}

impl WrittenName {
    /// Whether that speaker, in the article with that key, is who is meant by it.
    pub fn is_of(&self, speaker: &Speaker, article: u64) -> bool {
        self.name == speaker.name
            && self.kind == speaker.kind
            && self.articles.as_ref().is_none_or(|it| it.binary_search(&article).is_ok())
    }
}

/// How well a typed name fits a person.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum MatchStrength {
    /// Some of the typed words are initials of the words of one of the names.
    Initials,
    /// All typed words are among those of one of the names.
    Part,
    /// The typed words are the surname of one of the names, or a name that is but one word.
    Surname,
    /// The typed words are one of the names, whole.
    Full,
}

impl Person {
    /// The name, with what tells this person from another of the same name: `Tom Berg (skipper)`.
    pub fn full_name(&self) -> String {
        match &self.qualifier {
            Some(qualifier) => format!("{} ({qualifier})", self.name),
            None => self.name.clone(),
        }
    }

    /// Whether the articles only ever give a surname or a first name.
    pub fn is_bare(&self) -> bool {
        self.kind == SpeakerKind::Person && self.names.iter().all(|it| name_words(&it.name).len() == 1)
    }

    /// The role on a day: of those that were held then the most used, else the one held nearest.
    pub fn role_on(&self, days: Option<(Date, Date)>) -> Option<&RoleHeld> {
        let Some((first, last)) = days else { return self.roles.first() };
        let apart = |role: &RoleHeld| {
            role.days.map_or(i32::MAX, |(from, to)| match () {
                () if last < from => from.since(last).map_or(i32::MAX, |it| it.get_days()),
                () if to < first => first.since(to).map_or(i32::MAX, |it| it.get_days()),
                () => 0,
            })
        };
        // The first of those at the least distance is the most used.
        self.roles.iter().min_by_key(|it| apart(it))
    }
}

/// Whether a name as somebody types it fits a person: case, accents and signs apart, each typed word must be a word
/// of one and the same written name. What stands in brackets behind the name must be in one of the roles.
pub fn matches(person: &Person, typed: &str) -> Option<MatchStrength> {
    let (typed, qualifier) = name::qualified(typed);
    let typed = name::turned(typed).map_or_else(|| name_words(typed), |it| name_words(&it));
    if typed.is_empty() || !qualifier.is_none_or(|it| has_qualifier(person, it)) {
        return None;
    }
    let names = person.names.iter().map(|it| &it.name).chain([&person.name]);
    let strengths = names.filter_map(|name| {
        let words = name_words(name);
        if words == typed {
            Some(MatchStrength::Full)
        } else if words.len() > 1 && words.last() == typed.last() && typed.len() == 1 {
            Some(MatchStrength::Surname)
        } else if typed.iter().all(|it| words.contains(it)) {
            Some(MatchStrength::Part)
        } else {
            name::fits_by_initials(&words, &typed).then_some(MatchStrength::Initials)
        }
    });
    strengths.max()
}

/// The name without titles before it and without what stands in brackets behind it, where it has some: for a name that nobody has
/// as it is typed.
pub fn without_titles(typed: &str) -> Option<String> {
    name::alone(typed)
}

/// Whether all words of a typed name are among those of a name, case, accents and signs apart.
pub fn names_fit(name: &str, typed: &str) -> bool {
    let (words, typed) = (name_words(name), name_words(typed));
    !typed.is_empty() && typed.iter().all(|it| words.contains(it))
}

fn has_qualifier(person: &Person, qualifier: &str) -> bool {
    let wanted = name_words(qualifier);
    let shown = person.qualifier.iter().map(String::as_str);
    let mut known = person.roles.iter().map(|it| it.role.as_str()).chain(shown).map(trade::own_words);
    known.any(|words| wanted.iter().all(|it| words.contains(it)))
}

/// A wider range that has both.
pub fn joined_days(one: Option<(Date, Date)>, other: Option<(Date, Date)>) -> Option<(Date, Date)> {
    match (one, other) {
        (Some(one), Some(other)) => Some((one.0.min(other.0), one.1.max(other.1))),
        (one, other) => one.or(other),
    }
}

/// Joins the speakers of an archive into people, in the order of their quotes, most first.
///
/// Equal input gives equal output, whatever the order of `spoken`.
pub fn people(spoken: &[Spoken], corrections: &Corrections) -> Vec<Person> {
    Known::new(spoken, corrections).people
}

/// The people of an archive, and what was found on the way.
pub(super) struct Known<'a> {
    people: Vec<Person>,
    archive: Archive<'a>,
    /// All senses of full names.
    senses: Vec<Sense>,
    /// The person of each sense; `None` when all its articles turned out to mean somebody else.
    person_of: Vec<Option<usize>>,
}

/// The written names of an archive in an order of their own, and who is quoted beside whom.
pub(super) struct Archive<'a> {
    spoken: Vec<&'a Spoken>,
    names: Vec<Name>,
    company: Company,
    corrections: &'a Corrections,
}

impl<'a> Archive<'a> {
    fn new(spoken: &'a [Spoken], corrections: &'a Corrections) -> Archive<'a> {
        let mut spoken: Vec<&Spoken> = spoken.iter().collect();
        spoken.sort_by(|one, other| (one.kind, &one.name).cmp(&(other.kind, &other.name)));
        let names: Vec<Name> = spoken.iter().map(|it| Name::read(&it.name, it.kind)).collect();
        let company = Company::new(&spoken, &names);
        Archive { spoken, names, company, corrections }
    }

    /// The appearances of a sense, each with the place of its written name.
    fn appearances(&self, sense: &Sense) -> impl Iterator<Item = &'a Appearance> {
        let spoken = &self.spoken;
        sense.rows.iter().flat_map(move |(row, places)| {
            let appearances = &spoken[*row].appearances;
            places.iter().map(move |it| &appearances[*it])
        })
    }

    fn profile(&self, sense: &Sense) -> Profile<'a> {
        Profile::of(self.appearances(sense), &self.company, self.company.label(sense.row))
    }
}

impl<'a> Known<'a> {
    fn new(spoken: &'a [Spoken], corrections: &'a Corrections) -> Known<'a> {
        let archive = Archive::new(spoken, corrections);
        let senses = sense::senses(&archive);
        let mut groups = Groups::new(&senses, corrections);
        join::join(&archive, &senses, &mut groups);
        let surnames = surname::resolve(&archive, &senses, &groups);
        let mut people = Vec::new();
        let mut person_of = vec![None; senses.len()];
        for (root, members) in groups.members() {
            let shares = person::shares(&senses, &groups, &members, root, &surnames);
            if shares.is_empty() {
                continue;
            }
            for member in &members {
                person_of[*member] = Some(people.len());
            }
            let by_hand = members.iter().find_map(|it| corrections.entry(&senses[*it].key));
            people.push(person::person(&archive, &shares, by_hand.map(|it| corrections.person(it))));
        }
        person::tell_apart(&mut people);
        let mut order: Vec<usize> = (0..people.len()).collect();
        order.sort_by(|one, other| {
            let (one, other) = (&people[*one], &people[*other]);
            let by_name =
                || (one.kind, &one.name, &one.qualifier).cmp(&(other.kind, &other.name, &other.qualifier));
            other.n_quotes.cmp(&one.n_quotes).then_with(by_name)
        });
        let mut place = vec![0; order.len()];
        for (to, from) in order.iter().enumerate() {
            place[*from] = to;
        }
        for it in person_of.iter_mut().flatten() {
            *it = place[*it];
        }
        let mut slots: Vec<Option<Person>> = people.into_iter().map(Some).collect();
        let people = order.into_iter().filter_map(|it| slots[it].take()).collect();
        Known { people, archive, senses, person_of }
    }
}

#[cfg(test)]
mod tests;
