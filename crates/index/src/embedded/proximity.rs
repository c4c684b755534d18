//! A tantivy query for patterns of several words: phrases, proximity, capital letters, how often.
//!
//! Its candidates are the documents that a boolean query over the terms finds; each is checked by
//! the algebra of `query::Shape` on the positions in the postings, the same that `query::evaluate`
//! runs on the words of a passage. (tantivy's own phrase query takes one term for each word, lets
//! words change places, and must not be excluded in 0.27.)

use std::{
    cmp::Reverse,
    collections::{BTreeMap, BinaryHeap},
    fmt,
};

use tantivy::{
    DocId, DocSet, InvertedIndexReader, Score, Searcher, SegmentReader, TERMINATED, Term,
    fieldnorm::FieldNormReader,
    postings::{Postings as _, SegmentPostings},
    query::{Bm25Weight, EnableScoring, Explanation, Query, Scorer, Weight},
    schema::{Field, IndexRecordOption},
};

use super::conjunction::{self, ProximityWord, n_words};
use morgue_core::{
    analyze::{Capitals, SENTENCE_MARK},
    system::stop,
};
use morgue_query::{Letters, Positions, Shape, Stretch, WordPlaces};

/// A pattern over a field, as terms.
pub(super) struct ProximityQuery {
    /// The field.
    pub field: Field,
    /// How the words must stand.
    pub shape: Shape,
    /// The shape's words, by their numbers.
    pub words: Vec<ProximityWord>,
    /// Finds every document that the pattern can stand in.
    pub candidates: Box<dyn Query>,
    /// The terms that a match is scored by, one for each word that is sought.
    pub scored: Vec<Term>,
}

impl ProximityQuery {
    /// The documents of a segment that have the pattern, deleted ones included, with how often.
    pub(super) fn occurrences(
        &self,
        searcher: &Searcher,
        segment: &SegmentReader,
    ) -> tantivy::Result<Vec<(DocId, u32)>> {
        match conjunction::occurrences(&self.shape, &self.words, &*segment.inverted_index(self.field)?)? {
            Some(found) => Ok(found),
            None => self.occurrences_among(&*self.candidates, searcher, segment),
        }
    }

    /// The same of the documents that a query finds.
    pub(super) fn occurrences_among(
        &self,
        candidates: &dyn Query,
        searcher: &Searcher,
        segment: &SegmentReader,
    ) -> tantivy::Result<Vec<(DocId, u32)>> {
        let candidates = candidates.weight(EnableScoring::disabled_from_searcher(searcher))?;
        let mut scorer = ProximityScorer::new(self, candidates.as_ref(), segment)?;
        let mut found = Vec::new();
        while scorer.doc() != TERMINATED {
            found.push((scorer.doc(), scorer.n_matches));
            scorer.advance();
        }
        Ok(found)
    }
}

impl Clone for ProximityQuery {
    fn clone(&self) -> ProximityQuery {
        ProximityQuery {
            field: self.field,
            shape: self.shape.clone(),
            words: self.words.clone(),
            candidates: self.candidates.box_clone(),
            scored: self.scored.clone(),
        }
    }
}

impl fmt::Debug for ProximityQuery {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Near({:?} over {} words)", self.shape, self.words.len())
    }
}

impl Query for ProximityQuery {
    fn weight(&self, scoring: EnableScoring<'_>) -> tantivy::Result<Box<dyn Weight>> {
        let (bm25, searcher) = match scoring {
            EnableScoring::Enabled { statistics_provider, searcher } if !self.scored.is_empty() => {
                (Some(Bm25Weight::for_terms(statistics_provider, &self.scored)?), Some(searcher))
            }
            EnableScoring::Enabled { searcher, .. } => (None, Some(searcher)),
            EnableScoring::Disabled { searcher_opt, .. } => (None, searcher_opt),
        };
        let unscored = searcher.map_or_else(
            || EnableScoring::disabled_from_schema(scoring.schema()),
            EnableScoring::disabled_from_searcher,
        );
        Ok(Box::new(ProximityWeight {
            near: self.clone(),
            candidates: self.candidates.weight(unscored)?,
            bm25,
        }))
    }
}

struct ProximityWeight {
    near: ProximityQuery,
    candidates: Box<dyn Weight>,
    bm25: Option<Bm25Weight>,
}

