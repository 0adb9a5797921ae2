//! Exact limits of Poisson counts at one level, each computed once.

use std::sync::OnceLock;

use super::confidence_level::{ConfidenceLevel, Limits};
use super::poisson::exact_limits;

/// Counts up to which limits are cached.
const CACHED_COUNTS: usize = 1 << 12;

/// Exact limits by count; those of small counts are cached at their first use.
///
/// # Example
/// ```
/// use binhyen::statistics::{ConfidenceLevel, LimitsTable, exact_limits};
/// let level = ConfidenceLevel::new(0.95)?;
/// let table = LimitsTable::new(level);
/// assert_eq!(table.limits(7), exact_limits(7, level));
/// assert_eq!(table.limits(1_000_000), exact_limits(1_000_000, level));
/// # Ok::<(), binhyen::statistics::ConfidenceLevelOutOfRange>(())
/// ```
#[derive(Debug)]
pub struct LimitsTable {
    level: ConfidenceLevel,
    known: Vec<OnceLock<Limits>>,
}

impl LimitsTable {
    /// A table of a level, in which nothing is computed yet.
    pub fn new(level: ConfidenceLevel) -> Self {
        Self { level, known: vec![OnceLock::new(); CACHED_COUNTS] }
    }

    /// The limits of a count, as [`exact_limits`] gives them.
    pub fn limits(&self, count: u64) -> Limits {
        let known = usize::try_from(count).ok().and_then(|index| self.known.get(index));
        let compute = || exact_limits(count, self.level);
        known.map_or_else(compute, |known| *known.get_or_init(compute))
    }
}
