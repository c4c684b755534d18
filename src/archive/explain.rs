//! How a query is read, and what its names, dates and patterns stand for in this archive.

use std::collections::BTreeMap;

use anyhow::Result;
use jiff::civil::Date;

use crate::{
    index::{self, Expansion, Snapshot},
    query::{self, CheckedQuery, Dialect, Explained, Place, TextField, TextPattern},
};

use super::{Archive, search::notes, sources::unknown_sources};

/// A query explained.
pub struct Explanation {
    /// As it was typed.
    pub typed: String,
    /// As it was read, in morgue's own language.
    pub read_as: String,
    /// What it asks for, in words.
    pub root: Explained,
    /// What its words stand for here, in order; none without an index.
    pub words: Vec<ResolvedWord>,
    /// Whom and what its names stand for here.
    pub names: Vec<ResolvedName>,
    /// What should be known of how it was read.
    pub notes: Vec<String>,
}

/// A word or a pattern of a query in this archive.
pub struct ResolvedWord {
    /// As it is typed.
    pub typed: String,
    /// The words it stands for.
    pub expansion: Expansion,
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

impl Archive {
    /// Explains a query; without an index, only how it is read. Fails with a [`query::Error`] when the query is no good.
    pub fn explain_query(&self, typed: &str, dialect: Dialect, today: Date) -> Result<Explanation> {
        let parsed = query::parse_as(typed, dialect)?;
        let checked = query::check(&parsed, today)?;
        let (words, names, cut) = match self.index().and_then(|it| it.snapshot()) {
            Ok(snapshot) => (
                words(&snapshot, &checked)?,
                names(&snapshot, &checked)?,
                pattern_notes(&snapshot, &checked)?,
            ),
            Err(index::Error::Missing(_)) => {
                (Vec::new(), Vec::new(), vec!["there is no index: its words are not looked up".to_owned()])
            }
            Err(error) => return Err(error.into()),
        };
        let notes = notes(&parsed).chain(cut).collect();
        let read_as = parsed.to_string();
        Ok(Explanation { typed: typed.to_owned(), read_as, root: checked.explained(), words, names, notes })
    }
}

/// What is said of patterns that fit more words than are looked for, and of sources that there are not.
pub(super) fn pattern_notes(snapshot: &Snapshot, query: &CheckedQuery) -> Result<Vec<String>> {
    let said = |(typed, n): (String, usize)| {
        format!("`{typed}` fits {n} words; only the {} most used are looked for", index::FORMS_MAX)
    };
    let cut = snapshot.cut_patterns(query)?.into_iter().map(said);
    Ok(cut.chain(unknown_sources(snapshot, query)?).collect())
}

fn words(snapshot: &Snapshot, query: &CheckedQuery) -> Result<Vec<ResolvedWord>> {
    let mut words: Vec<ResolvedWord> = Vec::new();
    for (place, pattern) in query.patterns() {
        // Names as they are typed stand for the names below, patterns for words of names too.
        let of_names = !matches!(place, Place::Text | Place::Said | Place::Part(_));
        for word in pattern.words().into_iter().filter(|it| !of_names || it.expands()) {
            let typed = word.to_string();
            let expansion = snapshot.expansion(place, word)?;
            if !words.iter().any(|it| it.typed == typed && it.expansion == expansion) {
                words.push(ResolvedWord { typed, expansion });
            }
        }
    }
    Ok(words)
}

fn names(snapshot: &Snapshot, query: &CheckedQuery) -> Result<Vec<ResolvedName>> {
    let mut resolved = Vec::new();
    for (place, pattern) in query.patterns() {
        let (field, names) = match place {
            Place::Speaker => ("speaker", quoted(snapshot, pattern, false)?),
            Place::Role => ("role", quoted(snapshot, pattern, true)?),
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
fn quoted(snapshot: &Snapshot, pattern: &TextPattern, roles: bool) -> Result<Vec<(String, Option<usize>)>> {
    let mut quotes: BTreeMap<String, usize> = BTreeMap::new();
    for spoken in snapshot.spoken()? {
        for appearance in &spoken.appearances {
            if roles {
                for (role, n) in &appearance.roles {
                    *quotes.entry(role.to_string()).or_default() += n;
                }
            } else {
                *quotes.entry(spoken.name.clone()).or_default() += appearance.n_quotes;
            }
        }
    }
    let mut fitting: Vec<(String, usize)> =
        quotes.into_iter().filter(|it| query::name_fits(&it.0, pattern)).collect();
    fitting.sort_by(|a, b| b.1.cmp(&a.1).then_with(|| a.0.cmp(&b.0)));
    Ok(fitting.into_iter().map(|(name, n)| (name, Some(n))).collect())
}
