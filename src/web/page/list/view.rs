//! How a list looks, and what is said after something was done to it.

use maud::{Markup, html};
use morgue_core::count;

use super::super::{export, parts};
use crate::{
    archive::{Dossier, DossierItem, EntryEdit, ListName, Refreshed, TakenOut, Whereabouts},
    list::{self, Block, EntryContent, List, Order, State},
    render::ExportFormat,
    web::{address::Address, asked::Asked},
};

/// A whole list.
pub(super) fn list(asked: &Asked, name: &ListName, dossier: &Dossier) -> Markup {
    let states = State::ALL.iter().map(|state| {
        let n = dossier.items.iter().filter(|it| it.state == Some(*state)).count();
        format!("{n} {}", state.name())
    });
    let states: Vec<String> = states.collect();
    html! {
        header.opening {
            h1 { bdi { (dossier.title) } }
            p role="status" { (count(dossier.items.len(), "article")) ": " (states.join(", ")) }
            @for text in dossier.introduction.split("\n\n").filter(|it| !it.trim().is_empty()) { p.note { (text) } }
            @if let Some(query) = &dossier.query {
                p.row {
                    span { "Saved query" } a href=(Address::search(query)) { code { (query) } }
                    @if let Some(day) = dossier.refreshed { span { "run last on " (parts::day(day)) } }
                }
            }
            (parts::notes(&dossier.notes))
            p.paper { "Printed " (parts::day(asked.today)) " from generation " (asked.generation) " of the index." }
        }
        div.columns {
            section.section aria-label="Entries" {
                @if dossier.items.is_empty() {
                    p { "Nothing is on this list yet. “Add to a list” stands below each hit of a " a href="/search" { "search" } "." }
                }
                ol {
                    @for (number, item) in (1..).zip(&dossier.items) { (entry(asked, name, number, item)) }
                }
            }
            aside.facets #narrow aria-label="Exports and changes" { (beside(asked, name, dossier)) }
        }
    }
}

fn entry(asked: &Asked, name: &ListName, number: usize, item: &DossierItem) -> Markup {
    let article = item.whereabouts.article();
    let to = article.map(|it| Address::article(&it.0.id.to_string(), ""));
    let lang = article.and_then(|it| parts::lang(&*it.0));
    html! {
        li.hit id={ "e" (number) } {
            p.slip {
                b { (number) ". " (item.state.unwrap_or_default().name()) } " "
                (parts::time_or_none(item.date))
                @for text in [&item.source, &item.byline].into_iter().flatten() { " " span { bdi { (text) } } }
                @if !item.tags.is_empty() { " " span { "Tags: " bdi { (item.tags.join(", ")) } } }
                @if item.new.is_some() { " " b { "new" } }
            }
            div {
                h2 lang=[lang.as_deref()] dir="auto" {
                    @match &to { Some(to) => a href=(to) { (item.title) }, None => (item.title) }
                }
                @match &item.whereabouts {
                    Whereabouts::Missing => p.soft { "Not in the archive: what stands here is what the list kept." },
                    Whereabouts::Changed(_) => p.soft { "Its file has other words now than when it was listed." },
                    Whereabouts::Here(_) | Whereabouts::Moved(_) => {}
                }
                @for block in &item.blocks { (self::block(block, to.as_ref(), lang.as_deref())) }
                @if !item.versions.is_empty() {
                    p.soft { "Also in " @for (n, it) in item.versions.iter().enumerate() { @if n > 0 { "; " } bdi { (it.label) } } }
                }
                @if !asked.here.read_only { (change(name, number, item)) }
            }
        }
    }
}

fn block(block: &Block, to: Option<&Address>, lang: Option<&str>) -> Markup {
    match block {
        Block::Note(note) => html! { p.note dir="auto" { (note) } },
        Block::Passage(passage) => html! {
            blockquote.text lang=[lang] dir="auto" {
                @if let (Some(to), Some(ordinal)) = (to, passage.ordinal) {
                    a.number href=(to.clone().at(&format!("p{ordinal}"))) aria-label={ "Passage " (ordinal) } { (ordinal) }
                }
                (passage.text)
            }
            @if !passage.said_by.is_empty() { p.who { "— " bdi { (passage.said_by) } } }
        },
    }
}

/// What names an entry in a form: its id, or its number where it has none.
fn which(number: usize, item: &DossierItem) -> String {
    item.id.map_or_else(|| number.to_string(), |it| it.to_string())
}

fn change(name: &ListName, number: usize, item: &DossierItem) -> Markup {
    let (action, remove) = (of(name, "entry"), of(name, "remove"));
    let edit = EntryEdit {
        state: item.state,
        tags: Some(item.tags.clone()),
        note: Some(item.note()),
        place: Some(number),
        seen: Some(list::digest(&item.tags, &item.note())),
    };
    html! {
        details {
            summary { "Change" }
            form method="post" action=(action) {
                (fields(&which(number, item), number, &edit))
                p.row { button { "Save" } " " button formaction=(remove) { "Take out" } }
            }
        }
    }
}

