//! The built shapes of an edition as bytes, so that a start need not work them out again.
//!
//! Goes in: what was computed from the boundaries of each level. Comes out: one run of bytes that carries its
//! format and its checksum, and back. A name is a hash of all bits of the source areas: other boundaries,
//! names or codes, or another format of this file, have another name. Bytes that are cut, changed or of another
//! format are refused with the reason; nothing is repaired. No file is touched here: see [`ShapeCache`].

use geo::{Coord, CoordsIter as _, LineString, MultiPolygon, Polygon};
use serde::{Deserialize, Serialize};
use sha2::{Digest as _, Sha256};

use crate::domain::area::Area;
use crate::domain::area::edition::EditionEntry;
use crate::geometry::coverage::lattice::LatticePoint;
use crate::geometry::projection::{GridPoint, LonLat, ZoomGrid};
use crate::geometry::simplify::zoom_geometry::{GridPolygon, ZoomArea, ZoomForm, ZoomGeometry};

/// Raised whenever the bytes, or the way shapes are computed, change.
const FORMAT: u32 = 2;

/// The first bytes of every archive.
const MARK: [u8; 8] = *b"BYSHAPES";

const CHECKSUM_BYTES: usize = 32;

/// Where built shapes are cached between runs. A cache may forget, and may refuse to store; it never fails a build.
pub trait ShapeCache: Sync {
    /// The bytes stored under a name.
    fn get(&self, name: &str) -> Option<Vec<u8>>;

    /// Stores bytes under a name, replacing what was there.
    fn put(&self, name: &str, bytes: &[u8]);
}

/// A cache that stores nothing.
#[derive(Debug, Clone, Copy)]
pub struct NoShapeCache;

impl ShapeCache for NoShapeCache {
    fn get(&self, _name: &str) -> Option<Vec<u8>> {
        None
    }

    fn put(&self, _name: &str, _bytes: &[u8]) {}
}

/// What is computed for one level from the boundaries alone.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct LevelShapes {
    /// The boundaries dissolved from the communes; empty for the communes themselves, which bring their own.
    pub(super) dissolved: Vec<MultiPolygon<f64>>,
    /// A point well inside each area.
    pub(super) labels: Vec<LonLat>,
    /// The geodesic area of each area.
    pub(super) areas_km2: Vec<f64>,
    /// The areas that touch each area.
    pub(super) contiguity: Vec<Vec<usize>>,
    /// The shapes on the grid of each zoom.
    pub(super) zooms: Vec<ZoomGeometry>,
}

