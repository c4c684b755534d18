//! What of its article a document is: the columns that tell.

use tantivy::{DocId, SegmentReader, columnar::Column};

/// The columns of a segment that tell what of its article a document is.
pub(super) struct Places {
    /// Of passages and quotes.
    ordinals: Column<u64>,
    /// Of quotes alone.
    numbers: Column<u64>,
    /// Of all: the key of the article.
    keys: Column<u64>,
}

impl Places {
    pub(super) fn open(segment: &SegmentReader) -> tantivy::Result<Places> {
        let columns = segment.fast_fields();
        Ok(Places {
            ordinals: columns.u64("ordinal")?,
            numbers: columns.u64("number")?,
            keys: columns.u64("article_key")?,
        })
    }

    /// The key of a document's article.
    pub(super) fn key(&self, document: DocId) -> Option<u64> {
        self.keys.first(document)
    }

    /// The ordinal of a passage, of its document.
    pub(super) fn passage(&self, document: DocId) -> Option<usize> {
        let ordinal = self.ordinals.first(document).filter(|_| !self.is_quote(document))?;
        usize::try_from(ordinal).ok()
    }

    pub(super) fn is_quote(&self, document: DocId) -> bool {
        self.numbers.first(document).is_some()
    }
}
