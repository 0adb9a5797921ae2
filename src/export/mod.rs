//! What to hand in: tables as CSV or as a workbook, maps as images ([`map_image`]), tiles and areas as files.
//!
//! In: assessments that are already cut to the role. Out: a [`Workbook`] of typed tables and a sheet of method, and
//! from it the bytes of a file. Each kind of file has one renderer; what a table says is decided before. No file is
//! opened, no clock is read: the same input gives the same bytes. Who may see what is not decided here.

pub(crate) mod answer_tables;
pub(crate) mod archive;
pub(crate) mod area_files;
mod cell;
pub(crate) mod client_style;
mod clusters;
mod comparison;
mod csv;
mod explanation;
mod headings;
mod incidents;
pub mod map_image;
mod method;
mod notes;
pub(crate) mod partitions;
mod pdf;
mod ratings;
mod series;
pub mod sheets;
pub(crate) mod site;
mod spatial_table;
mod table;
mod words;
mod xlsx;

pub use cell::{CellFormat, Column, TableCell};
pub(crate) use clusters::clusters;
pub(crate) use comparison::{against, beside, two_periods};
pub use csv::{csv, guarded};
pub(crate) use explanation::explanation;
pub(crate) use incidents::incidents;
pub(crate) use method::ExportContext;
pub use pdf::PdfError;
pub(crate) use ratings::ratings;
pub(crate) use series::series;
pub use table::{Constant, ExportTable, Note, Workbook};
pub use xlsx::xlsx;

/// Why a file could not be written.
#[derive(Debug, thiserror::Error)]
pub enum ExportError {
    /// A row of CSV failed.
    #[error("CSV: {0}")]
    Csv(String),
    /// The workbook failed.
    #[error("XLSX: {0}")]
    Xlsx(#[from] rust_xlsxwriter::XlsxError),
    /// The document failed.
    #[error("JSON: {0}")]
    Json(#[from] serde_json::Error),
    /// The features failed.
    #[error("FlatGeobuf: {0}")]
    FlatGeobuf(String),
    /// The columns failed.
    #[error("GeoParquet: {0}")]
    Parquet(#[from] parquet::errors::ParquetError),
}
