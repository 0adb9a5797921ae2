//! The areas of a level as a file to take along: GeoJSON, `FlatGeobuf`, `GeoParquet`, CSV, XLSX.
//!
//! In: an assessed level, already cut to the role. Out: the bytes of a file. Which attributes there are, under which
//! names and of which types, is read from the table of [`crate::attributes`].

use super::spatial_table::areas::area_table;
use super::spatial_table::{flatgeobuf, geoparquet};
use super::{ExportError, answer_tables, csv, xlsx};
use crate::domain::text::Language;
use crate::service::answers::AssessedLevel;
use crate::service::answers::areas::collection::AreaCollection;
use crate::service::answers::geometry::GeometryDetail;

/// A format that holds areas.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum AreaFormat {
    /// GeoJSON (RFC 7946), with the boundaries as they were imported.
    GeoJson,
    /// `FlatGeobuf`, with the same boundaries to their last bit and an index by place.
    FlatGeobuf,
    /// `GeoParquet`, with the same boundaries, column by column.
    GeoParquet,
    /// Comma-separated values (RFC 4180).
    Csv,
    /// A workbook.
    Xlsx,
}

/// The file of the areas of a level.
///
/// # Errors
/// When it cannot be written.
pub(crate) fn area_file(
    format: AreaFormat,
    assessed: &AssessedLevel,
    language: Language,
) -> Result<Vec<u8>, ExportError> {
    match format {
        AreaFormat::GeoJson => Ok(serde_json::to_vec(&AreaCollection::of(assessed, GeometryDetail::Full))?),
        AreaFormat::FlatGeobuf => flatgeobuf::file(&area_table(assessed)),
        AreaFormat::GeoParquet => geoparquet::file(&area_table(assessed)),
        AreaFormat::Csv => csv(&answer_tables::ratings(assessed)),
        AreaFormat::Xlsx => xlsx(&answer_tables::ratings(assessed), language),
    }
}
