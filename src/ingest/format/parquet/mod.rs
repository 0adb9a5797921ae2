//! Parquet, with geometries as `GeoParquet` 1.1 says, as the format itself does, or as tables with a column of WKB.
//!
//! In: a file, or its bytes. Out: records, read row group by row group on a thread of its own. The crate `geoparquet` is
//! built on Arrow arrays, four times the code of what is needed here.

mod geo_metadata;
pub(super) mod reader;
mod values;
