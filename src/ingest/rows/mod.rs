//! One kind of row a file: which fields it has, and how a record becomes a checked value.
//!
//! In: records. Out: values of the domain, or a rejection with line, field, value and reason.

pub(super) mod certifications;
pub(super) mod decisions;
pub(super) mod declarations;
pub(super) mod exposures;
pub(super) mod incidents;
pub(super) mod institutions;
pub(super) mod kind;
pub(super) mod model_events;
pub(super) mod models;
pub(super) mod movement_grades;
pub(super) mod populations;
pub(super) mod residential_areas;
pub(super) mod row;
pub(super) mod unit_rows;
