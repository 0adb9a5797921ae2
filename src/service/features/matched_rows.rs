//! The incidents that a question holds, in its order, kept while somebody turns the pages.
//!
//! In: a question on incidents. Out: the rows that it holds. They are found and sorted once; every further page is a
//! look-up among them. Rows of another snapshot are never used: its revision is part of the key.

use std::sync::Arc;
use std::time::Duration;

use foldhash::fast::RandomState;
use moka::sync::Cache;

use crate::domain::incident::IncidentRow;
use crate::service::caches::{CacheContent, CacheId, CacheTable, HitCount};

/// What an entry takes beside its rows.
const OVERHEAD_BYTES: usize = 256;
/// Whoever turns the pages comes back sooner.
const IDLE_ROWS: Duration = Duration::from_mins(5);

/// What rows depend on.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(crate) struct MatchedRowsKey {
    /// The data.
    pub(crate) revision: Arc<str>,
    /// All that the question says of the features and their order.
    pub(crate) question: String,
}

/// The rows of questions.
#[derive(Debug)]
pub(in crate::service) struct MatchedRows {
    rows: Cache<MatchedRowsKey, Arc<Vec<IncidentRow>>, RandomState>,
    hits: Arc<HitCount>,
}

impl MatchedRows {
    /// No rows yet, with the budget of the table.
    pub(in crate::service) fn new(caches: &CacheTable) -> Self {
        let weigher = |key: &MatchedRowsKey, rows: &Arc<Vec<IncidentRow>>| {
            let bytes = OVERHEAD_BYTES + key.question.len() + rows.capacity() * size_of::<IncidentRow>();
            u32::try_from(bytes).unwrap_or(u32::MAX)
        };
        let rows = Cache::builder()
            .max_capacity(caches.budget_bytes(CacheId::MatchedRows))
            .weigher(weigher)
            .time_to_idle(IDLE_ROWS)
            .build_with_hasher(RandomState::default());
        let (gauge, hits) = (rows.clone(), Arc::<HitCount>::default());
        let counted = Arc::clone(&hits);
        caches.register(CacheId::MatchedRows, move || CacheContent::of(&gauge).with_hits(&counted));
        Self { rows, hits }
    }

    /// The rows of a question, found now where they are not there. Blocks while they are; found once, however many wait.
    pub(in crate::service) fn of(
        &self,
        key: MatchedRowsKey,
        found: impl FnOnce() -> Vec<IncidentRow>,
    ) -> Arc<Vec<IncidentRow>> {
        self.hits.asked();
        self.rows.get_with(key, || {
            self.hits.missed();
            Arc::new(found())
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rows_are_found_once_for_a_question_and_anew_for_other_data() {
        let matched = MatchedRows::new(&CacheTable::new(64 << 20));
        let key = |revision: &str| MatchedRowsKey { revision: revision.into(), question: "bbox=1".to_owned() };
        let found = |count: usize| (0..count).map(IncidentRow::new).collect::<Vec<_>>();
        assert_eq!(matched.of(key("a"), || found(3)).len(), 3);
        assert_eq!(matched.of(key("a"), || found(5)).len(), 3);
        assert_eq!(matched.of(key("b"), || found(5)).len(), 5);
    }
}
