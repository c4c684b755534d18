//! The hits of a query, by article, and the best of them.
//!
//! What articles are worth is known of all of them. The passages of an article are looked at only when one can be among the best
//! there are, and where the query is but a word, only then it is worked out what they are worth.

use std::ops::Range;

use tantivy::{DocAddress, DocId, SegmentOrdinal, TERMINATED, fastfield::AliveBitSet};

use morgue_query::Grouping;

use super::{
    ARTICLE_SHARE,
    occurrences::{Occurrences, Texts},
};

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

/// The scale of scores: what the best article is worth, and the best passage of the best articles.
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

    /// That of candidates in the best articles, passages by those in the articles that are worth so much.
    fn of_best(candidates: &[Candidate], worth: f32) -> Scale {
        let best = |of: fn(&Candidate) -> f32, worth| {
            candidates.iter().filter(|it| it.article >= worth).map(of).fold(0.0, f32::max)
        };
        Scale { article: best(|it| it.article, f32::NEG_INFINITY), passage: best(|it| it.passage, worth) }
    }

    /// Gives all their scores.
    pub(super) fn score_all(self, candidates: &mut [Candidate]) {
        candidates.iter_mut().for_each(|it| it.score = self.score(it.article, it.passage));
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

    /// The score of a hit, from 0 to 1: its parts as shares of the best; a passage that is better than those of the best articles counts
    /// as they do.
    fn score(self, article: f32, passage: f32) -> f32 {
        let share = |value: f32, best: f32| if best > 0.0 { (value / best).min(1.0) } else { 0.0 };
        ARTICLE_SHARE * share(article, self.article) + (1.0 - ARTICLE_SHARE) * share(passage, self.passage)
    }
}

/// The best passage of so many articles, and of those as good as the last of them, is the scale of passages.
const SCALED_BY: usize = 10;

/// All hits, by the articles that have them.
pub(super) struct Candidates<'a> {
    segments: Vec<OfSegment<'a>>,
}

/// The hits of one segment.
pub(super) struct OfSegment<'a> {
    segment: SegmentOrdinal,
    /// The own documents of articles that have hits.
    articles: Worths,
    /// What the best of each [`CHUNK`] articles is worth.
    best_of_chunks: Vec<f32>,
    passages: Passages<'a>,
}

impl<'a> OfSegment<'a> {
    /// Passages and the articles they stand in.
    pub(super) fn new(segment: SegmentOrdinal, articles: Worths, passages: Passages<'a>) -> OfSegment<'a> {
        let best_of_chunks = articles.worths.chunks(CHUNK).map(greatest).collect();
        OfSegment { segment, articles, best_of_chunks, passages }
    }

    /// The places of articles that are worth so much in the list of them.
    fn articles_worth(&self, worth: Range<f32>) -> impl Iterator<Item = usize> {
        let OfSegment { articles: Worths { worths, .. }, best_of_chunks, .. } = self;
        let good = best_of_chunks.iter().enumerate().filter(move |it| *it.1 >= worth.start);
        let places = good.flat_map(|(chunk, _)| {
            let first = chunk * CHUNK;
            first..worths.len().min(first + CHUNK)
        });
        places.filter(move |it| worth.contains(&worths[*it]))
    }

    /// Calls `f` with the hits in the article at a place of the list, without scores.
    #[inline]
    fn each_hit(&self, at: usize, passages: &mut Reading<'_>, mut f: impl FnMut(Candidate)) {
        let Worths { documents, worths } = &self.articles;
        let (start, article) = (documents[at], worths[at]);
        let end = documents.get(at + 1).copied().unwrap_or(TERMINATED);
        passages.within(start, end, |document, passage| {
            f(Candidate { segment: self.segment, document, start, article, passage, score: 0.0 });
        });
    }
}

/// The passages of a segment that are hits.
pub(super) enum Passages<'a> {
    /// What each is worth.
    Weighed(Worths),
    /// All that have a word or a pattern.
    Having {
        /// Where it stands, none of them passed.
        occurrences: Occurrences,
        /// How many documents that is, without the deleted ones.
        n: usize,
        /// What it is worth by its rarity.
        value: f32,
        texts: Texts<'a>,
        alive: Option<&'a AliveBitSet>,
    },
}

impl Passages<'_> {
    fn n(&self) -> usize {
        match self {
            Passages::Weighed(worths) => worths.documents.len(),
            Passages::Having { n, .. } => *n,
        }
    }

    fn reading(&self) -> Reading<'_> {
        match self {
            Passages::Weighed(worths) => Reading::Weighed { worths, at: 0 },
            Passages::Having { occurrences, value, texts, alive, .. } => {
                Reading::Having { occurrences: occurrences.clone(), value: *value, texts, alive: *alive }
            }
        }
    }
}

