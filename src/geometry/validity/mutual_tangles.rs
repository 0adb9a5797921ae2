//! Pairs of areas whose borders cross so often that what they share cannot be measured.
//!
//! In: the areas as they came. Out: the first such pair. It is looked for before anything is built on the areas, for two
//! files of a few kilobytes can cross millions of times.

use std::collections::BTreeMap;

use geo::{Line, LineString, MultiPolygon};
use rstar::primitives::{GeomWithData, Rectangle};
use rstar::{AABB, RTree};

use super::finding::{Flaw, GeometryFinding};
use super::ring_validity::lon_lat;
use super::self_meeting::{crosses_properly, rings_of};

/// Crossings of two areas after which neither their overlap nor their gaps are measured.
const MAX_CROSSINGS: usize = 100_000;
/// Pairs of edges with common boxes after which the search ends.
const MAX_PAIRS: usize = 200_000_000;

/// The first pair of areas that cross too often, or at which the search ended.
pub(super) fn mutual_tangles(areas: &[MultiPolygon<f64>]) -> Vec<GeometryFinding> {
    let edges = areas.iter().enumerate().flat_map(|(area, shape)| edges_of(area, shape));
    let tree = RTree::bulk_load(edges.collect());
    let mut crossings: BTreeMap<(usize, usize), usize> = BTreeMap::new();
    for (pair, (one, other)) in tree.intersection_candidates_with_other_tree(&tree).enumerate() {
        let ((first, a), (second, b)) = (one.data, other.data);
        if first >= second {
            continue;
        }
        let count = crossings.entry((first, second)).or_default();
        *count += usize::from(crosses_properly(a, b));
        if *count >= MAX_CROSSINGS || pair >= MAX_PAIRS {
            let place = Some(lon_lat(a.start));
            let areas = vec![first, second];
            return vec![GeometryFinding { areas, ..GeometryFinding::of_area(Flaw::Tangled, first, 1, place) }];
        }
    }
    Vec::new()
}

type BoxedEdge = GeomWithData<Rectangle<[f64; 2]>, (usize, Line<f64>)>;

/// The edges of an area with finite ends.
fn edges_of(area: usize, shape: &MultiPolygon<f64>) -> impl Iterator<Item = BoxedEdge> + '_ {
    let lines = shape.iter().flat_map(rings_of).flat_map(LineString::lines);
    let finite =
        lines.filter(|Line { start, end }| [start.x, start.y, end.x, end.y].iter().all(|number| number.is_finite()));
    finite.map(move |line| {
        let corners = AABB::from_corners([line.start.x, line.start.y], [line.end.x, line.end.y]);
        GeomWithData::new(Rectangle::from_aabb(corners), (area, line))
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use geo::{LineString, Polygon};

    /// A comb of so many teeth, upright or lying: two of them cross at every pair of teeth.
    fn comb(teeth: usize, point: fn(f64, f64) -> (f64, f64)) -> MultiPolygon<f64> {
        let step = 1.0 / teeth as f64;
        let tooth = |number: usize| {
            let at = number as f64 * step;
            [point(at, -0.5), point(at, 1.5), point(at + step / 2.0, 1.5), point(at + step / 2.0, -0.5)]
        };
        let back = [point(1.0, -0.6), point(0.0, -0.6)];
        let ring: Vec<(f64, f64)> = (0..teeth).flat_map(tooth).chain(back).collect();
        MultiPolygon::from(Polygon::new(LineString::from(ring), Vec::new()))
    }

    #[test]
    fn borders_that_cross_without_end_are_named_and_others_not() {
        let (upright, lying) = (|x, y| (108.0 + x, 15.0 + y), |x, y| (108.0 + y, 15.0 + x));
        assert!(mutual_tangles(&[comb(50, upright), comb(50, lying)]).is_empty());
        let found = mutual_tangles(&[comb(3, upright), comb(250, upright), comb(250, lying)]);
        assert_eq!((found.len(), found[0].flaw, found[0].areas.as_slice()), (1, Flaw::Tangled, &[1, 2][..]));
        assert!(mutual_tangles(&[]).is_empty());
    }
}
