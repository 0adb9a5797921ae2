//! Features of a file as they come: attributes as text, outlines as polygons.

use std::collections::BTreeSet;

use geo::{Coord, LineString, MultiPolygon, Polygon};
use geojson::{Geometry, GeometryValue, Position};

use super::super::error::{BindingError, IngestError};
use super::options::{BoundaryOptions, OnFault};
use crate::domain::area::{AreaCode, Level};
use crate::domain::text::nfc;
use crate::geometry::projection::LonLat;
use crate::geometry::validity::{GeometryFinding, raw_ring_findings};
use crate::ingest::coordinates::CrsUse;
use crate::ingest::fields::ColumnIndex;
use crate::ingest::format::record::Record;
use crate::ingest::format::source::RowSource;
use crate::ingest::rows::row::{are_metres, is_swapped};

/// A feature as the file has it.
#[derive(Debug, Clone, Default)]
pub(super) struct RawFeature {
    /// Where it stands in the file.
    pub(super) position: String,
    pub(super) code: Option<String>,
    pub(super) name: Option<String>,
    pub(super) parent: Option<String>,
    pub(super) parent_name: Option<String>,
    pub(super) population: Option<String>,
    pub(super) shape: Option<MultiPolygon<f64>>,
    /// The value by which features are united, where they are.
    pub(super) dissolve_value: Option<String>,
    /// What was wrong with its rings before they were closed.
    pub(super) ring_findings: Vec<GeometryFinding>,
    /// Lines and points of its `GeometryCollection`, which were left out.
    pub(super) dropped_members: usize,
    /// What is wrong with the feature as a whole.
    pub(super) fault: Option<String>,
}

/// A feature whose code and name are in order.
#[derive(Debug, Clone)]
pub(super) struct Feature {
    pub(super) position: String,
    pub(super) code: AreaCode,
    pub(super) name: String,
    pub(super) parent: Option<AreaCode>,
    pub(super) parent_name: Option<String>,
    pub(super) population: Option<String>,
    pub(super) shape: Option<MultiPolygon<f64>>,
    pub(super) ring_findings: Vec<GeometryFinding>,
    pub(super) dropped_members: usize,
}

/// The features of a file that the filters let through.
#[derive(Debug, Default)]
pub(super) struct Features {
    /// Features in the file.
    pub(super) read: usize,
    /// In which reference system the coordinates were read.
    pub(super) crs: Option<CrsUse>,
    /// Those accepted.
    pub(super) accepted: Vec<RawFeature>,
    /// Vertices of those accepted, closing vertices included.
    pub(super) vertices: usize,
    pub(super) parent_attribute: Option<String>,
    pub(super) population_attribute: Option<String>,
    /// Attributes that seem to hold residents, where none was named.
    pub(super) population_ignored: Vec<String>,
}

/// Reads the features of a file.
pub(super) fn features(source: &RowSource, options: &BoundaryOptions) -> Result<Features, IngestError> {
    let mut reader = source.records()?;
    let mut record = Record::default();
    let mut features = Features::default();
    let mut columns_of = ColumnIndices::default();
    while reader.read(&mut record)? {
        features.read += 1;
        if columns_of.columns != reader.columns().len() {
            columns_of = ColumnIndices::new(reader.columns(), options);
        }
        if columns_of.passes(&record) {
            let feature = columns_of.feature(&record, source, &mut features.vertices)?;
            features.accepted.push(feature);
        }
    }
    if features.read > 0 {
        let fault = |fault| IngestError::Columns { file: source.name().to_owned(), fault };
        columns_of.check(reader.columns(), options).map_err(fault)?;
    }
    features.crs = source.crs_use(reader.declared_crs());
    let attribute = |index: Option<ColumnIndex>| index.and_then(|index| reader.columns().get(index.index()).cloned());
    features.parent_attribute = attribute(columns_of.parent);
    features.population_attribute = attribute(columns_of.population);
    if features.population_attribute.is_none() {
        features.population_ignored =
            reader.columns().iter().filter(|column| seems_population(column)).cloned().collect();
    }
    Ok(features)
}

