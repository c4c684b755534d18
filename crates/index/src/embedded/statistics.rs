//! What BM25 counts, as if an index held one kind of documents only.

use tantivy::{Result, Term, query::Bm25StatisticsProvider, schema::Field};

use super::{Snapshot, schema::Unit};

impl Snapshot {
    /// Statistics for BM25 as if there were no documents but those of the unit.
    pub(super) fn statistics(&self, unit: Unit) -> Statistics<'_> {
        Statistics { snapshot: self, unit }
    }
}

/// See [`Snapshot::statistics`].
pub(super) struct Statistics<'a> {
    snapshot: &'a Snapshot,
    unit: Unit,
}

impl Bm25StatisticsProvider for Statistics<'_> {
    fn total_num_tokens(&self, field: Field) -> Result<u64> {
        self.snapshot.searcher.total_num_tokens(field)
    }

    fn total_num_docs(&self) -> Result<u64> {
        self.snapshot.searcher.doc_freq(&self.snapshot.fields().unit_term(self.unit))
    }

    /// tantivy asserts that no term is in more documents than there are; headlines stand on
    /// documents of two units.
    fn doc_freq(&self, term: &Term) -> Result<u64> {
        Ok(self.snapshot.searcher.doc_freq(term)?.min(self.total_num_docs()?))
    }
}
