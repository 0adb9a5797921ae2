//! Exact limits of Poisson counts at one level, each worked out once.

use std::sync::OnceLock;

use super::level::{Level, Limits};
use super::poisson::exact_limits;

/// Counts up to which limits are kept.
const KEPT: usize = 1 << 12;

/// Exact limits by count; those of small counts are kept once they were asked for.
///
/// # Example
/// ```
/// use binhyen::statistics::{Level, LimitsTable, exact_limits};
/// let level = Level::new(0.95)?;
/// let table = LimitsTable::new(level);
/// assert_eq!(table.limits(7), exact_limits(7, level));
/// assert_eq!(table.limits(1_000_000), exact_limits(1_000_000, level));
/// # Ok::<(), binhyen::statistics::LevelOutOfRange>(())
/// ```
#[derive(Debug)]
pub struct LimitsTable {
    level: Level,
    known: Vec<OnceLock<Limits>>,
}

impl LimitsTable {
    /// A table of a level, in which nothing is worked out yet.
    pub fn new(level: Level) -> Self {
        Self { level, known: vec![OnceLock::new(); KEPT] }
    }

    /// The limits of a count, as [`exact_limits`] gives them.
    pub fn limits(&self, count: u64) -> Limits {
        let known = usize::try_from(count).ok().and_then(|place| self.known.get(place));
        let worked_out = || exact_limits(count, self.level);
        known.map_or_else(worked_out, |known| *known.get_or_init(worked_out))
    }
}
