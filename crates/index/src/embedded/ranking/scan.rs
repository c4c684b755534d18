//! One pass over the postings: each hit of a query with what its passage and its article are worth.

use tantivy::{
    DocId, SegmentOrdinal, SegmentReader, TERMINATED, Term,
    fastfield::AliveBitSet,
    query::{EnableScoring, Query as _},
};

use morgue_core::analyze;
use morgue_query::{CheckedQuery, Clause, TextPattern, WordPattern};

use super::{
    super::{
        Snapshot, cost::Found, failure::Result, proximity::ProximityQuery, schema::Unit,
        translate::Translation,
    },
    Ranking,
    articles::{ArticleOf, Articles, length},
    bm25::{Bm25, rarity},
    candidates::{Candidates, OfSegment, Passages, Worths},
    occurrences::{Occurrences, Source, Texts, Value},
    windows::Windows,
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

impl<'a> Weighed<'a> {
    pub(super) fn new(snapshot: &'a Snapshot, ranking: &'a Ranking) -> Result<Weighed<'a>> {
        let articles = snapshot.articles_of_segments()?;
        let translation = snapshot.translation(Unit::Passage)?;
        let sought = ranking.evidence.iter().map(|it| Sought::new(&translation, &it.pattern));
        let sought = sought.collect::<Result<Vec<_>>>()?;
        let mut sources = Vec::new();
        let mut counts = vec![(0, 0); ranking.evidence.len()];
        let segments = snapshot.searcher.segment_readers().iter().zip(&articles.starts);
        for (ordinal, (segment, starts)) in segments.enumerate() {
            let mut of_segment = Vec::new();
            for (sought, (in_articles, in_passages)) in sought.iter().zip(&mut counts) {
                let source = sought.within(&translation, (ordinal, segment), starts)?;
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
            bm25_of_articles: articles.bm25.of(ranking.brief),
            bm25_of_passages: articles.bm25_of_passages.of(ranking.brief),
        })
    }

    /// All hits of the query. Asked once: it reads the occurrences of the evidence to their ends.
    pub(super) fn candidates(&mut self, query: &CheckedQuery) -> Result<Candidates<'a>> {
        let mut segments = Vec::new();
        let by_evidence = self.is_any_of_evidence(&query.root);
        let weight = if by_evidence {
            None
        } else {
            let query = self.translation.passages(query)?;
            Some(query.weight(EnableScoring::disabled_from_searcher(&self.snapshot.searcher))?)
        };
        let sources = std::mem::take(&mut self.sources);
        let snapshot = self.snapshot;
        for ((ordinal, segment), mut sources) in (0..).zip(snapshot.searcher.segment_readers()).zip(sources) {
            let texts = self.texts(segment)?;
            let only = if weight.is_none() && sources.len() == 1 { sources.pop() } else { None };
            segments.push(match (only, self.values.first()) {
                (Some(source), Some(value)) => of_only_evidence(ordinal, segment, texts, source, *value),
                _ => {
                    let mut scan = Scan::new(self, ordinal, segment, texts, sources, weight.is_none());
                    match &weight {
                        None => scan.any_of_evidence(),
                        Some(weight) => weight.for_each_no_score(segment, &mut |documents| {
                            documents.iter().for_each(|it| scan.add(*it));
                        })?,
                    }
                    scan.found(ordinal)
                }
            });
        }
        Ok(Candidates::new(segments))
    }

    /// The articles and the passages of a segment.
    fn texts(&self, segment: &SegmentReader) -> tantivy::Result<(Texts<'a>, Texts<'a>)> {
        let fields = self.snapshot.fields();
        let lengths = segment.fieldnorms_readers();
        let articles = Texts { bm25: self.bm25_of_articles, lengths: lengths.get_field(fields.whole)? };
        let passages = Texts { bm25: self.bm25_of_passages, lengths: lengths.get_field(fields.text)? };
        Ok((articles, passages))
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
        text: Found,
        whole: Option<Found>,
    },
    Near(ProximityQuery),
}

