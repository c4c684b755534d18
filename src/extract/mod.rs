//! Turns a raw document into an article: its metadata with origins, and its passages without clutter.
