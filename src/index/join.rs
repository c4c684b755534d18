//! Quotes → the passages they stand in, to ask for a passage by one of its quotes.

use std::collections::HashMap;

use tantivy::{
    DocId, Result, Score, SegmentReader,
    collector::{Collector, SegmentCollector},
    columnar::Column,
};

/// Collects the passages of quotes, each with its best score.
pub(super) struct PassagesOfQuotes;

/// The best score of each passage, by article key and ordinal.
pub(super) type ScoredPassages = HashMap<(u64, u64), Score>;

impl Collector for PassagesOfQuotes {
    type Fruit = ScoredPassages;
    type Child = PassagesOfSegment;

    fn for_segment(&self, _: u32, segment: &SegmentReader) -> Result<PassagesOfSegment> {
        let columns = segment.fast_fields();
        let (articles, ordinals) = (columns.u64("article_key")?, columns.u64("ordinal")?);
        Ok(PassagesOfSegment { articles, ordinals, passages: HashMap::new() })
    }

    fn requires_scoring(&self) -> bool {
        true
    }

    fn merge_fruits(&self, segments: Vec<ScoredPassages>) -> Result<ScoredPassages> {
        let mut all = ScoredPassages::new();
        for (passage, score) in segments.into_iter().flatten() {
            let best = all.entry(passage).or_insert(score);
            *best = best.max(score);
        }
        Ok(all)
    }
}

pub(super) struct PassagesOfSegment {
    articles: Column<u64>,
    ordinals: Column<u64>,
    passages: ScoredPassages,
}

impl SegmentCollector for PassagesOfSegment {
    type Fruit = ScoredPassages;

    fn collect(&mut self, document: DocId, score: Score) {
        if let Some(key) = self.articles.first(document).zip(self.ordinals.first(document)) {
            let best = self.passages.entry(key).or_insert(score);
            *best = best.max(score);
        }
    }

    fn harvest(self) -> ScoredPassages {
        self.passages
    }
}
