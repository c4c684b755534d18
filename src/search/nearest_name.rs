//! Whom somebody may have meant who typed a name that nobody has, or the role of somebody.

use std::{
    cmp::Reverse,
    collections::{BTreeMap, HashSet},
};

use morgue_core::shell_word;

use crate::{
    analyze,
    attribute::people::{self, Person},
    index::Snapshot,
    query::{self, CheckedQuery, Clause, Place, QuoteClause, TextPattern, WordPattern},
    roster::{PersonId, Table},
};

use super::Error;

/// How many people are named.
const NAMED_MAX: usize = 5;
/// A typed name of more words is no name: each word takes a walk over the dictionary.
const WORDS_MAX: usize = 5;
/// How many words of the archive are tried for each typed one.
const SPELLINGS_MAX: usize = 5;
/// Of so many speakers in passages with a role it is looked up whether the role is theirs.
const HOLDERS_READ_MAX: usize = 60;

/// Says who has nearly the typed name, and who has it as a role: a sentence each.
pub(super) fn nearest(snapshot: &Snapshot, table: &Table, typed: &str) -> Result<Vec<String>, Error> {
    if let Some(role) = role_typed(snapshot, table, typed)? {
        return Ok(vec![role]);
    }
    let near = people_near(snapshot, table, typed)?.into_iter();
    let near: Vec<String> =
        near.map(|(name, n)| format!("`{name}` ({n} {})", if n == 1 { "quote" } else { "quotes" })).collect();
    Ok(match near.as_slice() {
        [] => Vec::new(),
        near => vec![format!("did you mean {}?", near.join(", or "))],
    })
}

/// Where the typed words are a role that somebody with a name has: who, and how to ask for it.
pub(super) fn role_typed(snapshot: &Snapshot, table: &Table, typed: &str) -> Result<Option<String>, Error> {
    let mut words: Vec<String> = analyze::words(typed).map(|it| it.form).collect();
    if words.len() > 1 && words[0] == "the" {
        words.remove(0);
    }
    if words.iter().all(|it| analyze::is_stop_word(it)) {
        return Ok(None);
    }
    let mut exact = words.iter().map(|it| WordPattern::Exact(it.clone()));
    let pattern = match (exact.len(), exact.next()) {
        (0 | 1, None) => return Ok(None),
        (1, Some(word)) => TextPattern::Word(word),
        (_, first) => TextPattern::Phrase { parts: first.into_iter().chain(exact).collect(), slop: 0 },
    };
    let query = CheckedQuery { root: Clause::Quoted(QuoteClause::Role(pattern)) };
    // These are all who are quoted in a passage beside somebody of that role.
    let counted = snapshot.speaker_counts(&snapshot.matched(Some(&query))?)?;
    let mut speakers: Vec<_> =
        counted.into_iter().filter_map(|(it, n)| Some((n.totals().quotes, it?))).collect();
    speakers.sort_unstable_by(|a, b| (Reverse(a.0), &a.1).cmp(&(Reverse(b.0), &b.1)));
    let mut seen = HashSet::new();
    let mut holders: Vec<(usize, String)> = Vec::new();
    for (_, (name, kind)) in speakers.iter().take(HOLDERS_READ_MAX) {
        for (id, _) in table.bearers(name, *kind)? {
            if !seen.insert(id) || !table.summary(id)?.own_name {
                continue;
            }
            let person = table.person(id)?;
            let n = quotes_in_role(&person, &words);
            if n > 0 {
                holders.push((n, person.full_name()));
            }
        }
    }
    holders.sort_unstable_by(|a, b| (Reverse(a.0), &a.1).cmp(&(Reverse(b.0), &b.1)));
    if holders.is_empty() {
        return Ok(None);
    }
    let named: Vec<String> =
        holders.iter().take(NAMED_MAX).map(|it| format!("{} ({})", it.1, it.0)).collect();
    let more = if holders.len() > NAMED_MAX { " and others" } else { "" };
    let role = words.join(" ");
    Ok(Some(format!(
        "`{role}` is a role, of {}{more}; `morgue search {}` finds what they said in it",
        named.join(", "),
        shell_word(&format!("role:\"{role}\""))
    )))
}

