//! A receipt's request run again, and how what it gives now differs from what it gave then.

use std::collections::{HashMap, VecDeque};

use anyhow::{Context as _, Result, anyhow, bail};
use jiff::{Timestamp, civil::Date};
use morgue_core::system::stop;
use serde_json::error::Category;

use super::{
    Archive, HitRow, ListName, Receipt, RequestRow, VERSION, hits_of_dossier, hits_of_quotes, hits_of_search,
};

/// What a request gives now, beside its receipt.
pub struct Replayed {
    /// The receipt.
    pub then: Receipt,
    /// What it would be now.
    pub now: Receipt,
    /// Whether the receipt says something else than when its id was made.
    pub edited: bool,
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

fn no_receipt(error: &serde_json::Error) -> anyhow::Error {
    let line = error.line();
    match error.classify() {
        Category::Data => anyhow!("this is no receipt: line {line} is not what `--receipt` writes"),
        Category::Eof => anyhow!("this is no receipt: it ends in the middle of JSON, in line {line}"),
        Category::Io | Category::Syntax => anyhow!("this is no receipt: line {line} is no JSON"),
    }
}

impl Archive {
    /// Runs what a receipt was given for again, and says what changed. `text` is the receipt's
    /// file.
    pub fn replay(&self, text: &str, made: Timestamp) -> Result<Replayed> {
        let mut then: Receipt = serde_json::from_str(text).map_err(|it| no_receipt(&it))?;
        anyhow::ensure!(
            then.receipt == VERSION,
            "this is a receipt of version {}, not {VERSION}",
            then.receipt
        );
        let id = then.content_id();
        // Receipts were made without one before.
        let edited = !then.id.is_empty() && then.id != id;
        then.id = id;
        let today: Date = then.request.today.parse().context("the receipt has no good day in `today`")?;
        let hits = self.rerun(&then.request, today)?;
        let now = self.receipt(then.request.clone(), hits, made)?;
        let changes = compare(&then.hits, &now.hits);
        Ok(Replayed { then, now, edited, changes })
    }

    fn rerun(&self, row: &RequestRow, today: Date) -> Result<Vec<HitRow>> {
        Ok(match row.kind.as_str() {
            "search" => {
                let mut request = row.search()?;
                request.query.shelf = self.shelf([request.query.text.as_str()]);
                hits_of_search(&self.search(&request, today)?)
            }
            "list" => {
                hits_of_dossier(&self.dossier(&ListName::new(row.name.as_deref().unwrap_or_default())?)?)
            }
            "quotes" => {
                let mut request = row.quotes()?;
                request.query.shelf = self.shelf([request.query.text.as_str()]);
                hits_of_quotes(&self.quotes(&request, today)?)
            }
            other => bail!("this receipt is for `{other}`, which this program does not know"),
        })
    }
}

/// What two hits have in common that are to be taken for one; `None` for a hit that cannot be.
type Rule = fn(&HitRow) -> Option<String>;

/// The rules, the strictest first: the same in all, the same place, the same words, the same file.
const RULES: [Rule; 4] = [
    |it| Some(format!("{it:?}")),
    |it| Some(format!("{:?}", (&it.article, it.passage))),
    |it| it.words.as_ref().map(|words| format!("{:?}", (words, it.content(), it.passage))),
    |it| Some(format!("{:?}", (&it.path, it.passage))),
];

/// Finds for each hit of then the one of now that is it: the same, or in the same place, or with
/// the same words.
fn compare(then: &[HitRow], now: &[HitRow]) -> Vec<Change> {
    let mut taken = vec![false; now.len()];
    let mut places: Vec<Option<usize>> = vec![None; then.len()];
    for rule in RULES {
        let mut free: HashMap<String, VecDeque<usize>> = HashMap::new();
        for (at, new) in now.iter().enumerate().filter(|it| !taken[it.0]) {
            if let Some(key) = rule(new) {
                free.entry(key).or_default().push_back(at);
            }
        }
        for (old, place) in then.iter().zip(&mut places).filter(|it| it.1.is_none()) {
            stop::look();
            let found = rule(old).and_then(|key| free.get_mut(&key)?.pop_front());
            if let Some(found) = found {
                taken[found] = true;
                *place = Some(found);
            }
        }
    }
    let mut changes = Vec::new();
    for (old, place) in then.iter().zip(&places) {
        let Some(new) = place.map(|it| &now[it]) else {
            changes.push(Change::Gone(old.clone()));
            continue;
        };
        // A list keeps the entry of an article that the archive does not have.
        if old.words.is_some() && new.words.is_none() {
            changes.push(Change::Gone(old.clone()));
        } else if old.words.is_none() && new.words.is_some() {
            changes.push(Change::New(new.clone()));
        } else if new.words != old.words {
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
