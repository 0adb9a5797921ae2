//! Made-up coverages and real boundary files for the geometry tests.

use std::collections::BTreeSet;
use std::io::Write;
use std::path::PathBuf;
use std::sync::Mutex;

use binhyen::geometry::projection::GridPoint;
use binhyen::geometry::simplify::zoom_geometry::{ZoomArea, ZoomGeometry};
use geo::{Coord, LineString, MultiPolygon, Polygon};

/// A rectangle as an area, counter-clockwise.
pub(crate) fn rectangle(west: f64, south: f64, east: f64, north: f64) -> MultiPolygon<f64> {
    area(&[(west, south), (east, south), (east, north), (west, north)])
}

/// One ring as an area.
pub(crate) fn area(ring: &[(f64, f64)]) -> MultiPolygon<f64> {
    MultiPolygon::from(Polygon::new(line(ring), Vec::new()))
}

/// One shell with one hole as an area.
pub(crate) fn area_with_hole(shell: &[(f64, f64)], hole: &[(f64, f64)]) -> MultiPolygon<f64> {
    MultiPolygon::from(Polygon::new(line(shell), vec![line(hole)]))
}

fn line(ring: &[(f64, f64)]) -> LineString<f64> {
    ring.iter().map(|&(x, y)| Coord { x, y }).collect()
}

/// A small generator of numbers in 0..1, the same on every run.
pub(crate) struct Numbers(u64);

impl Numbers {
    pub(crate) fn new(seed: u64) -> Self {
        Self(seed.wrapping_mul(0x9E37_79B9_7F4A_7C15) | 1)
    }

    pub(crate) fn next(&mut self) -> f64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 >> 11) as f64 / (1_u64 << 53) as f64
    }

    pub(crate) fn below(&mut self, count: usize) -> usize {
        (self.next() * count as f64) as usize
    }
}

/// Cells with crooked borders that tile a patch of Quảng Nam: `side` × `side` cells of `cell` degrees.
pub(crate) fn crooked_cells(seed: u64, side: usize, cell: f64) -> Vec<MultiPolygon<f64>> {
    let mut numbers = Numbers::new(seed);
    let corners: Vec<Vec<Coord<f64>>> = (0..=side)
        .map(|row| {
            let mut corner = |column: usize| Coord {
                x: 107.5 + cell * (column as f64 + 0.3 * (numbers.next() - 0.5)),
                y: 15.0 + cell * (row as f64 + 0.3 * (numbers.next() - 0.5)),
            };
            (0..=side).map(&mut corner).collect()
        })
        .collect();
    let mut border = |from: Coord<f64>, to: Coord<f64>| crooked_line(from, to, &mut numbers);
    let level: Vec<Vec<Vec<Coord<f64>>>> =
        corners.iter().map(|row| row.windows(2).map(|pair| border(pair[0], pair[1])).collect()).collect();
    let upright: Vec<Vec<Vec<Coord<f64>>>> = corners
        .windows(2)
        .map(|rows| rows[0].iter().zip(&rows[1]).map(|(&low, &high)| border(low, high)).collect())
        .collect();
    let reversed = |line: &[Coord<f64>]| line.iter().rev().copied().collect::<Vec<_>>();
    let mut cells = Vec::new();
    for row in 0..side {
        for column in 0..side {
            let mut ring = level[row][column].clone();
            ring.extend(&upright[row][column + 1]);
            ring.extend(reversed(&level[row + 1][column]));
            ring.extend(reversed(&upright[row][column]));
            ring.dedup();
            cells.push(MultiPolygon::from(Polygon::new(LineString::new(ring), Vec::new())));
        }
    }
    cells
}

/// A line of twenty pieces that strays a little to both sides.
fn crooked_line(from: Coord<f64>, to: Coord<f64>, numbers: &mut Numbers) -> Vec<Coord<f64>> {
    let along = to - from;
    let place = |index: usize| {
        let share = index as f64 / 20.0;
        // Both ends are corners and stay where they are, because their share is exactly 0 or 1.
        let off = 0.3 * share * (1.0 - share) * (numbers.next() - 0.5);
        Coord { x: from.x + share * along.x - off * along.y, y: from.y + share * along.y + off * along.x }
    };
    (0..=20).map(place).collect()
}

