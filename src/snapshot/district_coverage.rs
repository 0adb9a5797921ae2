//! Which communes have days of coverage of their own, because a district they come from has.
//!
//! In: the days declared for districts and the areas of their editions. Out: for each commune of an edition the days
//! that hold for it beside the overall ones; for one that was put together from several districts, those of each. A
//! commune of another edition stands where most of it lies.

use std::collections::BTreeMap;

use crate::domain::area::{Area, AreaKey, CommuneIndex, Level};
use crate::domain::incident::coverage::{CoverageExtent, CoveredDays};
use crate::domain::time::period::Period;

/// The days that hold for single communes of an edition.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct DistrictCoverage {
    of_commune: BTreeMap<CommuneIndex, Vec<CoveredDays>>,
}

impl DistrictCoverage {
    /// The days of districts, brought to the communes of an edition.
    pub(super) fn new(
        districts: &BTreeMap<AreaKey, CoveredDays>,
        areas: &[Area],
        commune_of_key: &BTreeMap<AreaKey, CommuneIndex>,
    ) -> Self {
        let mut of_commune: BTreeMap<CommuneIndex, Vec<CoveredDays>> = BTreeMap::new();
        if districts.is_empty() {
            return Self { of_commune };
        }
        for area in areas.iter().filter(|area| area.level == Level::Commune) {
            let district = area.parent.clone().map(|code| AreaKey { edition: area.key.edition, code });
            let days = district.and_then(|district| districts.get(&district));
            let (Some(days), Some(commune)) = (days, commune_of_key.get(&area.key)) else { continue };
            let held = of_commune.entry(*commune).or_default();
            if !held.contains(days) {
                held.push(days.clone());
            }
        }
        Self { of_commune }
    }

    /// Whether every day of a period is covered in a commune, as far as its district says.
    pub(super) fn covers(&self, commune: CommuneIndex, period: Period) -> bool {
        let mut held = self.of_commune.get(&commune).into_iter().flatten();
        held.all(|days| days.extent(period) == CoverageExtent::Whole)
    }
}
