//! Receipts: what produced an export, so that it can be run again and compared.
//!
//! The types here are the shape of the file (`docs/exports.md`).

use anyhow::{Context as _, Result, bail};
use jiff::{Timestamp, civil::Date};
use serde::{Deserialize, Serialize};

use crate::{
    article::{Described, QuoteKind, Span},
    index::{Grouping, Order},
    query::{self, Dialect},
    search::Results,
};

use super::{Archive, Dossier, ListName, QuotesRequest, QuotesResults, SearchRequest};

/// The version of the shape below.
const VERSION: u32 = 1;

/// What produced an export.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Receipt {
    /// The version of this shape.
    pub receipt: u32,
    /// The program, with its version.
    pub program: String,
    /// When, in UTC.
    pub made: String,
    /// What was asked for.
    pub request: RequestRow,
    /// What the archive was.
    pub archive: StateRow,
    /// What the export holds, in its order.
    pub hits: Vec<HitRow>,
}

/// What was asked for.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct RequestRow {
    /// `search`, `list` or `quotes`.
    pub kind: String,
    /// The list, or the speaker.
    #[serde(default)]
    pub name: Option<String>,
    /// The query as typed; a list's saved one.
    #[serde(default)]
    pub query: Option<String>,
    /// The query as it was read.
    #[serde(default)]
    pub read_as: Option<String>,
    /// The day that `yesterday` and the like were counted from.
    pub today: String,
    /// Whose query language it is written in; absent for morgue's own.
    #[serde(default)]
    pub dialect: Option<String>,
    /// Any of the words rather than all.
    #[serde(default)]
    pub any: bool,
    /// Related words too.
    #[serde(default)]
    pub expand: bool,
    /// Copies as one.
    #[serde(default)]
    pub fold: bool,
    /// How many at most; absent for all.
    #[serde(default)]
    pub limit: Option<usize>,
    /// How many of the best were left out.
    #[serde(default)]
    pub offset: usize,
    /// Which come first.
    #[serde(default)]
    pub order: Option<String>,
    /// What one result is.
    #[serde(default)]
    pub group: Option<String>,
    /// The filters of flags, as a query.
    #[serde(default)]
    pub filters: Option<String>,
    /// Only quotes of this kind.
    #[serde(default)]
    pub quote_kind: Option<String>,
    /// The quotes of everybody whom the name fits.
    #[serde(default)]
    pub all: bool,
}

/// What an archive was when something was asked.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct StateRow {
    /// How many articles it had.
    pub articles: usize,
    /// How many passages.
    pub passages: usize,
    /// How many quotes.
    pub quotes: usize,
    /// How many files.
    pub files: usize,
    /// A number that grows with every commit of the index, and begins anew with a rebuild.
    pub generation: u64,
    /// A digest of the paths and contents of all files: the same for the same corpus, rebuilt or not.
    pub digest: String,
    /// The file that was changed last.
    pub newest_file: Option<FileRow>,
}

/// A file of the corpus.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct FileRow {
    /// Its path in the archive.
    pub path: String,
    /// When it was changed, in UTC.
    pub modified: String,
}

/// A passage, a quote or an article that an export holds.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct HitRow {
    /// The article's id.
    pub article: String,
    /// Its file.
    pub path: String,
    /// Its headline.
    pub headline: String,
    /// The ordinal of the passage; absent for an article as a whole.
    pub passage: Option<usize>,
    /// What matched, or the quote's words, in code points of the passage.
    pub spans: Vec<[usize; 2]>,
    /// A digest of the passage's text, or of the article's when there is no passage; absent when the archive has neither.
    pub words: Option<String>,
}

impl HitRow {
    fn new(article: &impl Described, passage: Option<usize>, spans: &[Span]) -> HitRow {
        let text = passage.and_then(|it| article.passage(it)).map(|it| it.text.as_str());
        let code_points = |span: &Span| {
            let (start, end) = span.code_points(text.unwrap_or_default());
            [start, end]
        };
        let words = text.map_or_else(|| article.id().words(), digest);
        HitRow {
            article: article.id().to_string(),
            path: article.place().path.clone(),
            headline: article.metadata().headline.as_ref().map(|it| it.value.clone()).unwrap_or_default(),
            passage,
            spans: spans.iter().map(code_points).collect(),
            words: Some(words),
        }
    }

