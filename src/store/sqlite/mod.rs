//! The store in one SQLite database: opening, migrations, epochs, upserts.
//!
//! All SQL of the program stands here and in [`tables`]. One writer at a time; a batch is one transaction.

mod alerts;
mod audit;
pub(super) mod backup_check;
pub(super) mod boundary_blob;
pub(super) mod changes;
pub(super) mod content;
pub(super) mod epochs;
pub(super) mod integrity;
pub(super) mod loading;
pub(super) mod location_columns;
pub(super) mod opening;
mod reports;
pub(super) mod sample;
pub(super) mod submission;
pub(in crate::store) mod tables;
pub(super) mod unit_columns;
pub(super) mod upsert;
pub(super) mod values;
pub(super) mod vocabulary;
pub(super) mod wal_checkpoint;

pub use alerts::{AlertDelivery, DeliveryOutcome, MOST_ALERTS};
pub use audit::AuditSpan;
pub use reports::{ExpiredReports, JudgementBy, JudgementDone, QueuePage, ReportArrival, ReportChange};
pub use tables::areas::{ReplaceOutcome, Replacement};
pub use tables::coverage::EarlierDeclarations;
pub(super) use tables::import_records::EpochAfter;
pub use tables::import_records::MOST_IMPORTS;
pub use tables::releases::ReleaseOutcome;
pub(super) use tables::row_digests::listed_digest;
