//! `/a/{article}`: one article, with who is quoted in it, what a query marks, its versions, and
//! where each thing known of it comes from.

use std::{borrow::Cow, sync::Arc};

mod below;
mod margin;

use axum::http::StatusCode;
use maud::{Markup, html};
use morgue_core::{count, number};

use super::{
    layout::{self, Section},
    on_lists::OnLists,
    parts,
};
use crate::{
    archive::{SeveralArticles, Shown, WhichArticle},
    article::{Article, FieldName, Passage, PassageKind, Span},
    query::{Grouping, Order},
    render::{ArticleView, Render as _},
    search::{Neighbor, Neighbors, SearchRequest, Selection, SimilarArticles, SimilarRequest, Version},
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
    path: "/a/{article}",
    verb: Verb::Get,
    forms: &[Form::Page, Form::Json, Form::Csv],
    params: PARAMS,
    about: "One article: its passages with their quotes, what a query marks, and where each value comes from.",
    answer: article,
    schema: Some(|it| schema_of(it, |view: &'static ArticleView<'static>| view.row())),
    examples: &["/a/ced15350c5-b018e0.json?q=siren"],
}];

const RANK: Param = Param::new(
    "rank",
    Takes::Number(1, 1_000_000, 1),
    "The rank in the result of `q` of a passage that the article has: its page leads to the articles before and after it.",
);

const PARAMS: &[Param] = &[
    Param::query("A query, of which what it finds is marked."),
    RANK,
    Param::new("sort", Takes::Choice(orders), "The order of the result that `rank` counts in."),
    Param::new("group", Takes::Choice(groupings), "What one result of it is."),
    Param::new("fold", Takes::Flag, "0 where it gives what several versions have several times."),
    Param::new("expand", Takes::Flag, "1 where related words were looked for too."),
    Param::new("any", Takes::Flag, "1 for any of the words rather than all."),
    Param::new("explain", Takes::Flag, "In JSON, why each quote is its speaker's; the page always says it."),
    Param::new(
        "show",
        Takes::Choice(|| vec!["text", "origins"]),
        "`origins` opens where the values are from.",
    ),
];

/// What a search was asked with, beside the query.
const SEARCHED: [&str; 5] = ["sort", "group", "fold", "expand", "any"];

fn groupings() -> Vec<&'static str> {
    Grouping::ALL.iter().map(|it| it.name()).collect()
}

fn orders() -> Vec<&'static str> {
    Order::ALL.iter().map(|it| it.name()).collect()
}

/// So many related articles are named.
const RELATED_MAX: usize = 5;

fn article(asked: &Asked) -> Result<Reply, Problem> {
    let which = WhichArticle(asked.part(0).to_owned());
    let mut shown = match asked.archive.article(&which) {
        Ok(Some(it)) => it,
        Ok(None) => return Err(Problem::not_found(format!("the archive has no article `{}`", which.0))),
        Err(error) => return several(asked, error),
    };
    if asked.form == Form::Page || asked.params.flag("explain") {
        asked.archive.explain(&mut shown)?;
    }
    let mut notes = Vec::new();
    if !asked.params.text("q").trim().is_empty() {
        notes = asked.archive.mark(&mut shown, &asked.query("q"), asked.today)?;
    }
    let view = ArticleView { shown: &shown, origins: true };
    match asked.form {
        Form::Csv => Ok(Reply::csv(view.table())),
        Form::Page => Page::read(asked, &shown, notes).map(|it| it.reply()),
        Form::Json | Form::Lines => Ok(Reply::json(&view.row())),
    }
}

/// The page that names the articles whose ids begin so.
fn several(asked: &Asked, error: anyhow::Error) -> Result<Reply, Problem> {
    let several = match error.downcast::<SeveralArticles>() {
        Ok(it) if asked.form == Form::Page => it,
        Ok(it) => return Err(anyhow::Error::from(it).into()),
        Err(error) => return Err(error.into()),
    };
    let content = html! {
        header.opening {
            h1 { "Several articles" }
            p { "The ids of these articles begin with " code { (several.typed) } "." }
        }
        section.section aria-label="Articles" {
            ul {
                @for it in &several.articles {
                    li.hit {
                        p.slip {
                            (parts::time_or_none(it.date))
                            @if let Some(source) = &it.source { " " b { bdi { (source) } } }
                        }
                        div {
                            h2 {
                                a href=(Address::article(&it.article.to_string(), asked.params.text("q"))) {
                                    bdi { (it.headline.clone().unwrap_or_else(|| it.place.address().into_owned())) }
                                }
                            }
                            p.soft { (it.article) }
                        }
                    }
                }
            }
            @if several.has_more { p { "There are more; more of the id tells them apart." } }
        }
    };
    let page = layout::page(asked, Some(Section::Search), "Several articles", &content);
    Ok(Reply::page(page).status(StatusCode::MULTIPLE_CHOICES))
}

