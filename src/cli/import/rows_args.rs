//! The options that every import of rows has.

use std::path::{Path, PathBuf};

use clap::Args;

use super::source_args::SourceArgs;
use super::writing_args::WritingArgs;

use crate::cli::data_folder::DataOption;
use crate::cli::output::OutputFormat;
use crate::domain::area::edition::EditionId;
use crate::ingest::{GivenCrs, Mapping, MappingError, RowSource};

const DEFAULT_BATCH_ROWS: u32 = 50_000;

/// Options of every kind of rows.
#[derive(Debug, Args)]
pub(in crate::cli) struct RowsArgs {
    /// The file: CSV, XLSX, GeoJSON, Shapefile, GeoPackage, FlatGeobuf, KML, TopoJSON or Parquet, also packed (.gz, .zip).
    #[arg(value_name = "FILE")]
    pub(in crate::cli) file: PathBuf,
    #[command(flatten)]
    pub(in crate::cli) data: DataOption,
    /// Take a field from a column of another name.
    #[arg(long, value_name = "FIELD=COLUMN")]
    map: Vec<String>,
    /// Leave a column out.
    #[arg(long, value_name = "COLUMN")]
    ignore_column: Vec<String>,
    /// Read a value of the file as another one.
    #[arg(long, value_name = "FIELD:IN-FILE=VALUE")]
    value: Vec<String>,
    /// The edition of area codes in rows that do not name one.
    #[arg(long, value_name = "YYYY-MM")]
    pub(in crate::cli) edition: Option<EditionId>,
    #[command(flatten)]
    source: SourceArgs,
    #[command(flatten)]
    writing: WritingArgs,
    /// Write the rows that are not taken, with line, field, value and reason, to a CSV file.
    #[arg(long, value_name = "FILE")]
    pub(in crate::cli) rejects: Option<PathBuf>,
    /// Check everything, write nothing.
    #[arg(long)]
    pub(in crate::cli) dry_run: bool,
    /// Kept for scripts of earlier versions: a rejected row always gives exit code 1.
    #[arg(long, hide = true)]
    strict: bool,
    /// Rows per transaction.
    #[arg(long, value_name = "ROWS", default_value_t = DEFAULT_BATCH_ROWS, value_parser = clap::value_parser!(u32).range(1..=1_000_000))]
    pub(in crate::cli) batch: u32,
    /// Let a running server show each batch at once; without it, the import is shown as a whole when it has ended.
    #[arg(long)]
    pub(in crate::cli) publish_batches: bool,
    /// The form of the report.
    #[arg(long, value_enum, default_value_t)]
    pub(in crate::cli) format: OutputFormat,
}

impl RowsArgs {
    /// The arguments of a check, which writes nothing.
    pub(in crate::cli) fn for_check(
        file: &Path,
        data: &DataOption,
        edition: Option<EditionId>,
        crs: Option<GivenCrs>,
        format: OutputFormat,
    ) -> Self {
        Self {
            file: file.to_owned(),
            data: data.clone(),
            map: Vec::new(),
            ignore_column: Vec::new(),
            value: Vec::new(),
            edition,
            source: SourceArgs::in_crs(crs),
            writing: WritingArgs::default(),
            rejects: None,
            dry_run: true,
            strict: false,
            batch: DEFAULT_BATCH_ROWS,
            publish_batches: false,
            format,
        }
    }

    /// What the options say about columns and values.
    pub(in crate::cli) fn mapping(&self) -> Result<Mapping, MappingError> {
        let mapping = Mapping::from_options(&self.map, &self.ignore_column, &self.value)?;
        let choosing = self.source.choosing_columns().map(str::to_owned).collect();
        let (writing, clears_empty) = (self.writing.writing(), self.writing.clears_empty());
        Ok(Mapping { writing, clears_empty, choosing, crs: self.source.crs, ..mapping })
    }

    /// The file as a source of rows.
    pub(in crate::cli) fn source(&self) -> RowSource {
        self.source.source(&self.file)
    }
}
