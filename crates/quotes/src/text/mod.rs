//! The text of a passage → its quotations, and its sentences with the quotations masked.

pub(crate) mod dateline;
pub(crate) mod lexer;
pub(crate) mod masked;
pub(crate) mod quotation;
pub(crate) mod token;
