//! Words of a query that the archive also has in American or in British spelling.

use crate::{
    analyze::{self, Variety},
    index::{Error, Snapshot},
    query::{CheckedQuery, Place, TextField, TextPattern, WordPattern},
};

/// A word in the spelling of the other side of the Atlantic.
pub(super) struct OtherSpelling {
    form: String,
    variety: Variety,
    /// How many passages have it.
    n: u64,
}

/// The other spelling of a word that most passages have, unless it is found by the word as typed.
pub(super) fn other_spelling(
    snapshot: &Snapshot,
    word: &WordPattern,
) -> Result<Option<OtherSpelling>, Error> {
    let WordPattern::Stem { form, .. } = word else { return Ok(None) };
    let mut best: Option<OtherSpelling> = None;
    for (form, variety) in analyze::other_spellings(form) {
        let other = WordPattern::Stem { form: form.clone(), accented: form.clone() };
        let Some((term, n)) = snapshot.expansion(Place::Text, &other)?.forms.into_iter().next() else {
            continue;
        };
        let as_typed = snapshot.expansion(Place::Text, word)?.forms;
        if as_typed.iter().all(|it| it.0 != term) && best.as_ref().is_none_or(|it| it.n < n) {
            best = Some(OtherSpelling { form, variety, n });
        }
    }
    Ok(best)
}

/// One note for each word of running text in the query that the archive also has in another
/// spelling, which the query does not ask for.
pub(super) fn other_spellings(snapshot: &Snapshot, query: &CheckedQuery) -> Result<Vec<String>, Error> {
    let is_text = |it: &Place| {
        matches!(it, Place::Text | Place::Said | Place::Part(_) | Place::Field(TextField::Headline))
    };
    let patterns = query.patterns();
    let words: Vec<&WordPattern> =
        patterns.iter().filter(|it| is_text(&it.0)).flat_map(|it| TextPattern::words(it.1)).collect();
    let mut notes = Vec::new();
    for word in &words {
        let Some(OtherSpelling { form, variety, n }) = other_spelling(snapshot, word)? else { continue };
        if words.iter().any(|it| it.literal_start() == form) {
            continue;
        }
        let spelling = variety.name();
        let note = if snapshot.expansion(Place::Text, word)?.forms.is_empty() {
            let have = if n == 1 { "passage has" } else { "passages have" };
            format!("no passage has `{word}`; did you mean `{form}` ({spelling} spelling), which {n} {have}?")
        } else {
            let passages = if n == 1 { "passage" } else { "passages" };
            format!("`{form}` ({spelling} spelling) is in {n} {passages}; write `{word} OR {form}`")
        };
        if !notes.contains(&note) {
            notes.push(note);
        }
    }
    Ok(notes)
}
