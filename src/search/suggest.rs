//! What was near when a query finds nothing: similar spellings, other times, other parts. A
//! sentence each.

use morgue_core::{count, number};

use crate::{
    attribute::people,
    index::{Error, Ranking, Snapshot},
    query::{
        self, ArticlePart, CheckedQuery, Clause, Filter, Place, QuoteClause, TextField, TextPattern,
        WordPattern,
    },
};

use super::{PreparedQuery, Selection, find, spelling::other_spelling};

type Result<T> = std::result::Result<T, Error>;

/// The nearest spelling is looked for of so many words: each takes a walk over the dictionary.
const NAMED_MAX: usize = 5;

/// Shorter words are all spelled nearly like each other.
const MISSPELLED_LETTERS_MIN: usize = 3;

/// The words of a query that no passage has, with what is spelled nearly so.
pub(super) fn unknown_words(snapshot: &Snapshot, ranking: &Ranking) -> Result<Vec<String>> {
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
        // What is spelled otherwise is named in any search.
        if is_used(snapshot, Place::Text, word)? || other_spelling(snapshot, Place::Text, word)?.is_some() {
            continue;
        }
        notes.push(match nearest_form(snapshot, Place::Text, form)? {
            Some((near, n)) => {
                let have = if n == 1 { "has" } else { "have" };
                let n = count(usize::try_from(n).unwrap_or(usize::MAX), "passage");
                format!("no passage has `{accented}`; did you mean `{near}`, which {n} {have}?")
            }
            None if may_be_misspelled(form) => {
                format!("no passage has `{accented}`, or a word spelled nearly so")
            }
            None => format!("no passage has `{accented}`"),
        });
    }
    Ok(notes)
}

/// The words asked for in names, roles and other short values that no value has, and titles, which
/// names are kept without.
fn unknown_names(snapshot: &Snapshot, query: &CheckedQuery) -> Result<Vec<String>> {
    let mut notes = Vec::new();
    for (place, pattern) in query.patterns() {
        let nothing_has = match place {
            Place::Speaker => "nobody quoted has a name with",
            Place::Role => "no speaker has a role with",
            Place::Field(TextField::Place) => "no article is from a place with",
            Place::Field(TextField::Byline) => "no byline has",
            Place::Field(TextField::Section) => "no section has",
            Place::Field(TextField::Source | TextField::Headline)
            | Place::Text
            | Place::Part(_)
            | Place::Said => continue,
        };
        if notes.len() == NAMED_MAX {
            break;
        }
        if place == Place::Speaker
            && let Some(note) = titled(snapshot, pattern)?
        {
            notes.push(note);
            continue;
        }
        for word in pattern.words() {
            let WordPattern::Exact(form) = word else { continue };
            if notes.len() < NAMED_MAX && !is_used(snapshot, place, word)? {
                notes.push(match nearest_form(snapshot, place, form)? {
                    Some((near, _)) => format!("{nothing_has} `{form}`; did you mean `{near}`?"),
                    None if may_be_misspelled(form) => {
                        format!("{nothing_has} `{form}`, or a word spelled nearly so")
                    }
                    None => format!("{nothing_has} `{form}`"),
                });
            }
        }
    }
    Ok(notes)
}

/// Where a phrase asks for a name behind titles, or for a role, that somebody quoted has: how to
/// ask for it.
fn titled(snapshot: &Snapshot, pattern: &TextPattern) -> Result<Option<String>> {
    let TextPattern::Phrase { parts, .. } = pattern else { return Ok(None) };
    let has_some = |of_quote: QuoteClause| -> Result<bool> {
        let query = CheckedQuery { root: Clause::Quoted(of_quote) };
        Ok(total(snapshot, &query, &Ranking::default())? > 0)
    };
    let typed = parts.iter().map(WordPattern::literal_start).collect::<Vec<_>>().join(" ");
    if let Some(name) = people::without_titles(&typed) {
        let n_words = name.split(' ').count();
        let parts = parts[parts.len().saturating_sub(n_words)..].to_vec();
        if has_some(QuoteClause::Speaker(TextPattern::Phrase { parts, slop: 1 }))? {
            let name = if n_words > 1 { format!("\"{name}\"") } else { name };
            return Ok(Some(format!("names are kept without titles: `speaker:{name}`")));
        }
    }
    let is_role = has_some(QuoteClause::Role(pattern.clone()))?;
    Ok(is_role.then(|| format!("that is a role: `role:\"{typed}\"`")))
}

