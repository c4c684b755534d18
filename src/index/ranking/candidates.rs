//! The hits of a query, by article, and the best of them.
//!
//! Every hit is kept, since the best value there is gives all others their scale; but only articles that can be among the best
//! are looked at hit by hit.

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

    /// The score of a hit: its parts as shares of the best there are.
    pub(super) fn score(self, article: f32, passage: f32) -> f32 {
        let share = |value: f32, best: f32| if best > 0.0 { value / best } else { 0.0 };
        ARTICLE_SHARE * share(article, self.article) + (1.0 - ARTICLE_SHARE) * share(passage, self.passage)
    }
}

/// All hits: added article by article, in the order of documents.
#[derive(Default)]
pub(super) struct Candidates {
    articles: Vec<ArticleHits>,
    /// Documents with what they are worth.
    passages: Vec<(DocId, f32)>,
    /// The best passage of the article begun last.
    best: f32,
}

/// The hits of one article: a run of the passages.
struct ArticleHits {
    segment: SegmentOrdinal,
    start: DocId,
    worth: f32,
    /// The best of its passages; known when the next article begins.
    best: f32,
    /// Where the run begins; it ends where the next one's begins.
    from: usize,
}

impl Candidates {
    /// Begins an article.
    pub(super) fn article(&mut self, segment: SegmentOrdinal, start: DocId, worth: f32) {
        self.end_article();
        self.articles.push(ArticleHits { segment, start, worth, best: 0.0, from: self.passages.len() });
    }

    /// Ends the article begun last.
    pub(super) fn end_article(&mut self) {
        if let Some(last) = self.articles.last_mut() {
            last.best = self.best;
        }
        self.best = 0.0;
    }

    /// Adds a hit to the article begun last.
    #[inline]
    pub(super) fn passage(&mut self, document: DocId, worth: f32) {
        self.passages.push((document, worth));
        if worth > self.best {
            self.best = worth;
        }
    }

    /// Makes room for so many more hits.
    pub(super) fn expect(&mut self, n: usize) {
        self.passages.reserve(n);
    }

    /// How many results there are.
    pub(super) fn total(&self, grouping: Grouping) -> usize {
        match grouping {
            Grouping::Passage => self.passages.len(),
            Grouping::Article => self.articles.len(),
        }
    }

    /// The `n` best results and those as good as the last of them, in no order.
    pub(super) fn best(&self, n: usize, grouping: Grouping) -> Vec<Candidate> {
        let of_articles = |of: fn(&ArticleHits) -> f32| self.articles.iter().map(of).fold(0.0, f32::max);
        let best = Best { article: of_articles(|it| it.worth), passage: of_articles(|it| it.best) };
        // As many results as articles are at least as good as this: no hit of a worse article is among them.
        let scores: Vec<f32> = self.articles.iter().map(|it| best.score(it.worth, it.best)).collect();
        let enough = nth_best(scores.clone(), n);
        let mut found = Vec::new();
        for (at, article) in self.articles.iter().enumerate().filter(|it| scores[it.0] >= enough) {
            let candidate = |&(document, passage): &(DocId, f32)| Candidate {
                segment: article.segment,
                document,
                start: article.start,
                article: article.worth,
                passage,
                score: best.score(article.worth, passage),
            };
            let mut hits = self.hits(at).iter().map(candidate);
            match grouping {
                Grouping::Passage => found.extend(hits.filter(|it| it.score >= enough)),
                Grouping::Article => found.extend(hits.find(|it| it.passage == article.best)),
            }
        }
        let enough = nth_best(found.iter().map(|it| it.score).collect(), n);
        found.retain(|it| it.score >= enough);
        found
    }

    fn hits(&self, article: usize) -> &[(DocId, f32)] {
        let end = self.articles.get(article + 1).map_or(self.passages.len(), |it| it.from);
        &self.passages[self.articles[article].from..end]
    }
}

/// The `n`th largest of the scores; below all of them when there are fewer.
fn nth_best(mut scores: Vec<f32>, n: usize) -> f32 {
    let descending = |a: &f32, b: &f32| b.total_cmp(a);
    match n.checked_sub(1) {
        Some(last) if last < scores.len() => *scores.select_nth_unstable_by(last, descending).1,
        Some(_) => f32::NEG_INFINITY,
        None => f32::INFINITY,
    }
}
