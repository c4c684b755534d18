//! Results for people: plain in a pipe, coloured and wrapped on a terminal.

use std::{
    borrow::Cow,
    collections::BTreeMap,
    io::{self, Write},
};

use anstyle::{AnsiColor, Style};

use crate::{
    archive::{QuotesResults, Reason, Shown, SpokenQuote},
    article::{
        Article, ArticlePlace, Described, FieldName, Passage, PassageKind, Quote, QuoteKind, Span, Speaker,
    },
    search::{Hit, Results, Version},
};

/// What the terminal, if it is one, can do.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Look {
    /// Whether to colour.
    pub color: bool,
    /// Columns to wrap at; `None` in a pipe, where a passage is one line.
    pub width: Option<usize>,
}

const MATCH: Style = AnsiColor::Red.on_default().bold();
pub(super) const HEADLINE: Style = Style::new().bold();
pub(super) const FAINT: Style = Style::new().dimmed();
pub(super) const SPEAKER: Style = AnsiColor::Cyan.on_default();

/// The text without what a terminal would obey: control characters and marks that turn the direction of text are shown as `�`,
/// tabs and line ends as spaces.
pub fn visible(text: &str) -> Cow<'_, str> {
    if text.chars().all(|it| harmless(it) == it) {
        return Cow::Borrowed(text);
    }
    Cow::Owned(text.chars().map(harmless).collect())
}

/// The character, or what is shown in its place.
pub(super) fn harmless(c: char) -> char {
    match c {
        '\t' | '\n' | '\r' | '\u{2028}' | '\u{2029}' => ' ',
        c if c.is_control() => '\u{fffd}',
        '\u{61c}' | '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' => '\u{fffd}',
        c => c,
    }
}

impl Look {
    pub(super) fn styled(&self, style: Style, text: &str) -> String {
        let text = visible(text);
        if self.color { format!("{style}{text}{style:#}") } else { text.into_owned() }
    }

    /// The text with the spans in `style`.
    pub(super) fn marked(&self, text: &str, spans: &[Span], style: Style) -> String {
        let mut out = String::with_capacity(text.len());
        let mut at = 0;
        for span in spans.iter().filter(|it| text.get(it.range()).is_some()) {
            if span.start() < at {
                continue;
            }
            out.push_str(&visible(&text[at..span.start()]));
            out.push_str(&self.styled(style, span.of(text)));
            at = span.end();
        }
        out.push_str(&visible(&text[at..]));
        out
    }

    /// Lines of `text` behind `indent`.
    pub(super) fn lines(&self, indent: &str, text: &str, out: &mut dyn Write) -> io::Result<()> {
        let Some(width) = self.width else { return writeln!(out, "{indent}{text}") };
        let options = textwrap::Options::new(width.max(20))
            .initial_indent(indent)
            .subsequent_indent(indent)
            .word_splitter(textwrap::WordSplitter::NoHyphenation);
        for line in textwrap::wrap(text, options) {
            writeln!(out, "{line}")?;
        }
        Ok(())
    }
}

/// Passages that a search found, those of one article in a row under its headline.
pub(super) fn results(results: &Results, look: &Look, out: &mut dyn Write) -> io::Result<()> {
    for (n, hits) in results.hits.chunk_by(|a, b| a.article.id == b.article.id).enumerate() {
        let Some(first) = hits.first() else { continue };
        if n > 0 {
            writeln!(out)?;
        }
        heading(&first.article, &first.headline_highlights, look, out)?;
        also_in(&first.copies, "", look, out)?;
        if results.context > 0 {
            in_context(hits, results.context, look, out)?;
        } else {
            hits.iter().try_for_each(|hit| passage(hit, look, out))?;
        }
    }
    Ok(())
}

/// Hits of one article with the passages around them, in the order of the article, `…` where some are left out.
fn in_context(hits: &[Hit], context: usize, look: &Look, out: &mut dyn Write) -> io::Result<()> {
    let mut shown: BTreeMap<usize, Result<&Hit, &Passage>> = BTreeMap::new();
    for hit in hits {
        let (before, after) = hit.around(context);
        for (at, beside) in before.into_iter().chain(after) {
            shown.entry(at).or_insert(Err(beside));
        }
        shown.insert(hit.passage, Ok(hit));
    }
    let mut last = None;
    for (at, hit) in shown {
        if last.is_some_and(|last| last + 1 < at) {
            look.lines("  ", &look.styled(FAINT, "…"), out)?;
        }
        last = Some(at);
        match hit {
            Ok(hit) => passage(hit, look, out)?,
            Err(beside) => look.lines("    ", &look.styled(FAINT, &beside.text), out)?,
        }
    }
    Ok(())
}

