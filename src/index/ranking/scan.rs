//! One pass over the postings: each hit of a query with what its passage and its article are worth.

use tantivy::{
    DocId, SegmentOrdinal, SegmentReader, TERMINATED, Term,
    fastfield::AliveBitSet,
    fieldnorm::FieldNormReader,
    query::{EnableScoring, Query as _},
    schema::IndexRecordOption,
};

use crate::{
    analyze,
    query::{CheckedQuery, Clause, TextPattern, WordPattern},
};

use super::{
    super::{Snapshot, near::Near, schema::Unit, translate::Translation},
    Ranking,
    articles::{ArticleOf, Articles, length},
    bm25::{Bm25, rarity},
    candidates::{Candidates, OfSegment, Worths},
    occurrences::Occurrences,
    windows::{Texts, Window},
};

/// The evidence of a ranking with what each of it is worth in this archive.
pub(super) struct Weighed<'a> {
    pub(super) snapshot: &'a Snapshot,
    pub(super) translation: Translation<'a>,
    ranking: &'a Ranking,
    articles: &'a Articles,
    /// By segment, then by evidence.
    sources: Vec<Vec<Source>>,
    pub(super) values: Vec<Value>,
    pub(super) bm25_of_articles: &'a Bm25,
    pub(super) bm25_of_passages: &'a Bm25,
}

/// Where a pattern stands in a segment.
pub(super) struct Source {
    pub(super) articles: Occurrences,
    pub(super) passages: Occurrences,
}

/// What a pattern is worth by its rarity among articles and among passages.
#[derive(Clone, Copy)]
pub(super) struct Value {
    pub(super) in_article: f32,
    pub(super) in_passage: f32,
}

impl<'a> Weighed<'a> {
    pub(super) fn new(snapshot: &'a Snapshot, ranking: &'a Ranking) -> tantivy::Result<Weighed<'a>> {
        let articles = snapshot.articles_of_segments()?;
        let translation = snapshot.translation(Unit::Passage)?;
        let sought = ranking.evidence.iter().map(|it| Sought::new(&translation, &it.pattern));
        let sought = sought.collect::<tantivy::Result<Vec<_>>>()?;
        let mut sources = Vec::new();
        let mut counts = vec![(0, 0); ranking.evidence.len()];
        for (segment, starts) in snapshot.searcher.segment_readers().iter().zip(&articles.starts) {
            let mut of_segment = Vec::new();
            for (sought, (in_articles, in_passages)) in sought.iter().zip(&mut counts) {
                let source = sought.within(&translation, segment, starts)?;
                *in_articles += source.articles.n_documents(segment);
                *in_passages += source.passages.n_documents(segment);
                of_segment.push(source);
            }
            sources.push(of_segment);
        }
        let value = |(evidence, (in_articles, in_passages)): (&super::Evidence, (u64, u64))| Value {
            in_article: evidence.weight * rarity(articles.n, in_articles),
            in_passage: evidence.weight * rarity(articles.n_passages, in_passages),
        };
        let values = ranking.evidence.iter().zip(counts).map(value).collect();
        Ok(Weighed {
            snapshot,
            translation,
            ranking,
            articles,
            sources,
            values,
            bm25_of_articles: &articles.bm25,
            bm25_of_passages: &articles.bm25_of_passages,
        })
    }

    /// All hits of the query. Asked once: it reads the occurrences of the evidence to their ends.
    pub(super) fn candidates(&mut self, query: &CheckedQuery) -> tantivy::Result<Candidates> {
        let mut candidates = Candidates::default();
        let by_evidence = self.is_any_of_evidence(&query.root);
        let weight = if by_evidence {
            None
        } else {
            let query = self.translation.passages(query)?;
            Some(query.weight(EnableScoring::disabled_from_searcher(&self.snapshot.searcher))?)
        };
        let sources = std::mem::take(&mut self.sources);
        for ((ordinal, segment), sources) in (0..).zip(self.snapshot.searcher.segment_readers()).zip(sources)
        {
            let mut scan = Scan::new(self, ordinal, segment, sources)?;
            match &weight {
                None => scan.any_of_evidence(),
                Some(weight) => weight.for_each_no_score(segment, &mut |documents| {
                    documents.iter().for_each(|it| scan.add(*it));
                })?,
            }
            candidates.add(scan.found);
        }
        Ok(candidates)
    }

    /// Whether the hits are just the passages with any of the evidence, so that its postings find them.
    fn is_any_of_evidence(&self, root: &Clause) -> bool {
        let patterns: Vec<&TextPattern> = match root {
            Clause::Text(pattern) => vec![pattern],
            Clause::Or(any) => {
                let texts = any.iter().filter_map(|it| match it {
                    Clause::Text(pattern) => Some(pattern),
                    _ => None,
                });
                let texts: Vec<_> = texts.collect();
                if texts.len() < any.len() { Vec::new() } else { texts }
            }
            _ => Vec::new(),
        };
        let evidence = &self.ranking.evidence;
        !patterns.is_empty()
            && patterns.len() == evidence.len()
            && evidence.iter().all(|it| patterns.contains(&&it.pattern))
    }

    /// The documents of articles in a segment.
    pub(super) fn starts(&self, segment: SegmentOrdinal) -> &'a [DocId] {
        &self.articles.starts[segment as usize]
    }
}

