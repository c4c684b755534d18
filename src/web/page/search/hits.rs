//! The results of a search as clippings, those of one article together.

use std::collections::HashMap;

use maud::{Markup, html};

use super::{
    super::{
        on_lists::{OnList, OnLists},
        parts,
    },
    wish::{View, Wish},
};
use crate::{
    article::{ArticleId, PassageKind, Quote, Span, Speaker, SpeakerKind},
    query::Grouping,
    render,
    search::{Hit, Matched, Results},
    web::address::Address,
};

/// So many lists are offered at each article, those changed last.
const LISTS_MAX: usize = 5;

/// A passage that is longer is shown around what is marked in it; bytes.
const PASSAGE_BYTES_MAX: usize = 1600;

/// The results in order, the hits of an article where the first of them stands.
pub(super) fn hits(wish: &Wish<'_>, results: &Results, lists: &OnLists) -> Markup {
    let groups = by_article(&results.hits);
    let people = known_people(wish, &results.hits);
    let first_apart = groups.iter().position(|it| is_apart(it)).filter(|_| results.apart > 0);
    html! {
        ol {
            @for (n, group) in groups.iter().enumerate() {
                (clipping(wish, n + 1, group, (lists, &people), first_apart == Some(n)))
            }
        }
    }
}

/// The hits of each article, in the order of the first of each.
pub(super) fn by_article(hits: &[Hit]) -> Vec<Vec<&Hit>> {
    let mut groups: Vec<Vec<&Hit>> = Vec::new();
    for hit in hits {
        match groups.iter_mut().find(|it| it.first().is_some_and(|it| it.article.id == hit.article.id)) {
            Some(group) => group.push(hit),
            None => groups.push(vec![hit]),
        }
    }
    groups
}

/// Whether the words stand in different passages of the article.
fn is_apart(group: &[&Hit]) -> bool {
    group.first().is_some_and(|it| it.matched == Matched::Article)
}

/// The people that the speakers of an article are in the whole archive.
type KnownPeople<'a> = HashMap<(ArticleId, &'a str, SpeakerKind), String>;

fn known_people<'a>(wish: &Wish<'_>, hits: &'a [Hit]) -> KnownPeople<'a> {
    let of_hit = |hit: &'a Hit| {
        let quotes = hit.shown().into_iter().flat_map(|it| it.2);
        quotes.filter_map(move |it| Some((hit.article.id, it.speaker.as_ref()?)))
    };
    let mut speakers: Vec<(ArticleId, &Speaker)> = Vec::new();
    for it in hits.iter().flat_map(of_hit) {
        if !speakers.contains(&it) {
            speakers.push(it);
        }
    }
    // Results are shown also where nobody can be asked who is who.
    let known = wish.asked.archive.known_people(&speakers).unwrap_or_default();
    let known = speakers.into_iter().zip(known);
    known.filter_map(|((article, it), known)| Some(((article, it.name.as_str(), it.kind), known?))).collect()
}

fn clipping(
    wish: &Wish<'_>,
    n: usize,
    group: &[&Hit],
    (lists, people): (&OnLists, &KnownPeople<'_>),
    opens_apart: bool,
) -> Markup {
    let Some(first) = group.first() else { return html! {} };
    let article = &first.article;
    let id = article.id.to_string();
    let to = Address::article(&id, wish.query()).with("rank", &first.rank.to_string());
    // The page leads to the articles before and after it of the same result.
    let to =
        ["sort", "fold", "expand", "any"].iter().fold(to, |to, it| to.with(it, wish.asked.params.text(it)));
    let is_by_article = wish.request.selection.grouping == Grouping::Article;
    let to = to.with("group", if is_by_article { Grouping::Article.name() } else { "" });
    let lang = parts::lang(article);
    let is_chosen_for = || format!("{id}#{}", first.passage);
    html! {
        li.hit #{ "h" (n) } {
            p.slip {
                (parts::slip(article)) " "
                label { input type="checkbox" form="chosen" name="article" value=(is_chosen_for()); " choose" }
            }
            div {
                @if opens_apart { p.soft { "All words, in different passages of the article:" } }
                h2 lang=[lang.as_deref()] dir="auto" {
                    (parts::headline(article, &first.headline_highlights, &to))
                }
                @if wish.view == View::Passages {
                    @for hit in group {
                        @for (ordinal, marks, quotes) in hit.shown() {
                            (passage(wish, hit, (ordinal, marks, quotes), people))
                        }
                    }
                }
                (parts::also_in(&id, &first.copies))
                (on_lists(wish, n, group, lists))
            }
        }
    }
}

