//! A quote sheet: a speaker's quotes in the order of their dates, each with what a story that uses
//! it needs.

use std::{
    collections::BTreeSet,
    io::{self, Write},
};

use morgue_core::choices;

use morgue_core::count;

use crate::{
    article::{Article, FieldName},
    search::{QuotesResults, SpokenQuote},
};

use super::{
    super::{
        markdown::escaped,
        rows::{place_of, quoted_text, rounded, unsaid},
        table::{Table, cell, cells},
        terminal::{date, introduced},
    },
    ExportOptions,
    citation::Cited,
    csv::inert,
    html, receipt,
    xml::{Xml, one_line},
};

choices! {
    /// A format of quote sheets.
    pub enum SheetFormat {
        Html = "html": "A page to read and print",
        Markdown = "markdown": "Text to hand over",
        Csv = "csv": "A table for spreadsheets",
        DocxHtml = "docx-html": "HTML to open in, or paste into, a word processor",
    }
}

/// Writes a quote sheet. The quotes come in the order they have.
pub fn quote_sheet(
    title: &str,
    results: &QuotesResults,
    format: SheetFormat,
    options: &ExportOptions<'_>,
    out: &mut dyn Write,
) -> io::Result<()> {
    match format {
        SheetFormat::Html => page(html::start(title), title, results, options, false, out),
        SheetFormat::DocxHtml => page(plain_start(title), title, results, options, true, out),
        SheetFormat::Markdown => {
            markdown(title, results, options, out)?;
            options.receipt.map_or(Ok(()), |it| receipt::markdown(it, out))
        }
        SheetFormat::Csv => {
            let found = options.scope.map(|it| it.extent.to_string()).unwrap_or_default();
            Table::new(COLUMNS, results.quotes.iter().map(|it| row(it, &found))).csv(out)
        }
    }
}

/// `36 quotes in 20 articles, 2015-12 to 2016-08-11. Made by morgue 0.1.0 on 2026-11-22.`
fn about(results: &QuotesResults, options: &ExportOptions<'_>) -> String {
    let articles: BTreeSet<_> = results.quotes.iter().map(|it| it.article.id).collect();
    let dates = || results.quotes.iter().filter_map(|it| it.article.metadata.published());
    let first = dates().min_by_key(|it| it.days());
    let last = dates().max_by_key(|it| it.days());
    let dated = match (first, last) {
        (Some(first), Some(last)) if first == last => format!(", {first}"),
        (Some(first), Some(last)) => format!(", {first} to {last}"),
        _ => String::new(),
    };
    let part = options.limited();
    let n = part.unwrap_or_else(|| count(results.quotes.len(), "quote"));
    let made = super::made(options.made);
    let origin = options.scope.map(|it| it.origin().join(", ")).unwrap_or_default();
    let origin = if origin.is_empty() { origin } else { format!(" Found {origin}.") };
    format!("{n} in {}{dated}. {made}{origin}", count(articles.len(), "article"))
}

/// A quote as a sheet shows it.
struct SheetQuote<'a> {
    words: String,
    who: String,
    date: String,
    citation: String,
    paragraph: &'a str,
    kind: String,
}

fn sheet_quote(spoken: &SpokenQuote) -> SheetQuote<'_> {
    let (article, quote) = (&spoken.article, &spoken.quote);
    SheetQuote {
        words: quoted_text(quote, spoken.passage_text()),
        who: quote.speaker.as_ref().map_or_else(|| "nobody named".to_owned(), introduced),
        date: date(article.metadata.published()),
        citation: format!("{}, paragraph {}", cited(article).words(), quote.passage),
        paragraph: spoken.passage_text(),
        kind: [Some(quote.kind.name()), unsaid(quote.stance)]
            .into_iter()
            .flatten()
            .collect::<Vec<_>>()
            .join(", "),
    }
}

fn cited(article: &Article) -> Cited<'_> {
    let text = |field| article.metadata.text(field);
    Cited {
        title: text(FieldName::Headline).unwrap_or("(no headline)".into()),
        byline: text(FieldName::Byline),
        source: text(FieldName::Source),
        date: article.metadata.published(),
        url: text(FieldName::Url),
        path: Some(article.place.address()),
    }
}

