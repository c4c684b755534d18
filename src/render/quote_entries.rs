//! Quotes of a speaker for people: each passage once, with all their quotes in it marked.
//!
//! A quotation that runs over several passages is one entry. In JSON it is one quote in each of
//! them.

use std::io::{self, Write};

use crate::{
    article::{FieldName, Span, Speaker},
    search::{SpokenQuote, is_doubtful},
};

use super::{
    Look,
    article::explained,
    rows::{manner, rounded},
    terminal::{self, FAINT, HEADLINE, SPEAKER, date, introduced, visible},
};

/// Quotes of one article that stand together: those of one passage, or of those that one quotation
/// runs over.
type Entry = [SpokenQuote];

fn entries(quotes: &[SpokenQuote]) -> impl Iterator<Item = &Entry> {
    quotes.chunk_by(|a, b| a.article.id == b.article.id && (b.goes_on || a.quote.passage == b.quote.passage))
}

/// The quotes with their numbers; one that goes on has the number of the one before it.
fn numbered(entry: &Entry) -> Vec<(usize, &SpokenQuote)> {
    let mut n = 0;
    let numbered = entry.iter().map(|it| {
        n += usize::from(n == 0 || !it.goes_on);
        (n, it)
    });
    numbered.collect()
}

/// Writes the quotes, a passage once.
pub(super) fn text(quotes: &[SpokenQuote], look: &Look, out: &mut dyn Write) -> io::Result<()> {
    for (n, entry) in entries(quotes).enumerate() {
        if n > 0 {
            writeln!(out)?;
        }
        entry_text(entry, look, out)?;
    }
    Ok(())
}

fn entry_text(entry: &Entry, look: &Look, out: &mut dyn Write) -> io::Result<()> {
    let numbered = numbered(entry);
    let Some((_, first)) = numbered.first() else { return Ok(()) };
    let mut speakers: Vec<String> = Vec::new();
    for (_, spoken) in &numbered {
        let speaker = spoken.quote.speaker.as_ref().map(|it| spoken_by(spoken, it));
        let speaker = speaker.unwrap_or_else(|| "nobody named".to_owned());
        if !speakers.contains(&speaker) {
            speakers.push(speaker);
        }
    }
    let metadata = &first.article.metadata;
    let date = date(metadata.published());
    let head = format!("{}  {}", look.styled(HEADLINE, &date), look.styled(SPEAKER, &speakers.join("; ")));
    look.lines("", &head, out)?;
    let several = numbered.last().is_some_and(|it| it.0 > 1);
    for own in numbered.chunk_by(|a, b| a.1.quote.passage == b.1.quote.passage) {
        let spans = own
            .iter()
            .flat_map(|(n, it)| it.quote.content.iter().map(move |span| (*span, several.then_some(*n))));
        let Some((_, any)) = own.first() else { continue };
        look.lines("  ", &marked(any.passage_text(), spans.collect(), look), out)?;
    }
    let known = [FieldName::Source, FieldName::Headline].map(|it| metadata.text(it));
    let mut parts: Vec<_> = known.into_iter().flatten().collect();
    parts.extend([kinds(&numbered, several).into(), first.article.place.address()]);
    look.lines("  ", &look.styled(FAINT, &parts.join(" · ")), out)?;
    for (n, spoken) in &numbered {
        if let Some(reason) = &spoken.reason {
            let which = if several { format!(" {n}") } else { String::new() };
            let why = format!("why{which}: {}", explained(&spoken.quote, reason, spoken.passage_text()));
            look.lines("  ", &look.styled(FAINT, &why), out)?;
        }
    }
    terminal::corrected(&first.article, "  ", look, out)?;
    terminal::also_in(&first.copies, "  ", look, out)
}

/// The text with the spans marked, each with its number if it has one: in color, else between signs
/// that the text does not have.
fn marked(text: &str, mut spans: Vec<(Span, Option<usize>)>, look: &Look) -> String {
    const SIGNS: [(&str, &str); 3] = [("[[", "]]"), ("⟦", "⟧"), ("⟪", "⟫")];
    spans.sort_by_key(|it| it.0.start());
    let free = SIGNS.iter().find(|it| !text.contains(it.0) && !text.contains(it.1));
    let (open, close) = if look.color { ("", "") } else { *free.unwrap_or(&SIGNS[0]) };
    let mut out = String::new();
    let mut at = 0;
    for (span, number) in spans {
        // Of quotes within each other the outer one is marked.
        if span.start() < at || text.get(span.range()).is_none() {
            continue;
        }
        let number = number.map(|it| format!("{it}: ")).unwrap_or_default();
        out.push_str(&visible(&text[at..span.start()]));
        let number = if look.color && !number.is_empty() { look.styled(FAINT, &number) } else { number };
        out.push_str(&format!("{open}{number}{}{close}", look.styled(SPEAKER, span.of(text))));
        at = span.end();
    }
    out.push_str(&visible(&text[at..]));
    out
}

/// How the quotes are given: `direct`, and of several by number in the order of the text:
/// `[1–2] direct, [3] mixed (doubtful, 0.31)`.
fn kinds(numbered: &[(usize, &SpokenQuote)], several: bool) -> String {
    let kind = |(n, spoken): &(usize, &SpokenQuote)| {
        let quote = &spoken.quote;
        let doubt = match is_doubtful(quote) {
            true => format!(" (doubtful, {})", rounded(quote.confidence)),
            false => String::new(),
        };
        (*n, format!("{}{doubt}", manner(quote)))
    };
    let mut kinds: Vec<(usize, String)> = numbered.iter().map(kind).collect();
    // What goes on is given as it began.
    kinds.dedup_by_key(|it| it.0);
    let named = kinds.chunk_by(|a, b| a.1 == b.1).map(|alike| {
        let ((first, kind), (last, _)) = (&alike[0], &alike[alike.len() - 1]);
        match (several, first == last) {
            (false, _) => kind.clone(),
            (true, true) => format!("[{first}] {kind}"),
            (true, false) => format!("[{first}–{last}] {kind}"),
        }
    });
    named.collect::<Vec<_>>().join(", ")
}

/// The person, with what the article calls them where that is another name, and the role: the
/// article's own, else, in brackets, the one they had then.
fn spoken_by(spoken: &SpokenQuote, speaker: &Speaker) -> String {
    let Some(person) = &spoken.person else { return introduced(speaker) };
    let called = if person.name == speaker.name { String::new() } else { format!(" (as {})", speaker.name) };
    let role = match (&speaker.role, &person.role) {
        (Some(role), _) => format!(", {role}"),
        (None, Some(role)) => format!(" [{role}]"),
        (None, None) => String::new(),
    };
    format!("{}{called}{role}", person.name)
}
