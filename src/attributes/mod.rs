//! The one table of what is said of an area, a community model and an incident.
//!
//! A row is an attribute: its name, its label in both languages, its unit, how its numbers are written, its type, the
//! least role that gets it (operators alone until the row says more), what its value rests on, what it means. Tiles,
//! TileJSON, the JSON answers, the columns of CSV and XLSX, the legends, the parameter `properties` and the tests derive
//! from the rows. Each row has a key of its own; where values are found (`area_row`, `incident_record` and
//! `model_record` of [`crate::tile`]) a `match` names every key, so that a row without a value does not compile.

mod attribute;
mod format;
mod selection;
mod value;

mod area;
mod incident;
mod model;

#[cfg(test)]
pub mod test_table;

pub use area::{AREA_ATTRIBUTES, AreaAttribute};
pub use attribute::{Attribute, AttributeUnit, Carrier, Label, ValueSource};
pub use format::{Decimals, ValueFormat, ValueType};
pub use incident::{INCIDENT_ATTRIBUTES, IncidentAttribute};
pub use model::{MODEL_ATTRIBUTES, ModelAttribute};
pub use selection::{Selection, UnknownProperty};
pub use value::AttributeValue;
