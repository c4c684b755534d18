//! Where and how often a pattern of the query stands in the passages and the articles of one segment.

use std::rc::Rc;

use tantivy::{
    DocId, DocSet as _, InvertedIndexReader, SegmentReader, TERMINATED, Term,
    fieldnorm::FieldNormReader,
    postings::{BlockSegmentPostings, Postings as _, SegmentPostings},
    schema::{Field, IndexRecordOption},
};

use super::{
    super::{cost::Found, segment::is_live},
    articles::{ArticleOf, length},
    bm25::Bm25,
};

/// A place in the postings of a term. tantivy's own keeps the positions too, and hands out its documents one by one.
#[derive(Clone)]
pub(super) struct Cursor {
    block: BlockSegmentPostings,
    /// Of the block.
    at: usize,
}

impl Cursor {
    fn doc(&self) -> DocId {
        self.block.docs().get(self.at).copied().unwrap_or(TERMINATED)
    }

    fn term_freq(&self) -> u32 {
        self.block.freqs().get(self.at).copied().unwrap_or(0)
    }

    fn advance(&mut self) -> DocId {
        self.at += 1;
        if self.at >= self.block.block_len() {
            self.block.advance();
            self.at = 0;
        }
        self.doc()
    }

    /// To the first document from `target` on, which is not before the present one.
    fn seek(&mut self, target: DocId) {
        self.at = self.block.seek(target);
    }

    /// Calls `f` with the present document and those behind it up to `end`, and passes them.
    #[inline]
    fn for_each_before(&mut self, end: DocId, mut f: impl FnMut(DocId, u32)) {
        while self.at < self.block.block_len() {
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

    /// Calls `f` with the present document and all behind it, block by block.
    #[inline]
    fn for_each_block(&mut self, mut f: impl FnMut(&[DocId], &[u32])) {
        while self.at < self.block.block_len() {
            f(&self.block.docs()[self.at..], &self.block.freqs()[self.at..]);
            self.block.advance();
            self.at = 0;
        }
    }
}

/// Where a piece of evidence stands in a segment.
pub(super) struct Source {
    pub(super) articles: Occurrences,
    pub(super) passages: Occurrences,
}

/// What a piece of evidence is worth by its rarity among articles and among passages.
#[derive(Clone, Copy)]
pub(super) struct Value {
    pub(super) in_article: f32,
    pub(super) in_passage: f32,
}

/// Texts of one kind in a segment: what words in them are worth.
#[derive(Clone)]
pub(super) struct Texts<'a> {
    pub(super) bm25: &'a Bm25,
    pub(super) lengths: Option<FieldNormReader>,
}

impl Texts<'_> {
    /// What `n` occurrences of a word of such a value are worth in a document.
    #[inline]
    pub(super) fn worth(&self, value: f32, n: u32, document: DocId) -> f32 {
        value * self.bm25.saturated(n, length(self.lengths.as_ref(), document))
    }
}

/// So many postings at most are read side by side.
const SIDE_BY_SIDE_MAX: usize = 16;

/// The documents that have a pattern, ascending, with how often; read forward only.
#[derive(Clone)]
pub(super) enum Occurrences {
    /// Read from the postings of a word's terms; a document counts by the term that is most frequent in it.
    Postings(Vec<Cursor>),
    /// Worked out before.
    Listed {
        /// Deleted documents included.
        counts: Rc<[(DocId, u32)]>,
        /// The first that was not passed yet.
        at: usize,
    },
}

impl Occurrences {
    /// Of a word as it was looked up, in a segment of so many documents.
    pub(super) fn of_found(
        inverted: &InvertedIndexReader,
        found: &Found,
        segment: usize,
        n_documents: DocId,
    ) -> tantivy::Result<Occurrences> {
        const RECORD: IndexRecordOption = IndexRecordOption::WithFreqs;
        if found.terms.len() > SIDE_BY_SIDE_MAX {
            return Occurrences::of_many(inverted, &found.terms, RECORD, n_documents);
        }
        let mut postings = Vec::new();
        if let Some(places) = found.places.as_ref().and_then(|it| it.get(segment)) {
            for place in places {
                let block = inverted.read_block_postings_from_terminfo(place, RECORD)?;
                postings.push(Cursor { block, at: 0 });
            }
            return Ok(Occurrences::Postings(postings));
        }
        for term in &*found.terms {
            postings.extend(inverted.read_block_postings(term, RECORD)?.map(|block| Cursor { block, at: 0 }));
        }
        Ok(Occurrences::Postings(postings))
    }

    /// The postings of many terms are read one after the other: side by side each document would be looked for in all of them.
    fn of_many(
        inverted: &InvertedIndexReader,
        terms: &[Term],
        record: IndexRecordOption,
        n_documents: DocId,
    ) -> tantivy::Result<Occurrences> {
        let mut by_document = vec![0; n_documents as usize];
        for term in terms {
            let Some(block) = inverted.read_block_postings(term, record)? else { continue };
            Cursor { block, at: 0 }.for_each_block(|documents, counts| {
                for (document, n) in documents.iter().zip(counts) {
                    if let Some(most) = by_document.get_mut(*document as usize) {
                        *most = (*n).max(*most);
                    }
                }
            });
        }
        Ok(Occurrences::listed((0..).zip(by_document).filter(|it| it.1 > 0).collect()))
    }

    /// Of documents in order.
    pub(super) fn listed(counts: Vec<(DocId, u32)>) -> Occurrences {
        Occurrences::Listed { counts: counts.into(), at: 0 }
    }

