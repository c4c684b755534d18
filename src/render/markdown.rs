//! Markdown, to paste into documents and messages: headlines as headings, passages as block quotes, matches in bold.

use std::io::{self, Write};

use crate::{
    archive::{QuotesResults, Shown},
    article::{ArticlePlace, Described, FieldName, Passage, PassageKind, Span},
    search::{Results, Version},
};

use super::{
    rows::{manner, quoted_text},
    terminal::{self, visible},
};

/// The text with what Markdown would read as markup, and what a terminal would obey, escaped.
pub(super) fn escaped(text: &str) -> String {
    crate::list::escaped(&visible(text))
}

/// The text with the spans in bold.
fn marked(text: &str, spans: &[Span]) -> String {
    let mut out = String::new();
    let mut at = 0;
    for span in spans.iter().filter(|it| text.get(it.range()).is_some()) {
        if span.start() < at {
            continue;
        }
        out.push_str(&escaped(&text[at..span.start()]));
        out.push_str(&format!("**{}**", escaped(span.of(text))));
        at = span.end();
    }
    out.push_str(&escaped(&text[at..]));
    out
}

/// `*VOA News*, 2017-06-23, [a.txt](<a.txt>)`.
pub(super) fn reference(article: &impl Described) -> String {
    let metadata = article.metadata();
    let mut parts = Vec::new();
    parts.extend(metadata.text(FieldName::Source).map(|it| outlet(&it)));
    parts.push(terminal::date(metadata.published()));
    parts.extend(metadata.text(FieldName::Byline).map(|it| escaped(&it)));
    parts.push(link_to(article.place()));
    parts.join(", ")
}

/// Who published it, in italics; space inside of the stars would leave them stars.
pub(super) fn outlet(source: &str) -> String {
    format!("*{}*", escaped(source.trim()))
}

/// `Also in: *The Post*, 2017-06-24, [b.txt](<b.txt>)`, where there are other versions.
fn also_in(copies: &[Version], out: &mut dyn Write) -> io::Result<()> {
    if copies.is_empty() {
        return Ok(());
    }
    writeln!(out, "Also in: {}\n", copies.iter().map(version).collect::<Vec<_>>().join("; "))
}

pub(super) fn version(version: &Version) -> String {
    let mut parts = Vec::from_iter(version.source.as_ref().map(|it| outlet(it)));
    parts.push(terminal::date(version.date));
    parts.push(link_to(&version.place));
    parts.join(", ")
}

/// A link to the file of an article; of a file with several articles it also says which.
fn link_to(place: &ArticlePlace) -> String {
    let shown = escaped(&terminal::place(place));
    format!("[{shown}](<{}>)", visible(&place.path).replace(['<', '>'], ""))
}

/// A link that shows where it leads.
pub(super) fn link(path: &str) -> String {
    let path = visible(path);
    format!("[{}](<{}>)", escaped(&path), path.replace(['<', '>'], ""))
}

pub(super) fn headline(article: &impl Described) -> String {
    let headline = article.metadata().text(FieldName::Headline);
    headline.map_or_else(|| "(no headline)".to_owned(), |it| escaped(&it))
}

/// Passages that a search found.
pub(super) fn results(results: &Results, out: &mut dyn Write) -> io::Result<()> {
    let mut last = None;
    for hit in &results.hits {
        if last != Some(hit.article.id) {
            last = Some(hit.article.id);
            let headline = match hit.article.metadata().text(FieldName::Headline) {
                Some(it) => marked(&it, &hit.headline_highlights),
                None => headline(&hit.article),
            };
            writeln!(out, "## {headline}\n\n{}\n", reference(&hit.article))?;
            also_in(&hit.copies, out)?;
        }
        let (before, after) = hit.around(results.context);
        let beside = |(_, it): (usize, &Passage)| escaped(&it.text);
        let mut paragraphs: Vec<String> = before.into_iter().map(beside).collect();
        if hit.passage().kind != PassageKind::Headline {
            paragraphs.push(marked(&hit.passage().text, &hit.highlights));
        }
        paragraphs.extend(after.into_iter().map(beside));
        if !paragraphs.is_empty() {
            writeln!(out, "> {}\n", paragraphs.join("\n>\n> "))?;
        }
    }
    Ok(())
}

/// Quotes of a speaker.
pub(super) fn quotes(results: &QuotesResults, out: &mut dyn Write) -> io::Result<()> {
    for spoken in &results.quotes {
        let quote = &spoken.quote;
        writeln!(out, "> {}\n>", escaped(&quoted_text(quote, spoken.passage_text())))?;
        if let Some(speaker) = &quote.speaker {
            let role = speaker.role.as_ref().map_or_else(String::new, |it| format!(", {}", escaped(it)));
            writeln!(out, "> — {}{role} ({})\n", escaped(&speaker.name), manner(quote))?;
        }
        writeln!(out, "{}, {}\n", headline(&spoken.article), reference(&spoken.article))?;
        also_in(&spoken.copies, out)?;
    }
    Ok(())
}

/// One article.
pub(super) fn article(shown: &Shown, origins: bool, out: &mut dyn Write) -> io::Result<()> {
    let article = &shown.article;
    writeln!(out, "# {}\n\n{}\n", headline(article), reference(article))?;
    if origins {
        writeln!(out, "| field | value | origin |\n|---|---|---|")?;
        for field in FieldName::ALL {
            if let Some(it) = article.metadata.resolved(field) {
                let origin = format!("{}: {}, {}", it.origin.trust.name(), it.origin.rule, it.origin.place);
                writeln!(out, "| {} | {} | {} |", field.name(), escaped(&it.value), escaped(&origin))?;
            }
        }
        writeln!(out)?;
    }
    for (ordinal, passage) in article.passages().iter().enumerate() {
        let text = escaped(&passage.text);
        match passage.kind {
            PassageKind::Headline => continue,
            PassageKind::Heading => writeln!(out, "## {text}\n")?,
            PassageKind::Caption => writeln!(out, "*{text}*\n")?,
            PassageKind::Body => writeln!(out, "{text}\n")?,
        }
        for quote in shown.quotes.iter().filter(|it| it.passage == ordinal) {
            let speaker = quote.speaker.as_ref().map_or("nobody named", |it| it.name.as_str());
            writeln!(out, "> “{}” — {}\n", escaped(&quoted_text(quote, &passage.text)), escaped(speaker))?;
        }
    }
    Ok(())
}
