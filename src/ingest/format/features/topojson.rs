//! `TopoJSON`: objects whose lines are arcs that they share.
//!
//! In: the text of a topology, which is held as a whole, up to a limit, for every object may use every arc. Out: the
//! geometries of one object as records, one at a time. The crate `topojson` breaks off on arcs that are not there.

use std::fmt;
use std::io::Read as _;
use std::sync::Arc;

use geojson::{Geometry, GeometryValue, Position};
use serde::Deserialize;
use serde::de::{Deserializer, IgnoredAny, SeqAccess, Visitor};

use crate::ingest::error::ReadError;
use crate::ingest::fields::FEATURE_ID;
use crate::ingest::format::clean_text::{CleanText, RecordBudget, TextError};
use crate::ingest::format::encoded::rings::{PositionRing, turned};
use crate::ingest::format::encoded::wkb::is_empty;
use crate::ingest::format::geojson_feature::{FeatureFault, Property, nested, properties, property};
use crate::ingest::format::json_members::{items, members, text};
use crate::ingest::format::opened::columns::NamedColumns;
use crate::ingest::format::opened::content::ByteStream;
use crate::ingest::format::opened::layers::{LayerEntry, chosen_layer};
use crate::ingest::format::record::{CellKind, Record, RecordReader};
use crate::ingest::text::encoding::Encoding;

/// The whole text; topologies are made to be small.
const MAX_BYTES: usize = 256_000_000;
/// Collections inside one another.
const MAX_DEPTH: usize = 8;
/// Vertices of one geometry, whose arcs may be named again and again.
const MAX_VERTICES: usize = 10_000_000;

/// Two numbers, and others that are passed over.
#[derive(Debug, Clone, Copy, PartialEq)]
struct Pair {
    x: f64,
    y: f64,
}

impl<'de> Deserialize<'de> for Pair {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Pairs;
        impl<'de> Visitor<'de> for Pairs {
            type Value = Pair;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("two numbers")
            }

            fn visit_seq<A: SeqAccess<'de>>(self, mut numbers: A) -> Result<Pair, A::Error> {
                let short = |length| serde::de::Error::invalid_length(length, &self);
                let x = numbers.next_element()?.ok_or_else(|| short(0))?;
                let y = numbers.next_element()?.ok_or_else(|| short(1))?;
                while numbers.next_element::<IgnoredAny>()?.is_some() {}
                Ok(Pair { x, y })
            }
        }
        deserializer.deserialize_seq(Pairs)
    }
}

/// How the whole numbers of a topology become degrees.
#[derive(Debug, Clone, Copy, Deserialize)]
struct Quantization {
    scale: Pair,
    translate: Pair,
}

impl Quantization {
    fn place(self, Pair { x, y }: Pair) -> Position {
        Position::from([x * self.scale.x + self.translate.x, y * self.scale.y + self.translate.y])
    }
}

/// The geometries of one object of a topology.
pub(in crate::ingest::format) struct TopoJsonRecords {
    layer: Option<Arc<str>>,
    columns: NamedColumns,
    arcs: Vec<Vec<Position>>,
    quantization: Option<Quantization>,
    geometries: std::vec::IntoIter<Vec<u8>>,
    crs: Option<String>,
    number: u64,
}

impl TopoJsonRecords {
    /// Reads a topology and chooses an object.
    pub(in crate::ingest::format) fn new(
        file: &str,
        bytes: ByteStream,
        encoding: Encoding,
        wanted: Option<&str>,
    ) -> Result<Self, ReadError> {
        let bytes = whole_text(file, bytes, encoding)?;
        Self::of_text(file, &bytes, wanted)
    }