/// A pattern as what it is in the index: looked up once for all segments.
enum Sought {
    /// A word as the terms of passages and, when they have all of them, those of whole articles.
    Word {
        text: Vec<Term>,
        whole: Option<Vec<Term>>,
    },
    Near(Near),
}

impl Sought {
    fn new(translation: &Translation<'_>, pattern: &TextPattern) -> tantivy::Result<Sought> {
        let fields = translation.fields();
        let TextPattern::Word(word) = pattern else {
            return Ok(Sought::Near(translation.near(fields.text, pattern)?));
        };
        if word.parts().1.is_some() {
            return Ok(Sought::Near(translation.near(fields.text, pattern)?));
        }
        let text = translation.terms(fields.text, word)?;
        let by_stem = matches!(word, WordPattern::Stem { .. }) && all_stems(&text);
        let whole = by_stem.then(|| translation.terms(fields.whole, word)).transpose()?;
        Ok(Sought::Word { text, whole })
    }

    /// Where it stands in a segment whose articles begin there.
    fn within(
        &self,
        translation: &Translation<'_>,
        segment: &SegmentReader,
        starts: &[DocId],
    ) -> tantivy::Result<Source> {
        let fields = translation.fields();
        let of_terms = |field, terms: &[Term]| {
            let inverted = segment.inverted_index(field)?;
            Occurrences::of_terms(&inverted, terms, IndexRecordOption::WithFreqs, segment.max_doc())
        };
        let (passages, whole) = match self {
            Sought::Near(near) => {
                (Occurrences::listed(near.occurrences(translation.searcher(), segment)?), None)
            }
            Sought::Word { text, whole } => (of_terms(fields.text, text)?, whole.as_ref()),
        };
        let articles = match whole {
            Some(terms) => of_terms(fields.whole, terms)?,
            None => passages.by_article(starts),
        };
        Ok(Source { articles, passages })
    }
}

/// Whether the words of whole articles have all of the terms: exact forms stand in passages alone.
fn all_stems(terms: &[Term]) -> bool {
    terms.iter().all(|it| it.value().as_str().is_some_and(analyze::is_stem_term))
}

/// A document is asked for so many pieces of evidence one by one.
const ASKED_MAX: usize = 16;

/// The pass over one segment.
struct Scan<'w> {
    weighed: &'w Weighed<'w>,
    alive: Option<&'w AliveBitSet>,
    n_documents: DocId,
    sources: Vec<Source>,
    article_of: ArticleOf<'w>,
    of_articles: Option<FieldNormReader>,
    of_passages: Option<FieldNormReader>,
    /// Where much is asked of many documents.
    window: Option<Window<'w>>,
    /// The documents behind the article found last.
    end: DocId,
    found: OfSegment,
}

