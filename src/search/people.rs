//! The people of the archive, and whom a typed name means.

use std::sync::OnceLock;

use crate::{
    attribute::people::{self, MatchStrength, Person},
    index::Snapshot,
    roster::{self, Decisions, Table},
};

use super::{AmbiguousName, Error};

/// Everybody who is quoted in an archive, by the names that are written and the corrections made by
/// hand. They are read when they are first asked for.
pub struct People<'a> {
    snapshot: &'a Snapshot,
    corrections: Result<&'a str, &'a str>,
    table: OnceLock<Table>,
}

impl<'a> People<'a> {
    /// The people of this state of the archive; `corrections` is the text of its `people.toml` or
    /// why there is none to be had, which fails those who ask for people.
    pub fn new(snapshot: &'a Snapshot, corrections: Result<&'a str, &'a str>) -> People<'a> {
        People { snapshot, corrections, table: OnceLock::new() }
    }

    /// Answers a question from the table of people; from one made anew if the stored one turns out
    /// to be damaged.
    pub(super) fn ask<T>(&self, question: impl Fn(&Table) -> Result<T, Error>) -> Result<T, Error> {
        let table = match self.table.get() {
            Some(table) => table,
            None => {
                let table = roster::open(self.snapshot, &self.decisions()?)?;
                self.table.get_or_init(|| table)
            }
        };
        match question(table) {
            Err(Error::Table(_)) => question(&roster::anew(self.snapshot, &self.decisions()?)?),
            answer => answer,
        }
    }

    fn decisions(&self) -> Result<Decisions, Error> {
        let text = self.corrections.map_err(|it| Error::CorrectionsUnread(it.to_owned()))?;
        Ok(Decisions::parse(text)?)
    }
}

/// Those whom the typed name means, and what is to be said about the choice.
///
/// A full name is the person who has it; a surname the one who bears it. With `all`, everybody whom
/// the words fit.
pub(super) fn meant(table: &Table, typed: &str, all: bool) -> Result<(Vec<Person>, Vec<String>), Error> {
    let mut fits: Vec<(MatchStrength, Person)> =
        table.fitting(typed)?.into_iter().map(|(_, strength, person)| (strength, person)).collect();
    if fits.is_empty()
        && let Some(name) = people::without_titles(typed)
        && !table.fitting(&name)?.is_empty()
    {
        let (found, mut notes) = meant(table, &name, all)?;
        notes.insert(0, format!("nobody is quoted as `{typed}`: read as `{name}`"));
        return Ok((found, notes));
    }
    let key = |it: &Person| (std::cmp::Reverse(it.n_quotes), it.full_name());
    fits.sort_by(|a, b| b.0.cmp(&a.0).then_with(|| key(&a.1).cmp(&key(&b.1))));
    let mut notes = Vec::new();
    if !all && let Some((best, first)) = fits.first() {
        let n = fits.len();
        // A surname alone is also how some articles write one of those who have it.
        let one_word = typed.split_whitespace().count() == 1;
        let least = if one_word && *best > MatchStrength::Surname && first.is_bare() {
            MatchStrength::Surname
        } else {
            *best
        };
        fits.retain(|it| it.0 >= least);
        let named: Vec<&Person> = fits.iter().map(|it| &it.1).filter(|it| !it.is_bare()).collect();
        if named.len() > 1 || named.is_empty() && fits.len() > 1 {
            let mut candidates: Vec<Person> = fits.into_iter().map(|it| it.1).collect();
            candidates.sort_by_cached_key(key);
            return Err(AmbiguousName { typed: typed.to_owned(), candidates }.into());
        }
        if let (Some(named), Some(bare)) = (named.first(), fits.iter().find(|it| it.1.is_bare())) {
            let by = format!("{} by somebody whom their articles only call {}", bare.1.n_quotes, bare.1.name);
            notes.push(format!("with those of {}: {by}", named.full_name()));
        }
        if n > fits.len() {
            let others = n - fits.len();
            notes.push(format!("{others} more have these words in their name; `--all` gives theirs too"));
        }
    } else if fits.len() > 1 {
        let named: Vec<String> =
            fits.iter().take(5).map(|it| format!("{} ({})", it.1.full_name(), it.1.n_quotes)).collect();
        let more = if fits.len() > 5 { format!(" and {} more", fits.len() - 5) } else { String::new() };
        notes.push(format!("`{typed}` fits {} speakers: {}{more}", fits.len(), named.join(", ")));
    }
    Ok((fits.into_iter().map(|it| it.1).collect(), notes))
}