/// The quotes of a person in roles that have these words side by side.
fn quotes_in_role(person: &Person, words: &[String]) -> usize {
    let has = |role: &str| {
        let of_role: Vec<String> = analyze::words(role).map(|it| it.form).collect();
        of_role.windows(words.len()).any(|it| it == words)
    };
    person.roles.iter().filter(|it| has(&it.role)).map(|it| it.n_quotes).sum()
}

/// Those whose names are spelled nearly as the typed one, in any order; where there are none, those
/// who have some of its words. The nearest first, each with the number of quotes.
pub(super) fn people_near(
    snapshot: &Snapshot,
    table: &Table,
    typed: &str,
) -> Result<Vec<(String, usize)>, Error> {
    let alone = people::without_titles(typed);
    let words = people::name_words(alone.as_deref().unwrap_or(typed));
    if words.is_empty() || words.len() > WORDS_MAX {
        return Ok(Vec::new());
    }
    let spellings = words.iter().map(|it| spellings(snapshot, table, it)).collect::<Result<Vec<_>, _>>()?;
    let mut near: BTreeMap<PersonId, usize> = BTreeMap::new();
    combine(table, &spellings, &mut Vec::new(), 0, &mut near)?;
    if near.is_empty() && words.len() > 1 {
        // `Mac Bride` for MacBride.
        combine(table, &[self::spellings(snapshot, table, &words.concat())?], &mut Vec::new(), 0, &mut near)?;
    }
    // One word more than the name has, or one that is another name's.
    if near.is_empty() && words.len() > 2 {
        for left_out in 0..words.len() {
            let mut others = spellings.clone();
            others.remove(left_out);
            combine(table, &others, &mut Vec::new(), 0, &mut near)?;
        }
    }
    // The last word is mostly the surname.
    for of_word in spellings.iter().rev() {
        if near.is_empty() && words.len() > 1 {
            combine(table, std::slice::from_ref(of_word), &mut Vec::new(), 0, &mut near)?;
        }
    }
    let mut ranked = Vec::with_capacity(near.len());
    for (id, edits) in near {
        let summary = table.summary(id)?;
        if summary.own_name {
            ranked.push((edits, Reverse(summary.n_quotes), id));
        }
    }
    ranked.sort_unstable();
    let named = ranked.into_iter().take(NAMED_MAX).map(|(_, Reverse(n), id)| {
        let (name, qualifier) = table.name(id)?;
        let qualifier = qualifier.map(|it| format!(" ({it})")).unwrap_or_default();
        Ok((format!("{name}{qualifier}"), n))
    });
    named.collect()
}

/// The words of names that are spelled as a typed word, or nearly so, each with its edits.
fn spellings(snapshot: &Snapshot, table: &Table, word: &str) -> Result<Vec<(String, usize)>, Error> {
    let mut spellings = Vec::new();
    if !table.named(&[word.to_owned()])?.is_empty() {
        spellings.push((word.to_owned(), 0));
    }
    let distance = match word.chars().count() {
        0..=2 => return Ok(spellings),
        3..=5 => 1,
        _ => 2,
    };
    let near = WordPattern::Fuzzy { form: word.to_owned(), distance };
    let forms = snapshot.expansion(Place::Speaker, &near)?.forms;
    let mut near: Vec<(usize, String)> = forms
        .into_iter()
        .map(|(form, _)| (query::edits(word, &form), form))
        .filter(|it| it.1 != word)
        .collect();
    // The sort is stable: of those as near the most used come first.
    near.sort_by_key(|it| it.0);
    spellings.extend(near.into_iter().take(SPELLINGS_MAX).map(|(edits, form)| (form, edits)));
    Ok(spellings)
}

/// Finds those who have a spelling of each word in their names, and by how many edits at least.
fn combine(
    table: &Table,
    spellings: &[Vec<(String, usize)>],
    chosen: &mut Vec<String>,
    edits: usize,
    found: &mut BTreeMap<PersonId, usize>,
) -> Result<(), Error> {
    let Some((of_word, rest)) = spellings.split_first() else {
        for id in if chosen.is_empty() { Default::default() } else { table.named(chosen)? } {
            let least = found.entry(id).or_insert(edits);
            *least = edits.min(*least);
        }
        return Ok(());
    };
    for (spelling, further) in of_word {
        chosen.push(spelling.clone());
        // Nobody has more words where nobody has these.
        if rest.is_empty() || !table.named(chosen)?.is_empty() {
            combine(table, rest, chosen, edits + further, found)?;
        }
        chosen.pop();
    }
    Ok(())
}