/// The values of an attribute, of features that are known and of the others.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct ColumnValues {
    pub(super) name: String,
    pub(super) of_known: BTreeSet<String>,
    pub(super) of_others: BTreeSet<String>,
}

/// Values that are kept of each attribute: no filter names more.
const MAX_VALUES: usize = 1000;

/// Reads a file once more for the values of each attribute, where `is_known` tells which codes are known.
pub(super) fn filtered_values(
    source: &RowSource,
    options: &BoundaryOptions,
    is_known: impl Fn(&str) -> bool,
) -> Result<Vec<ColumnValues>, IngestError> {
    let mut reader = source.records()?;
    let mut record = Record::default();
    let mut columns_of = ColumnIndices::default();
    let mut columns: Vec<ColumnValues> = Vec::new();
    let (mut seen_known, mut seen_others) = (false, false);
    while reader.read(&mut record)? {
        if columns_of.columns != reader.columns().len() {
            columns_of = ColumnIndices::new(reader.columns(), options);
        }
        let Some(code) = columns_of.code.and_then(|index| record.text(index)).filter(|_| columns_of.passes(&record))
        else {
            continue;
        };
        let known = is_known(code);
        for (number, name) in reader.columns().iter().enumerate() {
            if columns.len() <= number {
                // Features that came before did not have the attribute.
                let absent = |seen: bool| seen.then(String::new).into_iter().collect();
                let (of_known, of_others) = (absent(seen_known), absent(seen_others));
                columns.push(ColumnValues { name: name.clone(), of_known, of_others });
            }
            let column = &mut columns[number];
            let values = if known { &mut column.of_known } else { &mut column.of_others };
            if values.len() < MAX_VALUES {
                values.insert(record.text(ColumnIndex::new(number)).unwrap_or_default().to_owned());
            }
        }
        seen_known |= known;
        seen_others |= !known;
    }
    // An attribute with so many values that not all were kept tells nothing for sure.
    columns.retain(|column| column.of_others.len() < MAX_VALUES);
    Ok(columns)
}

/// Where the attributes of features stand.
#[derive(Default)]
struct ColumnIndices {
    columns: usize,
    code: Option<ColumnIndex>,
    name: Option<ColumnIndex>,
    parent: Option<ColumnIndex>,
    parent_name: Option<ColumnIndex>,
    population: Option<ColumnIndex>,
    dissolve_by: Option<ColumnIndex>,
    filters: Vec<(Option<ColumnIndex>, String)>,
    on_fault: OnFault,
}

impl ColumnIndices {
    fn new(columns: &[String], options: &BoundaryOptions) -> Self {
        let index = |name: &str| columns.iter().position(|column| *column == nfc(name)).map(ColumnIndex::new);
        let named_or_usual = |named: &Option<String>, usual: &[&str]| match named {
            Some(name) => index(name),
            None => usual.iter().find_map(|name| index(name)),
        };
        let attributes = &options.attributes;
        let (code, name, parent) = usual_names(options.level);
        Self {
            columns: columns.len(),
            code: named_or_usual(&attributes.code, code),
            name: named_or_usual(&attributes.name, name),
            parent: named_or_usual(&attributes.parent, parent),
            parent_name: named_or_usual(&attributes.parent_name, &[]),
            population: named_or_usual(&attributes.population, &[]),
            dissolve_by: options.dissolve_by.as_deref().and_then(index),
            filters: options.filters.iter().map(|(name, value)| (index(name), nfc(value))).collect(),
            on_fault: options.on_fault,
        }
    }

