//! Values computed from a snapshot that hold for many filters.
//!
//! In: a key and the function that computes its value. Out: the value, computed once while there is room. Most of what
//! is not counted changes on few days only: the caller names the last of them, so that all periods that cannot
//! differ share one value. What is computed is not known here.

use std::any::{Any, TypeId};
use std::fmt;
use std::sync::Arc;

use moka::sync::Cache;

use crate::domain::area::Level;
use crate::domain::area::edition::EditionId;
use crate::domain::time::period::Day;

/// Values cached; one of 241 communes takes up to 150 kB.
const MAX_ENTRIES: u64 = 256;

/// What a value depends on, beside the snapshot.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct DerivedKey {
    /// The edition whose areas the value describes.
    pub edition: EditionId,
    /// The administrative level of these areas.
    pub level: Level,
    /// The last day on which anything changed that matters; none where nothing has, or time does not matter.
    pub since: Option<Day>,
    /// The year of the figures that are used; none where none are.
    pub year: Option<i16>,
}

type Derived = Arc<dyn Any + Send + Sync>;

/// Answers by their type and key, each computed once.
pub(super) struct DerivedCache(Cache<(TypeId, DerivedKey), Derived>);

impl fmt::Debug for DerivedCache {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("DerivedCache").field(&self.0.entry_count()).finish()
    }
}

impl Default for DerivedCache {
    fn default() -> Self {
        Self(Cache::new(MAX_ENTRIES))
    }
}

impl DerivedCache {
    /// The value of a type on an key.
    pub(super) fn get_or_compute<T: Any + Send + Sync>(&self, key: DerivedKey, compute: impl FnOnce() -> T) -> Arc<T> {
        let value = self.0.get_with((TypeId::of::<T>(), key), || Arc::new(compute()));
        value.downcast().expect("the key holds the type of what was cache under it")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn key(level: Level) -> DerivedKey {
        DerivedKey { edition: "2025-07".parse().unwrap(), level, since: None, year: None }
    }

    #[test]
    fn same_key_is_computed_once_for_each_type() {
        let cache = DerivedCache::default();
        assert_eq!(*cache.get_or_compute(key(Level::Commune), || 1_u8), 1);
        assert_eq!(*cache.get_or_compute(key(Level::Commune), || 2_u8), 1);
        assert_eq!(*cache.get_or_compute(key(Level::Commune), || 3_u16), 3);
        assert_eq!(*cache.get_or_compute(key(Level::District), || 4_u8), 4);
    }
}
