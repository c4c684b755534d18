//! How a list looks, and what is said after something was done to it.

use maud::{Markup, html};
use morgue_core::{count, number};

use super::{
    super::{export, parts, receipts},
    Shown,
};
use crate::{
    archive::{Dossier, DossierItem, EntryEdit, ListName, Receipt, TakenOut, Whereabouts},
    list::{self, Block, EntryContent, List, Order, State},
    render::ExportFormat,
    web::{address::Address, asked::Asked},
};

/// A whole list.
pub(super) fn list(asked: &Asked, name: &ListName, (dossier, receipt): (&Dossier, &Receipt)) -> Markup {
    let shown = Shown::of(asked);
    let entries: Vec<_> = (1..).zip(&dossier.items).filter(|it| shown.takes(it.1)).collect();
    html! {
        header.opening {
            p.soft { "Reading list" }
            h1 { bdi { (dossier.title) } }
            p role="status" { (said(asked, dossier)) }
            @if let Some(taken) = taken(asked, name) { (put_back(name, &taken)) }
            @for text in dossier.introduction.split("\n\n").filter(|it| !it.trim().is_empty()) {
                p.note dir="auto" { (text) }
            }
            @if let Some(query) = &dossier.query {
                p.row {
                    span { "Saved query" } a href=(Address::search(query)) { code { bdi { (query) } } }
                    @if let Some(day) = dossier.refreshed { span { "run last on " (parts::day(day)) } }
                }
            }
            (parts::notes(&dossier.notes))
            (shown_links(name, dossier, shown))
            p.paper { "Printed " (parts::day(asked.today)) " from generation " (asked.generation) " of the index. Receipt " (receipt.id) "." }
        }
        div.columns {
            section.section aria-label="Entries" {
                @if dossier.items.is_empty() {
                    p { "Nothing is on this list yet. “Add to a list” stands below each hit of a " a href="/search" { "search" } "." }
                } @else if entries.is_empty() {
                    p { "None of its entries is so." }
                }
                ol { @for (number, item) in entries { (entry(asked, name, number, item)) } }
                (receipts::section(asked, receipt))
            }
            aside.facets #exports aria-label="Exports and changes" { (beside(asked, name, dossier)) }
        }
    }
}

/// `7 articles: 4 unread, 1 reading, 2 read; 3 new`, after what was just done.
fn said(asked: &Asked, dossier: &Dossier) -> String {
    let n = |of: Shown| dossier.items.iter().filter(|it| of.takes(it)).count();
    let counted = |of: &[Shown]| -> Vec<String> {
        of.iter()
            .map(|it| (n(*it), it.name()))
            .filter(|it| it.0 > 0)
            .map(|(n, it)| format!("{} {it}", number(n)))
            .collect()
    };
    let mut said = String::new();
    if asked.params.has("found") {
        let found = asked.params.text("found");
        said = format!("Its query was run: {found} new. ");
    }
    said += &count(dossier.items.len(), "article");
    if let Some(order) = dossier.order.filter(|_| dossier.items.len() > 1) {
        said = said + " sorted by " + order.name();
    }
    let (states, others) = (
        counted(&State::ALL.iter().map(|it| Shown::In(*it)).collect::<Vec<_>>()),
        counted(&[Shown::New, Shown::Missing]),
    );
    for (sign, part) in [(": ", states), ("; ", others)] {
        if !part.is_empty() {
            said = said + sign + &part.join(", ");
        }
    }
    said
}

/// What was just taken out, as long as it is not on the list again.
fn taken(asked: &Asked, name: &ListName) -> Option<TakenOut> {
    let number = asked.params.text("taken").parse().ok()?;
    asked.here.taken_off.get(&name.to_string(), number).filter(|_| !asked.here.read_only)
}

fn put_back(name: &ListName, taken: &TakenOut) -> Markup {
    html! {
        form.row method="post" action=(of(name, "restore")) {
            span role="status" { "Taken out: " bdi { (taken.title) } ". A refresh will not bring it back." }
            input type="hidden" name="text" value=(taken.text);
            input type="hidden" name="place" value=(taken.place);
            button { "Put it back" }
        }
    }
}

