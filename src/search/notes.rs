//! What the user should know about a query whatever it finds: what of it the archive cannot look
//! for. A sentence each.

use morgue_core::{count, number};

use crate::{
    analyze,
    article::Published,
    index::{Error, FORMS_MAX, Snapshot},
    query::{self, CheckedQuery, Filter, Place, TextField, TextPattern},
};

use super::door::SOURCES;

/// How many sources with a similar name are suggested.
const NAMED_MAX: usize = 3;

/// One note for each pattern that fits more words than are looked for.
pub(super) fn cut_patterns(snapshot: &Snapshot, query: &CheckedQuery) -> Result<Vec<String>, Error> {
    let mut notes = Vec::new();
    for (place, pattern) in query.patterns() {
        for word in pattern.words().into_iter().filter(|it| it.expands()) {
            let expansion = snapshot.expansion(place, word)?;
            if expansion.is_cut() {
                let (n, most) = (count(expansion.n_forms, "word"), number(FORMS_MAX));
                notes.push(format!("`{word}` fits {n}; only the {most} most used are looked for"));
            }
        }
    }
    notes.dedup();
    Ok(notes)
}

/// How many articles a condition on dates leaves out because nobody knows theirs.
pub(super) fn undated_articles(snapshot: &Snapshot, query: &CheckedQuery) -> Result<Option<String>, Error> {
    if !query.asks_for(|it| matches!(it, Filter::Published(_) | Filter::PublishedWithin(_))) {
        return Ok(None);
    }
    let (undated, all) = (snapshot.undated_articles()?, snapshot.counts()?.articles);
    let note = format!(
        "{} of {} have no date, and are in no time that is asked for",
        number(undated),
        count(all, "article")
    );
    Ok((undated > 0).then_some(note))
}

/// That no day meets all conditions on dates: `since:2018 until:2016`.
pub(super) fn reversed_time(query: &CheckedQuery) -> Option<String> {
    let (first, last) = query.days_reversed()?;
    let [first, last] = [first, last].map(|it| Published::Day(it).in_words());
    Some(format!("no day is in the time asked for: it begins on {first} and ends before that, on {last}"))
}

/// One note for each source in the query that the archive does not have, with those of a similar
/// name.
pub(super) fn unknown_sources(snapshot: &Snapshot, query: &CheckedQuery) -> Result<Vec<String>, Error> {
    let patterns = query.patterns();
    let asked = patterns.iter().filter(|it| it.0 == Place::Field(TextField::Source));
    let asked: Vec<&TextPattern> = asked.flat_map(|it| alternatives(it.1)).collect();
    if asked.is_empty() {
        return Ok(Vec::new());
    }
    let sources = snapshot.source_names()?;
    let unknown = asked.into_iter().filter(|it| !sources.iter().any(|name| query::name_fits(name, it)));
    let said = unknown.map(|it| {
        let words: Vec<String> = it.words().iter().map(|it| it.to_string().replace('=', "")).collect();
        let typed = words.join(" ");
        let near: Vec<&str> = near(&typed, sources.iter().map(String::as_str));
        match near.as_slice() {
            [] => format!("no source is called `{typed}`; {SOURCES}"),
            near => {
                let near: Vec<String> = near.iter().map(|it| format!("`{it}`")).collect();
                format!("no source is called `{typed}`; did you mean {}?", near.join(" or "))
            }
        }
    });
    Ok(said.collect())
}

/// Each pattern that may stand for the others.
fn alternatives(pattern: &TextPattern) -> Vec<&TextPattern> {
    match pattern {
        TextPattern::AnyOf(any) => any.iter().flat_map(alternatives).collect(),
        other => vec![other],
    }
}

/// The names that are the same but for blanks, marks and an edit or two, or that begin so; the
/// nearest first.
fn near<'a>(typed: &str, names: impl Iterator<Item = &'a str>) -> Vec<&'a str> {
    let letters = |it: &str| -> String { analyze::words(it).map(|it| it.form).collect() };
    let typed = letters(typed);
    let distance = |name: &'a str| {
        let name_letters = letters(name);
        let begins = typed.len() > 2 && name_letters.starts_with(&typed);
        let edits = query::edits(&typed, &name_letters);
        let allowed = if typed.chars().count() > 5 { 2 } else { 1 };
        (begins || edits <= allowed).then_some((edits, name))
    };
    let mut near: Vec<(usize, &str)> = names.filter_map(distance).collect();
    near.sort_unstable();
    near.into_iter().take(NAMED_MAX).map(|it| it.1).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_that_may_have_been_meant() {
        let near =
            |typed| near(typed, ["huff-post", "Orle Post", "The Ledger", "NYT", "Orle Posten"].into_iter());
        assert_eq!(near("huffpost"), ["huff-post"]);
        assert_eq!(near("huffpots"), ["huff-post"]);
        assert_eq!(near("orlepost"), ["Orle Post", "Orle Posten"]);
        assert_eq!(near("nyp"), ["NYT"]);
        assert!(near("gazette").is_empty() && near("a").is_empty());
    }
}
