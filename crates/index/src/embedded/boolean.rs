//! Boolean queries of tantivy.

use tantivy::{
    Term,
    query::{AllQuery, BooleanQuery, ConstScoreQuery, EmptyQuery, Occur, Query, TermQuery},
    schema::{Field, IndexRecordOption},
};

pub(super) type BoxedQuery = Box<dyn Query>;

/// The documents that have the value in the field.
pub(super) fn having(field: Field, value: &str) -> BoxedQuery {
    Box::new(TermQuery::new(Term::from_field_text(field, value), IndexRecordOption::Basic))
}

/// The documents that have any of the terms.
pub(super) fn any_term(terms: Vec<Term>) -> BoxedQuery {
    let query = |it| -> BoxedQuery { Box::new(TermQuery::new(it, IndexRecordOption::WithFreqs)) };
    union(terms.into_iter().map(query).collect())
}

/// The documents of any of the queries.
pub(super) fn union(mut queries: Vec<BoxedQuery>) -> BoxedQuery {
    match queries.len() {
        0 => Box::new(EmptyQuery),
        1 => queries.remove(0),
        _ => Box::new(BooleanQuery::union(queries)),
    }
}

/// The documents of all `wanted` queries, all there are without one, and of no `unwanted` query.
pub(super) fn excluded(mut wanted: Vec<BoxedQuery>, unwanted: Vec<BoxedQuery>) -> BoxedQuery {
    if wanted.is_empty() {
        wanted.push(unscored(Box::new(AllQuery)));
    }
    let wanted = wanted.into_iter().map(|it| (Occur::Must, it));
    Box::new(BooleanQuery::new(wanted.chain(unwanted.into_iter().map(|it| (Occur::MustNot, it))).collect()))
}

/// The same documents; they get no score by it.
pub(super) fn unscored(query: BoxedQuery) -> BoxedQuery {
    Box::new(ConstScoreQuery::new(query, 0.0))
}
