//! The pages of a name that is nobody's, or several people's.

use axum::http::StatusCode;
use maud::html;
use morgue_core::{count, number};

use super::quotes::query_form;
use crate::{
    search::{self, AmbiguousName},
    web::{
        address::Address,
        asked::Asked,
        page::{
            layout::{self, Section},
            parts, problem,
        },
        problem::{Problem, ProblemKind},
        reply::{Form, Reply},
    },
};

/// The page of a question that is not answered: whom the name may mean, or what is wrong with the
/// query; any other problem as on every page.
pub(super) fn unanswered(asked: &Asked, error: anyhow::Error) -> Result<Reply, Problem> {
    let problem: Problem = match error.downcast::<search::Error>() {
        Ok(search::Error::Name(name)) if asked.form == Form::Page => return Ok(several(asked, &name)),
        Ok(error) => error.into(),
        Err(error) => error.into(),
    };
    let is_of_query = matches!(problem.kind, ProblemKind::QuerySyntax | ProblemKind::QueryTooCostly);
    if asked.form == Form::Page && is_of_query { Ok(unread(asked, &problem)) } else { Err(problem) }
}

/// The box with the query that cannot be read, and what is wrong with it.
fn unread(asked: &Asked, problem: &Problem) -> Reply {
    let name = asked.part(0);
    let to = |query: &str| asked.params.changed(Address::person(name), "q", query).without("after");
    let content = html! {
        header.opening {
            p.soft { "Quotes of" }
            h1 { bdi { (name) } }
            p { (parts::prose(&parts::sentence(&problem.detail))) }
            (problem::mistake(problem, &to))
            @if problem.place.is_none() { div.error #error role="alert" { p { code { (asked.params.text("q")) } } } }
        }
        section.section aria-label="Quotes" {
            (query_form(asked, true))
            p { a href=(to("")) { "All quotes" } }
            p { a href="/help/query-language" { "The query language" } " has what can be asked." }
        }
    };
    Reply::page(layout::page(asked, Some(Section::People), name, &content)).status(problem.kind.status())
}

/// The page that lists whom an ambiguous name may mean.
fn several(asked: &Asked, AmbiguousName { candidates, .. }: &AmbiguousName) -> Reply {
    let name = asked.part(0);
    let content = html! {
        header.opening {
            p.soft { "Several people" }
            h1 { bdi { (name) } }
            p role="status" { (number(candidates.len())) " speakers have this name. Whose quotes?" }
        }
        section.section aria-label="People" {
            table.stack {
                thead { tr {
                    th scope="col" { "Name" } th scope="col" { "Role given most" }
                    th.count scope="col" { "Quotes" } th.count scope="col" { "Articles" }
                    th.count scope="col" { "In this archive" }
                } }
                tbody {
                    @for person in candidates {
                        tr {
                            th scope="row" {
                                a href=(with_query(asked, Address::person_called(&person.full_name()))) {
                                    bdi { (person.full_name()) }
                                }
                                @if person.is_bare() { " " span.soft { "no other name given" } }
                                @if !person.has_own_name() { " " span.soft { "(" (person.kind.name()) ")" } }
                            }
                            td { @match person.roles.first() { Some(it) => bdi { (it.role) }, None => "–" } }
                            td.count data-label="Quotes" { (number(person.n_quotes)) }
                            td.count data-label="Articles" { (number(person.n_articles)) }
                            td.count data-label="In this archive" { (person.years().unwrap_or("undated".into())) }
                        }
                    }
                }
            }
            p { a href=(with_query(asked, Address::person(name)).with("all", "1")) { "The quotes of everybody" } }
        }
    };
    let page = layout::page(asked, Some(Section::People), name, &content);
    Reply::page(page).status(StatusCode::MULTIPLE_CHOICES)
}

pub(super) fn with_query(asked: &Asked, to: Address) -> Address {
    to.with("q", asked.params.text("q"))
}

/// Nobody has the name: whose names are nearly so.
pub(super) fn nobody(asked: &Asked, notes: &[String]) -> Result<Reply, Problem> {
    let name = asked.part(0);
    let nearest = asked.archive.nearest_people(name)?;
    if asked.form != Form::Page {
        let detail = std::iter::once(format!("nobody called `{name}` is quoted"));
        let detail: Vec<String> = detail.chain(asked.said(notes)).collect();
        let names = nearest.into_iter().map(|it| it.0).collect();
        return Err(Problem { names, ..Problem::not_found(detail.join("; ")) });
    }
    let content = html! {
        header.opening {
            p.soft { "Person" }
            h1 { bdi { (name) } }
            p role="status" { "Nobody of this name is quoted in this archive." }
            @if nearest.is_empty() { (parts::notes(notes)) }
        }
        @if !nearest.is_empty() {
            section.section aria-labelledby="nearest" {
                h2 #nearest { "Names that are nearly so" }
                ul {
                    @for (name, n) in &nearest {
                        li {
                            a href=(with_query(asked, Address::person_called(name))) { bdi { (name) } }
                            ", " (count(*n, "quote"))
                        }
                    }
                }
            }
        }
        section.section aria-label="Elsewhere" {
            p { a href=(Address::search(&format!("\"{}\"", name.replace('"', " ")))) { "Search the clippings for the name" } }
            p { a href="/people" { "All people who are quoted" } }
        }
    };
    let page = layout::page(asked, Some(Section::People), name, &content);
    Ok(Reply::page(page).status(StatusCode::NOT_FOUND))
}
