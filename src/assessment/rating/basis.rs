//! What an assessment rests on: everything that was counted, or what is published and nothing else.
//!
//! In: counts of a level, what they are divided by, and what of them is published. Out: the same with the weighing that
//! goes with it. A count that is not published is absent on both sides of every fraction, in its own row and in the
//! sums over all rows: nothing that is computed from a public basis depends on it. Severities are never published, so a
//! public basis weighs every incident the same.

use super::detected::Detected;
use crate::assessment::context::AssessmentContext;
use crate::assessment::counting::{Counted, Exposure, exposed_counts};
use crate::domain::area::AreaIndex;
use crate::domain::index::IndexVec;
use crate::statistics::ExposedCount;

/// Counts with what they are divided by, and how incidents weigh.
#[derive(Debug, Clone)]
pub(in crate::assessment) struct Basis {
    pub(in crate::assessment) counted: Counted,
    /// What police work found beside it.
    pub(in crate::assessment) detected: Detected,
    /// What counts are divided by; absent where nobody is known to live, and where the count is not published.
    pub(in crate::assessment) exposure: Exposure,
    pub(in crate::assessment) weighing: Weighing,
}

/// How incidents weigh in a rating.
#[derive(Debug, Clone)]
pub(in crate::assessment) enum Weighing {
    /// By their severity, as the scheme says.
    BySeverity,
    /// Each the same.
    Equally(PublishedRating),
}

/// What is known of a rating by published counts beside the counts.
#[derive(Debug, Clone)]
pub(in crate::assessment) struct PublishedRating {
    /// Whether the components of each area are published.
    pub(in crate::assessment) has_components: IndexVec<AreaIndex, bool>,
    /// Published counts of fewer areas say nothing of how areas differ.
    pub(in crate::assessment) least_areas: usize,
}

/// Counts of a level as far as they are published: 0 where they are not.
#[derive(Debug, Clone)]
pub(in crate::assessment) struct PublishedCounts {
    pub(in crate::assessment) counted: Counted,
    /// What police work found in each area; none where that is not published.
    pub(in crate::assessment) detected: IndexVec<AreaIndex, Option<u32>>,
    pub(in crate::assessment) cells: PublishedCells,
}

/// Which counts of a level are published.
#[derive(Debug, Clone)]
pub(in crate::assessment) struct PublishedCells {
    /// Whether the count of each area is.
    pub(in crate::assessment) has_count: IndexVec<AreaIndex, bool>,
    /// Whether its components are.
    pub(in crate::assessment) has_components: IndexVec<AreaIndex, bool>,
}

impl Basis {
    /// Everything that was counted.
    pub(in crate::assessment) fn everything(counted: Counted, detected: Detected, exposure: Exposure) -> Self {
        Self { counted, detected, exposure, weighing: Weighing::BySeverity }
    }

    /// What is published, over the exposure of those areas alone.
    pub(in crate::assessment) fn published(
        published: PublishedCounts,
        context: &AssessmentContext<'_>,
        exposure: &Exposure,
    ) -> Self {
        let PublishedCounts { counted, detected, cells: PublishedCells { has_count, has_components } } = published;
        let least_areas = context.snapshot.rules.disclosure.min_areas_rated as usize;
        Self {
            counted,
            detected: Detected::published(context, detected),
            exposure: exposure.only(&has_count),
            weighing: Weighing::Equally(PublishedRating { has_components, least_areas }),
        }
    }

    /// The counts with what they are divided by, area by area.
    pub(in crate::assessment) fn exposed_counts(&self) -> Vec<ExposedCount> {
        exposed_counts(&self.counted.incidents, &self.exposure)
    }
}

impl Weighing {
    /// What the components of each area are divided by: nothing where they are not published.
    pub(in crate::assessment) fn of_components(&self, exposures: &[f64]) -> Vec<f64> {
        match self {
            Self::BySeverity => exposures.to_vec(),
            Self::Equally(PublishedRating { has_components, least_areas: _ }) => {
                let shown = exposures.iter().zip(has_components);
                shown.map(|(exposure, is_shown)| if *is_shown { *exposure } else { 0.0 }).collect()
            }
        }
    }
}
