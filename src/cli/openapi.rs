//! `binhyen openapi`: the document that the server gives under `/api`.

use std::error::Error;
use std::process::ExitCode;

use clap::Args;

use super::output;
use crate::http::openapi::document;

/// The arguments of `openapi`.
#[derive(Debug, Args)]
#[command(after_help = "Example:\n  binhyen openapi > openapi.json")]
pub(super) struct OpenApiArgs {
    /// The address under which the server is reached.
    #[arg(long, value_name = "URL", default_value = "/")]
    address: String,
}

/// Prints the document.
pub(super) fn run(args: &OpenApiArgs) -> Result<ExitCode, Box<dyn Error>> {
    output::json(&document(&args.address))?;
    Ok(ExitCode::SUCCESS)
}
