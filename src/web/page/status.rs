//! `/status`: what the archive holds, what is wrong with it, and how it is served.

use jiff::{Timestamp, tz::TimeZone};
use maud::{Markup, html};
use morgue_core::{count, number};

use super::{
    chart::{self, Counted},
    layout::{self, Section},
    parts,
};
use crate::{
    archive::{Status, Watching},
    query::{Condition, Dialect, Facet, narrowed},
    render::{Row, object},
    search::{CountsRequest, CountsResults, TimelineBy, TimelineRequest, TypedQuery},
    web::{
        address::Address,
        asked::{Asked, Here},
        params::{Param, Takes},
        problem::Problem,
        reply::{Form, Reply},
        route::{Route, Verb},
        schema::schema_of,
    },
};

/// What is routed here.
pub(super) const ROUTES: &[Route] = &[Route {
    path: "/status",
    verb: Verb::Get,
    forms: &[Form::Page, Form::Json],
    params: &[Param::new(
        "compare",
        Takes::Flag,
        "1 to compare the index with the corpus, which is walked for it.",
    )],
    about: "What the index holds, what is wrong with files, who watches, how it is served.",
    answer: status,
    schema: Some(|g| schema_of(g, |it: (&'static Asked, &'static Status)| row(it.0, it.1))),
    examples: &["/status.json", "/status.json?compare=1"],
}];

/// So many files with problems are shown; the JSON has all.
const PROBLEMS_MAX: usize = 100;

/// So many outlets are shown.
const OUTLETS_MAX: usize = 20;

fn status(asked: &Asked) -> Result<Reply, Problem> {
    let status = asked.archive.status_of(asked.params.flag("compare"))?;
    if asked.form == Form::Json {
        return Ok(Reply::json(&row(asked, &status)));
    }
    let counts = CountsRequest {
        facets: vec![Facet::Source],
        limit: OUTLETS_MAX,
        timeline: Some(TimelineRequest { by: TimelineBy::Year, share: false }),
    };
    let counts = asked.archive.counts(&TypedQuery::default(), &counts, asked.today)?;
    Ok(Reply::page(layout::page(asked, Some(Section::Status), "Status", &page(asked, &status, &counts))))
}

fn row(asked: &Asked, status: &Status) -> impl Row {
    let Status { counts, bytes, problems, undated, watching, compared } = status;
    object! {
        generation: asked.generation,
        files: counts.files,
        articles: counts.articles,
        undated: *undated,
        passages: counts.passages,
        quotes: counts.quotes,
        index_bytes: *bytes,
        /// Files that the next ingest would read, and forget; `null` where nobody asked.
        stale: compared.as_ref().map(|it| it.stale),
        vanished: compared.as_ref().map(|it| it.vanished),
        problems: problems.iter().map(|(path, reason)| object! { path, reason }).collect::<Vec<_>>(),
        watching: watching.as_ref().map(|it| object! {
            process: it.process,
            is_alive: it.is_alive,
            since: it.since.to_string(),
            walked: it.walked.to_string(),
            roots: &it.roots,
        }),
        read_only: asked.here.read_only,
        token_required: !asked.here.is_open,
        version: env!("CARGO_PKG_VERSION"),
    }
}

