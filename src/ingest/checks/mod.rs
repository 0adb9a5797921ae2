//! Checks that need more than one row: repeated ids, known areas, parents of models, times of a file.
//!
//! In: what has been read so far. Out: findings for the report.

pub(super) mod duplicate_keys;
pub(super) mod first_pass;
pub(super) mod known_areas;
pub(super) mod lineage;
pub(super) mod numbers;
pub(super) mod times;
pub(super) mod unit_facts;
pub(super) mod writing_evidence;
