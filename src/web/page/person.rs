//! `/people/{name}`: all quotes of a person, under all the names the archive has for them.

mod beside;
mod quotes;
mod whom;

use jiff::civil::Date;
use maud::{Markup, html};
use morgue_core::{count, number};

use super::{
    advice,
    chart::{Counted, chart},
    layout::{self, Section},
    parts,
    receipts::{self, RECEIPT},
};
use crate::{
    archive::{Receipt, RequestRow, hits_of_quotes},
    article::{Published, QuoteKind},
    attribute::people::{Person, RoleHeld},
    query::{self, Condition, Dialect, Facet, Order},
    render::{self, Render as _, Row, object},
    search::{QuotesRequest, QuotesResults, Selection, SpeakersResults, Timeline, TimelineRequest},
    web::{
        address::Address,
        asked::Asked,
        cursor::Cursor,
        params::{Param, Takes},
        problem::Problem,
        reply::{Form, Reply},
        route::{Route, Verb},
        schema::schema_of,
    },
};

/// What is routed here.
pub(super) const ROUTES: &[Route] = &[Route {
    path: "/people/{name}",
    verb: Verb::Get,
    forms: &Form::ALL,
    params: PARAMS,
    about: "Every quote of a person, under all the names that the archive has for them.",
    answer: person,
    schema: Some(|it| {
        schema_of(it, |(speakers, results): (&'static SpeakersResults, &'static QuotesResults)| {
            row(speakers, results, (None, None), (Vec::new(), 0, false, None))
        })
    }),
    examples: &["/people/Yusuf%20Tashkiri.json", "/people/Maren%20Kolvane.json?q=budget&kind=direct"],
}];

const SIZE: Param = Param::new(
    "size",
    Takes::Number(1, 100, 20),
    "How many on a page; lines and tables have all without it.",
);

pub(super) const KIND: Param = Param::new("kind", Takes::Choice(kinds), "Only quotes of this kind.");
pub(super) const FOLD: Param =
    Param::new("fold", Takes::Flag, "0 to give the same quote of every version of a story.");
pub(super) const ALL: Param =
    Param::new("all", Takes::Flag, "1 for the quotes of everybody whom the name fits.");
pub(super) const ALL_STANCES: Param = Param::new(
    "all_stances",
    Takes::Flag,
    "1 for quotes too that the articles deny, imagine, expect or only ask about.",
);
pub(super) const EXACTLY: Param =
    Param::new("exactly", Takes::Flag, "1 for whoever the archive calls exactly so, where there is one.");

const PARAMS: &[Param] = &[
    Param::query("Only quotes that match this query."),
    KIND,
    Param::new("sort", Takes::Choice(orders), "Which come first: the newest, or the best with a query."),
    FOLD,
    ALL,
    EXACTLY,
    ALL_STANCES,
    Param::new("why", Takes::Flag, "1 to say in data why each quote is theirs."),
    SIZE,
    RECEIPT,
    Param::new("after", Takes::Text(40), "Where the page begins, as the page before says."),
];

fn kinds() -> Vec<&'static str> {
    std::iter::once("any").chain(QuoteKind::ALL.map(QuoteKind::name)).collect()
}

/// The orders, that of a page without a query first.
pub(super) fn orders() -> Vec<&'static str> {
    let first = [Order::Newest, Order::Oldest, Order::Relevance];
    let others = Order::ALL.iter().copied().filter(|it| !first.contains(it));
    first.into_iter().chain(others).map(Order::name).collect()
}

fn person(asked: &Asked) -> Result<Reply, Problem> {
    let (cursor, index_changed) = Cursor::of(asked)?;
    let name = asked.part(0);
    let is_whole = matches!(asked.form, Form::Lines | Form::Csv) && !asked.params.has("size");
    let is_page = asked.form == Form::Page;
    let limit = if is_whole { usize::MAX } else { asked.params.number(&SIZE) };
    let request = QuotesRequest {
        timeline: is_page.then(TimelineRequest::default),
        why: asked.params.flag("why"),
        about: is_page,
        ..request(asked, cursor.offset, limit)
    };
    let results = if name.contains(char::is_alphanumeric) {
        match asked.archive.quotes(&request, asked.today) {
            Ok(results) => results,
            Err(error) => return whom::unanswered(asked, error),
        }
    } else {
        return whom::nobody(asked, &[]);
    };
    if results.speakers.is_empty() {
        return whom::nobody(asked, &results.notes);
    }
    let to = Address::person(name).in_form(asked.form.extension());
    let size = request.selection.limit;
    let extent = results.extent(cursor.offset);
    // A quotation over several paragraphs is not cut: a page may hold more than was asked for.
    let paging = cursor.around(asked, &to, (size, extent.shown, results.total));
    let made = || (RequestRow::for_quotes(&request, asked.today), hits_of_quotes(&results));
    let receipt = receipts::wanted(asked, made)?;
    let told = receipt.clone();
    let reply = match asked.form {
        Form::Page => {
            let (request_row, hits) = made();
            let receipt = &receipts::receipt(asked, request_row, hits)?;
            let page = Page { asked, request: &request, results: &results, receipt };
            Reply::page(page.markup(paging.links())?)
        }
        Form::Json => {
            let speakers = results.speakers.clone();
            let speakers =
                SpeakersResults { total: speakers.len(), speakers, named: true, notes: Vec::new() };
            let about = (asked.said(&results.notes), asked.generation, index_changed, receipt.as_ref());
            Reply::json(&row(&speakers, &results, paging.next(asked), about))
        }
        Form::Lines => {
            let generation = asked.generation;
            Reply::stream_of_lines(Box::new(move |out| {
                render::json_lines(results.rows(), out)?;
                Reply::end_of_lines(results.quotes.len(), (generation, receipt.as_ref()), out)
            }))
        }
        Form::Csv => Reply::csv(results.table()),
    };
    let reply = receipts::carried(asked, reply, told.as_ref());
    Ok(paging.linked(asked, reply))
}

