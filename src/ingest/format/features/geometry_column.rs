//! Tables with a column of geometries: WKT, WKB in hexadecimal digits, or GeoJSON.
//!
//! In: a reader of a table and the place of the column. Out: its rows with geometries in place of the texts.

use geojson::Geometry;

use crate::ingest::error::ReadError;
use crate::ingest::format::encoded::wkb::wkb_geometry;
use crate::ingest::format::encoded::wkt::wkt_geometry;
use crate::ingest::format::geojson_feature::geometry;
use crate::ingest::format::record::{Record, RecordReader};
use crate::ingest::text::folding::folded;

/// Headings of such a column, as headings are compared.
const NAMES: [&str; 8] =
    ["wkt", "geometry", "geom", "the_geom", "wkt_geom", "wkb_geometry", "geometry_wkt", "geom_wkt"];

/// The place of the column of geometries; none where there is none.
pub(in crate::ingest::format) fn geometry_column(columns: &[String]) -> Option<usize> {
    let folded_names = NAMES.map(folded);
    columns.iter().position(|column| folded_names.contains(&folded(column)))
}

/// The rows of a table with geometries.
pub(in crate::ingest::format) struct GeometryColumnRecords {
    inner: Box<dyn RecordReader>,
    place: usize,
    columns: Vec<String>,
    /// The first row, which was read to learn the reference system.
    ahead: Option<Record>,
    srid: Option<u32>,
}

impl GeometryColumnRecords {
    /// The rows of a table whose column at `place` holds geometries.
    pub(in crate::ingest::format) fn new(inner: Box<dyn RecordReader>, place: usize) -> Result<Self, ReadError> {
        let mut columns = inner.columns().to_vec();
        columns.remove(place);
        let mut records = Self { inner, place, columns, ahead: None, srid: None };
        let mut first = Record::default();
        if records.inner.read(&mut first)? {
            records.srid = records.draw(&mut first);
            records.ahead = Some(first);
        }
        Ok(records)
    }

    /// Takes the text of the geometry out of a row; gives the number of its reference system.
    fn draw(&self, record: &mut Record) -> Option<u32> {
        if record.values.len() <= self.place {
            return None;
        }
        let text = record.values.remove(self.place);
        if record.fault.is_some() || text.is_empty() {
            return None;
        }
        match drawn(&text) {
            Ok((drawn, srid)) => {
                record.geometry = drawn;
                srid
            }
            Err(why) => {
                record.fault = Some(why);
                record.fault_value = text;
                None
            }
        }
    }
}

/// The geometry that a text describes, and the number of its reference system.
fn drawn(text: &str) -> Result<(Option<Geometry>, Option<u32>), String> {
    let text = text.trim();
    if text.starts_with('{') {
        return Ok((geometry(text.as_bytes())?, None));
    }
    if text.starts_with(['0', '1']) && text.len() > 8 && text.bytes().all(|digit| digit.is_ascii_hexdigit()) {
        let bytes = hex::decode(text).map_err(|fault| format!("the geometry is no WKB: {fault}"))?;
        let read = wkb_geometry(&bytes)?;
        return Ok((read.geometry, read.srid));
    }
    let read = wkt_geometry(text)?;
    Ok((read.geometry, read.srid))
}

impl RecordReader for GeometryColumnRecords {
    fn columns(&self) -> &[String] {
        &self.columns
    }

    fn described(&self, file: &str) -> String {
        self.inner.described(file)
    }

    fn is_table(&self) -> bool {
        self.inner.is_table()
    }

    fn declared_crs(&self) -> Option<String> {
        self.srid.map(|srid| format!("EPSG:{srid}"))
    }

    fn read(&mut self, record: &mut Record) -> Result<bool, ReadError> {
        if let Some(first) = self.ahead.take() {
            *record = first;
            return Ok(true);
        }
        if !self.inner.read(record)? {
            return Ok(false);
        }
        let srid = self.draw(record);
        if record.geometry.is_some() && srid != self.srid {
            let named = |srid: Option<u32>| srid.map_or("none".to_owned(), |srid| format!("SRID {srid}"));
            let why = format!("its geometry names {} and the first one {}", named(srid), named(self.srid));
            record.fault = Some(why);
        }
        Ok(true)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ingest::format::csv_reader::CsvRecords;
    use crate::ingest::format::header::HeaderSearch;
    use crate::ingest::text::encoding::Encoding;

    fn rows(text: &'static str) -> (Option<String>, Vec<Record>) {
        let header = HeaderSearch::default();
        let table = CsvRecords::new("a.csv", Box::new(text.as_bytes()), Encoding::Utf8, &header).unwrap();
        let place = geometry_column(table.columns()).unwrap();
        let mut reader = GeometryColumnRecords::new(Box::new(table), place).unwrap();
        let (mut record, mut rows) = (Record::default(), Vec::new());
        while reader.read(&mut record).unwrap() {
            rows.push(record.clone());
        }
        assert_eq!(reader.columns(), ["id", "name"]);
        (reader.declared_crs(), rows)
    }

    #[test]
    fn geometries_are_read_in_three_forms() {
        let text = "id,WKT,name\n1,POINT(1 2),a\n2,,b\n3,0101000000000000000000F03F0000000000000040,c\n\
                    4,\"{\"\"type\"\":\"\"Point\"\",\"\"coordinates\"\":[1,2]}\",d\n5,ring,e\n";
        let (crs, rows) = rows(text);
        assert_eq!(crs, None);
        let drawn: Vec<bool> = rows.iter().map(|row| row.geometry.is_some()).collect();
        assert_eq!(drawn, [true, false, true, true, false]);
        assert_eq!(rows[3].values, ["4", "d"]);
        assert_eq!(rows[4].fault_value, "ring");
    }

    #[test]
    fn reference_system_of_the_first_row_is_that_of_the_file() {
        let (crs, rows) = rows("id,geom,name\n1,SRID=5899;POINT(1 2),a\n2,POINT(1 2),b\n");
        assert_eq!(crs.as_deref(), Some("EPSG:5899"));
        assert_eq!(rows[1].fault.as_deref(), Some("its geometry names none and the first one SRID 5899"));
    }
}
