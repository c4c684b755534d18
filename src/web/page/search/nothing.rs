//! Pages without results: nothing was found, or the query cannot be read.

use maud::{Markup, html};
use morgue_core::{count, number};

use super::{
    super::{parts, problem, receipts},
    header,
    wish::Wish,
};
use crate::{
    archive::Receipt,
    search::{Chip, Results},
    web::{
        address::Address,
        asked::Asked,
        problem::{Problem, QueryPlace},
    },
};

/// Nothing was found: what was searched, what comes near, and each part of the query alone.
pub(super) fn nothing(
    wish: &Wish<'_>,
    results: &Results,
    (chips, receipt): (&[Chip], &Receipt),
) -> Result<Markup, Problem> {
    let searched = searched(wish.asked)?;
    let near = header::notes(results, None);
    let is_any = wish.request.query.any;
    Ok(html! {
        div.opening {
            (header::chips(wish, chips))
            div role="status" {
                h1 { "No passage found" }
                p.soft { (searched) }
            }
            (header::on_paper(wish, chips, ("No passage found", &receipt.id)))
        }
        div.columns {
            section.section aria-labelledby="near" {
                h2 #near { @if near.is_empty() { "What else to try" } @else { "What comes near" } }
                @for note in near { p { (with_links(wish, note)) } }
                @if chips.len() > 1 && !is_any {
                    p { a href=(wish.link(&[("any", "1")])) { "Any of the words" } " rather than all of them." }
                }
                @if !wish.request.expand {
                    p { a href=(wish.link(&[("expand", "1")])) { "Related words" } " too: those that the nearest articles have in common." }
                }
                @if chips.len() > 1 { p { "Or leave a part of the query out: × at each part above does that." } }
                p { a href="/help/query-language" { "The query language" } " has what else can be asked." }
                (receipts::section(wish.asked, receipt))
            }
            @if chips.len() > 1 {
                aside.facets aria-label="Each part alone" {
                    h3 { "Each part alone" }
                    ul {
                        @for chip in chips {
                            li {
                                div {
                                    a href=(wish.with_query(&chip.text)) { code { bdi { (chip.text) } } }
                                    @if !chip.note.is_empty() { p.soft { bdi { (chip.note) } } }
                                }
                            }
                        }
                    }
                    p.soft { "A number counts passages." }
                }
            }
        }
    })
}

/// What a note says, with links to the query for what it asks whether it was meant: of `no passage
/// has sirn; did you mean siren?` the second.
fn with_links(wish: &Wish<'_>, note: &str) -> Markup {
    let note = parts::sentence(note);
    let Some((before, meant)) = note.split_once("did you mean ") else { return parts::prose(&note) };
    let typed = before.split('`').nth(1).filter(|it| wish.query().matches(*it).count() == 1);
    let Some(typed) = typed.filter(|_| note.matches('`').count().is_multiple_of(2)) else {
        return parts::prose(&note);
    };
    html! {
        (parts::prose(before)) "did you mean "
        @for (n, part) in meant.split('`').enumerate() {
            @if n % 2 == 1 {
                a href=(wish.with_query(&wish.query().replace(typed, part))) { code { bdi { (part) } } }
            } @else {
                (part)
            }
        }
    }
}

/// `Searched: all 61 articles, 633 passages, …`.
fn searched(asked: &Asked) -> Result<String, Problem> {
    let held = asked.archive.holdings()?;
    let span = match held.years {
        Some((first, last)) if first == last => format!(", of {first}"),
        Some((first, last)) => format!(", from {first} to {last}"),
        None => String::new(),
    };
    let undated = match held.undated {
        0 => String::new(),
        1 => "; 1 article has no date".to_owned(),
        n => format!("; {} articles have no date", number(n)),
    };
    let (articles, passages) =
        (count(held.counts.articles, "article"), count(held.counts.passages, "passage"));
    Ok(format!("Searched: all {articles}, {passages}{span}{undated}."))
}

/// Fields that a query can name, with what is typed.
const FIELDS: [(&str, &str, &str); 8] = [
    ("source:", "who published it", "source:herald"),
    ("speaker:", "who is quoted in the passage", "speaker:minister"),
    ("said:", "words inside a quote", "said:\"no comment\""),
    ("since: until:", "when it was published", "since:2018-02 until:2018-03"),
    ("headline:", "words in the headline", "headline:flood"),
    ("section: place:", "where it stood, where it was written", "section:news"),
    ("byline:", "who wrote it", "byline:barlow"),
    ("list: note: tag:", "what is on your lists", "note:dam"),
];

/// The query cannot be read, or not be answered: it again, what is wrong with it, and where. The
/// box keeps what was typed, and no results are shown.
pub(super) fn unread(asked: &Asked, problem: &Problem) -> Markup {
    let typed = asked.params.text("q");
    let corrected = problem.suggestion.as_deref().filter(|_| problem.place.is_some());
    html! {
        (parts::query_box(asked, typed, true))
        div.opening {
            h1 { (parts::prose(&parts::capital(&problem.detail))) }
            @match &problem.place {
                // What is offered as a link says it already.
                Some(place) => (at(place, corrected.is_none())),
                None => div.error #error role="alert" { p { code { (typed) } } },
            }
            @if !problem.names.is_empty() { (problem::detail(problem)) }
            @if let Some(corrected) = corrected {
                p { "Did you mean " a href=(Address::search(corrected)) { code { (corrected) } } "?" }
            }
        }
        section.section aria-labelledby="fields" {
            h2 #fields { "Fields that a query can name" }
            table.stack {
                thead { tr { th scope="col" { "Field" } th scope="col" { "Finds" } th scope="col" { "Example" } } }
                tbody {
                    @for (fields, finds, example) in FIELDS {
                        tr {
                            th scope="row" { @for field in fields.split(' ') { code { (field) } " " } }
                            td { (finds) }
                            td { a href=(Address::search(example)) { code { (example) } } }
                        }
                    }
                }
            }
            p { a href="/help/query-language" { "The whole query language" } }
        }
    }
}

/// The query with its bad part marked, and in words where that is.
fn at(place: &QueryPlace, with_hint: bool) -> Markup {
    let QueryPlace { query, span: [start, end], hint } = place;
    let part = |from: usize, to: usize| query.get(from..to).unwrap_or_default();
    let letter = part(0, *start).chars().count() + 1;
    // What is missing has no letters to mark.
    let bad = match part(*start, *end) {
        "" => "␣",
        it => it,
    };
    html! {
        div.error #error role="alert" {
            p { code { (part(0, *start)) mark { (bad) } (part(*end, query.len())) } }
            @if with_hint { p { (parts::prose(&parts::sentence(hint))) } }
            p.soft { "The mistake is at letter " (letter) ". Nothing was searched." }
        }
    }
}
