//! Geometries as other formats encode them: WKB, WKT, rings without nesting.
//!
//! In: bytes or text of one geometry. Out: a geometry of GeoJSON, its rings turned as RFC 7946 wants them, for every
//! format has a rule of its own. Depth and counts are bounded by the bytes that are there.

pub(super) mod arrow_lists;
pub(super) mod rings;
pub(super) mod wkb;
pub(super) mod wkt;