impl<'w> Scan<'w> {
    fn new(
        weighed: &'w Weighed<'w>,
        ordinal: SegmentOrdinal,
        segment: &'w SegmentReader,
        sources: Vec<Source>,
    ) -> tantivy::Result<Scan<'w>> {
        let fields = weighed.snapshot.fields();
        let lengths = segment.fieldnorms_readers();
        let starts = weighed.starts(ordinal);
        let window = (sources.len() > ASKED_MAX).then(|| Window::new(starts, segment.max_doc()));
        Ok(Scan {
            weighed,
            alive: segment.alive_bitset(),
            n_documents: segment.max_doc(),
            sources,
            article_of: ArticleOf::new(starts),
            of_articles: lengths.get_field(fields.whole)?,
            of_passages: lengths.get_field(fields.text)?,
            window,
            end: 0,
            found: OfSegment::new(ordinal),
        })
    }

    /// Adds each passage with any of the evidence.
    fn any_of_evidence(&mut self) {
        if self.sources.len() == 1 {
            return self.only_evidence();
        }
        // Each passage is asked for each piece of evidence, or all documents of the segment are looked at.
        let n_passages: usize = self.sources.iter().map(|it| it.passages.n_at_most()).sum();
        if n_passages.saturating_mul(self.sources.len()) > self.n_documents as usize / 4 {
            return self.window_by_window();
        }
        loop {
            let document = self.sources.iter().map(|it| it.passages.doc()).min().unwrap_or(TERMINATED);
            if document == TERMINATED {
                return;
            }
            self.add(document);
            for source in &mut self.sources {
                if source.passages.doc() == document {
                    source.passages.pass(document);
                }
            }
        }
    }

    /// The same where there is much of it.
    fn window_by_window(&mut self) {
        let starts = self.article_of.starts();
        let mut document = starts.first().copied().unwrap_or(TERMINATED);
        self.window.get_or_insert_with(|| Window::new(starts, self.n_documents));
        while document < self.n_documents {
            self.enter_window(document);
            let Some(window) = &self.window else { return };
            let end = window.end();
            document = window.next(document);
            while document < end {
                self.add(document);
                document = self.window.as_ref().map_or(end, |it| it.next(document + 1));
            }
        }
    }

    fn enter_window(&mut self, document: DocId) {
        let weighed = self.weighed;
        let articles = Texts { bm25: weighed.bm25_of_articles, lengths: self.of_articles.as_ref() };
        let passages = Texts { bm25: weighed.bm25_of_passages, lengths: self.of_passages.as_ref() };
        if let Some(window) = &mut self.window {
            window.enter(document, &mut self.sources, &weighed.values, articles, passages);
        }
    }

    /// The same where there is only one piece of it: what has it in articles are the articles of the passages that have it, so
    /// neither needs a look at the other.
    fn only_evidence(&mut self) {
        let weighed = self.weighed;
        for (Source { articles, passages }, value) in self.sources.drain(..).zip(&weighed.values) {
            let worth = (value.in_article, weighed.bm25_of_articles);
            add_all(articles, self.alive, self.of_articles.as_ref(), worth, &mut self.found.articles);
            let worth = (value.in_passage, weighed.bm25_of_passages);
            add_all(passages, self.alive, self.of_passages.as_ref(), worth, &mut self.found.passages);
        }
    }

    /// Adds a hit unless it is deleted; hits come in order.
    fn add(&mut self, document: DocId) {
        if self.is_live(document) {
            self.enter_window(document);
            self.enter(document);
            let passage = self.passage(document);
            self.found.passages.push(document, passage);
        }
    }

    fn is_live(&self, document: DocId) -> bool {
        self.alive.is_none_or(|it| it.is_alive(document))
    }

    /// Begins the article of a document unless it is that of the hit before.
    #[inline]
    fn enter(&mut self, document: DocId) {
        if document >= self.end {
            let start = self.article_of.start(document);
            self.end = self.article_of.end();
            let worth = self.article(start);
            self.found.articles.push(start, worth);
        }
    }

    fn article(&mut self, start: DocId) -> f32 {
        if let Some(window) = &self.window {
            return window.article(start);
        }
        let length = length(self.of_articles.as_ref(), start);
        let weighed = self.weighed;
        let worth = |(source, value): (&mut Source, &Value)| match source.articles.count(start) {
            0 => 0.0,
            n => value.in_article * weighed.bm25_of_articles.saturated(n, length),
        };
        self.sources.iter_mut().zip(&weighed.values).map(worth).sum()
    }

    fn passage(&mut self, document: DocId) -> f32 {
        if let Some(window) = &self.window {
            return window.passage(document);
        }
        let length = length(self.of_passages.as_ref(), document);
        let weighed = self.weighed;
        let worth = |(source, value): (&mut Source, &Value)| match source.passages.count(document) {
            0 => 0.0,
            n => value.in_passage * weighed.bm25_of_passages.saturated(n, length),
        };
        self.sources.iter_mut().zip(&weighed.values).map(worth).sum()
    }
}

/// Adds all documents that are not deleted, with what their occurrences are worth in texts of their lengths.
fn add_all(
    occurrences: Occurrences,
    alive: Option<&AliveBitSet>,
    lengths: Option<&FieldNormReader>,
    (value, bm25): (f32, &Bm25),
    found: &mut Worths,
) {
    let worth = |n, length| value * bm25.saturated(n, length);
    found.reserve(occurrences.n_at_most());
    occurrences.for_each_block(|documents, counts| match alive {
        // Lengths first: when nothing else is written meanwhile, the reader is looked into once for all of them.
        None => {
            for (documents, counts) in documents.chunks(BLOCK).zip(counts.chunks(BLOCK)) {
                let mut of_block = [0; BLOCK];
                for (code, document) in of_block.iter_mut().zip(documents) {
                    *code = length(lengths, *document);
                }
                let counted = counts.iter().zip(&of_block);
                found.extend(documents, counted.map(move |(n, length)| value * bm25.saturated(*n, *length)));
            }
        }
        Some(alive) => {
            let counted = documents.iter().zip(counts).filter(|it| alive.is_alive(*it.0));
            counted.for_each(|(document, n)| found.push(*document, worth(*n, length(lengths, *document))));
        }
    });
}

/// As many documents as a block of postings has.
const BLOCK: usize = 128;
