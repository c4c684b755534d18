//! What the articles and passages of one segment are worth, window by window: each piece of the evidence adds its worth to the
//! documents that have it.
//!
//! With many pieces of evidence this costs as much as their postings are long, where asking each document for each piece costs
//! their product. (Buckley and Lewit, "Optimization of inverted vector searches", SIGIR 1985; in windows, so that the sums lie in
//! a processor's near memory and an archive of any size takes no more of it.)

use tantivy::{DocId, fieldnorm::FieldNormReader};

use super::{articles::length, bm25::Bm25, occurrences::Occurrences, scan::Source, scan::Value};

/// A window has so many documents, and those that the last of its articles has beyond.
const DOCUMENTS: DocId = 1 << 14;

/// The window of articles that was looked at last, with what their documents are worth.
pub(super) struct Window<'a> {
    /// The documents of all articles of the segment.
    starts: &'a [DocId],
    n_documents: DocId,
    /// Its first document, and the one behind its last.
    first: DocId,
    end: DocId,
    of_articles: Vec<f32>,
    of_passages: Vec<f32>,
}

/// By what words are worth in texts of one kind: BM25, and the texts' lengths.
#[derive(Clone, Copy)]
pub(super) struct Texts<'a> {
    pub(super) bm25: &'a Bm25,
    pub(super) lengths: Option<&'a FieldNormReader>,
}

impl<'a> Window<'a> {
    /// The empty window before the first article of a segment.
    pub(super) fn new(starts: &'a [DocId], n_documents: DocId) -> Window<'a> {
        Window { starts, n_documents, first: 0, end: 0, of_articles: Vec::new(), of_passages: Vec::new() }
    }

    /// Goes on to the window that begins with the article of `document`, unless it lies in the present one; it is never before it.
    pub(super) fn enter(
        &mut self,
        document: DocId,
        sources: &mut [Source],
        values: &[Value],
        articles: Texts<'_>,
        passages: Texts<'_>,
    ) {
        if document < self.end {
            return;
        }
        let of = |from: &[DocId], document| from.partition_point(|it| *it <= document);
        let from = of(self.starts, document).saturating_sub(1);
        self.first = self.starts.get(from).copied().unwrap_or(document);
        let next = of(self.starts, self.first.saturating_add(DOCUMENTS - 1));
        self.end = self.starts.get(next).copied().unwrap_or(self.n_documents);
        let n = self.end.saturating_sub(self.first) as usize;
        for worths in [&mut self.of_articles, &mut self.of_passages] {
            worths.clear();
            worths.resize(n, 0.0);
        }
        for (source, value) in sources.iter_mut().zip(values) {
            add(&mut source.articles, value.in_article, articles, self.first, self.end, &mut self.of_articles);
            add(&mut source.passages, value.in_passage, passages, self.first, self.end, &mut self.of_passages);
        }
    }

    /// What an article of the window is worth, by its own document.
    pub(super) fn article(&self, start: DocId) -> f32 {
        self.of_articles.get(start.wrapping_sub(self.first) as usize).copied().unwrap_or(0.0)
    }

    /// What a passage of the window is worth.
    pub(super) fn passage(&self, document: DocId) -> f32 {
        self.of_passages.get(document.wrapping_sub(self.first) as usize).copied().unwrap_or(0.0)
    }

    /// The first document from `document` on that has any of the evidence, in the window or behind it.
    pub(super) fn next(&self, document: DocId) -> DocId {
        let rest = self.of_passages.get(document.wrapping_sub(self.first) as usize..).unwrap_or_default();
        let n = rest.iter().take_while(|it| **it <= 0.0).count();
        document.saturating_add(DocId::try_from(n).unwrap_or(DocId::MAX))
    }

    /// The document behind the window.
    pub(super) fn end(&self) -> DocId {
        self.end
    }
}

/// Adds what occurrences from `first` up to `end` are worth.
fn add(
    occurrences: &mut Occurrences,
    value: f32,
    texts: Texts<'_>,
    first: DocId,
    end: DocId,
    worths: &mut [f32],
) {
    occurrences.for_each_before(end, |document, n| {
        if let Some(worth) = worths.get_mut(document.wrapping_sub(first) as usize) {
            *worth += value * texts.bm25.saturated(n, length(texts.lengths, document));
        }
    });
}
