//! An answer seen at a glance: how much of it there is by source, speaker, year …, and over time.

use std::{
    cmp::Reverse,
    collections::{BTreeMap, HashMap, hash_map::Entry},
};

use jiff::civil::Date;

use crate::{
    article::SpeakerKind,
    attribute::people::Person,
    index::{Counted, Snapshot},
    query::{CheckedQuery, Facet},
    roster::{PersonId, Table},
};

use super::{
    CountsRequest, Error, People, PeriodCounts, Timeline, TimelineRequest, TypedQuery, prepare,
    timeline::{ByPeriod, timeline},
};

/// The counts that were asked for. Every version of a story counts.
#[derive(Debug, Default)]
pub struct CountsResults {
    /// One a field.
    pub tables: Vec<FacetTable>,
    /// The counts over time.
    pub timeline: Option<Timeline>,
    /// How many articles match, and how many passages of them.
    pub articles: usize,
    /// See above.
    pub passages: usize,
    /// What the user should know of how the query was read, a sentence each.
    pub notes: Vec<String>,
}

/// The counts of a field.
#[derive(Debug)]
pub struct FacetTable {
    /// The field.
    pub facet: Facet,
    /// Most articles first; times in order.
    pub counts: Vec<FacetCount>,
    /// How many values more there are.
    pub left_off: usize,
}

/// How much there is of a value.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FacetCount {
    /// The value; `None` for what has none.
    pub value: Option<String>,
    /// Articles with a passage that matches, or with passages that match together, these aside
    /// where kinds of passages or speakers are counted.
    pub articles: usize,
    /// Passages that match.
    pub passages: usize,
    /// Quotes in them, where the field is one of quotes.
    pub quotes: Option<usize>,
}

/// Counts what matches a query; everything if its text is blank. Reads columns only, so the
/// articles' length costs nothing.
pub fn counts(
    snapshot: &Snapshot,
    people: &People<'_>,
    typed: &TypedQuery,
    request: &CountsRequest,
    today: Date,
) -> Result<CountsResults, Error> {
    if typed.text.trim().is_empty() {
        return counts_of(snapshot, people, &Countable::default(), request, today);
    }
    let query = prepare(typed, today)?;
    let notes = query.notes_with_dates(snapshot)?;
    let countable = Countable::both(query.checked);
    Ok(CountsResults { notes, ..counts_of(snapshot, people, &countable, request, today)? })
}

/// What is counted of all that a query finds; everything by default.
#[derive(Default)]
pub(super) struct Countable {
    /// These passages and their articles.
    passages: Option<CheckedQuery>,
    /// The articles of these too, but none of their passages.
    articles: Option<CheckedQuery>,
}

impl Countable {
    /// The passages of a query.
    pub(super) fn passages(query: CheckedQuery) -> Countable {
        Countable { passages: Some(query), articles: None }
    }

    /// The passages, and the articles that have all of it in different passages.
    pub(super) fn both(query: CheckedQuery) -> Countable {
        let apart = if query.may_stand_apart() { query.of_articles() } else { None };
        let articles = apart.map(|it| it.shown(it.apart_from(&query)));
        Countable { articles, ..Countable::passages(query) }
    }

    /// The articles that have all of it in any passages, and those of their passages that have a
    /// part of it.
    pub(super) fn articles(query: CheckedQuery) -> Countable {
        match query.of_articles() {
            Some(reading) => Countable::passages(reading.shown(reading.condition.clone())),
            None => Countable::passages(query),
        }
    }
}

/// Counts what a query that was prepared finds.
pub(super) fn counts_of(
    snapshot: &Snapshot,
    people: &People<'_>,
    countable: &Countable,
    request: &CountsRequest,
    today: Date,
) -> Result<CountsResults, Error> {
    let Countable { passages: query, articles: apart } = countable;
    let query = query.as_ref();
    let mut all = snapshot.all_counted(query)?;
    if let Some(apart) = apart {
        all.add(snapshot.all_counted(Some(apart))?.without_passages());
    }
    // All columns at once: what matches is found once for all of them.
    let times = request.timeline.map(TimelineRequest::facet);
    let of_columns: Vec<Facet> =
        request.facets.iter().copied().filter(|it| *it != Facet::Speaker).chain(times).collect();
    let mut counted = snapshot.facets(query, &of_columns)?;
    if let Some(apart) = apart {
        let of_articles = of_columns.iter().zip(&mut counted).filter(|it| *it.0 != Facet::Kind);
        let (fields, counted): (Vec<Facet>, Vec<_>) = of_articles.unzip();
        for (counted, apart) in counted.into_iter().zip(snapshot.facets(Some(apart), &fields)?) {
            for (value, it) in apart {
                counted.entry(value).or_default().add(it.without_passages());
            }
        }
    }
    let mut counted = counted.into_iter();
    let mut next = || counted.next().unwrap_or_default();
    let mut tables = Vec::new();
    for facet in &request.facets {
        let counts = match facet {
            Facet::Speaker => people_counted(snapshot, people, query)?,
            _ => next().into_iter().collect(),
        };
        tables.push(table(*facet, counts, request.limit));
    }
    let timeline = match request.timeline {
        Some(request) => {
            let counted = |it: Counted| PeriodCounts {
                articles: it.articles.len(),
                passages: it.passages(),
                ..PeriodCounts::default()
            };
            let mut periods: ByPeriod = next().into_iter().map(|(at, it)| (at, counted(it))).collect();
            if request.share {
                add_all_articles(snapshot, &mut periods, request)?;
            }
            Some(timeline(periods, request, time_asked(snapshot, query, today)?))
        }
        None => None,
    };
    let (articles, passages) = (all.articles.len(), all.passages());
    Ok(CountsResults { tables, timeline, articles, passages, notes: Vec::new() })
}