    fn of_text(file: &str, topology: &[u8], wanted: Option<&str>) -> Result<Self, ReadError> {
        let wrong = |what: String| ReadError::Unreadable { file: file.to_owned(), what };
        let all = members(topology).map_err(|fault| wrong(fault.to_string()))?;
        let member = |name: &str| all.iter().find(|member| member.name == name).map(|member| member.value);
        let quantization = member("transform").map(serde_json::from_slice::<Quantization>).transpose();
        let quantization = quantization.map_err(|fault| wrong(format!("its transform: {fault}")))?;
        let arcs = member("arcs").ok_or_else(|| wrong("the topology has no arcs".to_owned()))?;
        let arcs: Vec<Vec<Pair>> = serde_json::from_slice(arcs).map_err(|fault| wrong(format!("its arcs: {fault}")))?;
        let objects = member("objects").ok_or_else(|| wrong("the topology has no objects".to_owned()))?;
        let objects = members(objects).map_err(|fault| wrong(format!("its objects: {fault}")))?;
        let (mut layers, mut contents) = (Vec::new(), Vec::new());
        for object in &objects {
            let geometries =
                geometries_of(object.value).map_err(|why| wrong(format!("object {:?}: {why}", object.name)))?;
            let kind = geometries.first().and_then(|first| kind_of(first).ok()).unwrap_or("geometry".to_owned());
            let features = Some(geometries.len() as u64);
            layers.push(LayerEntry { name: object.name.clone(), geometry: Some(kind), features });
            contents.push(geometries);
        }
        let place = chosen_layer(file, &layers, wanted)?;
        let geometries: Vec<Vec<u8>> = contents[place].iter().map(|bytes| bytes.to_vec()).collect();
        let crs = member("crs").filter(|crs| *crs != b"null").map(|crs| String::from_utf8_lossy(crs).into_owned());
        Ok(Self {
            layer: (layers.len() > 1).then(|| layers[place].name.as_str().into()),
            columns: NamedColumns::default(),
            arcs: arcs.iter().map(|arc| decoded(arc, quantization)).collect(),
            quantization,
            geometries: geometries.into_iter(),
            crs,
            number: 0,
        })
    }

    fn fill(&mut self, record: &mut Record, bytes: &[u8]) -> Result<(), String> {
        let all = members(bytes).map_err(|fault| fault.to_string())?;
        let member = |name: &str| all.iter().find(|member| member.name == name).map(|member| member.value);
        let told = |fault: FeatureFault| fault.to_string();
        let id = member("id").map(property).transpose().map_err(|fault| fault.to_string())?.flatten();
        let id = id.map(|id| (FEATURE_ID.to_owned(), id));
        for (name, value) in id.into_iter().chain(properties(member("properties")).map_err(told)?) {
            let column = self.columns.column(&name)?;
            match value {
                Property::Text(text) => record.set(column, &text),
                Property::Number(number) => record.set_as(column, CellKind::Number, &number),
                Property::Nested(value) => record.cell_faults.push(nested(column, value)),
            }
        }
        let drawn = self.geometry(bytes, 0, &mut 0)?;
        record.geometry = drawn.filter(|value| !is_empty(value)).map(Geometry::new);
        Ok(())
    }

