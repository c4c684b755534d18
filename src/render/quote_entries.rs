//! Quotes of a speaker for people: each passage once, with all their quotes in it marked.
//!
//! A quotation that runs over several passages is one entry. In JSON it is one quote in each of
//! them.

use std::{
    collections::{BTreeMap, HashMap},
    io::{self, Write},
};

use crate::{
    article::{ArticleId, FieldName, QuoteKind, Rule, Span, Speaker},
    attribute,
    search::SpokenQuote,
};

use super::{
    Look,
    article::explained,
    rows::{manner, rounded},
    terminal::{self, FAINT, HEADLINE, SPEAKER, date, introduced, visible},
};

/// A quote of less confidence is called doubtful: of quotes with marks below it one in four is
/// somebody else's (`docs/evaluation.md`, "Confidence").
const SURE_MIN: f32 = 0.5;

/// Passages of one article that stand together: one, or those that one quotation runs over.
struct Entry<'a> {
    /// By ordinal, each with its quotes in reading order.
    passages: BTreeMap<usize, Vec<&'a SpokenQuote>>,
}

/// How many of the quotes go on with one that is among them too.
pub(super) fn n_continuing(quotes: &[SpokenQuote]) -> usize {
    let places = places(quotes);
    quotes.iter().filter(|it| goes_on(it, &places)).count()
}

type Places = std::collections::HashSet<(ArticleId, usize)>;

fn places(quotes: &[SpokenQuote]) -> Places {
    quotes.iter().map(|it| (it.article.id, it.quote.passage)).collect()
}

/// Whether the quote goes on with one of the passage before that is among the quotes as well.
fn goes_on(spoken: &SpokenQuote, places: &Places) -> bool {
    let before = spoken.quote.passage.checked_sub(1);
    spoken.quote.rule == Rule::Continued && before.is_some_and(|it| places.contains(&(spoken.article.id, it)))
}

/// Puts quotes together that stand in one passage or go on with each other. An entry stands where
/// the first of its quotes does; of one article, entries with a sure direct quote come first.
fn entries(quotes: &[SpokenQuote]) -> Vec<Entry<'_>> {
    let places = places(quotes);
    let continued: Places =
        quotes.iter().filter(|it| goes_on(it, &places)).map(|it| (it.article.id, it.quote.passage)).collect();
    let mut entries: Vec<Entry<'_>> = Vec::new();
    let mut place_of: HashMap<(ArticleId, usize), usize> = HashMap::new();
    for spoken in quotes {
        let article = spoken.article.id;
        let mut first = spoken.quote.passage;
        while continued.contains(&(article, first)) {
            first -= 1;
        }
        let place = *place_of.entry((article, first)).or_insert(entries.len());
        if place == entries.len() {
            entries.push(Entry { passages: BTreeMap::new() });
        }
        entries[place].passages.entry(spoken.quote.passage).or_default().push(spoken);
    }
    for quotes in entries.iter_mut().flat_map(|it| it.passages.values_mut()) {
        quotes.sort_by_key(|it| it.quote.content.first().map(|it| it.start()));
    }
    for of_article in entries.chunk_by_mut(|a, b| a.article() == b.article()) {
        of_article.sort_by_key(|it| it.quotes().map(standing).min());
    }
    entries
}

/// Sure direct quotes stand before others, doubtful ones last.
fn standing(spoken: &SpokenQuote) -> (bool, bool) {
    let quote = &spoken.quote;
    (quote.confidence < SURE_MIN, quote.kind != QuoteKind::Direct && !attribute::is_turn(quote))
}

impl<'a> Entry<'a> {
    fn quotes(&self) -> impl Iterator<Item = &'a SpokenQuote> {
        self.passages.values().flatten().copied()
    }

    fn article(&self) -> Option<ArticleId> {
        self.quotes().next().map(|it| it.article.id)
    }

    /// The quotes with their numbers; one that goes on has the number of the one before it.
    fn numbered(&self) -> Vec<(usize, &'a SpokenQuote)> {
        let mut n = 0;
        let numbered = self.quotes().enumerate().map(|(at, it)| {
            n += usize::from(at == 0 || it.quote.rule != Rule::Continued);
            (n, it)
        });
        numbered.collect()
    }
}

/// Writes the quotes, a passage once.
pub(super) fn text(quotes: &[SpokenQuote], look: &Look, out: &mut dyn Write) -> io::Result<()> {
    for (n, entry) in entries(quotes).iter().enumerate() {
        if n > 0 {
            writeln!(out)?;
        }
        entry_text(entry, look, out)?;
    }
    Ok(())
}

fn entry_text(entry: &Entry<'_>, look: &Look, out: &mut dyn Write) -> io::Result<()> {
    let numbered = entry.numbered();
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
    for ordinal in entry.passages.keys() {
        let own: Vec<_> = numbered.iter().filter(|it| it.1.quote.passage == *ordinal).collect();
        let spans = own
            .iter()
            .flat_map(|(n, it)| it.quote.content.iter().map(move |span| (*span, several.then_some(*n))));
        let Some((_, any)) = own.first() else { continue };
        look.lines("  ", &marked(any.passage_text(), spans.collect(), look), out)?;
    }
    let known = [FieldName::Source, FieldName::Headline].map(|it| metadata.text(it));
    let mut parts: Vec<_> = known.into_iter().flatten().collect();
    parts.extend([kinds(&numbered, several).into(), first.article.place.path.as_str().into()]);
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

/// How the quotes are given, sure direct ones first: `direct`, `2 direct, 1 mixed (doubtful, 0.31)`.
fn kinds(numbered: &[(usize, &SpokenQuote)], several: bool) -> String {
    let mut once: Vec<(usize, &SpokenQuote)> = numbered.to_vec();
    once.dedup_by_key(|it| it.0);
    once.sort_by_key(|it| (standing(it.1), it.0));
    let kind = |(n, spoken): &(usize, &SpokenQuote)| {
        let number = if several { format!("{n} ") } else { String::new() };
        let confidence = spoken.quote.confidence;
        let doubt = match confidence < SURE_MIN {
            true => format!(" (doubtful, {})", rounded(confidence)),
            false => String::new(),
        };
        format!("{number}{}{doubt}", manner(&spoken.quote))
    };
    once.iter().map(kind).collect::<Vec<_>>().join(", ")
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
