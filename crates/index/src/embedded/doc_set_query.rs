//! A tantivy query that stands for documents found before, each with its score.
//!
//! What tantivy has no query for (a phrase of alternatives, a condition on one quote of a passage) is worked out first,
//! segment by segment, and then takes part in boolean queries like any other.

use std::{collections::HashMap, fmt, sync::Arc};

use tantivy::{
    DocId, DocSet, Score, SegmentReader, TERMINATED,
    index::SegmentId,
    query::{EnableScoring, Explanation, Query, Scorer, Weight},
};

/// A document and its score.
type Hit = (DocId, Score);

/// Documents of each segment with their scores, in order.
#[derive(Clone, Default)]
pub(super) struct DocSetQuery {
    hits: Arc<HashMap<SegmentId, Arc<[Hit]>>>,
}

impl DocSetQuery {
    /// The documents of each segment, strictly ascending.
    pub(super) fn new(hits: HashMap<SegmentId, Vec<Hit>>) -> DocSetQuery {
        debug_assert!(hits.values().all(|it| it.is_sorted_by(|a, b| a.0 < b.0)));
        DocSetQuery {
            hits: Arc::new(hits.into_iter().map(|(segment, hits)| (segment, hits.into())).collect()),
        }
    }
}

impl fmt::Debug for DocSetQuery {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let n: usize = self.hits.values().map(|it| it.len()).sum();
        write!(f, "DocSetQuery({n} documents)")
    }
}

impl Query for DocSetQuery {
    fn weight(&self, _: EnableScoring<'_>) -> tantivy::Result<Box<dyn Weight>> {
        Ok(Box::new(self.clone()))
    }
}

impl Weight for DocSetQuery {
    fn scorer(&self, segment: &SegmentReader, boost: Score) -> tantivy::Result<Box<dyn Scorer>> {
        let hits = self.hits.get(&segment.segment_id()).cloned().unwrap_or_else(|| Arc::from([]));
        Ok(Box::new(DocSetScorer { hits, at: 0, boost }))
    }

    fn explain(&self, segment: &SegmentReader, document: DocId) -> tantivy::Result<Explanation> {
        let hits = self.hits.get(&segment.segment_id());
        let score = hits.and_then(|hits| {
            let at = hits.binary_search_by_key(&document, |it| it.0).ok()?;
            Some(hits[at].1)
        });
        Ok(Explanation::new("found before", score.unwrap_or(0.0)))
    }
}

struct DocSetScorer {
    hits: Arc<[(DocId, Score)]>,
    at: usize,
    boost: Score,
}

impl DocSet for DocSetScorer {
    fn advance(&mut self) -> DocId {
        self.at += 1;
        self.doc()
    }

    fn seek(&mut self, target: DocId) -> DocId {
        self.at += self.hits[self.at.min(self.hits.len())..].partition_point(|it| it.0 < target);
        self.doc()
    }

    fn doc(&self) -> DocId {
        self.hits.get(self.at).map_or(TERMINATED, |it| it.0)
    }

    fn size_hint(&self) -> u32 {
        u32::try_from(self.hits.len()).unwrap_or(u32::MAX)
    }
}

impl Scorer for DocSetScorer {
    fn score(&mut self) -> Score {
        self.hits.get(self.at).map_or(0.0, |it| it.1 * self.boost)
    }
}
