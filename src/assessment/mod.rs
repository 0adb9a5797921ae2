//! From a snapshot and a filter to what a commander reads: counts, rates,
//! grades with their uncertainty, model density, certification shares.
//!
//! Pure: the same snapshot and filter give the same numbers. In: [`Snapshot`],
//! [`Level`], [`Filter`]. Out: an [`Assessment`] with one row per area, in the
//! order of the areas of the level. [`disclosure`] then takes out what a role
//! may not see; nothing else decides that.

mod area;
mod assembly;
pub mod certification;
pub mod comparison;
mod counting;
pub mod density;
pub mod disclosure;
pub mod explanation;
pub mod grade;
mod rating;
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
}

/// Assesses every area of a level under a filter, with nothing hidden but what no role sees at the level.
pub fn assess(snapshot: &Snapshot, level: Level, filter: &Filter) -> Result<Assessment, AssessmentError> {
    let (picture, areas) = places(snapshot, level, filter.edition)?;
    let counted = counting::counted(snapshot, picture, areas, filter);
    let exposure = counting::exposures(picture, areas, filter.period);
    let rating = rating::rate(&snapshot.taxonomy, &snapshot.rules, &counted, &exposure);
    let densities = density::by_area(snapshot, picture, areas, filter.period);
    let shares = certification::by_area(snapshot, picture, areas, filter.period);
    let is_shown = counted.shows_any();
    let assessment = assembly::assembled(level, filter, Parts { counted, exposure, rating, densities, shares });
    Ok(if is_shown { assessment } else { disclosure::without_counts(assessment) })
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
