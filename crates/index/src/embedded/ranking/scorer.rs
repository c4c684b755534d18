//! Finds the hits of a query and scores the articles that have them, term after term.

use tantivy::{
    DocId, SegmentOrdinal, SegmentReader,
    query::{EnableScoring, Query as _, Weight},
};

use morgue_core::system::stop;
use morgue_query::{CheckedQuery, Clause, TextPattern, WordPattern};

use crate::ranking::LettersCap;

use super::{
    super::{
        Snapshot,
        cost::Found,
        failure::Result,
        proximity::ProximityQuery,
        schema::Unit,
        segment::is_live,
        translate::{Translation, all_stems},
    },
    Evidence, Ranking,
    articles::{ArticleOf, Articles},
    bm25::{Bm25, idf},
    candidates::{Candidates, Passages, Scored, SegmentHits},
    occurrences::{Occurrences, ScoredField},
};

/// A ranking for one archive: its evidence looked up in the index, with its weights there.
pub(super) struct Scorer<'a> {
    pub(super) snapshot: &'a Snapshot,
    pub(super) translation: Translation<'a>,
    ranking: &'a Ranking,
    articles: &'a Articles,
    /// By segment, then by evidence.
    occurrences: Vec<Vec<EvidenceOccurrences>>,
    /// By evidence.
    pub(super) weights: Vec<EvidenceWeight>,
    pub(super) article_bm25: &'a Bm25,
    pub(super) passage_bm25: &'a Bm25,
}

/// Where a piece of evidence occurs in a segment.
struct EvidenceOccurrences {
    articles: Occurrences,
    passages: Occurrences,
}

/// The weight of a piece of evidence in the ranking, times its idf among articles or among
/// passages.
#[derive(Clone, Copy)]
pub(super) struct EvidenceWeight {
    pub(super) article: f32,
    pub(super) passage: f32,
}

