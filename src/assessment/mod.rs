//! From a snapshot and a filter to what a commander reads: counts, rates,
//! grades with their uncertainty, model density, certification shares.
//!
//! Pure: the same snapshot and filter give the same numbers. In: [`Snapshot`],
//! [`Level`], [`Filter`]. Out: an [`Assessment`] with one row per area, in the
//! order of the areas of the level. [`release`] chooses what the public may see
//! and [`disclosure`] takes the rest out; nothing else decides that.

pub mod alerts;
mod area;
pub mod area_table;
mod assembly;
pub mod audit;
pub mod cells;
pub mod certification;
pub mod clusters;
pub mod comparison;
mod context;
mod counting;
pub mod density;
pub mod disclosure;
pub mod effect;
pub mod explanation;
pub mod nearby;
mod official;
pub mod rating;
pub mod release;
pub mod sentence;
pub mod shared_figures;
pub mod situation;
pub mod square_counts;
pub mod statutory;
pub mod trend;

use crate::domain::area::Level;
use crate::domain::area::edition::EditionId;
use crate::domain::filter::Filter;
use crate::domain::time::period::Period;
use crate::snapshot::{EditionData, LevelData, Snapshot};
use crate::statistics::ExposedCount;

pub use area::{
    AreaAssessment, Assessment, CertificationShare, ComponentAssessment, InTotal, Method, ModelDensities, ModelDensity,
    PeerMethod, Totals, UnitCounts,
};
use assembly::AssemblyInputs;
use clusters::hot_spot;
use context::AssessmentContext;
use counting::Exposure;
pub use counting::{counted_areas, whole_account};
use rating::RatingInputs;
use rating::basis::{Basis, PublishedCounts};
pub use rating::component_exposure::ComponentExposure;
use rating::detected::Detected;
use rating::exposure_columns::ExposureColumns;
pub use rating::measured::{MEASURED_LEVEL, Measured, MeasuredRate};
use release::Release;
use shared_figures::SharedFigures;
pub use statutory::Statutory;

/// Why there is no assessment.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum AssessmentError {
    /// The edition is not loaded.
    #[error("edition {0} is not loaded")]
    NoSuchEdition(EditionId),
    /// The edition has no areas of the level.
    #[error("edition {edition} has no areas of level {level}")]
    NoSuchLevel {
        /// The edition, which has boundaries of other levels.
        edition: EditionId,
        /// The level it lacks.
        level: Level,
    },
    /// The period is not one that the public may see.
    #[error("the period is not a released window")]
    NotReleased,
}

/// Assesses every area of a level under a filter, with nothing hidden but what no role sees at the level.
///
/// # Errors
/// When the edition or the level is not loaded.
pub fn assess(snapshot: &Snapshot, level: Level, filter: &Filter) -> Result<Assessment, AssessmentError> {
    Assessor { snapshot, figures: &SharedFigures::default() }.assess(level, filter)
}

/// Assesses every area of a level in a released window, as far as the public may see it.
///
/// # Errors
/// When the edition or the level is not loaded, or the period of the filter is no released window.
pub fn assess_released(
    snapshot: &Snapshot,
    release: &Release,
    level: Level,
    filter: &Filter,
) -> Result<Assessment, AssessmentError> {
    Assessor { snapshot, figures: &SharedFigures::default() }.assess_released(release, level, filter)
}

/// What assesses many filters of a snapshot and shares between them what does not depend on the filter.
#[derive(Debug, Clone, Copy)]
pub struct Assessor<'a> {
    /// What is assessed.
    pub snapshot: &'a Snapshot,
    /// What earlier assessments left for the next.
    pub figures: &'a SharedFigures,
}

