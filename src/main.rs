//! The `morgue` program.

use std::process::ExitCode;

use mimalloc::MiMalloc;

/// Names, quotes and rows are many small pieces of memory: a tenth less time for attribution than
/// with the system's own.
#[global_allocator]
static MEMORY: MiMalloc = MiMalloc;

fn main() -> ExitCode {
    morgue::cli::main()
}