    /// Whether a record has one of the wanted values in every filtered attribute.
    fn passes(&self, record: &Record) -> bool {
        let unreadable =
            |(index, _): &(Option<ColumnIndex>, String)| index.is_some_and(|index| record.cell_fault(index).is_some());
        // A feature that cannot be read, or whose filtered attribute cannot, is kept, and refused with the reason.
        record.fault.is_some()
            || self.filters.iter().any(unreadable)
            || self.filters.iter().all(|(index, _)| {
                let mut same = self.filters.iter().filter(|(other, _)| other == index);
                let text = index.and_then(|index| record.text(index));
                text.is_some() && same.any(|(_, value)| text == Some(value))
            })
    }

    /// What is wrong with the first attribute that holds something unreadable.
    fn unreadable(&self, record: &Record) -> Option<String> {
        let named = [
            ("code", self.code),
            ("name", self.name),
            ("parent", self.parent),
            ("parent_name", self.parent_name),
            ("population", self.population),
            ("--dissolve-by", self.dissolve_by),
        ];
        let filtered = self.filters.iter().map(|(index, _)| ("--where", *index));
        named.into_iter().chain(filtered).find_map(|(field, index)| {
            let fault = record.cell_fault(index?)?;
            Some(format!("{field} {}: {}", fault.value, fault.reason))
        })
    }

    fn feature(&self, record: &Record, source: &RowSource, vertices: &mut usize) -> Result<RawFeature, IngestError> {
        let text = |index: Option<ColumnIndex>| index.and_then(|index| record.text(index)).map(str::to_owned);
        let mut feature = RawFeature {
            position: record.position(),
            code: text(self.code),
            name: text(self.name),
            parent: text(self.parent),
            parent_name: text(self.parent_name),
            population: text(self.population),
            dissolve_value: text(self.dissolve_by),
            fault: record.fault.clone().or_else(|| self.unreadable(record)),
            ..RawFeature::default()
        };
        if let Some(geometry) = &record.geometry {
            match rings_of(geometry, self.on_fault) {
                Ok(OutlineRings { polygons, dropped_members }) => {
                    feature.dropped_members = dropped_members;
                    check_axes(&polygons, record.line, source)?;
                    *vertices += polygons.iter().flatten().map(Vec::len).sum::<usize>();
                    feature.ring_findings =
                        polygons.iter().flatten().flat_map(|ring| raw_ring_findings(0, ring)).collect();
                    feature.shape = Some(MultiPolygon(polygons.into_iter().filter_map(polygon).collect()));
                }
                Err(fault) => feature.fault = Some(fault),
            }
        }
        Ok(feature)
    }

    /// Checks that the attributes that were named, or are needed, exist.
    fn check(&self, columns: &[String], options: &BoundaryOptions) -> Result<(), BindingError> {
        let named = &options.attributes;
        let named = [&named.code, &named.name, &named.parent, &named.parent_name, &named.population];
        let named = named.into_iter().flatten().chain(&options.dissolve_by);
        let named = named.chain(options.filters.iter().map(|(name, _)| name));
        for name in named {
            if !columns.contains(&nfc(name)) {
                return Err(BindingError::NoColumn { column: name.clone(), columns: columns.to_vec() });
            }
        }
        let missing: Vec<&'static str> = [("code", self.code), ("name", self.name)]
            .into_iter()
            .filter(|(_, index)| index.is_none())
            .map(|(field, _)| field)
            .collect();
        if missing.is_empty() {
            return Ok(());
        }
        Err(BindingError::NoAttribute { fields: missing, columns: columns.to_vec() })
    }
}

/// Whether an attribute of this name seems to hold residents.
fn seems_population(column: &str) -> bool {
    let column = column.to_lowercase();
    ["population", "residents", "dan_so", "danso"].iter().any(|name| column.starts_with(name))
}

type UsualNames = &'static [&'static str];

/// Names of attributes that can mean nothing else at a level: code, name, parent.
fn usual_names(level: Level) -> (UsualNames, UsualNames, UsualNames) {
    match level {
        Level::Commune => (
            &["code", "ward_code", "commune_code", "ma_xa"],
            &["name", "ward_name", "commune_name", "ten_xa"],
            &["parent", "district_code", "ma_huyen"],
        ),
        Level::District => (&["code", "district_code", "ma_huyen"], &["name", "district_name", "ten_huyen"], &[]),
        Level::Province => (&["code", "province_code", "ma_tinh"], &["name", "province_name", "ten_tinh"], &[]),
    }
}

