//! `/people/{name}`: all quotes of a person, under all the names the archive has for them.

use axum::http::{StatusCode, header::LINK};
use jiff::civil::Date;
use maud::{Markup, html};
use morgue_core::{count, number};

use super::{
    chart::{Counted, chart},
    layout::{self, Section},
    parts,
};
use crate::{
    article::{FieldName, QuoteKind},
    attribute::people::{Person, RoleHeld},
    query::{self, Condition, Dialect, Facet, Order},
    render::{self, Render as _, Row, object},
    search::{
        self, AboutQuotes, AmbiguousName, QuotesRequest, QuotesResults, Selection, SpeakersRequest,
        SpeakersResults, SpokenQuote, Timeline, TimelineRequest,
    },
    web::{
        address::Address,
        asked::Asked,
        cursor::Cursor,
        params::{Param, Takes},
        problem::Problem,
        reply::{Form, Reply},
        route::{Route, Verb},
        schema::schema_of,
    },
};

/// What is routed here.
pub(super) const ROUTES: &[Route] = &[Route {
    path: "/people/{name}",
    verb: Verb::Get,
    forms: &Form::ALL,
    params: PARAMS,
    about: "Every quote of a person, under all the names that the archive has for them.",
    answer: person,
    schema: Some(|it| {
        schema_of(it, |(speakers, results): (&'static SpeakersResults, &'static QuotesResults)| {
            row(speakers, results, None, (0, false))
        })
    }),
    examples: &["/people/Yusuf%20Tashkiri.json", "/people/Maren%20Kolvane.json?q=budget&kind=direct"],
}];

const SIZE: Param = Param::new(
    "size",
    Takes::Number(1, 100, 20),
    "How many on a page; lines and tables have all without it.",
);

pub(super) const KIND: Param = Param::new("kind", Takes::Choice(kinds), "Only quotes of this kind.");
pub(super) const FOLD: Param =
    Param::new("fold", Takes::Flag, "0 to give the same quote of every version of a story.");
pub(super) const ALL: Param =
    Param::new("all", Takes::Flag, "1 for the quotes of everybody whom the name fits.");
pub(super) const EXACTLY: Param =
    Param::new("exactly", Takes::Flag, "1 for whoever the archive calls exactly so, where there is one.");

const PARAMS: &[Param] = &[
    Param::query("Only quotes that match this query."),
    KIND,
    Param::new("sort", Takes::Choice(orders), "Which come first: the newest, or the best with a query."),
    FOLD,
    ALL,
    EXACTLY,
    Param::new("why", Takes::Flag, "1 to say in data why each quote is theirs."),
    SIZE,
    Param::new("after", Takes::Text(40), "Where the page begins, as the page before says."),
];

fn kinds() -> Vec<&'static str> {
    std::iter::once("any").chain(QuoteKind::ALL.map(QuoteKind::name)).collect()
}

/// The orders, that of a page without a query first.
pub(super) fn orders() -> Vec<&'static str> {
    let first = [Order::Newest, Order::Oldest, Order::Relevance];
    let others = Order::ALL.iter().copied().filter(|it| !first.contains(it));
    first.into_iter().chain(others).map(Order::name).collect()
}

fn person(asked: &Asked) -> Result<Reply, Problem> {
    let (cursor, index_changed) = Cursor::of(asked)?;
    let name = asked.part(0);
    let is_whole = matches!(asked.form, Form::Lines | Form::Csv) && !asked.params.has("size");
    let is_page = asked.form == Form::Page;
    let limit = if is_whole { usize::MAX } else { asked.params.number(&SIZE) };
    let request = QuotesRequest {
        timeline: is_page.then(TimelineRequest::default),
        why: asked.params.flag("why"),
        about: is_page,
        ..request(asked, cursor.offset, limit)
    };
    let results = if name.contains(char::is_alphanumeric) {
        match asked.archive.quotes(&request, asked.today) {
            Ok(results) => results,
            Err(error) => return several(asked, error),
        }
    } else {
        return nobody(asked, &[]);
    };
    if results.speakers.is_empty() {
        return nobody(asked, &results.notes);
    }
    let to = Address::person(name).in_form(asked.form.extension());
    let size = request.selection.limit;
    let extent = results.extent(cursor.offset);
    // A quotation over several paragraphs is not cut: a page may hold more than was asked for.
    let around = cursor.around(asked, &to, (size, extent.shown, results.total));
    let next = around.1.as_ref().map(|it| asked.absolute(it));
    let reply = match asked.form {
        Form::Page => {
            let page = Page { asked, request: &request, results: &results };
            Reply::page(page.markup((around.0.as_ref(), around.1.as_ref()))?)
        }
        Form::Json => {
            let after = Cursor { offset: cursor.offset + extent.shown, ..cursor };
            let next = next.clone().map(|it| (after.print(), it));
            let speakers = results.speakers.clone();
            let speakers =
                SpeakersResults { total: speakers.len(), speakers, named: true, notes: Vec::new() };
            Reply::json(&row(&speakers, &results, next, (asked.generation, index_changed)))
        }
        Form::Lines => {
            let generation = asked.generation;
            Reply::stream_of_lines(Box::new(move |out| {
                render::json_lines(results.rows(), out)?;
                Reply::end_of_lines(results.quotes.len(), generation, out)
            }))
        }
        Form::Csv => Reply::csv(results.table()),
    };
    Ok(match next {
        Some(next) => reply.with(LINK, format!("<{next}>; rel=\"next\"")),
        None => reply,
    })
}