impl Weight for ProximityWeight {
    fn scorer(&self, segment: &SegmentReader, boost: Score) -> tantivy::Result<Box<dyn Scorer>> {
        let mut scorer = ProximityScorer::new(&self.near, self.candidates.as_ref(), segment)?;
        scorer.bm25 = self.bm25.as_ref().map(|it| it.boost_by(boost));
        scorer.lengths = segment.fieldnorms_readers().get_field(self.near.field)?;
        Ok(Box::new(scorer))
    }

    fn explain(&self, segment: &SegmentReader, document: DocId) -> tantivy::Result<Explanation> {
        let mut scorer = self.scorer(segment, 1.0)?;
        let found = scorer.doc() <= document && scorer.seek(document) == document;
        Ok(Explanation::new("words near each other", if found { scorer.score() } else { 0.0 }))
    }
}

/// Walks over the candidates of a segment and stops at those in which the pattern stands.
struct ProximityScorer {
    candidates: Box<dyn Scorer>,
    shape: Shape,
    words: Vec<WordPositions>,
    /// Where words in capitals stand, with some capital letters and with all, when a word asks.
    capitals: Option<[TermPositions; 2]>,
    /// Where sentences begin, when the shape asks.
    sentences: Option<TermPositions>,
    /// Where each word stands and sentences begin in the candidate; used again for each.
    places: Vec<WordPlaces>,
    sentence_starts: Vec<u32>,
    /// How often the pattern stands in the document.
    n_matches: u32,
    bm25: Option<Bm25Weight>,
    lengths: Option<FieldNormReader>,
}

struct WordPositions {
    /// Of terms that stand for one word.
    alone: TermPositions,
    /// Of terms that stand for several words, by how many.
    joined: Vec<(u32, TermPositions)>,
    letters: Option<Letters>,
}

impl WordPositions {
    fn open(inverted: &InvertedIndexReader, word: &ProximityWord) -> tantivy::Result<WordPositions> {
        let mut by_length: BTreeMap<u32, Vec<Term>> = BTreeMap::new();
        for term in &word.terms {
            by_length.entry(n_words(term)).or_default().push(term.clone());
        }
        let alone = TermPositions::open(inverted, &by_length.remove(&1).unwrap_or_default())?;
        let open = |(n, terms): (u32, Vec<Term>)| Ok((n, TermPositions::open(inverted, &terms)?));
        let joined = by_length.into_iter().map(open).collect::<tantivy::Result<_>>()?;
        Ok(WordPositions { alone, joined, letters: word.letters })
    }

    /// Reads where the word stands in a document. Documents must be asked for in rising order.
    fn read(&mut self, document: DocId, capitals: &[Vec<u32>; 2], places: &mut WordPlaces) {
        self.alone.read(document, &mut places.alone);
        places.joined.clear();
        let mut firsts = Vec::new();
        for (n, terms) in &mut self.joined {
            terms.read(document, &mut firsts);
            places.joined.extend(firsts.iter().map(|it| Stretch { first: *it, last: *it + *n - 1 }));
        }
        places.joined.sort_unstable();
        if let Some(letters) = self.letters {
            places.alone.retain(|it| letters.allow(capitals_at(*it, capitals)));
            let of_each = |it: &Stretch| (it.first..=it.last).map(|at| capitals_at(at, capitals));
            places.joined.retain(|it| letters.allow_joined(of_each(it)));
        }
    }
}

impl ProximityScorer {
    fn new(
        near: &ProximityQuery,
        candidates: &dyn Weight,
        segment: &SegmentReader,
    ) -> tantivy::Result<ProximityScorer> {
        let inverted = segment.inverted_index(near.field)?;
        let mark = |it: &str| TermPositions::open(&inverted, &[Term::from_field_text(near.field, it)]);
        let words = near.words.iter().map(|it| WordPositions::open(&inverted, it));
        let words = words.collect::<tantivy::Result<Vec<_>>>()?;
        let capitals = if words.iter().any(|it| it.letters.is_some()) {
            let marks = [Capitals::Some, Capitals::All].map(|it| it.mark().unwrap_or_default());
            Some([mark(marks[0])?, mark(marks[1])?])
        } else {
            None
        };
        let sentences = near.shape.asks_for_sentences().then(|| mark(SENTENCE_MARK)).transpose()?;
        let mut scorer = ProximityScorer {
            candidates: candidates.scorer(segment, 1.0)?,
            shape: near.shape.clone(),
            places: vec![WordPlaces::default(); words.len()],
            words,
            capitals,
            sentences,
            sentence_starts: Vec::new(),
            n_matches: 0,
            bm25: None,
            lengths: None,
        };
        scorer.next_match();
        Ok(scorer)
    }

