//! Every document that matches a query, for counting: no scores, no order, no document store.

use tantivy::{
    DocId, Score, SegmentOrdinal, SegmentReader,
    collector::{Collector, Count, SegmentCollector},
    query::Occur,
};

use morgue_query::CheckedQuery;

use super::{Snapshot, failure::Result, schema::Unit};

/// The documents of each segment that match, in order.
pub(super) type Matching = Vec<Vec<DocId>>;

impl Snapshot {
    pub(crate) fn count_articles(&self, query: &CheckedQuery) -> Result<usize> {
        let query = self.translate(Unit::Article, query)?;
        let query = self.of_unit(Unit::Article, vec![(Occur::Must, query)]);
        Ok(self.searcher.search(&query, &Count)?)
    }

    /// The live documents of a unit that match, or all of it.
    pub(super) fn matching(&self, unit: Unit, query: Option<&CheckedQuery>) -> Result<Matching> {
        Ok(match query {
            Some(query) => {
                let query = self.translate(unit, query)?;
                let query = self.of_unit(unit, vec![(Occur::Must, query)]);
                self.searcher.search(&query, &Documents)?
            }
            None => {
                let segments = self.searcher.segment_readers().iter();
                segments.map(|it| self.live(it, unit)).collect::<tantivy::Result<_>>()?
            }
        })
    }
}

/// Collects what matches, by segment.
pub(super) struct Documents;

impl Collector for Documents {
    type Fruit = Matching;
    type Child = DocumentsOfSegment;

    fn for_segment(&self, segment: SegmentOrdinal, _: &SegmentReader) -> tantivy::Result<DocumentsOfSegment> {
        Ok(DocumentsOfSegment(segment, Vec::new()))
    }

    fn requires_scoring(&self) -> bool {
        false
    }

    fn merge_fruits(&self, mut segments: Vec<(SegmentOrdinal, Vec<DocId>)>) -> tantivy::Result<Matching> {
        segments.sort_unstable_by_key(|it| it.0);
        Ok(segments.into_iter().map(|it| it.1).collect())
    }
}

pub(super) struct DocumentsOfSegment(SegmentOrdinal, Vec<DocId>);

impl SegmentCollector for DocumentsOfSegment {
    type Fruit = (SegmentOrdinal, Vec<DocId>);

    fn collect(&mut self, document: DocId, _: Score) {
        self.1.push(document);
    }

    fn harvest(self) -> Self::Fruit {
        (self.0, self.1)
    }
}
