//! Passages that match a query.

use anyhow::Result;
use jiff::civil::Date;

use crate::{
    index::{Found, Snapshot},
    query::{self, CheckedQuery, Dialect, Grouping, Order, Query, TextPattern, WordPattern},
    search::{self, Added, Ranking, Request, Results},
};

use super::{
    Archive,
    explain::pattern_notes,
    nearest::{nearest, undated, unknown_words},
};

/// A search as somebody asks for it.
#[derive(Clone, Debug, Default)]
pub struct SearchRequest {
    /// The query as typed.
    pub query: String,
    /// Whose language it is written in.
    pub dialect: Dialect,
    /// Any of the words rather than all.
    pub any: bool,
    /// Related words too.
    pub expand: bool,
    /// How many hits at most.
    pub limit: usize,
    /// How many of the best to leave out.
    pub offset: usize,
    /// Which come first.
    pub order: Order,
    /// Passages, or the best of each article.
    pub grouping: Grouping,
    /// Whether what several versions of a story have is given once.
    pub fold: bool,
    /// So many passages before and after each hit are shown with it.
    pub context: usize,
}

/// A search that was run: the query that found something in the end, and what it found.
pub(super) struct Run {
    pub(super) query: CheckedQuery,
    pub(super) found: Found,
    notes: Vec<String>,
    added: Vec<Added>,
}

impl Archive {
    /// Finds passages. When no passage has all words of a plain query, those with most of them are found, and a note says so.
    ///
    /// `today` is the day that dates like `yesterday` are counted from. Fails with a [`query::Error`] when the query is no good.
    pub fn search(&self, request: &SearchRequest, today: Date) -> Result<Results> {
        let snapshot = self.index()?.snapshot()?;
        results(&snapshot, request, today)
    }
}

pub(super) fn results(snapshot: &Snapshot, request: &SearchRequest, today: Date) -> Result<Results> {
    let Run { query, found, notes, added } = run(snapshot, request, today)?;
    let hits = search::hits(snapshot, &query, &found, request.offset, request.context)?;
    let Found { total, folded, .. } = found;
    Ok(Results { hits, total, folded, query: Some(query), notes, added, context: request.context })
}

/// Runs a search without reading what it finds.
pub(super) fn run(snapshot: &Snapshot, request: &SearchRequest, today: Date) -> Result<Run> {
    let any = request.any || request.expand;
    let parsed = read(&request.query, request.dialect, any)?;
    let Asked { query, ranking } = Asked::new(&parsed, any, today)?;
    let mut notes: Vec<String> = notes(&parsed).collect();
    notes.extend(pattern_notes(snapshot, &query)?);
    notes.extend(undated(snapshot, &query)?);
    if request.expand {
        if let Some(expanded) = search::expanded(snapshot, &query, &ranking)? {
            let found = find(snapshot, &expanded.query, &expanded.ranking, request)?;
            let words: Vec<&str> = expanded.added.iter().map(|it| it.word.as_str()).collect();
            notes.push(format!("also looked for: {}", words.join(", ")));
            return Ok(Run { query: expanded.query, found, notes, added: expanded.added });
        }
        notes.push("no related words to look for".to_owned());
    }
    let found = find(snapshot, &query, &ranking, request)?;
    if found.total == 0
        && let Some((relaxed, found, note)) = relaxed(snapshot, &query, &ranking, request)?
    {
        notes.insert(0, note);
        notes.extend(unknown_words(snapshot, &ranking)?);
        let query = relaxed;
        return Ok(Run { query, found, notes, added: Vec::new() });
    }
    if found.total == 0 {
        notes.extend(nearest(snapshot, &query, &ranking)?);
    }
    Ok(Run { query, found, notes, added: Vec::new() })
}

/// A query as a search asks it.
pub(super) struct Asked {
    /// What is to be found.
    pub(super) query: CheckedQuery,
    /// What it is ranked by.
    pub(super) ranking: Ranking,
}

