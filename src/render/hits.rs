//! Passages that a search found.

use std::{
    collections::BTreeMap,
    io::{self, Write},
};

use crate::{
    article::{Described, FieldName, Passage, PassageKind, Quote, Span},
    search::{AlsoShown, Beside, Extent, Hit, Matched, Results},
};

use super::{
    Look, Render, Row,
    fragment::Place,
    json::{self, object},
    markdown::{self, escaped, marked, reference},
    rows::{self, offsets, speakers, unsaid},
    table::{RowWriter, Table, article_columns, article_row, cell, cells, paths},
    terminal::{self, FAINT, MATCH, SPEAKER, heading, introduced},
};

/// Stands above the articles that match apart.
const APART: &str = "all words, in different passages:";

/// The hits as JSON, each with as many passages around it as were asked for.
pub(crate) fn hit_rows(results: &Results) -> impl Iterator<Item: Row> {
    results.hits.iter().map(|it| hit_row(it, results.context, results.relaxed.is_some()))
}

/// A hit as JSON; `relaxed` where nothing has all of the query.
pub(crate) fn hit_row(hit: &Hit, context: usize, relaxed: bool) -> impl Row {
    let passage = hit.passage();
    let places = rows::Places::new(&hit.article);
    object! {
        rank: hit.rank,
        r#match: hit.matched.name(),
        #[serde(flatten)]
        relaxed: relaxed.then(|| object! { relaxed: true }),
        score: hit.score,
        #[serde(flatten)]
        article: rows::article(&hit.article),
        added: hit.article.metadata().added.map(|it| it.to_string()),
        passage: hit.passage,
        kind: passage.kind.name(),
        text: &passage.text,
        highlights: offsets(&hit.highlights, &passage.text),
        quotes: hit.quotes.iter().map(|it| rows::quote(it, &places, None)).collect::<Vec<_>>(),
        copies: rows::versions(&hit.copies),
        #[serde(flatten)]
        also: (hit.matched == Matched::Article).then(|| object! { also: also_rows(hit) }),
        #[serde(flatten)]
        around: (context > 0).then(|| {
            let (before, after) = hit.around(context);
            object! { before: beside_rows(before), after: beside_rows(after) }
        }),
    }
}

fn also_rows(hit: &Hit) -> Vec<impl Row> {
    let places = rows::Places::new(&hit.article);
    let mut all = Vec::new();
    for AlsoShown { passage: ordinal, quotes, highlights } in &hit.also {
        let passage = &hit.article.passages[ordinal];
        all.push(object! {
            passage: ordinal,
            kind: passage.kind.name(),
            text: &passage.text,
            highlights: offsets(highlights, &passage.text),
            quotes: quotes.iter().map(|it| rows::quote(it, &places, None)).collect::<Vec<_>>(),
        });
    }
    all
}

fn beside_rows(passages: Beside<'_>) -> Vec<impl Row> {
    let row =
        passages.into_iter().map(|(n, it)| object! { passage: n, kind: it.kind.name(), text: &it.text });
    row.collect()
}

/// Passages that a query of a batch found, a line each.
pub fn batch_lines(query: &str, results: &Results, out: &mut dyn Write) -> io::Result<()> {
    let row = |hit| object! { query, #[serde(flatten)] hit };
    json::lines(hit_rows(results).map(row), out)
}

impl Render for Results {
    /// The hits of one article in a row under its headline.
    fn text(&self, look: &Look, out: &mut dyn Write) -> io::Result<()> {
        let mut apart_follow = self.apart > 0;
        for (n, hits) in self.hits.chunk_by(|a, b| a.article.id == b.article.id).enumerate() {
            let Some(first) = hits.first() else { continue };
            if n > 0 {
                writeln!(out)?;
            }
            if apart_follow && first.matched == Matched::Article {
                apart_follow = false;
                writeln!(out, "{}\n", look.styled(FAINT, APART))?;
            }
            heading(&first.article, &first.headline_highlights, look, out)?;
            terminal::also_in(&first.copies, "", look, out)?;
            if self.context > 0 {
                in_context(hits, self.context, look, out)?;
                continue;
            }
            for hit in hits {
                for (at, highlights, quotes) in hit.shown() {
                    passage(&hit.article.passages[&at], (highlights, quotes), look, out)?;
                }
            }
        }
        Ok(())
    }

    fn rows(&self) -> impl Iterator<Item: Row> {
        hit_rows(self)
    }

    fn table(&self) -> Table<'_> {
        Table::new(
            hit_columns(&[], self.context),
            self.hits.iter().map(|it| hit_cells(&[], it, self.context)),
        )
    }

    fn markdown(&self, out: &mut dyn Write) -> io::Result<()> {
        let mut last = None;
        for hit in &self.hits {
            if last != Some(hit.article.id) {
                last = Some(hit.article.id);
                let headline = match hit.article.metadata().text(FieldName::Headline) {
                    Some(it) => marked(&it, &hit.headline_highlights),
                    None => markdown::headline(&hit.article),
                };
                writeln!(out, "## {headline}\n\n{}\n", reference(&hit.article))?;
                markdown::also_in(&hit.copies, out)?;
            }
            let in_order = in_order(std::slice::from_ref(hit), self.context);
            let paragraphs: Vec<String> = in_order
                .into_values()
                .filter(|it| it.passage.kind != PassageKind::Headline)
                .map(|it| match it.found {
                    Some((highlights, _)) => marked(&it.passage.text, highlights),
                    None => escaped(&it.passage.text),
                })
                .collect();
            if !paragraphs.is_empty() {
                writeln!(out, "> {}\n", paragraphs.join("\n>\n> "))?;
            }
        }
        Ok(())
    }
}

