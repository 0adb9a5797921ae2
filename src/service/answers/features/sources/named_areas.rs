//! Areas by their names: those of one edition where their names stand on the map, or those of all editions.

use std::borrow::Cow;

use super::item_source::ItemSource;
use crate::attributes::{AREA_ATTRIBUTES, AreaAttribute, AttributeValue};
use crate::domain::area::Level;
use crate::domain::area::edition::EditionId;
use crate::features::column::{ColumnType, FeatureColumn};
use crate::features::shape::FeatureShape;
use crate::features::source::FeatureSource;
use crate::features::time_span::TimeSpan;
use crate::service::answers::geometry::{GeoJsonGeometry, GeometryDetail, point};
use crate::snapshot::{AreaEntry, EditionData, Snapshot};
use crate::texts::text;

/// Which of the two lists.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum NamedAreaList {
    /// The areas of one edition.
    Labels,
    /// The areas of all editions.
    Gazetteer,
}

/// What is said of an area by its name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum NamedAreaColumn {
    Edition,
    Code,
    Level,
    Name,
    Parent,
    AreaKm2,
}

impl NamedAreaColumn {
    const ALL: [Self; 6] = [Self::Edition, Self::Code, Self::Level, Self::Name, Self::Parent, Self::AreaKm2];

    /// The columns of a list.
    fn of(list: NamedAreaList) -> &'static [Self] {
        match list {
            NamedAreaList::Labels => &Self::ALL[1..],
            NamedAreaList::Gazetteer => &Self::ALL,
        }
    }

    /// What is said of every area of a list.
    pub(crate) fn columns(list: NamedAreaList) -> Vec<FeatureColumn> {
        Self::of(list).iter().filter_map(|column| column.column()).collect()
    }

    fn column(self) -> Option<FeatureColumn> {
        let attribute =
            |key: AreaAttribute| AREA_ATTRIBUTES.iter().find(|attribute| attribute.key == key).map(FeatureColumn::of);
        match self {
            Self::Edition => {
                let label = text!("features-column-edition");
                Some(FeatureColumn::new("edition", ColumnType::Text, label, "The edition of the boundaries"))
            }
            Self::Code => attribute(AreaAttribute::Code),
            Self::Level => attribute(AreaAttribute::Level),
            Self::Name => attribute(AreaAttribute::Name),
            Self::Parent => attribute(AreaAttribute::Parent),
            Self::AreaKm2 => attribute(AreaAttribute::AreaKm2),
        }
    }
}

/// An area of an edition.
struct NamedAreaEntry<'a> {
    edition: EditionId,
    level: Level,
    area: &'a AreaEntry,
}

/// Areas by their names.
pub(crate) struct NamedAreaSource<'a> {
    list: NamedAreaList,
    entries: Vec<NamedAreaEntry<'a>>,
    columns: Vec<FeatureColumn>,
}

impl<'a> NamedAreaSource<'a> {
    /// The areas of one edition.
    pub(crate) fn labels(edition_data: &'a EditionData) -> Self {
        Self::new(NamedAreaList::Labels, std::iter::once(edition_data))
    }

    /// The areas of all editions.
    pub(crate) fn gazetteer(snapshot: &'a Snapshot) -> Self {
        Self::new(NamedAreaList::Gazetteer, snapshot.editions.iter())
    }

    fn new(list: NamedAreaList, editions: impl Iterator<Item = &'a EditionData>) -> Self {
        let entries = editions.flat_map(|edition_data| {
            let edition = edition_data.entry.id;
            edition_data.shape.levels.iter().flat_map(move |level| {
                level.areas.iter().map(move |area| NamedAreaEntry { edition, level: level.level, area })
            })
        });
        Self { list, entries: entries.collect(), columns: NamedAreaColumn::columns(list) }
    }
}

impl FeatureSource for NamedAreaSource<'_> {
    fn columns(&self) -> &[FeatureColumn] {
        &self.columns
    }

    fn count(&self) -> usize {
        self.entries.len()
    }

    fn id(&self, row: usize) -> Cow<'_, str> {
        let Some(NamedAreaEntry { edition, level, area }) = self.entries.get(row) else { return Cow::default() };
        let id = match self.list {
            NamedAreaList::Labels => format!("{level}-{}", area.code),
            NamedAreaList::Gazetteer => format!("{edition}-{level}-{}", area.code),
        };
        id.into()
    }

    fn value(&self, row: usize, column: usize) -> Option<AttributeValue<'_>> {
        let NamedAreaEntry { edition, level, area } = self.entries.get(row)?;
        match NamedAreaColumn::of(self.list).get(column)? {
            NamedAreaColumn::Edition => Some(AttributeValue::Text(edition.to_string().into())),
            NamedAreaColumn::Code => Some(AttributeValue::text(area.code.as_str())),
            NamedAreaColumn::Level => Some(AttributeValue::Text(level.to_string().into())),
            NamedAreaColumn::Name => Some(AttributeValue::text(&area.name)),
            NamedAreaColumn::Parent => area.parent.as_ref().map(|code| AttributeValue::text(code.as_str())),
            NamedAreaColumn::AreaKm2 => AttributeValue::number(Some(area.area_km2)),
        }
    }

    fn shape(&self, row: usize) -> Option<FeatureShape<'_>> {
        self.entries.get(row).map(|entry| FeatureShape::Point(entry.area.label))
    }

    fn time(&self, _row: usize) -> Option<TimeSpan> {
        None
    }
}

impl ItemSource for NamedAreaSource<'_> {
    fn geometry(&self, row: usize, _detail: GeometryDetail) -> Option<GeoJsonGeometry> {
        self.entries.get(row).map(|entry| point(entry.area.label.lon, entry.area.label.lat))
    }
}
