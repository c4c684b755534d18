//! `/compare/{a}/{b}`: two versions of a story, word by word, the earlier one first.

use std::{
    collections::{HashMap, HashSet},
    ops::Range,
};

use maud::{Markup, html};
use morgue_core::{Choice as _, count, number};

use super::{
    layout::{self, Section},
    parts,
};
use crate::{
    archive::WhichArticle,
    article::{Article, FieldName, PassageKind},
    copies::{Change, Edit},
    render,
    search::{ChangedPart, Comparison, SimilarRequest},
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
    path: "/compare/{a}/{b}",
    verb: Verb::Get,
    forms: &[Form::Page, Form::Json],
    params: PARAMS,
    about: "Two articles side by side, the earlier one first: what differs, word by word.",
    answer: compare,
    schema: Some(|it| schema_of(it, |compared: &'static Comparison| render::comparison(compared))),
    examples: &["/compare/2080fe4510-4f29af/ced15350c5-b018e0.json?only=numbers"],
}];

const MIN_CHANGE: Param =
    Param::new("min_change", Takes::Number(0, 1000, 0), "Only changes of at least this many words.");

const PARAMS: &[Param] =
    &[Param::new("only", Takes::Choice(only), "Only changes of this part of the articles."), MIN_CHANGE];

fn only() -> Vec<&'static str> {
    std::iter::once("all").chain(ChangedPart::ALL.iter().map(|it| it.name())).collect()
}

fn compare(asked: &Asked) -> Result<Reply, Problem> {
    let request = SimilarRequest {
        limit: 0,
        only: Vec::from_iter(ChangedPart::from_name(asked.params.text("only"))),
        words_min: asked.params.number(&MIN_CHANGE),
    };
    let [one, other] = [0, 1].map(|it| WhichArticle(asked.part(it).to_owned()));
    let Some(compared) = asked.archive.compare([&one, &other], &request)? else {
        let missing = if asked.archive.article(&one)?.is_none() { one } else { other };
        return Err(Problem::not_found(format!("the archive has no article `{}`", missing.0)));
    };
    Ok(match asked.form {
        Form::Page => Reply::page(Page { asked, request: &request, compared: &compared }.markup()),
        Form::Json | Form::Lines | Form::Csv => Reply::json(&render::comparison(&compared)),
    })
}

/// What the page is made of.
struct Page<'a> {
    asked: &'a Asked,
    request: &'a SimilarRequest,
    compared: &'a Comparison,
}

/// A passage of one of the versions or of both.
enum Part<'a> {
    /// Both have it in the same words, at this place of the later one.
    Same(usize),
    Changed(&'a Change),
    /// Only the earlier one has it.
    Cut(usize),
    /// Only the later one has it.
    Added(usize),
}

impl Part<'_> {
    /// How many changes it shows.
    fn n_changes(&self) -> usize {
        match self {
            Part::Same(_) => 0,
            Part::Changed(change) => n_changes(&change.edits),
            Part::Cut(_) | Part::Added(_) => 1,
        }
    }
}

fn n_changes(edits: &[Edit]) -> usize {
    edits.iter().filter(|it| !it.same).count()
}

