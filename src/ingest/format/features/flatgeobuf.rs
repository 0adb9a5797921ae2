//! `FlatGeobuf`: features behind a header and an index, one at a time.
//!
//! In: a stream of bytes. Out: records. The crate `flatgeobuf` checks the tables of a message; lengths are held against
//! limits here before memory is taken for them, and the values of a feature are cut here, where its own reader breaks off
//! on wrong ones.

use std::io::Read;

use flatgeobuf::packed_r_tree::PackedRTree;
use flatgeobuf::{Column, ColumnType, Geometry as FgbGeometry, GeometryType, Header};
use geojson::{Geometry, GeometryValue, Position};

use crate::ingest::error::ReadError;
use crate::ingest::fields::ColumnIndex;
use crate::ingest::format::encoded::rings::{PositionRing, turned};
use crate::ingest::format::encoded::wkb::is_empty;
use crate::ingest::format::geojson_feature::sole_member;
use crate::ingest::format::opened::columns::NamedColumns;
use crate::ingest::format::opened::content::ByteStream;
use crate::ingest::format::opened::layers::{LayerEntry, chosen_layer};
use crate::ingest::format::record::{CellFault, CellKind, Record, RecordReader};

/// Bytes by which the format is known, the version among them.
const MAGIC_BYTES: usize = 8;
const MAX_HEADER_BYTES: usize = 10 << 20;
/// No single boundary is larger.
const MAX_FEATURE_BYTES: usize = 256_000_000;
/// Collections inside one another.
const MAX_DEPTH: usize = 8;
/// Features that an index can point to.
const MAX_INDEXED: u64 = 1 << 32;

/// The features of a file.
pub(in crate::ingest::format) struct FlatGeobufRecords {
    file: String,
    bytes: ByteStream,
    columns: NamedColumns,
    kinds: Vec<ColumnType>,
    /// The kind of all geometries; 0 where each names its own.
    geometry_type: GeometryType,
    crs: Option<String>,
    feature: Vec<u8>,
    number: u64,
    /// How many features the header says there are; 0 where it does not say.
    features: u64,
}

impl FlatGeobufRecords {
    /// Opens a file and reads up to its features.
    pub(in crate::ingest::format) fn new(
        file: &str,
        mut bytes: ByteStream,
        wanted: Option<&str>,
    ) -> Result<Self, ReadError> {
        let wrong = |what: String| ReadError::Unreadable { file: file.to_owned(), what };
        let mut magic = [0; MAGIC_BYTES];
        bytes.read_exact(&mut magic).map_err(|_| wrong("it is cut off within its header".to_owned()))?;
        if magic[3] != flatgeobuf::VERSION {
            return Err(wrong(format!("it is of version {} of FlatGeobuf, and 3 is read", magic[3])));
        }
        let mut message = Vec::new();
        if !next_message(&mut bytes, &mut message, MAX_HEADER_BYTES).map_err(wrong)? {
            return Err(wrong("it is cut off within its header".to_owned()));
        }
        let header = flatgeobuf::size_prefixed_root_as_header(&message);
        let header = header.map_err(|fault| wrong(format!("its header is damaged: {fault}")))?;
        skip_index(&mut bytes, &header).map_err(wrong)?;
        let layer = LayerEntry {
            name: header.name().unwrap_or_default().to_owned(),
            geometry: Some(header.geometry_type().variant_name().unwrap_or("geometry").to_owned()),
            features: Some(header.features_count()),
        };
        chosen_layer(file, &[layer], wanted)?;
        let columns: Vec<_> = header.columns().into_iter().flatten().collect();
        Ok(Self {
            file: file.to_owned(),
            bytes,
            columns: NamedColumns::of_table(columns.iter().map(Column::name)),
            kinds: columns.iter().map(Column::type_).collect(),
            geometry_type: header.geometry_type(),
            crs: declared_crs(&header),
            feature: Vec::new(),
            number: 0,
            features: header.features_count(),
        })
    }
}

/// Reads the next message with its length before it; false at the end.
fn next_message(bytes: &mut ByteStream, message: &mut Vec<u8>, limit: usize) -> Result<bool, String> {
    let cut = "it is cut off within a message".to_owned();
    message.clear();
    bytes.by_ref().take(4).read_to_end(message).map_err(|fault| fault.to_string())?;
    let Some(length) = message.first_chunk::<4>() else {
        return if message.is_empty() { Ok(false) } else { Err(cut) };
    };
    let length = u32::from_le_bytes(*length) as usize;
    if length > limit {
        return Err(format!("a message says that it has {length} bytes"));
    }
    bytes.by_ref().take(length as u64).read_to_end(message).map_err(|fault| fault.to_string())?;
    if message.len() < length + 4 { Err(cut) } else { Ok(true) }
}