    /// Its values for a table: article, passage, spans, words, file.
    pub fn cells(&self) -> [String; 5] {
        let spans: Vec<String> = self.spans.iter().map(|[start, end]| format!("{start}–{end}")).collect();
        [
            self.article.clone(),
            self.passage.map(|it| it.to_string()).unwrap_or_default(),
            spans.join(", "),
            self.words.clone().unwrap_or_default(),
            self.path.clone(),
        ]
    }

    /// The first part of the id: the article's words.
    fn content(&self) -> &str {
        self.article.split('-').next().unwrap_or_default()
    }
}

fn digest(text: &str) -> String {
    blake3::hash(text.as_bytes()).to_hex()[..16].to_owned()
}

impl RequestRow {
    /// What was asked for, in a line.
    pub fn words(&self) -> String {
        let name = self.name.as_ref().map(|it| format!(" `{it}`")).unwrap_or_default();
        let query = self.query.as_ref().map(|it| format!(" `{it}`")).unwrap_or_default();
        let filters = self.filters.as_ref().map(|it| format!(" {it}")).unwrap_or_default();
        let limit = self.limit.map(|it| format!(", at most {it}")).unwrap_or_default();
        let order = self.order.as_ref().map(|it| format!(", by {it}")).unwrap_or_default();
        format!("{}{name}{query}{filters}{order}{limit}, on {}", self.kind, self.today)
    }

    /// The row of a search.
    pub fn of_search(request: &SearchRequest, today: Date) -> RequestRow {
        let group = match request.grouping {
            Grouping::Passage => "passage",
            Grouping::Article => "article",
        };
        RequestRow {
            kind: "search".to_owned(),
            query: Some(request.query.clone()),
            today: today.to_string(),
            dialect: dialect_row(request.dialect),
            any: request.any,
            expand: request.expand,
            fold: request.fold,
            limit: limit_row(request.limit),
            offset: request.offset,
            order: Some(order_name(request.order).to_owned()),
            group: Some(group.to_owned()),
            ..RequestRow::default()
        }
    }

    /// The row of a list's export.
    pub fn of_list(name: &ListName, dossier: &Dossier, today: Date) -> RequestRow {
        RequestRow {
            kind: "list".to_owned(),
            name: Some(name.to_string()),
            query: dossier.query.clone(),
            today: today.to_string(),
            ..RequestRow::default()
        }
    }

    /// The row of a quote sheet.
    pub fn of_quotes(request: &QuotesRequest, today: Date) -> RequestRow {
        RequestRow {
            kind: "quotes".to_owned(),
            name: Some(request.name.clone()),
            query: Some(request.query.clone()).filter(|it| !it.is_empty()),
            today: today.to_string(),
            dialect: dialect_row(request.dialect),
            limit: limit_row(request.limit),
            offset: request.offset,
            order: Some(order_name(request.order).to_owned()),
            filters: Some(request.filters.clone()).filter(|it| !it.is_empty()),
            quote_kind: request.kind.map(|it| it.name().to_owned()),
            all: request.all,
            fold: request.fold,
            ..RequestRow::default()
        }
    }
}

fn limit_row(limit: usize) -> Option<usize> {
    (limit != usize::MAX).then_some(limit)
}

fn dialect_row(dialect: Dialect) -> Option<String> {
    (dialect != Dialect::Morgue).then(|| dialect.name().to_owned())
}

fn dialect_of(name: Option<&str>) -> Result<Dialect> {
    let Some(name) = name else { return Ok(Dialect::Morgue) };
    let known = Dialect::ALL.into_iter().find(|it| it.name() == name);
    known.with_context(|| {
        format!("this receipt's query is in the language `{name}`, which this program does not know")
    })
}

fn order_name(order: Order) -> &'static str {
    match order {
        Order::Relevance => "relevance",
        Order::Newest => "newest",
        Order::Oldest => "oldest",
    }
}

