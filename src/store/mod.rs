//! The store: the only truth on disk, and the only SQL.
//!
//! In: checked records, in batches, each committed whole with a new epoch. Out:
//! [`Holdings`](crate::domain::holdings::Holdings), all of it at one epoch. One
//! face, [`Store`], with embedded SQLite behind it. It checks no facts of the
//! domain (that is `ingest`) and answers no questions of requests (that is the
//! snapshot).

mod areas;
mod boundary_blob;
mod certifications;
mod changes;
mod decisions;
mod declarations;
mod epochs;
mod error;
mod exposures;
mod incident_block;
mod incident_copy;
mod incident_file;
mod incidents;
mod integrity;
mod loading;
mod model_events;
mod models;
mod movement_grades;
mod opening;
mod places;
mod populations;
mod sample;
mod settling;
mod units;
mod upsert;
mod values;
mod vocabulary;

pub use areas::{Replaced, Replacement};
pub use changes::{Outcome, SourceKind};
pub use error::StoreError;
pub use incident_copy::{CopyOrder, GrowingCopy, IncidentSource};
pub use integrity::Integrity;
pub use opening::Store;
pub use settling::LogFolding;
