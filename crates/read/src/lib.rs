//! A file's bytes → articles: `read` knows formats, `extract` finds headline, source, date and
//! passages. Pure.

pub mod read;
pub mod extract;
