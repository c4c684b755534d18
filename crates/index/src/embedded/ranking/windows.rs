//! What the articles and passages of one segment are worth, window by window: each piece of the evidence adds its worth to the
//! documents that have it.
//!
//! With many pieces of evidence this costs as much as their postings are long, where asking each document for each piece costs
//! their product. (Buckley and Lewit, "Optimization of inverted vector searches", SIGIR 1985; in windows, so that the sums lie in
//! a processor's near memory and an archive of any size takes no more of it.)

use tantivy::DocId;

use super::occurrences::{Occurrences, Source, Texts, Value};

/// A window has so many documents, and those that the last of its articles has beyond.
const DOCUMENTS: DocId = 1 << 14;

/// The evidence of a segment, and the window of articles that was looked at last, with what its documents are worth.
pub(super) struct Windows<'a> {
    sources: Vec<Source>,
    values: &'a [Value],
    /// The own documents of the segment's articles.
    starts: &'a [DocId],
    /// How many documents the segment has.
    n_documents: DocId,
    /// A window has so many documents at least.
    width: DocId,
    /// The window's first document, and the one behind its last.
    first: DocId,
    end: DocId,
    articles: Worths<'a>,
    passages: Worths<'a>,
}

/// What the documents of the window are worth as texts of one kind.
struct Worths<'a> {
    texts: Texts<'a>,
    worths: Vec<f32>,
}

impl<'a> Windows<'a> {
    /// Before the first article of a segment.
    pub(super) fn new(
        sources: Vec<Source>,
        values: &'a [Value],
        starts: &'a [DocId],
        n_documents: DocId,
        (articles, passages): (Texts<'a>, Texts<'a>),
    ) -> Windows<'a> {
        let of = |texts| Worths { texts, worths: Vec::new() };
        let (articles, passages) = (of(articles), of(passages));
        Windows {
            sources,
            values,
            starts,
            n_documents,
            width: DOCUMENTS,
            first: 0,
            end: 0,
            articles,
            passages,
        }
    }

    /// Goes on to the window that begins with the article of `document`, unless it lies in the present one; it is never before it.
    pub(super) fn enter(&mut self, document: DocId) {
        if document < self.end {
            return;
        }
        let n_up_to = |document| self.starts.partition_point(|it| *it <= document);
        self.first = self.starts.get(n_up_to(document).saturating_sub(1)).copied().unwrap_or(document);
        let next = n_up_to(self.first.saturating_add(self.width - 1));
        self.end = self.starts.get(next).copied().unwrap_or(self.n_documents);
        let n = self.end.saturating_sub(self.first) as usize;
        for of_kind in [&mut self.articles, &mut self.passages] {
            of_kind.worths.clear();
            of_kind.worths.resize(n, 0.0);
        }
        for (source, value) in self.sources.iter_mut().zip(self.values) {
            self.articles.add(&mut source.articles, value.in_article, self.first, self.end);
            self.passages.add(&mut source.passages, value.in_passage, self.first, self.end);
        }
    }

    /// What an article of the window is worth, by its own document.
    pub(super) fn article(&self, start: DocId) -> f32 {
        self.articles.of(start, self.first)
    }

    /// What a passage of the window is worth.
    pub(super) fn passage(&self, document: DocId) -> f32 {
        self.passages.of(document, self.first)
    }

    /// The first passage from `document` on that has any of the evidence.
    pub(super) fn next(&mut self, mut document: DocId) -> Option<DocId> {
        while document < self.n_documents {
            self.enter(document);
            let from = document.max(self.first);
            let rest = self.passages.worths.get((from - self.first) as usize..).unwrap_or_default();
            match (from..).zip(rest).find(|it| *it.1 > 0.0) {
                Some((found, _)) => return Some(found),
                None => document = self.end.max(document + 1),
            }
        }
        None
    }
}

impl Worths<'_> {
    fn of(&self, document: DocId, first: DocId) -> f32 {
        self.worths.get(document.wrapping_sub(first) as usize).copied().unwrap_or(0.0)
    }

    /// Adds what occurrences from `first` up to `end` are worth.
    fn add(&mut self, occurrences: &mut Occurrences, value: f32, first: DocId, end: DocId) {
        let Worths { texts, worths } = self;
        occurrences.for_each_before(end, |document, n| {
            if let Some(worth) = worths.get_mut(document.wrapping_sub(first) as usize) {
                *worth += texts.worth(value, n, document);
            }
        });
    }
}

#[cfg(test)]
mod tests {
    use super::{
        super::{articles::ArticleOf, bm25::Bm25s},
        *,
    };

    /// Three pieces of evidence in forty documents; articles begin at 2, 5, 6, 20 and 31.
    fn sources() -> Vec<Source> {
        let starts = [2, 5, 6, 20, 31];
        let listed = |every: u32, from: u32| -> Vec<(DocId, u32)> {
            let passages = (0..40).filter(|it| it % every == 0 && *it >= from && !starts.contains(it));
            passages.map(|it| (it, it % 3 + 1)).collect()
        };
        let of = |counts: Vec<(DocId, u32)>| {
            let passages = Occurrences::listed(counts);
            Source { articles: passages.by_article(&starts), passages }
        };
        vec![of(listed(4, 3)), of(listed(7, 9)), of(vec![(38, 2)])]
    }

    #[test]
    fn windows_of_any_width_say_what_is_asked_one_by_one() {
        let starts = [2, 5, 6, 20, 31];
        let bm25 = Bm25s::new(10.0);
        let bm25 = bm25.of(false);
        let texts = || (Texts { bm25, lengths: None }, Texts { bm25, lengths: None });
        let values = [1.0, 2.5, 0.25].map(|it| Value { in_article: it, in_passage: it / 2.0 });
        let worth = |document: DocId| -> (f32, f32) {
            let start = ArticleOf::new(&starts).start(document);
            let mut sums = (0.0, 0.0);
            for (mut source, value) in sources().into_iter().zip(values) {
                sums.0 += value.in_article * bm25.saturated(source.articles.count(start), 0);
                sums.1 += value.in_passage * bm25.saturated(source.passages.count(document), 0);
            }
            sums
        };
        let expected: Vec<(DocId, (f32, f32))> =
            (0..40).map(|it| (it, worth(it))).filter(|it| it.1.1 > 0.0).collect();
        assert!(expected.len() > 10, "{expected:?}");
        for width in [1, 2, 7, 12, 40, 1000] {
            let mut windows = Windows { width, ..Windows::new(sources(), &values, &starts, 40, texts()) };
            let mut found = Vec::new();
            let mut next = windows.next(0);
            while let Some(document) = next {
                let start = ArticleOf::new(&starts).start(document);
                found.push((document, (windows.article(start), windows.passage(document))));
                next = windows.next(document + 1);
            }
            assert_eq!(found, expected, "in windows of {width}");
        }
        // Documents that another query finds, some windows left out.
        let mut windows = Windows { width: 3, ..Windows::new(sources(), &values, &starts, 40, texts()) };
        for document in [3, 4, 8, 33, 38] {
            windows.enter(document);
            let start = ArticleOf::new(&starts).start(document);
            assert_eq!((windows.article(start), windows.passage(document)), worth(document), "{document}");
        }
    }
}
