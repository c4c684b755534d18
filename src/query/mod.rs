//! The query language: text to tree to checked tree, and what it means.
