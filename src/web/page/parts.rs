//! Parts that several pages are made of. Markup and class names are those of the style sheet.

use jiff::civil::Date;
use maud::{Markup, html};
use morgue_core::number;

use crate::{
    article::{Described, FieldName, Published, Quote, QuoteKind, Span, Speaker, Stance},
    render,
    search::{Door, Extent, Version},
    web::{address::Address, asked::Asked},
};

/// The form with the query box.
pub(super) fn query_box(asked: &Asked, query: &str, is_wrong: bool) -> Markup {
    let order = asked.params.text("sort");
    html! {
        form.ask role="search" action="/search" {
            label for="q" { "Search the clippings" }
            input #q name="q" value=(query) autocomplete="off" spellcheck="false" autocapitalize="none"
                aria-invalid=[is_wrong.then_some("true")] aria-describedby=[is_wrong.then_some("error")];
            @if !order.is_empty() { input type="hidden" name="sort" value=(order); }
            button { "Search" }
        }
    }
}

/// A text with what stands in the spans marked. With `first`, marks have the ids `m1`, `m2` … from
/// that number on, which links lead to. Spans are sorted; of overlapping ones the first counts.
pub(super) fn marked(text: &str, spans: &[Span], first: Option<usize>) -> Markup {
    let mut at = 0;
    let mut parts = Vec::new();
    for span in spans.iter().filter(|it| text.get(it.range()).is_some()) {
        if span.start() >= at {
            parts.push((&text[at..span.start()], span.of(text)));
            at = span.end();
        }
    }
    html! {
        @for (n, (before, mark)) in parts.iter().enumerate() {
            (before)
            mark id=[first.map(|first| format!("m{}", first + n))] { (mark) }
        }
        (text[at..])
    }
}

/// A message of the archive as a sentence: with a capital and a full stop.
pub(super) fn sentence(message: &str) -> String {
    let end = if message.ends_with(['.', '?', '!']) { "" } else { "." };
    capital(message) + end
}

/// The same text with a capital at its beginning.
pub(super) fn capital(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map_or_else(String::new, |it| it.to_uppercase().chain(letters).collect())
}

/// A sentence for people in which backticks stand round what is typed.
pub(super) fn prose(text: &str) -> Markup {
    let is_even = text.matches('`').count().is_multiple_of(2);
    html! {
        @if is_even {
            @for (n, part) in text.split('`').enumerate() {
                @if n % 2 == 1 { code { bdi { (part) } } } @else { (part) }
            }
        } @else { (text) }
    }
}

/// A date as people write it, as fine as it is known: `9 March 2018`.
pub(super) fn time(date: Published) -> Markup {
    html! { time datetime=(date) { (date.in_words()) } }
}

/// The time of an article, or that it has none.
pub(super) fn time_or_none(date: Option<Published>) -> Markup {
    html! { @match date { Some(date) => (time(date)), None => span { "undated" } } }
}

/// What stands in the margin of a clipping: when, where, who.
pub(super) fn slip(article: &impl Described) -> Markup {
    let metadata = article.metadata();
    let text = |field| metadata.text(field);
    html! {
        (time_or_none(metadata.published()))
        @if let Some(source) = text(FieldName::Source) { " " b { (source) } }
        @for field in [FieldName::Byline, FieldName::Section] {
            @if let Some(it) = text(field) { " " span { (it) } }
        }
    }
}

/// The language of an article's text, for the attribute `lang`.
pub(super) fn lang(article: &impl Described) -> Option<String> {
    article.metadata().text(FieldName::Language).map(std::borrow::Cow::into_owned)
}

/// The headline of an article as a link to its page, `marks` in it.
pub(super) fn headline(article: &impl Described, marks: &[Span], to: &Address) -> Markup {
    html! {
        a href=(to) {
            @match article.metadata().text(FieldName::Headline) {
                Some(text) => bdi { (marked(&text, marks, None)) },
                None => (article.place().address()),
            }
        }
    }
}

/// The other versions of an article, each a link to the comparison with it.
pub(super) fn also_in(article: &str, copies: &[Version]) -> Markup {
    html! {
        @if !copies.is_empty() {
            p.soft {
                "Also in "
                @for (n, copy) in copies.iter().enumerate() {
                    @if n > 0 { "; " }
                    a href=(Address::to(&["compare", article, &copy.article.to_string()])) {
                        (copy.source.clone().unwrap_or_else(|| copy.place.address().into_owned()))
                    }
                    ", " (time_or_none(copy.date))
                    @if let Some(headline) = &copy.headline { ", " cite { bdi { (headline) } } }
                }
            }
        }
    }
}

/// A speaker as printed, with their role, and a link to the page of the person that they are in the
/// whole archive; where that is not known, to whoever has the name.
pub(super) fn speaker(speaker: &Speaker, person: Option<&str>, stance: Stance) -> Markup {
    let to = person.map_or_else(|| Address::person(&speaker.name), Address::person_called);
    html! {
        a href=(with_quote(to, stance)) { (speaker.name) }
        @if let Some(role) = &speaker.role { ", " (role) }
    }
}

/// The address of an article on the web as a link, or as text where a browser would run it.
pub(super) fn original(url: &str) -> Markup {
    let is_web = ["https://", "http://"]
        .iter()
        .any(|it| url.get(..it.len()).is_some_and(|start| start.eq_ignore_ascii_case(it)));
    html! {
        span.source {
            @if is_web { a href=(url) rel="noreferrer noopener" { "The original" } }
            @else { "The original: " code { (url) } }
        }
    }
}

