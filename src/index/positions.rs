//! Phrases whose words may each be one of several terms, with words between them: checked on the positions in the postings.
//!
//! tantivy's own phrase query takes one term for each word, its slop lets words change places, and in 0.27 it must not be
//! excluded (`Exclude` asks it to seek backward, which it asserts never happens); so all phrases go this way.
//! Which positions make a phrase is said once, by `query::phrase_matches`.

use tantivy::{
    DocId, DocSet as _, InvertedIndexReader, SegmentReader, TERMINATED, Term,
    postings::{Postings as _, SegmentPostings},
    schema::{Field, IndexRecordOption},
};

use crate::query;

/// The documents of a segment that have the phrase, deleted ones included, with how often.
pub(super) fn phrase_documents(
    segment: &SegmentReader,
    field: Field,
    parts: &[Vec<Term>],
    slop: u32,
) -> tantivy::Result<Vec<(DocId, u32)>> {
    let inverted = segment.inverted_index(field)?;
    let mut postings: Vec<Vec<SegmentPostings>> = Vec::with_capacity(parts.len());
    for terms in parts {
        let mut of_part = Vec::new();
        for term in terms {
            of_part.extend(inverted.read_postings(term, IndexRecordOption::WithFreqsAndPositions)?);
        }
        postings.push(of_part);
    }
    let n_documents = |it: &Vec<SegmentPostings>| it.iter().map(|it| u64::from(it.doc_freq())).sum::<u64>();
    let Some(rarest) = (0..postings.len()).min_by_key(|it| n_documents(&postings[*it])) else {
        return Ok(Vec::new());
    };
    let mut found = Vec::new();
    let mut positions: Vec<Vec<u32>> = vec![Vec::new(); parts.len()];
    let mut scratch = Vec::new();
    for document in all_documents(&inverted, &parts[rarest])? {
        let mut has_all = true;
        for (of_part, positions) in postings.iter_mut().zip(&mut positions) {
            positions.clear();
            for posting in &mut *of_part {
                if posting.doc() < document {
                    posting.seek(document);
                }
                if posting.doc() == document {
                    posting.positions(&mut scratch);
                    positions.extend_from_slice(&scratch);
                }
            }
            // Two terms may stand at one position: the exact form and the stem.
            positions.sort_unstable();
            positions.dedup();
            if positions.is_empty() {
                has_all = false;
                break;
            }
        }
        if has_all {
            let lists: Vec<&[u32]> = positions.iter().map(Vec::as_slice).collect();
            let n = query::phrase_matches(&lists, slop).len();
            if n > 0 {
                found.push((document, u32::try_from(n).unwrap_or(u32::MAX)));
            }
        }
    }
    Ok(found)
}

/// The documents that have any of the terms, in order.
fn all_documents(inverted: &InvertedIndexReader, terms: &[Term]) -> tantivy::Result<Vec<DocId>> {
    let mut documents = Vec::new();
    for term in terms {
        let Some(mut postings) = inverted.read_postings(term, IndexRecordOption::Basic)? else { continue };
        while postings.doc() != TERMINATED {
            documents.push(postings.doc());
            postings.advance();
        }
    }
    documents.sort_unstable();
    documents.dedup();
    Ok(documents)
}
