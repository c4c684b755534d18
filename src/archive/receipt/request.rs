//! What was asked for, as a receipt has it, and back.

use anyhow::{Context as _, Result};
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use crate::query::{Dialect, Grouping, Order};

use super::{Dossier, ListName, QuotesRequest, SearchRequest};

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

pub(super) fn dialect_of(name: Option<&str>) -> Result<Dialect> {
    let Some(name) = name else { return Ok(Dialect::Morgue) };
    let known = Dialect::from_name(name);
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

pub(super) fn order_of(name: Option<&str>) -> Order {
    match name {
        Some("newest") => Order::Newest,
        Some("oldest") => Order::Oldest,
        _ => Order::Relevance,
    }
}
