//! Single incidents that may be shown as points, for roles that see them.

use std::borrow::Cow;

use rayon::prelude::*;

use super::item_source::{ItemSource, columns_of};
use crate::attributes::{Attribute, AttributeValue, INCIDENT_ATTRIBUTES, IncidentAttribute};
use crate::domain::filter::Filter;
use crate::domain::incident::IncidentRow;
use crate::domain::incident::row_filter::RowFilter;
use crate::domain::role::Role;
use crate::features::column::FeatureColumn;
use crate::features::shape::FeatureShape;
use crate::features::source::FeatureSource;
use crate::features::time_span::TimeSpan;
use crate::service::answers::geometry::{GeoJsonGeometry, GeometryDetail, point};
use crate::service::answers::incidents::points::shown_position;
use crate::snapshot::{EditionData, RowPiece, Snapshot};
use crate::tile::LonLat;
use crate::tile::incident_record::IncidentRecord;

/// The attributes of incidents that answers carry and the role gets.
pub(crate) fn attributes(role: Role) -> Vec<&'static Attribute<IncidentAttribute>> {
    let in_answers = INCIDENT_ATTRIBUTES.iter().filter(|attribute| attribute.carrier.is_in_answers());
    in_answers.filter(|attribute| attribute.is_for(role)).collect()
}

/// The rows of the points of a filter, in no order; none for roles that see no points.
pub(crate) fn point_rows(snapshot: &Snapshot, filter: &Filter, role: Role) -> Vec<IncidentRow> {
    if !role.sees_incident_points() {
        return Vec::new();
    }
    let (incidents, rows) = (&snapshot.incidents, RowFilter::new(filter));
    let pieces: Vec<RowPiece> = snapshot.points.rows().into_iter().flat_map(RowPiece::split).collect();
    let held =
        |piece: &RowPiece| incidents.rows_of(piece).filter(|row| rows.holds(incidents, *row)).collect::<Vec<_>>();
    pieces.par_iter().flat_map_iter(held).collect()
}

/// Some incidents of a snapshot.
pub(crate) struct IncidentFeatureSource<'a> {
    snapshot: &'a Snapshot,
    edition_data: &'a EditionData,
    role: Role,
    rows: &'a [IncidentRow],
    attributes: Vec<&'static Attribute<IncidentAttribute>>,
    columns: Vec<FeatureColumn>,
    time_column: Option<usize>,
}

impl<'a> IncidentFeatureSource<'a> {
    /// The incidents in some rows, with their communes of an edition, for a role.
    pub(crate) fn new(
        snapshot: &'a Snapshot,
        edition_data: &'a EditionData,
        role: Role,
        rows: &'a [IncidentRow],
    ) -> Self {
        let attributes = attributes(role);
        let time_column = attributes.iter().position(|attribute| attribute.key == IncidentAttribute::Time);
        Self { snapshot, edition_data, role, rows, columns: columns_of(&attributes), attributes, time_column }
    }
}

impl FeatureSource for IncidentFeatureSource<'_> {
    fn columns(&self) -> &[FeatureColumn] {
        &self.columns
    }

    fn count(&self) -> usize {
        self.rows.len()
    }

    fn id(&self, row: usize) -> Cow<'_, str> {
        self.rows.get(row).map_or_else(Cow::default, |row| Cow::Borrowed(self.snapshot.incidents.id(*row)))
    }

    fn value(&self, row: usize, column: usize) -> Option<AttributeValue<'_>> {
        let (snapshot, edition_data) = (self.snapshot, Some(self.edition_data));
        let record = IncidentRecord { snapshot, edition_data, row: *self.rows.get(row)?, role: self.role };
        record.value(self.attributes.get(column)?)
    }

    fn shape(&self, row: usize) -> Option<FeatureShape<'_>> {
        let at = shown_position(self.snapshot, *self.rows.get(row)?)?;
        Some(FeatureShape::Point(LonLat::new(at.lon(), at.lat())))
    }

    fn time(&self, row: usize) -> Option<TimeSpan> {
        let row = *self.rows.get(row)?;
        Some(TimeSpan::moment(self.snapshot.incidents.unix_seconds(row)))
    }

    fn time_of(&self, row: usize, column: usize) -> Option<TimeSpan> {
        // What the column writes as text is known as a number.
        self.time_column.filter(|known| *known == column).and_then(|_| self.time(row))
    }
}

impl ItemSource for IncidentFeatureSource<'_> {
    fn geometry(&self, row: usize, _detail: GeometryDetail) -> Option<GeoJsonGeometry> {
        let at = shown_position(self.snapshot, *self.rows.get(row)?)?;
        Some(point(at.lon(), at.lat()))
    }
}
