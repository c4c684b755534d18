//! What stands above the results: how the query was read, how much was found, and when.

use maud::{Markup, html};
use morgue_core::{count, number};

use super::{
    super::{
        advice,
        chart::{Counted, chart},
        explain, parts,
    },
    hits::by_article,
    wish::Wish,
};
use crate::{
    query::{Condition, Dialect, Facet, Grouping, Order, dated, narrowed},
    search::{Chip, CountsResults, Period, Results, Timeline},
    web::address::Address,
};

/// The query as read, a clause each.
pub(super) fn chips(wish: &Wish<'_>, chips: &[Chip]) -> Markup {
    let flags: Vec<(&str, &str, &str)> =
        [("any", "any", "any of the words rather than all"), ("expand", "related", "related words too")]
            .into_iter()
            .filter(|it| wish.asked.params.flag(if it.0 == "any" { "any" } else { "expand" }))
            .collect();
    html! {
        @if !chips.is_empty() {
            div.row #read {
                span { "Read as" }
                ul.chips {
                    @for chip in chips {
                        li {
                            code { bdi { (chip.text) } }
                            @if !chip.note.is_empty() { bdi { (chip.note) } } " "
                            a href=(wish.with_query(&chip.without)) aria-label={ "Without " (chip.text) } { "×" }
                        }
                    }
                    @for (name, short, note) in flags {
                        li { code { (short) } (note) " " a href=(wish.link(&[(name, "")])) aria-label={ "Not " (note) } { "×" } }
                    }
                }
                a href=(explain::address(wish.query(), wish.request.query.any)) { "How this was read" }
            }
        }
    }
}

/// How much was found, in words: what the heading says, and what must be said beside it.
pub(super) struct Told {
    pub(super) heading: String,
    pub(super) beside: Vec<String>,
}

/// Tells how much was found.
pub(super) fn told(wish: &Wish<'_>, results: &Results, counts: &CountsResults) -> Told {
    let Results { total, apart, folded, .. } = results;
    let selection = &wish.request.selection;
    let mut beside = Vec::new();
    let is_exact = !selection.fold || wish.next(results.hits.len(), *total).is_none();
    if selection.grouping == Grouping::Article && !is_exact {
        // How many are folded further on is not known.
        let folded = match folded {
            0 => "Copies are counted.".to_owned(),
            n => format!("Copies are counted; {} folded so far.", number(*n)),
        };
        return Told { heading: count(counts.articles, "article"), beside: vec![folded] };
    }
    if selection.grouping == Grouping::Article {
        if *folded > 0 {
            beside.push(match folded {
                1 => "1 more is folded as a copy.".to_owned(),
                n => format!("{} more are folded as copies.", number(*n)),
            });
        }
        return Told { heading: count(*total, "article"), beside };
    }
    let n_articles = |n: usize| count(n, "article");
    // How much is folded is known up to the last result of this page.
    let is_whole = selection.offset == 0 && results.hits.len() == *total;
    let heading = if *apart == *total {
        format!("{} with all words in different passages", n_articles(*apart))
    } else if is_exact && is_whole {
        let found = by_article(&results.hits).len().saturating_sub(*apart);
        format!("{} in {}", count(total - apart, "passage"), n_articles(found))
    } else {
        let found = counts.articles.saturating_sub(*apart);
        format!("{} in {}", count(counts.passages, "passage"), n_articles(found))
    };
    if *apart > 0 && apart < total {
        let (more, verb) = (count(*apart, "more article"), if *apart == 1 { "has" } else { "have" });
        beside.push(format!("{more} {verb} all words, in different passages: last below."));
    }
    match (is_exact && is_whole, *folded) {
        (true, 0) => {}
        (true, n) => {
            let copies = counts.articles.saturating_sub(by_article(&results.hits).len());
            let (passages, verb) = (count(n, "more passage"), if n == 1 { "stands" } else { "stand" });
            beside.push(match copies {
                0 => format!("{passages} {verb} in copies."),
                _ => format!("{passages} {verb} in {}.", copies_of(copies)),
            });
        }
        (false, 0) => beside.push("Copies are counted.".to_owned()),
        (false, n) => {
            beside.push(format!("Copies are counted; {} of copies folded so far.", count(n, "passage")));
        }
    }
    Told { heading, beside }
}

fn copies_of(n: usize) -> String {
    if n == 1 { "1 copy".to_owned() } else { format!("{} copies", number(n)) }
}

/// The sentences beside the count: what the search itself has to say, each once.
pub(super) fn notes<'a>(results: &'a Results, timeline: Option<&'a Timeline>) -> Vec<&'a str> {
    let of_chart = timeline.and_then(|it| it.note.as_deref());
    let told_apart = |it: &&str| Some(*it) != results.relaxed.as_deref() && Some(*it) != of_chart;
    results.notes.iter().map(String::as_str).filter(told_apart).collect()
}

/// The count, and what must be said beside it.
pub(super) fn status(wish: &Wish<'_>, results: &Results, counts: &CountsResults) -> Markup {
    let Told { heading, beside } = told(wish, results, counts);
    html! {
        div role="status" {
            h1 { (heading) }
            @if let Some(relaxed) = &results.relaxed { p { b { (parts::prose(&parts::sentence(relaxed))) } } }
            @if !beside.is_empty() { p.soft { (beside.join(" ")) } }
            (advice::notes(notes(results, counts.timeline.as_ref()), wish.query(), &|it| wish.with_query(it)))
            @if wish.index_changed {
                p.soft { "The archive has changed since the page before: a result may stand on both, or on neither." }
            }
        }
    }
}

