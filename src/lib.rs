//! A newspaper's morgue: its clippings, searchable, each quote with its speaker.
//!
//! ```text
//! walk ──▶ read ──▶ extract ──▶ attribute ──▶ index ──▶ search ──▶ render
//! files    raw text articles    quotes        postings    ▲ hits     text, JSON, CSV
//!                           query: text ─▶ tree ─▶ checked tree
//! ```
//!
//! The modules below stand in reading order: the path of a document, the path of a query, the ways in.
//! `docs/ARCHITECTURE.md` has the map and what must stay true of it.

pub mod article;
pub mod analyze;
pub mod walk;
pub mod read;
pub mod extract;
pub mod attribute;
pub mod copies;
pub mod query;
pub mod index;
pub mod search;
pub mod list;
pub mod archive;
pub mod render;
pub mod cli;