fn skip_index(bytes: &mut ByteStream, header: &Header<'_>) -> Result<(), String> {
    let (features, node_size) = (header.features_count(), header.index_node_size());
    if features == 0 || node_size == 0 {
        return Ok(());
    }
    if features > MAX_INDEXED || node_size < 2 {
        return Err(format!("its index says that it has {features} features in nodes of {node_size}"));
    }
    let size = PackedRTree::index_size(features as usize, node_size) as u64;
    let skipped =
        std::io::copy(&mut bytes.by_ref().take(size), &mut std::io::sink()).map_err(|fault| fault.to_string())?;
    if skipped < size { Err("it is cut off within its index".to_owned()) } else { Ok(()) }
}

fn declared_crs(header: &Header<'_>) -> Option<String> {
    let crs = header.crs()?;
    let organization = crs.org().filter(|org| !org.is_empty()).unwrap_or("EPSG");
    match (crs.code(), crs.code_string(), crs.wkt()) {
        (code, _, _) if code > 0 => Some(format!("{organization}:{code}")),
        (_, Some(code), _) if !code.is_empty() => Some(format!("{organization}:{code}")),
        (_, _, Some(wkt)) if !wkt.is_empty() => Some(wkt.to_owned()),
        _ => None,
    }
}

impl RecordReader for FlatGeobufRecords {
    fn columns(&self) -> &[String] {
        self.columns.names()
    }

    fn is_table(&self) -> bool {
        false
    }

    fn declared_crs(&self) -> Option<String> {
        self.crs.clone()
    }

    fn read(&mut self, record: &mut Record) -> Result<bool, ReadError> {
        let wrong = |what: String| ReadError::Unreadable { file: self.file.clone(), what };
        if !next_message(&mut self.bytes, &mut self.feature, MAX_FEATURE_BYTES).map_err(wrong)? {
            if self.number < self.features {
                return Err(wrong(format!("it is cut off after feature {} of {}", self.number, self.features)));
            }
            return Ok(false);
        }
        self.number += 1;
        record.begin_feature(self.number, self.kinds.len(), None);
        let feature = flatgeobuf::size_prefixed_root_as_feature(&self.feature);
        let feature = feature.map_err(|fault| wrong(format!("feature {} is damaged: {fault}", self.number)))?;
        let values = feature.properties().map_or(&[][..], |values| values.bytes());
        if let Err(why) = set_values(record, values, &self.kinds) {
            record.fault = Some(why);
        }
        match feature.geometry().map(|drawn| geometry(&drawn, self.geometry_type, 0)).transpose() {
            Ok(drawn) => record.geometry = drawn.filter(|value| !is_empty(value)).map(Geometry::new).map(sole_member),
            Err(why) => record.fault = Some(why),
        }
        Ok(true)
    }
}

/// The values of a feature: each behind the number of its column.
fn set_values(record: &mut Record, mut bytes: &[u8], kinds: &[ColumnType]) -> Result<(), String> {
    while !bytes.is_empty() {
        let place = usize::from(u16::from_le_bytes(taken(&mut bytes)?));
        let kind = *kinds.get(place).ok_or_else(|| format!("a value is of column {place}, which is not there"))?;
        let column = ColumnIndex::new(place);
        let number = match kind {
            ColumnType::Byte => i8::from_le_bytes(taken(&mut bytes)?).to_string(),
            ColumnType::UByte => u8::from_le_bytes(taken(&mut bytes)?).to_string(),
            ColumnType::Short => i16::from_le_bytes(taken(&mut bytes)?).to_string(),
            ColumnType::UShort => u16::from_le_bytes(taken(&mut bytes)?).to_string(),
            ColumnType::Int => i32::from_le_bytes(taken(&mut bytes)?).to_string(),
            ColumnType::UInt => u32::from_le_bytes(taken(&mut bytes)?).to_string(),
            ColumnType::Long => i64::from_le_bytes(taken(&mut bytes)?).to_string(),
            ColumnType::ULong => u64::from_le_bytes(taken(&mut bytes)?).to_string(),
            ColumnType::Float => f32::from_le_bytes(taken(&mut bytes)?).to_string(),
            ColumnType::Double => f64::from_le_bytes(taken(&mut bytes)?).to_string(),
            ColumnType::Bool => {
                record.set(column, if taken::<1>(&mut bytes)? == [0] { "false" } else { "true" });
                continue;
            }
            _ => {
                let length = u32::from_le_bytes(taken(&mut bytes)?) as usize;
                let (text, rest) = bytes.split_at_checked(length).ok_or("its values are cut off")?;
                bytes = rest;
                match std::str::from_utf8(text) {
                    Ok(text) if kind != ColumnType::Binary => record.set(column, text),
                    _ => {
                        let (value, reason) = (format!("{length} bytes"), "the value is no text".to_owned());
                        record.cell_faults.push(CellFault { column, value, reason });
                    }
                }
                continue;
            }
        };
        record.set_as(column, CellKind::Number, &number);
    }
    Ok(())
}

