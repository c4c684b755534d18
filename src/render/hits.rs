//! Passages that a search found.

use std::{
    collections::BTreeMap,
    io::{self, Write},
};

use serde::Serialize;

use crate::{
    article::{Described, FieldName, Passage, PassageKind, Speaker},
    search::{Beside, Hit, Results},
};

use super::{
    Look, Render,
    json::{self, object},
    markdown::{self, escaped, marked, reference},
    rows::{self, offsets},
    table::{Table, article_columns, article_row, cells, paths},
    terminal::{self, FAINT, MATCH, SPEAKER, heading, introduced},
};

/// The hits as JSON, each with as many passages around it as were asked for.
pub(super) fn hit_rows(results: &Results) -> impl Iterator<Item: Serialize> {
    results.hits.iter().map(|it| hit_row(it, results.context))
}

fn hit_row(hit: &Hit, context: usize) -> impl Serialize {
    let passage = hit.passage();
    let places = rows::Places::new(&hit.article);
    object! {
        rank: hit.rank,
        score: hit.score,
        #[serde(flatten)]
        article: rows::article(&hit.article),
        passage: hit.passage,
        kind: passage.kind.name(),
        text: &passage.text,
        highlights: offsets(&hit.highlights, &passage.text),
        quotes: hit.quotes.iter().map(|it| rows::quote(it, &places, None)).collect::<Vec<_>>(),
        copies: rows::versions(&hit.copies),
        #[serde(flatten)]
        around: (context > 0).then(|| {
            let (before, after) = hit.around(context);
            object! { before: beside_rows(before), after: beside_rows(after) }
        }),
    }
}

fn beside_rows(passages: Beside<'_>) -> Vec<impl Serialize> {
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
        for (n, hits) in self.hits.chunk_by(|a, b| a.article.id == b.article.id).enumerate() {
            let Some(first) = hits.first() else { continue };
            if n > 0 {
                writeln!(out)?;
            }
            heading(&first.article, &first.headline_highlights, look, out)?;
            terminal::also_in(&first.copies, "", look, out)?;
            if self.context > 0 {
                in_context(hits, self.context, look, out)?;
            } else {
                hits.iter().try_for_each(|hit| passage(hit, look, out))?;
            }
        }
        Ok(())
    }

    fn rows(&self) -> impl Iterator<Item: Serialize> {
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
            let (before, after) = hit.around(self.context);
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
}

/// Hits of one article with the passages around them, in the order of the article, `…` where some
/// are left out.
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

fn passage(hit: &Hit, look: &Look, out: &mut dyn Write) -> io::Result<()> {
    let passage = hit.passage();
    if passage.kind == PassageKind::Headline {
        return Ok(());
    }
    let text = look.marked(&passage.text, &hit.highlights, MATCH);
    let text = match passage.kind {
        PassageKind::Caption => format!("[caption] {text}"),
        PassageKind::Heading => format!("[heading] {text}"),
        PassageKind::Correction => format!("[correction] {text}"),
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

/// The columns of a hit behind others; the passages around it, a line each, where they were asked
/// for.
pub(super) fn hit_columns(before: &[&'static str], context: usize) -> Vec<&'static str> {
    let hit = ["passage", "kind", "text", "highlights", "speakers", "copies"];
    let around: &[_] = if context > 0 { &["before", "after"] } else { &[] };
    article_columns(&[before, &["rank", "score"]].concat(), &[&hit, around].concat())
}

/// The cells of [`hit_columns`].
pub(super) fn hit_cells(before: &[String], hit: &Hit, context: usize) -> Vec<String> {
    let passage = hit.passage();
    let mut speakers: Vec<&str> =
        hit.quotes.iter().filter_map(|it| it.speaker.as_ref()).map(|it| it.name.as_str()).collect();
    speakers.dedup();
    let spans = offsets(&hit.highlights, &passage.text);
    let spans: Vec<String> = spans.iter().map(|[start, end]| format!("{start}-{end}")).collect();
    let own = cells([
        &hit.passage,
        &passage.kind.name(),
        &passage.text,
        &spans.join(" "),
        &speakers.join("; "),
        &paths(&hit.copies),
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
