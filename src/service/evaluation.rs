//! Assessments made once, however many requests need them at the same time, and cached while there is room.
//!
//! In: what is served, a level, a filter and a role. Out: the assessment as the role may see it, ready for tiles, or the
//! effects of models. The revision is part of every key, so nothing of an older snapshot answers a question on a newer one.

use std::sync::Arc;
use std::time::Duration;

use foldhash::fast::RandomState;
use moka::sync::Cache;

use super::error::ServiceError;
use super::live::ServedSnapshot;
use crate::assessment::effect::{self, KindEffect};
use crate::assessment::trend::series::Visibility;
use crate::assessment::{AssessmentError, assess, assess_released};
use crate::domain::area::Level;
use crate::domain::area::edition::EditionId;
use crate::domain::filter::Filter;
use crate::domain::role::Role;
use crate::tile::encoding::encode::Evaluation;

/// Room for cached assessments; one of 241 communes takes about 150 kB.
const ASSESSMENT_CACHE_BYTES: u64 = 128 << 20;
const BYTES_PER_ROW: usize = 640;
/// Editions whose effects are cached.
const EFFECT_CACHE_ENTRIES: u64 = 8;
const IDLE_ASSESSMENT: Duration = Duration::from_mins(10);

#[derive(Debug, Clone, PartialEq, Eq, Hash)]
struct AssessmentKey {
    revision: Arc<str>,
    level: Level,
    filter: Filter,
    role: Role,
}

/// What was computed for filters, by everything it depends on.
#[derive(Debug)]
pub(super) struct Evaluations {
    evaluations: Cache<AssessmentKey, Arc<Evaluation>, RandomState>,
    effects: Cache<(Arc<str>, EditionId), Arc<Vec<KindEffect>>>,
}

impl Default for Evaluations {
    fn default() -> Self {
        let weight =
            |_: &AssessmentKey, cached: &Arc<Evaluation>| (cached.assessment.rows.len().max(1) * BYTES_PER_ROW) as u32;
        Self {
            evaluations: Cache::builder()
                .max_capacity(ASSESSMENT_CACHE_BYTES)
                .weigher(weight)
                .time_to_idle(IDLE_ASSESSMENT)
                .build_with_hasher(RandomState::default()),
            effects: Cache::builder().max_capacity(EFFECT_CACHE_ENTRIES).time_to_idle(IDLE_ASSESSMENT).build(),
        }
    }
}

impl Evaluations {
    /// The assessment as a role may see it, ready for tiles. Blocks while it is made.
    pub(super) fn of(
        &self,
        served: &ServedSnapshot,
        level: Level,
        filter: &Filter,
        role: Role,
    ) -> Result<Arc<Evaluation>, ServiceError> {
        let key = AssessmentKey { revision: Arc::clone(&served.revision), level, filter: *filter, role };
        let made = self.evaluations.try_get_with(key, || -> Result<_, AssessmentError> {
            let made = match served.visibility(role) {
                Visibility::Full => assess(&served.snapshot, level, filter),
                Visibility::Published(release) => assess_released(&served.snapshot, release, level, filter),
            };
            made.map(|assessment| Arc::new(Evaluation::new(Arc::new(assessment))))
        });
        made.map_err(|error| ServiceError::from((*error).clone()))
    }

    /// The same, if it was made before.
    pub(super) fn cached(
        &self,
        served: &ServedSnapshot,
        level: Level,
        filter: &Filter,
        role: Role,
    ) -> Option<Arc<Evaluation>> {
        let key = AssessmentKey { revision: Arc::clone(&served.revision), level, filter: *filter, role };
        self.evaluations.get(&key)
    }

    /// The effects of every kind of model on an edition. Blocks while they are made.
    pub(super) fn effects(
        &self,
        served: &ServedSnapshot,
        edition: EditionId,
    ) -> Result<Arc<Vec<KindEffect>>, ServiceError> {
        let edition_data = served.snapshot.edition(edition).ok_or(AssessmentError::NoSuchEdition(edition))?;
        let key = (Arc::clone(&served.revision), edition);
        Ok(self.effects.get_with(key, || Arc::new(effect::by_kind(&served.snapshot, edition_data))))
    }
}
