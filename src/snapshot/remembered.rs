//! What was worked out from a snapshot and holds for many filters.
//!
//! In: an occasion and the work that answers it. Out: the answer, worked out once while there is room. Most of what
//! is not counted changes on few days only: whoever asks names the last of them, so that all periods that cannot
//! differ share one answer. What is worked out is not known here.

use std::any::{Any, TypeId};
use std::fmt;
use std::sync::Arc;

use moka::sync::Cache;

use crate::domain::area::Level;
use crate::domain::edition::EditionId;
use crate::domain::period::Day;

/// Answers kept; one of 241 communes takes up to 150 kB.
const KEPT_ANSWERS: u64 = 256;

/// What an answer depends on, beside the snapshot.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Occasion {
    /// The edition.
    pub edition: EditionId,
    /// The level.
    pub level: Level,
    /// The last day on which anything changed that matters; none where nothing has, or time does not matter.
    pub since: Option<Day>,
    /// The year of the figures that are used; none where none are.
    pub year: Option<i16>,
}

type Answer = Arc<dyn Any + Send + Sync>;

/// Answers by their type and occasion, each worked out once.
pub(super) struct Remembered(Cache<(TypeId, Occasion), Answer>);

impl fmt::Debug for Remembered {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Remembered").field(&self.0.entry_count()).finish()
    }
}

impl Default for Remembered {
    fn default() -> Self {
        Self(Cache::new(KEPT_ANSWERS))
    }
}

impl Remembered {
    /// The answer of a type on an occasion.
    pub(super) fn answer<T: Any + Send + Sync>(&self, occasion: Occasion, work: impl FnOnce() -> T) -> Arc<T> {
        let answer = self.0.get_with((TypeId::of::<T>(), occasion), || Arc::new(work()));
        answer.downcast().expect("the key holds the type of what was kept under it")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn occasion(level: Level) -> Occasion {
        Occasion { edition: "2025-07".parse().unwrap(), level, since: None, year: None }
    }

    #[test]
    fn same_occasion_is_worked_out_once_for_each_type() {
        let kept = Remembered::default();
        assert_eq!(*kept.answer(occasion(Level::Commune), || 1_u8), 1);
        assert_eq!(*kept.answer(occasion(Level::Commune), || 2_u8), 1);
        assert_eq!(*kept.answer(occasion(Level::Commune), || 3_u16), 3);
        assert_eq!(*kept.answer(occasion(Level::District), || 4_u8), 4);
    }
}
