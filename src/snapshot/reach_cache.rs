//! What models reach, cached by day.
//!
//! In: a day and the function that finds its shares. Out: the shares, computed once however many requests need them.
//! How they are found, and when they no longer hold, is not known here.

use std::fmt;
use std::sync::Arc;

use moka::sync::Cache;

use crate::domain::time::period::Day;

/// Days cached; a province requests a few dozen.
const MAX_DAYS: u64 = 64;

/// The part of each commune within reach on one day, from 0 to 1.
#[derive(Debug, Clone, PartialEq)]
pub struct ReachShares {
    /// By kind in the order of the rule file, then by commune.
    pub by_kind: Vec<Vec<f64>>,
    /// Of any kind, by commune.
    pub of_any: Vec<f64>,
}

/// Reach shares by day, each computed once.
#[derive(Clone)]
pub(super) struct ReachCache(Cache<Day, Arc<ReachShares>>);

impl fmt::Debug for ReachCache {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("ReachCache").field(&self.0.entry_count()).finish()
    }
}

impl Default for ReachCache {
    fn default() -> Self {
        Self(Cache::new(MAX_DAYS))
    }
}

impl ReachCache {
    /// The shares of a day.
    pub(super) fn shares(&self, day: Day, compute: impl FnOnce() -> ReachShares) -> Arc<ReachShares> {
        self.0.get_with(day, || Arc::new(compute()))
    }
}
