//! The query language: text to tree to checked tree, and what a checked tree means.
//!
//! In: what a reporter typed. Out: a [`CheckedQuery`] that every backend translates, or an [`Error`] that shows the
//! place. No backend is known here. `docs/query-language.md` is the language for its users.

mod ast;
mod lex;
mod later;
mod parse;
mod error;
mod suggest;
mod field;
mod check;
mod dates;
mod simplify;
mod checked;
mod glob;
mod spans;
mod evaluate;

#[cfg(test)]
mod tests;

pub use ast::{Node, NodeKind, Note, Query, QuerySpan};
pub use check::{WILDCARDS_MAX, check};
pub use checked::{CheckedQuery, Clause, Days, Filter, QuoteClause, TextField, TextPattern, WordPattern};
pub use error::{Error, ErrorKind};
pub use evaluate::evaluate;
pub use field::{Field, Takes};
pub use glob::Glob;
pub use parse::{DEPTH_MAX, QUERY_BYTES_MAX, parse};
pub use spans::phrase_matches;
