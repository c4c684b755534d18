//! A query clause by clause, with what each one did: what a page prints as chips.
//!
//! What a clause stands for in the archive is what [`explain`](super::explain()) finds; here it is
//! said in a few words for whoever reads results.

use jiff::civil::Date;
use morgue_core::number;

use crate::{
    analyze::{self, Forms},
    article::{Language, Published, QuoteKind, Stance},
    index::{self, Snapshot},
    query::{
        CheckedQuery, Clause, Days, Explained, Filter, Nearness, Place, QuoteClause, TextField, TextPattern,
        TypedClause, Within, WordPattern, check_with_lists,
    },
};

use super::{Error, ResolvedName, TypedQuery, explain, prepare};

/// A clause of a query.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Chip {
    /// The clause in morgue's own language.
    pub text: String,
    /// What it did, in a few words: `siren, sirens · 16`; empty where its text says it all. A
    /// number alone counts passages.
    pub note: String,
    /// The query without the clause, in morgue's own language whatever the dialect of the query;
    /// empty if nothing is left.
    pub without: String,
}

/// The most clauses that have chips: each is looked up by itself.
pub const CHIPS_MAX: usize = 32;

/// So many forms of a word, or names, are named in a note.
const NAMED_MAX: usize = 4;

/// The clauses of a query in order, the first [`CHIPS_MAX`] of them; none of a blank query.
pub fn chips(snapshot: &Snapshot, typed: &TypedQuery, today: Date) -> Result<Vec<Chip>, Error> {
    if typed.text.trim().is_empty() {
        return Ok(Vec::new());
    }
    let query = prepare(typed, today)?.typed;
    let chip = |clause: TypedClause| {
        let checked = check_with_lists(&clause.alone, today, &typed.shelf)?;
        let note = match note(snapshot, &checked.root) {
            // The search may still be answered, by way of its other clauses.
            Err(Error::Index(index::Error::TooCostly(_))) => "too costly to count".to_owned(),
            note => note?,
        };
        Ok(Chip { text: clause.text, note, without: clause.without })
    };
    query.clauses().take(CHIPS_MAX).map(chip).collect()
}

/// What a clause did.
fn note(snapshot: &Snapshot, clause: &Clause) -> Result<String, Error> {
    if asks_for_names(clause) {
        let names = explain::names(snapshot, &CheckedQuery { root: clause.clone() })?;
        return Ok(names_fitting(&names));
    }
    Ok(match clause {
        Clause::Everything => String::new(),
        Clause::Not(inner) => match &**inner {
            Clause::Filter(Filter::Published(days) | Filter::PublishedWithin(days)) => {
                format!("not {}", in_words(*days))
            }
            _ => "not in it".to_owned(),
        },
        Clause::Text(pattern) => of_text(snapshot, clause, Place::Text, pattern)?,
        Clause::Quoted(QuoteClause::Said(pattern)) => of_text(snapshot, clause, Place::Said, pattern)?,
        Clause::Quoted(QuoteClause::Kind(kind)) => match kind {
            QuoteKind::Direct => "with a direct quote".to_owned(),
            QuoteKind::Indirect => "with an indirect quote".to_owned(),
            QuoteKind::Mixed => "with a quote that is reported in part".to_owned(),
        },
        Clause::Quoted(QuoteClause::Stance(stance)) => match stance {
            Stance::Said => "with a quote that was said",
            Stance::Denied => "with words that were not said",
            Stance::Hypothetical => "with words that it only imagines",
            Stance::Expected => "with words that it expects",
            Stance::Questioned => "with words that it asks about",
        }
        .to_owned(),
        Clause::Filter(Filter::Published(days)) => in_words(*days),
        Clause::Filter(Filter::PublishedWithin(days)) => format!("{}, for sure", in_words(*days)),
        Clause::Filter(Filter::Value(..)) => {
            let matched = snapshot.matched(Some(&CheckedQuery { root: clause.clone() }))?;
            let n = snapshot.all_counted(&matched).totals().articles;
            if n == 0 { "no article has it".to_owned() } else { String::new() }
        }
        Clause::Filter(Filter::Added(days)) => format!("new in the archive: {}", in_words(*days)),
        Clause::Or(any) => of_each(snapshot, any, " or ")?,
        Clause::And(all) => of_each(snapshot, all, " and ")?,
        Clause::Quoted(_) | Clause::Filter(_) | Clause::AtLeast { .. } => in_one_line(clause),
    })
}

/// The notes of several clauses as one.
fn of_each(snapshot: &Snapshot, clauses: &[Clause], between: &str) -> Result<String, Error> {
    let notes = clauses.iter().take(NAMED_MAX).map(|it| {
        Ok(match note(snapshot, it)? {
            note if note.is_empty() => in_one_line(it),
            note if matches!(it, Clause::And(_) | Clause::Or(_)) => format!("({note})"),
            note => note,
        })
    });
    let notes: Vec<String> = notes.collect::<Result<_, Error>>()?;
    Ok(and_more(notes.join(between), clauses.len().saturating_sub(NAMED_MAX)))
}

