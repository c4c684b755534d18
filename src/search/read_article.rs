//! Reads articles that have what a query asks for in different passages, and chooses the passages
//! to show: as few as have all of it.

use std::collections::BTreeMap;

use crate::{
    article::{Article, Excerpt, Passage, PassageKind, Quote},
    index::{Error, FoundHit, Snapshot},
    query::{ArticleReading, CheckedQuery, Clause, Filter, Page},
};

use super::{AlsoShown, Articles, Hit, Matched, Versions};

/// Reads articles that one query found.
pub(super) struct ArticleReader<'a> {
    snapshot: &'a Snapshot,
    /// What a passage may have all of; `None` if none has.
    query: Option<&'a CheckedQuery>,
    reading: &'a ArticleReading,
    /// What is marked: each part, and what is asked of fields.
    marked: CheckedQuery,
    context: usize,
    versions: Versions,
    articles: Articles<'a>,
}

impl<'a> ArticleReader<'a> {
    pub(super) fn new(
        snapshot: &'a Snapshot,
        query: Option<&'a CheckedQuery>,
        reading: &'a ArticleReading,
        context: usize,
    ) -> ArticleReader<'a> {
        let any_part = CheckedQuery { root: Clause::Or(reading.parts.clone()) };
        let is_field =
            |it: &&Clause| matches!(it, Clause::Filter(filter) if !matches!(filter, Filter::SomePassage(_)));
        let fields: Vec<Clause> = match &reading.condition.root {
            Clause::And(all) => all.iter().filter(is_field).cloned().collect(),
            _ => Vec::new(),
        };
        let marked = fields.into_iter().fold(any_part, |all, it| all.and(CheckedQuery { root: it }));
        let (versions, articles) = (Versions::default(), Articles::new(snapshot));
        ArticleReader { snapshot, query, reading, marked, context, versions, articles }
    }

    /// `None` if there is no such article.
    pub(super) fn hit(&mut self, rank: usize, found: &FoundHit) -> Result<Option<Hit>, Error> {
        let known = self.snapshot.known_of(found)?;
        let Some((article, all_quotes)) = self.articles.of(found)? else { return Ok(None) };
        let (matched, shown) = self.choose(&article, &all_quotes, found.place);
        let marks = |ordinal| Page::new(&article, ordinal, &all_quotes).map(|it| it.marks(&self.marked));
        let quotes = |ordinal| all_quotes.iter().filter(move |it| it.passage == ordinal).cloned();
        let mut also: Vec<AlsoShown> = shown
            .iter()
            .map(|it| AlsoShown {
                passage: *it,
                quotes: quotes(*it).collect(),
                highlights: marks(*it).unwrap_or_default(),
            })
            .collect();
        let own = also.remove(0);
        also.sort_by_key(|it| it.passage);
        let has_headline = article.passages().first().is_some_and(|it| it.kind == PassageKind::Headline);
        Ok(Some(Hit {
            rank,
            score: found.score,
            matched,
            article: Excerpt {
                id: found.article,
                known,
                passages: self.passages(&article, &all_quotes, &shown),
            },
            passage: own.passage,
            quotes: own.quotes,
            highlights: own.highlights,
            also,
            headline_highlights: if has_headline { marks(0).unwrap_or_default() } else { Vec::new() },
            copies: self.versions.of(self.snapshot, found.article)?,
        }))
    }

    /// The passages to show, that with most of what is asked for first. If a passage has all of it,
    /// that passage alone, `best` if it has.
    fn choose(&self, article: &Article, quotes: &[Quote], best: usize) -> (Matched, Vec<usize>) {
        let ordinals = std::iter::once(best).chain((0..article.passages().len()).filter(|it| *it != best));
        let pages: Vec<(usize, Page<'_>)> =
            ordinals.filter_map(|it| Some((it, Page::new(article, it, quotes)?))).collect();
        let whole = self.query.and_then(|query| pages.iter().find(|it| it.1.is_hit_of(&query.root)));
        if let Some((whole, _)) = whole {
            return (Matched::Passage, vec![*whole]);
        }
        let parts = &self.reading.parts;
        let mut left: Vec<(usize, Vec<bool>)> = pages
            .iter()
            .map(|(ordinal, page)| (*ordinal, parts.iter().map(|it| page.is_hit_of(it)).collect()))
            .collect();
        let mut shown = Vec::new();
        // Each time the passage with most of what the others do not have; of equal ones the best,
        // then the first.
        while let Some(most) = (0..left.len()).rev().max_by_key(|it| n_of(&left[*it].1)) {
            let (ordinal, has) = left.swap_remove(most);
            if n_of(&has) == 0 {
                break;
            }
            shown.push(ordinal);
            for (_, others) in &mut left {
                others.iter_mut().zip(&has).for_each(|(other, has)| *other &= !has);
            }
            left.sort_by_key(|it| it.0);
        }
        if shown.is_empty() {
            shown.push(best);
        }
        (Matched::Article, shown)
    }

    /// What is read of the article: the passages shown, those around them, and those in which their
    /// speakers are named.
    fn passages(&self, article: &Article, quotes: &[Quote], shown: &[usize]) -> BTreeMap<usize, Passage> {
        let of_shown = quotes.iter().filter(|it| shown.contains(&it.passage));
        let mentioned: Vec<usize> = of_shown.filter_map(|it| Some(it.mention?.passage)).collect();
        let wanted = |it: usize| {
            it == 0 || mentioned.contains(&it) || shown.iter().any(|own| own.abs_diff(it) <= self.context)
        };
        let all = article.passages().iter().enumerate();
        all.filter(|it| wanted(it.0)).map(|(ordinal, it)| (ordinal, it.clone())).collect()
    }
}

fn n_of(has: &[bool]) -> usize {
    has.iter().filter(|it| **it).count()
}
