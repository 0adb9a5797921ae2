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
pub mod comparison;
mod counting;
pub mod density;
pub mod disclosure;
pub mod explanation;
pub mod grade;
mod rating;
pub mod release;
pub mod sentence;
pub mod series;

use crate::domain::area::Level;
use crate::domain::edition::EditionId;
use crate::domain::filter::Filter;
use crate::snapshot::{EditionPicture, LevelPicture, Snapshot};

pub use area::{
    AreaAssessment, Assessment, CertificationShare, ComponentAssessment, Method, ModelDensity, Statutory, Totals,
};
use assembly::Parts;
use counting::Counted;
use release::Release;

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
    Ok(assessed(snapshot, (picture, areas), filter, counting::counted(snapshot, picture, areas, filter)))
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
    let full = assessed(snapshot, (picture, areas), filter, counted);
    Ok(disclosure::disclosed(full, snapshot, release))
}

fn assessed(
    snapshot: &Snapshot,
    (picture, areas): (&EditionPicture, &LevelPicture),
    filter: &Filter,
    counted: Counted,
) -> Assessment {
    let exposure = counting::exposures(picture, areas, filter.period);
    let rating = rating::rate(&snapshot.taxonomy, snapshot.scheme(filter), &counted, &exposure);
    let densities = density::by_area(snapshot, picture, areas, filter.period);
    let shares = certification::by_area(snapshot, picture, areas, filter.period);
    let is_shown = counted.shows_any();
    let assessment = assembly::assembled(areas.level, filter, Parts { counted, exposure, rating, densities, shares });
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
