//! From the geometries of a file to degrees of WGS 84: **the one place** through which every geometry passes.
//!
//! Readers of formats give geometries as their file has them, and say with [`RecordReader::declared_crs`] which reference
//! system it names. [`InDegrees`] stands between them and everybody else (`RowSource::rows` puts it there) and gives
//! degrees.

use geojson::{Geometry, GeometryValue, Position};

use super::coordinates::{CrsUse, GivenCrs, PlaceFault, placed};
use super::error::ReadError;
use super::format::record::{Record, RecordReader};
use crate::geometry::crs::Crs;
use crate::geometry::projection::LonLat;

/// Records whose geometries are in degrees of WGS 84, whatever the file has.
pub(in crate::ingest) struct InDegrees {
    file: String,
    records: Box<dyn RecordReader>,
    given: Option<GivenCrs>,
    crs: Option<Crs>,
}

impl InDegrees {
    /// The records of a reader, its geometries in degrees.
    ///
    /// # Errors
    /// When the file declares a reference system that is not known, and the operator names none.
    pub(in crate::ingest) fn of(
        file: &str,
        records: Box<dyn RecordReader>,
        given: Option<GivenCrs>,
    ) -> Result<Self, ReadError> {
        let unknown = |fault| ReadError::Crs { file: file.to_owned(), fault };
        let read_as = CrsUse::of(given, records.declared_crs()).map_err(unknown)?;
        Ok(Self { file: file.to_owned(), records, given, crs: read_as.map(|(crs, _)| crs) })
    }

    /// A file may name its system behind its features, when they have been read as something else.
    fn check_late_declaration(&self) -> Result<(), ReadError> {
        let declared = self.records.declared_crs().filter(|_| self.given.is_none());
        let known = declared.as_deref().map(Crs::from_text);
        match (known, declared) {
            (Some(crs), Some(declared)) if crs != Ok(self.crs.unwrap_or(Crs::WGS84)) => {
                Err(ReadError::LateCrs { file: self.file.clone(), declared })
            }
            _ => Ok(()),
        }
    }
}

impl RecordReader for InDegrees {
    fn columns(&self) -> &[String] {
        self.records.columns()
    }

    fn described(&self, file: &str) -> String {
        self.records.described(file)
    }

    fn is_table(&self) -> bool {
        self.records.is_table()
    }

    fn declared_crs(&self) -> Option<String> {
        self.records.declared_crs()
    }

    fn read(&mut self, record: &mut Record) -> Result<bool, ReadError> {
        if !self.records.read(record)? {
            return self.check_late_declaration().map(|()| false);
        }
        if let Some(crs) = self.crs {
            geometry_to_degrees(record, crs);
        }
        Ok(true)
    }
}

/// Takes the geometry of a record to degrees; a record whose geometry is no place is refused with the reason.
pub(in crate::ingest) fn geometry_to_degrees(record: &mut Record, crs: Crs) {
    if crs == Crs::WGS84 {
        return;
    }
    if let Some(geometry) = &mut record.geometry
        && let Err(fault) = to_degrees(&mut geometry.value, crs)
    {
        record.geometry = None;
        record.fault = record.fault.take().or_else(|| Some(fault.to_string()));
    }
}

/// Takes every vertex of a geometry to degrees.
fn to_degrees(value: &mut GeometryValue, crs: Crs) -> Result<(), PlaceFault> {
    let line = |positions: &mut [Position]| positions.iter_mut().try_for_each(|at| vertex_to_degrees(at, crs));
    match value {
        GeometryValue::Point { coordinates } => vertex_to_degrees(coordinates, crs),
        GeometryValue::MultiPoint { coordinates } | GeometryValue::LineString { coordinates } => line(coordinates),
        GeometryValue::MultiLineString { coordinates } | GeometryValue::Polygon { coordinates } => {
            coordinates.iter_mut().try_for_each(|positions| line(positions))
        }
        GeometryValue::MultiPolygon { coordinates } => {
            coordinates.iter_mut().flatten().try_for_each(|positions| line(positions))
        }
        GeometryValue::GeometryCollection { geometries } => {
            geometries.iter_mut().try_for_each(|Geometry { value, .. }| to_degrees(value, crs))
        }
    }
}

/// A vertex with fewer than two numbers is left to whoever reports it; a height stays.
fn vertex_to_degrees(at: &mut Position, crs: Crs) -> Result<(), PlaceFault> {
    if let [x, y, ..] = at.as_slice_mut() {
        // What programs write when they have found no place stays that.
        if *x != 0.0 || *y != 0.0 {
            LonLat { lon: *x, lat: *y } = placed(crs, *x, *y)?;
        }
    }
    Ok(())
}