/// A page of quotes as JSON, with whose they are. `next` is where the page after it begins, and its
/// address.
fn row(
    speakers: &SpeakersResults,
    results: &QuotesResults,
    next: Option<(String, String)>,
    (generation, index_changed): (u64, bool),
) -> impl Row {
    let (next, next_url) = next.unzip();
    object! {
        speakers: speakers.rows().collect::<Vec<_>>(),
        quotes: results.rows().collect::<Vec<_>>(),
        total: object! {
            quotes: results.total,
            /// How many of them go on with the quotation before them.
            continuing: results.continuing,
            /// How many more stand in copies.
            folded: results.folded,
        },
        notes: &results.notes,
        next,
        next_url,
        generation,
        /// Whether the page before was made of another state of the index.
        index_changed,
    }
}

/// The quotes that were asked for, from one of them on, as many as `limit`.
pub(super) fn request(asked: &Asked, offset: usize, limit: usize) -> QuotesRequest {
    let params = &asked.params;
    let by_default = if params.text("q").trim().is_empty() { Order::Newest } else { Order::Relevance };
    QuotesRequest {
        name: asked.part(0).to_owned(),
        query: asked.query("q"),
        kind: QuoteKind::from_name(params.text("kind")),
        all: params.flag("all"),
        exactly: params.flag("exactly"),
        selection: Selection {
            limit,
            offset,
            order: Order::from_name(params.text("sort")).unwrap_or(by_default),
            fold: params.text("fold") != "0",
            ..Selection::default()
        },
        ..QuotesRequest::default()
    }
}

/// The page that lists whom an ambiguous name may mean.
fn several(asked: &Asked, error: anyhow::Error) -> Result<Reply, Problem> {
    let candidates = match error.downcast::<search::Error>() {
        Ok(search::Error::Name(AmbiguousName { candidates, .. })) if asked.form == Form::Page => candidates,
        Ok(error) => return Err(error.into()),
        Err(error) => return Err(error.into()),
    };
    let name = asked.part(0);
    let content = html! {
        header.opening {
            p.soft { "Several people" }
            h1 { bdi { (name) } }
            p role="status" { (number(candidates.len())) " speakers have this name. Whose quotes?" }
        }
        section.section aria-label="People" {
            table.stack {
                thead { tr {
                    th scope="col" { "Name" } th scope="col" { "Role given most" }
                    th.count scope="col" { "Quotes" } th.count scope="col" { "Articles" }
                    th.count scope="col" { "In this archive" }
                } }
                tbody {
                    @for person in &candidates {
                        tr {
                            th scope="row" {
                                a href=(with_query(asked, Address::person_called(&person.full_name()))) {
                                    bdi { (person.full_name()) }
                                }
                                @if person.is_bare() { " " span.soft { "no other name given" } }
                                @if !person.has_own_name() { " " span.soft { "(" (person.kind.name()) ")" } }
                            }
                            td { @match person.roles.first() { Some(it) => bdi { (it.role) }, None => "–" } }
                            td.count data-label="Quotes" { (number(person.n_quotes)) }
                            td.count data-label="Articles" { (number(person.n_articles)) }
                            td.count data-label="In this archive" { (person.years().unwrap_or("undated".into())) }
                        }
                    }
                }
            }
            p { a href=(with_query(asked, Address::person(name)).with("all", "1")) { "The quotes of everybody" } }
        }
    };
    let page = layout::page(asked, Some(Section::People), name, &content);
    Ok(Reply::page(page).status(StatusCode::MULTIPLE_CHOICES))
}

