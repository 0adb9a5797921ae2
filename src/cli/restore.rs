//! `binhyen restore`: a backup put into a data folder that nobody uses.

use std::error::Error;
use std::path::PathBuf;
use std::process::ExitCode;

use clap::Args;
use tokio::runtime::Builder;

use super::backup::print_summary;
use super::exit::CommandResult;
use super::output::{self, OutputFormat};
use crate::config::replace_rule_files;
use crate::store::{BackupFile, RestoreOptions, restore};

/// The arguments of `restore`.
#[derive(Debug, Args)]
#[command(after_help = RESTORE_HELP)]
pub(super) struct RestoreArgs {
    /// The backup, as `binhyen backup` wrote it.
    #[arg(value_name = "FILE")]
    file: PathBuf,
    /// The data folder to put it into; made where it is missing.
    #[arg(long, value_name = "DIR")]
    data: PathBuf,
    /// Replace the database and the rule files of a folder that is not empty.
    #[arg(long)]
    replace: bool,
    /// The form of the report.
    #[arg(long, value_enum, default_value_t)]
    format: OutputFormat,
}

const RESTORE_HELP: &str = "\
The backup is verified first: its SHA-256 where FILE.sha256 lies beside it, every page, every reference, every row. A
folder that a server or an import uses is refused; stop it first. With --replace the database and the rule files of the
folder are those of the backup afterwards; the copy of the incidents and the kept shapes are removed, because the next
start makes them anew. Other files of the folder stay.

Examples:
  binhyen restore /backup/binhyen-2026-11-29.backup --data /var/lib/binhyen-new
  systemctl stop binhyen && binhyen restore FILE --data /var/lib/binhyen --replace && systemctl start binhyen";

/// Exit code 0 when the folder holds the backup, 2 otherwise.
pub(super) fn run(args: &RestoreArgs) -> CommandResult {
    let options = if args.replace { RestoreOptions::Replace } else { RestoreOptions::IntoEmpty };
    let runtime = Builder::new_current_thread().enable_all().build()?;
    let place_files = |files: &[BackupFile]| -> Result<(), Box<dyn Error>> {
        let files: Vec<(String, Vec<u8>)> =
            files.iter().map(|file| (file.name.clone(), file.contents.clone())).collect();
        Ok(replace_rule_files(&args.data, &files)?)
    };
    let summary = runtime.block_on(restore(&args.file, &args.data, options, place_files))?;
    print_summary("restored", &args.file, &summary, args.format)?;
    if args.format == OutputFormat::Text {
        output::line(&format!("it is the store of {} now", args.data.display()));
    }
    Ok(ExitCode::SUCCESS)
}