fn order_of(name: Option<&str>) -> Order {
    match name {
        Some("newest") => Order::Newest,
        Some("oldest") => Order::Oldest,
        _ => Order::Relevance,
    }
}

/// What an export of results holds.
pub fn hits_of_search(results: &Results) -> Vec<HitRow> {
    results.hits.iter().map(|it| HitRow::new(&it.article, Some(it.passage), &it.highlights)).collect()
}

/// What a quote sheet holds.
pub fn hits_of_quotes(results: &QuotesResults) -> Vec<HitRow> {
    let row = |it: &super::SpokenQuote| HitRow::new(&it.article, Some(it.quote.passage), &it.quote.content);
    results.quotes.iter().map(row).collect()
}

/// What a list's export holds: each article, then its passages.
pub fn hits_of_dossier(dossier: &Dossier) -> Vec<HitRow> {
    let mut hits = Vec::new();
    for item in &dossier.items {
        match item.whereabouts.article() {
            Some((article, _)) => {
                hits.push(HitRow::new(article, None, &[]));
                let there = item.passages().into_iter().filter(|it| *it < article.passages().len());
                hits.extend(there.map(|it| HitRow::new(article, Some(it), &[])));
            }
            None => hits.push(HitRow {
                article: item.id.map(|it| it.to_string()).unwrap_or_default(),
                path: item.path.clone().unwrap_or_default(),
                headline: item.title.clone(),
                passage: None,
                spans: Vec::new(),
                words: None,
            }),
        }
    }
    hits
}

/// What a request gives now, beside its receipt.
pub struct Replayed {
    /// The receipt.
    pub then: Receipt,
    /// What it would be now.
    pub now: Receipt,
    /// How the hits differ.
    pub changes: Vec<Change>,
}

/// How a hit differs from the receipt's.
#[derive(Clone, Debug, PartialEq)]
pub enum Change {
    /// It is not found any more.
    Gone(HitRow),
    /// It was not found then.
    New(HitRow),
    /// The same words lie in another file.
    Moved(HitRow),
    /// Its text is another.
    Reworded(HitRow),
    /// The same text, but other spans of it.
    Remarked(HitRow),
    /// The same hits in another order.
    Reordered,
}

impl Archive {
    /// The receipt of a request that gave these hits.
    pub fn receipt(&self, mut request: RequestRow, hits: Vec<HitRow>, made: Timestamp) -> Result<Receipt> {
        if let Some(query) = &request.query {
            request.read_as = query::parse(query).ok().map(|it| it.to_string());
        }
        Ok(Receipt {
            receipt: VERSION,
            program: format!("morgue {}", env!("CARGO_PKG_VERSION")),
            made: made.round(jiff::Unit::Second).unwrap_or(made).to_string(),
            request,
            archive: self.state()?,
            hits,
        })
    }

    fn state(&self) -> Result<StateRow> {
        let snapshot = self.index()?.snapshot()?;
        let counts = snapshot.counts()?;
        let mut files = snapshot.files()?;
        files.sort_by(|a, b| a.path.cmp(&b.path));
        let mut digest = blake3::Hasher::new();
        for file in &files {
            digest.update(file.path.as_bytes()).update(b"\n").update(file.content.as_bytes()).update(b"\n");
        }
        let newest = files.iter().max_by_key(|it| it.modified).map(|it| FileRow {
            path: it.path.clone(),
            modified: Timestamp::from_nanosecond(it.modified.into()).unwrap_or_default().to_string(),
        });
        Ok(StateRow {
            articles: counts.articles,
            passages: counts.passages,
            quotes: counts.quotes,
            files: counts.files,
            generation: snapshot.generation()?,
            digest: digest.finalize().to_hex()[..16].to_owned(),
            newest_file: newest,
        })
    }