/// What a printed page says instead of forms and links.
pub(super) fn on_paper(
    wish: &Wish<'_>,
    chips: &[Chip],
    (found, part, receipt): (&str, Markup, &str),
) -> Markup {
    let selection = &wish.request.selection;
    let order = match selection.order {
        Order::Relevance => "Best first",
        Order::Newest => "Newest first",
        Order::Oldest => "Oldest first",
        Order::Added => "Added last first",
    };
    let copies = if selection.fold { "copies folded" } else { "copies each" };
    html! {
        p.paper {
            "Asked: " code { (wish.query()) } ". Read as: "
            @for (n, chip) in chips.iter().enumerate() {
                @if n > 0 { "; " }
                code { (chip.text) } @if !chip.note.is_empty() { " (" (chip.note) ")" }
            }
            ". " (found) "." (part) " " (order) ", " (copies)
            @if wish.request.query.any { ", any of the words" }
            @if wish.request.expand { ", related words too" }
            ". Printed " (crate::article::Published::Day(wish.asked.today).in_words())
            " from generation " (wish.asked.generation) " of the index. Receipt " (receipt) "."
        }
    }
}

/// The timeline, what it can show instead, and the two boxes that set its ends.
pub(super) fn timeline(wish: &Wish<'_>, timeline: &Timeline, chips: &[Chip]) -> Markup {
    let to = |period: &str| of_period(wish, period);
    let counted = if timeline.share { Counted::Share } else { Counted::Articles };
    let period = timeline.period.name();
    let finer = |by: &'static str| wish.link(&[("by", by)]);
    let caption = html! {
        @if timeline.share {
            span { "How many of a hundred articles of each " (period) " match, copies counted" }
            a href=(wish.link(&[("share", "")])) { "counts" }
        } @else {
            span { "Articles a " (period) ", copies counted" }
            a href=(wish.link(&[("share", "1")])) { "share of all" }
        }
        @match timeline.period {
            Period::Year => a href=(finer("month")) { "by month" },
            Period::Month => a href=(finer("year")) { "by year" },
            Period::Day => { a href=(finer("month")) { "by month" } a href=(finer("year")) { "by year" } },
        }
    };
    html! {
        figure {
            (chart(timeline, counted, to, &caption))
            (time_boxes(wish, chips))
        }
    }
}

fn time_boxes(wish: &Wish<'_>, chips: &[Chip]) -> Markup {
    let (since, until) = time_typed(chips);
    html! {
        form.row action="/search" {
            (kept(wish))
            label for="since" { "From" }
            input #since name="since" value=(since) size="10" placeholder="2012-05" autocomplete="off";
            label for="until" { "to" }
            input #until name="until" value=(until) size="10" placeholder="2018-03-09" autocomplete="off";
            button { "Set" }
        }
    }
}

/// The parameters of the page as hidden fields, so that a form that changes one keeps the others.
pub(super) fn kept(wish: &Wish<'_>) -> Markup {
    let kept = ["q", "sort", "view", "group", "fold", "expand", "any", "by", "share"];
    html! {
        @for name in kept {
            @let value = wish.asked.params.text(name);
            @if !value.is_empty() { input type="hidden" name=(name) value=(value); }
        }
    }
}

/// Where the bar of a period leads: the query for that time; for what has no date, that it has
/// none.
fn of_period(wish: &Wish<'_>, period: &str) -> Option<Address> {
    let query = if period.is_empty() {
        let undated = Condition { field: Facet::Year, value: None, exclude: false };
        narrowed(wish.query(), Dialect::Morgue, &undated)
    } else {
        dated(wish.query(), Dialect::Morgue, period)
    };
    Some(wish.with_query(&query.ok()?))
}

/// The ends of the time that the clauses of a query ask for, as they are typed.
fn time_typed(chips: &[Chip]) -> (String, String) {
    let value = |field: &str| chips.iter().find_map(|it| it.text.strip_prefix(field));
    let date = value("date:").map(|it| it.split_once("..").unwrap_or((it, it)));
    let since = value("since:").or(date.map(|it| it.0)).unwrap_or_default();
    let until = value("until:").or(date.map(|it| it.1)).unwrap_or_default();
    let plain = |it: &str| it.trim_matches(['"', '=']).to_owned();
    (plain(since), plain(until))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_boxes_hold_the_time_that_was_typed() {
        for (clauses, since, until) in [
            (&["siren", "since:2012"][..], "2012", ""),
            (&["since:2012-05", "until:2013"], "2012-05", "2013"),
            (&["date:2018-03"], "2018-03", "2018-03"),
            (&["date:=2018-03"], "2018-03", "2018-03"),
            (&["date:2018-03..2018-05-02"], "2018-03", "2018-05-02"),
            (&["-date:2018", "\"since:2012\""], "", ""),
        ] {
            let chip =
                |it: &&str| Chip { text: (*it).to_owned(), note: String::new(), without: String::new() };
            let chips: Vec<Chip> = clauses.iter().map(chip).collect();
            assert_eq!(time_typed(&chips), (since.to_owned(), until.to_owned()), "{clauses:?}");
        }
    }
}