/// Whether it asks for speakers, roles or sources, or alternatives of them, and nothing else.
fn asks_for_names(clause: &Clause) -> bool {
    fn of_quote(clause: &QuoteClause) -> bool {
        match clause {
            QuoteClause::Speaker(_) | QuoteClause::Role(_) => true,
            QuoteClause::Or(any) => any.iter().all(of_quote),
            QuoteClause::Said(_)
            | QuoteClause::Kind(_)
            | QuoteClause::Stance(_)
            | QuoteClause::And(_)
            | QuoteClause::Not(_) => false,
        }
    }
    match clause {
        Clause::Filter(Filter::Field(TextField::Source, _)) => true,
        Clause::Quoted(quote) => of_quote(quote),
        Clause::Or(any) => any.iter().all(asks_for_names),
        _ => false,
    }
}

/// `Maren Kolvane · 55 quotes, Dario Kolvane · 12 quotes`, `Harbour Courier`.
fn names_fitting(resolved: &[ResolvedName]) -> String {
    let mut all: Vec<&(String, Option<usize>)> = Vec::new();
    for name in resolved.iter().flat_map(|it| &it.names) {
        if !all.contains(&name) {
            all.push(name);
        }
    }
    if all.is_empty() {
        return match resolved.first().map(|it| it.field) {
            Some("source") => "no such source".to_owned(),
            Some("role") => "nobody quoted has such a role".to_owned(),
            _ => "nobody quoted has such a name".to_owned(),
        };
    }
    all.sort_by_key(|it| std::cmp::Reverse(it.1));
    let named = all.iter().take(NAMED_MAX).map(|(name, quotes)| match quotes {
        Some(n) => format!("{name} · {}", morgue_core::count(*n, "quote")),
        None => name.clone(),
    });
    and_more(named.collect::<Vec<_>>().join(", "), all.len().saturating_sub(NAMED_MAX))
}

fn and_more(named: String, n_more: usize) -> String {
    if n_more > 0 { format!("{named} and {} more", number(n_more)) } else { named }
}

/// What words stand for in passages or in quotes.
fn of_text(
    snapshot: &Snapshot,
    clause: &Clause,
    place: Place,
    pattern: &TextPattern,
) -> Result<String, Error> {
    let n = n_passages(snapshot, clause, pattern)?;
    let said = match pattern {
        TextPattern::Word(_) if n == 0 => String::new(),
        TextPattern::Word(word) => {
            let forms = forms(snapshot, place, word)?;
            let more = forms.len().saturating_sub(NAMED_MAX);
            let named = forms.into_iter().take(NAMED_MAX).collect::<Vec<_>>().join(", ");
            format!("{} · {}", and_more(named, more), number(n))
        }
        TextPattern::Phrase { slop: 0, .. } => String::new(),
        TextPattern::Phrase { slop: 1, .. } => "with one word between at most".to_owned(),
        TextPattern::Phrase { slop, .. } => format!("with {slop} words between at most"),
        // A word with a hyphen, which is also found as one word, and as several.
        TextPattern::AnyOf(_) if n == 0 => String::new(),
        TextPattern::AnyOf(_) => number(n),
        TextPattern::Near { nearness, .. } => near(*nearness),
        TextPattern::NotNear { nearness, .. } => match nearness.within {
            Within::Words(1) => "the first, but not beside the second".to_owned(),
            _ => format!("the first, but not {} of the second", near(*nearness)),
        },
        TextPattern::AtLeast { n: 1, .. } => "at least once".to_owned(),
        TextPattern::AtLeast { n, .. } => format!("at least {n} times"),
    };
    Ok(match (n, said.as_str()) {
        (0, "") => "in no passage".to_owned(),
        (0, said) => format!("{said}: in no passage"),
        _ => said,
    })
}

/// How many passages are hits of the clause, which asks for the pattern.
fn n_passages(snapshot: &Snapshot, clause: &Clause, pattern: &TextPattern) -> Result<usize, Error> {
    if let (Clause::Text(_), TextPattern::Word(word @ (WordPattern::Stem { .. } | WordPattern::Exact(_)))) =
        (clause, pattern)
        && let [(_, n)] = snapshot.expansion(Place::Text, word)?.forms[..]
    {
        // It stands for one term: the index knows its passages.
        return Ok(usize::try_from(n).unwrap_or(usize::MAX));
    }
    let matched = snapshot.matched(Some(&CheckedQuery { root: clause.clone() }))?;
    Ok(snapshot.all_counted(&matched).totals().passages)
}

