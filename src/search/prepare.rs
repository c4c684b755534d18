//! Typed query → prepared query: read, checked, with what its hits are ranked by. Every use of a
//! query begins here.

use jiff::civil::Date;

use crate::{
    index::{Ranking, Snapshot},
    query::{self, CheckedQuery, Dialect, Query, Shelf, TextPattern, WordPattern},
};

use super::{Error, TypedQuery, notes, spelling};

/// A query that can be run.
#[derive(Clone, Debug)]
pub struct PreparedQuery {
    /// As it was read; prints in morgue's own language.
    pub typed: Query,
    /// What it asks for.
    pub checked: CheckedQuery,
    /// What its hits are ranked by.
    pub ranking: Ranking,
    /// What the user should know of the lists that it asks for.
    pub(super) list_notes: Vec<String>,
}

/// Reads and checks a query; `today` is the day that dates like `yesterday` are counted from.
pub fn prepare(typed: &TypedQuery, today: Date) -> Result<PreparedQuery, query::Error> {
    let parsed = match typed.dialect {
        // Where any word will do, morgue's own small operators are words too.
        Dialect::Morgue if typed.any => query::parse_words(&typed.text),
        dialect => query::parse_as(&typed.text, dialect),
    };
    PreparedQuery::new(parsed?, typed.any, &typed.shelf, today)
}

impl PreparedQuery {
    /// Checks a query that was read; with `any`, any of its words will do.
    pub(super) fn new(
        typed: Query,
        any: bool,
        shelf: &Shelf,
        today: Date,
    ) -> Result<PreparedQuery, query::Error> {
        let checked = query::check_with_lists(&typed, today, shelf)?;
        let list_notes = shelf.notes(&checked);
        let words = query::plain_words(&typed);
        let ranking = Ranking::of(&checked, &words);
        let checked = if any { any_of(&checked, &ranking, &words) } else { checked };
        Ok(PreparedQuery { typed, checked, ranking, list_notes })
    }

    /// What the user should know of how the query was read, and which of its words the archive
    /// cannot look for.
    pub(super) fn notes(&self, snapshot: &Snapshot) -> Result<Vec<String>, Error> {
        let mut notes = self.reading_notes();
        notes.extend(notes::cut_patterns(snapshot, &self.checked)?);
        notes.extend(spelling::other_spellings(snapshot, &self.checked)?);
        notes.extend(notes::unknown_sources(snapshot, &self.checked)?);
        Ok(notes)
    }

    /// The same, with the articles that a condition on dates leaves out because nobody knows
    /// theirs.
    pub(super) fn notes_with_dates(&self, snapshot: &Snapshot) -> Result<Vec<String>, Error> {
        let mut notes = self.notes(snapshot)?;
        notes.extend(notes::undated_articles(snapshot, &self.checked)?);
        Ok(notes)
    }

    /// What the user should know of how the query was read.
    pub(super) fn reading_notes(&self) -> Vec<String> {
        let read_as = |note| format!("{note}; read as: {}", self.typed);
        let of_typed = self.typed.notes.iter().map(read_as);
        of_typed.chain(self.list_notes.iter().cloned()).chain(notes::reversed_time(&self.checked)).collect()
    }
}

/// Any of the words instead of all, and each word of `law-and-order`. Only words in running text,
/// as `typed` has them, stand in for each other: what is asked of quotes or of a part of the
/// article does not.
fn any_of(query: &CheckedQuery, ranking: &Ranking, typed: &[WordPattern]) -> CheckedQuery {
    let any = query.any();
    let is_typed = |it: &&TextPattern| matches!(it, TextPattern::Word(word) if typed.contains(word));
    let typed: Vec<TextPattern> =
        ranking.evidence.iter().map(|it| &it.pattern).filter(is_typed).cloned().collect();
    any.widened(&typed).unwrap_or(any)
}
