//! A tantivy query that stands for all documents of some articles: what a condition on articles is true of.
//!
//! The documents of an article stand side by side ([`Articles`]), so a condition is asked once for each article, and those that
//! fit are kept as stretches of documents.

use std::{collections::HashMap, fmt, ops::Range, sync::Arc};

use tantivy::{
    DocId, DocSet, Score, Searcher, SegmentReader, TERMINATED,
    index::SegmentId,
    query::{ConstScorer, EnableScoring, Explanation, Query, Scorer, Weight},
};

use super::ranking::Articles;

/// Stretches of documents of a segment, ascending, with others between them.
type Stretches = Arc<[Range<DocId>]>;

/// All documents of some articles, each with a score of 1.
#[derive(Clone)]
pub(super) struct ArticleFilter {
    of_segments: Arc<HashMap<SegmentId, Stretches>>,
}

impl ArticleFilter {
    /// Asks for each article of each segment whether it is one of them, by its documents, its own first; in their order.
    pub(super) fn new<F>(
        searcher: &Searcher,
        articles: &Articles,
        mut asked: impl FnMut(&SegmentReader) -> tantivy::Result<F>,
    ) -> tantivy::Result<ArticleFilter>
    where
        F: FnMut(&Range<DocId>) -> bool,
    {
        let mut of_segments = HashMap::new();
        for (ordinal, segment) in searcher.segment_readers().iter().enumerate() {
            let mut is_one = asked(segment)?;
            let mut stretches: Vec<Range<DocId>> = Vec::new();
            for documents in articles.of_segment(ordinal).filter(|it| is_one(it)) {
                match stretches.last_mut() {
                    Some(last) if last.end == documents.start => last.end = documents.end,
                    _ => stretches.push(documents),
                }
            }
            of_segments.insert(segment.segment_id(), stretches.into());
        }
        Ok(ArticleFilter { of_segments: Arc::new(of_segments) })
    }

    fn scorer_of(&self, segment: &SegmentReader) -> ArticleFilterScorer {
        let stretches = self.of_segments.get(&segment.segment_id()).cloned().unwrap_or_default();
        let document = stretches.first().map_or(TERMINATED, |it| it.start);
        ArticleFilterScorer { stretches, at: 0, document }
    }
}

impl fmt::Debug for ArticleFilter {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let n: usize = self.of_segments.values().map(|it| it.len()).sum();
        write!(f, "ArticleFilter({n} stretches)")
    }
}

impl Query for ArticleFilter {
    fn weight(&self, _: EnableScoring<'_>) -> tantivy::Result<Box<dyn Weight>> {
        Ok(Box::new(self.clone()))
    }
}

impl Weight for ArticleFilter {
    fn scorer(&self, segment: &SegmentReader, boost: Score) -> tantivy::Result<Box<dyn Scorer>> {
        Ok(Box::new(ConstScorer::new(self.scorer_of(segment), boost)))
    }

    fn explain(&self, segment: &SegmentReader, document: DocId) -> tantivy::Result<Explanation> {
        let is_one = self.scorer_of(segment).seek(document) == document;
        Ok(Explanation::new("a document of such an article", f32::from(u8::from(is_one))))
    }
}

struct ArticleFilterScorer {
    stretches: Stretches,
    /// The stretch of the document.
    at: usize,
    document: DocId,
}

impl DocSet for ArticleFilterScorer {
    fn advance(&mut self) -> DocId {
        match self.stretches.get(self.at) {
            Some(stretch) if self.document + 1 < stretch.end => self.document += 1,
            _ => {
                self.at += 1;
                self.document = self.stretches.get(self.at).map_or(TERMINATED, |it| it.start);
            }
        }
        self.document
    }

    fn seek(&mut self, target: DocId) -> DocId {
        if target <= self.document {
            return self.document;
        }
        let rest = self.stretches.get(self.at..).unwrap_or_default();
        self.at += rest.partition_point(|it| it.end <= target);
        self.document = self.stretches.get(self.at).map_or(TERMINATED, |it| it.start.max(target));
        self.document
    }

    fn doc(&self) -> DocId {
        self.document
    }

    fn size_hint(&self) -> u32 {
        self.stretches.iter().map(|it| it.end - it.start).sum()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn scorer() -> ArticleFilterScorer {
        ArticleFilterScorer { stretches: Arc::from([2..4, 7..8, 10..13]), at: 0, document: 2 }
    }

    #[test]
    fn documents_come_stretch_by_stretch() {
        let mut scorer = scorer();
        let mut documents = vec![scorer.doc()];
        while scorer.advance() != TERMINATED {
            documents.push(scorer.doc());
        }
        assert_eq!(documents, [2, 3, 7, 10, 11, 12]);
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
