//! A row seen through its binding, and what is wrong with it.

use std::borrow::Cow;
use std::str::FromStr;

use geojson::GeometryValue;
use jiff::civil::Date;

use crate::domain::area::Position;
use crate::geometry::projection::LonLat;
use crate::ingest::checks::numbers::{Axis, coordinate};
use crate::ingest::checks::times::day;
use crate::ingest::coordinates::{GivenCrs, in_viet_nam, placed};
use crate::ingest::fields::{Binding, Field, FieldIndex, Mapping};
use crate::ingest::format::header::unnamed;
use crate::ingest::format::record::{CellKind, Record};
use crate::ingest::text::ids::{canonical, checked_id, checked_id_in_addresses};
use crate::ingest::text::names::checked_name;
use crate::ingest::writing::{Decimal, Writing};

/// Why one row is rejected.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FieldError {
    /// The field that the value was for.
    pub field: &'static str,
    /// Its value in the file.
    pub value: String,
    /// What is wrong with it.
    pub reason: String,
}

impl FieldError {
    /// A fault of a field.
    pub fn new(field: &'static str, value: &str, reason: impl Into<String>) -> Self {
        Self { field, value: value.chars().take(MAX_VALUE_CHARS).collect(), reason: reason.into() }
    }
}

const MAX_VALUE_CHARS: usize = 200;

/// A row that was rejected.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize)]
pub struct Reject {
    /// The line on which it begins.
    pub line: u64,
    /// Its number among the rows that were read together, from 1.
    #[serde(skip)]
    pub row: u64,
    /// The field that the value was for.
    pub field: &'static str,
    /// The heading of its column, where that is another.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub column: String,
    /// Its value in the file.
    pub value: String,
    /// What is wrong with it.
    pub reason: String,
}

impl Reject {
    /// The rejection of a row.
    pub(in crate::ingest) fn of(record: &Record, fault: FieldError) -> Self {
        let reason = match (&record.sheet, record.feature) {
            (Some(_), _) => format!("{}: {}", record.position(), fault.reason),
            (None, Some(number)) => format!("feature {number}: {}", fault.reason),
            (None, None) => fault.reason,
        };
        Self { line: record.line, row: 0, field: fault.field, column: String::new(), value: fault.value, reason }
    }
}

/// A row seen as the fields of a kind of record.
#[derive(Clone, Copy)]
pub struct InputRow<'a> {
    pub(in crate::ingest) fields: &'static [Field],
    pub(in crate::ingest) record: &'a Record,
    pub(in crate::ingest) binding: &'a Binding,
    pub(in crate::ingest) mapping: &'a Mapping,
    pub(in crate::ingest) writing: Writing,
}

