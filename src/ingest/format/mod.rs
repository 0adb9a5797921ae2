//! File formats: CSV, XLSX and GeoJSON read as one stream of records.
//!
//! In: a file. Out: records of named text fields, each with its position in the file. What a field means is not decided here.

pub(super) mod clean_text;
pub(super) mod collection_claims;
pub(super) mod csv_chunks;
mod csv_dialect;
pub(super) mod csv_reader;
pub(super) mod geojson_feature;
pub(super) mod geojson_reader;
pub(super) mod header;
pub(super) mod json_members;
pub(super) mod json_scanner;
pub(super) mod parallel_in_order;
pub(super) mod record;
pub(super) mod source;

pub(super) mod xlsx;
