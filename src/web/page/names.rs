//! `/names`: how much the archive has of each of many names.

use std::{io, sync::Arc};

use crate::{
    render,
    search::{NameHits, SearchRequest, Selection, names},
    web::{
        asked::Asked,
        params::{Param, Takes},
        problem::{Problem, ProblemKind},
        reply::{Form, Reply},
        route::{Route, Verb},
        schema::schema_of,
    },
};

/// What is routed here.
pub(super) const ROUTES: &[Route] = &[Route {
    path: "/names",
    verb: Verb::Ask,
    forms: &[Form::Lines],
    params: PARAMS,
    about: "How much there is of each of many names or queries, as `morgue search --names` with JSON Lines.",
    answer: count_names,
    schema: Some(|generator| schema_of(generator, |it: &'static NameHits| render::name_row(it))),
    examples: &[],
}];

const PARAMS: &[Param] = &[
    Param::new("names", Takes::Text(1 << 20), "Names or queries, one a line; `#` begins a remark."),
    SIZE,
    Param::new("fold", Takes::Flag, "0 to give what several versions of a story have several times."),
];

const SIZE: Param = Param::new("size", Takes::Number(0, 100, 3), "How many of the best hits of each.");

fn count_names(asked: &Asked) -> Result<Reply, Problem> {
    let wanted = names(asked.params.text("names"));
    if wanted.is_empty() {
        return Err(Problem::new(ProblemKind::BadParameter, "there is no name in `names`; one a line"));
    }
    let fold = asked.params.text("fold") != "0";
    let selection = Selection { limit: asked.params.number(&SIZE), fold, ..Selection::default() };
    let request = SearchRequest { selection, ..SearchRequest::default() };
    let (archive, today, generation) = (Arc::clone(&asked.archive), asked.today, asked.generation);
    Ok(Reply::stream_of_lines(Box::new(move |out| {
        let mut count = 0;
        let mut write = |of: &NameHits| {
            count += 1;
            Ok(render::json_lines([render::name_row(of)], out)?)
        };
        // One thread, as a stream has: others want to search meanwhile.
        archive.names((&wanted, 1), &request, today, &mut write).map_err(io::Error::other)?;
        Reply::end_of_lines(count, (generation, None), out)
    })))
}
