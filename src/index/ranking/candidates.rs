//! The hits of a query, by article, and the best of them.
//!
//! Every hit is kept, since the best value there is gives all others their scale; but an article is looked at hit by hit only
//! when its best hit can be among the best there are.

use tantivy::{DocAddress, DocId, SegmentOrdinal};

use super::{super::Grouping, ARTICLE_SHARE};

/// A hit with what it is ranked by.
#[derive(Clone, Copy, Debug)]
pub(super) struct Candidate {
    pub(super) segment: SegmentOrdinal,
    /// The passage.
    pub(super) document: DocId,
    /// The article's own document.
    pub(super) start: DocId,
    /// What the article is worth.
    pub(super) article: f32,
    /// What the passage is worth.
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

/// What the best article and the best passage are worth.
#[derive(Clone, Copy, Default)]
pub(super) struct Best {
    article: f32,
    passage: f32,
}

impl Best {
    /// The best of some candidates.
    pub(super) fn of(candidates: &[Candidate]) -> Best {
        let best = |of: fn(&Candidate) -> f32| candidates.iter().map(of).fold(0.0, f32::max);
        Best { article: best(|it| it.article), passage: best(|it| it.passage) }
    }

    /// What an article is worth at least, and a little less, in which a hit has such a score.
    fn worth_at_least(self, score: f32) -> f32 {
        // The sums of `score` are rounded.
        const ROUNDING: f32 = 1e-5;
        if self.article <= 0.0 {
            return f32::NEG_INFINITY;
        }
        self.article * ((score - (1.0 - ARTICLE_SHARE)) / ARTICLE_SHARE - ROUNDING)
    }

    /// The score of a hit: its parts as shares of the best there are.
    pub(super) fn score(self, article: f32, passage: f32) -> f32 {
        let share = |value: f32, best: f32| if best > 0.0 { value / best } else { 0.0 };
        ARTICLE_SHARE * share(article, self.article) + (1.0 - ARTICLE_SHARE) * share(passage, self.passage)
    }
}

/// All hits and all articles that have them, each in the order of documents.
#[derive(Default)]
pub(super) struct Candidates {
    segments: Vec<OfSegment>,
    best: Best,
}

/// The hits of one segment.
pub(super) struct OfSegment {
    segment: SegmentOrdinal,
    /// The own documents of articles that have hits.
    pub(super) articles: Worths,
    /// The passages.
    pub(super) passages: Worths,
}

impl OfSegment {
    /// None yet.
    pub(super) fn new(segment: SegmentOrdinal) -> OfSegment {
        OfSegment { segment, articles: Worths::default(), passages: Worths::default() }
    }
}

/// Ascending documents and what each is worth: side by side, so that many are worked out at once.
#[derive(Default)]
pub(super) struct Worths {
    documents: Vec<DocId>,
    worths: Vec<f32>,
}

impl Worths {
    /// Adds a document.
    #[inline]
    pub(super) fn push(&mut self, document: DocId, worth: f32) {
        self.documents.push(document);
        self.worths.push(worth);
    }

    /// Adds some documents, each with what it is worth.
    #[inline]
    pub(super) fn extend(&mut self, documents: &[DocId], worths: impl Iterator<Item = f32>) {
        self.documents.extend_from_slice(documents);
        self.worths.extend(worths);
    }

    /// Makes room for so many more.
    pub(super) fn reserve(&mut self, n: usize) {
        self.documents.reserve(n);
        self.worths.reserve(n);
    }
}

impl Candidates {
    /// Adds a segment.
    pub(super) fn add(&mut self, segment: OfSegment) {
        self.best.article = self.best.article.max(greatest(&segment.articles.worths));
        self.best.passage = self.best.passage.max(greatest(&segment.passages.worths));
        self.segments.push(segment);
    }

    /// How many results there are.
    pub(super) fn total(&self, grouping: Grouping) -> usize {
        let of_segment = |it: &OfSegment| match grouping {
            Grouping::Passage => it.passages.documents.len(),
            Grouping::Article => it.articles.documents.len(),
        };
        self.segments.iter().map(of_segment).sum()
    }

    /// The `n` best results and those as good as the last of them, in no order.
    pub(super) fn best(&self, n: usize, grouping: Grouping) -> Vec<Candidate> {
        // The articles worth most have `n` results at least, so what is not as good as the last of these is not among the best.
        let worth_most = nth_best(self.segments.iter().flat_map(|it| it.articles.worths.chunks(CHUNK)), n);
        let first = self.results(grouping, f32::NEG_INFINITY, worth_most);
        let enough = nth_best_score(&first, n);
        let mut found = self.results(grouping, enough, self.best.worth_at_least(enough));
        let enough = nth_best_score(&found, n);
        found.retain(|it| it.score >= enough);
        found
    }

