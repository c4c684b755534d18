//! The `morgue` program.

fn main() {}