impl<'a> Scorer<'a> {
    pub(super) fn new(snapshot: &'a Snapshot, ranking: &'a Ranking) -> Result<Scorer<'a>> {
        let articles = snapshot.articles_of_segments()?;
        let translation = snapshot.translation(Unit::Passage)?;
        let patterns = ranking.evidence.iter().map(|it| LookedUp::new(&translation, &it.pattern));
        let patterns = patterns.collect::<Result<Vec<_>>>()?;
        let mut occurrences = Vec::new();
        let mut doc_freqs = vec![(0, 0); ranking.evidence.len()];
        let segments = snapshot.searcher.segment_readers().iter().zip(&articles.starts);
        for (ordinal, (segment, starts)) in segments.enumerate() {
            let mut in_segment = Vec::new();
            for (pattern, doc_freqs) in patterns.iter().zip(&mut doc_freqs) {
                in_segment.push(pattern.within(&translation, (ordinal, segment), starts, doc_freqs)?);
            }
            occurrences.push(in_segment);
        }
        let of_articles: Vec<f32> = doc_freqs.iter().map(|it| idf(articles.n, it.0)).collect();
        let of_passages: Vec<f32> = doc_freqs.iter().map(|it| idf(articles.n_passages, it.1)).collect();
        let weights = weights(&ranking.evidence, &of_articles).zip(weights(&ranking.evidence, &of_passages));
        let weights = weights.map(|(article, passage)| EvidenceWeight { article, passage }).collect();
        Ok(Scorer {
            snapshot,
            translation,
            ranking,
            articles,
            occurrences,
            weights,
            article_bm25: articles.bm25.of(ranking.brief),
            passage_bm25: articles.bm25_of_passages.of(ranking.brief),
        })
    }

    /// All hits of the query. To be called once: it takes the occurrences.
    pub(super) fn candidates(&mut self, query: &CheckedQuery) -> Result<Candidates<'a>> {
        let weight = if self.finds_any_evidence(&query.root) {
            None
        } else {
            let query = self.translation.passages(query)?;
            Some(query.weight(EnableScoring::disabled_from_searcher(&self.snapshot.searcher))?)
        };
        let occurrences = std::mem::take(&mut self.occurrences);
        let segments = (0..).zip(occurrences);
        let hits = segments.map(|(ordinal, it)| self.hits_in_segment(ordinal, it, weight.as_deref()));
        Ok(Candidates::new(hits.collect::<Result<_>>()?))
    }

    /// The hits in a segment: those that `query` finds, or all passages with any of the evidence.
    fn hits_in_segment(
        &self,
        ordinal: SegmentOrdinal,
        occurrences: Vec<EvidenceOccurrences>,
        query: Option<&dyn Weight>,
    ) -> Result<SegmentHits<'a>> {
        let snapshot = self.snapshot;
        let fields = snapshot.fields();
        let segment = snapshot.searcher.segment_reader(ordinal);
        let lengths = segment.fieldnorms_readers();
        let whole = ScoredField { bm25: self.article_bm25, lengths: lengths.get_field(fields.whole)? };
        let text = ScoredField { bm25: self.passage_bm25, lengths: lengths.get_field(fields.text)? };
        let (in_articles, in_passages): (Vec<Occurrences>, Vec<Occurrences>) =
            occurrences.into_iter().map(|it| (it.articles, it.passages)).unzip();
        if query.is_none()
            && let ([of_articles], [of_passages], [weight]) = (&*in_articles, &*in_passages, &*self.weights)
        {
            let articles = with_only(of_articles, weight.article, &whole, segment);
            let (n, occurrences) = (of_passages.n_live(segment) as usize, of_passages.clone());
            let (weight, alive) = (weight.passage, segment.alive_bitset());
            let passages = Passages::WithOnly { n, occurrences, weight, text, alive };
            return Ok(SegmentHits::new(ordinal, articles, passages));
        }
        let weights = |of: fn(&EvidenceWeight) -> f32| self.weights.iter().map(of);
        let article_scores = scores(&in_articles, weights(|it| it.article), &whole, segment);
        let passage_scores = scores(&in_passages, weights(|it| it.passage), &text, segment);
        let mut passages = Vec::new();
        match query {
            Some(query) => {
                query.for_each_no_score(segment, &mut |found| {
                    stop::look();
                    passages.extend_from_slice(found);
                })?;
            }
            None => passages.extend((0..).zip(&passage_scores).filter(|it| *it.1 > 0.0).map(|it| it.0)),
        }
        passages.retain(|it| is_live(segment, *it));
        let mut article_of = ArticleOf::new(self.starts(ordinal));
        let mut articles: Vec<DocId> = passages.iter().map(|it| article_of.start(*it)).collect();
        articles.dedup();
        let scored = |documents: Vec<DocId>, scores: &[f32]| Scored {
            scores: documents.iter().map(|it| scores[*it as usize]).collect(),
            documents,
        };
        let passages = Passages::Scored(scored(passages, &passage_scores));
        Ok(SegmentHits::new(ordinal, scored(articles, &article_scores), passages))
    }

    /// Whether the query finds just the passages with any of the evidence.
    fn finds_any_evidence(&self, root: &Clause) -> bool {
        let clauses = match root {
            Clause::Or(any) => any.as_slice(),
            other => std::slice::from_ref(other),
        };
        let finds = |sought: &TextPattern| {
            clauses.iter().any(|it| matches!(it, Clause::Text(pattern) if pattern == sought))
        };
        let evidence = &self.ranking.evidence;
        !evidence.is_empty()
            && clauses.len() == evidence.len()
            && clauses.iter().all(|it| matches!(it, Clause::Text(_)))
            && evidence.iter().all(|it| finds(&it.pattern))
    }

    /// The documents of articles in a segment.
    pub(super) fn starts(&self, segment: SegmentOrdinal) -> &'a [DocId] {
        &self.articles.starts[segment as usize]
    }
}

/// The weights of evidence times their idf; that of a word of single letters is capped by those of
/// the others.
fn weights<'w>(evidence: &'w [Evidence], idf: &'w [f32]) -> impl Iterator<Item = f32> + 'w {
    let others = || evidence.iter().zip(idf).filter(|it| it.0.letters_cap().is_none()).map(|it| *it.1);
    let (lightest, weightiest) = (others().reduce(f32::min), others().reduce(f32::max));
    evidence.iter().zip(idf).map(move |(evidence, idf)| {
        let cap = match evidence.letters_cap() {
            Some(LettersCap::HalfOfLightest) => lightest.map(|it| it / 2.0),
            Some(LettersCap::Weightiest) => weightiest,
            None => None,
        };
        evidence.weight * cap.map_or(*idf, |it| it.min(*idf))
    })
}

