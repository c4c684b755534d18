//! What narrows the result, and where it can go: counts that add to the query, lists, exports.

use maud::{Markup, html};
use morgue_core::number;

use super::{
    header::kept,
    hits::entries_of,
    wish::{VALUES_MAX, Wish},
};
use crate::{
    query::{Condition, Dialect, Facet, narrowed, narrowed_to_speaker},
    render::ExportFormat,
    search::{CountsResults, FacetCount, FacetTable},
    web::{
        address::Address,
        page::{export, on_lists::OnLists},
    },
};

/// So many values of a field are shown at most: each is two links with the whole query.
const WHOLE_MAX: usize = 500;

/// So many lists are offered for what was chosen.
const LISTS_MAX: usize = 12;

/// All of it.
pub(super) fn aside(wish: &Wish<'_>, counts: &CountsResults, lists: &OnLists) -> Markup {
    html! {
        aside.facets #narrow aria-label="Narrow the result" {
            (within(wish))
            @for table in counts.tables.iter().filter(|it| is_telling(it)) { (facet(wish, table)) }
            (what_is_counted(counts))
            (chosen(wish, lists))
            (whole(wish))
        }
    }
}

/// What the numbers are of, so that they can be held beside those above the results.
fn what_is_counted(counts: &CountsResults) -> Markup {
    let has_speakers = counts.tables.iter().any(|it| it.facet == Facet::Speaker && is_telling(it));
    html! {
        p.soft {
            "Counts are of articles: " (number(counts.articles)) " in all, copies among them. A click adds to the query; "
            i { "not" } " leaves out."
            @if has_speakers {
                " Speakers are counted in the passages that match, under all their names; a click asks for their full names."
            }
        }
    }
}

/// The box that searches within the result.
fn within(wish: &Wish<'_>) -> Markup {
    html! {
        form.row action="/search" {
            (kept(wish))
            label for="within" { "Within these" }
            input #within name="within" size="14" autocomplete="off";
            button { "Search" }
        }
    }
}

/// Whether the field tells results apart: section and language only where there are several.
fn is_telling(table: &FacetTable) -> bool {
    let n_values = table.counts.iter().filter(|it| it.value.is_some()).count();
    match table.facet {
        Facet::Section | Facet::Language | Facet::Place => n_values > 1,
        _ => n_values > 0,
    }
}

fn facet(wish: &Wish<'_>, table: &FacetTable) -> Markup {
    let facet = table.facet;
    let is_whole = wish.asked.params.text("facets").split(',').any(|it| it.trim() == facet.name());
    let shown = shown(table, is_whole);
    let n_askable = askable(table).count();
    let more = n_askable - shown.len() + table.left_off;
    // How many have a value is not known of those left off.
    let all = if table.left_off > 0 { String::new() } else { number(n_askable) };
    html! {
        h3 { (name(facet)) }
        ul {
            @for count in shown { (value(wish, facet, count)) }
            @if more > 0 && !is_whole {
                li { a href=(wish.link(&[("facets", facet.name())])) { "all " (all) } }
            }
        }
    }
}

/// The values that stand beside the results: the most frequent, times in their order; what has no
/// value only where a query can ask for it.
fn shown(table: &FacetTable, is_whole: bool) -> Vec<&FacetCount> {
    let mut all: Vec<&FacetCount> = askable(table).collect();
    all.truncate(WHOLE_MAX);
    if is_whole || all.len() <= VALUES_MAX {
        return all;
    }
    if table.facet.is_of_time() {
        let mut counts: Vec<usize> = all.iter().map(|it| it.articles).collect();
        counts.sort_unstable_by(|a, b| b.cmp(a));
        let least = counts[VALUES_MAX - 1];
        all.retain(|it| it.articles >= least);
    }
    all.truncate(VALUES_MAX);
    all
}

/// The counts whose values a query can ask for.
fn askable(table: &FacetTable) -> impl Iterator<Item = &FacetCount> {
    table.counts.iter().filter(|it| it.value.is_some() || table.facet.is_of_time())
}

fn value(wish: &Wish<'_>, facet: Facet, count: &FacetCount) -> Markup {
    let name = match &count.value {
        Some(it) => it.as_str(),
        None => "undated",
    };
    let to = |exclude| {
        let query = if facet == Facet::Speaker {
            narrowed_to_speaker(wish.query(), Dialect::Morgue, &count.written, exclude)
        } else {
            let condition = Condition { field: facet, value: count.value.clone(), exclude };
            narrowed(wish.query(), Dialect::Morgue, &condition)
        };
        Some(wish.with_query(&query.ok()?))
    };
    html! {
        li {
            @match to(false) {
                Some(to) => a href=(to) { bdi { (name) } },
                None => span { bdi { (name) } },
            }
            " " span { (number(count.articles)) } " "
            @if let Some(to) = to(true) { a href=(to) aria-label={ "not " (name) } { "not" } }
        }
    }
}

fn name(facet: Facet) -> &'static str {
    match facet {
        Facet::Source => "Outlet",
        Facet::Speaker => "Speaker",
        Facet::Year => "Year",
        Facet::Month => "Month",
        Facet::Day => "Day",
        Facet::Section => "Section",
        Facet::Place => "Place",
        Facet::Language => "Language",
        Facet::Kind => "Kind",
    }
}

/// The form that takes what was chosen among the results.
fn chosen(wish: &Wish<'_>, lists: &OnLists) -> Markup {
    html! {
        h3 { "What you chose" }
        form #chosen action="/export" {
            @if !wish.asked.here.read_only && !lists.lists.is_empty() {
                p.row {
                    span { "Add to" }
                    @for list in lists.lists.iter().take(LISTS_MAX) {
                        button formmethod="post" formaction=(entries_of(&list.name)) { bdi { (list.title) } } " "
                    }
                }
            }
            p.row {
                span { "Export as" }
                @for format in [ExportFormat::Markdown, ExportFormat::Html, ExportFormat::Csv, ExportFormat::Ris] {
                    button name="to" value=(format.name()) { (export::label(format)) } " "
                }
            }
        }
    }
}

/// Where the whole result can go.
fn whole(wish: &Wish<'_>) -> Markup {
    // Rows of hits hold no counts.
    let data = |extension: &str| wish.link(&[("size", ""), ("by", ""), ("share", "")]).in_form(extension);
    html! {
        h3 { "The whole result" }
        @if !wish.asked.here.read_only {
            details {
                summary { "Save as a list" }
                form.row method="post" action="/lists" {
                    input type="hidden" name="query" value=(wish.query());
                    label for="new-list" { "Name" }
                    input #new-list name="name" size="14" required autocomplete="off";
                    button { "Save" }
                }
            }
        }
        ul {
            @for format in ExportFormat::ALL {
                li { a href=(export_of(wish, *format)) download { (export::label(*format)) } }
            }
        }
        p.row {
            span { "Hits for programs:" } " "
            a href=(data(".json")) { "JSON" } " " a href=(data(".jsonl")) { "JSON Lines" } " " a href=(data(".csv")) { "CSV" }
        }
    }
}

fn export_of(wish: &Wish<'_>, format: ExportFormat) -> Address {
    let names = ["q", "sort", "group", "fold", "expand", "any"];
    let to = Address::to(&["export"]);
    let to = names.iter().fold(to, |to, name| to.with(name, wish.asked.params.text(name)));
    to.with("to", format.name())
}
