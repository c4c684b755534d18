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

/// What is wrong, where, and what to do.
pub(super) fn detail(problem: &Problem) -> Markup {
    html! {
        div.error role="alert" #error {
            p { (problem.detail) }
            @if let Some(place) = &problem.place { (in_query(place)) }
            @if !problem.names.is_empty() {
                ul { @for name in &problem.names { li { a href=(Address::person(name)) { (name) } } } }
            }
        }
    }
}

/// The query again, its bad part marked.
fn in_query(place: &QueryPlace) -> Markup {
    let QueryPlace { query, span: [start, end], hint } = place;
    let part = |from: usize, to: usize| query.get(from..to).unwrap_or_default();
    html! {
        p { code { (part(0, *start)) mark { (part(*start, *end)) } (part(*end, query.len())) } }
        p { (parts::prose(&parts::capital(hint))) }
    }
}
