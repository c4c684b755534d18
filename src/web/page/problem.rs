//! The page of a problem: what is wrong, where, and what to do.

use maud::{Markup, html};

use super::{layout::bare_page, parts};
use crate::web::{
    address::Address,
    problem::{Problem, ProblemKind, QueryPlace},
};

/// The page of a problem.
pub(in crate::web) fn problem(problem: &Problem) -> Markup {
    let content = html! {
        div.opening {
            h1 { (problem.kind.title()) }
            (detail(problem))
            @if let Some(place) = &problem.place {
                form.ask role="search" action="/search" {
                    label for="q" { "Search the clippings" }
                    input #q name="q" value=(place.query) aria-invalid="true" aria-describedby="error"
                        autocomplete="off" spellcheck="false" autocapitalize="none";
                    button { "Search" }
                }
            }
            @if problem.kind == ProblemKind::NotFound {
                p { a href="/search" { "Search" } }
            }
            @if problem.kind == ProblemKind::Unauthorized {
                // A link on another site brings no cookie; the same link on this page does.
                p { a href="" { "Open this page again" } ", if this browser had it before." }
            }
        }
    };
    bare_page(problem.kind.title(), &content)
}

/// What is wrong, and who may be meant.
pub(super) fn detail(problem: &Problem) -> Markup {
    html! {
        @match &problem.place {
            Some(_) => { p { (parts::prose(&problem.detail)) } (mistake(problem, &Address::search)) },
            None => {
                div.error role="alert" #error {
                    p { (problem.detail) }
                    @if !problem.names.is_empty() {
                        ul { @for name in &problem.names { li { a href=(Address::person(name)) { (name) } } } }
                    }
                }
            },
        }
    }
}

/// The query again with its mistake marked, in words where that is, and the query that was probably
/// meant as a link; `to` is where a query leads.
pub(super) fn mistake(problem: &Problem, to: &dyn Fn(&str) -> Address) -> Markup {
    let Some(place) = &problem.place else { return html! {} };
    let QueryPlace { query, span: [start, end], hint } = &**place;
    let part = |from: usize, to: usize| query.get(from..to).unwrap_or_default();
    let letter = part(0, *start).chars().count() + 1;
    // What is missing has no letters to mark.
    let bad = match part(*start, *end) {
        "" => "␣",
        it => it,
    };
    html! {
        div.error #error role="alert" {
            p { code { (part(0, *start)) mark { (bad) } (part(*end, query.len())) } }
            // What is offered as a link says it already.
            @if problem.suggestion.is_none() { p { (parts::prose(&parts::sentence(hint))) } }
            p.soft { "The mistake is at letter " (letter) ". Nothing was searched." }
        }
        @if let Some(meant) = &problem.suggestion {
            p { "Did you mean " a href=(to(meant)) { code { (meant) } } "?" }
        }
    }
}