/// A page of quotes as JSON, with whose they are. `next` is what `after` is for the page after it,
/// and its address.
fn row(
    speakers: &SpeakersResults,
    results: &QuotesResults,
    (next, next_url): (Option<String>, Option<String>),
    (notes, generation, index_changed, receipt): (Vec<String>, u64, bool, Option<&Receipt>),
) -> impl Row {
    object! {
        speakers: speakers.rows().collect::<Vec<_>>(),
        quotes: results.rows().collect::<Vec<_>>(),
        total: object! {
            quotes: results.total,
            /// How many of them go on with the quotation before them.
            continuing: results.continuing,
            /// How many more stand in copies.
            folded: results.folded,
            /// How many more the articles deny, imagine, expect or ask about, which were left out.
            unsaid: results.unsaid,
        },
        notes,
        /// What `after` is for the next page; `null` on the last.
        next,
        /// The next page; `null` on the last.
        next_url,
        generation,
        /// Whether the page before was made of another state of the index.
        index_changed,
        /// What was asked and found, to run again by `POST /replay`; with `receipt=1`.
        receipt,
    }
}

/// The quotes that were asked for, from one of them on, as many as `limit`.
pub(super) fn request(asked: &Asked, offset: usize, limit: usize) -> QuotesRequest {
    let params = &asked.params;
    let by_default = if params.text("q").trim().is_empty() { Order::Newest } else { Order::Relevance };
    QuotesRequest {
        name: asked.part(0).to_owned(),
        query: asked.query("q"),
        kind: QuoteKind::from_name(params.text("kind")),
        all: params.flag("all"),
        exactly: params.flag("exactly"),
        all_stances: params.flag("all_stances"),
        selection: Selection {
            limit,
            offset,
            order: Order::from_name(params.text("sort")).unwrap_or(by_default),
            fold: params.text("fold") != "0",
            ..Selection::default()
        },
        ..QuotesRequest::default()
    }
}

/// What the page is made of.
struct Page<'a> {
    asked: &'a Asked,
    request: &'a QuotesRequest,
    results: &'a QuotesResults,
    receipt: &'a Receipt,
}

