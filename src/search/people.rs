//! The people of the archive, and whom a typed name means.

use std::{
    cmp::Reverse,
    sync::{Arc, OnceLock},
};

use morgue_core::{number, system::stop};

use crate::{
    attribute::people::{self, MatchStrength, Person, TypedName},
    index::{self, Snapshot},
    roster::{self, Decisions, PersonId, Table},
};

use super::{AmbiguousName, Error, QuotesRequest, door::ALL, nearest_name};

/// Everybody who is quoted in an archive, by the names that are written and the corrections made by
/// hand. They are read when they are first asked for.
pub struct People<'a> {
    snapshot: &'a Snapshot,
    corrections: Result<&'a str, &'a str>,
    table: PeopleTable,
}

/// The table of people of one state of an archive, once somebody asked for people. Those who share
/// it read it once.
#[derive(Clone, Default)]
pub struct PeopleTable(Arc<Tables>);

#[derive(Default)]
struct Tables {
    stored: OnceLock<Table>,
    /// One made anew, since the stored one turned out to be damaged.
    anew: OnceLock<Table>,
}

impl<'a> People<'a> {
    /// The people of this state of the archive; `corrections` is the text of its `people.toml` or
    /// why there is none to be had, which fails those who ask for people.
    pub fn new(snapshot: &'a Snapshot, corrections: Result<&'a str, &'a str>) -> People<'a> {
        People::sharing(snapshot, corrections, PeopleTable::default())
    }

    /// The same, with a table that others of the same state and corrections use too.
    pub fn sharing(
        snapshot: &'a Snapshot,
        corrections: Result<&'a str, &'a str>,
        table: PeopleTable,
    ) -> People<'a> {
        People { snapshot, corrections, table }
    }

    /// Answers a question from the table of people; from one made anew if the stored one turns out
    /// to be damaged.
    pub(super) fn ask<T>(&self, question: impl Fn(&Table) -> Result<T, Error>) -> Result<T, Error> {
        let Tables { stored, anew } = &*self.table.0;
        if let Some(table) = anew.get() {
            return question(table);
        }
        match question(self.kept(stored, roster::open)?) {
            Err(Error::Table(_)) => question(self.kept(anew, roster::anew)?),
            answer => answer,
        }
    }

    /// The table of a cell; made when it is first asked for, for all who share it.
    fn kept<'t>(
        &self,
        cell: &'t OnceLock<Table>,
        make: fn(&Snapshot, &Decisions) -> Result<Table, index::Error>,
    ) -> Result<&'t Table, Error> {
        if let Some(table) = cell.get() {
            return Ok(table);
        }
        let decisions = self.decisions()?;
        let table = stop::to_the_end(|| make(self.snapshot, &decisions))?;
        Ok(cell.get_or_init(|| table))
    }

    fn decisions(&self) -> Result<Decisions, Error> {
        let text = self.corrections.map_err(|it| Error::CorrectionsUnread(it.to_owned()))?;
        Ok(Decisions::parse(text)?)
    }
}

/// Of several who may be meant, one is meant who is quoted at least 4 times as often as the next.
const DOMINANT_TIMES: usize = 4;
/// How many of several are named in a note.
const NAMED_MAX: usize = 5;

/// Those whom the typed name means, and what is to be said about the choice.
///
/// A full name is the person who has it; a surname the one who bears it; of several bearers the one
/// who is quoted far more often than the others. With `all`, everybody whom the words fit.
/// With `exactly`, those whose full name it is to the letter, if there are any.
/// What a name may mean that fits nobody is among the notes, and who has it as a role where it fits
/// nobody with a name.
pub(super) fn meant(
    snapshot: &Snapshot,
    table: &Table,
    QuotesRequest { name: typed, all, exactly, .. }: &QuotesRequest,
) -> Result<(Vec<Person>, Vec<String>), Error> {
    if *exactly {
        let called_so = called(table, typed)?;
        if !called_so.is_empty() {
            return Ok((called_so, Vec::new()));
        }
    }
    let (name, found, note) = fitting(table, typed)?;
    let mut notes = Vec::from_iter(note);
    let mut fits: Vec<_> = found.into_iter().map(|(_, strength, person)| (strength, person)).collect();
    fits.sort_by_cached_key(|it| (Reverse(it.1.n_quotes), it.1.full_name()));
    let role = match fits.iter().any(|it| it.1.has_own_name()) {
        _ if fits.is_empty() => {
            notes.extend(nearest_name::nearest(snapshot, table, typed)?);
            return Ok((Vec::new(), notes));
        }
        true => None,
        false => nearest_name::role_typed(snapshot, table, typed)?,
    };
    if *all {
        if fits.len() > 1 {
            let listed = listed(fits.iter().map(|it| &it.1));
            notes.push(format!("`{typed}` fits {} speakers: {listed}", fits.len()));
        }
    } else {
        let chosen = choose(&mut fits, typed, name.is_one_word());
        notes.extend(chosen.map_err(|it| AmbiguousName { role: role.clone(), ..it })?);
    }
    notes.extend(role);
    fits.sort_by_key(|it| Reverse(it.0));
    Ok((fits.into_iter().map(|it| it.1).collect(), notes))
}

