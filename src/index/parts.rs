//! Passages → the articles they stand in, to ask for an article by what stands anywhere in it, or in its lead.

use std::collections::HashMap;

use tantivy::{DocId, Result, SegmentReader, columnar::Column};

/// How often a pattern stands in each article, by article key.
#[derive(Default)]
pub(super) struct MatchesOfArticles {
    matches: HashMap<u64, u64>,
}

impl MatchesOfArticles {
    /// Adds the documents of a segment in which the pattern stands, with how often; deleted ones are left out.
    pub(super) fn add(&mut self, segment: &SegmentReader, occurrences: &[(DocId, u32)]) -> Result<()> {
        let articles: Column<u64> = segment.fast_fields().u64("article_key")?;
        let alive = |it: DocId| segment.alive_bitset().is_none_or(|alive| alive.is_alive(it));
        for &(document, n) in occurrences.iter().filter(|it| alive(it.0)) {
            if let Some(article) = articles.first(document) {
                *self.matches.entry(article).or_default() += u64::from(n);
            }
        }
        Ok(())
    }

    /// Whether it stands in the article at least so often.
    pub(super) fn has(&self, article: u64, n: u32) -> bool {
        self.matches.get(&article).is_some_and(|it| *it >= u64::from(n))
    }
}
