//! The shapes of JSON answers, as their types tell them.

use schemars::{JsonSchema, Schema, SchemaGenerator};

/// The shape of the rows that a function makes, which is not called: rows have types without names.
///
/// `schema_of(generator, |it: &'static Results| answer_row(it))`
pub(super) fn schema_of<T, R: JsonSchema>(generator: &mut SchemaGenerator, _: impl FnOnce(T) -> R) -> Schema {
    R::json_schema(generator)
}

/// The shape of an answer that has one of these.
pub(super) fn any_of(schemas: &[Schema; 2]) -> Schema {
    schemars::json_schema!({ "anyOf": schemas })
}