    /// Calls `f` with each document that was not passed yet, and how often it has the pattern.
    #[inline]
    pub(super) fn for_each(mut self, mut f: impl FnMut(DocId, u32)) {
        match &mut self {
            Occurrences::Listed { counts, at } => {
                counts.iter().skip(*at).for_each(|(document, n)| f(*document, *n));
            }
            Occurrences::Postings(postings) => {
                if let [posting] = postings.as_mut_slice() {
                    return posting.for_each_block(|documents, counts| {
                        documents.iter().zip(counts).for_each(|(document, n)| f(*document, *n));
                    });
                }
                while self.doc() != TERMINATED {
                    let document = self.doc();
                    f(document, self.count(document));
                    self.pass(document);
                }
            }
        }
    }

    /// Calls `f` with each document before `end` that was not passed yet, and how often it has the pattern; passes them.
    #[inline]
    pub(super) fn for_each_before(&mut self, end: DocId, mut f: impl FnMut(DocId, u32)) {
        match self {
            Occurrences::Listed { counts, at } => {
                while let Some((document, n)) = counts.get(*at).copied().filter(|it| it.0 < end) {
                    f(document, n);
                    *at += 1;
                }
            }
            Occurrences::Postings(postings) => {
                if let [posting] = postings.as_mut_slice() {
                    return posting.for_each_before(end, f);
                }
                while self.doc() < end {
                    let document = self.doc();
                    f(document, self.count(document));
                    self.pass(document);
                }
            }
        }
    }

    /// As [`Occurrences::for_each`], with many documents at once.
    #[inline]
    pub(super) fn for_each_block(mut self, mut f: impl FnMut(&[DocId], &[u32])) {
        if let Occurrences::Postings(postings) = &mut self
            && let [posting] = postings.as_mut_slice()
        {
            return posting.for_each_block(f);
        }
        let (mut documents, mut counts) = (Vec::new(), Vec::new());
        self.for_each(|document, n| {
            documents.push(document);
            counts.push(n);
        });
        f(&documents, &counts);
    }

    /// How many documents have it at most, those that were passed included.
    pub(super) fn n_at_most(&self) -> usize {
        match self {
            Occurrences::Postings(postings) => postings.iter().map(|it| it.block.doc_freq() as usize).sum(),
            Occurrences::Listed { counts, .. } => counts.len(),
        }
    }

    /// The first document that was not passed yet.
    pub(super) fn doc(&self) -> DocId {
        match self {
            Occurrences::Postings(postings) => postings.iter().map(Cursor::doc).min().unwrap_or(TERMINATED),
            Occurrences::Listed { counts, at } => counts.get(*at).map_or(TERMINATED, |it| it.0),
        }
    }

    /// Passes all documents before `target`; how often it stands in `target`.
    pub(super) fn count(&mut self, target: DocId) -> u32 {
        match self {
            Occurrences::Postings(postings) => {
                let mut count = 0;
                for posting in postings {
                    // What is asked for is mostly the next one, or the present one.
                    if posting.doc() < target && posting.advance() < target {
                        posting.seek(target);
                    }
                    if posting.doc() == target {
                        count = count.max(posting.term_freq());
                    }
                }
                count
            }
            Occurrences::Listed { counts, at } => {
                *at += counts.get(*at..).map_or(0, |rest| rest.partition_point(|it| it.0 < target));
                counts.get(*at).filter(|it| it.0 == target).map_or(0, |it| it.1)
            }
        }
    }

    /// Passes all documents up to `document`.
    pub(super) fn pass(&mut self, document: DocId) {
        match self {
            Occurrences::Postings(postings) => {
                for posting in postings {
                    if posting.doc() == document {
                        posting.advance();
                    } else if posting.doc() < document {
                        posting.seek(document + 1);
                    }
                }
            }
            Occurrences::Listed { counts, at } => {
                *at += counts.get(*at..).map_or(0, |rest| rest.partition_point(|it| it.0 <= document));
            }
        }
    }

    /// How many live documents have it; one with two of the terms may count twice.
    pub(super) fn n_documents(&self, segment: &SegmentReader) -> u64 {
        match self {
            Occurrences::Postings(postings) => {
                let of_term = |it: &Cursor| match segment.alive_bitset() {
                    Some(_) => {
                        let mut n = 0;
                        it.clone().for_each_block(|documents, _| {
                            n += documents.iter().filter(|it| is_live(segment, **it)).count() as u64;
                        });
                        n
                    }
                    None => u64::from(it.block.doc_freq()),
                };
                postings.iter().map(of_term).sum()
            }
            Occurrences::Listed { counts, .. } => {
                counts.iter().filter(|it| is_live(segment, it.0)).count() as u64
            }
        }
    }

    /// How many live documents have it, each counted once.
    pub(super) fn n_hits(&self, segment: &SegmentReader) -> usize {
        match self {
            Occurrences::Postings(postings) if postings.len() > 1 => {
                let mut n = 0;
                self.clone().for_each(|document, _| n += usize::from(is_live(segment, document)));
                n
            }
            _ => self.n_documents(segment) as usize,
        }
    }

    /// The same by article: from occurrences in passages, at the first documents of their articles.
    pub(super) fn by_article(&self, starts: &[DocId]) -> Occurrences {
        let mut article = ArticleOf::new(starts);
        let mut counts: Vec<(DocId, u32)> = Vec::new();
        self.clone().for_each(|document, n| {
            let start = article.start(document);
            match counts.last_mut() {
                Some(last) if last.0 == start => last.1 = last.1.saturating_add(n),
                _ => counts.push((start, n)),
            }
        });
        Occurrences::listed(counts)
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

    /// Appends each document from `start` up to `end` that has the word, with its positions there, in order.
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
