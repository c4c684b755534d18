//! The quotes of the page, an article's together, and how they are chosen.

use maud::{Markup, html};
use morgue_core::{count, number};

use crate::{
    article::FieldName,
    query::{self, Dialect, Order},
    render,
    search::{SpokenQuote, offers_everybody},
    web::{address::Address, asked::Asked, page::parts},
};

impl super::Page<'_> {
    pub(super) fn quotes(&self, around: (Option<&Address>, Option<&Address>)) -> Markup {
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
    pub(super) fn beside_quotes(&self) -> Option<Address> {
        let names: Vec<String> =
            self.results.speakers.iter().flat_map(|it| &it.names).map(|it| it.name.clone()).collect();
        let typed = self.asked.params.text("q");
        let query = query::narrowed_to_speaker(typed, Dialect::default(), &names, false);
        query.ok().map(|it| Address::search(&it))
    }

    /// Whether the name may mean others too, whose quotes are not among these.
    pub(super) fn may_mean_others(&self) -> bool {
        !self.request.all && self.results.notes.iter().any(|it| offers_everybody(it))
    }

    pub(super) fn filter(&self) -> Markup {
        let order = self.request.selection.order;
        let choices = [(Order::Relevance, "best"), (Order::Newest, "newest"), (Order::Oldest, "oldest")];
        let fold = self.request.selection.fold;
        let results = self.results;
        html! {
            (query_form(self.asked, false))
            @if self.has_query() { p { a href=(self.changed("q", "")) { "All quotes" } } }
            p.row {
                span { "Order" }
                @for (it, name) in choices {
                    @if it == order { b aria-current="true" { (name) } }
                    @else { a href=(self.changed("sort", it.name())) { (name) } }
                }
                @if fold { a href=(self.changed("fold", "0")) { "Show copies" } }
                @else { a href=(self.changed("fold", "")) { "Fold copies" } }
                @if results.unsaid > 0 {
                    a href=(self.changed("all_stances", "1")) {
                        (number(results.unsaid)) " more that the articles deny or only expect"
                    }
                }
                @if self.request.all_stances {
                    a href=(self.changed("all_stances", "")) { "Only what was said" }
                }
                @if self.may_mean_others() { a href=(self.changed("all", "1")) { "everybody" } }
            }
        }
    }

    /// The quotes of one article.
    pub(super) fn clipping(&self, quotes: &[SpokenQuote]) -> Markup {
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
}

/// The box for words that are looked for in the quotes.
pub(super) fn query_form(asked: &Asked, is_wrong: bool) -> Markup {
    html! {
        form.row action=(Address::person(asked.part(0))) {
            label for="q" { "With the words, in the quotes" }
            input #q name="q" value=(asked.params.text("q")) autocomplete="off" spellcheck="false" autocapitalize="none"
                aria-invalid=[is_wrong.then_some("true")] aria-describedby=[is_wrong.then_some("error")];
            @for name in ["kind", "sort", "fold", "all", "exactly", "all_stances"] {
                @let value = asked.params.text(name);
                @if !value.is_empty() { input type="hidden" name=(name) value=(value); }
            }
            button { "Show" }
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
