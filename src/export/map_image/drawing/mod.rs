//! SVG text and PNG bytes of what has been laid out.
//!
//! In: shapes, paints, positioned text. Out: the file.

pub(super) mod decimals;
pub(super) mod geojson;
pub(super) mod map;
pub(super) mod path;
pub(super) mod raster;
pub(super) mod svg;
