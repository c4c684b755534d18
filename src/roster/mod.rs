//! The people of an archive as a table in the index's folder.
//!
//! ```text
//! names in blocks ─▶ groups ─▶ people, pairs ─▶ base    all of them
//!                                              changes  those of groups that changed since
//! ```
//!
//! People are worked out group by group: the names of a group are compared with each other and with
//! nobody else (`groups`). So an article that changes asks only for the groups of its speakers:
//! they are worked out anew and written to a small file beside the large one, in whose place they
//! are read (`table`). When the small file grows, both are written as one (`update`).
//!
//! A table names the commit and the corrections that it was made of. Any other one is stale, and a
//! file that is missing or damaged is the same as none: people are computed anew, and the file is
//! written where that is allowed (`store`). It holds nothing that cannot be computed from the
//! index.

mod builder;
mod groups;
mod keys;
mod layer;
mod layout;
mod pages;
mod rows;
mod store;
mod summary;
mod table;
mod update;

pub use pages::Damage;
pub use store::{Decisions, Touched, anew, damaged_files, open, refresh};
pub use summary::Summary;
pub use table::{Pairs, PersonId, Table};
