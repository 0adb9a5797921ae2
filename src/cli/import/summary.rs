//! What became of the rows of an import, for people and for scripts.
//!
//! In: counts and rejects. Out: lines in the language of the terminal, whose reasons of rejects stay English, or JSON.

use serde::Serialize;

use super::covers::{CoversReport, DaysTaken};
use super::incident_report::IncidentReport;
use super::rows_args::RowsArgs;
use super::writing_args::{WritingReport, crs_text};
use crate::cli::output;
use crate::cli::stock_report::StockReport;
use crate::domain::import_record::{ImportContents, ImportRecord, ImportedRows, RejectedExample, RejectedField};
use crate::domain::text::Names;
use crate::ingest::{CrsUse, ImportReport, Reject};
use crate::texts::phrasing::import_kind_name;
use crate::texts::{decimal, text};

/// What became of an import.
#[derive(Serialize)]
pub(in crate::cli) struct ImportSummary<'a> {
    pub(super) kind: &'static str,
    pub(super) file: &'a str,
    pub(super) dry_run: bool,
    #[serde(flatten)]
    pub(super) report: ImportReport,
    /// How the file was read, where it shows more than one way.
    pub(super) writing: WritingReport,
    /// The reference system of the coordinates; null where nothing says one.
    pub(super) crs: Option<CrsUse>,
    /// Places and assumptions, where incidents were imported.
    #[serde(flatten, skip_serializing_if = "Option::is_none")]
    pub(super) incidents: Option<IncidentReport>,
    /// What ran, came and went, where models or their events were imported.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) stock: Option<StockReport>,
    /// The days of the incidents that were taken.
    #[serde(skip)]
    pub(super) days: DaysTaken,
    /// Which days are covered, where incidents were imported.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) coverage: Option<CoversReport>,
    pub(super) epoch: Option<u64>,
    pub(super) seconds: f64,
}

impl ImportSummary<'_> {
    /// What is kept of it for the operator.
    pub(super) fn record(&self, ended_s: i64) -> ImportRecord {
        let ImportReport { read, accepted, updated, unchanged, rejected, sample_removed, .. } = self.report;
        let rows =
            ImportedRows { read, added: accepted, changed: updated, unchanged, removed: 0, sample_removed, rejected };
        let fields = self.report.rejected_by_field.iter();
        let rejects = self.report.first_rejects.iter();
        let contents = ImportContents {
            rows,
            rejected_by_field: fields
                .map(|(field, rows)| RejectedField { field: (*field).to_owned(), rows: *rows })
                .collect(),
            examples: rejects.map(|r| RejectedExample::new(r.line, r.field, &r.value, &r.reason)).collect(),
            ..ImportContents::default()
        };
        ImportRecord::new(ended_s, self.kind, self.file, contents)
    }

    /// The same in lines.
    pub(super) fn print_text(&self, args: &RowsArgs) {
        output::say(&self.counts());
        self.print_rejects(args);
        let ImportReport { read, rejected, sample_removed, .. } = self.report;
        if sample_removed > 0 {
            output::say(&text!("import-sample-replaced", rows = sample_removed.to_string()));
        }
        if let Some(stock) = &self.stock {
            stock.print_text();
        }
        let seconds = decimal(self.seconds, 1);
        output::say(&match self.epoch {
            Some(epoch) => text!("import-ended", epoch = epoch.to_string(), seconds = seconds),
            None => text!("import-ended-unwritten", seconds = seconds),
        });
        if let Some(read_as) = self.writing.text() {
            output::say(&read_as);
        }
        if let Some(read_as) = self.crs.as_ref().and_then(crs_text) {
            output::say(&read_as);
        }
        if let Some(incidents) = self.incidents.as_ref().filter(|_| read > rejected) {
            incidents.print_text();
        }
        if let Some(coverage) = &self.coverage {
            coverage.print_text();
        }
    }

    /// The first line, which adds up.
    fn counts(&self) -> Names {
        let ImportReport { read, accepted, updated, unchanged, rejected, .. } = self.report;
        let counts = text!(
            "import-counts",
            kind = import_kind_name(self.kind),
            read = read.to_string(),
            accepted = accepted.to_string(),
            updated = updated.to_string(),
            unchanged = unchanged.to_string(),
            rejected = rejected.to_string(),
        );
        if self.dry_run { text!("import-dry-run", counts = counts) } else { counts }
    }

    /// How many rows were rejected for what, and the first of them.
    fn print_rejects(&self, args: &RowsArgs) {
        let ImportReport { rejected, rejected_by_field, first_rejects, .. } = &self.report;
        for (field, count) in rejected_by_field {
            let what = if field.is_empty() { text!("import-reject-row") } else { Names::same(field) };
            output::say(&text!("import-rejected-for", what = what, count = count.to_string()));
        }
        if *rejected > 0 {
            output::say(&text!("import-rejects-of", file = self.file));
        }
        for reject in first_rejects {
            output::say_below(&reject_line(reject));
        }
        let not_listed = rejected - first_rejects.len() as u64;
        match &args.rejects {
            Some(path) if *rejected > 0 => {
                output::say(&text!("import-rejects-file", file = path.display().to_string()));
            }
            None if not_listed > 0 => {
                output::say_below(&text!("import-more-rejects", count = not_listed.to_string()));
            }
            _ => {}
        }
    }
}

fn reject_line(reject: &Reject) -> Names {
    let Reject { line, row: _, field, column, value, reason } = reject;
    let (line, value) = (line.to_string(), format!("{value:?}"));
    if column.is_empty() {
        return text!("import-reject", line = line, field = *field, value = value, reason = reason);
    }
    let column = format!("{column:?}");
    text!("import-reject-in-column", line = line, field = *field, value = value, column = column, reason = reason)
}