/// Those whose names are spelled nearly as the typed one: full names with the number of quotes.
pub fn nearest_people(
    snapshot: &Snapshot,
    people: &People<'_>,
    typed: &str,
) -> Result<Vec<(String, usize)>, Error> {
    people.ask(|table| nearest_name::people_near(snapshot, table, typed))
}

/// Those whose full name it is, to the letter.
fn called(table: &Table, full_name: &str) -> Result<Vec<Person>, Error> {
    let name = full_name.rsplit_once(" (").map_or(full_name, |it| it.0);
    let mut called = Vec::new();
    for id in table.named(&people::name_words(name))? {
        called.extend(Some(table.person(id)?).filter(|it| it.full_name() == full_name));
    }
    Ok(called)
}

/// Whom a name fits, and how well.
type Fitting = Vec<(PersonId, MatchStrength, Person)>;

/// Those whom a typed name fits, with how it was read; where nobody has it as it is typed, with its
/// umlauts written otherwise, then without its titles, which is said.
pub(super) fn fitting(table: &Table, typed: &str) -> Result<(TypedName, Fitting, Option<String>), Error> {
    let name = TypedName::read(typed);
    let fits = table.fitting(&name)?;
    if fits.is_empty()
        && let Some(respelled) = TypedName::respelled(typed)
    {
        let fits = table.fitting(&respelled)?;
        if !fits.is_empty() {
            return Ok((respelled, fits, None));
        }
    }
    let alone = people::without_titles(typed).zip(TypedName::without_titles(typed));
    let Some((alone, titled)) = alone.filter(|_| fits.is_empty()) else { return Ok((name, fits, None)) };
    let mut fits = table.fitting(&titled)?;
    if fits.iter().any(|it| titled.titles_fit(&it.2)) {
        fits.retain(|it| titled.titles_fit(&it.2));
    }
    let note = (!fits.is_empty()).then(|| format!("nobody is quoted as `{typed}`: read as `{alone}`"));
    Ok((titled, fits, note))
}

/// Leaves the one who is meant of those whom a name fits, most quoted first, and whoever is only
/// called by it beside them; says who else it could be.
fn choose(
    fits: &mut Vec<(MatchStrength, Person)>,
    typed: &str,
    one_word: bool,
) -> Result<Vec<String>, AmbiguousName> {
    let mut notes = Vec::new();
    let Some(best) = fits.iter().map(|it| it.0).max() else { return Ok(notes) };
    let n_fits = fits.len();
    // A surname alone is also how some articles write one of those who have it.
    let least = if one_word { best.min(MatchStrength::Surname) } else { best };
    fits.retain(|it| it.0 >= least);
    let named: Vec<usize> = (0..fits.len()).filter(|it| !fits[*it].1.is_bare()).collect();
    let rivals = if named.is_empty() { (0..fits.len()).collect() } else { named };
    match rivals[..] {
        [first, next, ..] if fits[first].1.n_quotes < DOMINANT_TIMES * fits[next].1.n_quotes => {
            let candidates = std::mem::take(fits).into_iter().map(|it| it.1).collect();
            return Err(AmbiguousName { typed: typed.to_owned(), candidates, role: None });
        }
        [first, _, ..] => {
            let others = listed(rivals[1..].iter().map(|it| &fits[*it].1));
            notes.push(format!("`{typed}` is also {others}; {ALL} gives everybody's"));
            let meant = fits.swap_remove(first);
            *fits = vec![meant];
        }
        [named] => {
            if let Some((_, bare)) = fits.iter().find(|it| it.1.is_bare() && !fits[named].1.is_bare()) {
                let (n, name) = (number(bare.n_quotes), &bare.name);
                let by = format!("{n} by somebody whom their articles only call {name}");
                notes.push(format!("with those of {}: {by}", fits[named].1.full_name()));
            }
            let others = n_fits - fits.len();
            if others > 0 {
                notes.push(format!(
                    "{} more have these words in their name; {ALL} gives theirs too",
                    number(others)
                ));
            }
        }
        [] => (),
    }
    Ok(notes)
}

/// The first of some people, with their quotes.
fn listed<'a>(people: impl ExactSizeIterator<Item = &'a Person>) -> String {
    let more = people.len().saturating_sub(NAMED_MAX);
    let named: Vec<String> =
        people.take(NAMED_MAX).map(|it| format!("{} ({})", it.full_name(), number(it.n_quotes))).collect();
    let more = if more > 0 { format!(" and {} more", number(more)) } else { String::new() };
    format!("{}{more}", named.join(", "))
}
