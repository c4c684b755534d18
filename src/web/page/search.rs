//! `/search`: what the archive has on something, as a page and as data.

mod aside;
mod data;
mod header;
mod hits;
mod nothing;
mod start;
mod wish;

use axum::http::StatusCode;
use maud::{Markup, html};
use morgue_core::number;

use super::{
    layout::{self, Section},
    parts, receipts,
};
use crate::{
    archive::{RequestRow, hits_of_search},
    query::{Dialect, timed, within},
    search::Results,
    web::{
        asked::Asked,
        problem::{Problem, ProblemKind},
        reply::{Form, Reply},
        route::{Route, Verb},
        schema::schema_of,
    },
};
use wish::{PARAMS, Wish};

/// What is routed here.
pub(super) const ROUTES: &[Route] = &[Route {
    path: "/search",
    verb: Verb::Get,
    forms: &Form::ALL,
    params: PARAMS,
    about: "Passages that match a query, best first.",
    answer: search,
    schema: Some(|generator| schema_of(generator, |it: &'static data::Found<'static>| data::document(it))),
    examples: &["/search.json?q=siren", "/search.json?q=siren&size=2&facets=source,year&timeline=1"],
}];

fn search(asked: &Asked) -> Result<Reply, Problem> {
    if asked.form == Form::Page {
        return page(asked).or_else(|problem| unread(asked, problem));
    }
    if let Some(reply) = led_on(asked)? {
        return Ok(reply);
    }
    data::answer(&Wish::read(asked)?)
}

/// Where the boxes for a time and for more words lead: to the query that asks for them too, which
/// is the only place where they are kept.
fn led_on(asked: &Asked) -> Result<Option<Reply>, Problem> {
    let params = &asked.params;
    let typed = params.text("q");
    let query = if params.has("since") || params.has("until") {
        timed(typed, Dialect::Morgue, Some(params.text("since")), Some(params.text("until")))?
    } else if params.has("within") {
        within(typed, Dialect::Morgue, params.text("within"))?
    } else {
        return Ok(None);
    };
    let to = Wish::read(asked)?.with_query(&query).in_form(asked.form.extension());
    Ok(Some(Reply::see_other(&to)))
}

fn page(asked: &Asked) -> Result<Reply, Problem> {
    if let Some(reply) = led_on(asked)? {
        return Ok(reply);
    }
    if asked.params.text("q").trim().is_empty() {
        return Ok(reply(asked, "Search", &start::start(asked)?));
    }
    let wish = Wish::read(asked)?;
    let (results, counts) = asked.archive.search_with_counts(&wish.request, &wish.counts, asked.today)?;
    let chips = asked.archive.chips(&wish.request.query, asked.today)?;
    let request = RequestRow::for_search(&wish.request, asked.today);
    let receipt = receipts::receipt(asked, request, hits_of_search(&results))?;
    let ask = parts::query_box(asked, wish.query(), false);
    if results.total == 0 {
        let content = html! { (ask) (nothing::nothing(&wish, &results, (&chips, &receipt))?) };
        let reply = reply(asked, "No passage found", &content);
        return Ok(receipts::on_page(asked, reply, &receipt));
    }
    let lists = asked.on_lists();
    let found = header::told(&wish, &results, &counts).heading;
    let part = parts::part_on_paper(wish.request.selection.offset, results.hits.len(), results.total);
    let content = html! {
        (ask)
        div.opening {
            (header::chips(&wish, &chips))
            (header::status(&wish, &results, &counts))
            (header::on_paper(&wish, &chips, (&found, part, &receipt.id)))
            @if let Some(timeline) = &counts.timeline { (header::timeline(&wish, timeline, &chips)) }
        }
        div.columns {
            section.section aria-label="Result" {
                (order_and_view(&wish))
                (pager(&wish, &results, "above"))
                (hits::hits(&wish, &results, &lists))
                (pager(&wish, &results, "below"))
                (receipts::section(asked, &receipt))
            }
            (aside::aside(&wish, &counts, &lists))
        }
    };
    let reply = reply(asked, &format!("{}: {found}", wish.query()), &content);
    Ok(receipts::on_page(asked, reply, &receipt))
}

fn reply(asked: &Asked, title: &str, content: &Markup) -> Reply {
    Reply::page(layout::page(asked, Some(Section::Search), title, content))
}

/// The page of a query that cannot be read or answered; other problems are as on every page.
fn unread(asked: &Asked, problem: Problem) -> Result<Reply, Problem> {
    match problem.kind {
        ProblemKind::QuerySyntax | ProblemKind::QueryTooCostly => {
            let status: StatusCode = problem.kind.status();
            let content = nothing::unread(asked, &problem);
            Ok(reply(asked, &problem.detail, &content).status(status))
        }
        _ => Err(problem),
    }
}

/// What is chosen, by which parameter, and its values with what they are called.
type Choices = (&'static str, &'static str, &'static [(&'static str, &'static str)]);

/// Which results come first, and how much of each is shown.
fn order_and_view(wish: &Wish<'_>) -> Markup {
    let params = &wish.asked.params;
    // The first value of each is the one that counts where nothing is said.
    let groups: [Choices; 3] = [
        (
            "Order",
            "sort",
            &[("relevance", "best"), ("newest", "newest"), ("oldest", "oldest"), ("added", "recently added")],
        ),
        ("Show", "view", &[("passages", "passages"), ("headlines", "headlines")]),
        ("Copies", "fold", &[("1", "folded"), ("0", "each")]),
    ];
    html! {
        nav.row aria-label="Order and view" {
            @for (title, param, values) in groups {
                span { (title) }
                @for (n, (value, name)) in values.iter().enumerate() {
                    @let given = params.text(param);
                    " "
                    @if given == *value || given.is_empty() && n == 0 {
                        b aria-current="true" { (name) }
                    } @else {
                        a href=(wish.link(&[(param, if n == 0 { "" } else { value })])) { (name) }
                    }
                }
                " "
            }
            a href="#narrow" { "Narrow" }
        }
    }
}

/// Which results these are of how many, and the ways to those before and after.
fn pager(wish: &Wish<'_>, results: &Results, place: &str) -> Markup {
    let (offset, shown, total) = (wish.request.selection.offset, results.hits.len(), results.total);
    if offset == 0 && shown == total {
        return html! {};
    }
    let before = (offset > 0).then(|| wish.at(offset.saturating_sub(wish.request.selection.limit)));
    let after = wish.next(shown, total).map(|it| wish.at(it));
    let is_exact = !wish.request.selection.fold || after.is_none();
    let of = if is_exact { "of" } else { "of at most" };
    let extent = match shown {
        0 => format!("none after the first {} of {}", number(offset), number(total)),
        _ => format!("{} to {} {of} {}", number(offset + 1), number(offset + shown), number(total)),
    };
    html! {
        nav.pager aria-label={ "Pages of the result, " (place) } {
            span.soft { (extent) }
            span {
                @if let Some(to) = before { a rel="prev" href=(to) { "← Previous" } " " }
                @if let Some(to) = after { a rel="next" href=(to) { "Next →" } }
            }
        }
    }
}
