//! Who is quoted in a passage, how sure that is and why: what stands in the margin beside it.

use maud::{Markup, html};

use crate::{
    archive::Shown,
    article::{Quote, QuoteKind},
    render,
    search::Reason,
    web::{address::Address, page::parts},
};

impl super::Page<'_> {
    /// Who is quoted in a passage, one entry a speaker, and one more for what they did not say.
    pub(super) fn margin(&self, ordinal: usize) -> Option<Markup> {
        let Shown { article, quotes, reasons, .. } = self.shown;
        let own = quotes.iter().zip(reasons).filter(|it| it.0.passage == ordinal);
        let own: Vec<(&Quote, &Reason)> = own.collect();
        if own.is_empty() {
            return None;
        }
        let alike = |a: &(&Quote, &Reason), b: &(&Quote, &Reason)| {
            a.0.speaker == b.0.speaker && a.0.is_said() == b.0.is_said()
        };
        let text = article.passages().get(ordinal).map_or("", |it| it.text.as_str());
        Some(html! {
            ul.margin aria-label=(format!("Quotes in passage {ordinal}")) {
                @for quotes in own.chunk_by(alike) {
                    li.who {
                        @if let Some(first) = quotes.first() { (spoken_by(first.0, first.1)) }
                        @for (quote, _) in quotes {
                            br;
                            (beginning(quote, text)) " " (render::manner(quote)) ", "
                            (parts::confidence(quote.confidence))
                        }
                        details {
                            summary { "Why" }
                            @for (quote, reason) in quotes { (why(quote, reason, text)) }
                        }
                    }
                }
            }
        })
    }
}

/// The speaker of a quote, as a link to the person that they are in the whole archive.
fn spoken_by(quote: &Quote, reason: &Reason) -> Markup {
    let Some(speaker) = &quote.speaker else { return html! { "nobody named" } };
    let to = match &reason.person {
        Some((person, _)) => Some(Address::person_called(person)),
        // Who is given nothing but words that were not said has no page.
        None => quote.is_said().then(|| Address::person(&speaker.name)),
    };
    html! {
        @match to {
            Some(to) => a href=(parts::with_quote(to, quote.stance)) { bdi { (speaker.name) } },
            None => bdi { (speaker.name) },
        }
        @if let Some(role) = &speaker.role { ", " bdi { (role) } }
    }
}

/// How a quote begins: direct speech in its marks, what is reported in italics.
fn beginning(quote: &Quote, text: &str) -> Markup {
    const WORDS_MAX: usize = 4;
    const CHARS_MAX: usize = 60;
    let words = render::quoted_text(quote, text);
    let start: Vec<&str> = words.split_whitespace().take(WORDS_MAX).collect();
    let start: String = start.join(" ").chars().take(CHARS_MAX).collect();
    let more = if start.len() < words.trim().len() { " …" } else { "" };
    html! {
        @if quote.kind == QuoteKind::Direct { bdi { "“" (start) (more) "”" } }
        @else { i { bdi { (start) (more) } } }
    }
}

/// Why a quote is its speaker's: the cue, the rule, the way from what the text says to the person,
/// and how sure it is.
fn why(quote: &Quote, reason: &Reason, text: &str) -> Markup {
    let Reason { explanation, person } = reason;
    let chain = explanation.chain.iter().map(|it| it.text.as_str());
    let last = explanation.chain.last().map_or("", |it| it.text.as_str());
    let person = person.as_ref().filter(|it| it.0 != last);
    let chain: Vec<&str> = chain.collect();
    html! {
        p {
            @if let Some(cue) = quote.cue { "“" bdi { (cue.of(text)) } "”: " }
            (explanation.rule.meaning()) ". "
            @for (n, it) in chain.iter().enumerate() { @if n > 0 { " → " } bdi { (it) } }
            @if let Some((name, why)) = person { " → " bdi { (name) } " (" (why) ")" }
            @if !chain.is_empty() { ". " }
            (format!("{:.2}", quote.confidence))
        }
    }
}
