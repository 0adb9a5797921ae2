//! From a snapshot and a filter to what a commander reads: counts, rates,
//! grades with their uncertainty, model density, certification shares.
//!
//! Pure: the same snapshot and filter give the same numbers. In: [`Snapshot`],
//! [`Level`], [`Filter`]. Out: an [`Assessment`] with one row per area, in the
//! order of the areas of the level. [`release`] chooses what the public may see
//! and [`disclosure`] takes the rest out; nothing else decides that.

mod area;
mod assembly;
pub mod audit;
pub mod cells;
pub mod certification;
mod clarity;
pub mod cluster;
pub mod comparison;
pub mod comparison_sentence;
mod component_exposure;
mod counting;
pub mod density;
pub mod disclosure;
pub mod effect;
pub mod explanation;
mod exposure_columns;
pub mod grade;
mod ground;
mod measured;
mod official;
mod peers;
pub mod phrasing;
mod rating;
pub mod reference;
pub mod release;
pub mod sentence;
pub mod series;
mod standards;
pub mod statutory;
pub mod tendency;
pub mod timeline;
pub mod trend;
mod trend_windows;

use crate::domain::area::Level;
use crate::domain::edition::EditionId;
use crate::domain::filter::Filter;
use crate::domain::period::Period;
use crate::snapshot::{EditionPicture, LevelPicture, Snapshot};

pub use area::{
    AreaAssessment, Assessment, CertificationShare, ComponentAssessment, Method, ModelDensities, ModelDensity,
    PeerMethod, Totals, UnitCounts,
};
use assembly::Parts;
pub use component_exposure::ComponentExposure;
use counting::Counted;
pub use counting::counted_areas;
use exposure_columns::ExposureColumns;
use ground::Ground;
pub use measured::{MEASURED_LEVEL, Measured, MeasuredRate};
use official::Official;
use rating::Basis;
use release::Release;
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
        /// The edition.
        edition: EditionId,
        /// The level it lacks.
        level: Level,
    },
    /// The period is not one that the public may see.
    #[error("the period is not a released window")]
    NotReleased,
}

/// Assesses every area of a level under a filter, with nothing hidden but what no role sees at the level.
pub fn assess(snapshot: &Snapshot, level: Level, filter: &Filter) -> Result<Assessment, AssessmentError> {
    let (picture, areas) = places(snapshot, level, filter.edition)?;
    let ground = Ground { snapshot, picture, areas, filter };
    let located_in = |period| Some(counting::located_by_area(snapshot, picture, areas, &Filter { period, ..*filter }));
    Ok(assessed(&ground, counting::counted(snapshot, picture, areas, filter), located_in))
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
    let (picture, areas) = places(snapshot, level, filter.edition)?;
    let counted = release.counted(picture, areas, filter.period).ok_or(AssessmentError::NotReleased)?;
    let ground = Ground { snapshot, picture, areas, filter };
    let full = assessed(&ground, counted, |period| Some(release.counted(picture, areas, period)?.located));
    Ok(disclosure::disclosed(full, snapshot, release))
}

/// Assesses what was counted; `located_in` gives what is located by area in another period, where it may be counted.
fn assessed(ground: &Ground<'_>, counted: Counted, located_in: impl Fn(Period) -> Option<Vec<u32>>) -> Assessment {
    let Ground { snapshot, picture, areas, filter } = *ground;
    let exposure = counting::exposures(picture, areas, filter.period);
    let peers = peers::membership(snapshot, picture, areas);
    let columns = ExposureColumns::of(ground, &exposure);
    let basis = Basis {
        taxonomy: &snapshot.taxonomy,
        scheme: snapshot.scheme(filter),
        peers: &peers,
        counted: &counted,
        exposure: &exposure,
        columns: &columns,
    };
    let rating = rating::rate(&basis);
    let trends = trend_windows::trends(ground, (&counted, &exposure), located_in);
    let exposed = rating::exposed_counts(&counted.located, &exposure);
    let neighbours = cluster::neighbours(snapshot, picture, areas);
    let clusters = cluster::clusters(&exposed, &neighbours, snapshot.rules.hot_spots.max_q);
    let expected: Vec<Option<f64>> = rating.areas.iter().map(|area| area.expected).collect();
    let funnel = cluster::funnel_places(&exposed, &expected, &snapshot.rules);
    let densities = density::remembered(snapshot, picture, areas, filter.period);
    let official = Official::remembered(snapshot, picture, areas, filter.period);
    let is_shown = counted.shows_any();
    let parts = Parts { counted, exposure, peers, rating, trends, clusters, funnel, densities, official };
    let assessment = assembly::assembled(areas.level, filter, parts);
    if is_shown { assessment } else { disclosure::without_counts(assessment) }
}

/// The edition and the level that are asked for.
fn places(
    snapshot: &Snapshot,
    level: Level,
    edition: EditionId,
) -> Result<(&EditionPicture, &LevelPicture), AssessmentError> {
    let picture = snapshot.edition(edition).ok_or(AssessmentError::NoSuchEdition(edition))?;
    let areas = picture.shape.level(level).ok_or(AssessmentError::NoSuchLevel { edition, level })?;
    Ok((picture, areas))
}
