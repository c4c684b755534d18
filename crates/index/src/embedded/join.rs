//! Quotes → the passages they stand in, to ask for a passage by one of its quotes.

use tantivy::{
    DocId, Result, Score, SegmentReader,
    collector::{Collector, SegmentCollector},
    columnar::Column,
    index::SegmentId,
};

use super::doc_set_query::{DocSetQuery, ScoredRange};

/// Collects the passages of quotes, each with its best score.
pub(super) struct PassagesOfQuotes;

impl Collector for PassagesOfQuotes {
    type Fruit = DocSetQuery;
    type Child = PassagesOfSegment;

    fn for_segment(&self, _: u32, segment: &SegmentReader) -> Result<PassagesOfSegment> {
        let numbers = segment.fast_fields().u64("number")?;
        Ok(PassagesOfSegment { id: segment.segment_id(), numbers, next: 0, passages: Vec::new() })
    }

    fn requires_scoring(&self) -> bool {
        true
    }

    fn merge_fruits(&self, segments: Vec<(SegmentId, Vec<ScoredRange>)>) -> Result<DocSetQuery> {
        Ok(DocSetQuery::new(segments))
    }
}

pub(super) struct PassagesOfSegment {
    id: SegmentId,
    /// The places of quotes among those of their article: what other documents have none of.
    numbers: Column<u64>,
    /// The document behind the quote that came last.
    next: DocId,
    passages: Vec<ScoredRange>,
}

impl SegmentCollector for PassagesOfSegment {
    type Fruit = (SegmentId, Vec<ScoredRange>);

    /// Quotes come in order, and stand behind the document of their passage
    /// (`documents::of_article`).
    fn collect(&mut self, quote: DocId, score: Score) {
        let passage = (self.next..quote).rev().find(|it| self.numbers.first(*it).is_none());
        self.next = quote + 1;
        match (passage, self.passages.last_mut()) {
            (Some(passage), _) => self.passages.push((passage..passage + 1, score)),
            // Nothing but quotes since the last one: it stands in the same passage.
            (None, Some(last)) => last.1 = last.1.max(score),
            (None, None) => (),
        }
    }

    fn harvest(self) -> Self::Fruit {
        (self.id, self.passages)
    }
}
