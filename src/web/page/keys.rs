//! `/keys`: whether single keys do something. A cookie keeps it; the archive knows nothing of it.

use axum::http::header::SET_COOKIE;

use crate::web::{
    address::Address,
    asked::Asked,
    params::{Param, Takes},
    problem::Problem,
    reply::{Form, Reply},
    route::{Route, Verb},
};

/// What is routed here.
pub(super) const ROUTES: &[Route] = &[Route {
    path: "/keys",
    verb: Verb::Ask,
    forms: &[Form::Page],
    params: &[
        Param::new("on", Takes::Flag, "1 to let single keys do something, 0 to turn them off."),
        Param::new("back", Takes::Text(16 << 10), "The page of this server to go to then."),
    ],
    about: "Turns single keys on or off in this browser.",
    answer: turn,
    schema: None,
    examples: &[],
}];

/// A year.
const SECONDS_KEPT: u32 = 365 * 24 * 3600;

fn turn(asked: &Asked) -> Result<Reply, Problem> {
    let on = if asked.params.flag("on") { "1" } else { "0" };
    let to = asked.back_or(Address::to(&["search"]));
    let name = &asked.here.keys_cookie;
    let cookie = format!("{name}={on}; SameSite=Strict; Path=/; Max-Age={SECONDS_KEPT}");
    Ok(Reply::see_other(&to).with(SET_COOKIE, cookie))
}
