//! Where and how often the evidence stands in one segment: the postings of a word, or a list made
//! beforehand.

use std::rc::Rc;

use tantivy::{
    DocId, DocSet as _, InvertedIndexReader, SegmentReader, TERMINATED, Term,
    fieldnorm::FieldNormReader,
    postings::{BlockSegmentPostings, Postings as _, SegmentPostings},
    schema::{Field, IndexRecordOption},
};

use morgue_core::system::stop;

use super::{
    super::{cost::Found, segment::is_live},
    articles::{ArticleOf, length},
    bm25::Bm25,
};

/// A position in the postings of a term. Unlike tantivy's own, it gives whole blocks of documents.
#[derive(Clone)]
pub(super) struct Cursor {
    block: BlockSegmentPostings,
    /// Position in the block.
    at: usize,
}

impl Cursor {
    /// Calls `f` with each document from `start` up to `end` and its term frequency, and passes
    /// them.
    #[inline]
    fn for_each_within(&mut self, start: DocId, end: DocId, mut f: impl FnMut(DocId, u32)) {
        if self.block.docs().get(self.at).is_some_and(|it| *it < start) {
            self.at = self.block.seek(start);
        }
        while self.at < self.block.block_len() {
            stop::look();
            let (documents, counts) = (&self.block.docs()[self.at..], &self.block.freqs()[self.at..]);
            let n = match documents.last() {
                Some(last) if *last < end => documents.len(),
                _ => documents.partition_point(|it| *it < end),
            };
            documents[..n].iter().zip(counts).for_each(|(document, n)| f(*document, *n));
            self.at += n;
            if self.at < self.block.block_len() {
                return;
            }
            self.block.advance();
            self.at = 0;
        }
    }

    /// The number of documents that are not deleted.
    fn n_live(&self, segment: &SegmentReader) -> u64 {
        if segment.alive_bitset().is_none() {
            return u64::from(self.block.doc_freq());
        }
        let mut n = 0;
        self.clone().for_each_within(0, TERMINATED, |it, _| n += u64::from(is_live(segment, it)));
        n
    }
}

/// A field of the documents of one segment, for scores by BM25.
#[derive(Clone)]
pub(super) struct ScoredField<'a> {
    pub(super) bm25: &'a Bm25,
    pub(super) lengths: Option<FieldNormReader>,
}

impl ScoredField<'_> {
    /// The score of a term with this weight that occurs `n` times in the document.
    #[inline]
    pub(super) fn score(&self, weight: f32, n: u32, document: DocId) -> f32 {
        weight * self.bm25.tf_saturation(n, length(self.lengths.as_ref(), document))
    }

    /// Appends the scores of many documents. All lengths of a block are read first: when nothing is
    /// written meanwhile, the compiler looks into the reader once for all of them.
    pub(super) fn score_block(&self, weight: f32, documents: &[DocId], counts: &[u32], into: &mut Vec<f32>) {
        const BLOCK: usize = 128;
        for (documents, counts) in documents.chunks(BLOCK).zip(counts.chunks(BLOCK)) {
            let mut lengths = [0; BLOCK];
            for (code, document) in lengths.iter_mut().zip(documents) {
                *code = length(self.lengths.as_ref(), *document);
            }
            let scored = counts.iter().zip(&lengths);
            into.extend(scored.map(|(n, length)| weight * self.bm25.tf_saturation(*n, *length)));
        }
    }
}

/// The documents that have a pattern, ascending, with how often; read forward only.
#[derive(Clone)]
pub(super) enum Occurrences {
    /// The postings of one term. In a box: its decoded block is over a kilobyte, and occurrences
    /// are moved a few times.
    Postings(Box<Cursor>),
    /// A list, deleted documents included.
    Listed {
        counts: Rc<[(DocId, u32)]>,
        /// The first document that was not passed yet.
        at: usize,
    },
}

/// If a word has at most so many terms, as with a wildcard, its document frequency is the sum of
/// theirs; beyond, each document counts once. Another value changes the scores of words with more
/// than one term.
const SUMMED_TERMS_MAX: usize = 16;

impl Occurrences {
    /// Those of a word that was looked up, and its document frequency. In a document with several
    /// of its terms the most frequent one counts.
    pub(super) fn of_word(
        inverted: &InvertedIndexReader,
        word: &Found,
        (ordinal, segment): (usize, &SegmentReader),
    ) -> tantivy::Result<(Occurrences, u64)> {
        const RECORD: IndexRecordOption = IndexRecordOption::WithFreqs;
        let mut cursors = Vec::new();
        match word.places.as_ref().and_then(|it| it.get(ordinal)) {
            Some(places) => {
                for place in places {
                    let block = inverted.read_block_postings_from_terminfo(place, RECORD)?;
                    cursors.push(Box::new(Cursor { block, at: 0 }));
                }
            }
            None => {
                for term in &*word.terms {
                    let block = inverted.read_block_postings(term, RECORD)?;
                    cursors.extend(block.map(|block| Box::new(Cursor { block, at: 0 })));
                }
            }
        }
        let sum = cursors.iter().map(|it| it.n_live(segment)).sum();
        if cursors.len() == 1 {
            return Ok((Occurrences::Postings(cursors.swap_remove(0)), sum));
        }
        let mut counts: Vec<(DocId, u32)> = Vec::new();
        for mut cursor in cursors {
            cursor.for_each_within(0, TERMINATED, |document, n| counts.push((document, n)));
        }
        // The stable sort merges the postings, which are sorted already.
        counts.sort();
        counts.dedup_by(|later, kept| {
            let same = later.0 == kept.0;
            if same {
                *kept = *later;
            }
            same
        });
        let listed = Occurrences::listed(counts);
        let n = if word.terms.len() > SUMMED_TERMS_MAX { listed.n_live(segment) } else { sum };
        Ok((listed, n))
    }