/// The form nearest to `form` that is used in that place, and in how many passages, or quotes where
/// it is asked of them: one edit away, or two if it is longer than five letters; of several the
/// most frequent. None of a word that [is not misspelled](may_be_misspelled).
fn nearest_form(snapshot: &Snapshot, place: Place, form: &str) -> Result<Option<(String, u64)>> {
    if !may_be_misspelled(form) {
        return Ok(None);
    }
    let distance = if form.chars().count() > 5 { 2 } else { 1 };
    let near = WordPattern::Fuzzy { form: form.to_owned(), distance };
    // The most used comes first, and stays so among equally near ones.
    let forms = snapshot.expansion(place, &near)?.forms;
    Ok(forms.into_iter().filter(|it| may_be_misspelled(&it.0)).min_by_key(|it| query::edits(form, &it.0)))
}

/// Whether a word is long enough to be told from others when a letter of it is wrong, and is no
/// number or code, of which each is another.
fn may_be_misspelled(form: &str) -> bool {
    form.chars().count() >= MISSPELLED_LETTERS_MIN && !form.contains(|it: char| it.is_ascii_digit())
}

fn is_used(snapshot: &Snapshot, place: Place, word: &WordPattern) -> Result<bool> {
    Ok(snapshot.expansion(place, word)?.forms.iter().any(|it| it.1 > 0))
}

/// What was near a query that found nothing.
pub(super) fn nearest(snapshot: &Snapshot, query: &PreparedQuery) -> Result<Vec<String>> {
    let PreparedQuery { checked: query, ranking, .. } = query;
    let mut notes = unknown_words(snapshot, ranking)?;
    notes.extend(unknown_names(snapshot, query)?);
    let by_fields = fields(snapshot, query, ranking)?;
    if by_fields.is_empty()
        && let Some(words) = query.without_filters()
        && let elsewhere @ 1.. = total(snapshot, &words, ranking)?
    {
        notes.push(format!(
            "none with the fields asked for; without them {} would be found",
            number(elsewhere)
        ));
    }
    notes.extend(by_fields);
    Ok(notes)
}

/// What there is outside of the time and of the lead that a query asks for.
fn fields(snapshot: &Snapshot, query: &CheckedQuery, ranking: &Ranking) -> Result<Vec<String>> {
    let mut notes = Vec::new();
    let is_date = |it: &Filter| matches!(it, Filter::Published(_) | Filter::PublishedWithin(_));
    let elsewhere = query.with_filters(|it| is_date(it).then_some(Clause::Everything));
    match elsewhere {
        Some(elsewhere) => {
            if let n @ 1.. = total(snapshot, &elsewhere, ranking)? {
                notes.push(format!("none in the time asked for; {} at any time", number(n)));
            }
        }
        None if query.has_filter(is_date) => notes.extend(time_of_articles(snapshot)?),
        None => (),
    }
    let anywhere = |it: &Filter| match it {
        Filter::Part(ArticlePart::Lead, pattern) => {
            Some(Clause::Filter(Filter::Part(ArticlePart::Whole, pattern.clone())))
        }
        _ => None,
    };
    if let Some(anywhere) = query.with_filters(anywhere)
        && let n @ 1.. = total(snapshot, &anywhere, ranking)?
    {
        notes.push(format!(
            "none with `lead:`, which is the headline and two paragraphs; {} with `article:`",
            number(n)
        ));
    }
    Ok(notes)
}

/// How many passages a query finds.
fn total(snapshot: &Snapshot, query: &CheckedQuery, ranking: &Ranking) -> Result<usize> {
    Ok(find(snapshot, query, ranking, &Selection { limit: 1, ..Selection::default() })?.total)
}

/// The first and the last day of dated articles.
fn time_of_articles(snapshot: &Snapshot) -> Result<Option<String>> {
    let days = snapshot.days_of_articles()?;
    let (first, last) = (days.values().map(|it| it.0).min(), days.values().map(|it| it.1).max());
    Ok(first.zip(last).map(|(first, last)| format!("the articles with a date are of {first} to {last}")))
}
