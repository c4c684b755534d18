//! Keeps articles in tantivy and finds them again.