fn passage(
    wish: &Wish<'_>,
    hit: &Hit,
    (ordinal, marks, quotes): (usize, &[Span], &[Quote]),
    people: &KnownPeople<'_>,
) -> Markup {
    let lang = parts::lang(&hit.article);
    let Some(passage) = hit.article.passages.get(&ordinal) else { return html! {} };
    // It stands above, with the same marks.
    if passage.kind == PassageKind::Headline {
        return html! {};
    }
    let kind = match passage.kind {
        PassageKind::Caption => "Caption: ",
        PassageKind::Heading => "Heading: ",
        PassageKind::Correction => "Correction: ",
        PassageKind::Body | PassageKind::Headline => "",
    };
    let to = Address::article(&hit.article.id.to_string(), wish.query()).at(&format!("p{ordinal}"));
    let speakers = render::speakers(quotes);
    html! {
        div {
            p.text lang=[lang.as_deref()] dir="auto" {
                a.number href=(to) aria-label={ "Passage " (ordinal) } { (ordinal) }
                @if !kind.is_empty() { span.soft { (kind) } }
                (excerpt(&passage.text, marks))
            }
            @if !speakers.is_empty() {
                p.who {
                    @for (n, (speaker, stance)) in speakers.iter().enumerate() {
                        @if n > 0 { "; " }
                        @let person = people.get(&(hit.article.id, &speaker.name, speaker.kind)).map(String::as_str);
                        "— " bdi { (parts::speaker(speaker, person, *stance)) }
                        @if let Some(stance) = render::unsaid(*stance) { " (" (stance) ")" }
                    }
                }
            }
        }
    }
}

/// A passage with its marks, or, where it is very long, what stands around the first of them.
fn excerpt(text: &str, marks: &[Span]) -> Markup {
    let (start, end) = window(text, marks);
    let within = |it: &&Span| it.start() >= start && it.end() <= end;
    let inside = marks.iter().filter(within).filter_map(|it| Span::new(it.start() - start, it.end() - start));
    let inside: Vec<Span> = inside.collect();
    let n_outside = marks.len() - inside.len();
    html! {
        @if start > 0 { "… " }
        (parts::marked(&text[start..end], &inside, None))
        @if end < text.len() { " …" }
        @if n_outside > 0 { span.soft { " and " (morgue_core::count(n_outside, "more match")) } }
    }
}

/// From where to where a passage is shown, at borders of words if it has some.
fn window(text: &str, marks: &[Span]) -> (usize, usize) {
    if text.len() <= PASSAGE_BYTES_MAX {
        return (0, text.len());
    }
    let first = marks.first().map_or(0, |it| it.start());
    let start = text.floor_char_boundary(first.saturating_sub(PASSAGE_BYTES_MAX / 4));
    let least = marks.first().map_or(start, |it| it.end());
    let end = text.floor_char_boundary((start + PASSAGE_BYTES_MAX).min(text.len())).max(least);
    let begins = |from: usize, to: usize| text[from..to].find(' ').map(|it| from + it + 1);
    let start = if start == 0 { 0 } else { begins(start, first).unwrap_or(start) };
    let ends = text[least..end].rfind(' ').map(|it| least + it);
    (start, if end == text.len() { end } else { ends.unwrap_or(end) })
}

