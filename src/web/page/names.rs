//! `/names`: how much the archive has of each of many names, and who each is.

use std::{io, sync::Arc};

use maud::{Markup, html};
use morgue_core::{count, number};

use super::{
    advice,
    layout::{self, Section},
};
use crate::{
    article::Published,
    attribute::people::Person,
    render,
    search::{Door, NameHits, SearchRequest, Selection, SpeakersRequest, names},
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
        path: "/names",
        verb: Verb::Get,
        forms: &[Form::Page],
        params: &[],
        about: "A box for many names or queries, one a line.",
        answer: blank,
        schema: None,
        examples: &[],
    },
    Route {
        path: "/names",
        verb: Verb::Ask,
        forms: &[Form::Lines, Form::Page],
        params: PARAMS,
        about: "How much there is of each of many names or queries, as `morgue search --names` with JSON Lines.",
        answer: count_names,
        schema: Some(|generator| {
            schema_of(generator, |it: &'static NameHits| render::name_row(it, Door::Data))
        }),
        examples: &[],
    },
];

const PARAMS: &[Param] = &[
    Param::new("names", Takes::Text(1 << 20), "Names or queries, one a line; `#` begins a remark."),
    SIZE,
    Param::new("fold", Takes::Flag, "0 to give what several versions of a story have several times."),
];

const SIZE: Param =
    Param::new("size", Takes::Number(0, 100, 3), "How many of the best hits of each, in data.");

/// So many names are answered on a page; data has all.
const NAMES_MAX: usize = 300;

/// So many people are named of a name.
const PEOPLE_MAX: usize = 3;

fn blank(asked: &Asked) -> Result<Reply, Problem> {
    Ok(reply(asked, &html! { (opening(asked)) }))
}

fn count_names(asked: &Asked) -> Result<Reply, Problem> {
    let wanted = names(asked.params.text("names"));
    let is_page = asked.form == Form::Page;
    if wanted.is_empty() && is_page {
        return blank(asked);
    }
    if wanted.is_empty() {
        return Err(Problem::new(ProblemKind::BadParameter, "there is no name in `names`; one a line"));
    }
    let fold = asked.params.text("fold") != "0";
    let limit = if is_page { 0 } else { asked.params.number(&SIZE) };
    let selection = Selection { limit, fold, ..Selection::default() };
    let request = SearchRequest { selection, ..SearchRequest::default() };
    if is_page {
        return Ok(reply(asked, &answered(asked, &wanted, &request)?));
    }
    let (archive, today, generation) = (Arc::clone(&asked.archive), asked.today, asked.generation);
    Ok(Reply::stream_of_lines(Box::new(move |out| {
        let mut count = 0;
        let mut write = |of: &NameHits| {
            count += 1;
            Ok(render::json_lines([render::name_row(of, Door::Data)], out)?)
        };
        // One thread, as a stream has: others want to search meanwhile.
        archive.names((&wanted, 1), &request, today, &mut write).map_err(io::Error::other)?;
        Reply::end_of_lines(count, (generation, None), out)
    })))
}

fn reply(asked: &Asked, content: &Markup) -> Reply {
    // A form is answered here: its own address is that of the box.
    let asked = asked.at(&Address::to(&["names"]));
    Reply::page(layout::page(&asked, Some(Section::People), "Many names at once", content))
}

fn opening(asked: &Asked) -> Markup {
    html! {
        header.opening {
            h1 { "Many names at once" }
            p { "Who of them is in the archive, how often, and from when to when. A line is a name or a query; a column of a spreadsheet will do." }
            form.ask method="post" action="/names" {
                label for="names" { "Names, one a line" }
                textarea #names name="names" rows="8" required dir="auto" spellcheck="false" { (asked.params.text("names")) }
                button { "Look for all" }
            }
        }
    }
}

/// The names with what there is of each.
fn answered(asked: &Asked, wanted: &[String], request: &SearchRequest) -> Result<Markup, Problem> {
    let some = &wanted[..wanted.len().min(NAMES_MAX)];
    let mut rows = Vec::new();
    let mut n_found = 0;
    asked.archive.names((some, 1), request, asked.today, &mut |of| {
        n_found += usize::from(of.articles > 0);
        rows.push(row(asked, of)?);
        Ok(())
    })?;
    let left = wanted.len() - some.len();
    Ok(html! {
        (opening(asked))
        section.section aria-labelledby="found" {
            h2 #found role="status" { (number(n_found)) " of " (count(some.len(), "name")) @if n_found == 1 { " is" } @else { " are" } " in the archive" }
            @if left > 0 {
                p { (count(left, "more line")) " not looked for: a page takes " (NAMES_MAX) ", " code { "/names.jsonl" } " and " code { "morgue search --names" } " take all." }
            }
            table.stack {
                thead { tr {
                    th scope="col" { "Name" } th.count scope="col" { "Articles" } th.count scope="col" { "Passages" }
                    th.count scope="col" { "Time" } th scope="col" { "Quoted as" }
                } }
                tbody { @for row in &rows { (row) } }
            }
            p.soft { "Articles and passages have the words, every version of a story counted; who is quoted may be called otherwise there." }
        }
    })
}

fn row(asked: &Asked, of: &NameHits) -> anyhow::Result<Markup> {
    let NameHits { name, read_as, articles, published, results, problem } = of;
    let query = read_as.as_deref().unwrap_or(name);
    let people = people(asked, name)?;
    Ok(html! {
        tr {
            th scope="row" {
                @if *articles > 0 { a href=(Address::search(query)) { bdi { (name) } } } @else { bdi { (name) } }
            }
            @if let Some(problem) = problem {
                td colspan="4" { bdi { (problem.lines().next().unwrap_or_default()) } }
            } @else {
                td.count data-label="Articles" { (number(*articles)) }
                td.count data-label="Passages" { (number(results.total)) }
                td.count data-label="Time" { @if let Some(it) = published { (time(it)) } @else { "–" } }
                td {
                    @for (at, person) in people.iter().take(PEOPLE_MAX).enumerate() {
                        @if at > 0 { br; }
                        a href=(Address::person_called(&person.full_name())) { bdi { (person.full_name()) } }
                        @if let Some(role) = person.roles.first() { ", " bdi { (role.role) } }
                        ", " (count(person.n_quotes, "quote"))
                    }
                    @if people.len() > PEOPLE_MAX { br; a href=(Address::to(&["people"]).with("name", name)) { "and others" } }
                    @if people.is_empty() && results.notes.is_empty() { "–" }
                    (advice::notes(results.notes.iter().map(String::as_str), query, &Address::search))
                }
            }
        }
    })
}

/// `May 2012 to 2018`, or the one of both.
fn time((first, last): &(String, String)) -> String {
    let words = |it: &String| Published::from_iso(it).map_or_else(|| it.clone(), Published::in_words);
    if first == last { words(first) } else { format!("{} to {}", words(first), words(last)) }
}

/// Those who have the name, the most quoted first; nobody where the line is a query.
fn people(asked: &Asked, name: &str) -> anyhow::Result<Vec<Person>> {
    let is_name = name.chars().all(|it| it.is_alphabetic() || " .,'’-".contains(it))
        && name.chars().any(char::is_alphabetic);
    if !is_name {
        return Ok(Vec::new());
    }
    let request =
        SpeakersRequest { names: vec![name.to_owned()], limit: PEOPLE_MAX + 1, ..SpeakersRequest::default() };
    Ok(asked.archive.speakers(&request)?.speakers)
}
