//! File formats, each read as one stream of records.
//!
//! In: a file. Out: records of named text fields, with a geometry where the format has one, each with its position in the
//! file. What a field means is not decided here. Which formats there are stands in the table of `opened::signatures`.

pub(super) mod clean_text;
pub(super) mod collection_claims;
pub(super) mod csv_chunks;
mod csv_dialect;
pub(super) mod csv_reader;
mod encoded;
mod features;
pub(super) mod geojson_feature;
pub(super) mod geojson_reader;
mod geopackage;
pub(super) mod header;
pub(super) mod json_members;
pub(super) mod json_scanner;
pub(super) mod opened;
pub(super) mod parallel_in_order;
mod parquet;
pub(super) mod record;
mod shapefile;
pub(super) mod source;

pub(super) mod xlsx;
