//! What stands beside the quotes: names with their reasons, kinds, outlets, others, files.

use maud::{Markup, html};
use morgue_core::{count, number};

use crate::{
    query::Facet,
    search::{AboutQuotes, SpeakersRequest},
    web::{address::Address, problem::Problem, reply::Form},
};

impl super::Page<'_> {
    /// The other names of the person, each with why it is theirs.
    pub(super) fn names(&self) -> Markup {
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
    pub(super) fn namesakes(&self) -> Result<Markup, Problem> {
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

    pub(super) fn about(&self) -> Markup {
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

    pub(super) fn outlets(&self) -> Markup {
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
                p.soft { "Quotes, every version of a story counted" }
            }
        }
    }

    /// The same quotes as sheets and data.
    pub(super) fn files(&self) -> Markup {
        const KEPT: [&str; 7] = ["q", "kind", "sort", "fold", "all", "exactly", "all_stances"];
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