impl Sought {
    fn new(translation: &Translation<'_>, pattern: &TextPattern) -> Result<Sought> {
        let fields = translation.fields();
        let word = match pattern {
            TextPattern::Word(word) if word.parts().1.is_none() => word,
            _ => return Ok(Sought::Near(translation.near(fields.text, pattern)?)),
        };
        let text = translation.found(fields.text, word)?;
        let by_stem = matches!(word, WordPattern::Stem { .. }) && all_stems(&text.terms);
        let whole = by_stem.then(|| translation.found(fields.whole, word)).transpose()?;
        Ok(Sought::Word { text, whole })
    }

    /// Where it stands in a segment whose articles begin there.
    fn within(
        &self,
        translation: &Translation<'_>,
        (ordinal, segment): (usize, &SegmentReader),
        starts: &[DocId],
    ) -> tantivy::Result<Source> {
        let fields = translation.fields();
        let of_found = |field, found: &Found| {
            let inverted = segment.inverted_index(field)?;
            Occurrences::of_found(&inverted, found, ordinal, segment.max_doc())
        };
        let (passages, whole) = match self {
            Sought::Near(near) => {
                (Occurrences::listed(near.occurrences(translation.searcher(), segment)?), None)
            }
            Sought::Word { text, whole } => (of_found(fields.text, text)?, whole.as_ref()),
        };
        let articles = match whole {
            Some(found) => of_found(fields.whole, found)?,
            None => passages.by_article(starts),
        };
        Ok(Source { articles, passages })
    }
}

/// Whether the words of whole articles have all of the terms: exact forms stand in passages alone.
fn all_stems(terms: &[Term]) -> bool {
    terms.iter().all(|it| it.value().as_str().is_some_and(analyze::is_stem_term))
}

/// The hits of a segment where they are all that has one pattern: what has it in articles are the articles of the passages that have
/// it, so neither needs a look at the other.
fn of_only_evidence<'a>(
    ordinal: SegmentOrdinal,
    segment: &'a SegmentReader,
    (articles, passages): (Texts<'a>, Texts<'a>),
    source: Source,
    value: Value,
) -> OfSegment<'a> {
    let alive = segment.alive_bitset();
    let having = Passages::Having {
        n: source.passages.n_hits(segment),
        occurrences: source.passages,
        value: value.in_passage,
        texts: passages,
        alive,
    };
    OfSegment::new(ordinal, all(source.articles, alive, &articles, value.in_article), having)
}

/// The pass over one segment.
struct Scan<'w> {
    alive: Option<&'w AliveBitSet>,
    values: &'w [Value],
    articles: Texts<'w>,
    passages: Texts<'w>,
    asked: Asked<'w>,
    article_of: ArticleOf<'w>,
    /// The documents behind the article found last.
    end: DocId,
    /// What was found so far.
    found_articles: Worths,
    found_passages: Worths,
}

/// How documents are asked for what they have of the evidence.
enum Asked<'w> {
    /// For each piece of it.
    OneByOne(Vec<Source>),
    /// Many together.
    InWindows(Windows<'w>),
}

/// A document is asked for so many pieces of evidence at most one by one: an estimate like the next.
const ASKED_MAX: usize = 16;
/// So many questions for each document of a segment cost about as much as a look at all of them: an estimate, which chooses between two
/// ways to the same result.
const QUESTIONS_PER_DOCUMENT: f32 = 0.25;

