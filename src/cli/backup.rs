//! `binhyen backup`: the store of a data folder as one verified file.

use std::path::{Path, PathBuf};
use std::process::ExitCode;

use clap::Args;
use jiff::Timestamp;
use serde::Serialize;
use tokio::runtime::Builder;

use super::data_folder::{DataFolder, DataOption};
use super::exit::CommandResult;
use super::output::{self, OutputFormat};
use crate::config::own_rule_files;
use crate::store::{BackupFile, BackupSummary, Store};

/// The arguments of `backup`.
#[derive(Debug, Args)]
#[command(after_help = BACKUP_HELP)]
pub(super) struct BackupArgs {
    /// The file to write; it must not exist yet. Its SHA-256 is written beside it, as FILE.sha256.
    #[arg(value_name = "FILE")]
    file: PathBuf,
    #[command(flatten)]
    data: DataOption,
    /// The form of the report.
    #[arg(long, value_enum, default_value_t)]
    format: OutputFormat,
}

const BACKUP_HELP: &str = "\
The file holds one committed state of the store and the rule files of the data folder. A server may go on serving and an
import go on writing: what is committed later is in the next backup. The file is read back from end to end before it
gets its name. Tokens stand in the configuration, which is not in it; keep that apart, and keep the file private: it
holds every incident.

Examples:
  binhyen backup /backup/binhyen-$(date +%F).backup --data /var/lib/binhyen
  sha256sum --check binhyen-2026-11-29.backup.sha256
  binhyen restore /backup/binhyen-2026-11-29.backup --data /var/lib/binhyen-new";

/// Exit code 0 when the backup is there and verified, 2 otherwise.
pub(super) fn run(args: &BackupArgs) -> CommandResult {
    let folder = DataFolder::new(&args.data.folder)?;
    let files = own_rule_files(&folder.path)?;
    let files: Vec<BackupFile> = files.into_iter().map(|(name, contents)| BackupFile { name, contents }).collect();
    let made_at = Timestamp::now().round(jiff::Unit::Second)?.to_string();
    let summary = Builder::new_current_thread().enable_all().build()?.block_on(async {
        let store = Store::open_existing(&folder.path, &folder.loaded_rules.taxonomy).await?;
        let summary = store.back_up(&args.file, &files, &made_at).await;
        store.close().await;
        Ok::<_, Box<dyn std::error::Error>>(summary?)
    })?;
    print_summary("backup", &args.file, &summary, args.format)?;
    Ok(ExitCode::SUCCESS)
}

#[derive(Serialize)]
struct BackupReport<'a> {
    file: &'a Path,
    made_at: &'a str,
    epoch: u64,
    rows: std::collections::BTreeMap<&'static str, u64>,
    rule_files: &'a [String],
    bytes: u64,
    sha256: &'a str,
}

/// Prints what a verified backup holds.
pub(super) fn print_summary(
    what: &str,
    file: &Path,
    summary: &BackupSummary,
    format: OutputFormat,
) -> Result<(), serde_json::Error> {
    let BackupSummary { epoch, rows, files, made_at, bytes, sha256 } = summary;
    if format == OutputFormat::Json {
        let rows = rows.iter().copied().collect();
        let (epoch, bytes) = (*epoch, *bytes);
        return output::json(&BackupReport { file, made_at, epoch, rows, rule_files: files, bytes, sha256 });
    }
    let rows: Vec<String> = rows.iter().map(|(table, count)| format!("{count} {table}")).collect();
    output::line(&format!("{what}: {}, made {made_at}, verified", file.display()));
    output::line(&format!("epoch {epoch}; {}", rows.join(", ")));
    if !files.is_empty() {
        output::line(&format!("rule files: {}", files.join(", ")));
    }
    output::line(&format!("{bytes} bytes, SHA-256 {sha256}"));
    Ok(())
}
