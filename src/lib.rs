//! A newspaper's morgue: its clippings, searchable, each quote with its speaker.
//!
//! ```text
//! walk ──▶ read ──▶ extract ──▶ attribute ──▶ index ──▶ search ──▶ render
//! files    raw text articles    quotes        postings    ▲ hits     text, JSON, CSV
//!                           query: text ─▶ tree ─▶ checked tree
//! ```
//!
//! The modules below stand in reading order: the path of a document, the path of a query, the ways
//! in. `docs/ARCHITECTURE.md` has the map and what must stay true of it.

pub use morgue_core::{analyze, article, copies, system};
pub use morgue_index as index;
pub use morgue_query as query;
pub use morgue_quotes as attribute;
pub use morgue_read::{extract, read};

pub mod files;
pub mod walk;
pub mod roster;
pub mod search;
pub mod list;
pub mod archive;
pub mod render;
#[cfg(feature = "web")]
pub mod web;
pub mod cli;
