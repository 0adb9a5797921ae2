//! Districts against the union of their communes, as a table.

use std::collections::BTreeMap;

use geo::MultiPolygon;

use super::messages::NestingRow;
use crate::domain::area::{Area, AreaKey, Level};
use crate::geometry::coverage::nesting::{MemberFit, member_fits};

/// A row for each district with an outline, in the order of editions and codes; none where no commune has one.
pub fn nesting_rows(areas: &[&Area]) -> Vec<NestingRow> {
    let of_level = |level| areas.iter().filter(move |area| area.level == level && area.boundary.is_some());
    let districts: BTreeMap<&AreaKey, &Area> = of_level(Level::District).map(|&area| (&area.key, area)).collect();
    let communes: Vec<&Area> = of_level(Level::Commune).copied().collect();
    if communes.is_empty() {
        return Vec::new();
    }
    let place: BTreeMap<&AreaKey, usize> = districts.keys().enumerate().map(|(place, key)| (*key, place)).collect();
    let district_of = |commune: &&Area| {
        let parent = commune.parent.as_ref()?;
        place.get(&AreaKey { edition: commune.key.edition, code: parent.clone() }).copied()
    };
    let outlines = |areas: &mut dyn Iterator<Item = &&Area>| -> Vec<MultiPolygon<f64>> {
        areas.filter_map(|area| area.boundary.clone()).collect()
    };
    let wider_of: Vec<Option<usize>> = communes.iter().map(district_of).collect();
    let fits = member_fits(&outlines(&mut districts.values()), &outlines(&mut communes.iter()), &wider_of);
    let row = |(district, fit): (&&Area, MemberFit)| NestingRow {
        code: district.key.code.clone(),
        name: district.name.clone(),
        communes: fit.members,
        km2: fit.km2,
        outside_km2: fit.outside_km2,
        uncovered_km2: fit.uncovered_km2,
    };
    districts.values().zip(fits).map(row).collect()
}

/// The table of an edition after new areas of a level have replaced those loaded.
pub(super) fn with_loaded(new: &[Area], named: &[Area], level: Level, loaded: &[Area]) -> Vec<NestingRow> {
    let kept = loaded.iter().filter(|area| area.level != level);
    let areas: Vec<&Area> = kept.chain(new).chain(named).collect();
    nesting_rows(&areas)
}
