//! Where the articles of an index begin, and how long they are.
//!
//! The documents of an article stand side by side in one segment, its own first (`Writer::add`),
//! also after merges, and are deleted together. So a document's article is the last one that begins
//! before it.

use std::ops::Range;

use tantivy::{DocAddress, DocId, Searcher, TERMINATED, fieldnorm::FieldNormReader};

use crate::ArticleNumber;

use super::{
    super::{
        schema::{Fields, Unit},
        segment::{documents_with, is_live, n_live_with},
    },
    bm25::Bm25s,
};

/// A word of a passage gives its exact form and its stem.
const TERMS_PER_WORD: f32 = 2.0;

/// The articles of all segments. Counts are of live documents only, so that they are those of a
/// rebuilt index.
pub(crate) struct Articles {
    /// By segment, the documents of articles, deleted ones included, ascending.
    pub(super) starts: Vec<Vec<DocId>>,
    /// By segment, how many documents it has.
    ends: Vec<DocId>,
    /// How many articles there are.
    pub(crate) n: u64,
    /// How many passages there are.
    pub(super) n_passages: u64,
    /// How many words the articles have, as far as tantivy's rounded lengths tell.
    pub(crate) n_words: u64,
    /// Scores words in whole articles.
    pub(super) bm25: Bm25s,
    /// Scores words in passages.
    pub(super) bm25_of_passages: Bm25s,
}

impl Articles {
    /// Looks at each article once.
    pub(crate) fn of(searcher: &Searcher, fields: &Fields) -> tantivy::Result<Articles> {
        let (mut all_starts, mut ends) = (Vec::new(), Vec::new());
        let (mut n, mut n_passages, mut n_words) = (0, 0, 0);
        for segment in searcher.segment_readers() {
            let lengths = segment.fieldnorms_readers().get_field(fields.whole)?;
            let starts = documents_with(segment, &fields.unit_term(Unit::Article))?;
            for start in starts.iter().filter(|it| is_live(segment, **it)) {
                n += 1;
                n_words += u64::from(lengths.as_ref().map_or(0, |it| it.fieldnorm(*start)));
            }
            all_starts.push(starts);
            ends.push(segment.max_doc());
            n_passages += u64::from(n_live_with(segment, &fields.unit_term(Unit::Passage))?);
        }
        let mean = |n: u64| n_words as f32 / n.max(1) as f32;
        Ok(Articles {
            starts: all_starts,
            ends,
            n,
            n_passages,
            n_words,
            bm25: Bm25s::new(mean(n)),
            bm25_of_passages: Bm25s::new(mean(n_passages) * TERMS_PER_WORD),
        })
    }

    /// The article's own document, of any of its documents.
    pub(crate) fn own(&self, document: DocAddress) -> DocAddress {
        let starts = self.starts.get(document.segment_ord as usize).map_or(&[][..], Vec::as_slice);
        let at = starts.partition_point(|it| *it <= document.doc_id).saturating_sub(1);
        DocAddress::new(document.segment_ord, starts.get(at).copied().unwrap_or(document.doc_id))
    }

    /// The documents of each article of a segment, its own first, deleted ones included; behind the
    /// last of them there may be one of a file.
    pub(crate) fn of_segment(&self, ordinal: usize) -> impl Iterator<Item = Range<DocId>> {
        let starts = self.starts.get(ordinal).map_or(&[][..], Vec::as_slice);
        let ends = starts.iter().skip(1).chain(self.ends.get(ordinal));
        starts.iter().zip(ends).map(|(start, end)| *start..*end)
    }

    /// The articles of ascending documents of a segment, in order.
    pub(crate) fn having(&self, ordinal: usize, documents: &[DocId]) -> Vec<ArticleWith> {
        let starts = self.starts.get(ordinal).map_or(&[][..], Vec::as_slice);
        let (first, mut of) = (self.first_number(ordinal), ArticleOf::new(starts));
        let mut articles: Vec<ArticleWith> = Vec::new();
        let mut rest = documents;
        while let Some(document) = rest.first() {
            let own = of.start(*document);
            let end = of.end();
            let n = rest.iter().position(|it| *it >= end).unwrap_or(rest.len()).max(1);
            articles.push(ArticleWith { number: first + of.at as ArticleNumber, own, n });
            rest = &rest[n..];
        }
        articles
    }

    /// The number of the first article of a segment, among those of all segments.
    fn first_number(&self, ordinal: usize) -> ArticleNumber {
        self.starts.iter().take(ordinal).map(|it| it.len() as ArticleNumber).sum()
    }

