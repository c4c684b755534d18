//! Where a pattern stands that needs each of its words, each of them one term: postings walked side
//! by side.
//!
//! Most phrases and proximities are so. Each list is read once, its positions only where all words
//! stand; `near` asks a query for its candidates first, and reads the lists again.

use tantivy::{
    DocId, DocSet as _, InvertedIndexReader, TERMINATED, Term,
    postings::{Postings as _, SegmentPostings},
    schema::IndexRecordOption,
};

use morgue_core::{analyze, system::stop};
use morgue_query::{Letters, Positions, Shape, WordPlaces};

/// A word of a pattern: any of the terms, written so.
#[derive(Clone)]
pub(super) struct ProximityWord {
    pub terms: Vec<Term>,
    pub letters: Option<Letters>,
}

/// How many words of a text the term stands for.
pub(super) fn n_words(term: &Term) -> u32 {
    term.value().as_str().map_or(1, analyze::n_words)
}

/// The documents that have the pattern, deleted ones included, with how often; `None` when it is
/// not of that kind here.
pub(super) fn occurrences(
    shape: &Shape,
    words: &[ProximityWord],
    inverted: &InvertedIndexReader,
) -> tantivy::Result<Option<Vec<(DocId, u32)>>> {
    if words.is_empty() || !shape.needs_each_word() || shape.asks_for_sentences() {
        return Ok(None);
    }
    let mut lists = Vec::new();
    for word in words {
        let mut postings: Option<SegmentPostings> = None;
        for term in &word.terms {
            let found = inverted.read_postings(term, IndexRecordOption::WithFreqsAndPositions)?;
            let is_another = found.is_some() && (postings.is_some() || n_words(term) > 1);
            if word.letters.is_some() || is_another {
                return Ok(None);
            }
            postings = postings.or(found);
        }
        let Some(postings) = postings else { return Ok(Some(Vec::new())) };
        lists.push(postings);
    }
    let mut rarest_first: Vec<usize> = (0..lists.len()).collect();
    rarest_first.sort_by_key(|it| lists[*it].doc_freq());
    let mut places = vec![WordPlaces::default(); lists.len()];
    let mut found = Vec::new();
    let mut document = next(&mut lists, &rarest_first, 0);
    while document != TERMINATED {
        stop::look();
        for (list, places) in lists.iter_mut().zip(&mut places) {
            list.positions(&mut places.alone);
        }
        let n = shape.count(Positions { words: &places, sentences: &[] });
        if n > 0 {
            found.push((document, u32::try_from(n).unwrap_or(u32::MAX)));
        }
        document = next(&mut lists, &rarest_first, document + 1);
    }
    Ok(Some(found))
}

/// Goes on to the first document from `target` on: mostly one of the next, which costs less than to
/// look for it.
fn pass_to(word: &mut SegmentPostings, target: DocId) {
    const NEXT: usize = 4;
    for _ in 0..NEXT {
        if word.doc() >= target {
            return;
        }
        word.advance();
    }
    if word.doc() < target {
        word.seek(target);
    }
}

/// The first document from `target` on that all words stand in.
fn next(words: &mut [SegmentPostings], rarest_first: &[usize], mut target: DocId) -> DocId {
    let mut agreed = 0;
    while let Some(word) = rarest_first.get(agreed) {
        let word = &mut words[*word];
        pass_to(word, target);
        match word.doc() {
            TERMINATED => return TERMINATED,
            document if document > target => (target, agreed) = (document, usize::from(agreed == 0)),
            _ => agreed += 1,
        }
    }
    target
}
