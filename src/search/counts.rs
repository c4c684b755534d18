//! An answer seen at a glance: how much of it there is by source, speaker, year …, and over time.

use std::{
    borrow::Cow,
    cmp::Reverse,
    collections::{BTreeMap, HashMap},
};

use jiff::civil::Date;

use crate::{
    article::SpeakerKind,
    index::{ArticleNumber, Counted, Matched, Snapshot, Totals},
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
    /// Of a speaker: the names that were counted as theirs, as they are written.
    pub written: Vec<String>,
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
    /// The articles that meet this too, but none of their passages.
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
        let articles = apart.map(|it| it.apart_from(&query));
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
    // What matches is found once for all fields.
    let matched = snapshot.matched(query)?;
    let apart = apart.as_ref().map(|it| snapshot.matched_articles(it)).transpose()?;
    let mut all = snapshot.all_counted(&matched);
    if let Some(apart) = &apart {
        all.add(&snapshot.all_counted(apart));
    }
    let counted = |facet: Facet| -> Result<_, Error> {
        let mut counted = snapshot.facet(&matched, facet)?;
        if let Some(apart) = apart.as_ref().filter(|_| facet != Facet::Kind) {
            for (value, it) in snapshot.facet(apart, facet)? {
                counted.entry(value).or_default().add(&it);
            }
        }
        Ok(counted)
    };
    let mut tables = Vec::new();
    for facet in request.facets.iter().copied() {
        tables.push(match facet {
            Facet::Speaker => people_counted(snapshot, people, &matched, request.limit)?,
            _ => table(facet, counted(facet)?, request.limit),
        });
    }
    let timeline = match request.timeline {
        Some(request) => {
            let counts = |it: Totals| PeriodCounts {
                articles: it.articles,
                passages: it.passages,
                ..PeriodCounts::default()
            };
            let times = counted(request.facet())?;
            let mut periods: ByPeriod = times.into_iter().map(|(at, it)| (at, counts(it.totals()))).collect();
            if request.share {
                add_all_articles(snapshot, &mut periods, request)?;
            }
            Some(timeline(periods, request, time_asked(snapshot, query, today)?))
        }
        None => None,
    };
    let Totals { articles, passages, .. } = all.totals();
    Ok(CountsResults { tables, timeline, articles, passages, notes: Vec::new() })
}