    /// Goes on to the next candidate that the pattern stands in, the present one included.
    fn next_match(&mut self) -> DocId {
        let mut document = self.candidates.doc();
        while document != TERMINATED {
            stop::look();
            self.n_matches = self.count(document);
            if self.n_matches > 0 {
                break;
            }
            document = self.candidates.advance();
        }
        document
    }

    /// How often the pattern stands in the document; asked once for each, in rising order.
    fn count(&mut self, document: DocId) -> u32 {
        let mut capitals = [Vec::new(), Vec::new()];
        if let Some(marks) = &mut self.capitals {
            for (mark, positions) in marks.iter_mut().zip(&mut capitals) {
                mark.read(document, positions);
            }
        }
        for (word, places) in self.words.iter_mut().zip(&mut self.places) {
            word.read(document, &capitals, places);
        }
        if let Some(sentences) = &mut self.sentences {
            sentences.read(document, &mut self.sentence_starts);
        }
        let text = Positions { words: &self.places, sentences: &self.sentence_starts };
        u32::try_from(self.shape.matches(text).len()).unwrap_or(u32::MAX)
    }
}

/// The capital letters of the word there, from the positions of those with some and of those with
/// all.
fn capitals_at(position: u32, [some, all]: &[Vec<u32>; 2]) -> Capitals {
    if all.binary_search(&position).is_ok() {
        Capitals::All
    } else if some.binary_search(&position).is_ok() {
        Capitals::Some
    } else {
        Capitals::None
    }
}

impl DocSet for ProximityScorer {
    fn advance(&mut self) -> DocId {
        self.candidates.advance();
        self.next_match()
    }

    fn seek(&mut self, target: DocId) -> DocId {
        if self.candidates.doc() >= target {
            return self.candidates.doc();
        }
        self.candidates.seek(target);
        self.next_match()
    }

    fn doc(&self) -> DocId {
        self.candidates.doc()
    }

    fn size_hint(&self) -> u32 {
        self.candidates.size_hint()
    }

    /// Each candidate costs several times what a posting does.
    fn cost(&self) -> u64 {
        self.candidates.cost().saturating_mul(8)
    }
}

impl Scorer for ProximityScorer {
    fn score(&mut self) -> Score {
        let length = self.lengths.as_ref().map_or(1, |it| it.fieldnorm_id(self.candidates.doc()));
        self.bm25.as_ref().map_or(0.0, |it| it.score(length, self.n_matches))
    }
}

/// Where any of several terms stands, document by document.
struct TermPositions {
    postings: Vec<SegmentPostings>,
    /// The postings by their next document.
    next: BinaryHeap<Reverse<(DocId, usize)>>,
    scratch: Vec<u32>,
}

impl TermPositions {
    fn open(inverted: &InvertedIndexReader, terms: &[Term]) -> tantivy::Result<TermPositions> {
        let mut postings = Vec::new();
        for term in terms {
            postings.extend(inverted.read_postings(term, IndexRecordOption::WithFreqsAndPositions)?);
        }
        let next = (0..).zip(&postings).map(|(at, it)| Reverse((it.doc(), at))).collect();
        Ok(TermPositions { postings, next, scratch: Vec::new() })
    }

    /// Reads the positions in the document: sorted, without repeats. Documents must be asked for in
    /// rising order.
    fn read(&mut self, document: DocId, positions: &mut Vec<u32>) {
        positions.clear();
        let mut n_terms = 0;
        while let Some(mut next) = self.next.peek_mut() {
            let Reverse((mut at, number)) = *next;
            if at > document || at == TERMINATED {
                break;
            }
            let postings = &mut self.postings[number];
            if at < document {
                at = postings.seek(document);
            }
            if at == document {
                postings.positions(&mut self.scratch);
                positions.extend_from_slice(&self.scratch);
                n_terms += 1;
                at = postings.advance();
            }
            // Put back in its new place when `next` goes.
            *next = Reverse((at, number));
        }
        // Two terms may stand at one position: the exact form and the stem.
        if n_terms > 1 {
            positions.sort_unstable();
            positions.dedup();
        }
    }
}
