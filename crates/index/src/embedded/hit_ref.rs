//! The reference of a hit ↔ its document's address.

use tantivy::DocAddress;

use crate::{FoundHit, found::HitRef};

impl From<DocAddress> for HitRef {
    fn from(DocAddress { segment_ord, doc_id }: DocAddress) -> HitRef {
        HitRef::Embedded { segment: segment_ord, document: doc_id }
    }
}

/// The document of a hit.
pub(super) fn address(hit: &FoundHit) -> DocAddress {
    let HitRef::Embedded { segment, document } = hit.reference;
    DocAddress::new(segment, document)
}
