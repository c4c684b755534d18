//! Many names or queries, and what the archive has of each.

use jiff::civil::Date;

use crate::{
    index::{Matched, Snapshot},
    query::{self, Dialect, Facet, NodeKind, Query},
};

use super::{Error, PreparedQuery, Results, SearchRequest, TypedQuery, find, hits, prepare, suggest};

/// What the archive has of a name.
pub struct NameHits {
    /// The line as it was written.
    pub name: String,
    /// How it was read, in morgue's own language; `None` when it is no good.
    pub read_as: Option<String>,
    /// How many articles match.
    pub articles: usize,
    /// The first and the last month of them, or year where the month is unknown.
    pub published: Option<(String, String)>,
    /// How many passages match, and the best of them.
    pub results: Results,
    /// Why nothing was looked for: the line is no good, or asks too much.
    pub problem: Option<String>,
}

/// The lines of a file of names: blank ones and those that begin with `#` are left out.
pub fn names(text: &str) -> Vec<String> {
    let lines = text.trim_start_matches('\u{feff}').lines().map(str::trim);
    lines.filter(|it| !it.is_empty() && !it.starts_with('#')).map(str::to_owned).collect()
}

/// What is there of a name, as `request` asks but for its query; a name that cannot be looked for
/// has the reason.
///
/// A line of words alone is a name: its words stand side by side in this order, or in that of
/// `Ortiz, Marta`. Any other line is a query. Nothing is relaxed: a name that nothing has is worth
/// knowing.
pub fn name_hits(
    snapshot: &Snapshot,
    name: &str,
    request: &SearchRequest,
    today: Date,
) -> Result<NameHits, Error> {
    match found(snapshot, name, request, today) {
        Err(error) if error.is_of_question() => Ok(NameHits {
            name: name.to_owned(),
            read_as: None,
            articles: 0,
            published: None,
            results: Results::default(),
            problem: Some(error.to_string()),
        }),
        answer => answer,
    }
}

fn found(snapshot: &Snapshot, name: &str, request: &SearchRequest, today: Date) -> Result<NameHits, Error> {
    let SearchRequest { selection, context, .. } = *request;
    let parsed = read_name(name, &request.query, today)?;
    let PreparedQuery { typed, checked, ranking, .. } = &parsed;
    let found = find(snapshot, checked, ranking, &selection)?;
    let mut notes = parsed.notes_with_dates(snapshot)?;
    if found.total == 0 {
        notes.extend(suggest::nearest(snapshot, &parsed)?);
    }
    let matched = snapshot.matched(Some(checked))?;
    let counted = snapshot.all_counted(&matched).totals();
    let hits = hits(snapshot, checked, &found, selection.offset, context)?;
    let (total, folded) = (counted.passages, found.folded);
    let query = Some(checked.clone());
    Ok(NameHits {
        name: name.to_owned(),
        read_as: Some(typed.to_string()),
        articles: counted.articles,
        published: published(snapshot, &matched)?,
        results: Results { hits, total, folded, query, notes, context, ..Results::default() },
        problem: None,
    })
}

/// The first and the last month of what matches.
fn published(snapshot: &Snapshot, matched: &Matched) -> Result<Option<(String, String)>, Error> {
    let months = snapshot.facet(matched, Facet::Month)?;
    let dated = || months.keys().flatten();
    Ok(dated().min().cloned().zip(dated().max().cloned()))
}

/// A line as a query; see [`name_hits`]. `like` says how queries are read.
fn read_name(name: &str, like: &TypedQuery, today: Date) -> Result<PreparedQuery, query::Error> {
    if like.dialect == Dialect::Morgue && !like.any {
        let turned = match name.split_once(',') {
            Some((whole, title)) if is_behind_names(title.trim()) => {
                format!("{} {}", whole.trim(), title.trim())
            }
            Some((last, first)) if !first.contains(',') => format!("{} {}", first.trim(), last.trim()),
            _ => name.to_owned(),
        };
        if query::parse(&turned).is_ok_and(|it| is_of_words(&it)) {
            return prepare(&TypedQuery { text: format!("\"{turned}\""), ..TypedQuery::default() }, today);
        }
    }
    prepare(&TypedQuery { text: name.to_owned(), ..like.clone() }, today)
}

/// Whether it stands behind a name and a comma and is no first name: `Ortiz, Jr.`.
fn is_behind_names(title: &str) -> bool {
    const BEHIND: [&str; 10] = ["jr", "sr", "ii", "iii", "iv", "md", "phd", "esq", "mp", "qc"];
    let letters: String = title.chars().filter(|it| *it != '.').collect();
    BEHIND.iter().any(|it| it.eq_ignore_ascii_case(&letters))
}

/// Whether nothing but words, and several of them, were typed.
fn is_of_words(query: &Query) -> bool {
    let plain = |it: &query::Node| matches!(&it.kind, NodeKind::Word { exact: false, distance: None, .. });
    matches!(&query.root.kind, NodeKind::And(nodes) if nodes.iter().all(plain))
        && !query.text.contains(['(', ')'])
}