/// How sure an attribution is, in a word: *clear* from 0.90, *likely* from 0.70, *doubtful* below.
pub(super) fn confidence(value: f32) -> &'static str {
    match value {
        it if it >= 0.9 => "clear",
        it if it >= 0.7 => "likely",
        _ => "doubtful",
    }
}

/// Which of numbered places of a page stand here (`3–5 of 11`), with links to the one before and
/// the one after. Their ids are `kind` and the number: `m3`; `what` is what one is called.
pub(super) fn steps(kind: &str, what: &str, first: usize, n: usize, total: usize) -> Markup {
    let last = first + n - 1;
    let to = |n: usize| format!("#{kind}{n}");
    html! {
        " " span { (first) @if last > first { "–" (last) } " of " (total) }
        @if first > 1 { " " a href=(to(first - 1)) aria-label=(format!("Previous {what}, {}", first - 1)) { "↑" } }
        @if last < total { " " a href=(to(last + 1)) aria-label=(format!("Next {what}, {}", last + 1)) { "↓" } }
    }
}

/// A day.
pub(super) fn day(day: Date) -> Markup {
    time(Published::Day(day))
}

/// What the reader should know of a result, a sentence each.
pub(super) fn notes(notes: &[String]) -> Markup {
    html! { @for it in notes { p.soft { (prose(&sentence(&Door::Page.says(it)))) } } }
}

/// The links around a part of results: which stand here, and where those before and after are.
pub(super) fn pages(
    extent: Extent,
    (previous, next): (Option<&Address>, Option<&Address>),
    label: &str,
) -> Markup {
    let Extent { shown, offset, total, unit } = extent;
    html! {
        nav.pager aria-label=(label) {
            @if let Some(to) = previous { a rel="prev" href=(to) { "← Previous" } }
            span.soft {
                @if shown == 0 { "none" } @else { (number(offset + 1)) " to " (number(offset + shown)) }
                " of " (number(total)) " " (unit) @if total != 1 && unit != "people" { "s" }
            }
            @if let Some(to) = next { a rel="next" href=(to) { "Next →" } }
        }
    }
}

/// The years of a time: `2012 to 2024`.
pub(super) fn years((first, last): (Date, Date)) -> String {
    match (first.year(), last.year()) {
        (first, last) if first == last => first.to_string(),
        (first, last) => format!("{first} to {last}"),
    }
}

/// From the first quote to the last, on a line that is all the time of the archive. The same stands
/// beside it in words.
pub(super) fn span_of_time(all: (Date, Date), own: Option<(Date, Date)>) -> Markup {
    let Some(own) = own else { return html! {} };
    let days = |from: Date, to: Date| f64::from((to - from).get_days());
    let whole = days(all.0, all.1) + 1.0;
    let at = |it: Date| (days(all.0, it) / whole * 100.0).clamp(0.0, 100.0);
    let (x, end) = (at(own.0), at(own.1));
    html! {
        svg.chart height="14" aria-hidden="true" {
            line x1="0" x2="100%" y1="7" y2="7" {}
            rect x=(format!("{x:.1}%")) y="3" width=(format!("{:.1}%", (end - x).max(1.0))) height="8" {}
        }
    }
}

/// The page of a person with a quote of theirs of that stance on it.
pub(super) fn with_quote(to: Address, stance: Stance) -> Address {
    if stance == Stance::Said { to } else { to.with("all_stances", "1") }
}

/// The words of a quote: direct speech in its marks, what is reported in italics.
pub(super) fn quoted(quote: &Quote, text: &str) -> Markup {
    let words = render::quoted_text(quote, text);
    html! {
        @if quote.kind == QuoteKind::Direct { "“" (words.trim_end_matches(',')) "”" } @else { i { (words) } }
    }
}

/// What a printed page says where it holds a part of what was found; nothing where it holds all.
pub(super) fn part_on_paper(offset: usize, shown: usize, total: usize) -> Markup {
    if offset == 0 && shown >= total {
        return html! {};
    }
    html! {
        " Here are " strong { (number(offset + 1)) " to " (number(offset + shown)) } " of them; the others are on other pages."
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_that_a_browser_would_run_is_text() {
        for (url, is_link) in [
            ("https://courier.example/a?b=c&d", true),
            ("HTTP://courier.example", true),
            ("javascript:alert(1)", false),
            (" https://courier.example", false),
            ("data:text/html,<script>alert(1)</script>", false),
            ("//courier.example", false),
            ("", false),
        ] {
            let markup = original(url).into_string();
            assert_eq!(markup.contains("<a href"), is_link, "{markup}");
            assert!(!markup.contains("<script"), "{markup}");
        }
    }

    #[test]
    fn overlapping_marks_are_numbered_once() {
        let spans: Vec<Span> =
            [(0, 3), (2, 5), (6, 8)].iter().filter_map(|it| Span::new(it.0, it.1)).collect();
        assert_eq!(
            marked("<b> abc", &spans[..1], Some(4)).into_string(),
            "<mark id=\"m4\">&lt;b&gt;</mark> abc"
        );
        assert_eq!(
            marked("abcde fg", &spans, Some(1)).into_string(),
            "<mark id=\"m1\">abc</mark>de <mark id=\"m2\">fg</mark>"
        );
    }
}
