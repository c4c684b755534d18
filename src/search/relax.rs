//! Where no article has all words of a query: the passages with most of them.

use crate::{
    index::{Error, Snapshot},
    query::{CheckedQuery, Grouping},
};

use super::{FoundBoth, PreparedQuery, Selection, find, find_both};

/// A query with more patterns is not relaxed: each run of it collects what hundreds of words have.
const PATTERNS_MAX: usize = 32;

/// A query that asks for fewer words, and what it finds.
pub(super) struct Relaxed {
    pub(super) checked: CheckedQuery,
    pub(super) found: FoundBoth,
    /// How it differs from the query that was asked, in a sentence.
    pub(super) note: String,
}

/// The passages with most words of the query; `None` if none has a single one, or if the query is
/// not relaxed.
pub(super) fn relax(
    snapshot: &Snapshot,
    query: &PreparedQuery,
    selection: &Selection,
) -> Result<Option<Relaxed>, Error> {
    let PreparedQuery { checked, ranking, .. } = query;
    let patterns = checked.patterns();
    let n_expanding = patterns.iter().flat_map(|it| it.1.words()).filter(|it| it.expands()).count();
    if n_expanding > PATTERNS_MAX {
        return Ok(None);
    }
    let n_words = checked.n_asked();
    // All words but the stop words have not been looked for yet.
    let (mut enough, mut too_many) = (0, n_words + usize::from(checked.has_stop_words()));
    let mut best = None;
    // The fewer words are asked for, the more is found: a binary search for the greatest number
    // that finds something.
    while enough + 1 < too_many {
        // Nothing is known of a single word yet, and that is what mostly finds something.
        let n = if enough == 0 { 1 } else { enough.midpoint(too_many) };
        let relaxed = checked.relaxed(n);
        let found = match selection.grouping {
            Grouping::Article => find_both(snapshot, &relaxed, ranking, selection)?,
            Grouping::Passage => {
                FoundBoth { passages: find(snapshot, &relaxed, ranking, selection)?, ..FoundBoth::default() }
            }
        };
        if found.total() > 0 {
            enough = n;
            best = Some((relaxed, found));
        } else if n == 1 {
            return Ok(None);
        } else {
            too_many = n;
        }
    }
    let note = note(checked, selection.grouping, enough, n_words);
    Ok(best.map(|(checked, found)| Relaxed { checked, found, note }))
}

fn note(query: &CheckedQuery, grouping: Grouping, n: usize, n_words: usize) -> String {
    let words = if n == 1 { "one word".to_owned() } else { format!("{n} words") };
    let unit = if query.may_stand_apart() && query.of_articles().is_some() { "article" } else { "passage" };
    let these = if grouping == Grouping::Passage { "these passages have" } else { "these have" };
    match query.has_stop_words() {
        true if n == n_words => format!("no {unit} has all words; {these} all but stop words"),
        true => format!(
            "no {unit} has all words; {these} at least {words} of the {n_words} that are not stop words"
        ),
        false => format!("no {unit} has all {n_words} words; {these} at least {words} of them"),
    }
}