/// The headline of an article, and what is known of it in a line below.
pub(super) fn heading(
    article: &impl Described,
    marks: &[Span],
    look: &Look,
    out: &mut dyn Write,
) -> io::Result<()> {
    let headline = match article.passage(0) {
        Some(first) if first.kind == PassageKind::Headline => {
            let style = if look.color { HEADLINE } else { Style::new() };
            let text = look.marked(&first.text, marks, MATCH);
            if look.color { format!("{style}{text}{style:#}") } else { text }
        }
        _ => look.styled(FAINT, "(no headline)"),
    };
    look.lines("", &headline, out)?;
    let known = look.styled(FAINT, &reference(article));
    look.lines("", &known, out)
}

/// So many other versions are named on a terminal.
const VERSIONS_NAMED_MAX: usize = 5;

/// `also in The Post · 2017-06-24 · corpus/b.txt`, where there are other versions.
fn also_in(copies: &[Version], indent: &str, look: &Look, out: &mut dyn Write) -> io::Result<()> {
    let Some(shown) = copies.get(..copies.len().min(VERSIONS_NAMED_MAX)).filter(|it| !it.is_empty()) else {
        return Ok(());
    };
    let mut named: Vec<String> = shown.iter().map(version).collect();
    if copies.len() > shown.len() {
        named.push(format!("and {} more", copies.len() - shown.len()));
    }
    look.lines(indent, &look.styled(FAINT, &format!("also in {}", named.join("; "))), out)
}

pub(super) fn version(version: &Version) -> String {
    let mut parts = Vec::from_iter(version.source.clone());
    parts.push(version.date.map_or_else(|| "undated".to_owned(), |it| it.to_string()));
    parts.push(place(&version.place));
    parts.join(" · ")
}

/// `VOA News · 2017-06-23 · Ayesha Tanzeem · corpus/a.txt`; of a file with several articles also which.
fn reference(article: &impl Described) -> String {
    let metadata = article.metadata();
    let mut parts = Vec::new();
    parts.extend(metadata.source.as_ref().map(|it| it.value.clone()));
    parts.push(metadata.date.as_ref().map_or_else(|| "undated".to_owned(), |it| it.value.to_string()));
    parts.extend(metadata.byline.as_ref().map(|it| it.value.clone()));
    parts.push(place(article.place()));
    parts.join(" · ")
}

/// A path; of a file with several articles also which.
pub(super) fn place(place: &ArticlePlace) -> String {
    if place.ordinal == 0 {
        return place.path.clone();
    }
    format!("{} [{}]", place.path, place.ordinal + 1)
}

fn passage(hit: &Hit, look: &Look, out: &mut dyn Write) -> io::Result<()> {
    let passage = hit.passage();
    if passage.kind == PassageKind::Headline {
        return Ok(());
    }
    let text = look.marked(&passage.text, &hit.highlights, MATCH);
    let text = match passage.kind {
        PassageKind::Caption => format!("[caption] {text}"),
        PassageKind::Heading => format!("[heading] {text}"),
        PassageKind::Body | PassageKind::Headline => text,
    };
    look.lines("  ", &text, out)?;
    let mut speakers: Vec<&Speaker> = Vec::new();
    for speaker in hit.quotes.iter().filter_map(|it| it.speaker.as_ref()) {
        if !speakers.contains(&speaker) {
            speakers.push(speaker);
        }
    }
    for speaker in speakers {
        look.lines("    ", &look.styled(SPEAKER, &format!("— {}", introduced(speaker))), out)?;
    }
    Ok(())
}

/// The speaker with the role the article gives.
fn introduced(speaker: &Speaker) -> String {
    match &speaker.role {
        Some(role) => format!("{}, {role}", speaker.name),
        None => speaker.name.clone(),
    }
}

/// The person, with what the article calls them where that is another name, and the role: the article's own, else, in
/// brackets, the one they had then.
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

/// Quotes of a speaker, each with its words in their passage.
pub(super) fn quotes(results: &QuotesResults, look: &Look, out: &mut dyn Write) -> io::Result<()> {
    for (n, spoken) in results.quotes.iter().enumerate() {
        if n > 0 {
            writeln!(out)?;
        }
        quote(spoken, look, out)?;
    }
    Ok(())
}

fn quote(spoken: &SpokenQuote, look: &Look, out: &mut dyn Write) -> io::Result<()> {
    let SpokenQuote { article, quote, .. } = spoken;
    let speaker =
        quote.speaker.as_ref().map_or_else(|| "nobody named".to_owned(), |it| spoken_by(spoken, it));
    let date = article.metadata.date.as_ref().map_or_else(|| "undated".to_owned(), |it| it.value.to_string());
    let head = format!("{}  {}", look.styled(HEADLINE, &date), look.styled(SPEAKER, &speaker));
    look.lines("", &head, out)?;
    look.lines("  ", &look.marked(spoken.passage_text(), &quote.content, SPEAKER), out)?;
    let headline = article.metadata.headline.as_ref().map(|it| it.value.as_str());
    let metadata = [article.metadata.source.as_ref().map(|it| it.value.as_str()), headline];
    let known: Vec<&str> = metadata.into_iter().flatten().collect();
    let line = format!("{} · {} · {}", known.join(" · "), super::rows::manner(quote), article.place.path);
    look.lines("  ", &look.styled(FAINT, line.trim_start_matches(" · ")), out)?;
    also_in(&spoken.copies, "  ", look, out)
}

