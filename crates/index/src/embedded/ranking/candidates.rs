//! Finds the best of the hits of a query.
//!
//! The articles that have hits are scored before. Passages are read only in articles that can have
//! one of the best hits; those of a query for one word or pattern are scored only then.

use std::ops::Range;

use tantivy::{DocAddress, DocId, SegmentOrdinal, TERMINATED, fastfield::AliveBitSet};

use morgue_core::system::stop;
use morgue_query::Grouping;

use super::occurrences::{Occurrences, ScoredField};

/// What the article counts; the rest is the passage's.
const ARTICLE_SHARE: f32 = 0.75;

/// A hit with its scores.
#[derive(Clone, Copy, Debug)]
pub(super) struct Candidate {
    pub(super) segment: SegmentOrdinal,
    /// The passage.
    pub(super) document: DocId,
    /// The article's own document.
    pub(super) start: DocId,
    /// The BM25 score of the article.
    pub(super) article: f32,
    /// The BM25 score of the passage.
    pub(super) passage: f32,
    /// Both together, from 0 to 1.
    pub(super) score: f32,
}

impl Candidate {
    /// The passage's document.
    pub(super) fn address(&self) -> DocAddress {
        DocAddress::new(self.segment, self.document)
    }
}

/// The scores that count as 1: that of the best article, and of the best passage in the best
/// articles.
#[derive(Clone, Copy, Default)]
pub(super) struct Scale {
    article: f32,
    passage: f32,
}

impl Scale {
    /// That of some candidates.
    pub(super) fn of(candidates: &[Candidate]) -> Scale {
        Scale::of_best(candidates, f32::NEG_INFINITY)
    }

    /// That of candidates in the best articles; passages by those in articles with at least this
    /// score.
    fn of_best(candidates: &[Candidate], article_min: f32) -> Scale {
        let in_best = candidates.iter().filter(|it| it.article >= article_min);
        Scale {
            article: candidates.iter().map(|it| it.article).fold(0.0, f32::max),
            passage: in_best.map(|it| it.passage).fold(0.0, f32::max),
        }
    }

    /// Sets the scores of all candidates.
    pub(super) fn score_all(self, candidates: &mut [Candidate]) {
        candidates.iter_mut().for_each(|it| it.score = self.score(it));
    }

    /// The score of a hit, from 0 to 1. A passage that is better than those of the best articles
    /// counts as they do.
    fn score(self, hit: &Candidate) -> f32 {
        let share = |value: f32, best: f32| if best > 0.0 { (value / best).min(1.0) } else { 0.0 };
        ARTICLE_SHARE * share(hit.article, self.article)
            + (1.0 - ARTICLE_SHARE) * share(hit.passage, self.passage)
    }

    /// The score of an article below which it has no hit with the given score.
    fn article_min(self, score: f32) -> f32 {
        // `score` is a rounded sum.
        const ROUNDING: f32 = 1e-5;
        if self.article <= 0.0 {
            return f32::NEG_INFINITY;
        }
        self.article * ((score - (1.0 - ARTICLE_SHARE)) / ARTICLE_SHARE - ROUNDING)
    }
}

/// The best passage in so many of the best articles, and in those as good as the last of them, is
/// the scale of passages. More make the scale more even and score more passages.
const SCALE_ARTICLES: usize = 10;

/// All hits of a query.
pub(super) struct Candidates<'a> {
    segments: Vec<SegmentHits<'a>>,
}

impl<'a> Candidates<'a> {
    /// Those of all segments.
    pub(super) fn new(segments: Vec<SegmentHits<'a>>) -> Candidates<'a> {
        Candidates { segments }
    }

    /// How many results there are.
    pub(super) fn total(&self, grouping: Grouping) -> usize {
        let in_segment = |it: &SegmentHits<'_>| match (grouping, &it.passages) {
            (Grouping::Article, _) => it.articles.documents.len(),
            (Grouping::Passage, Passages::Scored(hits)) => hits.documents.len(),
            (Grouping::Passage, Passages::WithOnly { n, .. }) => *n,
        };
        self.segments.iter().map(in_segment).sum()
    }

    /// The `n` best results and those as good as the last of them, in no order.
    pub(super) fn best(&self, n: usize, grouping: Grouping) -> Vec<Candidate> {
        let scale_min = self.nth_best_article(SCALE_ARTICLES);
        // The `n` best articles have `n` results or more. What is worse than the last of these is
        // not among the best.
        let article_min = if n <= SCALE_ARTICLES { scale_min } else { self.nth_best_article(n) };
        let mut found = self.hits(article_min..f32::INFINITY, |_| true);
        let scale = Scale::of_best(&found, scale_min);
        scale.score_all(&mut found);
        keep_results(&mut found, grouping);
        let score_min = nth_best_score(&found, n);
        let mut others = self.hits(scale.article_min(score_min)..article_min, |it| {
            it.score = scale.score(it);
            it.score >= score_min
        });
        keep_results(&mut others, grouping);
        found.append(&mut others);
        let score_min = nth_best_score(&found, n);
        found.retain(|it| it.score >= score_min);
        found
    }

