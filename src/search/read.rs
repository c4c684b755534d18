//! Reads the passages of hits, and marks what made them match.

use std::collections::BTreeMap;

use crate::{
    article::{Article, Excerpt, Passage, PassageKind, Quote, Span},
    index::{Error, FoundHit, Snapshot},
    query::{self, CheckedQuery, Page},
};

use super::{Articles, Hit, Matched, Versions};

/// Reads hits of one query.
pub(super) struct Reader<'a> {
    snapshot: &'a Snapshot,
    query: &'a CheckedQuery,
    context: usize,
    /// Whether it asks for properties of quotes, which the headline may have too.
    asks_for_quotes: bool,
    versions: Versions,
    /// Where the query asks for whole articles.
    whole: Option<Articles<'a>>,
}

impl<'a> Reader<'a> {
    pub(super) fn new(snapshot: &'a Snapshot, query: &'a CheckedQuery, context: usize) -> Reader<'a> {
        let whole = query.asks_for_whole_articles().then(|| Articles::new(snapshot));
        Reader {
            snapshot,
            query,
            context,
            asks_for_quotes: query.asks_for_quotes(),
            versions: Versions::default(),
            whole,
        }
    }

    pub(super) fn hit(&mut self, rank: usize, found: &FoundHit) -> Result<Hit, Error> {
        let (excerpt, mut quotes) = self.excerpt(found)?;
        let place = found.place;
        let whole = self.whole.as_mut().map(|it| it.of(found)).transpose()?.flatten();
        let (highlights, headline_highlights) = match &whole {
            Some((article, quotes)) => self.of_article(article, quotes, place),
            None => self.of_excerpt(&excerpt, &quotes, place),
        };
        quotes.retain(|it| it.passage == place);
        Ok(Hit {
            rank,
            score: found.score,
            matched: Matched::Passage,
            article: excerpt,
            passage: place,
            quotes,
            highlights,
            also: Vec::new(),
            headline_highlights,
            copies: self.versions.of(self.snapshot, found.article)?,
        })
    }

    /// What is shown of the article, with the quotes of its passages.
    fn excerpt(&self, found: &FoundHit) -> Result<(Excerpt, Vec<Quote>), Error> {
        let known = self.snapshot.known_of(found)?;
        let (passage, mut quotes) = self.snapshot.passage_of(found)?;
        let mut passages = BTreeMap::from([(found.place, passage)]);
        let mentioned: Vec<usize> = quotes.iter().filter_map(|it| Some(it.mention?.passage)).collect();
        let wanted = |it: usize| {
            let shown = it.abs_diff(found.place) <= self.context || mentioned.contains(&it);
            it != found.place && (shown || (it == 0 && self.asks_for_quotes))
        };
        let others = self.context > 0 || self.asks_for_quotes || mentioned.iter().any(|it| wanted(*it));
        if others {
            for (ordinal, (passage, of_passage)) in self.snapshot.passages_of(found, wanted)? {
                passages.insert(ordinal, passage);
                quotes.extend(of_passage);
            }
        }
        // The headline is known without its passage.
        let headline = known.1.headline.as_ref();
        if let Some(headline) = headline.and_then(|it| Passage::new(PassageKind::Headline, &it.value)) {
            passages.entry(0).or_insert(headline);
        }
        Ok((Excerpt { id: found.article, known, passages }, quotes))
    }

    /// What to mark in the passage and in the headline.
    fn of_excerpt(&self, excerpt: &Excerpt, quotes: &[Quote], place: usize) -> (Vec<Span>, Vec<Span>) {
        let page = |ordinal| Page::of_excerpt(excerpt, ordinal, quotes);
        let has_headline = excerpt.passages.get(&0).is_some_and(|it| it.kind == PassageKind::Headline);
        let of_headline = if has_headline { page(0).and_then(|it| it.evaluate(self.query)) } else { None };
        (page(place).map(|it| it.marks(self.query)).unwrap_or_default(), of_headline.unwrap_or_default())
    }

    /// The same of a whole article.
    fn of_article(&self, article: &Article, quotes: &[Quote], place: usize) -> (Vec<Span>, Vec<Span>) {
        let marks = |ordinal| query::evaluate(self.query, article, ordinal, quotes).unwrap_or_default();
        let has_headline = article.passages().first().is_some_and(|it| it.kind == PassageKind::Headline);
        (marks(place), if has_headline { marks(0) } else { Vec::new() })
    }
}
