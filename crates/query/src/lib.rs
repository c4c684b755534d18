//! The query language: text to tree to checked tree, and what a checked tree means.
//!
//! In: what a reporter typed. Out: a [`CheckedQuery`] that every backend translates, or an
//! [`Error`] that shows the place. No backend is known here. `docs/query-language.md` is the
//! language for its users.

mod ast;
mod lex;
mod parse;
mod dialect;
mod error;
mod suggest;
mod clauses;
mod mend;
mod narrow;
mod field;
mod shelf;
mod check;
mod patterns;
mod dates;
mod simplify;
mod checked;
mod visit;
mod explain;
mod glob;
mod plain;
mod relax;
mod article_reading;
mod result_options;
mod spans;
mod text;
mod value;
mod evaluate;
mod judge;

#[cfg(test)]
mod tests;

pub use article_reading::ArticleReading;
pub use ast::{Function, Node, NodeKind, Note, Query, QuerySpan};
pub use check::{check, check_with_lists};
pub use checked::{
    ArticlePart, CheckedQuery, Clause, Days, Filter, Lengths, Letters, Nearness, QuoteClause, TextField,
    TextPattern, ValueField, Within, WordPattern,
};
pub use clauses::TypedClause;
pub use dialect::{Dialect, parse_as};
pub use error::{Error, ErrorKind};
pub use evaluate::{Page, evaluate, n_words, name_fits};
pub use explain::Explained;
pub use field::{Field, Takes};
pub use glob::Glob;
pub use judge::{Judged, Verdict, judge};
pub use mend::{mended, reasked, respelled};
pub use narrow::{Condition, dated, narrowed, narrowed_to_speaker, timed, within};
pub use parse::{DEPTH_MAX, QUERY_BYTES_MAX, parse, parse_words};
pub use patterns::{PROXIMITY_WORDS_MAX, WILDCARDS_MAX};
pub use plain::plain_words;
pub use result_options::{Facet, Grouping, Order};
pub use shelf::{ListField, Listed, Shelf};
pub use spans::{Positions, Shape, Stretch, WordPlaces};
pub use suggest::distance as edits;
pub use value::whole_value;
pub use visit::{Place, SCANS_MAX};