/// Passages of a segment, read forward only.
enum Reading<'a> {
    Weighed { worths: &'a Worths, at: usize },
    Having { occurrences: Occurrences, value: f32, texts: &'a Texts<'a>, alive: Option<&'a AliveBitSet> },
}

impl Reading<'_> {
    /// Calls `f` with each hit behind the document of an article and before `end`, and what it is worth.
    #[inline]
    fn within(&mut self, article: DocId, end: DocId, mut f: impl FnMut(DocId, f32)) {
        match self {
            Reading::Weighed { worths, at } => {
                *at += n_before(&worths.documents[*at..], article);
                while let Some(document) = worths.documents.get(*at).filter(|it| **it < end) {
                    f(*document, worths.worths[*at]);
                    *at += 1;
                }
            }
            Reading::Having { occurrences, value, texts, alive } => {
                occurrences.pass(article);
                occurrences.for_each_before(end, |document, n| {
                    if alive.is_none_or(|it| it.is_alive(document)) {
                        f(document, texts.worth(*value, n, document));
                    }
                });
            }
        }
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

impl<'a> Candidates<'a> {
    /// Of all segments.
    pub(super) fn new(segments: Vec<OfSegment<'a>>) -> Candidates<'a> {
        Candidates { segments }
    }

    /// How many results there are.
    pub(super) fn total(&self, grouping: Grouping) -> usize {
        let of_segment = |it: &OfSegment<'_>| match grouping {
            Grouping::Passage => it.passages.n(),
            Grouping::Article => it.articles.documents.len(),
        };
        self.segments.iter().map(of_segment).sum()
    }

    /// The `n` best results and those as good as the last of them, in no order.
    pub(super) fn best(&self, n: usize, grouping: Grouping) -> Vec<Candidate> {
        // The best articles have `n` results at least, so what is not as good as the last of these is not among the best.
        let scaled_by = self.worth_of_best(SCALED_BY);
        let worth = if n <= SCALED_BY { scaled_by } else { self.worth_of_best(n) };
        let mut found = self.hits(worth..f32::INFINITY, |_| true);
        let scale = Scale::of_best(&found, scaled_by);
        scale.score_all(&mut found);
        of_grouping(&mut found, grouping);
        let enough = nth_best_score(&found, n);
        let mut others = self.hits(scale.worth_at_least(enough)..worth, |it| {
            it.score = scale.score(it.article, it.passage);
            it.score >= enough
        });
        of_grouping(&mut others, grouping);
        found.append(&mut others);
        let enough = nth_best_score(&found, n);
        found.retain(|it| it.score >= enough);
        found
    }

    /// All hits in the articles of some, without scores.
    pub(super) fn hits_in(&self, results: &[Candidate]) -> Vec<Candidate> {
        let mut in_order: Vec<&Candidate> = results.iter().collect();
        in_order.sort_unstable_by_key(|it| (it.segment, it.start));
        let mut found = Vec::new();
        for of_segment in &self.segments {
            let documents = &of_segment.articles.documents;
            let mut passages = of_segment.passages.reading();
            for result in in_order.iter().filter(|it| it.segment == of_segment.segment) {
                let at = documents.partition_point(|it| *it < result.start);
                of_segment.each_hit(at, &mut passages, |it| found.push(it));
            }
        }
        found
    }

    /// What the `n`th best article is worth; less than all when there are fewer.
    fn worth_of_best(&self, n: usize) -> f32 {
        // So many chunks have an article that is worth so much.
        let enough = nth_best(self.segments.iter().flat_map(|it| &it.best_of_chunks).copied().collect(), n);
        let articles = self
            .segments
            .iter()
            .flat_map(|it| it.articles_worth(enough..f32::INFINITY).map(|place| it.articles.worths[place]));
        nth_best(articles.collect(), n)
    }

    /// The hits in the articles that are worth so much, those that are to be kept.
    fn hits(&self, worth: Range<f32>, keep: impl Fn(&mut Candidate) -> bool) -> Vec<Candidate> {
        let mut found = Vec::new();
        for of_segment in &self.segments {
            let mut articles = of_segment.articles_worth(worth.clone()).peekable();
            if articles.peek().is_some() {
                let mut passages = of_segment.passages.reading();
                articles.for_each(|it| {
                    of_segment.each_hit(it, &mut passages, |mut hit| {
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

/// Of hits in their order those that are results: of an article perhaps only the best, of equal ones the first.
fn of_grouping(hits: &mut Vec<Candidate>, grouping: Grouping) {
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
    nth_best(candidates.iter().map(|it| it.score).collect(), n)
}

/// The `n`th largest; less than all of them when there are fewer.
fn nth_best(mut worths: Vec<f32>, n: usize) -> f32 {
    match n.checked_sub(1) {
        None => f32::INFINITY,
        Some(last) if last < worths.len() => *worths.select_nth_unstable_by(last, |a, b| b.total_cmp(a)).1,
        Some(_) => f32::NEG_INFINITY,
    }
}