impl Page<'_> {
    fn markup(&self) -> Markup {
        let parts = self.parts();
        let difference = &self.compared.there.difference;
        let of_headline = n_changes(&difference.headline_edits);
        let total = of_headline + parts.iter().map(Part::n_changes).sum::<usize>();
        let title = self.title();
        let mut first = 1 + of_headline;
        let mut passages = Vec::new();
        for part in &parts {
            passages.push(self.part(part, first, total));
            first += part.n_changes();
        }
        let content = html! {
            (self.opening(&title, total))
            section.section aria-label="Differences, word by word" {
                (self.headline(total))
                @for passage in &passages { (passage) }
                @if total == 0 {
                    p role="status" {
                        @if self.request.is_narrow() { "No change of this kind." } @else { "The words are the same." }
                    }
                }
            }
        };
        layout::page(self.asked, Some(Section::Search), &title, &content)
    }

    fn versions(&self) -> [&Article; 2] {
        [&self.compared.here, &self.compared.there.article]
    }

    fn title(&self) -> String {
        let [here, there] = self.versions().map(|it| it.metadata.text(FieldName::Source));
        match (here, there) {
            (Some(here), Some(there)) if here != there => format!("What differs between {here} and {there}"),
            _ if self.compared.is_version => "What differs between two versions".to_owned(),
            _ => "What differs between two articles".to_owned(),
        }
    }

    fn opening(&self, title: &str, total: usize) -> Markup {
        let hidden = self.compared.there.n_hidden;
        let signs = [html! { del { "only in this one" } }, html! { ins { "only in this one" } }];
        html! {
            header.opening {
                p.soft {
                    @if self.compared.is_version { "Two versions of one story" }
                    @else { "Two articles that are not versions of one story" }
                    @if self.compared.is_order_unknown() { "; by their dates it is not known which was first" }
                    @else { ", the earlier one first" }
                }
                h1 { bdi { (title) } }
                table.stack {
                    thead { tr {
                        th scope="col" { "Words" } th scope="col" { "Date" } th scope="col" { "Outlet" }
                        th scope="col" { "Headline" } th scope="col" { "Byline" }
                    } }
                    tbody {
                        @for (article, sign) in self.versions().into_iter().zip(&signs) {
                            tr {
                                th scope="row" { (sign) }
                                td { (parts::time_or_none(article.metadata.published())) }
                                td { bdi { (article.metadata.text(FieldName::Source).unwrap_or("outlet unknown".into())) } }
                                td { (parts::headline(article, &[], &Address::article(&article.id.to_string(), ""))) }
                                td { bdi { (article.metadata.text(FieldName::Byline).unwrap_or("–".into())) } }
                            }
                        }
                    }
                }
                (self.fields())
                nav.row aria-label="What to show" {
                    span role="status" {
                        (count(total, "change"))
                        @if hidden > 0 { ", " (number(hidden)) " more not shown" }
                        @if self.compared.whole.reordered { ", passages in another order" }
                    }
                    " " span { "Show" }
                    (self.filter(None))
                    @for part in ChangedPart::ALL { (self.filter(Some(*part))) }
                    @if self.request.words_min == 0 { " " a href=(self.with(self.only(), "2")) { "without changes of one word" } }
                    @else { " " a href=(self.with(self.only(), "")) { "with changes of one word" } }
                    @if total > 0 { " " a href="#c1" { "First change ↓" } }
                }
                p.paper {
                    "Articles " (self.compared.here.id) " and " (self.compared.there.article.id) ". Printed "
                    (parts::day(self.asked.today)) " from generation " (self.asked.generation) " of the index."
                }
            }
        }
    }

    /// What else is known of both and differs.
    fn fields(&self) -> Markup {
        const SHOWN_ABOVE: [FieldName; 4] =
            [FieldName::Headline, FieldName::Source, FieldName::Date, FieldName::Byline];
        let [here, there] = self.versions();
        let names = if self.compared.is_order_unknown() { ["One", "Other"] } else { ["Earlier", "Later"] };
        let others = FieldName::ALL.into_iter().filter(|it| !SHOWN_ABOVE.contains(it));
        let differing: Vec<_> = others
            .map(|it| (it, here.metadata.text(it), there.metadata.text(it)))
            .filter(|(_, a, b)| a != b)
            .collect();
        html! {
            @if !differing.is_empty() {
                details {
                    summary { (count(differing.len(), "other field")) " that differ" @if differing.len() == 1 { "s" } }
                    table.stack {
                        thead { tr {
                            th scope="col" { "Field" } @for name in names { th scope="col" { (name) } }
                        } }
                        tbody {
                            @for (field, a, b) in &differing {
                                tr {
                                    th scope="row" { (field.name()) }
                                    td data-label=(names[0]) { bdi { (a.as_deref().unwrap_or("–")) } }
                                    td data-label=(names[1]) { bdi { (b.as_deref().unwrap_or("–")) } }
                                }
                            }
                        }
                    }
                }
            }
        }
    }

    fn only(&self) -> &'static str {
        self.request.only.first().map_or("", |it| it.name())
    }

    fn with(&self, only: &str, min_change: &str) -> Address {
        let [here, there] = self.versions().map(|it| it.id.to_string());
        Address::compare(&here, &there).with("only", only).with("min_change", min_change)
    }

    fn filter(&self, part: Option<ChangedPart>) -> Markup {
        let name = part.map_or("all", ChangedPart::name);
        let help = ChangedPart::CHOICES.iter().find(|it| Some(it.0) == part).map(|it| it.2);
        let min = if self.request.words_min == 0 { "" } else { self.asked.params.text("min_change") };
        html! {
            " "
            @if self.request.only.first().copied() == part { b aria-current="true" { (name) } }
            @else { a href=(self.with(part.map_or("", ChangedPart::name), min)) title=[help] { (name) } }
        }
    }

    /// The passages in the order of the later version; what was cut stands where it stood. Where
    /// not all changes are wanted, those with one.
    fn parts(&self) -> Vec<Part<'_>> {
        let (whole, wanted) = (&self.compared.whole, &self.compared.there.difference);
        let body = |article: &Article| -> Vec<usize> {
            let passages = article.passages().iter().enumerate();
            passages.filter(|it| it.1.kind != PassageKind::Headline).map(|it| it.0).collect()
        };
        let [here, there] = self.versions().map(body);
        let set = |of: &[usize]| of.iter().copied().collect::<HashSet<usize>>();
        let (all_cut, all_added) = (set(&whole.cut), set(&whole.added));
        let changed: HashMap<usize, &Change> = whole.changed.iter().map(|it| (it.there, it)).collect();
        // Passages that were cut, with how many before them were kept.
        let mut kept = 0;
        let mut cut = Vec::new();
        for ordinal in here {
            match all_cut.contains(&ordinal) {
                true => cut.push((kept, ordinal)),
                false => kept += 1,
            }
        }
        let mut cut = cut.into_iter().peekable();
        let mut parts = Vec::new();
        let mut met = 0;
        for ordinal in there {
            while let Some((_, ordinal)) = cut.next_if(|it| it.0 <= met) {
                parts.push(Part::Cut(ordinal));
            }
            if all_added.contains(&ordinal) {
                parts.push(Part::Added(ordinal));
                continue;
            }
            met += 1;
            parts.push(match changed.get(&ordinal) {
                Some(change) => Part::Changed(change),
                None => Part::Same(ordinal),
            });
        }
        parts.extend(cut.map(|it| Part::Cut(it.1)));
        if self.request.is_narrow() {
            let (cut, added) = (set(&wanted.cut), set(&wanted.added));
            let changed: HashSet<usize> = wanted.changed.iter().map(|it| it.there).collect();
            parts.retain(|it| match it {
                Part::Same(_) => false,
                Part::Changed(change) => changed.contains(&change.there),
                Part::Cut(ordinal) => cut.contains(ordinal),
                Part::Added(ordinal) => added.contains(ordinal),
            });
        }
        parts
    }

    fn headline(&self, total: usize) -> Markup {
        let difference = &self.compared.there.difference;
        let [here, there] = self.versions();
        let [mine, theirs] =
            [here, there].map(|it| it.metadata.text(FieldName::Headline).unwrap_or_default());
        html! {
            @if difference.headline {
                div.passage {
                    p.row {
                        span { "headline" }
                        (parts::steps("c", "change", 1, n_changes(&difference.headline_edits), total))
                    }
                    h2 lang=[parts::lang(there)] dir="auto" { (edited(&difference.headline_edits, &mine, &theirs, 1)) }
                }
            } @else if !self.request.is_narrow() && !theirs.is_empty() {
                div.passage {
                    p.row { span { @if mine.is_empty() { "headline" } @else { "headline same" } } }
                    h2 lang=[parts::lang(there)] dir="auto" { (theirs) }
                }
            }
        }
    }

    /// A passage whose first change has the number `first`.
    fn part(&self, part: &Part<'_>, first: usize, total: usize) -> Markup {
        let [here, there] = self.versions();
        let text = |of: &Article, ordinal: usize| -> String {
            of.passages().get(ordinal).map_or(String::new(), |it| it.text.clone())
        };
        let id = format!("c{first}");
        let (place, what, of, words) = match part {
            Part::Same(at) => (at, " same", there, html! { (text(there, *at)) }),
            Part::Changed(it) => {
                let words = edited(&it.edits, &text(here, it.here), &text(there, it.there), first);
                (&it.there, "", there, words)
            }
            Part::Cut(at) => (at, " cut", here, html! { del id=(id) { (text(here, *at)) } }),
            Part::Added(at) => (at, " added", there, html! { ins id=(id) { (text(there, *at)) } }),
        };
        let n = part.n_changes();
        html! {
            div.passage {
                p.row {
                    span { a.number href=(Address::article(&of.id.to_string(), "").at(&format!("p{place}"))) { (place) } (what) }
                    @if n > 0 { (parts::steps("c", "change", first, n, total)) }
                }
                p.text lang=[parts::lang(of)] dir="auto" { (words) }
            }
        }
    }
}

