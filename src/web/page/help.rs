//! `/help`: the pages of `docs/` that readers need, from the very files.

mod markdown;

use maud::{Markup, html};

use super::layout::{self, Section};
use crate::web::{
    asked::Asked,
    problem::{Problem, ProblemKind},
    reply::{Form, Reply},
    route::{Route, Verb},
};

/// What is routed here.
pub(super) const ROUTES: &[Route] = &[
    get("/help", "The pages of help there are.", index),
    get("/help/{page}", "A page of help.", help),
    get("/problems/{kind}", "What a kind of problem is.", problem),
];

const fn get(path: &'static str, about: &'static str, answer: fn(&Asked) -> Result<Reply, Problem>) -> Route {
    Route {
        path,
        verb: Verb::Get,
        forms: &[Form::Page],
        params: &[],
        about,
        answer,
        schema: None,
        examples: &[],
    }
}

/// A page of `docs/`.
struct Doc {
    /// The name of its file, without `.md`.
    name: &'static str,
    /// What it is for, in a few words.
    about: &'static str,
    text: &'static str,
}

macro_rules! docs {
    ($($name:literal: $about:literal;)*) => {
        /// The pages for those who use morgue, in the order they are offered.
        const DOCS: &[Doc] = &[$(Doc {
            name: $name,
            about: $about,
            text: include_str!(concat!(env!("CARGO_MANIFEST_DIR"), "/docs/", $name, ".md")),
        }),*];
    };
}

docs! {
    "query-language": "How to ask: words, phrases, fields, dates, what stands near what";
    "serve": "These pages: keys, lists, printing, who can read them";
    "quotes": "Who said it: how quotes are found, and how far to trust them";
    "copies": "Versions of one story: folded, compared";
    "lists": "Reading lists: the files, notes, states, refreshing";
    "exports": "Exports: formats, citations, receipts";
    "formats": "Which files are read, and what of them";
    "output": "The shapes of JSON and tables";
    "api": "The same pages for programs";
    "glossary": "The words that are used here";
}

fn index(asked: &Asked) -> Result<Reply, Problem> {
    let content = html! {
        div.opening { h1 { "Help" } }
        section.section aria-label="Pages of help" {
            dl {
                @for doc in DOCS {
                    dt { a href={ "/help/" (doc.name) } { (markdown::title(doc.text)) } }
                    dd { (doc.about) }
                }
            }
        }
    };
    Ok(page(asked, "Help", &content))
}

fn help(asked: &Asked) -> Result<Reply, Problem> {
    let name = asked.part(0);
    let doc = DOCS.iter().find(|it| it.name == name);
    let doc = doc.ok_or_else(|| Problem::not_found(format!("there is no page of help `{name}`")))?;
    let is_here = |name: &str| DOCS.iter().any(|it| it.name == name);
    let content = html! { article.help { (markdown::html(doc.text, &is_here)) } };
    Ok(page(asked, &markdown::title(doc.text), &content))
}

fn problem(asked: &Asked) -> Result<Reply, Problem> {
    let kind = ProblemKind::ALL.iter().find(|it| it.slug() == asked.part(0));
    let kind = kind.ok_or_else(|| Problem::not_found(format!("there is no problem `{}`", asked.part(0))))?;
    let content = html! {
        div.opening {
            h1 { (kind.title()) }
            p { "Programs are told of it as " code { "/problems/" (kind.slug()) } ", with the status " (kind.status().as_u16()) "." }
            p { a href="/help/api" { "The API" } }
        }
    };
    Ok(page(asked, kind.title(), &content))
}

fn page(asked: &Asked, title: &str, content: &Markup) -> Reply {
    Reply::page(layout::page(asked, Some(Section::Help), title, content))
}
