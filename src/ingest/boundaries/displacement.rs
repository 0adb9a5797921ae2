//! Outlines that all lie beside their places, as those do that were read in another reference system than drawn in.
//!
//! In: official points and outlines, and the system in which the file was read. Out: how far and in which direction the
//! outlines lie off, and the systems in which they would fit. Coordinates that came as degrees tell no system: which one
//! they were converted from is not known.

use super::official_points::{MIN_KNOWN, OfficialPoints};
use crate::geometry::crs::Crs;
use crate::geometry::local_metres::{LocalFrame, LocalPoint};
use crate::geometry::projection::LonLat;

/// Outlines lie off together from so many metres on; the middle of real files is within 150 m.
const MIN_OFFSET_M: f64 = 2000.0;
/// And when at least one official point in so many lies outside its outline.
const OUTSIDE_ONE_IN: usize = 4;
/// The share of the offset by which that of one area may differ: far from a system's meridian the grid turns and stretches.
const OFFSET_TOLERANCE: f64 = 0.1;
/// Systems fit alike when their counts of areas differ by one in so many.
const ALIKE_ONE_IN: usize = 50;
/// Systems that are named.
const MAX_SYSTEMS: usize = 3;

/// Where the outlines of a file lie, seen from their official points.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Displacement {
    pub(super) offset_km: f64,
    /// A point of the compass.
    pub(super) direction: &'static str,
    /// Systems in which most of the points lie in their outlines, in the order of the table.
    pub(super) systems: Vec<Crs>,
}

/// How most of the outlines lie off by about the same; none where they do not.
pub(super) fn displacement(points: &OfficialPoints<'_>, read_as: Crs) -> Option<Displacement> {
    let known = points.known();
    if known < MIN_KNOWN || OUTSIDE_ONE_IN * points.outside().len() < known {
        return None;
    }
    let offsets: Vec<(usize, LocalPoint)> =
        (0..points.points.len()).filter_map(|area| Some((area, offset(points, area)?))).collect();
    let middle = LocalPoint {
        x_m: median(offsets.iter().map(|(_, offset)| offset.x_m))?,
        y_m: median(offsets.iter().map(|(_, offset)| offset.y_m))?,
    };
    let offset_m = middle.x_m.hypot(middle.y_m);
    let agrees = |(area, offset): &&(usize, LocalPoint)| {
        offset.distance_m(middle) <= (points.diagonal_m(*area) / 2.0).max(OFFSET_TOLERANCE * offset_m)
    };
    if offset_m < MIN_OFFSET_M || 2 * offsets.iter().filter(agrees).count() <= known {
        return None;
    }
    let systems = fitting_systems(points, read_as);
    Some(Displacement { offset_km: offset_m / 1000.0, direction: direction(middle), systems })
}

/// From the official point of an area to the middle of its outline.
fn offset(points: &OfficialPoints<'_>, area: usize) -> Option<LocalPoint> {
    let middle = geo::BoundingRect::bounding_rect(&points.outlines[area])?.center();
    points.points[area].map(|at| LocalFrame::around(at).to_local(middle.into()))
}

fn median(values: impl Iterator<Item = f64>) -> Option<f64> {
    let mut sorted: Vec<f64> = values.collect();
    sorted.sort_by(f64::total_cmp);
    sorted.get(sorted.len() / 2).copied()
}

fn direction(offset: LocalPoint) -> &'static str {
    const COMPASS: [&str; 8] =
        ["north", "north-east", "east", "south-east", "south", "south-west", "west", "north-west"];
    let eighths = offset.x_m.atan2(offset.y_m).to_degrees() / 45.0;
    COMPASS[(eighths.round().rem_euclid(8.0)) as usize]
}

