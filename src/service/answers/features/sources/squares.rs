//! Squares of incidents, as planners see them: those with enough incidents, of the questions that squares answer.

use std::borrow::Cow;

use super::item_source::ItemSource;
use crate::assessment::cells::CountCell;
use crate::attributes::{AttributeValue, INCIDENT_ATTRIBUTES, IncidentAttribute};
use crate::features::column::{ColumnType, FeatureColumn};
use crate::features::shape::FeatureShape;
use crate::features::source::FeatureSource;
use crate::features::time_span::TimeSpan;
use crate::service::answers::geometry::{GeoJsonGeometry, GeometryDetail};
use crate::service::answers::incidents::cells::square;
use crate::texts::text;

/// What is said of every square.
pub(crate) fn columns() -> Vec<FeatureColumn> {
    let of_count = INCIDENT_ATTRIBUTES.iter().find(|attribute| attribute.key == IncidentAttribute::Count);
    let count = of_count.map(FeatureColumn::of);
    let component = FeatureColumn::new(
        "main_component",
        ColumnType::Text,
        text!("features-column-main-component"),
        "The component of the scheme with the most incidents, where the square is shown for single components",
    );
    count.into_iter().chain([component]).collect()
}

/// The squares of a question.
pub(crate) struct SquareSource {
    cells: Vec<CountCell>,
    columns: Vec<FeatureColumn>,
}

impl SquareSource {
    /// Squares that a role may see.
    pub(crate) fn new(cells: Vec<CountCell>) -> Self {
        Self { cells, columns: columns() }
    }
}

impl FeatureSource for SquareSource {
    fn columns(&self) -> &[FeatureColumn] {
        &self.columns
    }

    fn count(&self) -> usize {
        self.cells.len()
    }

    fn id(&self, row: usize) -> Cow<'_, str> {
        self.cells.get(row).map_or_else(Cow::default, |cell| format!("{}-{}", cell.id.0, cell.id.1).into())
    }

    fn value(&self, row: usize, column: usize) -> Option<AttributeValue<'_>> {
        let cell = self.cells.get(row)?;
        match column {
            0 => AttributeValue::integer(Some(cell.count)),
            1 => cell.main_component.as_deref().map(AttributeValue::text),
            _ => None,
        }
    }

    fn shape(&self, row: usize) -> Option<FeatureShape<'_>> {
        self.cells.get(row).map(|cell| FeatureShape::Square(cell.bounds))
    }

    fn time(&self, _row: usize) -> Option<TimeSpan> {
        None
    }
}

impl ItemSource for SquareSource {
    fn geometry(&self, row: usize, _detail: GeometryDetail) -> Option<GeoJsonGeometry> {
        self.cells.get(row).map(|cell| square(cell.bounds))
    }
}
