//! The options that every import of rows has.

use std::path::{Path, PathBuf};

use clap::{Args, ValueEnum};

use super::folder::DataOption;
use super::output::Format;
use crate::domain::edition::EditionId;
use crate::ingest::{Encoding, Mapping, MappingError, Source};

const DEFAULT_BATCH_ROWS: u32 = 50_000;

/// Options of every kind of rows.
#[derive(Debug, Args)]
pub(super) struct RowsArgs {
    /// The file: CSV, XLSX or GeoJSON.
    #[arg(value_name = "FILE")]
    pub(super) file: PathBuf,
    #[command(flatten)]
    pub(super) data: DataOption,
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
    pub(super) edition: Option<EditionId>,
    /// The sheet of a spreadsheet; the first one when not given.
    #[arg(long, value_name = "NAME")]
    sheet: Option<String>,
    /// How the bytes of the file are to be read.
    #[arg(long, value_enum, default_value_t)]
    encoding: EncodingOption,
    /// Write the rows that are not taken, with line, field, value and reason, to a CSV file.
    #[arg(long, value_name = "FILE")]
    pub(super) rejects: Option<PathBuf>,
    /// Check everything, write nothing.
    #[arg(long)]
    pub(super) dry_run: bool,
    /// Exit with code 1 when a row was rejected.
    #[arg(long)]
    pub(super) strict: bool,
    /// Rows per transaction.
    #[arg(long, value_name = "ROWS", default_value_t = DEFAULT_BATCH_ROWS, value_parser = clap::value_parser!(u32).range(1..=1_000_000))]
    pub(super) batch: u32,
    /// The form of the report.
    #[arg(long, value_enum, default_value_t)]
    pub(super) format: Format,
}

/// The bytes of a file.
#[derive(Debug, Clone, Copy, Default, ValueEnum)]
pub(super) enum EncodingOption {
    /// UTF-8.
    #[default]
    #[value(name = "utf-8")]
    Utf8,
    /// The legacy Vietnamese code page.
    #[value(name = "windows-1258")]
    Windows1258,
}

impl From<EncodingOption> for Encoding {
    fn from(option: EncodingOption) -> Self {
        match option {
            EncodingOption::Utf8 => Self::Utf8,
            EncodingOption::Windows1258 => Self::Windows1258,
        }
    }
}

impl RowsArgs {
    /// The arguments of a check, which writes nothing.
    pub(super) fn for_check(file: &Path, data: &DataOption, edition: Option<EditionId>, format: Format) -> Self {
        Self {
            file: file.to_owned(),
            data: data.clone(),
            map: Vec::new(),
            ignore_column: Vec::new(),
            value: Vec::new(),
            edition,
            sheet: None,
            encoding: EncodingOption::Utf8,
            rejects: None,
            dry_run: true,
            strict: true,
            batch: DEFAULT_BATCH_ROWS,
            format,
        }
    }

    /// What the options say about columns and values.
    pub(super) fn mapping(&self) -> Result<Mapping, MappingError> {
        Mapping::from_options(&self.map, &self.ignore_column, &self.value)
    }

    /// The file as a source of rows.
    pub(super) fn source(&self) -> Source {
        Source::file(&self.file).with_encoding(self.encoding.into()).with_sheet(self.sheet.clone())
    }
}