/// The systems of metres in which most of the official points would lie in their outlines, those that fit as well as the best.
fn fitting_systems(points: &OfficialPoints<'_>, read_as: Crs) -> Vec<Crs> {
    if read_as.is_degrees() {
        return Vec::new();
    }
    let others = Crs::all().filter(|&crs| crs != read_as && !crs.is_degrees());
    let counted: Vec<(Crs, usize)> = others.map(|crs| (crs, fitting(points, read_as, crs))).collect();
    let best = counted.iter().map(|&(_, count)| count).max().unwrap_or(0);
    let fits = |count: usize| 2 * count > points.known() && (best - count) * ALIKE_ONE_IN <= best;
    counted.into_iter().filter(|&(_, count)| fits(count)).map(|(crs, _)| crs).take(MAX_SYSTEMS).collect()
}

/// How many official points would lie in their outlines if the numbers of the file were of another system: those that lie
/// in the outlines as they were read, when the points are written in the other and read in the same way.
fn fitting(points: &OfficialPoints<'_>, read_as: Crs, crs: Crs) -> usize {
    let holds = |(area, at): (usize, &Option<LonLat>)| {
        let written = at.and_then(|at| crs.coordinates(at));
        let read = written.and_then(|written| read_as.to_lon_lat(written.x, written.y));
        read.is_some_and(|read| points.locator.areas_containing(read.lon, read.lat).contains(&area))
    };
    points.points.iter().enumerate().filter(|&entry| holds(entry)).count()
}

#[cfg(test)]
mod tests {
    use geo::{MapCoords as _, MultiPolygon};

    use super::super::official_points::tests::{squares, unit};
    use super::*;
    use crate::domain::area::register::RegisteredArea;

    fn displaced(outlines: &[MultiPolygon<f64>], squares_of_units: &[u32], read_as: Crs) -> Option<Displacement> {
        let units: Vec<RegisteredArea> = squares_of_units.iter().map(|&square| unit(square)).collect();
        let units: Vec<Option<&RegisteredArea>> = units.iter().map(Some).collect();
        displacement(&OfficialPoints::new(&units, outlines), read_as)
    }

    fn moved(count: u32, east: f64, north: f64) -> Vec<MultiPolygon<f64>> {
        let to = |at: geo::Coord<f64>| geo::Coord { x: at.x + east, y: at.y + north };
        squares(count).iter().map(|outline| outline.map_coords(to)).collect()
    }

    fn crs(code: &str) -> Crs {
        Crs::from_text(code).unwrap()
    }

    #[test]
    fn outlines_that_moved_together_are_told_with_distance_and_direction() {
        let east = displaced(&moved(5, 0.25, 0.0), &[0, 1, 2, 3, 4], Crs::WGS84).unwrap();
        // 0.25° at 15.05° N.
        assert!((east.offset_km - 26.9).abs() < 0.1, "{east:?}");
        assert_eq!((east.direction, east.systems), ("east", Vec::new()));
        let corner = displaced(&moved(5, -0.3, -0.3), &[0, 1, 2, 3, 4], Crs::WGS84).unwrap();
        assert_eq!(corner.direction, "south-west");
    }

    #[test]
    fn outlines_in_their_places_and_outlines_that_were_mixed_are_not_displaced() {
        assert_eq!(displaced(&moved(5, 0.0, 0.0), &[0, 1, 2, 3, 4], Crs::WGS84), None);
        assert_eq!(displaced(&moved(5, 0.0, 0.0), &[4, 3, 2, 1, 0], Crs::WGS84), None);
        assert_eq!(displaced(&moved(4, 0.25, 0.0), &[0, 1, 2, 3], Crs::WGS84), None, "too few to tell");
        assert_eq!(displaced(&[], &[], Crs::WGS84), None);
    }

    #[test]
    fn the_system_is_named_in_which_they_fit() {
        let (drawn, read) = (crs("5899"), crs("5898"));
        let misread = |at: geo::Coord<f64>| {
            let metres = drawn.coordinates(at.into()).unwrap();
            let LonLat { lon, lat } = read.to_lon_lat(metres.x, metres.y).unwrap();
            geo::Coord { x: lon, y: lat }
        };
        let outlines: Vec<MultiPolygon<f64>> = squares(5).iter().map(|outline| outline.map_coords(misread)).collect();
        let found = displaced(&outlines, &[0, 1, 2, 3, 4], read).unwrap();
        assert_eq!((found.direction, found.systems), ("east", vec![drawn]));
    }
}