fn page(asked: &Asked, status: &Status, counts: &CountsResults) -> Markup {
    let held = &status.counts;
    html! {
        div.opening {
            h1 { "What the archive holds" }
            p role="status" {
                (count(held.articles, "article")) " in " (count(held.files, "file")) ", " (count(held.passages, "passage")) ", "
                (count(held.quotes, "quote")) "; " (number(status.undated)) " of the articles have no date."
            }
            @if let Some(timeline) = &counts.timeline {
                figure {
                    (chart::chart(timeline, Counted::Articles, of_year, &html! { span { "Articles a year" } }))
                }
            }
        }
        section.section aria-labelledby="outlets" {
            h2 #outlets { "Outlets" }
            table {
                thead { tr { th scope="col" { "Outlet" } th.count scope="col" { "Articles" } } }
                tbody {
                    @for it in counts.tables.iter().flat_map(|it| &it.counts) {
                        tr {
                            th scope="row" {
                                @match &it.value {
                                    Some(source) => a href=(Address::search(&asks(Facet::Source, source))) { bdi { (source) } },
                                    None => "no outlet known",
                                }
                            }
                            td.count { (number(it.articles)) }
                        }
                    }
                }
            }
            @for table in counts.tables.iter().filter(|it| it.left_off > 0) {
                p.soft { (count(table.left_off, "outlet")) " more" }
            }
        }
        section.section aria-labelledby="index" {
            h2 #index { "Index" }
            table {
                tbody {
                    tr { th scope="row" { "Generation" } td { (asked.generation) } }
                    tr { th scope="row" { "On disk" } td { (megabytes(status.bytes)) } }
                    tr { th scope="row" { "Corpus" } td { (corpus(status)) } }
                    tr { th scope="row" { "Watched" } td { (parts::prose(&watched(status.watching.as_ref()))) } }
                    tr { th scope="row" { "Served" } td { (served(&asked.here)) } }
                    tr { th scope="row" { "Program" } td { "morgue " (env!("CARGO_PKG_VERSION")) } }
                }
            }
        }
        section.section aria-labelledby="problems" {
            h2 #problems { "Files with problems" }
            @if status.problems.is_empty() {
                p { "Every file was read." }
            } @else {
                table.stack {
                    thead { tr { th scope="col" { "File" } th scope="col" { "What is wrong" } } }
                    tbody {
                        @for (path, reason) in status.problems.iter().take(PROBLEMS_MAX) {
                            tr { th scope="row" { bdi { code { (path) } } } td { bdi { (reason) } } }
                        }
                    }
                }
                @if status.problems.len() > PROBLEMS_MAX {
                    p.soft { (number(status.problems.len() - PROBLEMS_MAX)) " more: " a href="/status.json" { "all as JSON" } }
                }
            }
        }
    }
}

fn asks(field: Facet, value: &str) -> String {
    let condition = Condition { field, value: Some(value.to_owned()), exclude: false };
    narrowed("", Dialect::default(), &condition).unwrap_or_default()
}

fn of_year(period: &str) -> Option<Address> {
    (!period.is_empty()).then(|| Address::search(&asks(Facet::Year, period)))
}

/// `3.4 MB`.
fn megabytes(bytes: u64) -> String {
    format!("{:.1} MB", bytes as f64 / 1e6)
}

fn corpus(status: &Status) -> Markup {
    html! {
        @match &status.compared {
            None => a href="/status?compare=1" { "Compare it with the index" },
            Some(it) if it.stale == 0 && it.vanished == 0 => "unchanged since the last ingest",
            Some(it) => {
                (count(it.stale, "file")) " new or changed, " (number(it.vanished)) " gone; "
                code { "morgue ingest" } " brings the index up to date"
            },
        }
    }
}

/// Times are local.
fn watched(watching: Option<&Watching>) -> String {
    let local = |it: Timestamp| it.to_zoned(TimeZone::system()).strftime("%Y-%m-%d %H:%M").to_string();
    match watching {
        None => "by nobody: `morgue ingest --watch` takes in what changes".to_owned(),
        Some(it) if it.is_alive => {
            format!("{} since {}, walked last {}", it.roots.join(", "), local(it.since), local(it.walked))
        }
        Some(it) => format!("no longer: it ended after {}", local(it.walked)),
    }
}

fn served(here: &Here) -> String {
    let who =
        if here.is_open { "to every program and user of this machine" } else { "to whoever has the token" };
    let what = if here.read_only { "only to read" } else { "lists can be changed" };
    format!("at {} {who}; {what}", here.origin)
}