/// The ways to a part of the entries, where it is one.
fn shown_links(name: &ListName, dossier: &Dossier, shown: Shown) -> Markup {
    let is_part = |it: &Shown| {
        let n = dossier.items.iter().filter(|item| it.takes(item)).count();
        *it == Shown::All || *it == shown || n > 0 && n < dossier.items.len()
    };
    let parts: Vec<Shown> = Shown::ALL.into_iter().filter(is_part).collect();
    html! {
        @if parts.len() > 1 {
            nav.row aria-label="Entries to show" {
                span { "Show" }
                @for it in parts {
                    " "
                    @if it == shown { b aria-current="true" { (words(it)) } }
                    @else if it == Shown::All { a href=(Address::list(&name.to_string())) { (words(it)) } }
                    @else { a href=(Address::list(&name.to_string()).with("show", it.name())) { (words(it)) } }
                }
            }
        }
    }
}

fn words(shown: Shown) -> &'static str {
    match shown {
        Shown::Noted => "with notes",
        Shown::Missing => "not in the archive",
        other => other.name(),
    }
}

/// A list whose file cannot be read, with what is wrong in which line. Nothing writes it.
pub(super) fn unreadable(name: &ListName, reason: &str) -> Markup {
    let mut lines = reason.lines().map(str::trim);
    let first = lines.next().unwrap_or_default();
    html! {
        header.opening {
            p.soft { "Reading list" }
            h1 { bdi { (name) } }
            div.error role="alert" #error {
                p { (parts::prose(&parts::sentence(first.trim_end_matches(':')))) }
                ul { @for line in lines { li { code { bdi { (line) } } } } }
            }
            p { "Nothing here is lost: morgue does not write to the file. Mend these lines in any editor, then load this page again." }
        }
        p { a href="/lists" { "All lists" } }
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
                    p.soft {
                        "Also in "
                        @for (n, it) in item.versions.iter().enumerate() {
                            @if n > 0 { "; " }
                            @match (article, it.id) {
                                (Some(article), Some(id)) => {
                                    a href=(Address::compare(&article.0.id.to_string(), &id.to_string())) { bdi { (it.label) } }
                                }
                                _ => bdi { (it.label) },
                            }
                        }
                    }
                }
                @if let Some(url) = &item.url { p.soft { (parts::original(url)) } }
                @if !asked.here.read_only { (change(asked, name, number, item)) }
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

/// What can be done to an entry.
fn change(asked: &Asked, name: &ListName, number: usize, item: &DossierItem) -> Markup {
    let back = |number: usize| {
        Address::back(&asked.address).map(|it| it.without("taken").without("found").at(&format!("e{number}")))
    };
    let here = |number: usize| html! { @if let Some(back) = back(number) { input type="hidden" name="back" value=(back); } };
    let article = html! { input type="hidden" name="article" value=(item.named); };
    let edit = EntryEdit {
        tags: Some(item.tags.clone()),
        note: Some(item.note()),
        seen: Some(item.digest()),
        ..EntryEdit::default()
    };
    html! {
        form.row method="post" action=(of(name, "entry")) {
            (article) (here(number))
            span { "Mark" }
            @for state in State::ALL.iter().filter(|it| Some(**it) != item.state) {
                button name="state" value=(state.name()) { (state.name()) }
            }
        }
        details {
            summary { "Note, tags, place" }
            form method="post" action=(of(name, "entry")) {
                (article) (here(number))
                (fields(number, &edit))
                p.row { button { "Save" } }
            }
            form.row method="post" action=(of(name, "move")) {
                (article)
                label for={ "o" (number) } { "Place" }
                input id={ "o" (number) } name="to" size="2" inputmode="numeric" required value=(number);
                button { "Move" }
            }
            form.row method="post" action=(of(name, "remove")) { (article) button { "Take out" } }
        }
    }
}

