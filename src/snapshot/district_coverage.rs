//! From which districts a commune comes, for districts may have days of coverage of their own.
//!
//! In: the areas of all editions. Out: for each commune of an edition its districts, of one that was put together from
//! several all of them; a commune of another edition stands where most of it lies. Which days of a district are known is
//! not kept here: to the public it is what its release says.

use std::collections::BTreeMap;

use crate::domain::area::{Area, AreaKey, CommuneIndex, Level};
use crate::domain::incident::coverage::{CoverageExtent, DataCoverage};
use crate::domain::time::period::Period;

/// The districts from which the communes of an edition come.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct OriginDistricts {
    of_commune: BTreeMap<CommuneIndex, Vec<AreaKey>>,
}

impl OriginDistricts {
    /// Those of the communes of an edition.
    pub(super) fn new(areas: &[Area], commune_of_key: &BTreeMap<AreaKey, CommuneIndex>) -> Self {
        let mut of_commune: BTreeMap<CommuneIndex, Vec<AreaKey>> = BTreeMap::new();
        for area in areas.iter().filter(|area| area.level == Level::Commune) {
            let district = area.parent.clone().map(|code| AreaKey { edition: area.key.edition, code });
            let (Some(district), Some(commune)) = (district, commune_of_key.get(&area.key)) else { continue };
            let known = of_commune.entry(*commune).or_default();
            if !known.contains(&district) {
                known.push(district);
            }
        }
        Self { of_commune }
    }

    /// Whether every day of a period is covered in a commune, as far as the days of its districts say.
    pub(super) fn covers(&self, commune: CommuneIndex, period: Period, coverage: &DataCoverage) -> bool {
        if coverage.districts.is_empty() {
            return true;
        }
        let mut districts = self.of_commune.get(&commune).into_iter().flatten();
        let is_known = |district: &AreaKey| {
            coverage.districts.get(district).is_none_or(|days| days.extent(period) == CoverageExtent::Whole)
        };
        districts.all(is_known)
    }
}
