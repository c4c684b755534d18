//! `/search`: what the archive has on something.

use maud::html;

use super::layout::{self, Section};
use crate::web::{
    asked::Asked,
    params::Param,
    problem::Problem,
    reply::{Form, Reply},
    route::{Route, Verb},
};

/// What is routed here.
pub(super) const ROUTES: &[Route] = &[Route {
    path: "/search",
    verb: Verb::Get,
    forms: &Form::ALL,
    params: PARAMS,
    about: "Passages that match a query, best first.",
    answer: search,
    schema: None,
    examples: &["/search.json?q=siren"],
}];

const PARAMS: &[Param] = &[Param::query("The query; the start page where there is none.")];

fn search(asked: &Asked) -> Result<Reply, Problem> {
    let content = html! {
        form.ask role="search" action="/search" {
            label for="q" { "Search the clippings" }
            input #q name="q" value=(asked.params.text("q")) autocomplete="off" spellcheck="false" autocapitalize="none";
            button { "Search" }
        }
    };
    Ok(Reply::page(layout::page(asked, Some(Section::Search), "Search", &content)))
}
