//! Who is quoted: people under all their names, with their roles, counts and dates.

use std::{collections::BTreeMap, ops::ControlFlow};

use crate::{
    attribute::people::{self, Pair, Person},
    index::Snapshot,
    roster::{PersonId, Summary, Table},
};

use super::{Error, People, SpeakersOrder, SpeakersRequest, nearest_name, people::fitting};

/// Who was found.
pub struct SpeakersResults {
    /// In the order that was asked for.
    pub speakers: Vec<Person>,
    /// How many there are in all.
    pub total: usize,
    /// Whether they were asked for by name.
    pub named: bool,
    /// What a name may mean that nobody has, a sentence each.
    pub notes: Vec<String>,
}

/// Names that may be one person's.
pub struct SimilarResults {
    /// The likely ones first.
    pub pairs: Vec<Pair>,
    /// How many there are in all.
    pub total: usize,
}

/// Lists who is quoted.
pub fn speakers(
    snapshot: &Snapshot,
    people: &People<'_>,
    request: &SpeakersRequest,
) -> Result<SpeakersResults, Error> {
    people.ask(|table| {
        let mut notes = Vec::new();
        let mut wanted = if request.names.is_empty() {
            let mut all = table.summaries()?;
            all.retain(|it| request.all_kinds || it.1.own_name);
            all
        } else {
            named(snapshot, table, &request.names, &mut notes)?
        };
        wanted.retain(|it| it.1.n_quotes >= request.quotes_min);
        let total = wanted.len();
        let limit =
            if request.limit == 0 { total } else { request.offset.saturating_add(request.limit).min(total) };
        // Names are read of those alone who may be among the first.
        let place = |it: &(PersonId, Summary)| place(&it.1, request.order);
        if 0 < limit && limit < total {
            let last = place(wanted.select_nth_unstable_by_key(limit - 1, place).1);
            wanted.retain(|it| place(it) <= last);
        }
        let mut sorted = Vec::with_capacity(wanted.len());
        for it in wanted {
            let (name, qualifier) = table.name(it.0)?;
            sorted.push(((place(&it), name.to_lowercase(), qualifier, it.1.kind), it.0));
        }
        sorted.sort();
        sorted.truncate(limit);
        let wanted = sorted.into_iter().skip(request.offset);
        let speakers = wanted.map(|it| table.person(it.1)).collect::<Result<_, _>>()?;
        Ok(SpeakersResults { speakers, total, named: !request.names.is_empty(), notes })
    })
}

/// What comes first: the smaller. Whoever has no name of their own comes below.
fn place(of: &Summary, order: SpeakersOrder) -> (bool, i64) {
    let most_first = |n: usize| -i64::try_from(n).unwrap_or(i64::MAX);
    let number = match order {
        SpeakersOrder::Quotes => most_first(of.n_quotes),
        SpeakersOrder::Articles => most_first(of.n_articles),
        SpeakersOrder::Name => 0,
        SpeakersOrder::Recent => of.last_day.map_or(i64::MAX, |it| -i64::from(it)),
    };
    (!of.own_name, number)
}

/// Those who have one of the names, each once; of a name that nobody has, a note.
fn named(
    snapshot: &Snapshot,
    table: &Table,
    names: &[String],
    notes: &mut Vec<String>,
) -> Result<Vec<(PersonId, Summary)>, Error> {
    let mut found = BTreeMap::new();
    for name in names {
        let (_, fits, note) = fitting(table, name)?;
        notes.extend(note);
        if fits.is_empty() {
            notes.push(format!("nobody called `{name}` is quoted"));
            notes.extend(nearest_name::nearest(snapshot, table, name)?);
        } else if !fits.iter().any(|it| it.2.has_own_name()) {
            notes.extend(nearest_name::role_typed(snapshot, table, name)?);
        }
        found.extend(fits.into_iter().map(|(id, _, person)| (id, Summary::of(&person))));
    }
    Ok(found.into_iter().collect())
}

/// Lists the first `limit` pairs of names that may be one person's, all if it is 0; of those who
/// have one of the names. Without a name, of all pairs.
pub fn similar_speakers(
    people: &People<'_>,
    names: &[String],
    quotes_min: usize,
    limit: usize,
) -> Result<SimilarResults, Error> {
    people.ask(|table| {
        let ranked = table.pairs(names)?;
        // Where all are asked for they are counted without being read.
        let all = names.is_empty() && quotes_min <= 1;
        let (mut pairs, mut total) = (Vec::new(), 0);
        ranked.each(|pair| {
            let fits = |name: &String| {
                people::names_fit(&pair.one.name, name) || people::names_fit(&pair.other.name, name)
            };
            let is_asked = names.is_empty() || names.iter().any(fits);
            if is_asked && pair.one.n_quotes + pair.other.n_quotes >= quotes_min {
                total += 1;
                if limit == 0 || total <= limit {
                    pairs.push(pair);
                }
            }
            if all && total == limit { ControlFlow::Break(()) } else { ControlFlow::Continue(()) }
        })?;
        Ok(SimilarResults { pairs, total: if all { ranked.len() } else { total } })
    })
}
