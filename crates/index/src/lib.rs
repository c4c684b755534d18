//! Keeps articles and finds them again.
//!
//! [`Index`] is the place, [`Writer`] changes it, [`Snapshot`] reads the state of one commit. They
//! are the door to what keeps the articles: `embedded`, in tantivy on this machine. What goes
//! through the door is plain data.

// The door.
mod index;
mod writer;
mod snapshot;
// What goes through it.
mod manifest;
mod ranking;
mod speaker_filter;
mod found;
mod matched;
mod counts;
mod expansion;
mod families;
mod kept;
mod kept_bytes;
mod related;
mod error;
// What is behind it.
mod embedded;

pub use counts::{ArticleNumber, Counted, CountedSpeaker, Counts, Totals};
pub use embedded::FORMAT;
pub use error::Error;
pub use expansion::{Expansion, FORMS_MAX};
pub use families::Families;
pub use found::{Found, FoundHit, QuotedPassage};
pub use index::{Index, Stamp};
pub use kept::{CommitId, KeptFile};
pub use kept_bytes::Kept;
pub use manifest::FileRecord;
pub use matched::Matched;
pub use ranking::{Evidence, Pair, Ranking};
pub use related::Related;
pub use snapshot::Snapshot;
pub use speaker_filter::{SpeakerFilter, SpeakerProperty, Stances};
pub use writer::Writer;