fn on_lists(wish: &Wish<'_>, n: usize, group: &[&Hit], lists: &OnLists) -> Markup {
    let Some(first) = group.first() else { return html! {} };
    let (article, on) = (first.article.id, lists.of(&first.article).collect::<Vec<_>>());
    let offered: Vec<_> = lists
        .lists
        .iter()
        .filter(|list| !on.iter().any(|it| it.list.name == list.name))
        .take(LISTS_MAX)
        .collect();
    let can_add = !wish.asked.here.read_only;
    let passages = html! {
        @for hit in group { input type="hidden" name="article" value={ (article) "#" (hit.passage) }; }
        input type="hidden" name="back" value=(wish.asked.address);
    };
    html! {
        @if can_add || !on.is_empty() {
            div.row {
                @for (of, it) in on.iter().enumerate() { (on_list(wish, it, &format!("n{n}-{of}"))) }
                @if can_add {
                    details {
                        summary { "Add to a list" }
                        @if let Some(first) = offered.first() {
                            form.row method="post" action=(entries_of(&first.name)) {
                                (passages)
                                @for list in &offered {
                                    button formaction=(entries_of(&list.name)) { bdi { (list.title) } }
                                }
                            }
                        }
                        form.row method="post" action="/lists" {
                            (passages)
                            label for={ "l" (n) } { "A new list" }
                            input id={ "l" (n) } name="title" size="14" maxlength="200" required autocomplete="off";
                            button { "Add" }
                        }
                    }
                }
            }
        }
    }
}

/// `On The silent sirens, unread`, with the note that is on it and a form to change it.
fn on_list(wish: &Wish<'_>, on: &OnList, id: &str) -> Markup {
    let to = Address::list(&on.list.name).at(&format!("e{}", on.number));
    html! {
        span {
            "On " a href=(to) { bdi { (on.list.title) } }
            @if on.is_version { " as another version" }
            ", " (on.state.name())
        }
        @if !on.note.is_empty() { p.note dir="auto" { (on.note) } }
        @if !wish.asked.here.read_only {
            details {
                summary { "Note" }
                form.row method="post" action=(Address::to(&["lists", &on.list.name, "entry"])) {
                    input type="hidden" name="article" value=(on.article);
                    input type="hidden" name="was" value=(on.digest);
                    input type="hidden" name="back" value=(wish.asked.address);
                    label for=(id) { "Note" }
                    textarea #(id) name="note" rows="2" cols="30" dir="auto" { (on.note) }
                    button { "Save" }
                }
            }
        }
    }
}

/// Where a form that adds to a list leads.
pub(super) fn entries_of(list: &str) -> Address {
    Address::to(&["lists", list, "entries"])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_long_passage_is_shown_around_its_first_match() {
        let text =
            format!("{}the siren sounded. {}", "Water rose. ".repeat(400), "Nobody came. ".repeat(400));
        let at = text.find("siren").unwrap();
        let mark = Span::new(at, at + 5).unwrap();
        let (start, end) = window(&text, &[mark]);
        assert!(start <= at && at + 5 <= end && end - start <= PASSAGE_BYTES_MAX);
        assert!(text[..start].ends_with(' ') && text[end..].starts_with(' '));
        let late = Span::new(text.len() - 5, text.len() - 1).unwrap();
        let shown = excerpt(&text, &[mark, late]).into_string();
        assert!(shown.contains("<mark>siren</mark>") && shown.contains("and 1 more match"), "{shown}");
    }

    #[test]
    fn a_long_passage_without_blanks_is_cut_between_letters() {
        let text = "ä".repeat(50_000);
        let mark = Span::new(40_000, 40_400).unwrap();
        let (start, end) = window(&text, &[mark]);
        assert!(start <= 40_000 && 40_400 <= end && end - start <= PASSAGE_BYTES_MAX);
        assert_eq!(window(&text, &[]).0, 0);
        // A match that is longer than what is shown is shown whole.
        let all = Span::new(0, text.len()).unwrap();
        assert_eq!(window(&text, &[all]), (0, text.len()));
    }
}