fn with_query(asked: &Asked, to: Address) -> Address {
    to.with("q", asked.params.text("q"))
}

/// Nobody has the name: whose names are nearly so.
fn nobody(asked: &Asked, notes: &[String]) -> Result<Reply, Problem> {
    let name = asked.part(0);
    let nearest = asked.archive.nearest_people(name)?;
    if asked.form != Form::Page {
        let detail = std::iter::once(format!("nobody called `{name}` is quoted"));
        let detail: Vec<String> = detail.chain(notes.iter().cloned()).collect();
        let names = nearest.into_iter().map(|it| it.0).collect();
        return Err(Problem { names, ..Problem::not_found(detail.join("; ")) });
    }
    let content = html! {
        header.opening {
            p.soft { "Person" }
            h1 { bdi { (name) } }
            p role="status" { "Nobody of this name is quoted in this archive." }
            @if nearest.is_empty() { (parts::notes(notes)) }
        }
        @if !nearest.is_empty() {
            section.section aria-labelledby="nearest" {
                h2 #nearest { "Names that are nearly so" }
                ul {
                    @for (name, n) in &nearest {
                        li {
                            a href=(with_query(asked, Address::person_called(name))) { bdi { (name) } }
                            ", " (count(*n, "quote"))
                        }
                    }
                }
            }
        }
        section.section aria-label="Elsewhere" {
            p { a href=(Address::search(&format!("\"{}\"", name.replace('"', " ")))) { "Search the clippings for the name" } }
            p { a href="/people" { "All people who are quoted" } }
        }
    };
    let page = layout::page(asked, Some(Section::People), name, &content);
    Ok(Reply::page(page).status(StatusCode::NOT_FOUND))
}

/// What the page is made of.
struct Page<'a> {
    asked: &'a Asked,
    request: &'a QuotesRequest,
    results: &'a QuotesResults,
}