/// The fields of an entry's form. The number keeps the ids of a page's forms apart.
fn fields(which: &str, number: usize, edit: &EntryEdit) -> Markup {
    let id = |name: &str| format!("{name}{number}");
    html! {
        input type="hidden" name="article" value=(which);
        input type="hidden" name="was" value=(edit.seen.as_deref().unwrap_or_default());
        p.row {
            label for=(id("s")) { "State" }
            select id=(id("s")) name="state" {
                @for state in State::ALL { option selected[edit.state == Some(*state)] { (state.name()) } }
            }
            label for=(id("t")) { "Tags" }
            input id=(id("t")) name="tags" size="14" autocomplete="off" value=(edit.tags.as_deref().unwrap_or_default().join(", "));
            label for=(id("o")) { "Place" }
            input id=(id("o")) name="place" size="2" inputmode="numeric" value=(edit.place.unwrap_or(number));
        }
        p {
            label for=(id("n")) { "Note" }
            textarea id=(id("n")) name="note" rows="3" cols="48" dir="auto" { (edit.note.as_deref().unwrap_or_default()) }
        }
    }
}

fn beside(asked: &Asked, name: &ListName, dossier: &Dossier) -> Markup {
    html! {
        h3 { "Export this list" }
        ul {
            @for format in ExportFormat::ALL {
                li { a href=(of(name, "export").with("to", format.name())) download { (export::label(*format)) } }
            }
        }
        h3 { "File" }
        p.soft { code { "lists/" (name) ".md" } ", which any editor may change" }
        p.soft { "In a query: " a href=(Address::search(&format!("list:\"{name}\""))) { code { "list:\"" (name) "\"" } } }
        @if !asked.here.read_only {
            h3 { "This list" }
            @if dossier.query.is_some() {
                form.row method="post" action=(of(name, "refresh")) { button { "Run its query again" } }
            }
            form.row method="post" action=(of(name, "sort")) {
                label for="order" { "Order" }
                select #order name="order" { @for order in Order::ALL { option { (order.name()) } } }
                button { "Sort" }
            }
            form.row method="post" action=(of(name, "rename")) {
                label for="rename" { "Name" } input #rename name="to" value=(name) size="16" maxlength="200" required autocomplete="off";
                button { "Rename" }
            }
            p { a href=(of(name, "delete")) { "Delete this list …" } }
        }
    }
}

/// The address of something of a list.
fn of(name: &ListName, what: &str) -> Address {
    Address::to(&["lists", &name.to_string(), what])
}

fn to_list(name: &ListName) -> Markup {
    html! { p { a href=(Address::list(&name.to_string())) { "To the list" } } }
}

/// Asks whether a list is to be deleted.
pub(super) fn confirm(name: &ListName, list: Option<&List>) -> Markup {
    let entries = list.map(|it| it.entries().count());
    let noted = list.map(|it| it.entries().filter(|it| !it.note().is_empty()).count());
    html! {
        div.opening {
            h1 { "Delete the list “" bdi { (name) } "”?" }
            @if let (Some(entries), Some(noted)) = (entries, noted) {
                p { (count(entries, "entry").replace("entrys", "entries")) ", " (noted) " of them with notes, are deleted for good. The articles stay." }
            } @else {
                p { "It cannot be read, and is deleted as it is." }
            }
            form.row method="post" action=(of(name, "delete")) { button { "Delete it" } }
            (to_list(name))
        }
    }
}

/// After an entry was taken out.
pub(super) fn taken_out(name: &ListName, taken: &TakenOut) -> Markup {
    html! {
        div.opening {
            h1 { "Taken out" }
            p role="status" { bdi { (taken.title) } " is no longer on the list, and a refresh will not bring it back." }
            form.row method="post" action=(of(name, "restore")) {
                input type="hidden" name="text" value=(taken.text);
                input type="hidden" name="place" value=(taken.place);
                button { "Put it back" }
            }
            (to_list(name))
        }
    }
}

/// After a list was refreshed.
pub(super) fn refreshed(name: &ListName, refreshed: &Refreshed) -> Markup {
    let Refreshed { change, moved, changed, missing, back } = refreshed;
    html! {
        div.opening {
            h1 { "Refreshed" }
            p role="status" { (count(change.added.len(), "new article")) }
            @for (what, titles) in [
                ("New", &change.added),
                ("In another file now", moved),
                ("With other words now", changed),
                ("Not in the archive any more", missing),
                ("In the archive again", back),
            ] {
                @if !titles.is_empty() {
                    h2 { (what) }
                    ul { @for title in titles { li { bdi { (title) } } } }
                }
            }
            (parts::notes(&change.notes))
            (to_list(name))
        }
    }
}

/// After an entry that a form replaces was changed meanwhile: both are shown, and nothing was
/// written.
pub(super) fn conflict(name: &ListName, which: &str, edit: &EntryEdit, now: &EntryContent) -> Markup {
    let again = EntryEdit { seen: Some(now.digest()), ..edit.clone() };
    let note = list::notes(&now.blocks);
    html! {
        div.opening {
            h1 { "Changed meanwhile" }
            div.error role="alert" {
                p { "The tags or the note of “" bdi { (now.title) } "” were changed since you opened the page. Nothing was written." }
            }
            h2 { "What stands there now" }
            @if note.is_empty() { p { "no note" } } @else { p.note dir="auto" { (note) } }
            p.soft { "Tags: " bdi { @if now.tags.is_empty() { "none" } @else { (now.tags.join(", ")) } } }
            h2 { "What you typed" }
            form method="post" action=(of(name, "entry")) {
                (fields(which, edit.place.unwrap_or(1), &again))
                p { button { "Write mine over it" } }
            }
            (to_list(name))
        }
    }
}
