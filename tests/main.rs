//! The integration tests, one binary: what the program promises, by feature.

#![expect(clippy::disallowed_methods, reason = "tests read the source")]

mod architecture;
