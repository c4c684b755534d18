//! Many names or queries, and what the archive has of each.

use anyhow::{Result, bail};
use jiff::civil::Date;

use crate::{
    index::Snapshot,
    query::{self, CheckedQuery, Dialect, Facet, NodeKind, Query},
    search::{self, Request, Results},
};

use super::{
    Archive, SearchRequest,
    batch::{in_order, is_of_query},
    explain::pattern_notes,
    nearest::{nearest, undated},
    search::{Asked, notes, read},
};

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
pub fn names(text: &str) -> Result<Vec<String>> {
    let lines = text.trim_start_matches('\u{feff}').lines().map(str::trim);
    let names: Vec<String> =
        lines.filter(|it| !it.is_empty() && !it.starts_with('#')).map(str::to_owned).collect();
    if names.is_empty() {
        bail!("there is no name in it; one a line");
    }
    Ok(names)
}

impl Archive {
    /// Looks for each name, as `request` asks but for its query, on all cores; hands over what is there in the order of the names.
    ///
    /// A line of words alone is a name: its words stand side by side in this order, or in that of `Ortiz, Marta`. Any
    /// other line is a query. Nothing is relaxed: a name that nothing has is worth knowing.
    pub fn names(
        &self,
        names: &[String],
        request: &SearchRequest,
        today: Date,
        done: &mut dyn FnMut(&NameHits) -> Result<()>,
    ) -> Result<()> {
        let snapshot = self.index()?.snapshot()?;
        let answer = |name: &String| answered(&snapshot, name, request, today);
        in_order(names, &answer, &mut |_, hits| done(&hits?))
    }
}

/// What is there of a name, or what is wrong with it.
fn answered(snapshot: &Snapshot, name: &str, request: &SearchRequest, today: Date) -> Result<NameHits> {
    match name_hits(snapshot, name, request, today) {
        Err(error) if is_of_query(&error) => Ok(NameHits {
            name: name.to_owned(),
            read_as: None,
            articles: 0,
            published: None,
            results: Results::default(),
            problem: Some(format!("{error:#}")),
        }),
        answer => answer,
    }
}

fn name_hits(snapshot: &Snapshot, name: &str, request: &SearchRequest, today: Date) -> Result<NameHits> {
    let parsed = read_name(name, request)?;
    let Asked { query, ranking } = Asked::new(&parsed, request.any, today)?;
    let SearchRequest { limit, offset, order, grouping, fold, context, .. } = *request;
    let asked = Request { query: &query, ranking: &ranking, limit, offset, order, grouping, fold };
    let found = search::find(snapshot, &asked)?;
    let mut said: Vec<String> = notes(&parsed).collect();
    said.extend(pattern_notes(snapshot, &query)?);
    said.extend(undated(snapshot, &query)?);
    if found.total == 0 {
        said.extend(nearest(snapshot, &query, &ranking)?);
    }
    let counted = snapshot.all_counted(Some(&query))?;
    let hits = search::hits(snapshot, &query, &found, offset, context)?;
    let (total, folded) = (counted.passages(), found.folded);
    let read_as = Some(parsed.to_string());
    let published = published(snapshot, &query)?;
    Ok(NameHits {
        name: name.to_owned(),
        read_as,
        articles: counted.articles.len(),
        published,
        results: Results { hits, total, folded, query: Some(query), notes: said, added: Vec::new(), context },
        problem: None,
    })
}

/// The first and the last month of what matches.
fn published(snapshot: &Snapshot, query: &CheckedQuery) -> Result<Option<(String, String)>> {
    let months = snapshot.facets(Some(query), &[Facet::Month])?.pop().unwrap_or_default();
    let dated = || months.keys().flatten();
    Ok(dated().min().cloned().zip(dated().max().cloned()))
}

/// A line as a query; see [`Archive::names`].
fn read_name(name: &str, request: &SearchRequest) -> Result<Query, query::Error> {
    let as_query = || read(name, request.dialect, request.any);
    if request.dialect != Dialect::Morgue || request.any {
        return as_query();
    }
    let turned = match name.split_once(',') {
        Some((whole, title)) if is_behind_names(title.trim()) => format!("{} {}", whole.trim(), title.trim()),
        Some((last, first)) if !first.contains(',') => format!("{} {}", first.trim(), last.trim()),
        _ => name.to_owned(),
    };
    match query::parse(&turned) {
        Ok(query) if is_of_words(&query) => query::parse(&format!("\"{turned}\"")),
        _ => as_query(),
    }
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