impl Page<'_> {
    fn markup(&self, around: (Option<&Address>, Option<&Address>)) -> Result<Markup, Problem> {
        let title = self.title();
        let roles = self.roles()?;
        let namesakes = self.namesakes()?;
        let content = html! {
            (self.opening(&title))
            div.columns {
                div {
                    (roles)
                    @if let Some(timeline) = &self.results.timeline { (self.timeline(timeline)) }
                    (self.quotes(around))
                }
                aside.facets aria-label="Names, kinds, outlets, others" {
                    (self.names())
                    (namesakes)
                    (self.about())
                    (self.outlets())
                    @if self.results.total > 0 { (self.files()) }
                }
            }
        };
        Ok(layout::page(self.asked, Some(Section::People), &title, &content))
    }

    /// The one person, unless the name means several.
    fn person(&self) -> Option<&Person> {
        match self.results.speakers.as_slice() {
            [person] => Some(person),
            _ => None,
        }
    }

    fn title(&self) -> String {
        self.person().map_or_else(|| self.request.name.clone(), Person::full_name)
    }

    /// This page with a parameter changed, from the first quote on.
    fn changed(&self, name: &str, value: &str) -> Address {
        const KEPT: [&str; 7] = ["q", "kind", "sort", "fold", "all", "exactly", "size"];
        let others = KEPT.into_iter().filter(|it| *it != name);
        let to = Address::person(&self.request.name);
        others.fold(to, |to, it| to.with(it, self.asked.params.text(it))).with(name, value)
    }

    /// This page with a condition added to its query, if that can be asked for.
    fn narrowed(&self, field: Facet, value: &str) -> Option<Address> {
        let condition = Condition { field, value: Some(value.to_owned()), exclude: false };
        let query = query::narrowed(self.asked.params.text("q"), Dialect::default(), &condition);
        Some(self.changed("q", &query.ok()?))
    }

    fn opening(&self, title: &str) -> Markup {
        let results = self.results;
        html! {
            header.opening {
                p.soft { "Quotes of" }
                h1 { bdi { (title) } }
                @for person in &results.speakers {
                    p {
                        @if self.person().is_none() {
                            a href=(Address::person_called(&person.full_name())) { bdi { (person.full_name()) } } ": "
                        }
                        (counts(person))
                    }
                }
                p.soft { "“In this archive since” says where the clippings begin, not where an office did." }
                (parts::notes(&results.notes))
                p.paper {
                    @if self.has_query() { "Asked: " code { (self.request.query.text) } ". " }
                    "Quotes, " (self.order()) " first, " @if self.request.selection.fold { "copies folded" } @else { "copies shown" }
                    ". Printed " (parts::day(self.asked.today)) " from generation " (self.asked.generation)
                    " of the index."
                }
            }
        }
    }

    fn has_query(&self) -> bool {
        !self.request.query.text.trim().is_empty()
    }

    fn order(&self) -> &'static str {
        match self.request.selection.order {
            Order::Relevance => "best",
            Order::Newest => "newest",
            Order::Oldest => "oldest",
            Order::Added => "last added",
        }
    }

    /// Which roles the articles give, each with its time.
    fn roles(&self) -> Result<Markup, Problem> {
        let Some(person) = self.person().filter(|it| !it.roles.is_empty()) else { return Ok(html! {}) };
        let mut roles: Vec<&RoleHeld> = person.roles.iter().collect();
        roles.sort_by_key(|it| (it.days.is_none(), it.days));
        let all = self.asked.archive.days()?;
        Ok(html! {
            section.section aria-labelledby="roles" {
                h2 #roles { "Roles over the years" }
                table.stack {
                    thead { tr {
                        th scope="col" { "Role" } th scope="col" { "From the first article to the last" }
                        th scope="col" { "Quotes" }
                        @if let Some((first, last)) = all { th scope="col" { (first.year()) " to " (last.year()) } }
                    } }
                    tbody {
                        @for role in roles {
                            tr {
                                th scope="row" { bdi { (role.role) } }
                                td { (days(role.days)) }
                                td data-label="Quotes" { (number(role.n_quotes)) " in " (count(role.n_articles, "article")) }
                                @if let Some(all) = all { td { (parts::span_of_time(all, role.days)) } }
                            }
                        }
                    }
                }
                @if person.role_by_hand { p.soft { "The role is that of " code { "people.toml" } "." } }
            }
        })
    }

    fn timeline(&self, timeline: &Timeline) -> Markup {
        let link = |period: &str| self.narrowed(Facet::Year, period).filter(|_| !period.is_empty());
        let caption = html! { span { "Quotes by the date of the article" } };
        html! {
            section.section aria-labelledby="years" {
                h2 #years { "Quotes a " (timeline.period.name()) }
                figure { (chart(timeline, Counted::Quotes, link, &caption)) }
            }
        }
    }

    fn quotes(&self, around: (Option<&Address>, Option<&Address>)) -> Markup {
        let results = self.results;
        let extent = results.extent(self.request.selection.offset);
        html! {
            section.section aria-labelledby="quotes" {
                h2 #quotes {
                    (count(results.total, "quote"))
                    @if let Some(kind) = self.request.kind { ", " (kind.name()) }
                    @if results.folded > 0 { ", " (number(results.folded)) " more in copies" }
                }
                (self.filter())
                @if results.quotes.is_empty() {
                    p role="status" { "None of the quotes matches: these words are looked for in what is quoted." }
                    @if let Some(to) = self.beside_quotes() {
                        p { a href=(to) { "Search the passages where they speak for the same words" } }
                    }
                } @else {
                    (parts::pages(extent, around, "Pages of quotes, above"))
                    ol { @for quotes in results.quotes.chunk_by(|a, b| a.article.id == b.article.id) { (self.clipping(quotes)) } }
                    (parts::pages(extent, around, "Pages of quotes, below"))
                }
            }
        }
    }

    /// The search for the same words anywhere in a passage with a quote of theirs.
    fn beside_quotes(&self) -> Option<Address> {
        let names: Vec<String> =
            self.results.speakers.iter().flat_map(|it| &it.names).map(|it| it.name.clone()).collect();
        let typed = self.asked.params.text("q");
        let query = query::narrowed_to_speaker(typed, Dialect::default(), &names, false);
        query.ok().map(|it| Address::search(&it))
    }

    /// Whether the name may mean others too, whose quotes are not among these.
    fn may_mean_others(&self) -> bool {
        !self.request.all && self.results.notes.iter().any(|it| it.contains("`--all`"))
    }

    fn filter(&self) -> Markup {
        let order = self.request.selection.order;
        let choices = [(Order::Relevance, "best"), (Order::Newest, "newest"), (Order::Oldest, "oldest")];
        let fold = self.request.selection.fold;
        html! {
            form.row action=(Address::person(&self.request.name)) {
                label for="q" { "With the words, in the quotes" }
                input #q name="q" value=(self.request.query.text) autocomplete="off" spellcheck="false" autocapitalize="none";
                @for name in ["kind", "sort", "fold", "all", "exactly"] {
                    @let value = self.asked.params.text(name);
                    @if !value.is_empty() { input type="hidden" name=(name) value=(value); }
                }
                button { "Show" }
                @if self.has_query() { a href=(self.changed("q", "")) { "All quotes" } }
            }
            p.row {
                span { "Order" }
                @for (it, name) in choices {
                    @if it == order { b aria-current="true" { (name) } }
                    @else { a href=(self.changed("sort", it.name())) { (name) } }
                }
                @if fold { a href=(self.changed("fold", "0")) { "Show copies" } }
                @else { a href=(self.changed("fold", "")) { "Fold copies" } }
                @if self.may_mean_others() { a href=(self.changed("all", "1")) { "everybody" } }
            }
        }
    }

    /// The quotes of one article.
    fn clipping(&self, quotes: &[SpokenQuote]) -> Markup {
        let Some(first) = quotes.first() else { return html! {} };
        let article = &first.article;
        let id = article.id.to_string();
        let to =
            |passage: usize| Address::article(&id, self.request.query.text.trim()).at(&format!("p{passage}"));
        html! {
            li.hit {
                p.slip {
                    (parts::time_or_none(article.metadata.published())) " "
                    b { bdi { (article.metadata.text(FieldName::Source).unwrap_or("outlet unknown".into())) } }
                }
                div {
                    h3 { (parts::headline(article, &[], &to(first.quote.passage))) }
                    @for it in quotes {
                        div {
                            blockquote.text lang=[parts::lang(article)] dir="auto" {
                                a.number href=(to(it.quote.passage)) aria-label=(format!("Passage {}", it.quote.passage)) {
                                    (it.quote.passage)
                                }
                                (parts::quoted(&it.quote, it.passage_text()))
                            }
                            p.soft {
                                (role_then(it)) (render::manner(&it.quote)) ", " (parts::confidence(it.quote.confidence))
                                @if it.goes_on { ", goes on with the quote before" }
                                @if !it.copies.is_empty() {
                                    "; " a href=(Address::article(&id, "").at("versions")) { "copies " (it.copies.len()) }
                                }
                            }
                        }
                    }
                }
            }
        }
    }

    /// The other names of the person, each with why it is theirs.
    fn names(&self) -> Markup {
        let names = self.results.speakers.iter().flat_map(|it| it.names.iter().map(move |name| (it, name)));
        let others: Vec<_> = names.filter(|(person, it)| it.name != person.name).collect();
        html! {
            @if !others.is_empty() {
                h3 { "Other names, and why" }
                ul {
                    @for (_, it) in &others {
                        li { span { b { bdi { (it.name) } } ", " (count(it.n_quotes, "quote")) br; span.soft { (it.reason) } } }
                    }
                }
            }
        }
    }

    /// Others who have the last word of the name.
    fn namesakes(&self) -> Result<Markup, Problem> {
        const NAMED_MAX: usize = 6;
        let Some(person) = self.person() else { return Ok(html! {}) };
        let Some(surname) = person.name.split_whitespace().next_back() else { return Ok(html! {}) };
        let request = SpeakersRequest {
            names: vec![surname.to_owned()],
            limit: NAMED_MAX + 1,
            ..SpeakersRequest::default()
        };
        let mut others = self.asked.archive.speakers(&request)?.speakers;
        others.retain(|it| it.full_name() != person.full_name() || it.kind != person.kind);
        others.truncate(NAMED_MAX);
        Ok(html! {
            @if !others.is_empty() {
                h3 { "Not the same" }
                ul {
                    @for it in &others {
                        li { span {
                            a href=(Address::person_called(&it.full_name())) { bdi { (it.full_name()) } }
                            ", " (count(it.n_quotes, "quote"))
                            @if let Some(role) = it.roles.first() { br; span.soft { bdi { (role.role) } } }
                        } }
                    }
                }
            }
        })
    }

    fn about(&self) -> Markup {
        const NAMED_MAX: usize = 10;
        let Some(AboutQuotes { kinds, beside, n_read }) = &self.results.about else { return html! {} };
        html! {
            h3 { "Kind" }
            ul {
                @for (kind, n) in kinds.iter().filter(|it| it.1 > 0) {
                    li {
                        @if self.request.kind == Some(*kind) { b aria-current="true" { (kind.name()) } }
                        @else { a href=(self.changed("kind", kind.name())) { (kind.name()) } }
                        " " span { (number(*n)) }
                    }
                }
                @if self.request.kind.is_some() { li { a href=(self.changed("kind", "")) { "all kinds" } } }
            }
            @if !beside.is_empty() {
                h3 { "Quoted in the same articles" }
                ul {
                    @for (name, n) in beside.iter().take(NAMED_MAX) {
                        li { a href=(Address::person_called(name)) { bdi { (name) } } " " span { (number(*n)) } }
                    }
                }
                p.soft {
                    "Articles, of the " @if *n_read > 1 { (number(*n_read)) " " } "that were looked at"
                    @if beside.len() > NAMED_MAX { "; " (number(beside.len() - NAMED_MAX)) " more people" }
                }
            }
        }
    }

    fn outlets(&self) -> Markup {
        let mut outlets: Vec<(&str, usize)> = Vec::new();
        for (source, n) in self.results.speakers.iter().flat_map(|it| &it.sources) {
            match outlets.iter_mut().find(|it| it.0 == source) {
                Some(known) => known.1 += n,
                None => outlets.push((source, *n)),
            }
        }
        outlets.sort_by_key(|it| std::cmp::Reverse(it.1));
        let all: usize = self.results.speakers.iter().map(|it| it.n_quotes).sum();
        let unknown = all - outlets.iter().map(|it| it.1).sum::<usize>();
        html! {
            @if !outlets.is_empty() {
                h3 { "Outlet" @if self.has_query() || self.request.kind.is_some() { ", of all quotes" } }
                ul {
                    @for (source, n) in &outlets {
                        li {
                            @match self.narrowed(Facet::Source, source) {
                                Some(to) => a href=(to) { bdi { (source) } },
                                None => span { bdi { (source) } },
                            }
                            " " span { (number(*n)) }
                        }
                    }
                    @if unknown > 0 { li { span { "outlet unknown" } " " span { (number(unknown)) } } }
                }
            }
        }
    }

    /// The same quotes as sheets and data.
    fn files(&self) -> Markup {
        const KEPT: [&str; 6] = ["q", "kind", "sort", "fold", "all", "exactly"];
        let name = &self.request.name;
        let sheet = Address::to(&["people", name, "export"]);
        let sheet = KEPT.into_iter().fold(sheet, |to, it| to.with(it, self.asked.params.text(it)));
        let data = |form: Form| self.changed("size", "").in_form(form.extension());
        html! {
            h3 { "These quotes" }
            ul {
                li { a href=(sheet.clone().with("to", "html")) { "Quote sheet to print" } }
                li { a href=(sheet.clone().with("to", "docx-html")) { "Quote sheet for a word processor" } }
                li { a href=(sheet.with("to", "markdown")) { "Quote sheet in Markdown" } }
                li { a href=(data(Form::Csv)) { "Table (CSV)" } }
                li { a href=(data(Form::Lines)) { "JSON lines" } }
            }
        }
    }
}