/// `within 5 words`.
fn near(nearness: Nearness) -> String {
    let order = if nearness.ordered { ", in this order" } else { "" };
    match nearness.within {
        Within::Words(1) => format!("side by side{order}"),
        Within::Words(n) => format!("within {n} words{order}"),
        Within::Sentence => format!("in one sentence{order}"),
        Within::Passage => format!("in one passage{order}"),
    }
}

/// The words that a word of a query stands for in a place: as it is typed, then the most used;
/// as it is typed if they cannot be told.
fn forms(snapshot: &Snapshot, place: Place, word: &WordPattern) -> Result<Vec<String>, Error> {
    let resolved = snapshot.expansion(place, word)?.forms;
    let WordPattern::Stem { form, .. } = word.parts().0 else {
        return Ok(resolved.into_iter().map(|it| it.0).collect());
    };
    let stems: Vec<&str> =
        resolved.iter().map(|it| it.0.as_str()).filter(|it| !analyze::is_variant_term(it)).collect();
    // A stem that is no start of its words (`happi`) still begins as they do.
    let start = stems.iter().filter_map(|it| Some(shared_start(it.split_once('/')?.1, form)));
    let Some(start) = start.min_by_key(|it| it.len()).filter(|it| it.chars().count() > 1) else {
        return Ok(vec![form.clone()]);
    };
    let is_of_stem = |it: &str| {
        stems.iter().any(|stem| match stem.split_once('/') {
            Some((code, _)) => {
                analyze::stem_term(Forms { form: it, accented: it }, Language::from_tag(code)) == *stem
            }
            None => it == *stem,
        })
    };
    let near = snapshot.expansion(place, &WordPattern::Prefix(start.to_owned()))?.forms;
    let mut forms: Vec<String> = near.into_iter().map(|it| it.0).filter(|it| is_of_stem(it)).collect();
    forms.sort_by_key(|it| it != form);
    Ok(if forms.is_empty() { vec![form.clone()] } else { forms })
}

/// What both words begin with.
fn shared_start<'a>(a: &str, b: &'a str) -> &'a str {
    let differ = b.char_indices().zip(a.chars()).find(|((_, b), a)| a != b).map(|it| it.0.0);
    &b[..differ.unwrap_or(a.len().min(b.len()))]
}

/// `1 January 2012 on`, `May 2018`, `2012 to 2015`.
fn in_words(days: Days) -> String {
    let day = |it| Published::Day(it).in_words();
    let (first, last) = match (days.first, days.last) {
        (Some(first), Some(last)) => (first, last),
        (Some(first), None) => return format!("{} on", day(first)),
        (None, Some(last)) => return format!("up to {}", day(last)),
        (None, None) => return "any day".to_owned(),
    };
    // The longest that begins on the first day, and the longest that ends on the last.
    let year = |it: Date| Published::Year(it.year());
    let month = |it: Date| Published::Month(it.year(), it.month());
    let (from, to) = [year, month, |it| Published::Day(it)]
        .into_iter()
        .map(|it: fn(Date) -> Published| (it(first), it(last)))
        .find(|(from, to)| from.days().0 == first && to.days().1 == last)
        .unwrap_or((Published::Day(first), Published::Day(last)));
    if from == to { from.in_words() } else { format!("{} to {}", from.in_words(), to.in_words()) }
}

/// What a clause asks for, in words.
fn in_one_line(clause: &Clause) -> String {
    fn said(explained: &Explained) -> String {
        let parts: Vec<String> = explained.of.iter().take(NAMED_MAX).map(said).collect();
        match parts.as_slice() {
            [] => explained.says.clone(),
            parts => {
                let more = explained.of.len().saturating_sub(parts.len());
                format!("{}: {}", explained.says, and_more(parts.join("; "), more))
            }
        }
    }
    said(&CheckedQuery { root: clause.clone() }.explained())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_are_as_long_as_they_can_be_said() {
        for (first, last, words) in [
            ("2012-01-01", "", "1 January 2012 on"),
            ("", "2017-06-30", "up to 30 June 2017"),
            ("2018-05-01", "2018-05-31", "May 2018"),
            ("2018-01-01", "2018-12-31", "2018"),
            ("2012-01-01", "2015-12-31", "2012 to 2015"),
            ("2012-01-01", "2015-05-31", "January 2012 to May 2015"),
            ("2018-03-09", "2018-03-09", "9 March 2018"),
            ("2018-03-01", "2018-04-02", "1 March 2018 to 2 April 2018"),
        ] {
            let day = |it: &str| if it.is_empty() { None } else { Some(it.parse().unwrap()) };
            assert_eq!(in_words(Days { first: day(first), last: day(last) }), words);
        }
    }

    #[test]
    fn what_two_words_begin_with() {
        for (a, b, start) in
            [("happi", "happy", "happ"), ("siren", "sirens", "siren"), ("é", "e", ""), ("", "a", "")]
        {
            assert_eq!(shared_start(a, b), start);
        }
    }
}
