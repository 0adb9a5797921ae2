//! The store: the only truth on disk, and the only SQL.
//!
//! In: checked records, in batches, each committed whole with a new epoch. Out:
//! [`Holdings`](crate::domain::holdings::Holdings), all of it at one epoch. One
//! face, [`Store`], with embedded SQLite behind it. It checks no facts of the
//! domain (that is `ingest`) and answers no questions of requests (that is the
//! snapshot).

mod error;
mod incident_copy;
mod sqlite;

pub use error::StoreError;
pub use incident_copy::{CopyOrder, IncidentCopyWriter, IncidentSource};
pub use sqlite::changes::{SourceKind, WriteOutcome};
pub use sqlite::integrity::Integrity;
pub use sqlite::opening::Store;
pub use sqlite::wal_checkpoint::WalCheckpoint;
pub use sqlite::{ReplaceOutcome, Replacement};