impl Assessor<'_> {
    /// As [`assess`].
    ///
    /// # Errors
    /// When the edition or the level is not loaded.
    pub fn assess(&self, level: Level, filter: &Filter) -> Result<Assessment, AssessmentError> {
        let snapshot = self.snapshot;
        let (edition_data, areas) = level_data(snapshot, level, filter.edition)?;
        let context = AssessmentContext { snapshot, edition_data, areas, filter, coverage: &snapshot.coverage };
        let exposure_in = |period| counting::exposures(edition_data, areas, context.coverage, period);
        let exposure = exposure_in(filter.period);
        let before = |period| {
            let counts = counting::incidents_by_area(snapshot, edition_data, areas, &Filter { period, ..*filter });
            Some(counting::exposed_counts(&counts, &exposure_in(period)))
        };
        let counted = counting::counted(snapshot, edition_data, areas, filter);
        let is_shown = counted.shows_any();
        let assessment = self.assessed(
            &context,
            &exposure,
            Basis::everything(counted, Detected::of(&context), exposure.clone()),
            before,
        );
        Ok(if is_shown { assessment } else { disclosure::without_counts(&assessment) })
    }

    /// As [`assess_released`].
    ///
    /// # Errors
    /// When the edition or the level is not loaded, or the period of the filter is no released window.
    pub fn assess_released(
        &self,
        release: &Release,
        level: Level,
        filter: &Filter,
    ) -> Result<Assessment, AssessmentError> {
        let snapshot = self.snapshot;
        let (edition_data, areas) = level_data(snapshot, level, filter.edition)?;
        let published_in = |period| release.counted(edition_data, areas, period);
        let context = AssessmentContext { snapshot, edition_data, areas, filter, coverage: release.coverage() };
        self.assess_published(&context, published_in)
    }

    /// Assesses published counts, and takes nothing else: `published_in` gives those of a period.
    fn assess_published(
        &self,
        context: &AssessmentContext<'_>,
        published_in: impl Fn(Period) -> Option<PublishedCounts>,
    ) -> Result<Assessment, AssessmentError> {
        let AssessmentContext { snapshot, edition_data, areas, filter, coverage } = *context;
        let exposure_in = |period| counting::exposures(edition_data, areas, coverage, period);
        let published = published_in(filter.period).ok_or(AssessmentError::NotReleased)?;
        let cells = published.cells.clone();
        let exposure = exposure_in(filter.period);
        let before =
            |period| Some(Basis::published(published_in(period)?, context, &exposure_in(period)).exposed_counts());
        let basis = Basis::published(published, context, &exposure);
        let made = self.assessed(context, &exposure, basis, before);
        Ok(disclosure::disclosed(&made, snapshot, &cells))
    }

    /// Assesses what a basis holds of areas with an exposure; `before` gives the counts of another period, where they
    /// may be counted.
    fn assessed(
        &self,
        context: &AssessmentContext<'_>,
        exposure: &Exposure,
        basis: Basis,
        before: impl Fn(Period) -> Option<Vec<ExposedCount>>,
    ) -> Assessment {
        let AssessmentContext { snapshot, areas, filter, .. } = *context;
        let peers = self.figures.peer_groups(context);
        let columns = ExposureColumns::of(context, exposure);
        let inputs = RatingInputs {
            taxonomy: &snapshot.taxonomy,
            scheme: snapshot.scheme(filter),
            peers: &peers,
            counted: &basis.counted,
            detected: Some(&basis.detected),
            exposure: &basis.exposure,
            columns: &columns,
            weighing: &basis.weighing,
        };
        let rating = rating::rate(&inputs);
        let exposed = basis.exposed_counts();
        let trends = trend::trend_windows::trends(context, &exposed, before);
        let neighbours = self.figures.neighbours(context);
        let hot_spots = hot_spot::of_areas(&exposed, &neighbours, &snapshot.rules.hot_spots);
        let expected: Vec<Option<f64>> = rating.areas.iter().map(|area| area.expected).collect();
        let funnel = hot_spot::funnel_positions(&exposed, &expected, &snapshot.rules);
        let densities = self.figures.densities(context);
        let official = self.figures.official(context);
        let exposure = exposure.clone();
        let Basis { counted, detected, exposure: _, weighing: _ } = basis;
        let parts = AssemblyInputs {
            counted,
            detected,
            exposure,
            peers,
            rating,
            trends,
            hot_spots,
            funnel,
            densities,
            official,
        };
        disclosure::without_uncovered(assembly::assembled(areas.level, filter, parts))
    }
}

/// The edition and the level that are requested.
fn level_data(
    snapshot: &Snapshot,
    level: Level,
    edition: EditionId,
) -> Result<(&EditionData, &LevelData), AssessmentError> {
    let edition_data = snapshot.edition(edition).ok_or(AssessmentError::NoSuchEdition(edition))?;
    let areas = edition_data.shape.level(level).ok_or(AssessmentError::NoSuchLevel { edition, level })?;
    Ok((edition_data, areas))
}
