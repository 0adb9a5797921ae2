//! What `binhyen rate` reads: an area file of anybody's making, and neighbours from its outlines or from a file.

use std::collections::HashMap;
use std::path::{Path, PathBuf};

use geo::{Coord, CoordsIter as _, MultiPolygon};
use geojson::GeometryValue;

use super::weights::{WrittenWeights, lists_of_file};
use crate::ingest::{
    ColumnIndex, Decimal, IngestError, ReadError, Record, RowSource, WrittenNumber, decimal_shown, number,
};
use crate::service::area_tables::{AreaTableError, Contiguity, TableNeighbours};

/// Why an area file or a file of neighbours cannot be used.
#[derive(Debug, thiserror::Error)]
pub(in crate::cli) enum RateInputError {
    #[error(transparent)]
    Read(#[from] ReadError),
    #[error("{file} has no field {field:?}; its fields are {fields}")]
    NoField { file: String, field: String, fields: String },
    #[error("{file}, line {line}: the area has no {field}")]
    NoId { file: String, line: u64, field: String },
    #[error("{file}, line {line}: {why}")]
    Area { file: String, line: u64, why: String },
    #[error(
        "{file}: a border of area {id:?} goes through {x}, {y}: these are no degrees, and borders are compared in \
         degrees; say with --crs what they are, or give --weights a file of neighbours"
    )]
    NoDegrees { file: String, id: String, x: f64, y: f64 },
    #[error("{file}: two areas are called {id:?}")]
    Duplicate { file: String, id: String },
    #[error("{file}: area {id:?}: {field} is {value:?}, expected {expected}")]
    Number { file: String, id: String, field: String, value: String, expected: String },
    #[error("{file}: area {id:?} has no outline; give --weights a file of neighbours")]
    NoOutline { file: String, id: String },
    #[error("{file} has no area")]
    Empty { file: String },
    #[error("{}: {cause}", file.display())]
    Weights { file: PathBuf, cause: String },
    #[error(transparent)]
    Written(#[from] IngestError),
    #[error(transparent)]
    Table(#[from] AreaTableError),
}

/// A requested field of an area.
#[derive(Debug)]
struct AreaCell {
    text: String,
    /// Whether the file keeps it as a number and not as text.
    is_number: bool,
}

/// The areas of a file as columns, in the order of the file.
#[derive(Debug)]
pub(in crate::cli) struct AreaTable {
    file: String,
    pub(in crate::cli) ids: Vec<String>,
    /// The requested fields of every area, as they were written.
    cells: Vec<Vec<AreaCell>>,
    fields: Vec<String>,
    /// The line of every area.
    lines: Vec<u64>,
    decimal: Option<Decimal>,
    outlines: Vec<Option<MultiPolygon<f64>>>,
}

impl AreaTable {
    /// Reads the id, the requested fields and the outlines of every area.
    pub(in crate::cli) fn read(source: &RowSource, id: &str, fields: &[&str]) -> Result<Self, RateInputError> {
        let mut reader = source.records()?;
        let file = source.name().to_owned();
        let mut table = Self {
            file,
            ids: Vec::new(),
            cells: Vec::new(),
            fields: fields.iter().map(|field| (*field).to_owned()).collect(),
            lines: Vec::new(),
            decimal: None,
            outlines: Vec::new(),
        };
        let mut record = Record::default();
        let mut seen: HashMap<String, usize> = HashMap::new();
        while reader.read(&mut record)? {
            let columns = reader.columns();
            table.check_readable(columns, &record, fields.iter().copied().chain([id]))?;
            let AreaCell { text: own, .. } = cell(columns, &record, id);
            let column = columns.iter().position(|column| column == id).map(ColumnIndex::new);
            if let Some(why) = column.and_then(|column| record.no_id(column)) {
                let why = format!("{id} {own:?}: {why}");
                return Err(RateInputError::Area { file: table.file, line: record.line, why });
            }
            if own.is_empty() && !columns.iter().any(|column| column == id) {
                return Err(table.no_field(columns, id));
            }
            if own.is_empty() {
                return Err(RateInputError::NoId { file: table.file, line: record.line, field: id.to_owned() });
            }
            if seen.insert(own.clone(), table.ids.len()).is_some() {
                return Err(RateInputError::Duplicate { file: table.file, id: own });
            }
            table.cells.push(fields.iter().map(|field| cell(columns, &record, field)).collect());
            let outline = record.geometry.as_ref().map(outline).transpose();
            let area =
                |why: &str| RateInputError::Area { file: table.file.clone(), line: record.line, why: why.to_owned() };
            table.outlines.push(outline.map_err(area)?.flatten());
            table.lines.push(record.line);
            table.ids.push(own);
        }
        // Only now are all columns known: a reader of GeoJSON meets them area by area.
        if let Some(field) = fields.iter().find(|field| !reader.columns().iter().any(|column| column == *field)) {
            return Err(table.no_field(reader.columns(), field));
        }
        if table.ids.is_empty() { Err(RateInputError::Empty { file: table.file }) } else { Ok(table) }
    }

    /// Refuses an area that cannot be read, or one of whose requested fields cannot.
    fn check_readable<'a>(
        &self,
        columns: &[String],
        record: &Record,
        mut fields: impl Iterator<Item = &'a str>,
    ) -> Result<(), RateInputError> {
        let area = |why| RateInputError::Area { file: self.file.clone(), line: record.line, why };
        if let Some(why) = record.whole_fault() {
            return Err(area(why.to_owned()));
        }
        let unreadable = fields.find_map(|field| {
            let column = columns.iter().position(|column| column == field).map(ColumnIndex::new)?;
            record.unreadable(column).map(|why| format!("{field}: {why}"))
        });
        unreadable.map_or(Ok(()), |why| Err(area(why)))
    }

    /// The same table, its numbers read with a decimal sign: as told, else as the whole file shows.
    pub(in crate::cli) fn written(self, told: Option<Decimal>) -> Result<Self, RateInputError> {
        if told.is_some() {
            return Ok(Self { decimal: told, ..self });
        }
        let numbers = self.cells.iter().zip(&self.lines).flat_map(|(cells, line)| {
            let named = cells.iter().zip(&self.fields).enumerate();
            named.map(|(column, (AreaCell { text, is_number }, heading))| WrittenNumber {
                column,
                heading,
                line: *line,
                text,
                is_number: *is_number,
            })
        });
        let decimal = decimal_shown(&self.file, numbers)?;
        Ok(Self { decimal, ..self })
    }

    fn no_field(&self, columns: &[String], field: &str) -> RateInputError {
        RateInputError::NoField { file: self.file.clone(), field: field.to_owned(), fields: columns.join(", ") }
    }

    /// The numbers of a field; `None` where the area has none.
    pub(in crate::cli) fn numbers(&self, field: &str) -> Result<Vec<Option<f64>>, RateInputError> {
        let column = self.fields.iter().position(|name| name == field).unwrap_or_default();
        let number = |(id, cells): (&String, &Vec<AreaCell>)| {
            let AreaCell { text, is_number } = &cells[column];
            if text.is_empty() {
                return Ok(None);
            }
            let decimal = if *is_number { Some(Decimal::Point) } else { self.decimal };
            number(text, decimal).map(Some).map_err(|why| self.wrong(id, field, text, format!("a number ({why})")))
        };
        self.ids.iter().zip(&self.cells).map(number).collect()
    }

    /// The sums of some fields of counts.
    pub(in crate::cli) fn counts(&self, fields: &[String]) -> Result<Vec<u64>, RateInputError> {
        let mut sums = vec![0_u64; self.ids.len()];
        for field in fields {
            for (area, number) in self.numbers(field)?.into_iter().enumerate() {
                let count = number.filter(|count| *count >= 0.0 && count.fract() == 0.0 && *count < 1e15);
                let expected = "a whole number of at least 0".to_owned();
                let shown = number.map_or_else(String::new, |number| number.to_string());
                sums[area] += count.ok_or_else(|| self.wrong(&self.ids[area], field, &shown, expected))? as u64;
            }
        }
        Ok(sums)
    }

    /// The exposures; 0 stands for an area where nobody lives.
    pub(in crate::cli) fn exposures(&self, field: &str) -> Result<Vec<f64>, RateInputError> {
        let numbers = self.numbers(field)?.into_iter().enumerate();
        let exposure = |(area, number): (usize, Option<f64>)| {
            let shown = number.map_or_else(String::new, |number| number.to_string());
            let usable = number.filter(|exposure| *exposure >= 0.0);
            usable.ok_or_else(|| self.wrong(&self.ids[area], field, &shown, "a number of at least 0".to_owned()))
        };
        numbers.map(exposure).collect()
    }

    fn wrong(&self, id: &str, field: &str, value: &str, expected: String) -> RateInputError {
        let (file, id) = (self.file.clone(), id.to_owned());
        RateInputError::Number { file, id, field: field.to_owned(), value: value.to_owned(), expected }
    }

    /// Neighbours by the borders of the outlines, which may stand so far apart.
    pub(in crate::cli) fn contiguous(
        &self,
        contiguity: Contiguity,
        tolerance_m: f64,
    ) -> Result<TableNeighbours, RateInputError> {
        let outlines = self.ids.iter().zip(&self.outlines).map(|(id, outline)| {
            outline.clone().ok_or_else(|| RateInputError::NoOutline { file: self.file.clone(), id: id.clone() })
        });
        let outlines: Vec<MultiPolygon<f64>> = outlines.collect::<Result<_, _>>()?;
        for (id, outline) in self.ids.iter().zip(&outlines) {
            let is_degrees = |at: &Coord<f64>| at.x.abs() <= 180.0 && at.y.abs() <= 90.0;
            if let Some(Coord { x, y }) = outline.coords_iter().find(|at| !is_degrees(at)) {
                return Err(RateInputError::NoDegrees { file: self.file.clone(), id: id.clone(), x, y });
            }
        }
        Ok(TableNeighbours::touching(&outlines, contiguity, tolerance_m)?)
    }

    /// Neighbours by a file of them.
    pub(in crate::cli) fn neighbours_of_file(&self, path: &Path) -> Result<TableNeighbours, RateInputError> {
        let refused = |cause: String| RateInputError::Weights { file: path.to_owned(), cause };
        let WrittenWeights { lists, with_unlisted } = lists_of_file(path).map_err(refused)?;
        if let Some(areas) = with_unlisted.filter(|areas| *areas != self.ids.len()) {
            return Err(refused(format!("it is of {areas} areas, {} has {}", self.file, self.ids.len())));
        }
        let indices: HashMap<&str, usize> =
            self.ids.iter().enumerate().map(|(index, id)| (id.as_str(), index)).collect();
        if let Some(stranger) = lists.keys().find(|id| !indices.contains_key(id.as_str())) {
            return Err(refused(format!("area {stranger:?} is not in {}", self.file)));
        }
        let list = |id: &String| -> Result<Vec<usize>, RateInputError> {
            let named = match (lists.get(id), with_unlisted) {
                (Some(named), _) => named.as_slice(),
                (None, Some(_)) => &[],
                (None, None) => return Err(refused(format!("area {id:?} is missing"))),
            };
            let index = |other: &String| {
                indices
                    .get(other.as_str())
                    .copied()
                    .ok_or_else(|| refused(format!("neighbour {other:?} of {id:?} is unknown")))
            };
            named.iter().map(index).collect()
        };
        Ok(TableNeighbours::listed(self.ids.iter().map(list).collect::<Result<_, _>>()?)?)
    }
}

/// A field of an area, its text empty where the area has none.
fn cell(columns: &[String], record: &Record, field: &str) -> AreaCell {
    let column = columns.iter().position(|column| column == field).map(ColumnIndex::new);
    let text = column.and_then(|column| record.text(column)).unwrap_or_default().to_owned();
    AreaCell { text, is_number: column.is_some_and(|column| record.is_number(column)) }
}

/// The polygons of a geometry; none where it has no area.
fn outline(geometry: &geojson::Geometry) -> Result<Option<MultiPolygon<f64>>, &'static str> {
    let polygons = match &geometry.value {
        GeometryValue::Polygon { coordinates } => std::slice::from_ref(coordinates),
        GeometryValue::MultiPolygon { coordinates } => coordinates.as_slice(),
        _ => return Ok(None),
    };
    if polygons.iter().flatten().flatten().any(|vertex| vertex.as_slice().len() < 2) {
        return Err("a vertex has fewer than two coordinates");
    }
    Ok(match geo::Geometry::<f64>::try_from(geometry.clone()) {
        Ok(geo::Geometry::Polygon(polygon)) => Some(MultiPolygon::from(polygon)),
        Ok(geo::Geometry::MultiPolygon(shape)) => Some(shape),
        _ => None,
    })
}