    /// The own document of the article of that number.
    pub(crate) fn own_of_number(&self, number: ArticleNumber) -> Option<DocAddress> {
        let mut at = number as usize;
        for (segment, starts) in (0..).zip(&self.starts) {
            match starts.get(at) {
                Some(own) => return Some(DocAddress::new(segment, *own)),
                None => at -= starts.len(),
            }
        }
        None
    }

    /// The documents of the article whose own is `own`; behind the last of them there may be one of
    /// a file.
    pub(crate) fn documents(&self, own: DocAddress) -> Range<DocId> {
        let starts = self.starts.get(own.segment_ord as usize).map_or(&[][..], Vec::as_slice);
        let next = starts.partition_point(|it| *it <= own.doc_id);
        let end = starts.get(next).copied().or_else(|| self.ends.get(own.segment_ord as usize).copied());
        own.doc_id..end.unwrap_or(own.doc_id)
    }
}

/// An article with some of its documents.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct ArticleWith {
    pub(crate) number: ArticleNumber,
    /// Its own document.
    pub(crate) own: DocId,
    /// How many documents.
    pub(crate) n: usize,
}

/// The code of a document's length; that of the empty text where a segment has no such field.
pub(super) fn length(lengths: Option<&FieldNormReader>, document: DocId) -> u8 {
    lengths.map_or(0, |it| it.fieldnorm_id(document))
}

/// Finds the articles of ascending documents.
pub(super) struct ArticleOf<'a> {
    starts: &'a [DocId],
    at: usize,
}

impl<'a> ArticleOf<'a> {
    pub(super) fn new(starts: &'a [DocId]) -> ArticleOf<'a> {
        ArticleOf { starts, at: 0 }
    }

    /// The first document of the article that has `document`, which is not before the last one
    /// asked for.
    pub(super) fn start(&mut self, document: DocId) -> DocId {
        // Mostly it is the next article.
        let follows = |at: usize| self.starts.get(at).is_some_and(|it| *it <= document);
        if follows(self.at + 1) && !follows(self.at + 2) {
            self.at += 1;
            return self.starts[self.at];
        }
        let mut step = 1;
        let mut end = self.at + 1;
        while self.starts.get(end).is_some_and(|it| *it <= document) {
            self.at = end;
            end += step;
            step *= 2;
        }
        let rest = self.starts.get(self.at..end.min(self.starts.len())).unwrap_or_default();
        self.at += rest.partition_point(|it| *it <= document).saturating_sub(1);
        self.starts.get(self.at).copied().unwrap_or(0)
    }

    /// The document after the last one of the article found last.
    pub(super) fn end(&self) -> DocId {
        self.starts.get(self.at + 1).copied().unwrap_or(TERMINATED)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_document_belongs_to_the_last_article_that_begins_before_it() {
        let starts = [0, 3, 4, 9, 20, 21, 22, 40];
        let mut of = ArticleOf::new(&starts);
        for (document, start, end) in [
            (0, 0, 3),
            (2, 0, 3),
            (3, 3, 4),
            (8, 4, 9),
            (8, 4, 9),
            (21, 21, 22),
            (39, 22, 40),
            (99, 40, TERMINATED),
        ] {
            assert_eq!((of.start(document), of.end()), (start, end), "{document}");
        }
        for document in 0..60 {
            let expected = *starts.iter().rfind(|it| **it <= document).unwrap();
            assert_eq!(ArticleOf::new(&starts).start(document), expected, "{document}");
        }
    }

    #[test]
    fn articles_are_numbered_over_all_segments() {
        let articles = Articles {
            starts: vec![vec![0, 3, 7], vec![], vec![0, 5]],
            ends: vec![9, 0, 8],
            n: 5,
            n_passages: 9,
            n_words: 0,
            bm25: Bm25s::new(1.0),
            bm25_of_passages: Bm25s::new(1.0),
        };
        let having = |segment, documents: &[DocId]| -> Vec<_> {
            articles.having(segment, documents).iter().map(|it| (it.number, it.own, it.n)).collect()
        };
        assert_eq!(having(0, &[1, 2, 8]), [(0, 0, 2), (2, 7, 1)]);
        assert_eq!(having(2, &[0, 4, 5, 6, 7]), [(3, 0, 2), (4, 5, 3)]);
        assert_eq!(having(1, &[]), []);
        let own = |number| articles.own_of_number(number).map(|it| (it.segment_ord, it.doc_id));
        assert_eq!([own(2), own(3), own(4), own(5)], [Some((0, 7)), Some((2, 0)), Some((2, 5)), None]);
    }
}
