//! The areas where some incidents count.
//!
//! In: a snapshot and incidents, there or gone. Out: the areas of every edition in which any of them counts, from the
//! commune up. Of what is never shown below district the commune is left out.

use std::collections::BTreeSet;

use crate::domain::area::edition::EditionId;
use crate::domain::area::{AreaCode, CommuneIndex, Level};
use crate::domain::filter::CategorySet;
use crate::domain::holdings::IncidentColumns;
use crate::domain::incident::taxonomy::CategoryIndex;
use crate::domain::incident::{Incident, IncidentRow};
use crate::snapshot::Snapshot;
use crate::snapshot::edition::{AreaEntry, EditionData};

/// An area where some incident counts.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct TouchedArea {
    /// The edition of its boundaries.
    pub edition: EditionId,
    /// Its level.
    pub level: Level,
    /// Its code.
    pub code: AreaCode,
}

impl Snapshot {
    /// The areas in which some incidents count.
    pub fn touched_areas<'a>(&self, incidents: impl Iterator<Item = &'a Incident>) -> BTreeSet<TouchedArea> {
        let mut columns = IncidentColumns::default();
        for incident in incidents {
            columns.push(incident);
        }
        let mut touched = BTreeSet::new();
        for edition_data in &self.editions {
            let places = self.placement(edition_data).of_incidents(&columns, &self.taxonomy);
            for (row, place) in columns.rows().zip(places) {
                match place.commune() {
                    Some(commune) => self.touch(edition_data, commune, columns.category(row), &mut touched),
                    None => touch_wider(edition_data, &columns, row, &mut touched),
                }
            }
        }
        touched
    }

    /// The commune of an edition in which an incident counts; none where it counts in none, and none of what is never shown
    /// below district.
    pub fn shown_commune(&self, edition: EditionId, incident: &Incident) -> Option<&AreaEntry> {
        let edition_data = self.edition(edition).filter(|_| !self.is_never_below_district(incident.category))?;
        let mut columns = IncidentColumns::default();
        columns.push(incident);
        let places = self.placement(edition_data).of_incidents(&columns, &self.taxonomy);
        let commune = places.into_iter().next()?.commune()?;
        edition_data.shape.commune(commune)
    }

    /// The categories of some that may be shown below district.
    pub fn shown_below_district(&self, categories: CategorySet) -> CategorySet {
        let hidden = categories.iter().filter(|category| self.is_never_below_district(*category));
        hidden.fold(categories, CategorySet::without)
    }

    /// Whether a category is never shown below district.
    fn is_never_below_district(&self, category: CategoryIndex) -> bool {
        let hidden = &self.rules.disclosure.never_below_district;
        self.taxonomy.category_entry(category).is_none_or(|entry| entry.sensitive || hidden.contains(&entry.id))
    }

    fn touch(
        &self,
        edition_data: &EditionData,
        commune: CommuneIndex,
        category: CategoryIndex,
        touched: &mut BTreeSet<TouchedArea>,
    ) {
        let edition = edition_data.entry.id;
        let is_hidden = self.is_never_below_district(category);
        for level_data in &edition_data.shape.levels {
            if level_data.level == Level::Commune && is_hidden {
                continue;
            }
            let area = level_data.area_of_commune.at(commune).copied().flatten();
            let code = area.and_then(|area| level_data.areas.at(area)).map(|area| area.code.clone());
            touched.extend(code.map(|code| TouchedArea { edition, level: level_data.level, code }));
        }
    }
}

/// The district or province that an incident names, and the levels above it.
fn touch_wider(
    edition_data: &EditionData,
    columns: &IncidentColumns,
    row: IncidentRow,
    touched: &mut BTreeSet<TouchedArea>,
) {
    let edition = edition_data.entry.id;
    let Some(key) = columns.area(row).filter(|key| key.edition == edition) else { return };
    for level_data in edition_data.shape.levels.iter().filter(|level_data| level_data.level != Level::Commune) {
        let is_named = |area: &&AreaEntry| area.code == key.code || level_data.level == Level::Province;
        let areas = level_data.areas.iter().filter(is_named).map(|area| area.code.clone());
        touched.extend(areas.map(|code| TouchedArea { edition, level: level_data.level, code }));
    }
}