    /// Those of documents in ascending order.
    pub(super) fn listed(counts: Vec<(DocId, u32)>) -> Occurrences {
        Occurrences::Listed { counts: counts.into(), at: 0 }
    }

    /// The same by article: from occurrences in passages, at the first documents of their articles.
    pub(super) fn by_article(&self, starts: &[DocId]) -> Occurrences {
        let mut article = ArticleOf::new(starts);
        let mut counts: Vec<(DocId, u32)> = Vec::new();
        self.for_each(|document, n| {
            let start = article.start(document);
            match counts.last_mut() {
                Some(last) if last.0 == start => last.1 = last.1.saturating_add(n),
                _ => counts.push((start, n)),
            }
        });
        Occurrences::listed(counts)
    }

    /// Calls `f` with each document that was not passed yet, and how often it has the pattern.
    #[inline]
    pub(super) fn for_each(&self, f: impl FnMut(DocId, u32)) {
        self.clone().for_each_within(0, TERMINATED, f);
    }

    /// Calls `f` with all documents and how often they have the pattern, many at once.
    #[inline]
    pub(super) fn for_each_block(&self, mut f: impl FnMut(&[DocId], &[u32])) {
        match self {
            Occurrences::Postings(cursor) => {
                let mut block = cursor.block.clone();
                while block.block_len() > 0 {
                    stop::look();
                    f(block.docs(), block.freqs());
                    block.advance();
                }
            }
            Occurrences::Listed { counts, .. } => {
                let (documents, counts): (Vec<DocId>, Vec<u32>) = counts.iter().copied().unzip();
                f(&documents, &counts);
            }
        }
    }

    /// How many documents there are, deleted ones included.
    pub(super) fn n_max(&self) -> usize {
        match self {
            Occurrences::Postings(cursor) => cursor.block.doc_freq() as usize,
            Occurrences::Listed { counts, .. } => counts.len(),
        }
    }

    /// Calls `f` with each document from `start` up to `end` that was not passed yet, and how often
    /// it has the pattern; passes them.
    #[inline]
    pub(super) fn for_each_within(&mut self, start: DocId, end: DocId, mut f: impl FnMut(DocId, u32)) {
        match self {
            Occurrences::Postings(cursor) => cursor.for_each_within(start, end, f),
            Occurrences::Listed { counts, at } => {
                *at += counts[*at..].partition_point(|it| it.0 < start);
                while let Some((document, n)) = counts.get(*at).copied().filter(|it| it.0 < end) {
                    f(document, n);
                    *at += 1;
                }
            }
        }
    }

    /// The number of documents that are not deleted.
    pub(super) fn n_live(&self, segment: &SegmentReader) -> u64 {
        match self {
            Occurrences::Postings(cursor) => cursor.n_live(segment),
            Occurrences::Listed { counts, .. } => {
                counts.iter().filter(|it| is_live(segment, it.0)).count() as u64
            }
        }
    }
}

/// The positions of a word in documents, read forward only.
pub(super) struct Places {
    postings: Vec<SegmentPostings>,
    scratch: Vec<u32>,
}

impl Places {
    pub(super) fn of_terms(segment: &SegmentReader, field: Field, terms: &[Term]) -> tantivy::Result<Places> {
        let inverted = segment.inverted_index(field)?;
        let mut postings = Vec::new();
        for term in terms {
            postings.extend(inverted.read_postings(term, IndexRecordOption::WithFreqsAndPositions)?);
        }
        Ok(Places { postings, scratch: Vec::new() })
    }

    /// Appends each document from `start` up to `end` that has the word, with its positions there,
    /// in order.
    pub(super) fn within(&mut self, start: DocId, end: DocId, into: &mut Vec<(DocId, Vec<u32>)>) {
        for posting in &mut self.postings {
            if posting.doc() < start {
                posting.seek(start);
            }
            while posting.doc() < end {
                posting.positions(&mut self.scratch);
                into.push((posting.doc(), self.scratch.clone()));
                posting.advance();
            }
        }
        if self.postings.len() > 1 {
            into.sort_unstable();
            into.dedup_by(|later, kept| {
                let same = later.0 == kept.0;
                if same {
                    kept.1.append(&mut later.1);
                    kept.1.sort_unstable();
                    kept.1.dedup();
                }
                same
            });
        }
    }
}
