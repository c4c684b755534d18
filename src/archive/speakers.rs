//! Who is quoted: people under all their names, with their roles, counts and dates.

use std::collections::{BTreeMap, HashMap, HashSet};

use anyhow::{Context as _, Result};
use jiff::civil::Date;

use crate::{
    article::SpeakerKind,
    attribute::people::{self, Corrections, Person, SpeakerRow},
    index::{Snapshot, Spoken, joined_days},
};

use super::Archive;

/// Which speakers to list.
#[derive(Clone, Debug, Default)]
pub struct SpeakersRequest {
    /// Only those who have one of these names; all when empty.
    pub names: Vec<String>,
    /// Only those with so many quotes.
    pub quotes_min: usize,
    /// Which come first.
    pub order: SpeakersOrder,
    /// Unnamed people and groups too.
    pub all_kinds: bool,
}

/// Which speakers come first.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum SpeakersOrder {
    /// Those with most quotes.
    #[default]
    Quotes,
    /// Those in most articles.
    Articles,
    /// By name.
    Name,
    /// Those quoted last.
    Recent,
}

/// Who was found.
pub struct SpeakersResults {
    /// In the order that was asked for.
    pub speakers: Vec<PersonSummary>,
}

/// Somebody in the archive, with what is counted of them.
#[derive(Clone, Debug)]
pub struct PersonSummary {
    /// The fullest or most used name.
    pub name: String,
    /// What kind of speaker.
    pub kind: SpeakerKind,
    /// The other ways the archive writes it.
    pub other_names: Vec<String>,
    /// The roles that articles give, most used first.
    pub roles: Vec<RoleSummary>,
    /// Quotes.
    pub quotes: usize,
    /// Articles they stand in.
    pub articles: usize,
    /// Quotes by outlet.
    pub sources: BTreeMap<String, usize>,
    /// The first and the last day, of dated articles.
    pub days: Option<(Date, Date)>,
}

/// A role of somebody, with its time.
#[derive(Clone, Debug)]
pub struct RoleSummary {
    /// As the articles give it.
    pub role: String,
    /// Quotes with it.
    pub quotes: usize,
    /// The first and the last day, of dated articles.
    pub days: Option<(Date, Date)>,
}

impl Archive {
    /// Lists who is quoted.
    pub fn speakers(&self, request: &SpeakersRequest) -> Result<SpeakersResults> {
        let known = self.people(&self.index()?.snapshot()?)?;
        let mut speakers = Vec::new();
        for person in &known.people {
            let asked = request.names.is_empty()
                || request.names.iter().any(|it| people::matches(person, it).is_some());
            let shown = request.all_kinds || !request.names.is_empty() || has_own_name(person);
            if asked && shown && person.n_quotes >= request.quotes_min {
                speakers.push(known.summary(person));
            }
        }
        speakers.sort_by(|a, b| {
            let order = match request.order {
                SpeakersOrder::Quotes => b.quotes.cmp(&a.quotes),
                SpeakersOrder::Articles => b.articles.cmp(&a.articles),
                SpeakersOrder::Name => std::cmp::Ordering::Equal,
                SpeakersOrder::Recent => b.days.map(|it| it.1).cmp(&a.days.map(|it| it.1)),
            };
            order.then_with(|| a.name.to_lowercase().cmp(&b.name.to_lowercase())).then(a.kind.cmp(&b.kind))
        });
        Ok(SpeakersResults { speakers })
    }

    /// Everybody in the archive, by the names that are written and the corrections made by hand.
    pub(super) fn people(&self, snapshot: &Snapshot) -> Result<People> {
        let spoken = snapshot.spoken()?;
        let corrections = Corrections::parse(&self.corrections).context("people.toml cannot be used")?;
        let rows: Vec<SpeakerRow> = spoken.iter().map(row).collect();
        let people = people::people(&rows, &corrections);
        let spoken = spoken.into_iter().map(|it| ((it.name.clone(), it.kind), it)).collect();
        Ok(People { people, spoken })
    }
}

/// Whether somebody goes by a name of their own, and not by a noun that means another in each article: `the company`.
fn has_own_name(person: &Person) -> bool {
    let common_noun = person.names.iter().any(|it| it.name.starts_with(char::is_lowercase));
    match person.kind {
        SpeakerKind::Person => true,
        SpeakerKind::Organisation => !common_noun,
        SpeakerKind::Group | SpeakerKind::Unknown => false,
    }
}

fn row(spoken: &Spoken) -> SpeakerRow {
    SpeakerRow {
        name: spoken.name.clone(),
        kind: spoken.kind,
        roles: spoken.roles.iter().map(|(role, used)| (role.clone(), used.quotes)).collect(),
        n_quotes: spoken.quotes,
        n_articles: spoken.articles.len(),
    }
}

/// The people of the archive, and what is counted of each written name.
pub(super) struct People {
    pub(super) people: Vec<Person>,
    spoken: HashMap<(String, SpeakerKind), Spoken>,
}

impl People {
    fn summary(&self, person: &Person) -> PersonSummary {
        let mut articles: HashSet<u64> = HashSet::new();
        let mut roles: BTreeMap<String, RoleSummary> = BTreeMap::new();
        let mut sources: BTreeMap<String, usize> = BTreeMap::new();
        let mut days = None;
        for written in &person.names {
            let Some(spoken) = self.spoken.get(&(written.name.clone(), written.kind)) else { continue };
            articles.extend(&spoken.articles);
            days = joined_days(days, spoken.days);
            for (source, n) in &spoken.sources {
                *sources.entry(source.clone()).or_default() += n;
            }
            for (role, used) in &spoken.roles {
                let empty = RoleSummary { role: role.clone(), quotes: 0, days: None };
                let known = roles.entry(role.to_lowercase()).or_insert(empty);
                known.quotes += used.quotes;
                known.days = joined_days(known.days, used.days);
            }
        }
        let mut roles: Vec<RoleSummary> = roles.into_values().collect();
        roles.sort_by(|a, b| b.quotes.cmp(&a.quotes).then_with(|| a.role.cmp(&b.role)));
        if let [by_hand] = person.roles.as_slice()
            && roles.iter().all(|it| it.role != *by_hand)
        {
            roles = vec![RoleSummary { role: by_hand.clone(), quotes: person.n_quotes, days }];
        }
        let others = person.names.iter().map(|it| &it.name).filter(|it| **it != person.name);
        PersonSummary {
            name: person.name.clone(),
            kind: person.kind,
            other_names: others.cloned().collect(),
            roles,
            quotes: person.n_quotes,
            articles: articles.len(),
            sources,
            days,
        }
    }
}