/// A passage that is shown.
struct Shown<'a> {
    passage: &'a Passage,
    /// What is marked in it and its quotes, if it was found; `None` if it stands beside such a one.
    found: Option<(&'a [Span], &'a [Quote])>,
}

/// The passages of hits in one article, with `context` passages around each, by their ordinals.
fn in_order(hits: &[Hit], context: usize) -> BTreeMap<usize, Shown<'_>> {
    let mut shown = BTreeMap::new();
    for hit in hits {
        let (before, after) = hit.around(context);
        for (at, passage) in before.into_iter().chain(after) {
            shown.entry(at).or_insert(Shown { passage, found: None });
        }
        for (at, highlights, quotes) in hit.shown() {
            let passage = &hit.article.passages[&at];
            shown.insert(at, Shown { passage, found: Some((highlights, quotes)) });
        }
    }
    shown
}

/// Hits of one article with the passages around them, in the order of the article, `…` where some
/// are left out.
fn in_context(hits: &[Hit], context: usize, look: &Look, out: &mut dyn Write) -> io::Result<()> {
    let mut last = None;
    for (at, shown) in in_order(hits, context) {
        if last.is_some_and(|last| last + 1 < at) {
            look.lines("  ", &look.styled(FAINT, "…"), out)?;
        }
        last = Some(at);
        match shown.found {
            Some(found) => passage(shown.passage, found, look, out)?,
            None => look.lines("    ", &look.styled(FAINT, &shown.passage.text), out)?,
        }
    }
    Ok(())
}

fn passage(
    passage: &Passage,
    (highlights, quotes): (&[Span], &[Quote]),
    look: &Look,
    out: &mut dyn Write,
) -> io::Result<()> {
    if passage.kind == PassageKind::Headline {
        return Ok(());
    }
    let text = look.marked(&passage.text, highlights, MATCH);
    let text = match passage.kind {
        PassageKind::Caption => format!("[caption] {text}"),
        PassageKind::Heading => format!("[heading] {text}"),
        PassageKind::Correction => format!("[correction] {text}"),
        PassageKind::Body | PassageKind::Headline => text,
    };
    look.lines("  ", &text, out)?;
    for (speaker, stance) in speakers(quotes) {
        let stance = unsaid(stance).map(|it| format!(" ({it})")).unwrap_or_default();
        let speaker = look.styled(SPEAKER, &format!("— {}", introduced(speaker)));
        look.lines("    ", &(speaker + &look.styled(FAINT, &stance)), out)?;
    }
    Ok(())
}

/// A table of hits for spreadsheets, written as they come.
pub struct HitsCsv<'a> {
    out: RowWriter<'a>,
    context: usize,
}

impl<'a> HitsCsv<'a> {
    /// Writes the header.
    pub fn new(context: usize, out: &'a mut dyn Write) -> io::Result<HitsCsv<'a>> {
        let mut columns = hit_columns(&[], context);
        columns.push("found");
        Ok(HitsCsv { out: RowWriter::new(&columns, out)?, context })
    }

    /// Writes a hit; in each row stands how many of how many there are.
    pub fn write(&mut self, hit: &Hit, extent: Extent) -> io::Result<()> {
        let mut row = hit_cells(&[], hit, self.context);
        row.push(extent.to_string());
        self.out.write(&row)
    }

    /// Writes what is held back.
    pub fn finish(self) -> io::Result<()> {
        self.out.finish()
    }
}

/// The columns of a hit behind others; the passages around it, a line each, where they were asked
/// for.
pub(super) fn hit_columns(before: &[&'static str], context: usize) -> Vec<&'static str> {
    let hit = [
        "passage",
        "kind",
        "text",
        "highlights",
        "speakers",
        "copies",
        "match",
        "also",
        "pre",
        "marked",
        "post",
        "text_fragment",
    ];
    let around: &[_] = if context > 0 { &["before", "after"] } else { &[] };
    article_columns(&[before, &["rank", "score"]].concat(), &[&hit, around].concat())
}

/// The cells of [`hit_columns`].
pub(super) fn hit_cells(before: &[String], hit: &Hit, context: usize) -> Vec<String> {
    let passage = hit.passage();
    let said = hit.quotes.iter().filter(|it| it.is_said());
    let mut speakers: Vec<&str> = said.filter_map(|it| Some(it.speaker.as_ref()?.name.as_str())).collect();
    speakers.dedup();
    let spans = offsets(&hit.highlights, &passage.text);
    let ends = hit.highlights.first().zip(hit.highlights.last());
    let marked = ends.map(|(first, last)| Place::new(&passage.text, first.start(), last.end()));
    let whole = Place::new(&passage.text, 0, passage.text.len());
    let url = hit.article.metadata().text(FieldName::Url);
    let spans: Vec<String> = spans.iter().map(|[start, end]| format!("{start}-{end}")).collect();
    let also: Vec<&str> = hit.also.iter().map(|it| &*hit.article.passages[&it.passage].text).collect();
    let own = cells([
        &hit.passage,
        &passage.kind.name(),
        &passage.text,
        &spans.join(" "),
        &speakers.join("; "),
        &paths(&hit.copies),
        &hit.matched.name(),
        &also.join("\n"),
        &cell(marked.as_ref().map(|it| it.pre)),
        &cell(marked.as_ref().map(|it| it.text)),
        &cell(marked.as_ref().map(|it| it.post)),
        &cell(whole.link(url.as_deref())),
    ]);
    let mut row = article_row([before, &cells([&hit.rank, &hit.score])].concat(), &hit.article, own);
    if context > 0 {
        let (before, after) = hit.around(context);
        let texts = |all: Beside<'_>| {
            let texts: Vec<&str> = all.into_iter().map(|it| it.1.text.as_str()).collect();
            texts.join("\n")
        };
        row.extend([texts(before), texts(after)]);
    }
    row
}
