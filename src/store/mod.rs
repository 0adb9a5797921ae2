//! The store: the only truth on disk, and the only SQL.
//!
//! In: checked records, in batches, each committed whole with a new epoch. Out:
//! [`Holdings`](crate::domain::holdings::Holdings), all of it at one epoch. It checks no facts of the domain (that is
//! `ingest`) and answers no questions of requests (that is the snapshot).
//!
//! One face, [`Store`]: `open`, `load`, `load_since` a known state, `changes_since` an epoch, `import`, `submit`,
//! `watch`, and few more for the command line; [`restore`] puts a backup back. Its files stand beside this one; `sqlite`
//! (the database and all its SQL) and `incident_copy` (what makes a start fast) stand behind it, and nobody outside names them. A second database will be a second folder
//! beside `sqlite`; until then the face is a plain struct, because a trait with one implementation only hides where
//! the code is. What it promises is written down as tests in `tests/it/store/conformance.rs`, against the face alone.

mod backup;
mod backup_error;
mod bulk_import;
mod changes_since;
mod data_folder;
mod epoch_watch;
mod error;
mod import_undo;
mod incident_copy;
mod loading_since;
mod publication;
mod recent_changes;
mod records;
mod sqlite;
mod submission;

pub use backup::{BackupFile, BackupSummary, RestoreOptions, restore, verified};
pub use backup_error::BackupError;
pub use bulk_import::BulkImport;
pub use changes_since::{ChangedIncidents, Changes};
pub use data_folder::{make_private_folder, open_to_others, remove_unfinished, unfinished_file};
pub use epoch_watch::EpochWatch;
pub use error::StoreError;
pub use incident_copy::{CopyCheck, CopyOrder, IncidentSource};
pub use loading_since::{KnownState, LoadedSince};
pub use publication::{HeldImport, ImportsFound};
pub use recent_changes::{RecentChange, RecentChanges, RecentIncident};
pub use records::Records;
pub use sqlite::changes::{SourceKind, WriteOutcome};
pub use sqlite::integrity::Integrity;
pub use sqlite::opening::Store;
pub use sqlite::{
    AlertDelivery, AuditSpan, DeliveryOutcome, EarlierDeclarations, MOST_ALERTS, MOST_IMPORTS, ReleaseOutcome,
    ReplaceOutcome, Replacement,
};
pub use sqlite::{ExpiredReports, JudgementBy, JudgementDone, QueuePage, ReportArrival, ReportChange};
pub use submission::{
    ExpectedState, IdempotencyKey, OpenRecords, PutIncident, PutRecords, RecordWrite, SubmittedCommit, SubmittedWrites,
    WriteAction, WriteDone, WriteOrigin, WriteVerdict,
};
