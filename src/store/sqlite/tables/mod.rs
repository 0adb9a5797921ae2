//! One file a table: how its rows are written and read.
//!
//! In and out: values of the domain.

pub(in crate::store) mod areas;
pub(in crate::store) mod certifications;
pub(in crate::store) mod coverage;
pub(in crate::store) mod decisions;
pub(in crate::store) mod declarations;
pub(in crate::store) mod exposures;
pub(in crate::store) mod import_records;
pub(in crate::store) mod incidents;
pub(in crate::store) mod model_events;
pub(in crate::store) mod models;
pub(in crate::store) mod movement_grades;
pub(in crate::store) mod populations;
pub(in crate::store) mod releases;
pub(in crate::store) mod row_digests;
pub(in crate::store) mod units;
