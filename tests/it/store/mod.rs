//! What is kept on disk, and what is left of it after a fault.

mod audit;
mod conformance;
mod content;
mod crash;
mod faults;
mod holdings;
mod import_records;
mod incident_copy;
mod interrupted;
mod publication;
mod recent_changes;
mod submission;
