//! Rings on a small lattice, so that they cross, touch, repeat and enclose one another all the time: as a file of
//! boundaries, as it is and mended, and as areas of an analyst's own whose neighbours are looked for.
#![no_main]

use binhyen::domain::area::Level;
use binhyen::ingest::RowSource;
use binhyen::ingest::boundaries::{Attributes, OnFault};
use binhyen::service::area_tables::{Contiguity, TableNeighbours};
use binhyen_fuzz::boundaries::read_and_built;
use binhyen_fuzz::choices::Choices;
use binhyen_fuzz::input_file::written;
use geo::{Coord, LineString, MultiPolygon, Polygon};
use geojson::{Feature, FeatureCollection, Geometry, JsonObject};
use libfuzzer_sys::fuzz_target;

/// A byte of a point has its column in the lower half and its row in the upper; the last four bytes end something.
const END_OF_RING: u8 = 0xFF;
const END_OF_POLYGON: u8 = 0xFE;
const END_OF_AREA: u8 = 0xFD;
/// The last vertex of the ring once more, a little aside.
const ASIDE: u8 = 0xFC;
/// Vertices that are looked at.
const MAX_VERTICES: usize = 160;

/// How far lattice points stand apart, in degrees: a village, a house, the rounding of files, that of the store.
const STEPS: [f64; 5] = [0.01, 1e-4, 1e-6, 1e-7, 1.5e-8];
/// How far aside a vertex goes.
const SHIFTS: [f64; 4] = [1e-7, 1e-9, 4e-6, 0.3e-4];

fuzz_target!(|bytes: &[u8]| {
    let Some((choices, bytes)) = Choices::<3>::split(bytes) else { return };
    let areas = areas(&bytes[..bytes.len().min(MAX_VERTICES)], choices.of(0, &STEPS), choices.of(1, &SHIFTS));
    if areas.is_empty() {
        return;
    }
    let features: Vec<Feature> = areas.iter().enumerate().map(|(index, area)| feature(index, area)).collect();
    let path = written("rings.geojson", FeatureCollection::new(features).to_string().as_bytes());
    let source = RowSource::file(&path);
    for on_fault in [OnFault::Stop, OnFault::Repair] {
        read_and_built(&source, Level::Commune, on_fault, Attributes::default());
    }
    let tolerance_m = choices.of(2, &[0.11, 0.0, 25.0, 1000.0]);
    for contiguity in [Contiguity::Queen, Contiguity::Rook] {
        let neighbours = TableNeighbours::touching(&areas, contiguity, tolerance_m).expect("lists of neighbours agree");
        assert!(neighbours.links() % 2 == 0, "a neighbour that has none");
    }
});

fn areas(bytes: &[u8], step: f64, shift: f64) -> Vec<MultiPolygon<f64>> {
    let polygons = |bytes: &[u8]| -> Vec<Polygon<f64>> {
        bytes.split(|byte| *byte == END_OF_POLYGON).filter_map(|bytes| polygon(bytes, step, shift)).collect()
    };
    let areas = bytes.split(|byte| *byte == END_OF_AREA).map(polygons);
    areas.filter(|polygons| !polygons.is_empty()).map(MultiPolygon::new).collect()
}

fn polygon(bytes: &[u8], step: f64, shift: f64) -> Option<Polygon<f64>> {
    let mut rings = bytes.split(|byte| *byte == END_OF_RING).map(|bytes| ring(bytes, step, shift));
    let shell = rings.next().filter(|ring| !ring.0.is_empty())?;
    Some(Polygon::new(shell, rings.filter(|ring| !ring.0.is_empty()).collect()))
}

fn ring(bytes: &[u8], step: f64, shift: f64) -> LineString<f64> {
    let mut ring: Vec<Coord<f64>> = Vec::new();
    for byte in bytes {
        let vertex = match (*byte, ring.last()) {
            (ASIDE, Some(last)) => Coord { x: last.x + shift, y: last.y - shift / 3.0 },
            _ => Coord { x: 108.0 + f64::from(byte & 15) * step, y: 15.5 + f64::from(byte >> 4) * step },
        };
        ring.push(vertex);
    }
    LineString::new(ring)
}

fn feature(index: usize, area: &MultiPolygon<f64>) -> Feature {
    let mut properties = JsonObject::new();
    properties.insert("code".to_owned(), (20_000 + index).to_string().into());
    properties.insert("name".to_owned(), format!("Area {index}").into());
    Feature { geometry: Some(Geometry::new(area.into())), properties: Some(properties), ..Feature::default() }
}
