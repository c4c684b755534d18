//! Every document that matches a query, for counting: no scores, no order, no document store.

use tantivy::{
    DocId, Score, SegmentOrdinal, SegmentReader,
    collector::{Collector, Count, SegmentCollector},
    query::Occur,
};

use morgue_core::system::stop;
use morgue_query::CheckedQuery;

use super::{Snapshot, failure::Result, ranking::ArticleWith, schema::Unit};

/// The documents of each segment that match, in order.
pub(super) type Matching = Vec<Vec<DocId>>;

/// What matches a query, by article: found once for all that is counted of it.
pub(crate) struct Matched {
    /// By segment.
    pub(super) segments: Vec<MatchedInSegment>,
}

/// What matches in a segment.
pub(super) struct MatchedInSegment {
    /// The articles, each with how many of the passages are its.
    pub(super) articles: Vec<ArticleWith>,
    /// The passages, in order; none if articles were asked for.
    pub(super) passages: Vec<DocId>,
}

impl MatchedInSegment {
    /// The articles, each with its passages.
    pub(super) fn with_passages(&self) -> impl Iterator<Item = (ArticleWith, &[DocId])> {
        let mut rest = self.passages.as_slice();
        self.articles.iter().map(move |article| {
            let (mine, others) = rest.split_at(article.n.min(rest.len()));
            rest = others;
            (*article, mine)
        })
    }
}

impl Snapshot {
    pub(crate) fn matched(&self, query: Option<&CheckedQuery>) -> Result<Matched> {
        let (of_snapshot, passages) = (self.articles_of_segments()?, self.matching(Unit::Passage, query)?);
        let segment = |(ordinal, passages): (usize, Vec<DocId>)| MatchedInSegment {
            articles: of_snapshot.having(ordinal, &passages),
            passages,
        };
        Ok(Matched { segments: passages.into_iter().enumerate().map(segment).collect() })
    }

    pub(crate) fn matched_articles(&self, condition: &CheckedQuery) -> Result<Matched> {
        let of_snapshot = self.articles_of_segments()?;
        let own = self.matching(Unit::Article, Some(condition))?;
        let segment = |(ordinal, own): (usize, Vec<DocId>)| {
            let mut articles = of_snapshot.having(ordinal, &own);
            articles.iter_mut().for_each(|it| it.n = 0);
            MatchedInSegment { articles, passages: Vec::new() }
        };
        Ok(Matched { segments: own.into_iter().enumerate().map(segment).collect() })
    }

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
        stop::look();
        self.1.push(document);
    }

    fn harvest(self) -> Self::Fruit {
        (self.0, self.1)
    }
}
