//! Keeps articles and finds them again.
//!
//! [`Index`] is the place, [`Writer`] changes it, [`Snapshot`] reads the state of one commit. `embedded` keeps them on this
//! machine, in tantivy, which stays behind it.

mod counts;
mod embedded;
mod error;
mod expansion;
mod families;
mod found;
mod manifest;
mod ranking;
mod related;
mod speaker_filter;

pub use counts::{Counted, Counts};
pub use embedded::{FORMAT, Index, Snapshot, Writer};
pub use error::Error;
pub use expansion::{Expansion, FORMS_MAX, NearForm};
pub use families::Families;
pub use found::{Found, FoundHit, QuotedPassage};
pub use manifest::FileRecord;
pub use ranking::{Evidence, Pair, Ranking};
pub use related::Related;
pub use speaker_filter::SpeakerFilter;
