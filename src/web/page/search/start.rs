//! The start page: the box, what the archive holds, and what may be asked of it.

use maud::{Markup, html};
use morgue_core::{count, number};

use super::super::parts;
use crate::{
    query::{Condition, Dialect, Facet, narrowed},
    search::{CountsRequest, CountsResults, SpeakersRequest, TypedQuery},
    web::{address::Address, asked::Asked, problem::Problem},
};

/// So many lists, outlets and examples are named.
const NAMED_MAX: usize = 6;

/// So many further outlets.
const OTHERS_MAX: usize = 300;

/// The page.
pub(super) fn start(asked: &Asked) -> Result<Markup, Problem> {
    let archive = &asked.archive;
    let held = archive.holdings()?;
    let request = CountsRequest { facets: vec![Facet::Source, Facet::Year], ..CountsRequest::default() };
    let counts = archive.counts(&TypedQuery::default(), &request, asked.today)?;
    let quoted = archive.speakers(&SpeakersRequest { limit: 1, ..SpeakersRequest::default() })?;
    let speaker = quoted.speakers.first().map(|it| it.name.as_str());
    let lists = asked.on_lists();
    let outlets: Vec<(&str, usize)> = values(&counts, Facet::Source).collect();
    let years: Vec<(&str, usize)> = values(&counts, Facet::Year).collect();
    let examples = examples(&outlets, &years, speaker);
    Ok(html! {
        h1.hide { "Search the clippings" }
        (parts::query_box(asked, "", false))
        div.columns {
            section.section aria-labelledby="holds" {
                h2 #holds { "What the archive holds" }
                @if held.counts.articles == 0 {
                    p { "Nothing yet: " code { "morgue ingest" } " reads the corpus." }
                } @else {
                    p {
                        (count(held.counts.articles, "article")) " of " (count(outlets.len(), "outlet")) ", "
                        (count(held.counts.passages, "passage")) ", " (count(held.counts.quotes, "quote"))
                        @if let (Some(first), Some(last)) = (years.first(), years.last()) {
                            ", " (first.0) @if first.0 != last.0 { " to " (last.0) }
                        }
                        "."
                        @if held.undated > 0 { " " (count(held.undated, "article")) " without a date." }
                    }
                    @let (first, others) = outlets.split_at(outlets.len().min(NAMED_MAX));
                    (listed(first))
                    @if !others.is_empty() {
                        details {
                            summary { "and " (count(others.len(), "more outlet")) }
                            (listed(&others[..others.len().min(OTHERS_MAX)]))
                            @if others.len() > OTHERS_MAX { p.soft { "and " (number(others.len() - OTHERS_MAX)) " that have fewer articles" } }
                        }
                    }
                }
            }
            aside.facets aria-label="Where to begin" {
                @if !examples.is_empty() {
                    h3 { "For example" }
                    ul { @for it in &examples { li { a href=(Address::search(it)) { code { bdi { (it) } } } } } }
                }
                @if !lists.lists.is_empty() {
                    h3 { "Lists changed last" }
                    ul {
                        @for list in lists.lists.iter().take(NAMED_MAX) {
                            li { a href=(Address::list(&list.name)) { bdi { (list.title) } } " " span { (number(list.n_entries)) } }
                        }
                    }
                }
                p { a href="/help/query-language" { "The query language" } }
                p { a href="/names" { "Many names at once" } }
            }
        }
    })
}

/// Outlets with their articles, a line each.
fn listed(outlets: &[(&str, usize)]) -> Markup {
    html! {
        ul {
            @for (outlet, n) in outlets {
                li { (condition(Facet::Source, outlet)) " " span.soft { (count(*n, "article")) } }
            }
        }
    }
}

/// The values of a field that were counted, with how many articles have them.
fn values(counts: &CountsResults, facet: Facet) -> impl Iterator<Item = (&str, usize)> {
    let table = counts.tables.iter().find(move |it| it.facet == facet);
    table.into_iter().flat_map(|it| &it.counts).filter_map(|it| Some((it.value.as_deref()?, it.articles)))
}

fn query_for(field: Facet, value: &str) -> Option<String> {
    let condition = Condition { field, value: Some(value.to_owned()), exclude: false };
    narrowed("", Dialect::Morgue, &condition).ok()
}

fn condition(field: Facet, value: &str) -> Markup {
    html! {
        @match query_for(field, value) {
            Some(query) => a href=(Address::search(&query)) { bdi { (value) } },
            None => bdi { (value) },
        }
    }
}

/// Queries that this archive has something for.
fn examples(outlets: &[(&str, usize)], years: &[(&str, usize)], speaker: Option<&str>) -> Vec<String> {
    let outlet = outlets.first().and_then(|it| query_for(Facet::Source, it.0));
    let fullest = years.iter().max_by_key(|it| it.1).map(|it| it.0);
    let year = fullest.and_then(|it| query_for(Facet::Year, it));
    let speaker = speaker.and_then(|it| query_for(Facet::Speaker, it));
    let together = outlet.as_deref().zip(fullest).map(|(outlet, year)| format!("{outlet} since:{year}"));
    [speaker, year, together].into_iter().flatten().collect()
}