/// Scores all documents of a segment. Each piece of evidence adds to the scores of the documents
/// that have it, which takes as long as its postings are; to ask each document for each piece would
/// take their product.
fn scores(
    evidence: &[Occurrences],
    weights: impl Iterator<Item = f32>,
    field: &ScoredField<'_>,
    segment: &SegmentReader,
) -> Vec<f32> {
    let mut scores = vec![0.0; segment.max_doc() as usize];
    for (occurrences, weight) in evidence.iter().zip(weights) {
        occurrences.for_each(|document, n| scores[document as usize] += field.score(weight, n, document));
    }
    scores
}

/// Scores the articles with the only piece of evidence: they are its postings, in blocks.
///
/// Without this and the chunks of `candidates`, `cargo bench --bench beside` took 1.35 times as
/// long for a rare word, 1.65 for a common word, 1.1 for a phrase, and 1.4 for a hundred words in
/// turn.
fn with_only(
    evidence: &Occurrences,
    weight: f32,
    whole: &ScoredField<'_>,
    segment: &SegmentReader,
) -> Scored {
    let mut scored = Scored::default();
    scored.documents.reserve(evidence.n_max());
    scored.scores.reserve(evidence.n_max());
    evidence.for_each_block(|documents, counts| {
        scored.documents.extend_from_slice(documents);
        whole.score_block(weight, documents, counts, &mut scored.scores);
    });
    if segment.alive_bitset().is_some() {
        let mut live = scored.documents.iter().map(|it| is_live(segment, *it));
        scored.scores.retain(|_| live.next().unwrap_or(false));
        scored.documents.retain(|it| is_live(segment, *it));
    }
    scored
}

/// A pattern as the index has it, looked up once for all segments.
enum LookedUp {
    /// A word by its terms in passages, and those in whole articles if these have all of them.
    Word {
        text: Found,
        whole: Option<Found>,
    },
    Near(ProximityQuery),
}

impl LookedUp {
    fn new(translation: &Translation<'_>, pattern: &TextPattern) -> Result<LookedUp> {
        let fields = translation.fields();
        let word = match pattern {
            TextPattern::Word(word) if word.parts().1.is_none() => word,
            _ => return Ok(LookedUp::Near(translation.near(fields.text, pattern)?)),
        };
        let text = translation.found(fields.text, word)?;
        let by_stem = matches!(word, WordPattern::Stem { .. }) && all_stems(&text.terms);
        let whole = by_stem.then(|| translation.found(fields.whole, word)).transpose()?;
        Ok(LookedUp::Word { text, whole })
    }

    /// Where it occurs in a segment whose articles begin at `starts`. Adds to the numbers of
    /// articles and of passages that have it.
    fn within(
        &self,
        translation: &Translation<'_>,
        (ordinal, segment): (usize, &SegmentReader),
        starts: &[DocId],
        (n_articles, n_passages): &mut (u64, u64),
    ) -> Result<EvidenceOccurrences> {
        let fields = translation.fields();
        let of_word = |field, word: &Found| {
            Occurrences::of_word(&*segment.inverted_index(field)?, word, (ordinal, segment))
        };
        let of_list = |occurrences: Occurrences| {
            let n = occurrences.n_live(segment);
            (occurrences, n)
        };
        let (passages, n) = match self {
            LookedUp::Near(near) => {
                of_list(Occurrences::listed(near.occurrences(translation.searcher(), segment)?))
            }
            LookedUp::Word { text, .. } => of_word(fields.text, text)?,
        };
        *n_passages += n;
        let (articles, n) = match self {
            LookedUp::Word { whole: Some(whole), .. } => of_word(fields.whole, whole)?,
            _ => of_list(passages.by_article(starts)),
        };
        *n_articles += n;
        Ok(EvidenceOccurrences { articles, passages })
    }
}
