//! Quotes → the passages they stand in, to ask for a passage by one of its quotes.

use std::collections::HashMap;

use tantivy::{
    DocId, Result, Score, SegmentReader,
    collector::{Collector, SegmentCollector},
    columnar::Column,
    index::SegmentId,
};

use super::listed::Listed;

/// Collects the passages of quotes, each with its best score.
pub(super) struct PassagesOfQuotes;

impl Collector for PassagesOfQuotes {
    type Fruit = Listed;
    type Child = PassagesOfSegment;

    fn for_segment(&self, _: u32, segment: &SegmentReader) -> Result<PassagesOfSegment> {
        let numbers = segment.fast_fields().u64("number")?;
        Ok(PassagesOfSegment { id: segment.segment_id(), numbers, passages: Vec::new() })
    }

    fn requires_scoring(&self) -> bool {
        true
    }

    fn merge_fruits(&self, segments: Vec<(SegmentId, Vec<(DocId, Score)>)>) -> Result<Listed> {
        Ok(Listed::new(HashMap::from_iter(segments)))
    }
}

pub(super) struct PassagesOfSegment {
    id: SegmentId,
    /// The places of quotes among those of their article: what other documents have none of.
    numbers: Column<u64>,
    passages: Vec<(DocId, Score)>,
}

impl SegmentCollector for PassagesOfSegment {
    type Fruit = (SegmentId, Vec<(DocId, Score)>);

    /// Quotes come in order, and stand behind the document of their passage (`documents::of_article`).
    fn collect(&mut self, quote: DocId, score: Score) {
        let last = self.passages.last().map_or(0, |it| it.0);
        let passage = (last..quote).rev().find(|it| self.numbers.first(*it).is_none());
        match (passage, self.passages.last_mut()) {
            (Some(passage), Some(last)) if passage == last.0 => last.1 = last.1.max(score),
            (Some(passage), _) => self.passages.push((passage, score)),
            (None, _) => (),
        }
    }

    fn harvest(self) -> Self::Fruit {
        (self.id, self.passages)
    }
}
