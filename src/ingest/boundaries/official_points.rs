//! Official points against outlines: which point lies in its own outline, which in that of another area, which in none.
//!
//! In: the units of a register, one per area or none, and the outlines. Out: indices of areas that are in pairs, rings or
//! rows of exchanged outlines, and points far from their outlines. One point in the outline of a neighbour says nothing:
//! published points and coarse outlines are wrong by as much. So a second coincidence is asked for each time: the other
//! area's own point is not in the outline either, or the point lies far away.

use std::collections::BTreeSet;

use geo::{BoundingRect as _, Coord, Distance as _, Euclidean, MapCoords as _, MultiPolygon, Point};

use crate::domain::area::register::RegisteredArea;
use crate::geometry::local_metres::LocalFrame;
use crate::geometry::locate::Locator;
use crate::geometry::projection::{LonLat, haversine_m};

/// Fewer known areas than this prove nothing of a whole file.
pub(super) const MIN_KNOWN: usize = 5;
/// A point is far from its outline when it lies so many metres outside, and more than half the outline's diagonal.
const FAR_M: f64 = 2000.0;
/// Areas that make a row without a point far away: in files some 200 m off, points near borders bring about rows of three.
const ROW_AREAS: usize = 4;

/// The official points and the outlines that hold them.
pub(super) struct OfficialPoints<'a> {
    pub(super) outlines: &'a [MultiPolygon<f64>],
    pub(super) locator: Locator,
    /// Of each area with an outline, where the register has it.
    pub(super) points: Vec<Option<LonLat>>,
    /// The areas whose outlines hold the point, borders included.
    holders: Vec<Vec<usize>>,
}

/// Areas of which each has its official point in the outline of the next.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Succession {
    pub(super) areas: Vec<usize>,
    /// Whether the last one has its point in the outline of the first.
    pub(super) is_closed: bool,
}

impl<'a> OfficialPoints<'a> {
    pub(super) fn new(units: &[Option<&RegisteredArea>], outlines: &'a [MultiPolygon<f64>]) -> Self {
        let locator = Locator::new(outlines);
        let point = |(unit, outline): (Option<&RegisteredArea>, &MultiPolygon<f64>)| {
            let unit = unit.filter(|_| !outline.0.is_empty())?;
            let (lon, lat) = unit.lon.zip(unit.lat)?;
            Some(LonLat::new(lon, lat))
        };
        let points: Vec<Option<LonLat>> = units.iter().copied().zip(outlines).map(point).collect();
        let holders = |point: &Option<LonLat>| {
            let held = point.map(|at| locator.areas_containing(at.lon, at.lat));
            held.unwrap_or_default()
        };
        let holders = points.iter().map(holders).collect();
        Self { outlines, locator, points, holders }
    }

    /// How many areas have an outline and an official point.
    pub(super) fn known(&self) -> usize {
        self.points.iter().flatten().count()
    }

    /// Whether the outline of an area holds its official point; true where there is none.
    pub(super) fn is_held(&self, area: usize) -> bool {
        self.points[area].is_none() || self.holders[area].contains(&area)
    }

    /// The areas whose official point lies outside their outline.
    pub(super) fn outside(&self) -> Vec<usize> {
        (0..self.points.len()).filter(|&area| !self.is_held(area)).collect()
    }

    /// Those of them whose point lies in the outline of another area.
    pub(super) fn in_others(&self) -> Vec<usize> {
        self.outside().into_iter().filter(|&area| !self.holders[area].is_empty()).collect()
    }

    /// Pairs of areas, the first before the second, each with its point in the outline of the other alone.
    pub(super) fn pairs(&self) -> Vec<(usize, usize)> {
        let mut pairs = Vec::new();
        for one in self.outside() {
            let others = self.holders[one].iter().copied().filter(|&other| other > one && !self.is_held(other));
            pairs.extend(others.filter(|&other| self.holders[other].contains(&one)).map(|other| (one, other)));
        }
        pairs
    }

    /// Rings of more than two areas, and rows of four or with a point far away, that are in none of the pairs.
    pub(super) fn successions(&self, pairs: &[(usize, usize)]) -> Vec<Succession> {
        let mut taken: BTreeSet<usize> = pairs.iter().flat_map(|&(one, other)| [one, other]).collect();
        let next: Vec<Option<usize>> = (0..self.points.len()).map(|area| self.next(area, &taken)).collect();
        let mut found = Vec::new();
        for from in 0..next.len() {
            let ring = walk(&next, from, &taken);
            if ring.last().and_then(|&last| next[last]) == Some(from) {
                taken.extend(&ring);
                found.push(Succession { areas: ring, is_closed: true });
            }
        }
        // What is left has no rings, so each row begins at an area that follows upon no other.
        let followers: BTreeSet<usize> = next.iter().flatten().copied().collect();
        for from in (0..next.len()).filter(|from| !followers.contains(from)) {
            let row = walk(&next, from, &taken);
            let is_far = || row.iter().any(|&area| self.far_m(area).is_some());
            if row.len() >= ROW_AREAS || (row.len() >= 2 && is_far()) {
                taken.extend(&row);
                found.push(Succession { areas: row, is_closed: false });
            }
        }
        found
    }

    /// The area in whose outline the point of an area lies, and not the other's own.
    fn next(&self, area: usize, taken: &BTreeSet<usize>) -> Option<usize> {
        if self.is_held(area) || taken.contains(&area) {
            return None;
        }
        let strange = |other: &&usize| !taken.contains(*other) && !self.holders[**other].contains(*other);
        self.holders[area].iter().filter(strange).min().copied()
    }