/// The words of the later version with what was cut and added. Changes are numbered from `first`.
fn edited(edits: &[Edit], here: &str, there: &str, first: usize) -> Markup {
    let side = |text: &str, range: &Range<usize>| text.get(range.clone()).unwrap_or_default().to_owned();
    let mut next = first;
    let pieces = edits.iter().enumerate().map(|(n, Edit { here: mine, there: theirs, same })| {
        // A sign that was cut stood at the word before it: `the chapel, and`.
        let is_at_word = |range: &Range<usize>| {
            let before = here.get(..range.start).unwrap_or_default();
            !range.is_empty() && !before.is_empty() && !before.ends_with(char::is_whitespace)
        };
        let follows = edits.get(n + 1).filter(|it| !it.same && it.there.is_empty());
        if *same {
            let words = side(there, theirs);
            let is_close = follows.is_some_and(|it| is_at_word(&it.here));
            return if is_close {
                html! { (words.trim_end()) }
            } else {
                html! { (words) }
            };
        }
        let is_close = theirs.is_empty() && is_at_word(mine);
        let before = there.get(..theirs.start).unwrap_or_default();
        let (mine, theirs) = (side(here, mine), side(there, theirs));
        let id = format!("c{next}");
        next += 1;
        // The space behind stands outside of the signs.
        let space = [&mine, &theirs].into_iter().any(|it| it.ends_with(char::is_whitespace))
            || is_close && before.ends_with(char::is_whitespace);
        let (mine, theirs) = (mine.trim(), theirs.trim());
        html! {
            @if !mine.is_empty() { del id=(id) { (mine) } }
            @if !mine.is_empty() && !theirs.is_empty() { " " }
            @if !theirs.is_empty() { ins id=[mine.is_empty().then_some(&id)] { (theirs) } }
            @if space { " " }
        }
    });
    let pieces: Vec<Markup> = pieces.collect();
    html! { @for piece in &pieces { (piece) } }
}