/// Adds how many articles the archive has of each period, as the timeline counts them.
pub(super) fn add_all_articles(
    snapshot: &Snapshot,
    periods: &mut ByPeriod,
    request: TimelineRequest,
) -> Result<(), Error> {
    let undated = std::iter::repeat_n(None, snapshot.undated_articles()?);
    for of_article in snapshot.days_of_articles()?.values().copied().map(Some).chain(undated) {
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
    matched: &Matched,
    limit: usize,
) -> Result<FacetTable, Error> {
    let speakers = snapshot.speaker_counts(matched)?;
    let mut nobody = Counted::default();
    speakers.iter().filter(|it| it.0.is_none()).for_each(|it| nobody.add(&it.1));
    let key_of = snapshot.article_keys()?;
    people.ask(|table| {
        let mut of_names: Vec<(PersonId, &str, Cow<'_, Counted>)> = Vec::with_capacity(speakers.len());
        for (speaker, counted) in &speakers {
            let Some((name, kind)) = speaker else { continue };
            let bearers = table.bearers(name, *kind)?;
            match bearers.as_slice() {
                [(person, false)] => of_names.push((*person, name, Cow::Borrowed(counted))),
                bearers => {
                    let owners = owners(table, bearers, (name, *kind), counted, &key_of)?;
                    for (bearer, theirs) in counted.by_owner(|it| owners.get(&it).copied()) {
                        of_names.push((bearers[bearer].0, name, Cow::Owned(theirs)));
                    }
                }
            }
        }
        // Those who are called by several names stand side by side.
        of_names.sort_unstable_by_key(|it| (it.0, it.1));
        let mut counts: Vec<(Totals, PersonId)> = Vec::with_capacity(of_names.len());
        for of_person in of_names.chunk_by(|a, b| a.0 == b.0) {
            let totals = match of_person {
                [(_, _, counted)] => counted.totals(),
                several => {
                    let mut all = Counted::default();
                    several.iter().for_each(|it| all.add(&it.2));
                    all.totals()
                }
            };
            counts.push((totals, of_person[0].0));
        }
        let nobody = (nobody != Counted::default()).then(|| nobody.totals());
        let n_values = counts.len() + usize::from(nobody.is_some());
        let limit = if limit == 0 { n_values } else { limit };
        // Only the names of those who may be among the first are read.
        if limit < counts.len() {
            let last = counts.select_nth_unstable_by_key(limit, |it| most_first(it.0)).1.0;
            counts.retain(|it| most_first(it.0) <= most_first(last));
        }
        let mut named = Vec::with_capacity(counts.len());
        for (totals, person) in &counts {
            named.push((most_first(*totals), table.name(*person)?.0, *person, *totals));
        }
        named.sort_unstable_by_key(|it| (it.0, it.1, it.2));
        let written = |person: PersonId| {
            let from = of_names.partition_point(|it| it.0 < person);
            let theirs = of_names[from..].iter().take_while(|it| it.0 == person);
            theirs.map(|it| it.1.to_owned()).collect()
        };
        let named = named.into_iter().take(limit).map(|(_, name, person, totals)| FacetCount {
            written: written(person),
            ..FacetCount::from((Some(name.to_owned()), totals))
        });
        let nobody = nobody.map(|it| FacetCount::from((None, it)));
        let counts = named.chain(nobody).take(limit).collect();
        Ok(FacetTable { facet: Facet::Speaker, counts, left_off: n_values.saturating_sub(limit) })
    })
}

/// Which of several people who are called by a name is meant in each article that was counted: it
/// may be that of one person in some articles and of another in others.
fn owners(
    table: &Table,
    bearers: &[(PersonId, bool)],
    (name, kind): (&str, SpeakerKind),
    counted: &Counted,
    key_of: impl Fn(ArticleNumber) -> Option<u64>,
) -> Result<HashMap<ArticleNumber, usize>, Error> {
    let mut owners = HashMap::new();
    let quoted = counted.quoted_articles();
    let mut by_key: Vec<(u64, ArticleNumber)> = quoted.filter_map(|it| Some((key_of(it)?, it))).collect();
    by_key.sort_unstable();
    for (bearer, (person, partial)) in bearers.iter().enumerate() {
        if owners.len() == by_key.len() {
            break;
        }
        // Who comes first is meant.
        let mut give = |it: &(u64, ArticleNumber)| {
            owners.entry(it.1).or_insert(bearer);
        };
        if *partial {
            table.each_article(*person, name, kind, |key| {
                let from = by_key.partition_point(|it| it.0 < key);
                by_key[from..].iter().take_while(|it| it.0 == key).for_each(&mut give);
            })?;
        } else {
            by_key.iter().for_each(&mut give);
        }
    }
    Ok(owners)
}

/// What values are ordered by: most articles, then most passages.
fn most_first(totals: Totals) -> impl Ord + Copy {
    (Reverse(totals.articles), Reverse(totals.passages))
}

impl From<(Option<String>, Totals)> for FacetCount {
    fn from((value, Totals { articles, passages, quotes }): (Option<String>, Totals)) -> FacetCount {
        let quotes = Some(quotes).filter(|it| *it > 0);
        FacetCount { value, articles, passages, quotes, written: Vec::new() }
    }
}

fn table(facet: Facet, counts: BTreeMap<Option<String>, Counted>, limit: usize) -> FacetTable {
    let in_time = facet.is_of_time();
    let mut counts: Vec<(Option<String>, Totals)> =
        counts.into_iter().map(|(value, it)| (value, it.totals())).collect();
    // Values come in their order. What has no value comes last: it is not one of them.
    counts.sort_by_key(|(value, it)| (value.is_none(), (!in_time).then(|| most_first(*it))));
    let limit = if in_time || limit == 0 { counts.len() } else { limit };
    let left_off = counts.len().saturating_sub(limit);
    let counts = counts.into_iter().take(limit).map(FacetCount::from).collect();
    FacetTable { facet, counts, left_off }
}
