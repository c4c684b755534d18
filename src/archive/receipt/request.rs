//! What was asked for, as a receipt has it, and back.

use anyhow::{Context as _, Result};
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use crate::{
    article::QuoteKind,
    query::{self, Dialect, Grouping, Order},
    search::{QuotesRequest, SearchRequest, Selection, TypedQuery},
};

use super::{Dossier, ListName};

/// What was asked for.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "web", derive(schemars::JsonSchema))]
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
    /// Quotes too that the articles deny, imagine, expect or ask about.
    #[serde(default)]
    pub all_stances: bool,
    /// The quotes of whoever the archive calls exactly so.
    #[serde(default)]
    pub exactly: bool,
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

    /// How the query is read, in morgue's own language; `None` without one, or where it is written
    /// in another language.
    pub fn reading(&self) -> Option<String> {
        let query = self.query.as_ref().filter(|_| self.dialect.is_none())?;
        query::parse(query).ok().map(|it| it.to_string())
    }

    /// The row of a search.
    pub fn for_search(request: &SearchRequest, today: Date) -> RequestRow {
        RequestRow {
            kind: "search".to_owned(),
            any: request.query.any,
            expand: request.expand,
            group: Some(request.selection.grouping.to_string()),
            ..RequestRow::new(&request.query, &request.selection, today)
        }
    }

    /// The row of a list's export.
    pub fn for_list(name: &ListName, dossier: &Dossier, today: Date) -> RequestRow {
        RequestRow {
            kind: "list".to_owned(),
            name: Some(name.to_string()),
            query: dossier.query.clone(),
            today: today.to_string(),
            ..RequestRow::default()
        }
    }

    /// The row of a quote sheet.
    pub fn for_quotes(request: &QuotesRequest, today: Date) -> RequestRow {
        let query = Some(request.query.text.clone()).filter(|it| !it.is_empty());
        RequestRow {
            kind: "quotes".to_owned(),
            name: Some(request.name.clone()),
            query,
            filters: Some(request.filters.clone()).filter(|it| !it.is_empty()),
            quote_kind: request.kind.map(|it| it.name().to_owned()),
            all: request.all,
            all_stances: request.all_stances,
            exactly: request.exactly,
            ..RequestRow::new(&request.query, &request.selection, today)
        }
    }

    fn new(query: &TypedQuery, selection: &Selection, today: Date) -> RequestRow {
        let Selection { limit, offset, order, fold, .. } = *selection;
        RequestRow {
            query: Some(query.text.clone()),
            today: today.to_string(),
            dialect: (query.dialect != Dialect::Morgue).then(|| query.dialect.to_string()),
            fold,
            limit: (limit != usize::MAX).then_some(limit),
            offset,
            order: Some(order.to_string()),
            ..RequestRow::default()
        }
    }

    /// The search that was asked for.
    pub(super) fn search(&self) -> Result<SearchRequest> {
        Ok(SearchRequest {
            query: self.typed_query()?,
            expand: self.expand,
            selection: self.selection(),
            context: 0,
        })
    }

    /// The quotes that were asked for.
    pub(super) fn quotes(&self) -> Result<QuotesRequest> {
        Ok(QuotesRequest {
            name: self.name.clone().unwrap_or_default(),
            query: self.typed_query()?,
            filters: self.filters.clone().unwrap_or_default(),
            kind: self.quote_kind.as_deref().and_then(QuoteKind::from_name),
            all: self.all,
            all_stances: self.all_stances,
            selection: self.selection(),
            timeline: None,
            why: false,
            exactly: self.exactly,
            about: false,
        })
    }

    fn typed_query(&self) -> Result<TypedQuery> {
        let dialect = match self.dialect.as_deref() {
            None => Dialect::Morgue,
            Some(name) => Dialect::from_name(name).with_context(|| {
                format!("this receipt's query is in the language `{name}`, which this program does not know")
            })?,
        };
        let text = self.query.clone().unwrap_or_default();
        Ok(TypedQuery { text, dialect, any: self.any, ..TypedQuery::default() })
    }

    fn selection(&self) -> Selection {
        Selection {
            limit: self.limit.unwrap_or(usize::MAX),
            offset: self.offset,
            order: self.order.as_deref().and_then(Order::from_name).unwrap_or_default(),
            grouping: self.group.as_deref().and_then(Grouping::from_name).unwrap_or_default(),
            fold: self.fold,
        }
    }
}
