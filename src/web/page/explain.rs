//! `/explain`: how a query is read, and what each part of it stands for.

use crate::{
    render,
    search::Explanation,
    web::{
        asked::Asked,
        params::{Param, Takes},
        problem::Problem,
        reply::{Form, Reply},
        route::{Route, Verb},
        schema::schema_of,
    },
};

/// What is routed here.
pub(super) const ROUTES: &[Route] = &[Route {
    path: "/explain",
    verb: Verb::Get,
    forms: &[Form::Json],
    params: PARAMS,
    about: "How a query is read, as `morgue explain --format json`.",
    answer: explain,
    schema: Some(|generator| schema_of(generator, |it: &'static Explanation| render::explanation_row(it))),
    examples: &["/explain.json?q=siren+since%3A2012"],
}];

const PARAMS: &[Param] =
    &[Param::query("The query."), Param::new("any", Takes::Flag, "1 for any of the words rather than all.")];

fn explain(asked: &Asked) -> Result<Reply, Problem> {
    let explanation = asked.archive.explain_query(&asked.query("q"), asked.today)?;
    Ok(Reply::json(&render::explanation_row(&explanation)))
}
