//! `/replay`: what a receipt was given for, run again, and what changed.

use jiff::Timestamp;
use maud::{Markup, html};
use morgue_core::count;

use super::{layout, parts, receipts};
use crate::{
    archive::{HitRow, Receipt, Replayed},
    render,
    web::{
        address::Address,
        asked::Asked,
        params::{Param, RECEIPT_PARAM, Takes},
        problem::{Problem, ProblemKind},
        reply::{Form, Reply},
        route::{Route, Verb},
        schema::schema_of,
    },
};

/// What is routed here.
pub(super) const ROUTES: &[Route] = &[
    Route {
        path: "/replay",
        verb: Verb::Get,
        forms: &[Form::Page],
        params: &[],
        about: "A box for a receipt that is to be run again.",
        answer: ask,
        schema: None,
        examples: &[],
    },
    Route {
        path: "/replay",
        verb: Verb::Ask,
        forms: &[Form::Page, Form::Json],
        params: &[Param::new(
            RECEIPT_PARAM,
            Takes::Document(<Receipt as schemars::JsonSchema>::json_schema),
            "The receipt, as `morgue search --receipt`, `.json?receipt=1` or the last line of `.jsonl` has it.",
        )],
        about: "What a receipt was given for, run again, and what changed, as `morgue replay` says it.",
        answer: replay,
        schema: Some(|it| schema_of(it, |it: &'static Replayed| render::replayed_row(it))),
        examples: &[],
    },
];

fn ask(asked: &Asked) -> Result<Reply, Problem> {
    let content = html! {
        div.opening {
            h1 { "Run a receipt again" }
            p { "A receipt says what was asked and found. Paste one to see what has changed since." }
            (receipts::form(""))
        }
    };
    Ok(Reply::page(layout::page(asked, None, "Run a receipt again", &content)))
}

fn replay(asked: &Asked) -> Result<Reply, Problem> {
    let text = asked.params.text(RECEIPT_PARAM);
    if text.trim().is_empty() {
        return Err(Problem::new(ProblemKind::BadParameter, "there is no receipt in `receipt`"));
    }
    let replayed = asked.archive.replay(text, Timestamp::now())?;
    Ok(match asked.form {
        Form::Json => Reply::json(&render::replayed_row(&replayed)),
        Form::Page | Form::Lines | Form::Csv => page(asked, &replayed),
    })
}

fn page(asked: &Asked, replayed: &Replayed) -> Reply {
    let Replayed { then, now, changes, .. } = replayed;
    let found = match changes.len() {
        0 => format!("{} as they were", count(then.hits.len(), "hit")),
        n => format!("{} in {}", count(n, "change"), count(then.hits.len(), "hit")),
    };
    let content = html! {
        div.opening {
            p.soft { "Receipt " (then.id) ", run again" }
            h1 role="status" { (found) }
            p { code { bdi { (then.request.words()) } } ", made " (then.made) " by " bdi { (then.program) } "." }
            @for line in render::replay_differences(replayed) { p.soft { bdi { (parts::sentence(&line)) } } }
        }
        @if !changes.is_empty() {
            section.section aria-labelledby="changes" {
                h2 #changes { "What changed" }
                ul {
                    @for change in changes {
                        @let (what, hit) = render::change_words(change);
                        li { b { (what) } @if let Some(hit) = hit { " " (named(hit)) } }
                    }
                }
            }
        }
        (receipts::whole(now, "What it gives now"))
    };
    let asked = asked.at(&Address::to(&["replay"]));
    Reply::page(layout::page(&asked, None, &found, &content))
}

/// A hit by its headline, with its place.
fn named(hit: &HitRow) -> Markup {
    let to = Address::article(&hit.article, "");
    let to = match hit.passage {
        Some(passage) => to.at(&format!("p{passage}")),
        None => to,
    };
    html! {
        @if hit.article.is_empty() { bdi { (hit.headline) } } @else { a href=(to) { bdi { (hit.headline) } } }
        @if let Some(passage) = hit.passage { ", passage " (passage) }
        " " span.soft { bdi { (hit.path) } }
    }
}
