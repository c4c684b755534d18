//! Finds the quotes of an article and who speaks them.
