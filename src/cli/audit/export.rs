//! `binhyen audit export`: the lines of some days, one after the other, as JSON lines or CSV.

use std::error::Error;
use std::io::{BufWriter, Write, stdout};
use std::process::ExitCode;

use clap::{Args, ValueEnum};
use jiff::Timestamp;
use jiff::civil::Date;
use serde::Serialize;

use super::opened_store::with_store;
use crate::cli::data_folder::DataOption;
use crate::cli::exit::CommandResult;
use crate::cli::output::Progress;
use crate::domain::audit::AuditLine;
use crate::domain::time::period::Day;

/// The arguments of `audit export`.
#[derive(Debug, Args)]
#[command(after_help = "Days are local days. Nothing is verified here; `audit verify` does that.\n\n\
                  Example:\n  binhyen audit export --from 2026-11-01 --to 2026-12-01 --format jsonl > november.jsonl")]
pub(super) struct ExportArgs {
    /// The first day; that of the first line when not given.
    #[arg(long, value_name = "YYYY-MM-DD")]
    from: Option<Date>,
    /// The day after the last one; none when not given.
    #[arg(long, value_name = "YYYY-MM-DD")]
    to: Option<Date>,
    /// How lines are written.
    #[arg(long, value_enum, default_value_t)]
    format: LineFormat,
    #[command(flatten)]
    data: DataOption,
}

/// How lines are written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, ValueEnum)]
enum LineFormat {
    /// One JSON object a line.
    #[default]
    Jsonl,
    /// Rows for a spreadsheet.
    Csv,
}

/// A line as it is written.
#[derive(Debug, Serialize)]
struct ExportedLine<'a> {
    number: u64,
    moment: String,
    token_id: &'a str,
    label: &'a str,
    role: &'a str,
    action: &'a str,
    question: &'a str,
    rows: Option<u64>,
    request_id: &'a str,
    previous_hash: String,
    hash: String,
}

impl<'a> ExportedLine<'a> {
    fn of(line: &'a AuditLine) -> Self {
        let entry = &line.entry;
        Self {
            number: line.number,
            moment: Timestamp::from_millisecond(entry.moment_ms).map_or_else(|_| String::new(), |at| at.to_string()),
            token_id: &entry.token_id,
            label: &entry.label,
            role: &entry.role,
            action: &entry.action,
            question: &entry.question,
            rows: entry.rows,
            request_id: &entry.request_id,
            previous_hash: line.previous.to_string(),
            hash: line.hash.to_string(),
        }
    }

    /// The same for a spreadsheet, which would run a cell that begins like a formula.
    fn guarded(self) -> [String; 11] {
        let text = |text: &str| {
            if text.starts_with(['=', '+', '-', '@', '\t', '\r']) { format!("'{text}") } else { text.to_owned() }
        };
        [
            self.number.to_string(),
            self.moment,
            text(self.token_id),
            text(self.label),
            text(self.role),
            text(self.action),
            text(self.question),
            self.rows.map(|rows| rows.to_string()).unwrap_or_default(),
            text(self.request_id),
            self.previous_hash,
            self.hash,
        ]
    }
}

/// The names of the columns.
const COLUMNS: [&str; 11] = [
    "number",
    "moment",
    "token_id",
    "label",
    "role",
    "action",
    "question",
    "rows",
    "request_id",
    "previous_hash",
    "hash",
];

/// Writes lines in a form.
enum LineWriter<W: Write> {
    Jsonl(W),
    Csv(Box<csv::Writer<W>>),
}

impl<W: Write> LineWriter<W> {
    fn new(format: LineFormat, out: W) -> Result<Self, csv::Error> {
        if format == LineFormat::Jsonl {
            return Ok(Self::Jsonl(out));
        }
        let mut out = csv::Writer::from_writer(out);
        out.write_record(COLUMNS)?;
        Ok(Self::Csv(Box::new(out)))
    }

    fn write(&mut self, line: &AuditLine) -> Result<(), Box<dyn Error>> {
        let line = ExportedLine::of(line);
        match self {
            Self::Jsonl(out) => {
                serde_json::to_writer(&mut *out, &line)?;
                out.write_all(b"\n")?;
            }
            Self::Csv(out) => out.write_record(line.guarded())?,
        }
        Ok(())
    }

    fn finish(mut self) -> std::io::Result<()> {
        match &mut self {
            Self::Jsonl(out) => out.flush(),
            Self::Csv(out) => out.flush(),
        }
    }
}

/// Writes the lines; exit code 0 when all are written.
pub(super) fn run(args: &ExportArgs) -> CommandResult {
    let begin_ms = args.from.map_or(i64::MIN, first_ms);
    let end_ms = args.to.map_or(i64::MAX, first_ms);
    let mut lines = LineWriter::new(args.format, BufWriter::new(stdout().lock()))?;
    with_store(&args.data, async |store| {
        let span = store.audit_span().await?;
        let mut progress = Progress::new("lines of the audit log", span.lines());
        let mut after = span.begins_after.number;
        loop {
            let page = store.audit_lines_after(after).await?;
            let Some(last) = page.last() else { break };
            after = last.number;
            for line in page.iter().filter(|line| (begin_ms..end_ms).contains(&line.entry.moment_ms)) {
                lines.write(line)?;
            }
            progress.add(page.len() as u64);
        }
        progress.finish();
        Ok(())
    })?;
    lines.finish()?;
    Ok(ExitCode::SUCCESS)
}

/// The first millisecond of a local day.
fn first_ms(date: Date) -> i64 {
    Day::of_date(date).first_second() * 1000
}
