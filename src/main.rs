//! The `binhyen` program: parses its arguments, runs a verb, exits.

use std::process::ExitCode;

fn main() -> ExitCode {
    binhyen::cli::run()
}