/// Why bytes are no archive that this program can use.
#[derive(Debug, thiserror::Error)]
pub(super) enum ShapeArchiveError {
    /// The bytes do not begin or end as an archive does.
    #[error("they are not an archive of shapes, or cut off")]
    Foreign,
    /// Another program wrote them.
    #[error("they have format {0}, and this program reads format {FORMAT}")]
    Format(u32),
    /// The checksum does not fit.
    #[error("their checksum does not fit")]
    Checksum,
    /// The checksum fits, and yet the content does not read.
    #[error("their content does not read: {0}")]
    Content(#[from] postcard::Error),
    /// A zoom or a way of form that does not exist.
    #[error("they name a zoom or a kind of shape that does not exist")]
    Meaning,
}

/// The name of the archive of an edition's areas, a word fit for a file.
pub(super) fn name(source: &[Area], entry: &EditionEntry) -> String {
    let mut hash = Sha256::new();
    // Length before content: no two lists of texts give the same bytes, whatever their texts contain.
    let mut text = |text: &str| {
        hash.update((text.len() as u64).to_le_bytes());
        hash.update(text);
    };
    text(&FORMAT.to_string());
    text(&entry.province_code);
    text(&entry.province_vi);
    for area in source {
        text(area.key.code.as_str());
        text(area.level.as_str());
        text(&area.name);
        text(area.parent.as_ref().map_or("", |parent| parent.as_str()));
        text(if area.boundary.is_some() { "bounded" } else { "" });
    }
    for boundary in source.iter().filter_map(|area| area.boundary.as_ref()) {
        hash_boundary(&mut hash, boundary);
    }
    hex::encode(hash.finalize())
}

fn hash_boundary(hash: &mut Sha256, boundary: &MultiPolygon<f64>) {
    let mut bytes = Vec::new();
    bytes.extend((boundary.0.len() as u64).to_le_bytes());
    for polygon in boundary {
        bytes.extend((polygon.interiors().len() as u64).to_le_bytes());
        for ring in std::iter::once(polygon.exterior()).chain(polygon.interiors()) {
            bytes.extend((ring.0.len() as u64).to_le_bytes());
            let values = ring.coords_iter().flat_map(|vertex| [vertex.x, vertex.y]);
            bytes.extend(values.flat_map(f64::to_le_bytes));
        }
    }
    hash.update(&bytes);
}

/// The archive of the levels of an edition.
pub(super) fn encoded(levels: &[LevelShapes]) -> Result<Vec<u8>, ShapeArchiveError> {
    let content: Vec<ArchivedLevel> = levels.iter().map(ArchivedLevel::of).collect();
    let mut bytes = [MARK.as_slice(), &FORMAT.to_le_bytes()].concat();
    bytes = postcard::to_extend(&content, bytes)?;
    let checksum = Sha256::digest(&bytes);
    bytes.extend_from_slice(&checksum);
    Ok(bytes)
}

/// The levels that an archive holds.
pub(super) fn decoded(bytes: &[u8]) -> Result<Vec<LevelShapes>, ShapeArchiveError> {
    let rest = bytes.strip_prefix(&MARK).ok_or(ShapeArchiveError::Foreign)?;
    let (format, rest) = rest.split_first_chunk().ok_or(ShapeArchiveError::Foreign)?;
    let format = u32::from_le_bytes(*format);
    if format != FORMAT {
        return Err(ShapeArchiveError::Format(format));
    }
    let end = rest.len().checked_sub(CHECKSUM_BYTES).ok_or(ShapeArchiveError::Foreign)?;
    let (content, checksum) = rest.split_at(end);
    if Sha256::digest(&bytes[..bytes.len() - CHECKSUM_BYTES]).as_slice() != checksum {
        return Err(ShapeArchiveError::Checksum);
    }
    // Only now, with the checksum right: a decoder never sees damaged lengths.
    let levels: Vec<ArchivedLevel> = postcard::from_bytes(content)?;
    levels.into_iter().map(|level| level.shapes().ok_or(ShapeArchiveError::Meaning)).collect()
}

/// The vertices of a ring as steps, the first from 0: small numbers take few bytes.
type Steps = Vec<(i32, i32)>;

#[derive(Serialize, Deserialize)]
struct ArchivedLevel {
    dissolved: Vec<Vec<ArchivedPolygon>>,
    labels: Vec<(f64, f64)>,
    areas_km2: Vec<f64>,
    contiguity: Vec<Vec<usize>>,
    zooms: Vec<ArchivedZoom>,
}

/// A polygon: its shell, then its holes.
type ArchivedPolygon = Vec<Steps>;

#[derive(Serialize, Deserialize)]
struct ArchivedZoom {
    z: u8,
    areas: Vec<ArchivedArea>,
}

#[derive(Serialize, Deserialize)]
struct ArchivedArea {
    form: u8,
    polygons: Vec<ArchivedPolygon>,
}

/// The ways of form, each written as its index here.
const ZOOM_FORMS: [ZoomForm; 3] = [ZoomForm::Shape, ZoomForm::Diamond, ZoomForm::Empty];

impl ArchivedLevel {
    fn of(shapes: &LevelShapes) -> Self {
        Self {
            dissolved: shapes.dissolved.iter().map(|area| area.iter().map(boundary_rings).collect()).collect(),
            labels: shapes.labels.iter().map(|label| (label.lon, label.lat)).collect(),
            areas_km2: shapes.areas_km2.clone(),
            contiguity: shapes.contiguity.clone(),
            zooms: shapes.zooms.iter().map(ArchivedZoom::of).collect(),
        }
    }

