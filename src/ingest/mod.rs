//! Files in, checked records out.
//!
//! A [`Source`] is opened by the reader of its format; every row becomes a record
//! of the domain or a [`Reject`] that names line, field, value and reason, so that
//! what was read always equals what was taken plus what was rejected. A first pass
//! proves that the file can be used at all before the first row is
//! taken. Nothing here writes, asks the clock or the environment: taxonomy, rules,
//! known areas and the present moment are passed in.

pub mod boundaries;
mod certifications;
mod clean_text;
mod csv_pieces;
mod csv_reader;
mod decisions;
mod declarations;
mod error;
mod exposures;
mod fields;
mod geojson_reader;
mod in_order;
mod incidents;
mod institutions;
mod intake;
mod json_scanner;
mod kind;
mod known_areas;
mod lineage;
mod model_events;
mod models;
mod movement_grades;
mod populations;
mod record;
mod repeats;
mod report;
mod residential_areas;
mod row;
mod source;
mod survey;
mod times;
mod unit_rows;
mod xlsx_reader;

pub use certifications::Certifications;
pub use clean_text::{Encoding, TextFault};
pub use decisions::Decisions;
pub use declarations::Declarations;
pub use error::{BindingError, IngestError, ReadError};
pub use exposures::Exposures;
pub use fields::{Binding, Field, Mapping, MappingError, Need};
pub use incidents::Incidents;
pub use institutions::Institutions;
pub use intake::{Batch, Intake};
pub use kind::RowKind;
pub use known_areas::{KnownArea, KnownAreas};
pub use lineage::Lineage;
pub use model_events::ModelEvents;
pub use models::Models;
pub use movement_grades::MovementGrades;
pub use populations::Populations;
pub use record::{Record, RecordReader};
pub use report::Report;
pub use residential_areas::ResidentialAreas;
pub use row::{Fault, Reject, Row};
pub use source::Source;
pub use times::{NaiveZone, moment};
pub use unit_rows::UnitRows;