/// An article as indexed, its quotes marked and their speakers named.
pub(super) fn article(shown: &Shown, origins: bool, look: &Look, out: &mut dyn Write) -> io::Result<()> {
    let Shown { article, quotes, reasons } = shown;
    writeln!(out, "{}", look.styled(FAINT, &article.id.to_string()))?;
    for field in FieldName::ALL {
        metadata_line(article, field, origins, look, out)?;
    }
    writeln!(out, "{:>9}  {}", "path", visible(&place(&article.place)))?;
    for (ordinal, passage) in article.passages().iter().enumerate() {
        if passage.kind == PassageKind::Headline {
            continue;
        }
        writeln!(out)?;
        let mine: Vec<(usize, &Quote)> =
            quotes.iter().enumerate().filter(|it| it.1.passage == ordinal).collect();
        let mut spans: Vec<Span> = mine.iter().flat_map(|it| it.1.content.iter().copied()).collect();
        spans.sort_unstable();
        let text = look.marked(&passage.text, &spans, SPEAKER);
        let text = match passage.kind {
            PassageKind::Heading => look.styled(HEADLINE, &passage.text),
            PassageKind::Caption => format!("[caption] {text}"),
            PassageKind::Body | PassageKind::Headline => text,
        };
        look.lines("", &text, out)?;
        for (place, quote) in mine {
            look.lines("    ", &quote_line(quote, &passage.text, look), out)?;
            if let Some(reason) = reasons.get(place) {
                look.lines("      ", &look.styled(FAINT, &explained(quote, reason, &passage.text)), out)?;
            }
        }
    }
    Ok(())
}

/// `cue “said” · he → Ortiz → Ana Ortiz · the verb beside it reports it … · 0.81`
fn explained(quote: &Quote, reason: &Reason, text: &str) -> String {
    let mut parts: Vec<String> = Vec::new();
    parts.extend(quote.cue.map(|it| format!("cue “{}”", it.of(text))));
    let chain: Vec<&str> = reason.explanation.chain.iter().map(|it| it.text.as_str()).collect();
    let mut chain = chain.join(" → ");
    if let Some((person, why)) = &reason.person
        && !chain.ends_with(person.as_str())
    {
        chain = format!("{chain} → {person} ({why})");
    }
    parts.extend(Some(chain).filter(|it| !it.is_empty()));
    parts.push(reason.explanation.rule.meaning().to_owned());
    parts.push(format!("{:.2}", super::rows::rounded(quote.confidence)));
    parts.join(" · ")
}

/// `“We will not sell” — Ana Ortiz, mayor (direct)`, as a line below its passage.
fn quote_line(quote: &Quote, text: &str, look: &Look) -> String {
    let words = super::rows::quoted_text(quote, text);
    // What the article reports in its own words is not put between marks.
    let words = match quote.kind {
        QuoteKind::Direct => format!("“{}”", words.trim_end_matches(',')),
        QuoteKind::Indirect | QuoteKind::Mixed => words,
    };
    let speaker = quote.speaker.as_ref().map_or_else(|| "nobody named".to_owned(), introduced);
    let kind = format!("({})", super::rows::manner(quote));
    format!(
        "{} {} {}",
        visible(&words),
        look.styled(SPEAKER, &format!("— {speaker}")),
        look.styled(FAINT, &kind)
    )
}

fn metadata_line(
    article: &Article,
    field: FieldName,
    origins: bool,
    look: &Look,
    out: &mut dyn Write,
) -> io::Result<()> {
    let origin = |it: &crate::article::Origin| {
        look.styled(FAINT, &format!("  ← {}: {}, {}", it.trust.name(), it.rule, it.place))
    };
    let metadata = &article.metadata;
    if let Some(resolved) = metadata.resolved(field) {
        let style = if field == FieldName::Headline { HEADLINE } else { Style::new() };
        write!(out, "{:>9}  {}", field.name(), look.styled(style, &resolved.value))?;
        writeln!(out, "{}", if origins { origin(&resolved.origin) } else { String::new() })?;
        for candidate in resolved.candidates.iter().filter(|_| origins) {
            writeln!(out, "{:>9}  not {}{}", "", visible(&candidate.value), origin(&candidate.origin))?;
        }
        return Ok(());
    }
    if origins {
        writeln!(out, "{:>9}  {}", field.name(), look.styled(FAINT, "unknown"))?;
        for (_, candidate) in metadata.rejected.iter().filter(|it| it.0 == field) {
            writeln!(out, "{:>9}  not {}{}", "", visible(&candidate.value), origin(&candidate.origin))?;
        }
    }
    Ok(())
}