    fn shapes(self) -> Option<LevelShapes> {
        let boundary = |area: &Vec<ArchivedPolygon>| MultiPolygon::new(area.iter().map(boundary_polygon).collect());
        Some(LevelShapes {
            dissolved: self.dissolved.iter().map(boundary).collect(),
            labels: self.labels.iter().map(|(lon, lat)| LonLat::new(*lon, *lat)).collect(),
            areas_km2: self.areas_km2,
            contiguity: self.contiguity,
            zooms: self.zooms.iter().map(ArchivedZoom::geometry).collect::<Option<_>>()?,
        })
    }
}

impl ArchivedZoom {
    fn of(geometry: &ZoomGeometry) -> Self {
        let area = |area: &ZoomArea| ArchivedArea {
            form: ZOOM_FORMS.iter().position(|way| *way == area.form).map_or(u8::MAX, |index| index as u8),
            polygons: area.polygons.iter().map(grid_rings).collect(),
        };
        Self { z: geometry.grid.z(), areas: geometry.areas.iter().map(area).collect() }
    }

    fn geometry(&self) -> Option<ZoomGeometry> {
        let area = |area: &ArchivedArea| {
            let form = *ZOOM_FORMS.get(usize::from(area.form))?;
            Some(ZoomArea::new(area.polygons.iter().map(grid_polygon).collect(), form))
        };
        let areas = self.areas.iter().map(area).collect::<Option<_>>()?;
        Some(ZoomGeometry { grid: ZoomGrid::new(self.z).ok()?, areas })
    }
}

fn steps(vertices: impl Iterator<Item = (i32, i32)>) -> Steps {
    let step = |before: &mut (i32, i32), (x, y): (i32, i32)| {
        // Wrapping, as in `vertices`: modulo 2³² the sum of the differences is the number again, even where a
        // difference overflows.
        let step = (x.wrapping_sub(before.0), y.wrapping_sub(before.1));
        *before = (x, y);
        Some(step)
    };
    vertices.scan((0, 0), step).collect()
}

fn vertices(steps: &Steps) -> impl Iterator<Item = (i32, i32)> + '_ {
    steps.iter().scan((0_i32, 0_i32), |at, (x, y)| {
        *at = (at.0.wrapping_add(*x), at.1.wrapping_add(*y));
        Some(*at)
    })
}

fn grid_rings(polygon: &GridPolygon) -> ArchivedPolygon {
    let rings = std::iter::once(&polygon.shell).chain(&polygon.holes);
    rings.map(|ring| steps(ring.iter().map(|vertex| (vertex.x, vertex.y)))).collect()
}

fn grid_polygon(rings: &ArchivedPolygon) -> GridPolygon {
    let mut rings = rings.iter().map(|ring| vertices(ring).map(|(x, y)| GridPoint { x, y }).collect());
    GridPolygon { shell: rings.next().unwrap_or_default(), holes: rings.collect() }
}

/// Dissolved boundaries stand on the lattice, so whole numbers hold every bit of them.
fn boundary_rings(polygon: &Polygon<f64>) -> ArchivedPolygon {
    let rings = std::iter::once(polygon.exterior()).chain(polygon.interiors());
    let on_lattice = |ring: &LineString<f64>| {
        steps(ring.coords().filter_map(|place| LatticePoint::nearest(*place)).map(|point| (point.lon, point.lat)))
    };
    rings.map(on_lattice).collect()
}