/// `55 quotes in 27 articles of 5 outlets. In this archive since 2012, last on 17 May 2024.`
fn counts(person: &Person) -> Markup {
    html! {
        (count(person.n_quotes, "quote")) " in " (count(person.n_articles, "article"))
        @if person.sources.len() > 1 { " of " (count(person.sources.len(), "outlet")) }
        ", every version of a story counted. "
        @match person.days {
            Some((first, last)) => { "In this archive since " (first.year()) ", last on " (parts::day(last)) "." },
            None => "No article is dated.",
        }
    }
}

fn days(days: Option<(Date, Date)>) -> Markup {
    html! {
        @match days {
            Some((first, last)) if first == last => (parts::day(first)),
            Some((first, last)) => { (parts::day(first)) " to " (parts::day(last)) },
            None => "undated",
        }
    }
}

/// The role that the article gives, else the one that other articles give for that time.
fn role_then(quote: &SpokenQuote) -> Markup {
    let own = quote.quote.speaker.as_ref().and_then(|it| it.role.as_ref());
    let others = quote.person.as_ref().and_then(|it| it.role.as_ref());
    html! {
        @match (own, others) {
            (Some(role), _) => { bdi { (role) } "; " },
            (None, Some(role)) => { bdi { (role) } ", by other articles; " },
            (None, None) => {},
        }
    }
}
