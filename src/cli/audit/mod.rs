//! `binhyen audit`: the log of who saw and changed what, verified or taken out of the store.

mod export;
mod opened_store;

use std::process::ExitCode;

use clap::{Args, Subcommand};
use serde::Serialize;

use super::data_folder::DataOption;
use super::exit::{CommandResult, REJECTED};
use super::output::{self, OutputFormat, Progress};
use crate::domain::audit::{ChainEnd, ChainFault, ChainReport};
use crate::domain::text::Names;
use crate::texts::text;
use export::ExportArgs;
use opened_store::with_store;

/// The arguments of `audit`.
#[derive(Debug, Args)]
#[command(
    after_help = "Each line of the log holds the hash of the line before, so that a line that was changed, taken out or\n\
                  moved is found. Whoever can write the database can also write the whole log anew: only an end that was\n\
                  written down elsewhere before (NUMBER:HASH, as `verify` and the server's own log give it) tells that.\n\n\
                  Examples:\n  binhyen audit verify --data /var/lib/binhyen\n  \
                  binhyen audit export --from 2026-11-01 --to 2026-12-01 --format csv > november.csv"
)]
pub(super) struct AuditArgs {
    #[command(subcommand)]
    what: AuditVerb,
}

#[derive(Debug, Subcommand)]
enum AuditVerb {
    /// Walk the log from its beginning, and name the first line that is not as it was written.
    Verify(VerifyArgs),
    /// Write the lines of some days to standard output.
    Export(ExportArgs),
}

/// The arguments of `audit verify`.
#[derive(Debug, Args)]
#[command(
    after_help = "Exit code 0 when every line is as it was written, 1 when one is not, 2 when the store cannot be read. A server\n\
                  may go on writing meanwhile.\n\n\
                  Example:\n  binhyen audit verify --data /var/lib/binhyen --holds 1204:9f86d081884c7d65…"
)]
struct VerifyArgs {
    /// An end of the log that was written down before: the log must still hold this line.
    #[arg(long, value_name = "NUMBER:HASH")]
    holds: Option<ChainEnd>,
    #[command(flatten)]
    data: DataOption,
    /// The form of the report.
    #[arg(long, value_enum, default_value_t)]
    format: OutputFormat,
}

/// Runs `audit`.
pub(super) fn run(args: &AuditArgs) -> CommandResult {
    match &args.what {
        AuditVerb::Verify(args) => verify(args),
        AuditVerb::Export(args) => export::run(args),
    }
}

fn verify(args: &VerifyArgs) -> CommandResult {
    let report = with_store(&args.data, async |store| {
        let mut progress = Progress::new("lines of the audit log", store.audit_span().await?.lines());
        let report = store.verified_audit(args.holds, |lines| progress.add(lines)).await?;
        progress.finish();
        Ok(report)
    })?;
    match args.format {
        OutputFormat::Json => output::json(&VerifyReport::of(&report))?,
        OutputFormat::Text => output::say(&said_of(&report)),
    }
    Ok(if report.fault.is_none() { ExitCode::SUCCESS } else { ExitCode::from(REJECTED) })
}

/// The report as a program reads it.
#[derive(Debug, Serialize)]
struct VerifyReport {
    intact: bool,
    lines: u64,
    begins_after: u64,
    end: String,
    fault: Option<&'static str>,
    line: Option<u64>,
    stands_as: Option<u64>,
}

impl VerifyReport {
    fn of(report: &ChainReport) -> Self {
        let (fault, line, stands_as) = match &report.fault {
            None => (None, None, None),
            Some(fault) => {
                let (word, number, stands_as) = parts_of(fault);
                (Some(word), Some(number), stands_as)
            }
        };
        Self {
            intact: fault.is_none(),
            lines: report.lines,
            begins_after: report.begins_after.number,
            end: report.end.to_string(),
            fault,
            line,
            stands_as,
        }
    }
}

/// The word for a fault, the number of its line, and where the line stands that belongs there.
fn parts_of(fault: &ChainFault) -> (&'static str, u64, Option<u64>) {
    match *fault {
        ChainFault::Changed { number } => ("changed", number, None),
        ChainFault::Missing { number } => ("missing", number, None),
        ChainFault::Reordered { number, stands_as } => ("reordered", number, Some(stands_as)),
        ChainFault::Unconnected { number } => ("unconnected", number, None),
        ChainFault::UnwitnessedCut { number } => ("unwitnessed_cut", number, None),
        ChainFault::OtherThanWitnessed { number } => ("other_than_held", number, None),
    }
}

/// What the walk found, in a sentence.
fn said_of(report: &ChainReport) -> Names {
    let Some(fault) = &report.fault else {
        let (lines, end) = (report.lines.to_string(), report.end.to_string());
        return text!("audit-intact", lines = lines, end = end);
    };
    let (_, number, stands_as) = parts_of(fault);
    let line = number.to_string();
    match fault {
        ChainFault::Changed { .. } => text!("audit-line-changed", line = line),
        ChainFault::Missing { .. } => text!("audit-line-missing", line = line),
        ChainFault::Reordered { .. } => {
            text!("audit-line-reordered", line = line, place = stands_as.unwrap_or_default().to_string())
        }
        ChainFault::Unconnected { .. } => text!("audit-line-unconnected", line = line),
        ChainFault::UnwitnessedCut { .. } => text!("audit-cut-unwitnessed", line = line),
        ChainFault::OtherThanWitnessed { .. } => text!("audit-line-not-held", line = line),
    }
}
