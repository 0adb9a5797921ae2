//! Vector tiles: which tilesets there are, what each layer's features carry, and
//! how a tile's bytes are made.
//!
//! In: a snapshot, assessments that are already cut to the role, a tile address.
//! Out: MVT 2.1 bytes or nothing, plain or compressed. What features carry is chosen
//! from the table of [`crate::attributes`]; `area_row`, `incident_record` and
//! `model_record` find the values, for answers and tables too.
//! Tiles are spliced ([`splice`]) from skeletons that the boundaries give and the
//! values of the filter; [`encode`] makes the same tile whole, to hold them to.
//! This is the only place that names the `mvt` crate. No request.

pub mod area_row;
mod content;
pub mod encoding;
pub mod fields;
pub(crate) mod incident_record;
pub(crate) mod model_record;
pub mod tilejson;
pub mod tileset;

pub use crate::geometry::projection::{AddressError, EXTENT, GridPoint, LonLat, LonLatBounds, TileAddress};

/// The least zoom at which tiles are served.
pub const MIN_ZOOM: u8 = 0;
/// The greatest zoom at which tiles are served; clients draw deeper ones from these.
pub const MAX_ZOOM: u8 = 16;