    /// The score of the `n`th best article; less than all if there are fewer.
    fn nth_best_article(&self, n: usize) -> f32 {
        let chunks = self.segments.iter().flat_map(|it| &it.chunk_max);
        let min = nth_largest(chunks.copied().collect(), n);
        let segments = self.segments.iter();
        let good = segments.flat_map(|it| it.with_score(min..f32::INFINITY).map(|at| it.articles.scores[at]));
        nth_largest(good.collect(), n)
    }

    /// All hits in the articles of some, without scores.
    pub(super) fn hits_in(&self, results: &[Candidate]) -> Vec<Candidate> {
        let mut in_order: Vec<&Candidate> = results.iter().collect();
        in_order.sort_unstable_by_key(|it| (it.segment, it.start));
        let mut found = Vec::new();
        for in_segment in &self.segments {
            let mut reader = in_segment.reader();
            for result in in_order.iter().filter(|it| it.segment == in_segment.segment) {
                let at = in_segment.articles.documents.partition_point(|it| *it < result.start);
                reader.read(at, |it| found.push(it));
            }
        }
        found
    }

    /// The hits in articles with such scores, those that are to be kept.
    fn hits(&self, scores: Range<f32>, keep: impl Fn(&mut Candidate) -> bool) -> Vec<Candidate> {
        let mut found = Vec::new();
        for in_segment in &self.segments {
            let mut articles = in_segment.with_score(scores.clone()).peekable();
            if articles.peek().is_some() {
                let mut reader = in_segment.reader();
                articles.for_each(|it| {
                    reader.read(it, |mut hit| {
                        if keep(&mut hit) {
                            found.push(hit);
                        }
                    });
                });
            }
        }
        found
    }
}

/// Ascending documents and the score of each.
#[derive(Default)]
pub(super) struct Scored {
    pub(super) documents: Vec<DocId>,
    pub(super) scores: Vec<f32>,
}

/// Articles per chunk. A chunk whose best score is too low is skipped. What this saves was measured
/// together with `scorer::with_only`: see there.
const CHUNK: usize = 16;

/// The hits of one segment.
pub(super) struct SegmentHits<'a> {
    segment: SegmentOrdinal,
    /// The articles that have hits, by their own documents.
    articles: Scored,
    /// The largest score in each [`CHUNK`] articles.
    chunk_max: Vec<f32>,
    passages: Passages<'a>,
}

/// The passages of a segment that are hits.
pub(super) enum Passages<'a> {
    /// These.
    Scored(Scored),
    /// All that have the only piece of evidence. They are scored when they are read: of a common
    /// word those of some 200 articles.
    WithOnly {
        /// How many there are, without deleted ones.
        n: usize,
        /// Where it occurs, none passed.
        occurrences: Occurrences,
        weight: f32,
        text: ScoredField<'a>,
        alive: Option<&'a AliveBitSet>,
    },
}

impl<'a> SegmentHits<'a> {
    pub(super) fn new(segment: SegmentOrdinal, articles: Scored, passages: Passages<'a>) -> SegmentHits<'a> {
        let chunk_max = articles.scores.chunks(CHUNK).map(largest).collect();
        SegmentHits { segment, articles, chunk_max, passages }
    }

    /// The places of articles with such scores.
    fn with_score(&self, wanted: Range<f32>) -> impl Iterator<Item = usize> {
        let (min, scores) = (wanted.start, &self.articles.scores);
        let chunks = self.chunk_max.iter().enumerate().filter(move |it| *it.1 >= min).map(|it| it.0 * CHUNK);
        let places = chunks.flat_map(|it| it..scores.len().min(it + CHUNK));
        places.filter(move |it| wanted.contains(&scores[*it]))
    }

    fn reader(&self) -> HitReader<'_> {
        let occurrences = match &self.passages {
            Passages::Scored(_) => Occurrences::listed(Vec::new()),
            Passages::WithOnly { occurrences, .. } => occurrences.clone(),
        };
        HitReader { of: self, occurrences, at: 0 }
    }
}

/// Reads the hits of articles in ascending order.
struct HitReader<'a> {
    of: &'a SegmentHits<'a>,
    occurrences: Occurrences,
    /// How many of the scored hits were read.
    at: usize,
}

impl HitReader<'_> {
    /// Calls `f` with each hit in the article at a place in the list of articles.
    #[inline]
    fn read(&mut self, at: usize, mut f: impl FnMut(Candidate)) {
        stop::look();
        let SegmentHits { segment, articles, passages, .. } = self.of;
        let (start, article) = (articles.documents[at], articles.scores[at]);
        let next = articles.documents.get(at + 1).copied().unwrap_or(TERMINATED);
        let mut hit = |document, passage| {
            f(Candidate { segment: *segment, document, start, article, passage, score: 0.0 });
        };
        match passages {
            Passages::Scored(Scored { documents, scores }) => {
                self.at += n_before(&documents[self.at..], start);
                while let Some(document) = documents.get(self.at).filter(|it| **it < next) {
                    hit(*document, scores[self.at]);
                    self.at += 1;
                }
            }
            Passages::WithOnly { weight, text, alive, .. } => {
                // Deleted articles may lie before the next.
                self.occurrences.for_each_within(start, next, |document, n| {
                    if alive.is_none_or(|it| it.is_alive(document)) {
                        hit(document, text.score(*weight, n, document));
                    }
                });
            }
        }
    }
}

