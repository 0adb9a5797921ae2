//! The areas of a level as a table with their boundaries.
//!
//! In: an assessed level, cut to the role. Out: a table whose columns are those attributes of [`crate::attributes`] that
//! answers carry and the role gets, between what a file of rows says of all of them: edition and days before, scheme,
//! origin and release after.

use geo::orient::{Direction, Orient as _};

use super::{ColumnType, GeometryKind, RowGeometry, SpatialColumn, SpatialRow, SpatialTable, SpatialValue};
use crate::attributes::{AREA_ATTRIBUTES, AreaAttribute, Attribute, AttributeValue, ValueType};
use crate::domain::role::Role;
use crate::service::answers::AssessedLevel;
use crate::tile::area_row::AreaRow;

/// The table of the areas of a level.
pub(in crate::export) fn area_table(assessed: &AssessedLevel) -> SpatialTable<'_> {
    let role = assessed.viewer().role();
    let constants = LevelConstants::of(assessed);
    let own = attributes(role)
        .map(|attribute| SpatialColumn { name: attribute.name, values: ColumnType::from(attribute.value_type) });
    SpatialTable {
        name: "areas",
        columns: LevelConstants::BEFORE.into_iter().chain(own).chain(LevelConstants::AFTER).collect(),
        geometry: GeometryKind::MultiPolygon,
        rows: assessed.rows().map(|row| area(&row, role, &constants)).collect(),
    }
}

fn attributes(role: Role) -> impl Iterator<Item = &'static Attribute<AreaAttribute>> {
    AREA_ATTRIBUTES.iter().filter(move |attribute| attribute.carrier.is_in_answers() && attribute.is_for(role))
}

fn area<'a>(row: &AreaRow<'a>, role: Role, constants: &LevelConstants<'a>) -> SpatialRow<'a> {
    let own = attributes(role).map(|attribute| typed(row.value(attribute)?, attribute.value_type));
    SpatialRow { values: constants.around(own.collect()), geometry: outline(row) }
}

/// A value in the type of its column; whole numbers may stand among numbers.
fn typed(value: AttributeValue<'_>, values: ValueType) -> Option<SpatialValue<'_>> {
    match (value, values) {
        (AttributeValue::Text(text), ValueType::Text) => Some(SpatialValue::Text(text)),
        (AttributeValue::Word(word), ValueType::Text) => Some(SpatialValue::text(word)),
        (AttributeValue::Integer(number), ValueType::Integer) => i64::try_from(number).ok().map(SpatialValue::Whole),
        (AttributeValue::Integer(number), ValueType::Number) => Some(SpatialValue::Real(number as f64)),
        (AttributeValue::Number(number), ValueType::Number) => Some(SpatialValue::Real(number)),
        _ => None,
    }
}

/// The boundary as it was imported, its shells counter-clockwise; none where there is none.
fn outline(row: &AreaRow<'_>) -> Option<RowGeometry> {
    let boundary = &row.area.boundary;
    let polygons = || RowGeometry::MultiPolygon(boundary.orient(Direction::Default), row.area.bounds);
    (!boundary.0.is_empty()).then(polygons)
}

/// What is the same in every row of a level.
#[derive(Debug, Clone, PartialEq)]
pub(in crate::export) struct LevelConstants<'a> {
    before: [SpatialValue<'a>; 3],
    scheme: SpatialValue<'a>,
    is_sample: bool,
    release: Option<u32>,
}

impl<'a> LevelConstants<'a> {
    /// The columns before those of a row: the edition, the first day, the day after the last.
    pub(in crate::export) const BEFORE: [SpatialColumn; 3] = [
        SpatialColumn { name: "edition", values: ColumnType::Text },
        SpatialColumn { name: "from", values: ColumnType::Day },
        SpatialColumn { name: "to", values: ColumnType::Day },
    ];
    /// The columns after them: the scheme, whether the data are the sample, the release.
    pub(in crate::export) const AFTER: [SpatialColumn; 3] = [
        SpatialColumn { name: "scheme", values: ColumnType::Text },
        SpatialColumn { name: "sample", values: ColumnType::Truth },
        SpatialColumn { name: "release", values: ColumnType::Whole },
    ];

    /// What the rows of a level have in common.
    pub(in crate::export) fn of(assessed: &'a AssessedLevel) -> Self {
        let filter = &assessed.requested.filter;
        Self {
            before: [
                SpatialValue::Text(filter.edition.to_string().into()),
                SpatialValue::Day(filter.period.from().date()),
                SpatialValue::Day(filter.period.to().date()),
            ],
            scheme: SpatialValue::text(&assessed.scheme().id),
            is_sample: assessed.snapshot().is_sample(),
            release: assessed.requested.state.release.map(|release| release.number),
        }
    }

    /// The values of a row with those that all have in common before and after them.
    pub(in crate::export) fn around(&self, own: Vec<Option<SpatialValue<'a>>>) -> Vec<Option<SpatialValue<'a>>> {
        let release = self.release.map(|number| SpatialValue::Whole(number.into()));
        let after = [Some(self.scheme.clone()), Some(SpatialValue::Truth(self.is_sample)), release];
        self.before.iter().cloned().map(Some).chain(own).chain(after).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_have_the_type_of_their_column_or_are_none() {
        assert_eq!(typed(AttributeValue::Integer(7), ValueType::Integer), Some(SpatialValue::Whole(7)));
        assert_eq!(typed(AttributeValue::Integer(7), ValueType::Number), Some(SpatialValue::Real(7.0)));
        assert_eq!(typed(AttributeValue::Word("none"), ValueType::Text), Some(SpatialValue::text("none")));
        assert_eq!(typed(AttributeValue::Number(0.5), ValueType::Integer), None);
        assert_eq!(typed(AttributeValue::Integer(u64::MAX), ValueType::Integer), None);
    }

    #[test]
    fn planner_has_columns_that_the_public_has_not() {
        let names = |role: Role| attributes(role).map(|attribute| attribute.name).collect::<Vec<_>>();
        assert!(names(Role::Planner).contains(&"hot_spot") && !names(Role::Public).contains(&"hot_spot"));
        assert!(names(Role::Public).contains(&"withheld"));
        let constants = LevelConstants::BEFORE.into_iter().chain(LevelConstants::AFTER).map(|column| column.name);
        let own = names(Role::Operator);
        assert!(constants.clone().all(|name| !own.contains(&name)), "a column stands once");
        assert!(!own.contains(&"geometry") && !own.contains(&"bbox"));
    }
}