    /// How many metres outside its outline the point of an area lies, where that is far.
    pub(super) fn far_m(&self, area: usize) -> Option<f64> {
        let at = self.points[area].filter(|_| !self.is_held(area))?;
        let frame = LocalFrame::around(at);
        let flat = self.outlines[area].map_coords(|corner| {
            let local = frame.to_local(corner.into());
            Coord { x: local.x_m, y: local.y_m }
        });
        let outside_m = Euclidean.distance(&Point::new(0.0, 0.0), &flat);
        (outside_m > FAR_M.max(self.diagonal_m(area) / 2.0)).then_some(outside_m)
    }

    /// The diagonal of the box around an outline, in metres.
    pub(super) fn diagonal_m(&self, area: usize) -> f64 {
        let bounds = self.outlines[area].bounding_rect();
        bounds.map_or(0.0, |bounds| haversine_m(bounds.min().into(), bounds.max().into()))
    }
}

/// The areas from one to the next, up to one that was there before, is taken or has none.
fn walk(next: &[Option<usize>], from: usize, taken: &BTreeSet<usize>) -> Vec<usize> {
    let mut seen = BTreeSet::new();
    let steps = std::iter::successors(Some(from), |&area| next[area]);
    steps.take_while(|&area| !taken.contains(&area) && seen.insert(area)).collect()
}

#[cfg(test)]
pub(super) mod tests {
    use super::*;
    use crate::domain::area::Level;
    use geo::{Rect, coord};

    /// A square of a tenth of a degree, some 11 km.
    pub(in crate::ingest::boundaries) fn square(west: f64) -> MultiPolygon<f64> {
        MultiPolygon::from(Rect::new(coord! { x: west, y: 15.0 }, coord! { x: west + 0.1, y: 15.1 }).to_polygon())
    }

    /// Squares side by side from 108° E.
    pub(in crate::ingest::boundaries) fn squares(count: u32) -> Vec<MultiPolygon<f64>> {
        (0..count).map(|place| square(108.0 + 0.1 * f64::from(place))).collect()
    }

    /// A unit whose point lies in the middle of a square; none without one.
    pub(in crate::ingest::boundaries) fn unit(square: impl Into<Option<u32>>) -> RegisteredArea {
        let square = square.into();
        RegisteredArea {
            level: Level::Commune,
            code: "20335".parse().unwrap(),
            name: String::new(),
            other_names: Vec::new(),
            parent: None,
            former_province: String::new(),
            area_km2: None,
            residents: None,
            lon: square.map(|square| 108.05 + 0.1 * f64::from(square)),
            lat: square.map(|_| 15.05),
        }
    }

    fn official_points(squares_of_units: &[Option<u32>]) -> OfficialPoints<'static> {
        let units: Vec<RegisteredArea> = squares_of_units.iter().map(|&square| unit(square)).collect();
        let units: Vec<Option<&RegisteredArea>> = units.iter().map(Some).collect();
        OfficialPoints::new(&units, squares(u32::try_from(units.len()).unwrap()).leak())
    }

    fn successions(squares_of_units: &[Option<u32>]) -> Vec<(Vec<usize>, bool)> {
        let points = official_points(squares_of_units);
        let found = points.successions(&points.pairs());
        found.into_iter().map(|Succession { areas, is_closed }| (areas, is_closed)).collect()
    }

    #[test]
    fn two_outlines_that_hold_the_points_of_each_other_are_a_pair_and_no_succession() {
        let exchanged = [Some(1), Some(0), Some(2)];
        assert_eq!(official_points(&exchanged).pairs(), [(0, 1)]);
        assert_eq!(successions(&exchanged), []);
    }

    #[test]
    fn one_misplaced_point_is_no_exchange() {
        assert_eq!(official_points(&[Some(1), Some(1), Some(2)]).pairs(), []);
        assert_eq!(successions(&[Some(1), Some(1), Some(2)]), []);
        assert_eq!(official_points(&[None, None]).pairs(), []);
        assert_eq!(official_points(&[]).known(), 0);
        // A neighbour without a point of its own tells nothing more.
        assert_eq!(successions(&[Some(1), None, Some(2)]), []);
    }

    #[test]
    fn three_outlines_that_went_round_are_a_ring() {
        assert_eq!(successions(&[Some(2), Some(0), Some(1), Some(3)]), [(vec![0, 2, 1], true)]);
        let in_others = official_points(&[Some(2), Some(0), Some(1), Some(3)]).in_others();
        assert_eq!(in_others, [0, 1, 2]);
    }

    #[test]
    fn a_ring_with_an_unknown_point_is_a_row() {
        assert_eq!(successions(&[Some(1), Some(2), Some(3), None]), [(vec![0, 1, 2, 3], false)]);
        assert_eq!(successions(&[Some(1), Some(2), None, Some(3)]), [], "two points near borders");
        // 0 lies in 3, which has no point: two areas are enough where the point is 22 km from its outline.
        assert_eq!(successions(&[Some(3), Some(1), Some(2), None]), [(vec![0, 3], false)]);
    }

    #[test]
    fn rows_that_lead_into_a_ring_leave_it_whole() {
        // 3 and 4 both have their points in 0; the ring is found once.
        assert_eq!(successions(&[Some(1), Some(2), Some(0), Some(0), Some(0)]), [(vec![0, 1, 2], true)]);
    }

    #[test]
    fn a_point_is_far_beyond_half_the_outline() {
        // The next square begins 5.4 km from the point in its middle; half the diagonal is 7.7 km.
        assert_eq!(official_points(&[Some(1), None, None, None]).far_m(0), None);
        let far_m = official_points(&[Some(3), None, None, None]).far_m(0).unwrap();
        // 0.25° at 15.05° N.
        assert!((far_m - 26_900.0).abs() < 100.0, "{far_m}");
    }
}
