//! The verbs of the real binary.

mod backup;
mod binary;
mod geodata_fetch;
mod language;
mod logging;
mod rate_verb;
mod running;
