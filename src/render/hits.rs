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
    Look,
    csv::{article_cells, paths, start, write},
    markdown::{self, escaped, marked, reference},
    rows::{ArticleRow, QuoteRow, VersionRow, offsets},
    terminal::{self, FAINT, MATCH, SPEAKER, heading, introduced},
};

/// A passage that a search found.
#[derive(Serialize)]
pub(super) struct HitRow<'a> {
    rank: usize,
    score: f32,
    #[serde(flatten)]
    article: ArticleRow<'a>,
    passage: usize,
    kind: &'static str,
    text: &'a str,
    highlights: Vec<[usize; 2]>,
    quotes: Vec<QuoteRow<'a>>,
    copies: Vec<VersionRow<'a>>,
    /// The passages around it, where they were asked for.
    #[serde(flatten)]
    context: Option<ContextRows<'a>>,
}

impl<'a> HitRow<'a> {
    /// The hits, each with as many passages around it as were asked for.
    pub(super) fn of(results: &'a Results) -> impl Iterator<Item = HitRow<'a>> {
        results.hits.iter().map(|it| HitRow::new(it, results.context))
    }

    fn new(hit: &'a Hit, context: usize) -> HitRow<'a> {
        let passage = hit.passage();
        HitRow {
            rank: hit.rank,
            score: hit.score,
            article: ArticleRow::new(&hit.article),
            passage: hit.passage,
            kind: passage.kind.name(),
            text: &passage.text,
            highlights: offsets(&hit.highlights, &passage.text),
            quotes: hit.quotes.iter().map(|it| QuoteRow::new(it, &hit.article)).collect(),
            copies: hit.copies.iter().map(VersionRow::new).collect(),
            context: (context > 0).then(|| ContextRows::new(hit, context)),
        }
    }
}

/// A hit with the query of a batch that found it.
#[derive(Serialize)]
pub(super) struct BatchRow<'a> {
    pub(super) query: &'a str,
    #[serde(flatten)]
    pub(super) hit: HitRow<'a>,
}

/// The passages before and after a hit.
#[derive(Serialize)]
pub(super) struct ContextRows<'a> {
    before: Vec<BesideRow<'a>>,
    after: Vec<BesideRow<'a>>,
}

/// A passage beside a hit.
#[derive(Serialize)]
struct BesideRow<'a> {
    passage: usize,
    kind: &'static str,
    text: &'a str,
}

impl<'a> ContextRows<'a> {
    pub(super) fn new(hit: &'a Hit, n: usize) -> ContextRows<'a> {
        let (before, after) = hit.around(n);
        let row =
            |(passage, it): (usize, &'a Passage)| BesideRow { passage, kind: it.kind.name(), text: &it.text };
        ContextRows {
            before: before.into_iter().map(row).collect(),
            after: after.into_iter().map(row).collect(),
        }
    }
}

/// Passages that a search found, those of one article in a row under its headline.
pub(super) fn text(results: &Results, look: &Look, out: &mut dyn Write) -> io::Result<()> {
    for (n, hits) in results.hits.chunk_by(|a, b| a.article.id == b.article.id).enumerate() {
        let Some(first) = hits.first() else { continue };
        if n > 0 {
            writeln!(out)?;
        }
        heading(&first.article, &first.headline_highlights, look, out)?;
        terminal::also_in(&first.copies, "", look, out)?;
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

/// Passages that a search found.
pub(super) fn markdown(results: &Results, out: &mut dyn Write) -> io::Result<()> {
    let mut last = None;
    for hit in &results.hits {
        if last != Some(hit.article.id) {
            last = Some(hit.article.id);
            let headline = match hit.article.metadata().text(FieldName::Headline) {
                Some(it) => marked(&it, &hit.headline_highlights),
                None => markdown::headline(&hit.article),
            };
            writeln!(out, "## {headline}\n\n{}\n", reference(&hit.article))?;
            markdown::also_in(&hit.copies, out)?;
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

/// Passages that a search found.
pub(super) fn csv(results: &Results, out: &mut dyn Write) -> io::Result<()> {
    let mut writer = start(out, &["rank", "score"], &hit_columns(results.context))?;
    for hit in &results.hits {
        write(&mut writer, hit_cells(hit, results.context))?;
    }
    writer.flush()
}

/// The columns of a hit behind those of its article.
const HIT: [&str; 6] = ["passage", "kind", "text", "highlights", "speakers", "copies"];

/// The passages around a hit, a line each, where they were asked for.
const CONTEXT: [&str; 2] = ["before", "after"];

pub(super) fn hit_columns(context: usize) -> Vec<&'static str> {
    HIT.into_iter().chain(CONTEXT.into_iter().filter(|_| context > 0)).collect()
}

pub(super) fn hit_cells(hit: &Hit, context: usize) -> Vec<String> {
    let passage = hit.passage();
    let mut speakers: Vec<&str> =
        hit.quotes.iter().filter_map(|it| it.speaker.as_ref()).map(|it| it.name.as_str()).collect();
    speakers.dedup();
    let spans = offsets(&hit.highlights, &passage.text);
    let spans: Vec<String> = spans.iter().map(|[start, end]| format!("{start}-{end}")).collect();
    let mut row = vec![hit.rank.to_string(), hit.score.to_string()];
    row.extend(article_cells(&hit.article));
    row.extend([
        hit.passage.to_string(),
        passage.kind.name().to_owned(),
        passage.text.clone(),
        spans.join(" "),
        speakers.join("; "),
        paths(&hit.copies),
    ]);
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
