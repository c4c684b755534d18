//! What is read of one segment: the documents that have a term, the terms of a field, the values of
//! a column.
//!
//! Documents that were deleted stay in a segment until it is merged.

use std::{
    collections::{BTreeSet, HashMap},
    sync::Arc,
};

use tantivy::{
    DocId, DocSet as _, InvertedIndexReader, Result, SegmentReader, TERMINATED, Term, columnar::StrColumn,
    postings::TermInfo, schema::IndexRecordOption,
};

use morgue_core::system::stop;

/// Whether a document was not deleted.
pub(super) fn is_live(segment: &SegmentReader, document: DocId) -> bool {
    segment.alive_bitset().is_none_or(|it| it.is_alive(document))
}

/// The documents that have the term, in order, deleted ones included.
pub(super) fn documents_with(segment: &SegmentReader, term: &Term) -> Result<Vec<DocId>> {
    let inverted = segment.inverted_index(term.field())?;
    let Some(mut postings) = inverted.read_postings(term, IndexRecordOption::Basic)? else {
        return Ok(Vec::new());
    };
    let mut documents = Vec::with_capacity(postings.doc_freq() as usize);
    while postings.doc() != TERMINATED {
        stop::look();
        documents.push(postings.doc());
        postings.advance();
    }
    Ok(documents)
}

/// The documents that have the term, in order.
pub(super) fn live_with(segment: &SegmentReader, term: &Term) -> Result<Vec<DocId>> {
    let mut documents = documents_with(segment, term)?;
    if let Some(alive) = segment.alive_bitset() {
        documents.retain(|it| alive.is_alive(*it));
    }
    Ok(documents)
}

/// How many documents have the term.
pub(super) fn n_live_with(segment: &SegmentReader, term: &Term) -> Result<u32> {
    let inverted = segment.inverted_index(term.field())?;
    let info = inverted.get_term_info(term)?;
    info.map_or(Ok(0), |it| n_live(segment, &inverted, &it))
}

/// How many documents have the term that this is known of.
pub(super) fn n_live(
    segment: &SegmentReader,
    inverted: &InvertedIndexReader,
    info: &TermInfo,
) -> Result<u32> {
    let Some(alive) = segment.alive_bitset() else { return Ok(info.doc_freq) };
    let postings = inverted.read_postings_from_terminfo(info, IndexRecordOption::Basic)?;
    Ok(postings.doc_freq_given_deletes(alive))
}

/// The first `limit` terms of a field that begin with `start` and fit, in order, with where their
/// postings lie; those of deleted documents included.
pub(super) fn terms(
    inverted: &InvertedIndexReader,
    start: &str,
    limit: usize,
    fits: impl Fn(&str) -> bool,
) -> Result<Vec<(String, TermInfo)>> {
    let mut stream = inverted.terms().range().ge(start).into_stream()?;
    let mut terms = Vec::new();
    while terms.len() < limit && stream.advance() {
        stop::look();
        let Ok(term) = std::str::from_utf8(stream.key()) else { continue };
        if !term.starts_with(start) {
            break;
        }
        if fits(term) {
            terms.push((term.to_owned(), stream.value().clone()));
        }
    }
    Ok(terms)
}

/// The place of the document's value in the dictionary of a column.
pub(super) fn term_ordinal(column: Option<&StrColumn>, document: DocId) -> Option<u64> {
    column?.term_ords(document).next()
}

/// The values at places of a column's dictionary, read in one pass: a look-up of its own would
/// unpack a block each.
pub(super) fn texts(
    column: Option<&StrColumn>,
    ordinals: impl Iterator<Item = u64>,
) -> Result<HashMap<u64, Arc<str>>> {
    let Some(column) = column else { return Ok(HashMap::new()) };
    let ordinals = Vec::from_iter(ordinals.collect::<BTreeSet<_>>());
    let mut texts = HashMap::with_capacity(ordinals.len());
    let mut next = ordinals.iter();
    column.dictionary().sorted_ords_to_term_cb(&ordinals, |bytes| {
        texts.extend(next.next().map(|it| (*it, String::from_utf8_lossy(bytes).into())));
    })?;
    Ok(texts)
}

/// The same for ascending places without a repeated one, one after the other.
pub(super) fn texts_in_order(column: Option<&StrColumn>, ordinals: &[u64]) -> Result<Vec<String>> {
    let Some(column) = column else { return Ok(Vec::new()) };
    let mut texts = Vec::with_capacity(ordinals.len());
    column.dictionary().sorted_ords_to_term_cb(ordinals, |bytes| {
        texts.push(String::from_utf8_lossy(bytes).into_owned());
    })?;
    Ok(texts)
}
