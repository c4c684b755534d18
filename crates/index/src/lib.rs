//! Keeps articles and finds them again.
//!
//! [`Index`] is the place, [`Writer`] changes it, [`Snapshot`] reads the state of one commit. `embedded` keeps them on this
//! machine, in tantivy, which stays behind it.

mod embedded;
mod error;

pub use embedded::{
    Counted, Counts, Evidence, Expansion, FORMAT, FORMS_MAX, Families, FileRecord, Found, FoundHit, Index,
    NearForm, Pair, QuotedPassage, Ranking, Related, Snapshot, Voice, Writer,
};
pub use error::Error;