/// Adds how many articles the archive has of each period, as the timeline counts them.
pub(super) fn add_all_articles(
    snapshot: &Snapshot,
    periods: &mut ByPeriod,
    request: TimelineRequest,
) -> Result<(), Error> {
    let mut days = snapshot.days_of_articles()?.into_values().map(Some).collect::<Vec<_>>();
    days.extend(std::iter::repeat_n(None, snapshot.undated_articles()?));
    for of_article in days {
        periods.entry(of_article.and_then(|it| request.facet().period(it))).or_default().all += 1;
    }
    Ok(())
}

/// The first and the last day of the time that a query asks for. An open end is the first or the
/// last day of an article of the archive, days to come aside.
pub(super) fn time_asked(
    snapshot: &Snapshot,
    query: Option<&CheckedQuery>,
    today: Date,
) -> Result<Option<(Date, Date)>, Error> {
    let Some(asked) = query.and_then(CheckedQuery::days_asked) else { return Ok(None) };
    if let (Some(first), Some(last)) = (asked.first, asked.last) {
        return Ok(Some((first, last)));
    }
    let days = snapshot.days_of_articles()?;
    let earliest = || days.values().map(|it| it.0).min();
    let latest = || days.values().map(|it| it.1).filter(|it| *it <= today).max();
    let (first, last) = (asked.first.or_else(earliest), asked.last.or_else(latest));
    Ok(match (first, last) {
        (Some(first), Some(last)) => Some((first, last.max(first))),
        (first, last) => first.or(last).map(|it| (it, it)),
    })
}

/// The quotes by person, under all the names that the archive has for each.
fn people_counted(
    snapshot: &Snapshot,
    people: &People<'_>,
    query: Option<&CheckedQuery>,
) -> Result<Vec<(Option<String>, Counted)>, Error> {
    let speakers = snapshot.speaker_counts(query)?;
    let bearers = people.ask(|table| {
        let mut known = HashMap::new();
        speakers
            .keys()
            .flatten()
            .map(|(name, kind)| bearers(table, &mut known, name, *kind))
            .collect::<Result<Vec<_>, Error>>()
    })?;
    let mut bearers = bearers.into_iter();
    let mut counts: BTreeMap<Option<(PersonId, String)>, Counted> = BTreeMap::new();
    for (speaker, counted) in speakers {
        if speaker.is_none() {
            counts.entry(None).or_default().add(counted);
            continue;
        }
        let bearers = bearers.next().unwrap_or_default();
        if let [Bearer { person, articles: None }] = bearers.as_slice() {
            counts.entry(Some(person.clone())).or_default().add(counted);
            continue;
        }
        let of_article = |it: u64| {
            bearers
                .iter()
                .position(|of| of.articles.as_ref().is_none_or(|all| all.binary_search(&it).is_ok()))
        };
        for (bearer, theirs) in counted.by_owner(of_article) {
            counts.entry(Some(bearers[bearer].person.clone())).or_default().add(theirs);
        }
    }
    let named = |(person, counted): (Option<(PersonId, String)>, Counted)| (person.map(|it| it.1), counted);
    Ok(counts.into_iter().map(named).collect())
}

/// Somebody who is called by a written name.
struct Bearer {
    person: (PersonId, String),
    /// In these articles, by their keys in order; `None` in all.
    articles: Option<Vec<u64>>,
}

/// Those who are called by a written name: it may be that of one person in some articles and of
/// another in others. `known` keeps those who share names, who are called by several.
fn bearers(
    table: &Table,
    known: &mut HashMap<PersonId, Person>,
    name: &str,
    kind: SpeakerKind,
) -> Result<Vec<Bearer>, Error> {
    let mut bearers = Vec::new();
    for (id, partial) in table.bearers(name, kind)? {
        let shown = table.name(id)?.0.to_owned();
        let mut articles = None;
        if partial {
            let person = match known.entry(id) {
                Entry::Occupied(it) => it.into_mut(),
                Entry::Vacant(it) => it.insert(table.person(id)?),
            };
            // Given away for several reasons, a name stands there several times.
            let written = person.names.iter().filter(|it| it.name == name && it.kind == kind);
            let mut all: Vec<u64> =
                written.filter_map(|it| it.articles.as_deref()).flatten().copied().collect();
            all.sort_unstable();
            articles = Some(all);
        }
        bearers.push(Bearer { person: (id, shown), articles });
    }
    Ok(bearers)
}

fn table(facet: Facet, counts: Vec<(Option<String>, Counted)>, limit: usize) -> FacetTable {
    let of_quotes = |it: &Counted| Some(it.quotes()).filter(|it| *it > 0);
    let mut counts: Vec<FacetCount> = counts
        .into_iter()
        .map(|(value, it)| FacetCount {
            value,
            articles: it.articles.len(),
            passages: it.passages(),
            quotes: of_quotes(&it),
        })
        .collect();
    let in_time = facet.is_of_time();
    // What has no value comes last: it is not one of them.
    counts.sort_by(|a, b| {
        let most =
            || (Reverse(a.articles), Reverse(a.passages)).cmp(&(Reverse(b.articles), Reverse(b.passages)));
        let order = if in_time { std::cmp::Ordering::Equal } else { most() };
        a.value.is_none().cmp(&b.value.is_none()).then(order).then_with(|| a.value.cmp(&b.value))
    });
    let limit = if in_time || limit == 0 { counts.len() } else { limit };
    let left_off = counts.len().saturating_sub(limit);
    counts.truncate(limit);
    FacetTable { facet, counts, left_off }
}
