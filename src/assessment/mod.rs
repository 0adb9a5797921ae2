//! From a snapshot and a filter to what a commander reads: counts, rates,
//! grades with their uncertainty, model density, certification shares.
//!
//! Pure: the same snapshot and filter give the same numbers. In: [`Snapshot`],
//! [`Level`], [`Filter`]. Out: an [`Assessment`] with one row per area, in the
//! order of the areas of the level. [`release`] chooses what the public may see
//! and [`disclosure`] takes the rest out; nothing else decides that.

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
mod official;
pub mod rating;
pub mod release;
pub mod sentence;
pub mod shared_figures;
pub mod statutory;
pub mod trend;

use crate::domain::area::edition::EditionId;
use crate::domain::area::{AreaIndex, Level};
use crate::domain::filter::Filter;
use crate::domain::index::IndexVec;
use crate::domain::time::period::Period;
use crate::snapshot::{EditionData, LevelData, Snapshot};

pub use area::{
    AreaAssessment, Assessment, CertificationShare, ComponentAssessment, InTotal, Method, ModelDensities, ModelDensity,
    PeerMethod, Totals, UnitCounts,
};
use assembly::AssemblyInputs;
use clusters::hot_spot;
use context::AssessmentContext;
use counting::Counted;
pub use counting::{counted_areas, whole_account};
use rating::RatingInputs;
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
        let context = AssessmentContext { snapshot, edition_data, areas, filter };
        let counted_in =
            |period| Some(counting::incidents_by_area(snapshot, edition_data, areas, &Filter { period, ..*filter }));
        let counted = counting::counted(snapshot, edition_data, areas, filter);
        Ok(self.assessed(&context, counted, Some(Detected::of(&context)), counted_in))
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
        let counted = release.counted(edition_data, areas, filter.period).ok_or(AssessmentError::NotReleased)?;
        let context = AssessmentContext { snapshot, edition_data, areas, filter };
        let counted_in = |period| Some(release.counted(edition_data, areas, period)?.incidents);
        // What police work found is not released: the public's count leaves it out, and nothing stands beside it.
        let full = self.assessed(&context, counted, None, counted_in);
        Ok(disclosure::disclosed(&full, snapshot, release))
    }

    /// Assesses what was counted; `counted_in` gives what is counted by area in another period, where it may be counted.
    fn assessed(
        &self,
        context: &AssessmentContext<'_>,
        counted: Counted,
        detected: Option<Detected>,
        counted_in: impl Fn(Period) -> Option<IndexVec<AreaIndex, u32>>,
    ) -> Assessment {
        let AssessmentContext { snapshot, edition_data, areas, filter } = *context;
        let exposure = counting::exposures(edition_data, areas, filter.period);
        let peers = self.figures.peer_groups(context);
        let columns = ExposureColumns::of(context, &exposure);
        let inputs = RatingInputs {
            taxonomy: &snapshot.taxonomy,
            scheme: snapshot.scheme(filter),
            peers: &peers,
            counted: &counted,
            detected: detected.as_ref(),
            exposure: &exposure,
            columns: &columns,
        };
        let rating = rating::rate(&inputs);
        let trends = trend::trend_windows::trends(context, (&counted, &exposure), counted_in);
        let exposed = rating::exposed_counts(&counted.incidents, &exposure);
        let neighbours = self.figures.neighbours(context);
        let hot_spots = hot_spot::of_areas(&exposed, &neighbours, &snapshot.rules.hot_spots);
        let expected: Vec<Option<f64>> = rating.areas.iter().map(|area| area.expected).collect();
        let funnel = hot_spot::funnel_positions(&exposed, &expected, &snapshot.rules);
        let densities = self.figures.densities(context);
        let official = self.figures.official(context);
        let is_shown = counted.shows_any();
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
        let assessment = assembly::assembled(areas.level, filter, parts);
        if is_shown { assessment } else { disclosure::without_counts(&assessment) }
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
