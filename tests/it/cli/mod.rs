//! The verbs of the real binary.

mod binary;
mod geodata_fetch;
mod rate_verb;
