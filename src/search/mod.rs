//! Turns a checked query into results.
