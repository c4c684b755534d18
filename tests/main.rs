//! The integration tests, one binary: what the program promises, by feature.

mod architecture;
