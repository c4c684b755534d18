//! The order of a person's quotes, whatever the limit, and which of them are one quotation.
//!
//! Of one article, passages with a sure direct quote come first. A quotation that runs over several
//! passages is a quote in each; they stay together.

use std::collections::{HashMap, HashSet};

use crate::{
    article::{ArticleId, Quote, QuoteKind, Rule},
    attribute,
    index::{Error, FoundHit},
};

use super::Articles;

/// A quote of less confidence is called doubtful: of quotes with marks below it one in four is
/// somebody else's (`docs/evaluation.md`, "Confidence").
const SURE_MIN: f32 = 0.5;

/// Whether a quote is called doubtful.
pub fn is_doubtful(quote: &Quote) -> bool {
    quote.confidence < SURE_MIN
}

/// A quote in its place.
#[derive(Clone, Copy)]
pub(super) struct PlacedHit {
    /// The quote.
    pub(super) hit: FoundHit,
    /// Whether it goes on with the quotation of the one before it.
    pub(super) goes_on: bool,
}

/// What the place of a quote among those of its article is decided by.
#[derive(Clone, Copy, Default)]
struct Mark {
    passage: usize,
    start: usize,
    continued: bool,
    /// Sure direct quotes stand before others, doubtful ones last.
    standing: (bool, bool),
}

impl Mark {
    fn of(quote: &Quote) -> Mark {
        Mark {
            passage: quote.passage,
            start: quote.content.first().map_or(0, |it| it.start()),
            continued: quote.rule == Rule::Continued,
            standing: (is_doubtful(quote), quote.kind != QuoteKind::Direct && !attribute::is_turn(quote)),
        }
    }
}

/// Puts quotes together that stand in one passage or go on with each other, in reading order. They
/// stand where the first of them was found.
///
/// The first `shown` places are exact. Quotes only move towards the first, so articles that have
/// none among these are not read: a person may have tens of thousands.
pub(super) fn arranged(
    articles: &mut Articles<'_>,
    hits: &[FoundHit],
    shown: usize,
) -> Result<Vec<PlacedHit>, Error> {
    let near: HashSet<ArticleId> = hits.iter().take(shown).map(|it| it.article).collect();
    let mut n_of_article: HashMap<ArticleId, usize> = HashMap::new();
    for hit in hits {
        *n_of_article.entry(hit.article).or_default() += 1;
    }
    let mut marked = Vec::with_capacity(hits.len());
    for hit in hits {
        // The only quote of an article has its place without being read.
        let wanted = near.contains(&hit.article) && n_of_article[&hit.article] > 1;
        let read = if wanted { articles.of(hit)? } else { None };
        let mark = read.and_then(|it| it.1.get(hit.place).map(Mark::of)).unwrap_or_default();
        marked.push((*hit, mark));
    }
    let passages: HashSet<_> = marked.iter().map(|(hit, mark)| (hit.article, mark.passage)).collect();
    let goes_on = |(hit, mark): &(FoundHit, Mark)| {
        let before = mark.passage.checked_sub(1);
        mark.continued && before.is_some_and(|it| passages.contains(&(hit.article, it)))
    };
    let continued = marked.iter().filter(|it| goes_on(it)).map(|(hit, mark)| (hit.article, mark.passage));
    let continued: HashSet<_> = continued.collect();
    let mut entries: Vec<Vec<(FoundHit, Mark)>> = Vec::new();
    let mut place_of: HashMap<(ArticleId, usize), usize> = HashMap::new();
    for (hit, mark) in &marked {
        let mut first = mark.passage;
        while continued.contains(&(hit.article, first)) {
            first -= 1;
        }
        let place = *place_of.entry((hit.article, first)).or_insert(entries.len());
        if place == entries.len() {
            entries.push(Vec::new());
        }
        entries[place].push((*hit, *mark));
    }
    for entry in &mut entries {
        entry.sort_by_key(|it| (it.1.passage, it.1.start));
    }
    let article = |entry: &[(FoundHit, Mark)]| entry.first().map(|it| it.0.article);
    for of_article in entries.chunk_by_mut(|a, b| article(a) == article(b)) {
        of_article.sort_by_key(|entry| entry.iter().map(|it| it.1.standing).min());
    }
    Ok(entries.iter().flatten().map(|it| PlacedHit { hit: it.0, goes_on: goes_on(it) }).collect())
}

/// The quotes after the first `offset`, `limit` of them, each with its rank. A quotation is never
/// cut: it belongs to the part that its first quote is in, with all that go on with it.
pub(super) fn part(hits: &[PlacedHit], offset: usize, limit: usize) -> Vec<(usize, PlacedHit)> {
    let mut is_in = false;
    let mut part = Vec::new();
    for (n, placed) in hits.iter().enumerate() {
        if !placed.goes_on {
            is_in = n.checked_sub(offset).is_some_and(|it| it < limit);
        }
        if is_in {
            part.push((n + 1, *placed));
        }
    }
    part
}
