//! How a query is read, and what its names, dates and patterns stand for in this archive.

use jiff::civil::Date;

use crate::{
    index::{self, Snapshot, SpeakerProperty},
    query::{self, CheckedQuery, Clause, Explained, Place, QuoteClause, TextField, TextPattern},
};

use super::{Error, TypedQuery, prepare};

/// A query explained.
pub struct Explanation {
    /// As it was typed.
    pub typed: String,
    /// As it was read, in morgue's own language.
    pub read_as: String,
    /// What it asks of passages, in words.
    pub root: Explained,
    /// What it asks of articles that have it in different passages; `None` if none can.
    pub of_articles: Option<Explained>,
    /// What its words stand for here, in order; none without an index.
    pub words: Vec<ResolvedWord>,
    /// Whom and what its names stand for here.
    pub names: Vec<ResolvedName>,
    /// What should be known of how it was read.
    pub notes: Vec<String>,
}

/// A word or a pattern of a query in this archive.
#[derive(PartialEq)]
pub struct ResolvedWord {
    /// As it is typed.
    pub typed: String,
    /// The words it stands for, the most used first, with how many passages (quotes, for `said:`
    /// and speakers) have each. A stem stands after its language: `en/talk`; that of a variant
    /// before the number of its words: `en/email/2`.
    pub forms: Vec<(String, u64)>,
    /// How many words it fits in all.
    pub n_forms: usize,
}

impl ResolvedWord {
    /// Whether it fits more words than are looked for.
    pub fn is_cut(&self) -> bool {
        self.n_forms > self.forms.len()
    }
}

/// A condition on names in this archive.
pub struct ResolvedName {
    /// `speaker`, `role` or `source`.
    pub field: &'static str,
    /// Its words, as they are typed.
    pub typed: String,
    /// The names that it fits, the most quoted first, with their quotes; for a source `None`.
    pub names: Vec<(String, Option<usize>)>,
}

/// Explains a query; without an index, only how it is read.
pub fn explain(snapshot: Option<&Snapshot>, typed: &TypedQuery, today: Date) -> Result<Explanation, Error> {
    let query = prepare(typed, today)?;
    let (words, names, notes) = match snapshot {
        Some(snapshot) => {
            (words(snapshot, &query.checked)?, names(snapshot, &query.checked)?, query.notes(snapshot)?)
        }
        None => {
            let mut notes = query.reading_notes();
            notes.push("there is no index: its words are not looked up".to_owned());
            (Vec::new(), Vec::new(), notes)
        }
    };
    Ok(Explanation {
        typed: typed.text.clone(),
        read_as: query.typed.to_string(),
        root: query.checked.explained(),
        of_articles: query
            .checked
            .of_articles()
            .filter(|_| query.checked.may_stand_apart())
            .map(|it| it.condition.explained()),
        words,
        names,
        notes,
    })
}

fn words(snapshot: &Snapshot, query: &CheckedQuery) -> Result<Vec<ResolvedWord>, Error> {
    let mut words: Vec<ResolvedWord> = Vec::new();
    for (place, pattern) in query.patterns() {
        // Names as they are typed stand for the names below, patterns for words of names too.
        let of_names = !matches!(place, Place::Text | Place::Said | Place::Part(_));
        for word in pattern.words().into_iter().filter(|it| !of_names || it.expands()) {
            let typed = word.to_string();
            let index::Expansion { forms, n_forms } = snapshot.expansion(place, word)?;
            let resolved = ResolvedWord { typed, forms, n_forms };
            if !words.contains(&resolved) {
                words.push(resolved);
            }
        }
    }
    Ok(words)
}

/// Whom and what the names of a query stand for.
pub(super) fn names(snapshot: &Snapshot, query: &CheckedQuery) -> Result<Vec<ResolvedName>, Error> {
    let mut resolved = Vec::new();
    for (place, pattern) in query.patterns() {
        let (field, names) = match place {
            Place::Speaker => ("speaker", quoted(snapshot, pattern, SpeakerProperty::Name)?),
            Place::Role => ("role", quoted(snapshot, pattern, SpeakerProperty::Role)?),
            Place::Field(TextField::Source) => {
                let names = snapshot.source_names()?.into_iter();
                ("source", names.filter(|it| query::name_fits(it, pattern)).map(|it| (it, None)).collect())
            }
            _ => continue,
        };
        let typed: Vec<String> = pattern.words().iter().map(|it| it.to_string().replace('=', "")).collect();
        resolved.push(ResolvedName { field, typed: typed.join(" "), names });
    }
    Ok(resolved)
}

/// The names, or the roles, of speakers that the pattern fits, the most quoted first.
fn quoted(
    snapshot: &Snapshot,
    pattern: &TextPattern,
    property: SpeakerProperty,
) -> Result<Vec<(String, Option<usize>)>, Error> {
    let quotes = if pattern.words().iter().any(|it| it.expands()) {
        // A search looks for the most used words that fit; here all names count.
        snapshot.names_that_fit(property, |it| query::name_fits(it, pattern))?
    } else {
        let of_quote = match property {
            SpeakerProperty::Name => QuoteClause::Speaker(pattern.clone()),
            SpeakerProperty::Role => QuoteClause::Role(pattern.clone()),
        };
        snapshot.names_of_quotes(&CheckedQuery { root: Clause::Quoted(of_quote) }, property)?
    };
    let mut fitting: Vec<(String, usize)> = quotes.into_iter().collect();
    fitting.sort_by(|a, b| b.1.cmp(&a.1).then_with(|| a.0.cmp(&b.0)));
    Ok(fitting.into_iter().map(|(name, n)| (name, Some(n))).collect())
}