type RawRing = Vec<LonLat>;

/// The rings of an outline, polygon by polygon, as the file gives them.
#[derive(Default)]
struct OutlineRings {
    polygons: Vec<Vec<RawRing>>,
    /// Lines and points beside the polygons.
    dropped_members: usize,
}

/// The rings of a geometry. A collection of polygons is their sum; what programs that mend polygons leave, a collection of
/// polygons with lines and points, is taken where mending is wanted.
fn rings_of(geometry: &Geometry, on_fault: OnFault) -> Result<OutlineRings, String> {
    let mut outline = OutlineRings::default();
    match (&geometry.value, on_fault) {
        (GeometryValue::GeometryCollection { geometries }, _) => add_collected(geometries, &mut outline)?,
        (value, _) if add_polygons(value, &mut outline)? => {}
        (other, _) => {
            return Err(format!("the outline is a {}, a Polygon or MultiPolygon is needed", other.type_name()));
        }
    }
    if outline.polygons.is_empty() && outline.dropped_members > 0 {
        return Err("the outline is a GeometryCollection without a polygon".to_owned());
    }
    if on_fault == OnFault::Stop && outline.dropped_members > 0 {
        return Err("the outline is a GeometryCollection with lines or points; --repair takes its polygons".to_owned());
    }
    Ok(outline)
}

/// Adds the polygons of a collection and of those inside it, and counts what is none.
fn add_collected(geometries: &[Geometry], outline: &mut OutlineRings) -> Result<(), String> {
    for geometry in geometries {
        match &geometry.value {
            GeometryValue::GeometryCollection { geometries } => add_collected(geometries, outline)?,
            value => {
                if !add_polygons(value, outline)? {
                    outline.dropped_members += 1;
                }
            }
        }
    }
    Ok(())
}

/// Adds the polygons of a geometry; false when it is none.
fn add_polygons(value: &GeometryValue, outline: &mut OutlineRings) -> Result<bool, String> {
    match value {
        GeometryValue::Polygon { coordinates } => outline.polygons.push(polygon_rings(coordinates)?),
        GeometryValue::MultiPolygon { coordinates } => {
            for rings in coordinates {
                outline.polygons.push(polygon_rings(rings)?);
            }
        }
        _ => return Ok(false),
    }
    Ok(true)
}

fn polygon_rings(rings: &[Vec<Position>]) -> Result<Vec<RawRing>, String> {
    rings.iter().map(|ring| ring.iter().map(vertex).collect()).collect()
}

fn vertex(position: &Position) -> Result<LonLat, String> {
    match position.as_slice() {
        [x, y, ..] => Ok(LonLat::new(*x, *y)),
        _ => Err("a vertex has fewer than two coordinates".to_owned()),
    }
}

/// Refuses files in metres, and files whose latitude stands first.
fn check_axes(polygons: &[Vec<RawRing>], line: u64, source: &RowSource) -> Result<(), IngestError> {
    let file = || source.name().to_owned();
    let mut vertices = polygons.iter().flatten().flatten();
    match vertices.find(|at| are_metres(at.lon, at.lat) || is_swapped(at.lon, at.lat)) {
        Some(&LonLat { lon: x, lat: y }) if are_metres(x, y) => Err(IngestError::Metres { file: file(), line, x, y }),
        Some(&LonLat { lon: x, lat: y }) => Err(IngestError::Swapped { file: file(), line, x, y }),
        None => Ok(()),
    }
}

fn polygon(rings: Vec<RawRing>) -> Option<Polygon<f64>> {
    let mut rings =
        rings.into_iter().map(|ring| ring.into_iter().map(|at| Coord { x: at.lon, y: at.lat }).collect::<LineString>());
    Some(Polygon::new(rings.next()?, rings.collect()))
}
