//! Model density: active community models per 10,000 residents and per km².
//!
//! A model counts in the area in which it stands, on the last day of the period.

use super::area::ModelDensity;
use crate::domain::community_model::CommunityModel;
use crate::domain::period::{Day, Period};
use crate::snapshot::{EditionPicture, LevelPicture, Snapshot};

/// The day on which models are counted for a period: its last day.
pub fn reference_day(period: Period) -> Day {
    Day::from_number(period.to().number() - 1)
}

/// The model density of every area of a level on the reference day of a period.
pub fn by_area(
    snapshot: &Snapshot,
    picture: &EditionPicture,
    areas: &LevelPicture,
    period: Period,
) -> Vec<ModelDensity> {
    let kinds = snapshot.rules.model_kinds.len();
    let mut counts = vec![vec![0_u32; kinds]; areas.areas.len()];
    for (area, model) in active_models(snapshot, picture, areas, reference_day(period)) {
        if let Some(kind) = snapshot.rules.model_kind_place(&model.kind) {
            counts[area][kind] += 1;
        }
    }
    let residents = super::counting::exposures(picture, areas, period).residents;
    let densities = counts.into_iter().enumerate().map(|(place, by_kind)| {
        let active = by_kind.iter().sum::<u32>();
        let enough = residents[place].filter(|count| *count >= snapshot.rules.density.min_residents.max(1));
        let area_km2 = areas.areas[place].area_km2;
        ModelDensity {
            active,
            per_10k_residents: enough.map(|count| f64::from(active) / f64::from(count) * 10_000.0),
            per_km2: (area_km2 > 0.0).then(|| f64::from(active) / area_km2),
            by_kind,
        }
    });
    densities.collect()
}

/// The models active on a day with the area of the level in which each stands.
pub fn active_models<'a>(
    snapshot: &'a Snapshot,
    picture: &'a EditionPicture,
    areas: &'a LevelPicture,
    day: Day,
) -> impl Iterator<Item = (usize, &'a CommunityModel)> {
    let placed = snapshot.models.iter().zip(&picture.commune_of_model);
    placed.filter_map(move |(model, commune)| {
        let area = areas.area_of_commune[(*commune)?]?;
        model.is_active_on(day).then_some((area, model))
    })
}