impl<'a> InputRow<'a> {
    /// The text of a field, mapped values replaced; none when it is empty.
    pub fn text(&self, field: FieldIndex) -> Option<&'a str> {
        let text = self.record.text(self.binding.column(field)?)?;
        if self.mapping.values.is_empty() {
            return Some(text);
        }
        let replaced = self.mapping.values.get(self.fields[field.index()].name).and_then(|values| values.get(text));
        Some(replaced.map_or(text, String::as_str))
    }

    /// Whether the operator says what a value of the file means.
    pub(in crate::ingest) fn is_told(&self, field: FieldIndex) -> bool {
        let written = self.binding.column(field).and_then(|column| self.record.text(column));
        let values = self.mapping.values.get(self.fields[field.index()].name);
        written.zip(values).is_some_and(|(written, values)| values.contains_key(written))
    }

    /// The text of a field that every row must have.
    pub fn needed(&self, field: FieldIndex) -> Result<&'a str, FieldError> {
        self.text(field).ok_or_else(|| self.fault(field, "the value is missing"))
    }

    /// The value of a field as a type of the domain; none when it is empty.
    pub fn parsed<T>(&self, field: FieldIndex) -> Result<Option<T>, FieldError>
    where
        T: FromStr,
        T::Err: std::fmt::Display,
    {
        let text = self.text(field);
        text.map(str::parse).transpose().map_err(|error: T::Err| self.fault(field, error.to_string()))
    }

    /// The value of a field that every row must have as a type of the domain.
    pub fn parsed_needed<T>(&self, field: FieldIndex) -> Result<T, FieldError>
    where
        T: FromStr,
        T::Err: std::fmt::Display,
    {
        self.needed(field)?;
        self.parsed(field)?.ok_or_else(|| self.fault(field, "the value is missing"))
    }

    /// The day of a field; none when it is empty.
    pub fn day(&self, field: FieldIndex) -> Result<Option<Date>, FieldError> {
        let day = self.text(field).map(|text| day(text, self.writing.dates)).transpose();
        day.map_err(|why| self.fault(field, why))
    }

    /// The text by which a field tells rows apart.
    pub(in crate::ingest) fn key_text(&self, field: FieldIndex) -> Cow<'a, str> {
        canonical(self.text(field).unwrap_or_default())
    }

    /// What the cell of a field is, where it is no text.
    pub(in crate::ingest) fn kind(&self, field: FieldIndex) -> Option<CellKind> {
        self.record.kind(self.binding.column(field)?)
    }

    /// The decimal sign of a field: a number that is no text has a point, however the file writes its texts.
    pub(in crate::ingest) fn decimal(&self, field: FieldIndex) -> Option<Decimal> {
        match self.kind(field) {
            Some(CellKind::Number) => Some(Decimal::Point),
            _ => self.writing.decimal,
        }
    }

    /// The id of a field that every row must have.
    pub(in crate::ingest) fn id(&self, field: FieldIndex) -> Result<String, FieldError> {
        let text = self.text_of_id(field)?;
        let id = checked_id(text).map_err(|why| self.fault(field, why.to_string()))?;
        Ok(id.into_owned())
    }

    fn text_of_id(&self, field: FieldIndex) -> Result<&'a str, FieldError> {
        let fault = self.binding.column(field).and_then(|column| self.record.no_id(column));
        fault.map_or_else(|| self.needed(field), |why| Err(self.fault(field, why)))
    }

    /// The id of a field that every row must have, where it stands in addresses.
    pub(in crate::ingest) fn id_in_addresses(&self, field: FieldIndex) -> Result<String, FieldError> {
        let text = self.text_of_id(field)?;
        let id = checked_id_in_addresses(text).map_err(|why| self.fault(field, why.to_string()))?;
        Ok(id.into_owned())
    }

    /// The name or label of a field; none when it is empty.
    pub(in crate::ingest) fn name(&self, field: FieldIndex) -> Result<Option<String>, FieldError> {
        let name = self.text(field).map(checked_name).transpose();
        Ok(name.map_err(|why| self.fault(field, why.to_string()))?.map(Cow::into_owned))
    }

    /// A value beside the columns that have a heading: nobody can say what it is.
    pub(in crate::ingest) fn unnamed(&self) -> Option<FieldError> {
        let found = self.binding.unnamed().iter().find_map(|column| Some((column, self.record.text(*column)?)));
        found.map(|(column, text)| {
            let column = unnamed(column.index());
            let reason = format!(
                "the value stands in {column:?}, which has no heading: name it, or give --ignore-column {column:?}"
            );
            FieldError::new("", text, reason)
        })
    }

    /// What is wrong with the first field whose cell holds something unreadable.
    pub(in crate::ingest) fn unreadable(&self) -> Option<FieldError> {
        if self.record.cell_faults.is_empty() {
            return None;
        }
        let fault_of = |(field, index): (&Field, FieldIndex)| {
            let fault = self.record.cell_fault(self.binding.column(index)?)?;
            Some(FieldError::new(field.name, &fault.value, fault.reason.clone()))
        };
        self.fields.iter().zip(FieldIndex::of_all(self.fields.len())).find_map(fault_of)
    }

    /// The rejection of the row for a fault, which names the column where its heading is not the name of the field.
    pub(in crate::ingest) fn rejected(&self, fault: FieldError) -> Reject {
        let field = self.fields.iter().position(|field| field.name == fault.field).map(FieldIndex::new);
        let column = field.and_then(|field| self.binding.heading(field)).unwrap_or_default().to_owned();
        Reject { column, ..Reject::of(self.record, fault) }
    }

    /// A fault of one field.
    pub fn fault(&self, field: FieldIndex, reason: impl Into<String>) -> FieldError {
        FieldError::new(self.fields[field.index()].name, self.text(field).unwrap_or_default(), reason)
    }

    /// The two numbers of the position, unchecked; none when there is none.
    ///
    /// A feature may say its place twice, in its geometry and in columns: then both must say the same, or one of them 0, 0.
    pub(in crate::ingest) fn numbers(&self, lon: FieldIndex, lat: FieldIndex) -> Result<Option<LonLat>, FieldError> {
        let Some(drawn) = self.drawn()? else { return self.written(lon, lat) };
        let Some(written) = self.written(lon, lat)?.filter(says_something) else { return Ok(Some(drawn)) };
        if !says_something(&drawn) {
            return Ok(Some(written));
        }
        let apart = (drawn.lon - written.lon).abs().max((drawn.lat - written.lat).abs());
        if apart > MAX_APART_DEGREES {
            let reason = format!(
                "the geometry says {}, {} and the columns say {}, {}: leave one out, the columns with --ignore-column",
                drawn.lon, drawn.lat, written.lon, written.lat
            );
            return Err(self.fault(lon, reason));
        }
        Ok(Some(drawn))
    }

    /// The point of the geometry.
    fn drawn(&self) -> Result<Option<LonLat>, FieldError> {
        let Some(geometry) = &self.record.geometry else { return Ok(None) };
        match &geometry.value {
            GeometryValue::Point { coordinates } => match coordinates.as_slice() {
                [x, y, ..] => Ok(Some(LonLat::new(*x, *y))),
                _ => Err(FieldError::new("geometry", "Point", "the Point has fewer than two coordinates")),
            },
            other => Err(FieldError::new("geometry", other.type_name(), "a Point is needed")),
        }
    }

    /// The numbers of the two columns.
    fn written(&self, lon: FieldIndex, lat: FieldIndex) -> Result<Option<LonLat>, FieldError> {
        match (self.text(lon), self.text(lat)) {
            (None, None) => Ok(None),
            (Some(x), Some(y)) => {
                let degrees = |field, text, axis| {
                    coordinate(text, self.decimal(field), axis).map_err(|why| self.fault(field, why))
                };
                let written = LonLat::new(degrees(lon, x, Axis::Longitude)?, degrees(lat, y, Axis::Latitude)?);
                self.in_degrees(written, lon).map(Some)
            }
            (None, Some(_)) => Err(self.fault(lon, "there is a latitude but no longitude")),
            (Some(_), None) => Err(self.fault(lat, "there is a longitude but no latitude")),
        }
    }

    /// The place of the numbers of two columns in the system that the operator says. Beside a geometry, numbers that
    /// are degrees of Viet Nam already stay what they are.
    fn in_degrees(&self, written: LonLat, lon: FieldIndex) -> Result<LonLat, FieldError> {
        let LonLat { lon: x, lat: y } = written;
        let stays = !says_something(&written) || (self.record.geometry.is_some() && in_viet_nam(x, y));
        match self.mapping.crs.filter(|_| !stays) {
            Some(GivenCrs(crs)) => {
                let fault = |why: String| FieldError::new(self.fields[lon.index()].name, &format!("{x}, {y}"), why);
                placed(crs, x, y).map_err(|why| fault(why.to_string()))
            }
            None => Ok(written),
        }
    }

    /// The position; none when the row has none, or 0, 0: what programs write when they have found none.
    pub fn position(&self, lon: FieldIndex, lat: FieldIndex) -> Result<Option<Position>, FieldError> {
        let found = self.numbers(lon, lat)?.filter(says_something);
        let Some(LonLat { lon: x, lat: y }) = found else { return Ok(None) };
        let value = || format!("{x}, {y}");
        if is_swapped(x, y) {
            let reason = format!("longitude and latitude are exchanged: only {y}, {x} lies in Viet Nam");
            return Err(FieldError::new(self.fields[lon.index()].name, &value(), reason));
        }
        let position = Position::new(x, y);
        position.map(Some).map_err(|error| FieldError::new(self.fields[lon.index()].name, &value(), error.to_string()))
    }
}

/// How far a geometry and columns may differ that round the same place, some hundred metres.
const MAX_APART_DEGREES: f64 = 0.001;

/// Whether two numbers are a place: 0, 0 is what programs write when they have found none.
fn says_something(at: &LonLat) -> bool {
    at.lon != 0.0 || at.lat != 0.0
}

/// Whether two numbers lie in Viet Nam only the other way round.
pub(in crate::ingest) fn is_swapped(lon: f64, lat: f64) -> bool {
    !in_viet_nam(lon, lat) && in_viet_nam(lat, lon)
}

/// Whether two numbers can only be metres of a projected system.
pub(in crate::ingest) fn are_metres(x: f64, y: f64) -> bool {
    x.abs() > 1000.0 && y.abs() > 1000.0
}