/// The fields of an entry whose words a form replaces. The number keeps the ids of a page's forms
/// apart.
fn fields(number: usize, edit: &EntryEdit) -> Markup {
    let id = |name: &str| format!("{name}{number}");
    html! {
        input type="hidden" name="was" value=(edit.seen.as_deref().unwrap_or_default());
        @if let Some(note) = &edit.note {
            p {
                label for=(id("n")) { "Note" } br;
                textarea id=(id("n")) name="note" rows="3" cols="48" dir="auto" { (note) }
            }
        }
        @if let Some(tags) = &edit.tags {
            p.row {
                label for=(id("t")) { "Tags" }
                input id=(id("t")) name="tags" size="24" autocomplete="off" dir="auto" value=(tags.join(", "));
            }
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
                input type="hidden" name="was" value=(list::order_digest(dossier.items.iter().map(|it| it.named.as_str())));
                label for="order" { "Order" }
                select #order name="order" { @for order in Order::ALL { option selected[Some(*order) == dossier.order] { (order.name()) } } }
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
pub(super) fn confirm(asked: &Asked, name: &ListName, list: Option<&List>) -> Markup {
    let entries = list.map(|it| it.entries().count());
    let noted = list.map(|it| it.entries().filter(|it| !it.note().is_empty()).count());
    html! {
        div.opening {
            h1 { "Delete the list “" bdi { (name) } "”?" }
            @if let (Some(entries), Some(noted)) = (entries, noted) {
                p { (count(entries, "entry")) ", " (noted) " of them with notes, are deleted for good. The articles stay." }
            } @else {
                p { "It cannot be read, and is deleted as it is." }
            }
            @if asked.here.read_only {
                p { "This server changes nothing." }
            } @else {
                form.row method="post" action=(of(name, "delete")) { button { "Delete it" } }
            }
            (to_list(name))
        }
    }
}

/// After an entry that a form replaces was changed meanwhile: both are shown, and nothing was
/// written.
pub(super) fn conflict(
    asked: &Asked,
    name: &ListName,
    which: &str,
    edit: &EntryEdit,
    now: &EntryContent,
) -> Markup {
    let again = EntryEdit { seen: Some(now.digest()), ..edit.clone() };
    let note = list::notes(&now.blocks);
    let kept = |name: &'static str| html! { @if asked.params.has(name) { input type="hidden" name=(name) value=(asked.params.text(name)); } };
    html! {
        div.opening {
            p.soft { a href=(Address::list(&name.to_string())) { bdi { (name) } } }
            h1 { "Changed meanwhile" }
            div.error role="alert" {
                p { "The tags or the note of “" bdi { (now.title) } "” were changed since you opened the page. Nothing was written." }
            }
        }
        section.section aria-labelledby="now" {
            h2 #now { "What stands there now" }
            @if note.is_empty() { p { "No note." } } @else { p.note dir="auto" { (note) } }
            p.soft { "Tags: " bdi { @if now.tags.is_empty() { "none" } @else { (now.tags.join(", ")) } } }
        }
        section.section aria-labelledby="typed" {
            h2 #typed { "What you typed" }
            form method="post" action=(of(name, "entry")) {
                input type="hidden" name="article" value=(which);
                (kept("state")) (kept("place")) (kept("back"))
                (fields(1, &again))
                p.row { button { "Save mine in its place" } " " a href=(asked.back_or(Address::list(&name.to_string()))) { "Leave what stands there" } }
            }
        }
    }
}

/// After entries that a form sorts were moved meanwhile: nothing was written.
pub(super) fn moved_meanwhile(name: &ListName, order: Order, now: &str) -> Markup {
    html! {
        div.opening {
            p.soft { a href=(Address::list(&name.to_string())) { bdi { (name) } } }
            h1 { "Changed meanwhile" }
            div.error role="alert" {
                p { "Entries were added, moved or taken out since you opened the page. Nothing was sorted, so that an order made by hand is not lost." }
            }
            form.row method="post" action=(of(name, "sort")) {
                input type="hidden" name="was" value=(now);
                input type="hidden" name="order" value=(order.name());
                button { "Sort by " (order.name()) " all the same" }
                a href=(Address::list(&name.to_string())) { "Look at the list first" }
            }
        }
    }
}
