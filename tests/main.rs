//! The integration tests, one binary: what the program promises, by feature.

#![expect(clippy::disallowed_methods, clippy::unwrap_used, reason = "tests make files and may fail")]

mod added;
mod architecture;
mod attacks;
mod circles;
mod cli;
mod formats;
mod narrow;
mod oracle;
mod people;
mod quality;
mod readers;
mod readme;
mod round_trip;
mod spec;
mod spec_dialects;
mod spec_metadata;
mod spec_quotes;
mod support;
#[cfg(feature = "web")]
mod web;
