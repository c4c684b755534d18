//! What a search could not see, and what was near when it found nothing: a sentence each.

use anyhow::Result;

use crate::{
    index::{Grouping, Order, Snapshot},
    query::{CheckedQuery, Filter, TextPattern, WordPattern},
    search::{self, Ranking, Request},
};

/// The nearest spelling is looked for of so many words: each takes a walk over the dictionary.
const NAMED_MAX: usize = 5;

/// What was near a query that found nothing.
pub(super) fn nearest(snapshot: &Snapshot, query: &CheckedQuery, ranking: &Ranking) -> Result<Vec<String>> {
    let mut notes = Vec::new();
    let mut sought: Vec<&WordPattern> = Vec::new();
    for word in ranking.evidence.iter().flat_map(|it| it.pattern.words()) {
        if !sought.contains(&word) {
            sought.push(word);
        }
    }
    for word in sought {
        let WordPattern::Stem { form, accented } = word else { continue };
        if notes.len() == NAMED_MAX {
            break;
        }
        if snapshot.passages_with(&TextPattern::Word(word.clone()))? != Some(0) {
            continue;
        }
        notes.push(match snapshot.nearest_form(form)? {
            Some(near) => {
                let passages = if near.passages == 1 { "passage" } else { "passages" };
                format!(
                    "no passage has `{accented}`; did you mean `{}`, which {} {passages} have?",
                    near.form, near.passages
                )
            }
            None => format!("no passage has `{accented}`, or a word spelled nearly so"),
        });
    }
    if let Some(words) = query.without_filters() {
        let (order, grouping) = (Order::Relevance, Grouping::Passage);
        let request = Request { query: &words, ranking, limit: 1, offset: 0, order, grouping, fold: false };
        let elsewhere = search::find(snapshot, &request)?.total;
        if elsewhere > 0 {
            notes.push(format!("none with the fields asked for; without them {elsewhere} would be found"));
        }
    }
    Ok(notes)
}

/// Articles that a condition on dates leaves out because nobody knows theirs.
pub(super) fn undated(snapshot: &Snapshot, query: &CheckedQuery) -> Result<Option<String>> {
    if !query.has_filter(|it| matches!(it, Filter::Published(_))) {
        return Ok(None);
    }
    let (undated, all) = (snapshot.undated_articles()?, snapshot.counts()?.articles);
    let note = format!("{undated} of {all} articles have no date, and are in no time that is asked for");
    Ok((undated > 0).then_some(note))
}
