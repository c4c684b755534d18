//! What matches a query, found once for all that is counted of it.

use crate::embedded;

/// The passages of one snapshot that match a query, or the articles. Only the snapshot that it was
/// found in can count it.
pub struct Matched(Backend);

enum Backend {
    Embedded(embedded::Matched),
}

impl Matched {
    pub(crate) fn embedded(matched: embedded::Matched) -> Matched {
        Matched(Backend::Embedded(matched))
    }

    pub(crate) fn as_embedded(&self) -> &embedded::Matched {
        let Backend::Embedded(it) = &self.0;
        it
    }
}