/// Keeps of hits in their order those that are results: of an article perhaps only the best, of
/// equal ones the first.
fn keep_results(hits: &mut Vec<Candidate>, grouping: Grouping) {
    if grouping == Grouping::Article {
        hits.dedup_by(|later, kept| {
            let same = (later.segment, later.start) == (kept.segment, kept.start);
            if same && later.passage > kept.passage {
                *kept = *later;
            }
            same
        });
    }
}

/// The number of ascending documents before `target`: it is mostly near, so the steps grow.
fn n_before(documents: &[DocId], target: DocId) -> usize {
    let mut step = 1;
    while documents.get(step).is_some_and(|it| *it < target) {
        step *= 2;
    }
    let from = step / 2;
    let until = documents.len().min(step + 1);
    from + documents[from..until].partition_point(|it| *it < target)
}

/// The largest of scores, which are not negative; 0 if there are none. Eight are compared at once.
fn largest(scores: &[f32]) -> f32 {
    const LANES: usize = 8;
    let larger = |one: f32, other: f32| if other > one { other } else { one };
    let chunks = scores.chunks_exact(LANES);
    let rest = chunks.remainder().iter().copied();
    let lanes = chunks.fold([0.0; LANES], |mut largest: [f32; LANES], chunk| {
        largest.iter_mut().zip(chunk).for_each(|(one, other)| *one = larger(*one, *other));
        largest
    });
    lanes.into_iter().chain(rest).fold(0.0, larger)
}

fn nth_best_score(candidates: &[Candidate], n: usize) -> f32 {
    nth_largest(candidates.iter().map(|it| it.score).collect(), n)
}

/// The `n`th largest of some scores; less than all of them if there are fewer.
fn nth_largest(mut scores: Vec<f32>, n: usize) -> f32 {
    match n.checked_sub(1) {
        None => f32::INFINITY,
        Some(last) if last < scores.len() => *scores.select_nth_unstable_by(last, |a, b| b.total_cmp(a)).1,
        Some(_) => f32::NEG_INFINITY,
    }
}

#[cfg(test)]
mod tests {
    use super::{super::bm25::Bm25s, *};

    /// A word in eighty articles of five passages, its passages scored or not.
    fn segment(bm25: &Bm25s, scored: bool) -> SegmentHits<'_> {
        let passages = (0..480).filter(|it| it % 6 > 0 && (it % 7 == 0 || it % 11 < 3));
        let counts: Vec<(DocId, u32)> = passages.map(|it| (it, it % 5 + 1)).collect();
        let text = ScoredField { bm25: bm25.of(true), lengths: None };
        let documents: Vec<DocId> = counts.iter().map(|it| it.0).collect();
        let mut articles =
            Scored { documents: documents.iter().map(|it| it / 6 * 6).collect(), ..Scored::default() };
        articles.documents.dedup();
        articles.scores = articles.documents.iter().map(|it| (it * 37 % 101) as f32 / 10.0).collect();
        let scores = counts.iter().map(|it| text.score(2.5, it.1, it.0)).collect();
        let (n, occurrences) = (counts.len(), Occurrences::listed(counts));
        let passages = if scored {
            Passages::Scored(Scored { documents, scores })
        } else {
            Passages::WithOnly { n, occurrences, weight: 2.5, text, alive: None }
        };
        SegmentHits::new(0, articles, passages)
    }

    #[test]
    fn the_best_are_those_of_all_hits() {
        let bm25 = Bm25s::new(10.0);
        for scored in [true, false] {
            let candidates = Candidates::new(vec![segment(&bm25, scored)]);
            let mut all = candidates.hits(f32::NEG_INFINITY..f32::INFINITY, |_| true);
            assert!(all.len() > 90 && all.iter().any(|it| it.passage > 0.0));
            let articles = candidates.segments[0].articles.scores.clone();
            Scale::of_best(&all, nth_largest(articles, SCALE_ARTICLES)).score_all(&mut all);
            for n in [0, 1, 5, 10, 11, 30, 1000] {
                let score_min = nth_best_score(&all, n);
                let mut expected: Vec<(DocId, f32)> = all.iter().map(|it| (it.document, it.score)).collect();
                expected.retain(|it| it.1 >= score_min);
                let best = candidates.best(n, Grouping::Passage);
                let mut found: Vec<(DocId, f32)> = best.iter().map(|it| (it.document, it.score)).collect();
                found.sort_unstable_by_key(|it| it.0);
                assert_eq!(found, expected, "{n}");
            }
        }
    }
}
