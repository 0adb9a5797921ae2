//! The verbs of the real binary.

mod backup;
mod binary;
mod export_verb;
mod geodata_fetch;
mod language;
mod logging;
mod rate_verb;
mod running;
