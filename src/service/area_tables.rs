//! Tables of somebody's own areas: rated by the methods of the product, answered as documents. Nothing that is served
//! takes part in it.
//!
//! In: counts with exposures, or one measured field, and who is a neighbour of whom. Out: typed documents.

pub use super::answers::area_table::{RateTableAnswer, TableOptions, ValueTableAnswer};
pub use crate::assessment::area_table::{AreaTableError, Contiguity, TableNeighbours};
use crate::assessment::area_table::{MeasuredTable, RatedTable};
pub use crate::assessment::area_table::{Sliver, SliverKind};

/// The document of a table of counts and exposures.
///
/// # Errors
/// When a level of confidence is none.
pub fn rate_table(
    ids: &[String],
    counts: Vec<u64>,
    exposures: Vec<f64>,
    neighbours: &TableNeighbours,
    options: &TableOptions<'_>,
) -> Result<RateTableAnswer, AreaTableError> {
    let table = RatedTable::of(counts, exposures, neighbours)?;
    Ok(RateTableAnswer::of(ids, &table, neighbours, options))
}

/// The document of a table of one measured field.
pub fn value_table(
    ids: &[String],
    values: Vec<Option<f64>>,
    neighbours: &TableNeighbours,
    options: &TableOptions<'_>,
) -> ValueTableAnswer {
    ValueTableAnswer::of(ids, &MeasuredTable::of(values, neighbours), neighbours, options)
}
