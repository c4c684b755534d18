//! Words of a query that the archive also has in American or in British spelling.

use morgue_core::count;

use crate::{
    analyze::{self, Forms, Variety},
    article::Language,
    index::{Error, Snapshot},
    query::{CheckedQuery, Clause, Facet, Filter, Place, QuoteClause, TextField, TextPattern, WordPattern},
};

/// A word in the spelling of the other side of the Atlantic.
pub(super) struct OtherSpelling {
    form: String,
    variety: Variety,
    /// How many have it of what the place consists of.
    n: usize,
}

/// The other spelling of a word that is most in use in that place, unless it is found by the word
/// as typed.
///
/// It must stand there as it is spelled, and in English: `litre` is also a French word.
pub(super) fn other_spelling(
    snapshot: &Snapshot,
    place: Place,
    word: &WordPattern,
) -> Result<Option<OtherSpelling>, Error> {
    let WordPattern::Stem { form: typed, .. } = word else { return Ok(None) };
    let mut best: Option<OtherSpelling> = None;
    for (form, variety) in analyze::other_spellings(typed) {
        if stem(&form) == stem(typed) {
            continue;
        }
        let Some((form, n)) = written(snapshot, place, form)? else { continue };
        if best.as_ref().is_none_or(|it| it.n < n) {
            best = Some(OtherSpelling { form, variety, n });
        }
    }
    Ok(best)
}

fn stem(form: &str) -> String {
    analyze::stem_term(Forms { form, accented: form }, Some(Language::ENGLISH))
}

/// The form, or its plural, which stands in that place in English, and how many have it: of other
/// inflections `criticized` would bring in `critic`.
fn written(snapshot: &Snapshot, place: Place, form: String) -> Result<Option<(String, usize)>, Error> {
    // `analyses` is more than one analysis.
    let plural = (!form.ends_with("se")).then(|| format!("{form}s"));
    for form in std::iter::once(form).chain(plural) {
        let exact = WordPattern::Exact(form.clone());
        if snapshot.expansion(place, &exact)?.forms.is_empty() {
            continue;
        }
        let n = n_english(snapshot, place, exact)?;
        if n > 0 {
            return Ok(Some((form, n)));
        }
    }
    Ok(None)
}

/// What is counted of a place.
fn unit(place: Place) -> &'static str {
    match place {
        Place::Field(TextField::Headline) => "headline",
        Place::Part(_) => "article",
        _ => "passage",
    }
}

/// How many of a place have the word in articles in English, or in no language that is known.
fn n_english(snapshot: &Snapshot, place: Place, word: WordPattern) -> Result<usize, Error> {
    let pattern = TextPattern::Word(word);
    let root = match place {
        Place::Said => Clause::Quoted(QuoteClause::Said(pattern)),
        Place::Part(part) => Clause::Filter(Filter::Part(part, pattern)),
        Place::Field(field) => Clause::Filter(Filter::Field(field, pattern)),
        Place::Text | Place::Speaker | Place::Role => Clause::Text(pattern),
    };
    let matched = snapshot.matched(Some(&CheckedQuery { root }))?;
    let by_language = snapshot.facet(&matched, Facet::Language)?;
    let is_english = |code: &Option<String>| code.as_ref().is_none_or(|it| it == Language::ENGLISH.code());
    let english = by_language.iter().filter(|it| is_english(it.0));
    Ok(english
        .map(|(_, counted)| match unit(place) {
            "passage" => counted.totals().passages,
            _ => counted.totals().articles,
        })
        .sum())
}

/// One note for each word of running text in the query that the archive also has in another
/// spelling, which the query does not ask for.
pub(super) fn other_spellings(snapshot: &Snapshot, query: &CheckedQuery) -> Result<Vec<String>, Error> {
    let is_text = |it: &Place| {
        matches!(it, Place::Text | Place::Said | Place::Part(_) | Place::Field(TextField::Headline))
    };
    let patterns = query.patterns();
    let words: Vec<(Place, &WordPattern)> = patterns
        .iter()
        .filter(|it| is_text(&it.0))
        .flat_map(|it| TextPattern::words(it.1).into_iter().map(|word| (it.0, word)))
        .collect();
    let mut notes = Vec::new();
    for (place, word) in &words {
        let Some(OtherSpelling { form, variety, n }) = other_spelling(snapshot, *place, word)? else {
            continue;
        };
        if words.iter().any(|it| stem(it.1.literal_start()) == stem(&form)) {
            continue;
        }
        let (spelling, one) = (variety.name(), unit(*place));
        let counted = count(n, one);
        let note = if snapshot.expansion(*place, word)?.forms.is_empty() {
            let have = if n == 1 { "has" } else { "have" };
            format!(
                "no {one} has `{word}`; did you mean `{form}` ({spelling} spelling), which {counted} {have}?"
            )
        } else {
            format!("`{form}` ({spelling} spelling) is in {counted}; write `{word} OR {form}`")
        };
        if !notes.contains(&note) {
            notes.push(note);
        }
    }
    Ok(notes)
}
