//! What stands in the layers of a tile: areas, labels, models, incidents, and the values of a filter.
//!
//! In: edition data and an evaluation. Out: features and values, not yet encoded.

pub(super) mod areas;
pub(super) mod incident_squares;
pub(super) mod incidents;
pub(super) mod points;
pub(super) mod source;
pub(super) mod values;
