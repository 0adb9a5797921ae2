//! Features by collection, as far as the role may see them.
//!
//! Values are found where tiles and the other answers find theirs (`area_row`, `incident_record`, `model_record`), each
//! of which gives nothing that is not for the role; columns that are not for the role do not exist.

pub(crate) mod areas;
pub(crate) mod columns;
pub(crate) mod incidents;
pub(crate) mod item_source;
pub(crate) mod models;
pub(crate) mod named_areas;
pub(crate) mod squares;
