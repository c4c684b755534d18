//! `/explain`: how a query is read, and what each part of it stands for.

use maud::{Markup, html};
use morgue_core::{count, number};

use super::{
    advice,
    layout::{self, Section},
    parts, problem,
};
use crate::{
    query::Explained,
    render,
    search::{Chip, Explanation, ResolvedName, ResolvedWord},
    web::{
        address::Address,
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
    forms: &[Form::Page, Form::Json],
    params: PARAMS,
    about: "How a query is read, and what its words and names stand for, as `morgue explain`.",
    answer: explain,
    schema: Some(|generator| schema_of(generator, |it: &'static Explanation| render::explanation_row(it))),
    examples: &["/explain.json?q=siren+since%3A2012"],
}];

const PARAMS: &[Param] =
    &[Param::query("The query."), Param::new("any", Takes::Flag, "1 for any of the words rather than all.")];

/// So many words, or names, are named of each part of a query; data has them all.
const NAMED_MAX: usize = 8;

/// The page for a query.
pub(super) fn address(query: &str, any: bool) -> Address {
    Address::to(&["explain"]).with("q", query).with("any", if any { "1" } else { "" })
}

fn explain(asked: &Asked) -> Result<Reply, Problem> {
    let typed = asked.query("q");
    if asked.form == Form::Page && typed.text.trim().is_empty() {
        return Ok(reply(asked, &html! { h1 { "How a query is read" } (query_box(asked, false)) }));
    }
    let explained = asked.archive.explain_query(&typed, asked.today).map_err(Problem::from);
    let mut explained = match explained {
        Err(wrong) if asked.form == Form::Page && wrong.place.is_some() => return Ok(unread(asked, &wrong)),
        explained => explained?,
    };
    if asked.form == Form::Page {
        let chips = asked.archive.chips(&typed, asked.today)?;
        return Ok(reply(asked, &page(asked, &explained, &chips)));
    }
    explained.notes = asked.said(&explained.notes);
    Ok(Reply::json(&render::explanation_row(&explained)))
}

fn reply(asked: &Asked, content: &Markup) -> Reply {
    Reply::page(layout::page(asked, Some(Section::Search), "How a query is read", content))
}

/// The address of this page for another query.
fn to(asked: &Asked) -> impl Fn(&str) -> Address {
    let any = asked.params.flag("any");
    move |query| address(query, any)
}

fn unread(asked: &Asked, wrong: &Problem) -> Reply {
    let content = html! {
        (query_box(asked, true))
        div.opening {
            h1 { (parts::prose(&parts::capital(&wrong.detail))) }
            (problem::mistake(wrong, &to(asked)))
        }
    };
    reply(asked, &content).status(wrong.kind.status())
}

fn query_box(asked: &Asked, is_wrong: bool) -> Markup {
    html! {
        form.ask action="/explain" {
            label for="q" { "How is this read?" }
            input #q name="q" value=(asked.params.text("q")) autocomplete="off" spellcheck="false" autocapitalize="none"
                aria-invalid=[is_wrong.then_some("true")] aria-describedby=[is_wrong.then_some("error")];
            @if asked.params.flag("any") { input type="hidden" name="any" value="1"; }
            button { "Explain" }
        }
    }
}

fn page(asked: &Asked, explained: &Explanation, chips: &[Chip]) -> Markup {
    let Explanation { typed, read_as, root, of_articles, words, names, notes } = explained;
    let search = Address::search(typed).with("any", asked.params.text("any"));
    html! {
        (query_box(asked, false))
        div.opening {
            h1 { "How this query is read" }
            p { "Read as " code { bdi { (read_as) } } ". " a href=(search) { "Search" } }
            (advice::notes(notes.iter().map(String::as_str), typed, &to(asked)))
            p.paper {
                "Asked: " code { (typed) } ". Printed " (parts::day(asked.today)) " from generation " (asked.generation)
                " of the index."
            }
        }
        section.section aria-labelledby="passages" {
            h2 #passages { "It finds passages with" }
            (tree(root))
        }
        @if let Some(of_articles) = of_articles {
            section.section aria-labelledby="articles" {
                h2 #articles { "and then articles with" }
                (tree(of_articles))
            }
        }
        @if !chips.is_empty() { (clauses(chips)) }
        @if !words.is_empty() { (of_words(words)) }
        @if !names.is_empty() { (of_names(names)) }
        section.section aria-label="More" { p { a href="/help/query-language" { "The query language" } } }
    }
}

/// What is asked, part by part.
fn tree(of: &Explained) -> Markup {
    html! { div.help { ul { (branch(of)) } } }
}

fn branch(of: &Explained) -> Markup {
    html! {
        li {
            (parts::prose(&of.says))
            @if !of.of.is_empty() { ":" ul { @for part in &of.of { (branch(part)) } } }
        }
    }
}

/// What each part found by itself.
fn clauses(chips: &[Chip]) -> Markup {
    html! {
        section.section aria-labelledby="clauses" {
            h2 #clauses { "Each part alone" }
            table.stack {
                thead { tr { th scope="col" { "Part" } th scope="col" { "Found" } th scope="col" { "Search" } } }
                tbody {
                    @for chip in chips {
                        tr {
                            th scope="row" { code { bdi { (chip.text) } } }
                            td data-label="Found" { bdi { @if chip.note.is_empty() { "as it says" } @else { (chip.note) } } }
                            td {
                                a href=(Address::search(&chip.text)) { "it alone" }
                                @if !chip.without.is_empty() { ", " a href=(Address::search(&chip.without)) { "the rest" } }
                            }
                        }
                    }
                }
            }
            p.soft { "A number alone counts passages." }
        }
    }
}

/// The first of some, and how many more there are.
fn some(all: impl Iterator<Item = String>, n: usize, none: &str) -> Markup {
    let shown: Vec<String> = all.take(NAMED_MAX).collect();
    let more = n.saturating_sub(shown.len());
    html! {
        @if shown.is_empty() { (none) }
        @for (at, it) in shown.iter().enumerate() { @if at > 0 { ", " } bdi { (it) } }
        @if more > 0 { " and " (number(more)) " more" }
    }
}

/// The words that the words of the query stand for.
fn of_words(words: &[ResolvedWord]) -> Markup {
    let form = |(form, uses): &(String, u64)| {
        format!("{form} ({})", number(usize::try_from(*uses).unwrap_or(usize::MAX)))
    };
    html! {
        section.section aria-labelledby="words" {
            h2 #words { "What its words stand for here" }
            table.stack {
                thead { tr { th scope="col" { "Word" } th scope="col" { "Forms, with how many passages or quotes have each" } } }
                tbody {
                    @for word in words {
                        tr {
                            th scope="row" { code { bdi { (word.typed) } } }
                            td { (some(word.forms.iter().map(form), word.n_forms, "in no word of the archive")) }
                        }
                    }
                }
            }
            p.soft { code { "en/talk" } " is a stem, which all forms of the word have, after its language." }
        }
    }
}

/// Whom and what the names of the query stand for.
fn of_names(names: &[ResolvedName]) -> Markup {
    let name = |(name, quotes): &(String, Option<usize>)| match quotes {
        Some(n) => format!("{name} ({})", count(*n, "quote")),
        None => name.clone(),
    };
    html! {
        section.section aria-labelledby="names" {
            h2 #names { "What its names stand for here" }
            table.stack {
                thead { tr { th scope="col" { "Name" } th scope="col" { "Fits" } } }
                tbody {
                    @for it in names {
                        tr {
                            th scope="row" { code { bdi { (it.field) ":" (it.typed) } } }
                            td { (some(it.names.iter().map(name), it.names.len(), "no name")) }
                        }
                    }
                }
            }
        }
    }
}
