//! The areas of a level with all that is said of them.

use std::borrow::Cow;

use super::item_source::{ItemSource, columns_of};
use crate::attributes::{AREA_ATTRIBUTES, AreaAttribute, Attribute, AttributeValue};
use crate::domain::area::AreaIndex;
use crate::domain::role::Role;
use crate::features::column::FeatureColumn;
use crate::features::shape::FeatureShape;
use crate::features::source::FeatureSource;
use crate::features::time_span::TimeSpan;
use crate::service::answers::AssessedLevel;
use crate::service::answers::geometry::{GeoJsonGeometry, GeometryDetail};
use crate::tile::area_row::AreaRow;

/// The attributes of areas that answers carry and the role gets.
pub(crate) fn attributes(role: Role) -> Vec<&'static Attribute<AreaAttribute>> {
    let in_answers = AREA_ATTRIBUTES.iter().filter(|attribute| attribute.carrier.is_in_answers());
    in_answers.filter(|attribute| attribute.is_for(role)).collect()
}

/// The areas of an assessed level.
pub(crate) struct AreaSource<'a> {
    assessed: &'a AssessedLevel,
    rows: Vec<AreaRow<'a>>,
    attributes: Vec<&'static Attribute<AreaAttribute>>,
    columns: Vec<FeatureColumn>,
}

impl<'a> AreaSource<'a> {
    /// The areas of a level as it was assessed for its viewer.
    pub(crate) fn of(assessed: &'a AssessedLevel) -> Self {
        let attributes = attributes(assessed.viewer().role());
        Self { assessed, rows: assessed.rows().collect(), columns: columns_of(&attributes), attributes }
    }
}

impl FeatureSource for AreaSource<'_> {
    fn columns(&self) -> &[FeatureColumn] {
        &self.columns
    }

    fn count(&self) -> usize {
        self.rows.len()
    }

    fn id(&self, row: usize) -> Cow<'_, str> {
        self.rows.get(row).map_or_else(Cow::default, |row| Cow::Borrowed(row.area.code.as_str()))
    }

    fn value(&self, row: usize, column: usize) -> Option<AttributeValue<'_>> {
        self.rows.get(row)?.value(self.attributes.get(column)?)
    }

    fn shape(&self, row: usize) -> Option<FeatureShape<'_>> {
        let area = self.rows.get(row)?.area;
        Some(FeatureShape::Area { bounds: area.bounds, boundary: &area.boundary })
    }

    fn time(&self, _row: usize) -> Option<TimeSpan> {
        None
    }
}

impl ItemSource for AreaSource<'_> {
    fn geometry(&self, row: usize, detail: GeometryDetail) -> Option<GeoJsonGeometry> {
        GeoJsonGeometry::of_area(self.assessed.areas()?, AreaIndex::new(row), detail)
    }
}