/// Word processors take their looks from the elements: no style, no script.
fn plain_start(title: &str) -> Xml {
    let mut xml = Xml::new();
    xml.raw("<!DOCTYPE html>\n").open("html", &[("lang", "en")]).open("head", &[]);
    xml.empty("meta", &[("charset", "utf-8")]);
    xml.empty("meta", &[("http-equiv", "Content-Security-Policy"), ("content", "default-src 'none'")]);
    xml.element("title", &[], &one_line(title)).close().open("body", &[]);
    xml
}

fn page(
    mut xml: Xml,
    title: &str,
    results: &QuotesResults,
    options: &ExportOptions<'_>,
    plain: bool,
    out: &mut dyn Write,
) -> io::Result<()> {
    xml.element("h1", &[("dir", "auto")], &one_line(title));
    xml.element("p", &[("class", "about")], &about(results, options));
    if let Some(scope) = options.scope {
        scope.html(&mut xml);
    }
    for spoken in &results.quotes {
        let SheetQuote { words, who, date, citation, paragraph, kind } = sheet_quote(spoken);
        xml.raw("\n").open(if plain { "div" } else { "article" }, &[]);
        xml.open("p", &[("dir", "auto")])
            .element("strong", &[], &date)
            .text(" · ")
            .text(&one_line(&who))
            .close();
        xml.open("blockquote", &[("dir", "auto")]).element("p", &[], &one_line(&words)).close();
        xml.open("p", &[("dir", "auto"), ("class", "reference")]).element("em", &[], &citation);
        xml.text(&format!(" ({kind})")).close();
        xml.open("p", &[("dir", "auto"), ("class", "caption")]).text("In full: ").text(paragraph).close();
        xml.close();
    }
    receipt::html(&mut xml, options);
    out.write_all(xml.finish().as_bytes())?;
    writeln!(out)
}

fn markdown(
    title: &str,
    results: &QuotesResults,
    options: &ExportOptions<'_>,
    out: &mut dyn Write,
) -> io::Result<()> {
    writeln!(out, "# {}\n\n{}\n", escaped(title), escaped(&about(results, options)))?;
    if let Some(scope) = options.scope {
        scope.markdown(out)?;
    }
    for spoken in &results.quotes {
        let SheetQuote { words, who, date, citation, paragraph, kind } = sheet_quote(spoken);
        writeln!(out, "**{}** · {}\n", escaped(&date), escaped(&who))?;
        writeln!(out, "> {}\n", escaped(&words))?;
        writeln!(out, "{} ({kind})\n\nIn full: {}\n", escaped(&citation), escaped(paragraph))?;
    }
    Ok(())
}

const COLUMNS: [&str; 18] = [
    "date",
    "speaker",
    "role",
    "quote",
    "kind",
    "source",
    "headline",
    "citation",
    "paragraph",
    "article",
    "stance",
    "confidence",
    "person",
    "pre",
    "post",
    "url",
    "text_fragment",
    "found",
];

fn row(spoken: &SpokenQuote, found: &str) -> [String; 18] {
    let SheetQuote { words, date, citation, paragraph, .. } = sheet_quote(spoken);
    let place = place_of(&spoken.quote, paragraph);
    let speaker = spoken.quote.speaker.as_ref();
    let text = |field| cell(spoken.article.metadata.text(field));
    let cells = cells([
        &date,
        &cell(speaker.map(|it| &it.name)),
        &cell(speaker.and_then(|it| it.role.as_ref())),
        &words,
        &spoken.quote.kind.name(),
        &text(FieldName::Source),
        &text(FieldName::Headline),
        &citation,
        &paragraph,
        &format!("{}#{}", spoken.article.id, spoken.quote.passage),
        &spoken.quote.stance.name(),
        &rounded(spoken.quote.confidence),
        &cell(spoken.person.as_ref().map(|it| &it.name)),
        &place.pre,
        &place.post,
        &text(FieldName::Url),
        &cell(place.link(spoken.article.metadata.text(FieldName::Url).as_deref())),
        &found,
    ]);
    cells.map(inert)
}
