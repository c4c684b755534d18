//! What a page states about its article.

use morgue_core::article::FieldName;

/// A value that a page states, and how good statements of its kind are: a smaller rank is better.
#[derive(Debug)]
pub(super) struct Statement {
    pub(super) rank: usize,
    pub(super) field: FieldName,
    pub(super) value: String,
    pub(super) rule: String,
    pub(super) place: String,
}
