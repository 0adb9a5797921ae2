//! The rows of a partition: an area and a class each, with what was counted and against what.
//!
//! In: levels with the counts behind their ratings, cut to the role. Out: a table whose geometry is a point well inside
//! the area: outlines are in the files of areas, which `edition` and `code` join.

use super::key::PartitionKey;
use crate::export::spatial_table::areas::LevelConstants;
use crate::export::spatial_table::{
    ColumnType, GeometryKind, RowGeometry, SpatialColumn, SpatialRow, SpatialTable, SpatialValue,
};
use crate::service::answers::AssessedLevel;
use crate::service::answers::areas::class_counts::{ClassCount, class_counts};
use crate::service::error::ServiceError;
use crate::tile::area_row::AreaRow;

/// The columns of an area and of a class.
const OWN: [SpatialColumn; 15] = [
    SpatialColumn { name: "code", values: ColumnType::Text },
    SpatialColumn { name: "name", values: ColumnType::Text },
    SpatialColumn { name: "parent", values: ColumnType::Text },
    SpatialColumn { name: "peer_group", values: ColumnType::Text },
    SpatialColumn { name: "person_years", values: ColumnType::Real },
    SpatialColumn { name: "area_incidents", values: ColumnType::Whole },
    SpatialColumn { name: "component", values: ColumnType::Text },
    SpatialColumn { name: "rated", values: ColumnType::Truth },
    SpatialColumn { name: "in_total", values: ColumnType::Truth },
    SpatialColumn { name: "severity", values: ColumnType::Text },
    SpatialColumn { name: "weight", values: ColumnType::Real },
    SpatialColumn { name: "exposure_kind", values: ColumnType::Text },
    SpatialColumn { name: "exposure_unit", values: ColumnType::Text },
    SpatialColumn { name: "exposure", values: ColumnType::Real },
    SpatialColumn { name: "incidents", values: ColumnType::Whole },
];

/// A level of a year with the counts behind its ratings.
pub(super) struct YearCounts<'a> {
    year: i16,
    assessed: &'a AssessedLevel,
    counts: Vec<ClassCount<'a>>,
}

impl<'a> YearCounts<'a> {
    /// What was counted of a level in a year.
    pub(super) fn of(year: i16, assessed: &'a AssessedLevel) -> Result<Self, ServiceError> {
        Ok(Self { year, assessed, counts: class_counts(assessed)? })
    }

    fn rows(&self, keys: &[PartitionKey]) -> Vec<SpatialRow<'a>> {
        let (constants, areas) = (LevelConstants::of(self.assessed), self.assessed.rows().collect::<Vec<_>>());
        let row = |count: &ClassCount<'a>| {
            let area = areas.get(count.area_index.index())?;
            let year = (!keys.contains(&PartitionKey::Year)).then(|| Some(SpatialValue::Whole(self.year.into())));
            let level = (!keys.contains(&PartitionKey::Level)).then(|| Some(SpatialValue::text(area.level.as_str())));
            let values = year.into_iter().chain(level).chain(own_values(area, count)).collect();
            Some(SpatialRow { values: constants.around(values), geometry: Some(RowGeometry::Point(area.area.label)) })
        };
        self.counts.iter().filter_map(row).collect()
    }
}

/// The table of some levels; what folders are named by is no column of it.
pub(super) fn count_table<'a>(levels: &[YearCounts<'a>], keys: &[PartitionKey]) -> SpatialTable<'a> {
    let beside = [
        (PartitionKey::Year, SpatialColumn { name: "year", values: ColumnType::Whole }),
        (PartitionKey::Level, SpatialColumn { name: "level", values: ColumnType::Text }),
    ];
    let beside = beside.into_iter().filter(|(key, _)| !keys.contains(key)).map(|(_, column)| column);
    SpatialTable {
        name: "counts",
        columns: LevelConstants::BEFORE.into_iter().chain(beside).chain(OWN).chain(LevelConstants::AFTER).collect(),
        geometry: GeometryKind::Point,
        rows: levels.iter().flat_map(|level| level.rows(keys)).collect(),
    }
}

/// The values of [`OWN`].
fn own_values<'a>(area: &AreaRow<'a>, count: &ClassCount<'a>) -> [Option<SpatialValue<'a>>; OWN.len()] {
    let AreaRow { area: named, assessment, level: _, role: _ } = *area;
    [
        Some(SpatialValue::text(named.code.as_str())),
        Some(SpatialValue::text(&named.name)),
        named.parent.as_ref().map(|code| SpatialValue::text(code.as_str())),
        assessment.peer_group.as_deref().map(SpatialValue::text),
        assessment.person_years.map(SpatialValue::Real),
        assessment.incidents.map(|count| SpatialValue::Whole(count.into())),
        Some(SpatialValue::text(count.component)),
        Some(SpatialValue::Truth(count.is_rated)),
        Some(SpatialValue::Truth(count.is_in_total)),
        count.severity.map(SpatialValue::text),
        count.weight.map(SpatialValue::Real),
        Some(SpatialValue::text(count.exposure_kind)),
        Some(SpatialValue::text(count.exposure_unit)),
        count.exposure.map(SpatialValue::Real),
        count.incidents.map(|count| SpatialValue::Whole(count.into())),
    ]
}
