//! What a search page was asked for, as the requests that the command line fills too, and the
//! addresses of the same page asked a little otherwise.

use morgue_core::Choice;

use crate::{
    query::{Facet, Grouping, Order},
    search::{CountsRequest, SearchRequest, Selection, TimelineBy, TimelineRequest},
    web::{
        address::Address,
        asked::Asked,
        cursor::Cursor,
        page::receipts::RECEIPT,
        params::{Param, RECEIPT_PARAM, Takes},
        problem::{Problem, ProblemKind},
        reply::Form,
    },
};

/// What `/search` takes.
pub(super) const PARAMS: &[Param] = &[
    Param::query("The query; the start page where there is none."),
    Param::new("sort", Takes::Choice(names::<Order>), "Which results come first."),
    Param::new("view", Takes::Choice(|| vec!["passages", "headlines"]), "How much of each article is shown."),
    Param::new("group", Takes::Choice(names::<Grouping>), "What one result is."),
    Param::new("fold", Takes::Flag, "0 to give what several versions of a story have several times."),
    Param::new("expand", Takes::Flag, "1 to look for related words too."),
    Param::new("any", Takes::Flag, "1 for any of the words rather than all."),
    Param::new("by", Takes::Choice(bars), "What one bar of the timeline is."),
    Param::new("share", Takes::Flag, "1 for how much of all articles of its time each bar is."),
    SIZE,
    Param::new("after", Takes::Text(64), "Where the page begins: `next` of the page before."),
    Param::new(
        "facets",
        Takes::Text(256),
        "Fields whose values are counted, with commas between; lines and tables of hits hold no counts.",
    ),
    Param::new(
        "timeline",
        Takes::Flag,
        "1 to count over time, in JSON, as `by` and `share` do; a page always does.",
    ),
    RECEIPT,
    Param::new("since", Takes::Text(64), "Leads to the query from that day on; blank for no such bound."),
    Param::new("until", Takes::Text(64), "Leads to the query up to that day; blank for no such bound."),
    Param::new("within", Takes::Text(2048), "Leads to the query with these words too."),
];

/// How many results a page has.
pub(super) const SIZE: Param = Param::new(
    "size",
    Takes::Number(1, 100, 10),
    "How many results; JSON Lines and CSV have all without it.",
);

/// What of it stands in the address of another page of the same search.
const KEPT: [&str; 10] = ["q", "sort", "view", "group", "fold", "expand", "any", "by", "share", "size"];

/// The fields that a page counts beside the results.
const FACETS: [Facet; 6] =
    [Facet::Source, Facet::Year, Facet::Place, Facet::Speaker, Facet::Section, Facet::Language];

/// So many values of a field stand beside the results.
pub(super) const VALUES_MAX: usize = 8;

/// So many where they were asked for.
pub(super) const ALL_VALUES_MAX: usize = 200;

/// How much of each article is shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum View {
    Passages,
    Headlines,
}

/// What was asked for.
pub(super) struct Wish<'a> {
    pub(super) asked: &'a Asked,
    pub(super) request: SearchRequest,
    pub(super) counts: CountsRequest,
    pub(super) view: View,
    /// Whether the index is another than that of the page before.
    pub(super) index_changed: bool,
}