impl Page<'_> {
    fn markup(&self, around: (Option<&Address>, Option<&Address>)) -> Result<Markup, Problem> {
        let title = self.title();
        let roles = self.roles()?;
        let namesakes = self.namesakes()?;
        let content = html! {
            (self.opening(&title))
            div.columns {
                div {
                    (roles)
                    @if let Some(timeline) = self.results.timeline.as_ref().filter(|_| self.results.total > 0) { (self.timeline(timeline)) }
                    (self.quotes(around))
                    (receipts::section(self.asked, self.receipt))
                }
                aside.facets aria-label="Names, kinds, outlets, others" {
                    (self.names())
                    (namesakes)
                    (self.about())
                    (self.outlets())
                    @if self.results.total > 0 { (self.files()) }
                }
            }
        };
        Ok(layout::page(self.asked, Some(Section::People), &title, &content))
    }

    /// The one person, unless the name means several.
    fn person(&self) -> Option<&Person> {
        match self.results.speakers.as_slice() {
            [person] => Some(person),
            _ => None,
        }
    }

    fn title(&self) -> String {
        self.person().map_or_else(|| self.request.name.clone(), Person::full_name)
    }

    /// This page with a parameter changed, from the first quote on.
    fn changed(&self, name: &str, value: &str) -> Address {
        const KEPT: [&str; 8] = ["q", "kind", "sort", "fold", "all", "exactly", "all_stances", "size"];
        let others = KEPT.into_iter().filter(|it| *it != name);
        let to = Address::person(&self.request.name);
        others.fold(to, |to, it| to.with(it, self.asked.params.text(it))).with(name, value)
    }

    /// This page with a condition added to its query, if that can be asked for.
    fn narrowed(&self, field: Facet, value: &str) -> Option<Address> {
        let condition = Condition { field, value: Some(value.to_owned()), exclude: false };
        let query = query::narrowed(self.asked.params.text("q"), Dialect::default(), &condition);
        Some(self.changed("q", &query.ok()?))
    }

    fn opening(&self, title: &str) -> Markup {
        let results = self.results;
        html! {
            header.opening {
                p.soft { "Quotes of" }
                h1 { bdi { (title) } }
                @for person in &results.speakers {
                    p {
                        @if self.person().is_none() {
                            a href=(Address::person_called(&person.full_name())) { bdi { (person.full_name()) } } ": "
                        }
                        (counts(person))
                    }
                }
                p.soft { "“In this archive since” says where the clippings begin, not where an office did." }
                (advice::notes(results.notes.iter().map(String::as_str), &self.request.query.text, &|it| self.changed("q", it)))
                p.paper {
                    "Asked: quotes of " bdi { (self.request.name) }
                    @if let Some(kind) = self.request.kind { ", " (kind.name()) }
                    @if self.has_query() { ", that match " code { (self.request.query.text) } }
                    @if let Some(read_as) = self.receipt.request.reading().filter(|_| self.has_query()) {
                        ", read as " code { (read_as) }
                    }
                    ". " (parts::capital(&count(self.results.total, "quote"))) "."
                    (parts::part_on_paper(self.request.selection.offset, self.results.quotes.len(), self.results.total))
                    " " (self.order()) " first, " @if self.request.selection.fold { "copies folded" } @else { "copies shown" }
                    ". Printed " (parts::day(self.asked.today)) " from generation " (self.asked.generation)
                    " of the index. Receipt " (self.receipt.id) "."
                }
            }
        }
    }

    fn has_query(&self) -> bool {
        !self.request.query.text.trim().is_empty()
    }

    fn order(&self) -> &'static str {
        match self.request.selection.order {
            Order::Relevance => "best",
            Order::Newest => "newest",
            Order::Oldest => "oldest",
            Order::Added => "last added",
        }
    }

    /// Which roles the articles give, each with its time.
    fn roles(&self) -> Result<Markup, Problem> {
        let Some(person) = self.person().filter(|it| !it.roles.is_empty()) else { return Ok(html! {}) };
        let mut roles: Vec<&RoleHeld> = person.roles.iter().collect();
        roles.sort_by_key(|it| (it.days.is_none(), it.days));
        let all = self.asked.archive.days()?;
        Ok(html! {
            section.section aria-labelledby="roles" {
                h2 #roles { "Roles over the years" }
                table.stack {
                    thead { tr {
                        th scope="col" { "Role" } th scope="col" { "From the first article to the last" }
                        th scope="col" { "Quotes" }
                        @if let Some(all) = all { th scope="col" { (parts::years(all)) } }
                    } }
                    tbody {
                        @for role in roles {
                            tr {
                                th scope="row" { bdi { (role.role) } }
                                td { (days(role.days)) }
                                td data-label="Quotes" { (number(role.n_quotes)) " in " (count(role.n_articles, "article")) }
                                @if let Some(all) = all { td { (parts::span_of_time(all, role.days)) } }
                            }
                        }
                    }
                }
                @if person.role_by_hand { p.soft { "The role is that of " code { "people.toml" } "." } }
            }
        })
    }

    fn timeline(&self, timeline: &Timeline) -> Markup {
        let link = |period: &str| self.narrowed(Facet::Year, period).filter(|_| !period.is_empty());
        let caption = html! { span { "Quotes by the date of the article" } };
        html! {
            section.section aria-labelledby="years" {
                h2 #years { "Quotes a " (timeline.period.name()) }
                figure { (chart(timeline, Counted::Quotes, link, &caption)) }
            }
        }
    }
}

/// `55 quotes in 27 articles of 5 outlets. In this archive since 2012, last on 17 May 2024.`
fn counts(person: &Person) -> Markup {
    html! {
        (count(person.n_quotes, "quote")) " in " (count(person.n_articles, "article"))
        @if person.sources.len() > 1 { " of " (count(person.sources.len(), "outlet")) }
        ", every version of a story counted. "
        @match person.days {
            Some(days) => {
                @let last = Published::ends(days).1;
                "In this archive since " (days.0.year()) ", last "
                @if matches!(last, Published::Day(_)) { "on " } @else { "in " } (parts::time(last)) "."
            },
            None => "No article is dated.",
        }
    }
}

/// From when to when, as fine as it is known: an article of a year says nothing of a day.
fn days(days: Option<(Date, Date)>) -> Markup {
    html! {
        @match days.map(Published::ends) {
            Some((first, last)) if first == last => (parts::time(first)),
            Some((first, last)) => { (parts::time(first)) " to " (parts::time(last)) },
            None => "undated",
        }
    }
}
