//! A tantivy query that stands for documents found before, each with its score.
//!
//! What tantivy has no query for (a condition on an article, or on one quote of a passage) is
//! worked out first, segment by segment, and then takes part in boolean queries like any other.

use std::{collections::HashMap, fmt, ops::Range, sync::Arc};

use tantivy::{
    DocId, DocSet, Score, SegmentReader, TERMINATED,
    index::SegmentId,
    query::{EnableScoring, Explanation, Query, Scorer, Weight},
};

/// Documents side by side, with the score of each.
pub(super) type ScoredRange = (Range<DocId>, Score);

/// Ranges of documents of each segment, in order, none of them empty.
#[derive(Clone, Default)]
pub(super) struct DocSetQuery {
    of_segments: Arc<HashMap<SegmentId, Arc<[ScoredRange]>>>,
}

impl DocSetQuery {
    /// The ranges of each segment, strictly ascending.
    pub(super) fn new(of_segments: impl IntoIterator<Item = (SegmentId, Vec<ScoredRange>)>) -> DocSetQuery {
        let of_segments: HashMap<_, Arc<[ScoredRange]>> =
            of_segments.into_iter().map(|(segment, ranges)| (segment, ranges.into())).collect();
        debug_assert!(of_segments.values().all(|it| it.is_sorted_by(|a, b| a.0.end <= b.0.start)));
        DocSetQuery { of_segments: Arc::new(of_segments) }
    }
}

impl fmt::Debug for DocSetQuery {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let n: usize = self.of_segments.values().map(|it| it.len()).sum();
        write!(f, "DocSetQuery({n} ranges)")
    }
}

impl Query for DocSetQuery {
    fn weight(&self, _: EnableScoring<'_>) -> tantivy::Result<Box<dyn Weight>> {
        Ok(Box::new(self.clone()))
    }
}

impl Weight for DocSetQuery {
    fn scorer(&self, segment: &SegmentReader, boost: Score) -> tantivy::Result<Box<dyn Scorer>> {
        let ranges = self.of_segments.get(&segment.segment_id()).cloned().unwrap_or_default();
        Ok(Box::new(DocSetScorer::new(ranges, boost)))
    }

    fn explain(&self, segment: &SegmentReader, document: DocId) -> tantivy::Result<Explanation> {
        let mut scorer = self.scorer(segment, 1.0)?;
        let is_one = scorer.doc() <= document && scorer.seek(document) == document;
        Ok(Explanation::new("found before", if is_one { scorer.score() } else { 0.0 }))
    }
}

struct DocSetScorer {
    ranges: Arc<[ScoredRange]>,
    /// The range of the document.
    at: usize,
    document: DocId,
    boost: Score,
}

impl DocSetScorer {
    fn new(ranges: Arc<[ScoredRange]>, boost: Score) -> DocSetScorer {
        let document = ranges.first().map_or(TERMINATED, |it| it.0.start);
        DocSetScorer { ranges, at: 0, document, boost }
    }
}

impl DocSet for DocSetScorer {
    fn advance(&mut self) -> DocId {
        match self.ranges.get(self.at) {
            Some((range, _)) if self.document + 1 < range.end => self.document += 1,
            _ => {
                self.at += 1;
                self.document = self.ranges.get(self.at).map_or(TERMINATED, |it| it.0.start);
            }
        }
        self.document
    }

    fn seek(&mut self, target: DocId) -> DocId {
        if target <= self.document {
            return self.document;
        }
        let rest = self.ranges.get(self.at..).unwrap_or_default();
        self.at += rest.partition_point(|it| it.0.end <= target);
        self.document = self.ranges.get(self.at).map_or(TERMINATED, |it| it.0.start.max(target));
        self.document
    }

    fn doc(&self) -> DocId {
        self.document
    }

    fn size_hint(&self) -> u32 {
        self.ranges.iter().map(|it| it.0.end - it.0.start).sum()
    }
}

impl Scorer for DocSetScorer {
    fn score(&mut self) -> Score {
        self.ranges.get(self.at).map_or(0.0, |it| it.1 * self.boost)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn scorer() -> DocSetScorer {
        DocSetScorer::new(Arc::from([(2..4, 1.0), (7..8, 0.5), (10..13, 2.0)]), 2.0)
    }

    #[test]
    fn documents_come_range_by_range_with_their_scores() {
        let mut scorer = scorer();
        let mut documents = vec![(scorer.doc(), scorer.score())];
        while scorer.advance() != TERMINATED {
            documents.push((scorer.doc(), scorer.score()));
        }
        assert_eq!(documents, [(2, 2.0), (3, 2.0), (7, 1.0), (10, 4.0), (11, 4.0), (12, 4.0)]);
        assert_eq!((scorer.advance(), scorer.doc(), scorer.size_hint()), (TERMINATED, TERMINATED, 6));
    }

    #[test]
    fn what_is_sought_is_the_first_from_there_on() {
        let documents = [2, 3, 7, 10, 11, 12];
        for target in 2..=14 {
            for then in target..=14 {
                let from = |target| documents.iter().copied().find(|it| *it >= target).unwrap_or(TERMINATED);
                let mut scorer = scorer();
                assert_eq!(scorer.seek(target), from(target), "{target}");
                if scorer.doc() <= then {
                    assert_eq!(scorer.seek(then), from(then), "{target}, then {then}");
                }
            }
        }
    }
}