    fn geometry(&self, bytes: &[u8], depth: usize, vertices: &mut usize) -> Result<Option<GeometryValue>, String> {
        if depth > MAX_DEPTH {
            return Err(format!("collections are nested deeper than {MAX_DEPTH} levels"));
        }
        let all = members(bytes).map_err(|fault| fault.to_string())?;
        let member = |name: &str| all.iter().find(|member| member.name == name).map(|member| member.value);
        let Some(kind) = member("type").filter(|kind| *kind != b"null") else { return Ok(None) };
        let kind = text(kind).map_err(|fault| fault.to_string())?;
        let content = |name: &str| member(name).ok_or_else(|| format!("its {kind} has no {name}"));
        let wrong = |fault: serde_json::Error| format!("its {kind}: {fault}");
        Ok(Some(match kind.as_str() {
            "Point" => {
                let place: Pair = serde_json::from_slice(content("coordinates")?).map_err(wrong)?;
                GeometryValue::Point { coordinates: self.place(place) }
            }
            "MultiPoint" => {
                let places: Vec<Pair> = serde_json::from_slice(content("coordinates")?).map_err(wrong)?;
                GeometryValue::MultiPoint { coordinates: places.into_iter().map(|place| self.place(place)).collect() }
            }
            "LineString" => {
                let arcs: Vec<i64> = serde_json::from_slice(content("arcs")?).map_err(wrong)?;
                GeometryValue::LineString { coordinates: self.line(&arcs, vertices)? }
            }
            "MultiLineString" => {
                let arcs: Vec<Vec<i64>> = serde_json::from_slice(content("arcs")?).map_err(wrong)?;
                GeometryValue::MultiLineString { coordinates: self.lines(&arcs, vertices)? }
            }
            "Polygon" => {
                let arcs: Vec<Vec<i64>> = serde_json::from_slice(content("arcs")?).map_err(wrong)?;
                GeometryValue::Polygon { coordinates: turned(self.lines(&arcs, vertices)?) }
            }
            "MultiPolygon" => {
                let arcs: Vec<Vec<Vec<i64>>> = serde_json::from_slice(content("arcs")?).map_err(wrong)?;
                let polygons = arcs.iter().map(|arcs| self.lines(arcs, vertices).map(turned));
                GeometryValue::MultiPolygon { coordinates: polygons.collect::<Result<_, _>>()? }
            }
            "GeometryCollection" => {
                let mut geometries = Vec::new();
                for bytes in items(content("geometries")?).map_err(|fault| fault.to_string())? {
                    geometries.extend(self.geometry(bytes, depth + 1, vertices)?.map(Geometry::new));
                }
                GeometryValue::GeometryCollection { geometries }
            }
            other => return Err(format!("there is no geometry of type {other:?} in TopoJSON")),
        }))
    }

    fn place(&self, place: Pair) -> Position {
        self.quantization.map_or_else(|| Position::from([place.x, place.y]), |quantization| quantization.place(place))
    }

    fn lines(&self, lines: &[Vec<i64>], vertices: &mut usize) -> Result<Vec<PositionRing>, String> {
        lines.iter().map(|arcs| self.line(arcs, vertices)).collect()
    }

    /// Arcs joined end to end; ~n is arc n walked backwards.
    fn line(&self, arcs: &[i64], vertices: &mut usize) -> Result<PositionRing, String> {
        let mut line = PositionRing::new();
        for number in arcs {
            let (place, backwards) = if *number < 0 { (!*number, true) } else { (*number, false) };
            let arc = usize::try_from(place).ok().and_then(|place| self.arcs.get(place));
            let arc = arc.ok_or_else(|| format!("it names arc {number}, and there are {}", self.arcs.len()))?;
            *vertices += arc.len();
            if *vertices > MAX_VERTICES {
                return Err(format!("it has more than {MAX_VERTICES} vertices"));
            }
            // The first vertex of an arc is the last of the one before it.
            let joined = usize::from(!line.is_empty());
            if backwards {
                line.extend(arc.iter().rev().skip(joined).cloned());
            } else {
                line.extend(arc.iter().skip(joined).cloned());
            }
        }
        Ok(line)
    }
}

/// The positions of an arc: differences to the vertex before where the topology is quantized.
fn decoded(arc: &[Pair], quantization: Option<Quantization>) -> Vec<Position> {
    let Some(quantization) = quantization else {
        return arc.iter().map(|place| Position::from([place.x, place.y])).collect();
    };
    let mut sum = Pair { x: 0.0, y: 0.0 };
    let place = |step: &Pair| {
        sum = Pair { x: sum.x + step.x, y: sum.y + step.y };
        quantization.place(sum)
    };
    arc.iter().map(place).collect()
}

/// The geometries of an object: those of its collection, or itself.
fn geometries_of(object: &[u8]) -> Result<Vec<&[u8]>, String> {
    if kind_of(object)? != "GeometryCollection" {
        return Ok(vec![object]);
    }
    let all = members(object).map_err(|fault| fault.to_string())?;
    let list = all.iter().find(|member| member.name == "geometries").map(|member| member.value);
    items(list.ok_or("its GeometryCollection has no geometries")?).map_err(|fault| fault.to_string())
}