impl<'w> Scan<'w> {
    /// `by_evidence`: whether all documents that have any of the evidence are hits.
    fn new(
        weighed: &'w Weighed<'w>,
        ordinal: SegmentOrdinal,
        segment: &'w SegmentReader,
        (articles, passages): (Texts<'w>, Texts<'w>),
        sources: Vec<Source>,
        by_evidence: bool,
    ) -> Scan<'w> {
        let starts = weighed.starts(ordinal);
        let n_documents = segment.max_doc();
        let n_questions: usize = sources.iter().map(|it| it.passages.n_at_most() * sources.len()).sum();
        let asks_most = by_evidence
            && sources.len() > 1
            && n_questions as f32 > n_documents as f32 * QUESTIONS_PER_DOCUMENT;
        let asked = if asks_most || sources.len() > ASKED_MAX {
            let texts = (articles.clone(), passages.clone());
            Asked::InWindows(Windows::new(sources, &weighed.values, starts, n_documents, texts))
        } else {
            Asked::OneByOne(sources)
        };
        Scan {
            alive: segment.alive_bitset(),
            values: &weighed.values,
            articles,
            passages,
            asked,
            article_of: ArticleOf::new(starts),
            end: 0,
            found_articles: Worths::default(),
            found_passages: Worths::default(),
        }
    }

    /// All hits that were added.
    fn found(self, segment: SegmentOrdinal) -> OfSegment<'static> {
        OfSegment::new(segment, self.found_articles, Passages::Weighed(self.found_passages))
    }

    /// Adds each passage with any of the evidence.
    fn any_of_evidence(&mut self) {
        let mut from = 0;
        while let Some(document) = self.next_with_evidence(from) {
            self.add(document);
            from = document + 1;
        }
    }

    /// The first passage from `from` on that has any of the evidence.
    fn next_with_evidence(&mut self, from: DocId) -> Option<DocId> {
        match &mut self.asked {
            Asked::InWindows(windows) => windows.next(from),
            Asked::OneByOne(sources) => {
                if let Some(passed) = from.checked_sub(1) {
                    sources.iter_mut().for_each(|it| it.passages.pass(passed));
                }
                let next = sources.iter().map(|it| it.passages.doc()).min();
                next.filter(|it| *it != TERMINATED)
            }
        }
    }

    /// Adds a hit unless it is deleted; hits come in order.
    fn add(&mut self, document: DocId) {
        if self.alive.is_none_or(|it| it.is_alive(document)) {
            self.enter(document);
            let passage = self.passage(document);
            self.found_passages.push(document, passage);
        }
    }

    /// Begins the article of a document unless it is that of the hit before.
    #[inline]
    fn enter(&mut self, document: DocId) {
        if document >= self.end {
            let start = self.article_of.start(document);
            self.end = self.article_of.end();
            if let Asked::InWindows(windows) = &mut self.asked {
                windows.enter(document);
            }
            let worth = self.article(start);
            self.found_articles.push(start, worth);
        }
    }

    fn article(&mut self, start: DocId) -> f32 {
        let of_source = |(source, value): (&mut Source, &Value)| match source.articles.count(start) {
            0 => 0.0,
            n => self.articles.worth(value.in_article, n, start),
        };
        match &mut self.asked {
            Asked::InWindows(windows) => windows.article(start),
            Asked::OneByOne(sources) => sources.iter_mut().zip(self.values).map(of_source).sum(),
        }
    }

    fn passage(&mut self, document: DocId) -> f32 {
        let of_source = |(source, value): (&mut Source, &Value)| match source.passages.count(document) {
            0 => 0.0,
            n => self.passages.worth(value.in_passage, n, document),
        };
        match &mut self.asked {
            Asked::InWindows(windows) => windows.passage(document),
            Asked::OneByOne(sources) => sources.iter_mut().zip(self.values).map(of_source).sum(),
        }
    }
}

/// All documents that are not deleted, with what their occurrences are worth in texts of their lengths.
fn all(occurrences: Occurrences, alive: Option<&AliveBitSet>, texts: &Texts<'_>, value: f32) -> Worths {
    let mut found = Worths::default();
    found.reserve(occurrences.n_at_most());
    let (bm25, lengths) = (texts.bm25, texts.lengths.as_ref());
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
            counted.for_each(|(document, n)| found.push(*document, texts.worth(value, *n, *document)));
        }
    });
    found
}

/// As many documents as a block of postings has.
const BLOCK: usize = 128;