fn boundary_polygon(rings: &ArchivedPolygon) -> Polygon<f64> {
    let mut rings = rings.iter().map(|ring| {
        let places = vertices(ring).map(|(lon, lat)| LatticePoint { lon, lat }.to_lon_lat());
        places.map(|place| Coord { x: place.lon, y: place.lat }).collect::<LineString<f64>>()
    });
    let shell = rings.next().unwrap_or_else(|| LineString::new(Vec::new()));
    Polygon::new(shell, rings.collect())
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;
    use std::sync::Mutex;

    use geo::{Rect, coord};
    use proptest::prelude::*;

    use super::super::build_surroundings::BuildSurroundings;
    use super::super::edition::EditionShape;
    use super::super::shape;
    use super::*;
    use crate::domain::area::edition::EditionCatalogue;
    use crate::domain::area::{AreaKey, Level};

    /// A cache in memory that counts what is given to it.
    #[derive(Default)]
    struct Memory {
        files: Mutex<BTreeMap<String, Vec<u8>>>,
        taken: Mutex<usize>,
    }

    impl ShapeCache for Memory {
        fn get(&self, name: &str) -> Option<Vec<u8>> {
            self.files.lock().unwrap().get(name).cloned()
        }

        fn put(&self, name: &str, bytes: &[u8]) {
            *self.taken.lock().unwrap() += 1;
            self.files.lock().unwrap().insert(name.to_owned(), bytes.to_vec());
        }
    }

    fn area(code: &str, parent: &str, west: f64, south: f64) -> Area {
        let square = Rect::new(coord! { x: west, y: south }, coord! { x: west + 0.1, y: south + 0.1 });
        Area {
            key: AreaKey { edition: "2025-01".parse().unwrap(), code: code.parse().unwrap() },
            level: Level::Commune,
            name: format!("Xã {code}"),
            parent: Some(parent.parse().unwrap()),
            boundary: Some(MultiPolygon(vec![square.to_polygon()])),
        }
    }

    /// Four squares in two districts, and an islet far from them.
    fn areas() -> Vec<Area> {
        vec![
            area("20001", "501", 108.0, 15.0),
            area("20002", "501", 108.1, 15.0),
            area("20003", "502", 108.0, 15.1),
            area("20004", "502", 108.1, 15.1),
            area("20005", "502", 112.0, 16.0),
        ]
    }

    fn built(source: &[Area], cache: &Memory) -> EditionShape {
        let entry = EditionCatalogue::default().entry("2025-01".parse().unwrap());
        shape::built(source.to_vec(), &entry, &BuildSurroundings { cache, clock: None })
    }

    #[test]
    fn kept_shapes_are_those_that_were_built() {
        let cache = Memory::default();
        let (first, second) = (built(&areas(), &cache), built(&areas(), &cache));
        assert_eq!((&first.levels, first.bounds), (&second.levels, second.bounds));
        assert_eq!(first.levels.len(), 3);
        assert_eq!(*cache.taken.lock().unwrap(), 1);
    }

    #[test]
    fn other_areas_have_another_name() {
        let cache = Memory::default();
        let mut names = vec![built(&areas(), &cache).archive];
        let changes: [fn(&mut Area); 4] = [
            |area| area.name.push('a'),
            |area| area.parent = None,
            |area| area.key.code = "20009".parse().unwrap(),
            |area| area.boundary.as_mut().unwrap().0[0].exterior_mut(|ring| ring.0[1].x += 1e-9),
        ];
        for change in changes {
            let mut source = areas();
            change(&mut source[4]);
            names.push(built(&source, &cache).archive);
        }
        names.sort();
        names.dedup();
        assert_eq!(names.len(), 5);
    }

    #[test]
    fn foreign_format_is_refused_by_its_number() {
        let mut bytes = encoded(&[]).unwrap();
        bytes[MARK.len()] = 99;
        assert!(matches!(decoded(&bytes), Err(ShapeArchiveError::Format(99))));
        assert!(matches!(decoded(b"something else"), Err(ShapeArchiveError::Foreign)));
    }

    #[test]
    fn no_level_comes_back_as_none() {
        assert_eq!(decoded(&encoded(&[]).unwrap()).unwrap(), []);
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(24))]

        #[test]
        fn damaged_shapes_are_built_anew(place in 0.0_f64..1.0, bit in 0_u8..8, is_cut in any::<bool>()) {
            let cache = Memory::default();
            let whole = built(&areas(), &cache);
            let sound = cache.get(&whole.archive).unwrap();
            let mut bytes = sound.clone();
            let at = (place * bytes.len() as f64) as usize;
            if is_cut { bytes.truncate(at) } else { bytes[at] ^= 1 << bit }
            prop_assert!(decoded(&bytes).is_err());
            cache.put(&whole.archive, &bytes);
            let again = built(&areas(), &cache);
            prop_assert_eq!((&whole.levels, whole.bounds), (&again.levels, again.bounds));
            prop_assert_eq!(cache.get(&whole.archive).unwrap(), sound);
        }

        #[test]
        fn steps_lead_back_to_their_vertices(ring in prop::collection::vec(any::<(i32, i32)>(), 0..20)) {
            prop_assert_eq!(vertices(&steps(ring.iter().copied())).collect::<Vec<_>>(), ring);
        }
    }
}
