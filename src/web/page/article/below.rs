//! What stands below the text: versions, lists, where the data is from, related articles.

use maud::{Markup, html};
use morgue_core::count;

use super::title;
use crate::{
    article::{Article, FieldName, Origin},
    list::State,
    render::difference_in_words,
    web::{
        address::Address,
        page::{
            on_lists::{NamedList, OnList},
            parts,
        },
    },
};

impl super::Page<'_> {
    pub(super) fn versions(&self) -> Markup {
        let Some(similar) = self.similar.as_ref().filter(|it| !it.copies.is_empty()) else { return html! {} };
        let mut versions: Vec<(&Article, Option<String>)> =
            similar.copies.iter().map(|it| (&*it.article, Some(difference_in_words(it)))).collect();
        versions.push((&similar.article, None));
        let day = |it: &Article| it.metadata.published().map(crate::article::Published::days);
        versions.sort_by_key(|it| (day(it.0).is_none(), day(it.0)));
        html! {
            section.section #versions aria-labelledby="v" {
                h2 #v { "Versions" }
                table.stack {
                    thead { tr {
                        th scope="col" { "Date" } th scope="col" { "Outlet" } th scope="col" { "Headline" }
                        th scope="col" { "Against this one" } th scope="col" { span.hide { "Compare" } }
                    } }
                    tbody {
                        @for (article, difference) in &versions {
                            @let metadata = &article.metadata;
                            @let outlet = metadata.text(FieldName::Source).unwrap_or("outlet unknown".into());
                            @let id = article.id.to_string();
                            tr {
                                td { (parts::time_or_none(metadata.published())) }
                                td { bdi { (outlet) } }
                                td {
                                    @if difference.is_some() {
                                        (parts::headline(*article, &[], &Address::article(&id, self.query)))
                                    } @else {
                                        cite { bdi { (title(article)) } }
                                    }
                                }
                                td { (difference.as_deref().unwrap_or("this version")) }
                                td {
                                    @if difference.is_some() {
                                        a href=(Address::compare(&self.id, &id))
                                            aria-label=(format!("Compare with {outlet}, {}", title(article))) { "Compare" }
                                    }
                                }
                            }
                        }
                    }
                }
            }
        }
    }

    /// Which lists have it, with state and note, and a form that adds it to the others.
    pub(super) fn on_lists(&self) -> Markup {
        /// So many lists are offered, those changed last.
        const OFFERED_MAX: usize = 8;
        let on: Vec<&OnList> = self.lists.of(&self.shown.article).collect();
        let is_on = |it: &&NamedList| on.iter().any(|on| on.list.name == it.name);
        let others = self.lists.lists.iter().filter(|it| !is_on(it));
        let offered: Vec<&NamedList> = others.take(OFFERED_MAX).collect();
        let can_change = !self.asked.here.read_only;
        if on.is_empty() && !can_change {
            return html! {};
        }
        html! {
            section.section #lists aria-labelledby="l" {
                h2 #l { "On lists" }
                @if on.is_empty() { p.soft { "On none yet." } }
                @for it in &on { (self.on_list(it)) }
                @if let Some(first) = offered.first().filter(|_| can_change) {
                    form.row method="post" action=(entries_of(first)) {
                        input type="hidden" name="article" value=(self.id);
                        input type="hidden" name="back" value=(self.asked.address);
                        span { "Add to" }
                        @for list in &offered { button formaction=(entries_of(list)) { bdi { (list.title) } } }
                    }
                }
                @if can_change {
                    form.row method="post" action="/lists" {
                        input type="hidden" name="article" value=(self.id);
                        input type="hidden" name="back" value=(self.asked.address);
                        label for="new-list" { "Add to a new list" }
                        input #new-list name="title" size="14" maxlength="200" required autocomplete="off";
                        button { "Add" }
                    }
                }
            }
        }
    }

    /// What a list says of the article: number, state and note, with a form to change them.
    pub(super) fn on_list(&self, on: &OnList) -> Markup {
        let OnList { list, number, state, note, digest, article, is_version } = on;
        let to = Address::list(&list.name).at(&format!("e{number}"));
        let id = |what: &str| format!("{what}-{}-{number}", list.name);
        let can_change = !self.asked.here.read_only && !is_version;
        html! {
            p {
                "On " a href=(to) { bdi { (list.title) } } " as number " (number) ", "
                @if *is_version { "as another version of its article, " }
                (state.name()) "."
            }
            @if !note.is_empty() { p.note { (note) } }
            @if can_change {
                // A note that is saved leaves the state as it is, and the other way round.
                form.row method="post" action=(Address::to(&["lists", &list.name, "entry"])) {
                    input type="hidden" name="article" value=(article);
                    input type="hidden" name="back" value=(self.asked.address);
                    span { "Mark" }
                    @for it in State::ALL.iter().filter(|it| *it != state) {
                        button name="state" value=(it.name()) { (it.name()) }
                    }
                }
                form.row method="post" action=(Address::to(&["lists", &list.name, "entry"])) {
                    input type="hidden" name="article" value=(article);
                    input type="hidden" name="was" value=(digest);
                    input type="hidden" name="back" value=(self.asked.address);
                    label for=(id("note")) { "Note" }
                    textarea id=(id("note")) name="note" rows="2" cols="40" dir="auto" { (note) }
                    button { "Save" }
                }
            }
        }
    }

    pub(super) fn origins(&self) -> Markup {
        let article = &self.shown.article;
        let known = FieldName::ALL.into_iter().map(|it| (it, article.metadata.resolved(it)));
        let rows: Vec<_> = known
            .map(|(field, it)| (field, it, article.metadata.candidates(field)))
            .filter(|(_, it, lost)| it.is_some() || !lost.is_empty())
            .collect();
        let from = |it: &Origin| it.to_string();
        html! {
            section.section #origins aria-labelledby="o" {
                h2 #o { "Where the data is from" }
                details open[self.asked.params.text("show") == "origins"] {
                    summary { (count(rows.len(), "value")) " and what lost against them" }
                    table.stack {
                        thead { tr {
                            th scope="col" { "Field" } th scope="col" { "Value" } th scope="col" { "From" }
                            th scope="col" { "Not" }
                        } }
                        tbody {
                            @for (field, resolved, lost) in &rows {
                                tr {
                                    th scope="row" { (field.name()) }
                                    td { @match resolved {
                                        Some(it) if *field == FieldName::Url => code { (it.value) },
                                        Some(it) => bdi { (it.value) },
                                        None => "unknown",
                                    } }
                                    td data-label="from" {
                                        @match resolved { Some(it) => bdi { (from(&it.origin)) }, None => "–" }
                                    }
                                    td data-label="not" {
                                        @if lost.is_empty() { "–" }
                                        @for (n, it) in lost.iter().enumerate() {
                                            @if n > 0 { "; " }
                                            bdi { (it.value) } " (" bdi { (from(&it.origin)) } ")"
                                        }
                                    }
                                }
                            }
                        }
                    }
                }
                p.soft { bdi { (article.place.address()) } " · " (self.id) }
            }
        }
    }

    pub(super) fn related(&self) -> Markup {
        let Some(similar) = self.similar.as_ref().filter(|it| !it.related.is_empty()) else {
            return html! {};
        };
        html! {
            section.section #related aria-labelledby="r" {
                h2 #r { "On the same matter" }
                ul {
                    @for it in &similar.related {
                        li.hit {
                            p.slip { (parts::slip(&it.article)) }
                            div {
                                h3 { (parts::headline(&it.article, &[], &Address::article(&it.article.id.to_string(), ""))) }
                                p.soft { "both have " bdi { (it.words.join(", ")) } }
                            }
                        }
                    }
                }
            }
        }
    }
}

/// Where a form that adds to a list leads.
fn entries_of(list: &NamedList) -> Address {
    Address::to(&["lists", &list.name, "entries"])
}
