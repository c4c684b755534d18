//! `/people`: who is quoted.

use jiff::civil::Date;
use maud::{Markup, html};
use morgue_core::{Choice as _, count, number};

use super::{
    layout::{self, Section},
    parts,
};
use crate::{
    attribute::people::Person,
    render::{Render as _, Row, object},
    search::{Extent, SimilarResults, SpeakersOrder, SpeakersRequest, SpeakersResults},
    web::{
        address::Address,
        asked::Asked,
        cursor::{Cursor, Paging},
        params::{Param, Takes},
        problem::Problem,
        reply::{Form, Reply},
        route::{Route, Verb},
        schema::{any_of, schema_of},
    },
};

/// What is routed here.
pub(super) const ROUTES: &[Route] = &[Route {
    path: "/people",
    verb: Verb::Get,
    forms: &Form::ALL,
    params: PARAMS,
    about: "Who is quoted: names, roles, how often, from when to when.",
    answer: people,
    schema: Some(|it| {
        any_of(&[
            schema_of(it, |results: &'static SpeakersResults| row(results, Vec::new(), Page::default())),
            schema_of(it, |results: &'static SimilarResults| pairs_row(results, Page::default())),
        ])
    }),
    examples: &[
        "/people.json?min=6",
        "/people.json?name=kolvane&sort=recent",
        "/people.jsonl?min=20",
        "/people.json?similar=1",
    ],
}];

const MIN: Param =
    Param::new("min", Takes::Number(1, 1_000_000, 1), "Only those with at least this many quotes.");
const SIZE: Param = Param::new(
    "size",
    Takes::Number(1, 100, 50),
    "How many on a page; lines and tables have all without it.",
);

const PARAMS: &[Param] = &[
    Param::new("name", Takes::Text(200), "Only those who have this name, or a part of it."),
    MIN,
    Param::new("sort", Takes::Choice(orders), "Which come first."),
    Param::new("all", Takes::Flag, "Groups and unnamed people too."),
    Param::new("similar", Takes::Flag, "Instead, pairs of names that may be one person's."),
    SIZE,
    Param::new("after", Takes::Text(40), "Where the page begins, as the page before says."),
];

fn orders() -> Vec<&'static str> {
    SpeakersOrder::ALL.iter().map(|it| it.name()).collect()
}

fn people(asked: &Asked) -> Result<Reply, Problem> {
    if asked.params.flag("similar") {
        return similar(asked);
    }
    let (cursor, index_changed) = Cursor::of(asked)?;
    let is_whole = matches!(asked.form, Form::Lines | Form::Csv) && !asked.params.has("size");
    let size = asked.params.number(&SIZE);
    let request = SpeakersRequest {
        names: names(asked),
        quotes_min: asked.params.number(&MIN),
        order: SpeakersOrder::from_name(asked.params.text("sort")).unwrap_or_default(),
        all_kinds: asked.params.flag("all"),
        limit: if is_whole { 0 } else { size },
        offset: cursor.offset,
    };
    let results = asked.archive.speakers(&request)?;
    let to = Address::to(&["people"]).in_form(asked.form.extension());
    let paging = cursor.around(asked, &to, (size, results.speakers.len(), results.total));
    let reply = match asked.form {
        Form::Page => Reply::page(page(asked, &request, &results, paging.links())?),
        Form::Json => {
            let page = Page { next: paging.next(asked), generation: asked.generation, index_changed };
            Reply::json(&row(&results, asked.said(&results.notes), page))
        }
        Form::Lines => Reply::lines(results.rows(), asked.generation),
        Form::Csv => Reply::csv(results.table()),
    };
    Ok(paging.linked(asked, reply))
}

/// What data says of the page that it is.
#[derive(Default)]
struct Page {
    /// What `after` is for the next one, and its address.
    next: (Option<String>, Option<String>),
    generation: u64,
    /// Whether the page before was made of another state of the index.
    index_changed: bool,
}

/// A page of people as JSON.
fn row(results: &SpeakersResults, said: Vec<String>, page: Page) -> impl Row {
    let Page { next: (next, next_url), generation, index_changed } = page;
    object! {
        speakers: results.rows().collect::<Vec<_>>(),
        total: results.total,
        notes: said,
        /// What `after` is for the next page; `null` on the last.
        next,
        /// The next page; `null` on the last.
        next_url,
        generation,
        /// Whether the page before was made of another state of the index.
        index_changed,
    }
}

/// The name that was asked for, as the archive takes names.
fn names(asked: &Asked) -> Vec<String> {
    let name = asked.params.text("name").trim();
    if name.is_empty() { Vec::new() } else { vec![name.to_owned()] }
}

fn page(
    asked: &Asked,
    request: &SpeakersRequest,
    results: &SpeakersResults,
    around: (Option<&Address>, Option<&Address>),
) -> Result<Markup, Problem> {
    let SpeakersResults { speakers, total, notes, .. } = results;
    let days = asked.archive.days()?;
    let extent = Extent { shown: speakers.len(), offset: request.offset, total: *total, unit: "people" };
    let content = html! {
        header.opening {
            h1 { "People quoted in this archive" }
            p.soft role="status" {
                @match request.names.first() {
                    Some(name) => { (people_are(*total)) " called " b { bdi { (name) } } },
                    None => { (people_are(*total)) " quoted" },
                }
                @if request.quotes_min > 1 { " " (number(request.quotes_min)) " times or more" }
                ". Counts take every version of a story."
            }
            (parts::notes(notes))
            p.paper {
                "People, " (order_in_words(request.order)) ". Printed " (parts::day(asked.today))
                " from generation " (asked.generation) " of the index."
            }
        }
        section.section aria-label="People" {
            (filter(asked, request))
            @if !speakers.is_empty() {
                (parts::pages(extent, around, "Pages of people, above"))
                (table(speakers, days))
                (parts::pages(extent, around, "Pages of people, below"))
            }
        }
        p { a href="/people?similar=1" { "Names that may be one person’s" } }
        p { a href="/names" { "Many names at once" } }
    };
    Ok(layout::page(asked, Some(Section::People), "People", &content))
}

fn people_are(n: usize) -> String {
    if n == 1 { "1 is".to_owned() } else { format!("{} are", number(n)) }
}

fn order_in_words(order: SpeakersOrder) -> String {
    let of = |it: &&(SpeakersOrder, &str, &'static str)| it.0 == order;
    SpeakersOrder::CHOICES.iter().find(of).map_or("", |it| it.2).to_lowercase() + " first"
}

fn filter(asked: &Asked, request: &SpeakersRequest) -> Markup {
    let order = |it: SpeakersOrder| match it {
        SpeakersOrder::Quotes => "most quotes",
        SpeakersOrder::Articles => "most articles",
        SpeakersOrder::Name => "name",
        SpeakersOrder::Recent => "quoted last",
    };
    html! {
        form.row action="/people" {
            label for="name" { "Name" }
            input #name name="name" value=(asked.params.text("name")) autocomplete="off" spellcheck="false";
            label for="min" { "At least" }
            input #min name="min" value=(request.quotes_min) size="4" inputmode="numeric";
            span { "quotes" }
            label for="sort" { "Order" }
            select #sort name="sort" {
                @for it in SpeakersOrder::ALL {
                    option value=(it.name()) selected[*it == request.order] { (order(*it)) }
                }
            }
            label { input type="checkbox" name="all" value="1" checked[request.all_kinds]; "groups and unnamed too" }
            button { "Show" }
        }
    }
}

fn table(speakers: &[Person], days: Option<(Date, Date)>) -> Markup {
    html! {
        table.stack {
            thead { tr {
                th scope="col" { "Name" }
                th scope="col" { "Role given most" }
                th.count scope="col" { "Quotes" }
                th.count scope="col" { "Articles" }
                th.count scope="col" { "In this archive" }
                @if let Some(days) = days { th scope="col" { (parts::years(days)) } }
            } }
            tbody {
                @for person in speakers {
                    tr {
                        th scope="row" {
                            a href=(Address::person_called(&person.full_name())) { bdi { (person.full_name()) } }
                            @if !person.has_own_name() { " " span.soft { "(" (person.kind.name()) ")" } }
                            (also(person))
                        }
                        td { @match person.roles.first() { Some(it) => bdi { (it.role) }, None => "–" } }
                        td.count data-label="Quotes" { (number(person.n_quotes)) }
                        td.count data-label="Articles" { (number(person.n_articles)) }
                        td.count data-label="In this archive" { (person.years().unwrap_or("undated".into())) }
                        @if let Some(days) = days { td { (parts::span_of_time(days, person.days)) } }
                    }
                }
            }
        }
    }
}

/// The other names of a person, the first of them.
fn also(person: &Person) -> Markup {
    const NAMES_MAX: usize = 4;
    let others: Vec<&str> = others(person);
    html! {
        @if !others.is_empty() {
            br;
            span.soft {
                "also "
                @for (n, it) in others.iter().take(NAMES_MAX).enumerate() { @if n > 0 { "; " } bdi { (it) } }
                @if others.len() > NAMES_MAX { "; " (count(others.len() - NAMES_MAX, "more name")) }
            }
        }
    }
}

/// The other ways that a name is written, each once.
fn others(person: &Person) -> Vec<&str> {
    let mut others: Vec<&str> = Vec::new();
    for it in person.names.iter().map(|it| it.name.as_str()).filter(|it| *it != person.name) {
        if !others.contains(&it) {
            others.push(it);
        }
    }
    others
}

/// Pairs of names that may be one person's.
fn similar(asked: &Asked) -> Result<Reply, Problem> {
    let (cursor, index_changed) = Cursor::of(asked)?;
    let size = asked.params.number(&SIZE);
    let limit = match asked.form {
        Form::Lines | Form::Csv if !asked.params.has("size") => 0,
        _ => cursor.offset + size,
    };
    let mut results = asked.archive.similar_speakers(&names(asked), asked.params.number(&MIN), limit)?;
    results.pairs.drain(..cursor.offset.min(results.pairs.len()));
    let to = Address::to(&["people"]).in_form(asked.form.extension());
    let paging = cursor.around(asked, &to, (size, results.pairs.len(), results.total));
    let reply = match asked.form {
        Form::Page => Reply::page(pairs(asked, &results, cursor.offset, &paging)),
        Form::Json => {
            let page = Page { next: paging.next(asked), generation: asked.generation, index_changed };
            Reply::json(&pairs_row(&results, page))
        }
        Form::Lines => Reply::lines(results.rows(), asked.generation),
        Form::Csv => Reply::csv(results.table()),
    };
    Ok(paging.linked(asked, reply))
}

/// A page of pairs as JSON.
fn pairs_row(results: &SimilarResults, page: Page) -> impl Row {
    let Page { next: (next, next_url), generation, index_changed } = page;
    object! {
        pairs: results.rows().collect::<Vec<_>>(),
        total: results.total,
        /// What `after` is for the next page; `null` on the last.
        next,
        /// The next page; `null` on the last.
        next_url,
        generation,
        /// Whether the page before was made of another state of the index.
        index_changed,
    }
}

fn pairs(asked: &Asked, results: &SimilarResults, offset: usize, paging: &Paging) -> Markup {
    let extent = Extent { shown: results.pairs.len(), offset, total: results.total, unit: "pair" };
    let side = |name: &str| html! { a href=(Address::person_called(name)) { bdi { (name) } } };
    let reasons = |it: &[String]| if it.is_empty() { "–".to_owned() } else { it.join("; ") };
    let content = html! {
        header.opening {
            h1 { "Names that may be one person’s" }
            p.soft role="status" {
                (count(results.total, "pair")) ", the likely ones first. Your " code { "people.toml" } " decides; these pages change nothing."
            }
        }
        section.section aria-label="Pairs of names" {
            (parts::pages(extent, paging.links(), "Pages of pairs, above"))
            table.stack {
                thead { tr {
                    th scope="col" { "Names" } th scope="col" { "Taken as" } th scope="col" { "For" }
                    th scope="col" { "Against" }
                } }
                tbody {
                    @for pair in &results.pairs {
                        tr {
                            td { (side(&pair.one.name)) " and " (side(&pair.other.name)) }
                            td { (pair.standing.name()) ": " (pair.likeness) }
                            td data-label="For" { bdi { (reasons(&pair.pro)) } }
                            td data-label="Against" { bdi { (reasons(&pair.contra)) } }
                        }
                    }
                }
            }
            (parts::pages(extent, paging.links(), "Pages of pairs, below"))
        }
        p { a href="/people" { "All people" } }
    };
    layout::page(asked, Some(Section::People), "Names that may be one person’s", &content)
}