    /// Runs what a receipt was given for again, and says what changed. `text` is the receipt's file.
    pub fn replay(&self, text: &str, made: Timestamp) -> Result<Replayed> {
        let then: Receipt = serde_json::from_str(text).context("this is no receipt")?;
        anyhow::ensure!(
            then.receipt == VERSION,
            "this is a receipt of version {}, not {VERSION}",
            then.receipt
        );
        let today: Date = then.request.today.parse().context("the receipt has no good day in `today`")?;
        let hits = self.rerun(&then.request, today)?;
        let now = self.receipt(then.request.clone(), hits, made)?;
        let changes = compare(&then.hits, &now.hits);
        Ok(Replayed { then, now, changes })
    }

    fn rerun(&self, row: &RequestRow, today: Date) -> Result<Vec<HitRow>> {
        let limit = row.limit.unwrap_or(usize::MAX);
        let order = order_of(row.order.as_deref());
        let name = row.name.clone().unwrap_or_default();
        let query = row.query.clone().unwrap_or_default();
        Ok(match row.kind.as_str() {
            "search" => {
                let grouping = match row.group.as_deref() {
                    Some("article") => Grouping::Article,
                    _ => Grouping::Passage,
                };
                let request = SearchRequest {
                    query,
                    dialect: dialect_of(row.dialect.as_deref())?,
                    any: row.any,
                    expand: row.expand,
                    limit,
                    offset: row.offset,
                    order,
                    grouping,
                    fold: row.fold,
                    context: 0,
                };
                hits_of_search(&self.search(&request, today)?)
            }
            "list" => hits_of_dossier(&self.dossier(&ListName::new(&name)?)?),
            "quotes" => {
                let kind = row.quote_kind.as_deref().and_then(QuoteKind::from_name);
                let filters = row.filters.clone().unwrap_or_default();
                let request = QuotesRequest {
                    name,
                    query,
                    dialect: dialect_of(row.dialect.as_deref())?,
                    filters,
                    kind,
                    all: row.all,
                    limit,
                    offset: row.offset,
                    order,
                    fold: row.fold,
                    timeline: None,
                };
                hits_of_quotes(&self.quotes(&request, today)?)
            }
            other => bail!("this receipt is for `{other}`, which this program does not know"),
        })
    }
}

/// Whether two hits are to be taken for one.
type Rule = fn(&HitRow, &HitRow) -> bool;

/// Finds for each hit of then the one of now that is it: the same, or in the same place, or with the same words.
fn compare(then: &[HitRow], now: &[HitRow]) -> Vec<Change> {
    let mut taken = vec![false; now.len()];
    let mut places: Vec<Option<usize>> = vec![None; then.len()];
    let is_same = |a: &HitRow, b: &HitRow| a == b;
    let same_place = |a: &HitRow, b: &HitRow| a.article == b.article && a.passage == b.passage;
    let same_words = |a: &HitRow, b: &HitRow| {
        a.words.is_some() && a.words == b.words && a.content() == b.content() && a.passage == b.passage
    };
    let same_file = |a: &HitRow, b: &HitRow| a.path == b.path && a.passage == b.passage;
    let rules: [Rule; 4] = [is_same, same_place, same_words, same_file];
    for rule in rules {
        for (at, old) in then.iter().enumerate() {
            if places[at].is_none()
                && let Some(found) = (0..now.len()).find(|it| !taken[*it] && rule(old, &now[*it]))
            {
                taken[found] = true;
                places[at] = Some(found);
            }
        }
    }
    let mut changes = Vec::new();
    for (old, place) in then.iter().zip(&places) {
        let Some(new) = place.map(|it| &now[it]) else {
            changes.push(Change::Gone(old.clone()));
            continue;
        };
        if new.words != old.words {
            changes.push(Change::Reworded(new.clone()));
        } else if new.path != old.path {
            changes.push(Change::Moved(new.clone()));
        } else if new.spans != old.spans {
            changes.push(Change::Remarked(new.clone()));
        }
    }
    changes.extend(now.iter().zip(&taken).filter(|it| !it.1).map(|it| Change::New(it.0.clone())));
    let found: Vec<usize> = places.into_iter().flatten().collect();
    if !found.is_sorted() {
        changes.push(Change::Reordered);
    }
    changes
}