    /// All hits in the articles of some.
    pub(super) fn hits_in(&self, results: &[Candidate]) -> Vec<Candidate> {
        let mut found = Vec::new();
        for result in results {
            let of_segment = self.segments.iter().filter(|it| it.segment == result.segment);
            for OfSegment { articles, passages, .. } in of_segment {
                let next = articles.documents.partition_point(|it| *it <= result.start);
                let end = articles.documents.get(next).copied().unwrap_or(DocId::MAX);
                let from = passages.documents.partition_point(|it| *it < result.start);
                let hits = passages.documents[from..].iter().zip(&passages.worths[from..]);
                found.extend(hits.take_while(|it| *it.0 < end).map(|(document, passage)| Candidate {
                    document: *document,
                    passage: *passage,
                    score: self.best.score(result.article, *passage),
                    ..*result
                }));
            }
        }
        found
    }

    /// The results with such a score at least in the articles that are worth so much.
    fn results(&self, grouping: Grouping, enough: f32, worth: f32) -> Vec<Candidate> {
        let mut found = Vec::new();
        for OfSegment { segment, articles, passages } in &self.segments {
            let mut from = 0;
            let chunks = (0..).step_by(CHUNK).zip(articles.worths.chunks(CHUNK));
            let chunks = chunks.filter(|it| greatest(it.1) >= worth);
            let all = chunks.flat_map(|(first, chunk)| (first..).zip(chunk.iter().copied()));
            for (at, article) in all.filter(|it| it.1 >= worth) {
                let start = articles.documents[at];
                let end = articles.documents.get(at + 1).copied().unwrap_or(DocId::MAX);
                from += n_before(&passages.documents[from..], start);
                let hits = (from..).map_while(|it| {
                    let document = passages.documents.get(it).copied().filter(|it| *it < end)?;
                    let passage = passages.worths[it];
                    let score = self.best.score(article, passage);
                    Some(Candidate { segment: *segment, document, start, article, passage, score })
                });
                let good = |it: &Candidate| it.score >= enough;
                match grouping {
                    Grouping::Passage => found.extend(hits.filter(good)),
                    // Of equal passages the first.
                    Grouping::Article => {
                        let best = hits.reduce(|best, it| if it.passage > best.passage { it } else { best });
                        found.extend(best.filter(good));
                    }
                }
            }
        }
        found
    }
}

/// How many of the ascending documents come before `target`: looked for in steps that grow, for it is mostly near.
fn n_before(documents: &[DocId], target: DocId) -> usize {
    let mut step = 1;
    while documents.get(step).is_some_and(|it| *it < target) {
        step *= 2;
    }
    let from = step / 2;
    let until = documents.len().min(step + 1);
    from + documents[from..until].partition_point(|it| *it < target)
}

/// So many worths are looked at as one: where the greatest of them is not enough, none is.
const CHUNK: usize = 16;

/// The greatest of what is worth 0 at least; 0 when there is nothing.
fn greatest(worths: &[f32]) -> f32 {
    const LANES: usize = 8;
    let greater = |one: f32, other: f32| if other > one { other } else { one };
    let chunks = worths.chunks_exact(LANES);
    let rest = chunks.remainder().iter().copied();
    let lanes = chunks.fold([0.0; LANES], |mut greatest: [f32; LANES], chunk| {
        greatest.iter_mut().zip(chunk).for_each(|(one, other)| *one = greater(*one, *other));
        greatest
    });
    lanes.into_iter().chain(rest).fold(0.0, greater)
}

/// The `n`th largest score.
fn nth_best_score(candidates: &[Candidate], n: usize) -> f32 {
    let scores: Vec<f32> = candidates.iter().map(|it| it.score).collect();
    nth_best(scores.chunks(CHUNK), n)
}

/// The `n`th largest of what is worth 0 at least; below all of them when there are fewer.
fn nth_best<'a>(chunks: impl Iterator<Item = &'a [f32]>, n: usize) -> f32 {
    let descending = |a: &f32, b: &f32| b.total_cmp(a);
    let Some(last) = n.checked_sub(1) else { return f32::INFINITY };
    // Most are not as good as `n` that came before.
    let mut enough = f32::NEG_INFINITY;
    let room = n.saturating_mul(2).max(64);
    let mut best = Vec::new();
    for chunk in chunks.filter(|it| !it.is_empty()) {
        if greatest(chunk) <= enough {
            continue;
        }
        for worth in chunk.iter().copied() {
            if worth > enough {
                best.push(worth);
                if best.len() == room {
                    enough = *best.select_nth_unstable_by(last, descending).1;
                    best.truncate(n);
                }
            }
        }
    }
    if last < best.len() { *best.select_nth_unstable_by(last, descending).1 } else { f32::NEG_INFINITY }
}
