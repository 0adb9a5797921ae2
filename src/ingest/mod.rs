//! Files in, checked records out.
//!
//! A [`RowSource`] is opened by the reader of its format; every row becomes a record
//! of the domain or a [`Reject`] that names line, field, value and reason, so that
//! what was read always equals what was accepted plus what was rejected. A first pass
//! proves that the file can be used at all before the first row is
//! imported. Nothing here writes to the store, or reads the clock or the environment: taxonomy, rules,
//! known areas and the present moment are passed in.

pub mod boundaries;
mod checks;
mod coordinates;
mod error;
mod fields;
mod format;
mod in_degrees;
mod places;
mod record_batches;
mod registers;
mod report;
mod rows;
mod submission;
mod text;
mod writing;

pub use checks::known_areas::{KnownArea, KnownAreas};
pub use checks::lineage::Lineage;
pub use checks::numbers::number;
pub use checks::times::{NaiveZone, TimeReading, moment, moment_as};
pub use checks::unit_facts::RegisteredUnits;
pub use checks::writing_evidence::{WrittenNumber, decimal_shown};
pub use coordinates::{CrsUse, GivenCrs};
pub use error::{BindingError, IngestError, ReadError};
pub use fields::{Binding, ColumnIndex, Field, FieldIndex, Mapping, MappingError, Need};
pub use format::clean_text::TextError;
pub use format::collection_claims::PartOfMore;
pub use format::header::HeaderSearch;
pub use format::opened::filtered::WantedValue;
pub use format::record::{Record, RecordReader};
pub use format::source::RowSource;
pub use places::{PlaceCounts, Places};
pub use record_batches::{Batch, RecordBatches};
pub use registers::{RegisterError, register};
pub use report::ImportReport;
pub use rows::certifications::Certifications;
pub use rows::decisions::Decisions;
pub use rows::declarations::Declarations;
pub use rows::exposures::Exposures;
pub use rows::incidents::{Incidents, SeverityFrom};
pub use rows::institutions::Institutions;
pub use rows::kind::RowKind;
pub use rows::model_events::{EventsOfModel, ModelEvents};
pub use rows::models::Models;
pub use rows::movement_grades::MovementGrades;
pub use rows::populations::Populations;
pub use rows::residential_areas::ResidentialAreas;
pub use rows::row::{FieldError, InputRow, Reject};
pub use rows::unit_rows::UnitRows;
pub use submission::{MOST_FEATURES, SubmissionError, field_names, submitted};
pub use text::encoding::Encoding;
pub use text::names::NameFault;
pub use writing::{DateOrder, Decimal, TimeFormat, Writing};
