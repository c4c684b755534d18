//! `/lists`: every reading list, and a new one.

use maud::{Markup, html};
use morgue_core::{count, number};

use super::{
    layout::{self, Section},
    parts, problem,
};
use crate::{
    archive::{Gather, ListName, ListSummary, Wanted},
    render::{Render as _, Row, object},
    web::{
        address::Address,
        asked::Asked,
        params::{Param, Takes},
        problem::{Problem, ProblemKind},
        reply::{Form, Reply},
        route::{Route, Verb},
        schema::schema_of,
    },
};

/// What is routed here.
pub(super) const ROUTES: &[Route] = &[
    Route {
        path: "/lists",
        verb: Verb::Get,
        forms: &Form::ALL,
        params: &[],
        about: "Every reading list with its counts.",
        answer: lists,
        schema: Some(|g| schema_of(g, |it: (&'static [ListSummary], u64)| answer_row(it.0, it.1))),
        examples: &["/lists.json"],
    },
    Route {
        path: "/lists",
        verb: Verb::Change,
        forms: &[Form::Page],
        params: NEW_PARAMS,
        about: "Makes a list; with a query, of what it finds.",
        answer: make,
        schema: None,
        examples: &[],
    },
];

const NEW_PARAMS: &[Param] = &[
    Param::new("name", Takes::Text(200), "The name of its file; made of the title if nothing is said."),
    Param::new("title", Takes::Text(500), "What people call it; its name if nothing is said."),
    Param::new("query", Takes::Text(crate::query::QUERY_BYTES_MAX), "The query that fills and refreshes it."),
    Param::new(
        "article",
        Takes::Texts(1024),
        "An article that is put on it, by its id, and perhaps `#` and a passage.",
    ),
    Param::new("back", Takes::Text(16 << 10), "The page of this server to go to then."),
];

fn answer_row(lists: &[ListSummary], generation: u64) -> impl Row {
    object! { lists: lists.rows().collect::<Vec<_>>(), generation }
}

fn lists(asked: &Asked) -> Result<Reply, Problem> {
    let lists = asked.archive.lists()?;
    Ok(match asked.form {
        Form::Page => Reply::page(page(asked, &lists, None)),
        Form::Json => Reply::json(&answer_row(&lists, asked.generation)),
        Form::Lines => Reply::lines(lists.rows(), asked.generation),
        Form::Csv => Reply::csv(lists.table()),
    })
}

/// The lists, and the form for a new one, with what was typed into it where that could not be done.
fn page(asked: &Asked, lists: &[ListSummary], wrong: Option<&Problem>) -> Markup {
    let content = html! {
        div.opening {
            h1 { "Reading lists" }
            p.soft role="status" {
                @if !lists.is_empty() { (count(lists.len(), "list")) ". " }
                "A list is a Markdown file in " code { "lists/" } " that any editor may change."
            }
        }
        section.section aria-label="Lists" {
            @if lists.is_empty() {
                p { "There is no list yet. A list keeps articles and passages on one matter, with your notes." }
            } @else {
                table.stack {
                    thead {
                        tr {
                            th scope="col" { "List" }
                            @for it in ["Entries", "Unread", "New", "Not in the archive"] { th.count scope="col" { (it) } }
                            th scope="col" { "Saved query" }
                        }
                    }
                    tbody { @for list in lists { (row(list)) } }
                }
            }
        }
        @if !asked.here.read_only { (new_list(asked, wrong)) }
    };
    layout::page(asked, Some(Section::Lists), "Lists", &content)
}

fn row(list: &ListSummary) -> Markup {
    let title = list.title.as_ref().unwrap_or(&list.name);
    html! {
        tr {
            th scope="row" {
                a href=(Address::list(&list.name)) { bdi { (title) } }
                @if list.problem.is_some() { " " span.wrong { "cannot be read" } }
            }
            @for (label, n) in [
                ("entries", list.entries()),
                ("unread", list.states[0]),
                ("new", list.new),
                ("not in the archive", list.missing),
            ] {
                // What cannot be read has no counts.
                td.count data-label=[list.problem.is_none().then_some(label)] {
                    @if list.problem.is_none() { (number(n)) }
                }
            }
            td {
                @if let Some(query) = &list.query { a href=(Address::search(query)) { code { bdi { (query) } } } }
                @if let Some(day) = list.refreshed { " " span.soft { "refreshed " (parts::day(day)) } }
            }
        }
    }
}

fn new_list(asked: &Asked, wrong: Option<&Problem>) -> Markup {
    let typed = |name: &str| asked.params.text(name).to_owned();
    let title = if typed("title").is_empty() { typed("name") } else { typed("title") };
    html! {
        section.section aria-labelledby="new" {
            h2 #new { "A new list" }
            @if let Some(problem) = wrong { (problem::detail(problem)) }
            form.row method="post" action="/lists" {
                label for="title" { "Name" }
                input #title name="title" required maxlength="200" size="24" autocomplete="off" value=(title)
                    aria-invalid=[wrong.map(|_| "true")] aria-describedby=[wrong.map(|_| "error")];
                label for="query" { "Filled by a query, or empty" }
                input #query name="query" size="30" autocomplete="off" value=(typed("query"));
                button { "Make it" }
            }
        }
    }
}

fn make(asked: &Asked) -> Result<Reply, Problem> {
    match made(asked) {
        Ok(name) => Ok(Reply::see_other(&asked.back_or(Address::list(&name.to_string())))),
        // What was typed stays in the form.
        Err(problem) => {
            let lists = asked.archive.lists()?;
            let page = page(&asked.at(&Address::to(&["lists"])), &lists, Some(&problem));
            Ok(Reply::page(page).status(problem.kind.status()))
        }
    }
}

/// Makes the list that the form describes.
fn made(asked: &Asked) -> Result<ListName, Problem> {
    let given = |name| Some(asked.params.text(name).trim()).filter(|it| !it.is_empty());
    let (name, title) = match (given("name"), given("title")) {
        (Some(name), title) => (named_or_titled(name)?, title.unwrap_or(name)),
        (None, Some(title)) => (titled(title)?, title),
        (None, None) => return Err(Problem::new(ProblemKind::Refused, "a list needs a name")),
    };
    let query = given("query").map(|it| Gather { query: it.to_owned(), passages: 1, ..Gather::default() });
    asked.archive.new_list(&name, Some(title.to_owned()), query.as_ref(), asked.today)?;
    let wanted: Vec<Wanted> = asked.params.texts("article").map(|it| Wanted(it.to_owned())).collect();
    if !wanted.is_empty() {
        asked.archive.add_articles(&name, &wanted)?;
    }
    Ok(name)
}

/// The list of that name; of a name that no file can have, the one for it as a title: `Who knew?`.
/// A path is neither.
fn named_or_titled(name: &str) -> Result<ListName, Problem> {
    let is_path = name.contains(['/', '\\']);
    ListName::new(name).or_else(|error| if is_path { Err(error.into()) } else { titled(name) })
}

fn titled(title: &str) -> Result<ListName, Problem> {
    let detail = || format!("no file can be called after `{}`", crate::web::params::shown(title));
    ListName::for_title(title).ok_or_else(|| Problem::new(ProblemKind::Refused, detail()))
}