fn taken<const N: usize>(bytes: &mut &[u8]) -> Result<[u8; N], String> {
    let (taken, rest) = bytes.split_first_chunk::<N>().ok_or("its values are cut off")?;
    *bytes = rest;
    Ok(*taken)
}

fn geometry(drawn: &FgbGeometry<'_>, of_all: GeometryType, depth: usize) -> Result<GeometryValue, String> {
    if depth > MAX_DEPTH {
        return Err(format!("collections are nested deeper than {MAX_DEPTH} levels"));
    }
    let kind = if of_all == GeometryType::Unknown { drawn.type_() } else { of_all };
    let parts = || drawn.parts().into_iter().flatten();
    Ok(match kind {
        GeometryType::Point => {
            let place = positions(drawn).into_iter().next().ok_or("its Point has no position")?;
            GeometryValue::Point { coordinates: place }
        }
        GeometryType::MultiPoint => GeometryValue::MultiPoint { coordinates: positions(drawn) },
        GeometryType::LineString => GeometryValue::LineString { coordinates: positions(drawn) },
        GeometryType::MultiLineString => GeometryValue::MultiLineString { coordinates: runs(drawn)? },
        GeometryType::Polygon => GeometryValue::Polygon { coordinates: turned(runs(drawn)?) },
        GeometryType::MultiPolygon if drawn.parts().is_none() => {
            GeometryValue::MultiPolygon { coordinates: vec![turned(runs(drawn)?)] }
        }
        GeometryType::MultiPolygon => {
            let polygons = parts().map(|part| runs(&part).map(turned)).collect::<Result<_, String>>()?;
            GeometryValue::MultiPolygon { coordinates: polygons }
        }
        GeometryType::GeometryCollection => {
            let member = |part| geometry(&part, GeometryType::Unknown, depth + 1).map(Geometry::new);
            GeometryValue::GeometryCollection { geometries: parts().map(member).collect::<Result<_, String>>()? }
        }
        other => return Err(format!("its geometry is a {}, which is not read", other.variant_name().unwrap_or("?"))),
    })
}

fn positions(drawn: &FgbGeometry<'_>) -> Vec<Position> {
    let numbers: Vec<f64> = drawn.xy().into_iter().flatten().collect();
    numbers.chunks_exact(2).map(|place| Position::from([place[0], place[1]])).collect()
}

/// The runs of positions whose ends are given; all of them where none is.
fn runs(drawn: &FgbGeometry<'_>) -> Result<Vec<PositionRing>, String> {
    let mut all = positions(drawn);
    let ends: Vec<usize> = drawn.ends().into_iter().flatten().map(|end| end as usize).collect();
    if ends.is_empty() {
        return Ok(vec![all]);
    }
    if !ends.is_sorted() || ends.last() != Some(&all.len()) {
        return Err("the rings of its geometry do not follow one another".to_owned());
    }
    let starts = std::iter::once(0).chain(ends.iter().copied()).take(ends.len());
    let mut runs: Vec<PositionRing> =
        starts.collect::<Vec<_>>().into_iter().rev().map(|start| all.split_off(start)).collect();
    runs.reverse();
    Ok(runs)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told(bytes: &'static [u8]) -> String {
        FlatGeobufRecords::new("a.fgb", Box::new(bytes), None).err().unwrap().to_string()
    }

    #[test]
    fn cut_and_wrong_files_are_refused() {
        assert_eq!(told(b"fgb\x03fg"), "a.fgb: the file cannot be read: it is cut off within its header");
        assert!(told(b"fgb\x02fgb\x00").contains("version 2 of FlatGeobuf, and 3 is read"));
        assert!(told(b"fgb\x03fgb\x00\xFF\xFF\xFF\xFF").contains("a message says that it has 4294967295 bytes"));
        assert!(told(b"fgb\x03fgb\x00\x08\0\0\0\xFF\xFF\xFF\x7F\0\0\0\0").contains("its header is damaged"));
    }

    #[test]
    fn values_that_do_not_fit_spoil_their_feature() {
        let mut record = Record::default();
        record.begin_feature(1, 2, None);
        let kinds = [ColumnType::String, ColumnType::Double];
        let values = [&[0, 0, 3, 0, 0, 0][..], b"055", &[1, 0], &20_500_f64.to_le_bytes()].concat();
        set_values(&mut record, &values, &kinds).unwrap();
        assert_eq!(record.values, ["055", "20500"]);
        assert_eq!(set_values(&mut record, &values[..8], &kinds).unwrap_err(), "its values are cut off");
        assert!(set_values(&mut record, &[9, 0], &kinds).unwrap_err().contains("column 9"));
    }
}