fn kind_of(object: &[u8]) -> Result<String, String> {
    let all = members(object).map_err(|fault| fault.to_string())?;
    let kind = all.iter().find(|member| member.name == "type").map(|member| member.value);
    Ok(kind.and_then(|kind| text(kind).ok()).unwrap_or("null".to_owned()))
}

fn whole_text(file: &str, bytes: ByteStream, encoding: Encoding) -> Result<Vec<u8>, ReadError> {
    let mut whole = Vec::new();
    let read = CleanText::new(bytes, encoding, RecordBudget::new(MAX_BYTES)).read_to_end(&mut whole);
    read.map_err(|source| match TextError::within(&source) {
        Some(TextError::TooLong { limit_mb }) => {
            let what = format!("the topology is larger than {limit_mb} MB: save it as GeoPackage");
            ReadError::Unreadable { file: file.to_owned(), what }
        }
        Some(fault) => ReadError::Text { file: file.to_owned(), fault },
        None => ReadError::Io { file: file.to_owned(), source },
    })?;
    Ok(whole)
}

impl RecordReader for TopoJsonRecords {
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
        let Some(bytes) = self.geometries.next() else { return Ok(false) };
        self.number += 1;
        record.begin_feature(self.number, self.columns.names().len(), self.layer.as_ref());
        if let Err(why) = self.fill(record, &bytes) {
            record.fault = Some(why);
        }
        Ok(true)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    // The example of the specification (version 1.0.1, section 1.1), with a second object.
    const TOPOLOGY: &str = r#"{"type":"Topology",
      "transform":{"scale":[0.0005000500050005,0.00010001000100010001],"translate":[100,0]},
      "objects":{"example":{"type":"GeometryCollection","geometries":[
          {"type":"Point","properties":{"prop0":"value0"},"coordinates":[4000,5000]},
          {"type":"LineString","id":"020","properties":{"prop0":20500.0},"arcs":[0]},
          {"type":"Polygon","arcs":[[1]]}, {"type":"Polygon","arcs":[[-2]]}, {"type":null}, {"type":"Polygon","arcs":[[7]]}]},
        "other":{"type":"Point","coordinates":[0,0]}},
      "arcs":[[[4000,0],[1999,9999],[2000,-9999],[2000,9999]],[[0,0],[0,9999],[2000,0],[0,-9999],[-2000,0]]]}"#;

    fn rows(wanted: Option<&str>) -> Result<Vec<Record>, ReadError> {
        let mut reader = TopoJsonRecords::of_text("a.json", TOPOLOGY.as_bytes(), wanted)?;
        let (mut record, mut rows) = (Record::default(), Vec::new());
        while reader.read(&mut record)? {
            rows.push(record.clone());
        }
        Ok(rows)
    }

    #[test]
    fn example_of_the_specification_is_read() {
        let rows = rows(Some("example")).unwrap();
        let drawn = |place: usize| rows[place].geometry.as_ref().map(ToString::to_string).unwrap_or_default();
        assert!(drawn(0).starts_with(r#"{"type":"Point","coordinates":[102.0"#), "{}", drawn(0));
        assert_eq!(rows[1].values, ["20500", "020"]);
        assert_eq!(drawn(2), drawn(3), "an arc walked backwards is turned again");
        assert!(rows[4].geometry.is_none() && rows[4].fault.is_none());
        assert_eq!(rows[5].fault.as_deref(), Some("it names arc 7, and there are 2"));
    }

    #[test]
    fn objects_are_layers() {
        let told = rows(None).unwrap_err().to_string();
        assert!(told.contains("\"example\" (Point, 6 features), \"other\" (Point, 1 feature)"), "{told}");
        assert_eq!(rows(Some("other")).unwrap().len(), 1);
    }
}