impl<'a> Wish<'a> {
    /// Reads what was asked for. Fails for a field that cannot be counted, and for a cursor that
    /// cannot be read.
    pub(super) fn read(asked: &'a Asked) -> Result<Wish<'a>, Problem> {
        let (cursor, index_changed) = Cursor::of(asked)?;
        let params = &asked.params;
        let view = if params.text("view") == "headlines" { View::Headlines } else { View::Passages };
        let grouping = match (Grouping::from_name(params.text("group")), view) {
            (Some(it), _) => it,
            (None, View::Headlines) => Grouping::Article,
            (None, View::Passages) => Grouping::Passage,
        };
        let selection = Selection {
            limit: params.number(&SIZE),
            offset: cursor.offset,
            order: Order::from_name(params.text("sort")).unwrap_or_default(),
            grouping,
            fold: is_folded(asked),
        };
        let query = asked.query("q");
        let request = SearchRequest { query, expand: params.flag("expand"), selection, context: 0 };
        Ok(Wish { counts: counts(asked)?, asked, request, view, index_changed })
    }

    /// The query as typed.
    pub(super) fn query(&self) -> &str {
        &self.request.query.text
    }

    /// The first page of the same search, but for these parameters; one is left out where its value
    /// is empty.
    pub(super) fn link(&self, changes: &[(&str, &str)]) -> Address {
        let value = |name: &str| {
            let changed = changes.iter().find(|it| it.0 == name).map(|it| it.1);
            changed.unwrap_or_else(|| self.asked.params.text(name))
        };
        let to = Address::to(&["search"]);
        let to = KEPT.iter().fold(to, |to, name| to.with(name, value(name)));
        changes.iter().filter(|it| !KEPT.contains(&it.0)).fold(to, |to, (name, value)| to.with(name, value))
    }

    /// The same search with another query.
    pub(super) fn with_query(&self, query: &str) -> Address {
        self.link(&[("q", query)])
    }

    /// The page of the search that begins after `offset` results, in the form that was asked for.
    pub(super) fn at(&self, offset: usize) -> Address {
        let cursor = self.cursor(offset);
        let after = if offset == 0 { "" } else { cursor.as_str() };
        let params = &self.asked.params;
        let kept = ["facets", "timeline", RECEIPT_PARAM].map(|it| (it, params.text(it)));
        let changes: Vec<(&str, &str)> = kept.into_iter().chain([("after", after)]).collect();
        self.link(&changes).in_form(self.asked.form.extension())
    }

    /// The parameter by which counts were asked for, if any.
    pub(super) fn counted(&self) -> Option<&'static str> {
        let params = &self.asked.params;
        let is_asked = |name: &&str| !params.text(name).is_empty() && params.text(name) != "0";
        ["facets", "timeline", "by", "share"].into_iter().find(is_asked)
    }

    /// The cursor behind `offset` results.
    pub(super) fn cursor(&self, offset: usize) -> String {
        Cursor { generation: self.asked.generation, offset }.print()
    }

    /// Where the page after this one begins, if there is one.
    pub(super) fn next(&self, shown: usize, total: usize) -> Option<usize> {
        let end = self.request.selection.offset + shown;
        (shown > 0 && end < total).then_some(end)
    }
}

/// Whether what several versions have is given once, which is so unless it was asked otherwise.
pub(super) fn is_folded(asked: &Asked) -> bool {
    asked.params.text("fold") != "0"
}

fn counts(asked: &Asked) -> Result<CountsRequest, Problem> {
    let params = &asked.params;
    let is_page = asked.form == Form::Page;
    let named = |name: &str| {
        Facet::from_name(name).ok_or_else(|| {
            let all = names::<Facet>().join(", ");
            Problem::new(ProblemKind::BadParameter, format!("`{name}` cannot be counted; {all} can"))
        })
    };
    let wanted = params.text("facets").split(',').map(str::trim).filter(|it| !it.is_empty());
    let wanted: Vec<Facet> = wanted.map(named).collect::<Result<_, _>>()?;
    let limit = if is_page && wanted.is_empty() { VALUES_MAX + 1 } else { ALL_VALUES_MAX };
    let mut facets = if is_page { FACETS.to_vec() } else { Vec::new() };
    for facet in wanted {
        if !facets.contains(&facet) {
            facets.push(facet);
        }
    }
    let by = TimelineBy::from_name(params.text("by")).unwrap_or(TimelineBy::Fit);
    let timeline = TimelineRequest { by, share: params.flag("share") };
    // How a timeline is asks for one.
    let is_timed = is_page || params.flag("timeline") || params.has("by") || params.flag("share");
    Ok(CountsRequest { facets, limit, timeline: is_timed.then_some(timeline) })
}

/// The names of all values of a choice.
pub(super) fn names<T: Choice + 'static>() -> Vec<&'static str> {
    T::CHOICES.iter().map(|it| it.1).collect()
}

fn bars() -> Vec<&'static str> {
    names::<TimelineBy>()
}