impl Asked {
    /// As it was read, or for `any` of its words.
    pub(super) fn new(parsed: &Query, any: bool, today: Date) -> Result<Asked, query::Error> {
        let query = query::check(parsed, today)?;
        let words = query::plain_words(parsed);
        let ranking = Ranking::of(&query, &words);
        let query = if any { any_of(&query, &ranking, &words) } else { query };
        Ok(Asked { query, ranking })
    }
}

/// Any of the words rather than all, and of `law-and-order` each. `typed` are the words in running text: what is asked of quotes
/// or of a part of the article takes the place of none.
fn any_of(query: &CheckedQuery, ranking: &Ranking, typed: &[WordPattern]) -> CheckedQuery {
    let any = query.any();
    let is_typed = |it: &&TextPattern| matches!(it, TextPattern::Word(word) if typed.contains(word));
    let typed: Vec<TextPattern> =
        ranking.evidence.iter().map(|it| &it.pattern).filter(is_typed).cloned().collect();
    any.widened(&typed).unwrap_or(any)
}

fn find(
    snapshot: &Snapshot,
    query: &CheckedQuery,
    ranking: &Ranking,
    request: &SearchRequest,
) -> Result<Found> {
    let SearchRequest { limit, offset, order, grouping, fold, .. } = *request;
    Ok(search::find(snapshot, &Request { query, ranking, limit, offset, order, grouping, fold })?)
}

/// The query as typed, read in its dialect; when `any` of its words will do, morgue's own small operators are words too.
pub(super) fn read(typed: &str, dialect: Dialect, any: bool) -> Result<Query, query::Error> {
    match dialect {
        Dialect::Morgue if any => query::parse_words(typed),
        _ => query::parse_as(typed, dialect),
    }
}

/// What the user should know of how the query was read.
pub(super) fn notes(query: &Query) -> impl Iterator<Item = String> + '_ {
    query.notes.iter().map(move |note| format!("{note}; read as: {query}"))
}

/// A query with more patterns of spelling is not relaxed: each run of it collects what hundreds of words have.
const RELAXED_PATTERNS_MAX: usize = 32;

/// The passages with most of the words, where none has all.
fn relaxed(
    snapshot: &Snapshot,
    query: &CheckedQuery,
    ranking: &Ranking,
    request: &SearchRequest,
) -> Result<Option<(CheckedQuery, Found, String)>> {
    let patterns = query.patterns();
    let n_expanding = patterns.iter().flat_map(|it| it.1.words()).filter(|it| it.expands()).count();
    if n_expanding > RELAXED_PATTERNS_MAX {
        return Ok(None);
    }
    let n_words = query.n_asked();
    // All of them without the stop words have not been looked for yet.
    let (mut enough, mut too_many) = (0, n_words + usize::from(query.has_stop_words()));
    let mut best: Option<(usize, CheckedQuery, Found)> = None;
    // The fewer words are asked for, the more is found: the most of them is looked for by halves.
    while enough + 1 < too_many {
        // Nothing is known of one word yet, and it is what mostly finds something.
        let n = if enough == 0 { 1 } else { enough.midpoint(too_many) };
        let relaxed = query.relaxed(n);
        let found = find(snapshot, &relaxed, ranking, request)?;
        if found.total > 0 {
            enough = n;
            best = Some((n, relaxed, found));
        } else if n == 1 {
            return Ok(None);
        } else {
            too_many = n;
        }
    }
    Ok(best.map(|(n, relaxed, found)| {
        let words = if n == 1 { "one word".to_owned() } else { format!("{n} words") };
        let note = if query.has_stop_words() && n == n_words {
            "no passage has all words; these have all but stop words".to_owned()
        } else if query.has_stop_words() {
            format!(
                "no passage has all words; these have at least {words} of the {n_words} that are not stop words"
            )
        } else {
            format!("no passage has all {n_words} words; these have at least {words} of them")
        };
        (relaxed, found, note)
    }))
}