/// What the page is made of.
struct Page<'a> {
    asked: &'a Asked,
    shown: &'a Shown,
    /// Its full id, which links go to whatever was typed.
    id: String,
    query: &'a str,
    notes: Vec<String>,
    similar: Option<SimilarArticles>,
    /// The way through the result that it came from.
    way: Option<Neighbors>,
    lists: Arc<OnLists>,
}

impl<'a> Page<'a> {
    fn read(asked: &'a Asked, shown: &'a Shown, notes: Vec<String>) -> Result<Page<'a>, Problem> {
        let id = shown.article.id.to_string();
        let request = SimilarRequest { limit: RELATED_MAX, ..SimilarRequest::default() };
        let similar = asked.archive.similar(&WhichArticle(id.clone()), &request)?;
        let query = asked.params.text("q").trim();
        let way = way(asked, &shown.article)?;
        let lists = asked.on_lists();
        Ok(Page { asked, shown, id, query, notes, similar, way, lists })
    }

    fn reply(&self) -> Reply {
        let article = &self.shown.article;
        let title = article.metadata.text(FieldName::Headline).unwrap_or_else(|| article.place.address());
        let content = html! {
            (self.way())
            article {
                (self.opening())
                (self.text())
                (self.versions())
                (self.on_lists())
                (self.origins())
                (self.related())
            }
        };
        Reply::page(layout::page(self.asked, Some(Section::Search), &title, &content))
    }

    /// From the result to the articles before and after this one.
    fn way(&self) -> Markup {
        let Some(Neighbors { number, n_articles, before, after }) = &self.way else { return html! {} };
        // What the result was asked with goes on.
        let with = |to: Address| SEARCHED.iter().fold(to, |to, it| to.with(it, self.asked.params.text(it)));
        let to = |it: &Neighbor| {
            let id = it.version.article.to_string();
            with(Address::article(&id, self.query).with("rank", &it.rank.to_string()))
        };
        let title = |Version { headline, place, .. }: &Version| {
            html! { bdi { (headline.clone().unwrap_or_else(|| place.address().into_owned())) } }
        };
        html! {
            nav.pager aria-label="Articles of the result" {
                @if let Some(it) = before { a rel="prev" href=(to(it)) { "← " (title(&it.version)) } }
                a href=(with(Address::search(self.query))) {
                    "Result " (number) @if let Some(n) = n_articles { " of " (n) }
                }
                @if let Some(it) = after { a rel="next" href=(to(it)) { (title(&it.version)) " →" } }
            }
        }
    }

    fn opening(&self) -> Markup {
        let article = &self.shown.article;
        let metadata = &article.metadata;
        let text = |field| metadata.text(field);
        let headline = article.passages().first().filter(|it| it.kind == PassageKind::Headline);
        let n_marks = self.n_marks();
        html! {
            header.opening {
                p.row {
                    b { bdi { (text(FieldName::Source).unwrap_or("outlet unknown".into())) } }
                    " " (parts::time_or_none(metadata.published()))
                    @for field in [FieldName::Section, FieldName::Place] {
                        @if let Some(it) = text(field) { " " span { bdi { (it) } } }
                    }
                }
                @match headline {
                    Some(it) => h1 #p0 lang=[parts::lang(article)] dir="auto" {
                        (parts::marked(&it.text, self.marks(0), Some(1)))
                    },
                    None => h1 { (article.place.address()) },
                }
                p {
                    @if let Some(byline) = text(FieldName::Byline) { bdi { (byline) } ". " }
                    @if let Some(url) = text(FieldName::Url) { (parts::original(&url)) }
                }
                @if let Some(correction) = text(FieldName::Correction) {
                    p.note { b { "Corrected: " } bdi { (correction) } }
                }
                nav.row aria-label="In this article" {
                    @if !self.query.is_empty() {
                        span role="status" { code { (self.query) } ": " @match n_marks { 0 => "no match", 1 => "1 match", n => { (number(n)) " matches" } } }
                        @if n_marks > 0 { " " a href="#m1" { "First match ↓" } }
                        " " a href=(self.address().at("text")) { "Without marks" }
                    }
                    @if let Some(similar) = self.similar.as_ref().filter(|it| !it.copies.is_empty()) {
                        " " a href="#versions" { (count(similar.copies.len() + 1, "version")) }
                    }
                    @if !self.lists.lists.is_empty() { " " a href="#lists" { "On lists" } }
                    " " a href="#origins" { "Where the data is from" }
                    @if self.similar.as_ref().is_some_and(|it| !it.related.is_empty()) {
                        " " a href="#related" { "On the same matter" }
                    }
                }
                (parts::notes(&self.notes))
                p.paper {
                    @if !self.query.is_empty() { "Asked: " code { (self.query) } ". " }
                    "Article " (self.id) ". Printed " (parts::day(self.asked.today))
                    " from generation " (self.asked.generation) " of the index."
                }
            }
        }
    }

    /// Its own address without a query.
    fn address(&self) -> Address {
        Address::article(&self.id, "")
    }

    fn marks(&self, passage: usize) -> &[Span] {
        self.shown.marks.get(passage).map_or(&[], Vec::as_slice)
    }

    fn n_marks(&self) -> usize {
        self.shown.marks.iter().map(Vec::len).sum()
    }

    fn text(&self) -> Markup {
        let mut first = 1 + self.headline_marks();
        let passages = self.shown.article.passages().iter().enumerate();
        let passages: Vec<_> = passages
            .filter(|it| it.1.kind != PassageKind::Headline)
            .map(|(ordinal, passage)| {
                let markup = self.passage(ordinal, passage, first);
                first += self.marks(ordinal).len();
                markup
            })
            .collect();
        html! {
            section.section #text aria-label="Text" {
                @for passage in &passages { (passage) }
                @if let Some(margin) = self.margin(0).filter(|_| self.has_headline()) {
                    h2 .hide { "Quotes in the headline" }
                    div.passage { (margin) }
                }
            }
        }
    }

    fn has_headline(&self) -> bool {
        self.shown.article.passages().first().is_some_and(|it| it.kind == PassageKind::Headline)
    }

    fn headline_marks(&self) -> usize {
        if self.has_headline() { self.marks(0).len() } else { 0 }
    }

    /// A passage whose first mark is that of the number `first` in the article.
    fn passage(&self, ordinal: usize, passage: &Passage, first: usize) -> Markup {
        let marks = self.marks(ordinal);
        let words = parts::marked(&passage.text, marks, Some(first));
        let lang = parts::lang(&self.shown.article);
        html! {
            div.passage id=(format!("p{ordinal}")) {
                p.row {
                    a.number href=(format!("#p{ordinal}")) aria-label=(format!("Link to passage {ordinal}")) { (ordinal) }
                    @match passage.kind {
                        PassageKind::Caption => { " " span { "caption" } }
                        PassageKind::Correction => { " " span { "correction" } }
                        PassageKind::Body | PassageKind::Heading | PassageKind::Headline => {}
                    }
                    @if !marks.is_empty() {
                        (parts::steps("m", "match", first, marks.len(), self.n_marks()))
                    }
                }
                @if passage.kind == PassageKind::Heading { h2 lang=[lang] dir="auto" { (words) } }
                @else { p.text lang=[lang] dir="auto" { (words) } }
                @if let Some(margin) = self.margin(ordinal) { (margin) }
            }
        }
    }
}

/// The headline of an article, or where it lies.
fn title(article: &Article) -> Cow<'_, str> {
    article.metadata.text(FieldName::Headline).unwrap_or_else(|| article.place.address())
}

/// Where the article stands in the result that it came from.
fn way(asked: &Asked, article: &Article) -> Result<Option<Neighbors>, Problem> {
    let params = &asked.params;
    if !params.has("rank") || params.text("q").trim().is_empty() {
        return Ok(None);
    }
    let selection = Selection {
        order: Order::from_name(params.text("sort")).unwrap_or_default(),
        grouping: Grouping::from_name(params.text("group")).unwrap_or_default(),
        fold: params.text("fold") != "0",
        ..Selection::default()
    };
    let expand = params.flag("expand");
    let request = SearchRequest { query: asked.query("q"), expand, selection, context: 0 };
    Ok(asked.archive.neighbors(&request, (article.id, params.number(&RANK)), asked.today)?)
}
