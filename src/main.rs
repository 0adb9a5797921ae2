//! The `binhyen` program: parses its arguments, runs a verb, exits.

use std::process::ExitCode;

use mimalloc::MiMalloc;

#[global_allocator]
static ALLOCATOR: MiMalloc = MiMalloc;

fn main() -> ExitCode {
    binhyen::cli::run()
}
