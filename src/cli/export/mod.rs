//! `binhyen export`: files to hand on, made of what a data folder holds and cut to a role.

mod filter_args;
mod output_file;
mod sheets;

use clap::{Args, Subcommand};

use super::exit::CommandResult;
use super::language::LanguageOption;

/// The arguments of `export`.
#[derive(Debug, Args)]
#[command(
    after_help = "A file holds what a role may see; without --role that is the public, from released windows only, and what is\n\
                  hidden from it is not in the bytes of the file.\n\n\
                  Example:\n  binhyen export sheets --data /var/lib/binhyen -o sheets.pdf"
)]
pub(super) struct ExportArgs {
    #[command(subcommand)]
    what: ExportVerb,
}

#[derive(Debug, Subcommand)]
enum ExportVerb {
    /// Draw a sheet of A4 for each area of a level, all in one PDF.
    Sheets(sheets::SheetsArgs),
}

/// Runs `export`; files are in Vietnamese where no language is asked for.
pub(super) fn run(args: &ExportArgs, lang: Option<LanguageOption>) -> CommandResult {
    match &args.what {
        ExportVerb::Sheets(args) => sheets::run(args, lang),
    }
}