/// Every ring of an area at a zoom.
pub(crate) fn grid_rings(area: &ZoomArea) -> impl Iterator<Item = &Vec<GridPoint>> {
    area.polygons.iter().flat_map(|polygon| std::iter::once(&polygon.shell).chain(&polygon.holes))
}

/// The directed edges of an area at a zoom.
pub(crate) fn grid_edges(area: &ZoomArea) -> Vec<(GridPoint, GridPoint)> {
    let edges = |ring: &Vec<GridPoint>| {
        (0..ring.len()).map(|index| (ring[index], ring[(index + 1) % ring.len()])).collect::<Vec<_>>()
    };
    grid_rings(area).flat_map(edges).collect()
}

/// Twice the signed area of a ring.
pub(crate) fn doubled(ring: &[(i32, i32)]) -> i64 {
    let next = |index: usize| ring[(index + 1) % ring.len()];
    (0..ring.len())
        .map(|index| {
            i64::from(ring[index].0) * i64::from(next(index).1) - i64::from(next(index).0) * i64::from(ring[index].1)
        })
        .sum()
}

/// The sum of the doubled areas of all areas.
pub(crate) fn doubled_sum(geometry: &ZoomGeometry) -> i64 {
    geometry.areas.iter().map(ZoomArea::doubled_area).sum()
}

/// A real boundary file: areas sorted by code, with their properties; nothing (and a visible line) when absent.
pub(crate) struct RealFile {
    pub(crate) codes: Vec<String>,
    pub(crate) areas: Vec<MultiPolygon<f64>>,
    pub(crate) properties: Vec<serde_json::Map<String, serde_json::Value>>,
}

/// Reads a real boundary file from `BINHYEN_REAL_DATA` (default `../shared/geodata` beside the package).
pub(crate) fn real_file(name: &str, code_field: &str, unchecked: &str) -> Option<RealFile> {
    let default = || PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../shared/geodata");
    let folder = std::env::var_os("BINHYEN_REAL_DATA").map_or_else(default, PathBuf::from);
    let Ok(text) = std::fs::read_to_string(folder.join(name)) else {
        say_once(&format!("NOT CHECKED: {unchecked} ({name} is absent; set BINHYEN_REAL_DATA to its folder)"));
        return None;
    };
    let collection: geojson::FeatureCollection = text.parse().expect("a boundary file is a feature collection");
    let mut rows: Vec<_> = collection
        .features
        .into_iter()
        .map(|feature| {
            let properties = feature.properties.expect("properties");
            let code = properties[code_field].as_str().expect("a code").to_owned();
            let geometry: geo::Geometry<f64> = feature.geometry.expect("a geometry").try_into().expect("a shape");
            (code, shape_of(geometry), properties)
        })
        .collect();
    rows.sort_by(|a, b| a.0.cmp(&b.0));
    let mut file = RealFile { codes: Vec::new(), areas: Vec::new(), properties: Vec::new() };
    for (code, shape, properties) in rows {
        file.codes.push(code);
        file.areas.push(shape);
        file.properties.push(properties);
    }
    Some(file)
}

/// Prints a line past the test harness, which would hide it, and only once however many tests say it.
fn say_once(line: &str) {
    static SAID: Mutex<BTreeSet<String>> = Mutex::new(BTreeSet::new());
    let new = SAID.lock().expect("no test panics while it holds the lock").insert(line.to_owned());
    if new {
        writeln!(std::io::stderr(), "{line}").expect("standard error is open");
    }
}

fn shape_of(geometry: geo::Geometry<f64>) -> MultiPolygon<f64> {
    match geometry {
        geo::Geometry::Polygon(polygon) => MultiPolygon::from(polygon),
        geo::Geometry::MultiPolygon(shape) => shape,
        other => panic!("a boundary is a polygon, not {other:?}"),
    }
}

/// The 241 communes of 2020 to 2024.
pub(crate) fn communes_241() -> Option<RealFile> {
    real_file("qn_communes_2020_241_clean.geojson", "ward_code", "the 241 communes of 2020 to 2024")
}

/// The 94 units of July 2025.
pub(crate) fn units_94() -> Option<RealFile> {
    real_file("dn2025_94_communes_full.geojson", "ward_code", "the 94 units of July 2025")
}
