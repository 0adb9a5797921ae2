//! What is kept on disk, and what is left of it after a fault.

mod conformance;
mod content;
mod crash;
mod faults;
mod holdings;
mod incident_copy;
mod interrupted;
mod publication;
