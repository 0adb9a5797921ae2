//! The verbs of the real binary.

mod backup;
mod binary;
mod geodata_fetch;
mod language;
mod rate_verb;
mod running;
