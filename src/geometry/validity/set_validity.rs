//! Flaws between areas: overlaps, gaps, islands, outliers.
//!
//! Borders that match arc by arc need no test. Pairs whose borders cross, run along one another on the same
//! side, or lie inside one another are candidates, and only they are intersected. Gaps are the holes of the
//! union, and long narrow notches between two areas (`clean`); a wide one cannot be distinguished from the true
//! outer border and is not found.

use std::collections::BTreeSet;

use geo::{Area, BooleanOps, BoundingRect, Coord, InteriorPoint, LineString, MultiPolygon, Polygon, unary_union};
use rayon::prelude::*;
use rstar::RTree;
use rstar::primitives::{GeomWithData, Rectangle};

use super::finding::{Extent, Flaw, GeometryFinding};
use super::ring::cross_properly;
use super::ring_validity::lon_lat;
use crate::geometry::clean::open_gaps;
use crate::geometry::coverage::lattice::{LatticePoint, STEPS_PER_DEGREE};
use crate::geometry::coverage::{ArcSides, Coverage};
use crate::geometry::locate::Locator;
use crate::geometry::projection::{LonLat, area_km2, haversine_m};

/// Overlaps and gaps smaller than this are summed instead of named: 100 m².
pub const SLIVER_KM2: f64 = 1e-4;

/// A polygon is an outlier when it lies this many times further from the middle than three in four areas do.
const OUTLIER_FACTOR: f64 = 3.0;

/// With fewer areas than this no polygon is called an outlier.
const MIN_AREAS_FOR_OUTLIERS: usize = 8;

/// The widest gap that is looked for where an end is open, in metres.
pub const OPEN_GAP_WIDTH_M: f64 = 60.0;

/// Steps by which the neighbourhood of a gap's corner is probed for the areas around it.
const PROBE_STEPS: f64 = 20.0;

/// All flaws between the areas of a coverage.
pub(crate) fn set_findings(coverage: &Coverage) -> Vec<GeometryFinding> {
    let shapes: Vec<MultiPolygon<f64>> = (0..coverage.len()).map(|area| coverage.multi_polygon(area)).collect();
    let locator = Locator::new(&shapes);
    let crossing = crossing_pairs(coverage);
    let mut pairs: BTreeSet<(usize, usize)> = crossing.iter().copied().collect();
    pairs.extend(coverage.conflicts.iter().copied());
    pairs.extend(enclosed_pairs(coverage, &locator));
    let mut findings = overlaps(&pairs, &shapes);
    findings.extend(open_gap_findings(coverage));
    let gaps = if crossing.is_empty() { gaps_on_arcs(coverage) } else { gaps_of_union(&shapes, &locator) };
    findings.extend(named_or_summed(gaps, Flaw::Gap, Flaw::GapSlivers));
    let island = |area: usize| GeometryFinding::of_area(Flaw::Island, area, 1, middle(&shapes[area]));
    findings.extend(coverage.islands().into_iter().filter(|_| coverage.len() > 1).map(island));
    findings.extend(outliers(&shapes));
    findings
}

fn middle(shape: &MultiPolygon<f64>) -> Option<LonLat> {
    shape.bounding_rect().map(|bounds| lon_lat(bounds.center()))
}

/// Pairs of areas with borders that cross between vertices.
fn crossing_pairs(coverage: &Coverage) -> BTreeSet<(usize, usize)> {
    let corner = |point: LatticePoint| [f64::from(point.lon), f64::from(point.lat)];
    let edges = coverage.arcs().iter().enumerate().flat_map(|(arc, line)| {
        line.points.windows(2).map(move |pair| {
            GeomWithData::new(Rectangle::from_corners(corner(pair[0]), corner(pair[1])), (arc, pair[0], pair[1]))
        })
    });
    let tree = RTree::bulk_load(edges.collect());
    let mut pairs = BTreeSet::new();
    for (one, other) in tree.intersection_candidates_with_other_tree(&tree) {
        let ((arc_1, a, b), (arc_2, c, d)) = (one.data, other.data);
        if arc_1 < arc_2 && cross_properly(a, b, c, d) {
            for first in owners(coverage.sides()[arc_1]) {
                pairs.extend(owners(coverage.sides()[arc_2]).filter_map(|second| ordered(first, second)));
            }
        }
    }
    pairs
}

fn owners(sides: ArcSides) -> impl Iterator<Item = usize> {
    [sides.left, sides.right].into_iter().flatten()
}

fn ordered(a: usize, b: usize) -> Option<(usize, usize)> {
    (a != b).then(|| (a.min(b), a.max(b)))
}

/// Pairs where the middle of an arc of one area lies in the other.
fn enclosed_pairs(coverage: &Coverage, locator: &Locator) -> Vec<(usize, usize)> {
    let mut pairs = Vec::new();
    for (arc, &sides) in coverage.arcs().iter().zip(coverage.sides()) {
        let half = arc.points.len() / 2;
        let (a, b) = (arc.points[half - 1].to_lon_lat(), arc.points[half].to_lon_lat());
        let containing = locator.areas_containing(f64::midpoint(a.lon, b.lon), f64::midpoint(a.lat, b.lat));
        for holder in containing {
            let beside = owners(sides).all(|owner| owner != holder);
            if beside {
                pairs.extend(owners(sides).filter_map(|owner| ordered(owner, holder)));
            }
        }
    }
    pairs
}

/// A piece of ground with the areas it concerns.
struct Piece {
    areas: Vec<usize>,
    km2: f64,
    place: Option<LonLat>,
}

fn overlaps(pairs: &BTreeSet<(usize, usize)>, shapes: &[MultiPolygon<f64>]) -> Vec<GeometryFinding> {
    let pairs: Vec<_> = pairs.iter().copied().collect();
    let overlap = |&(a, b): &(usize, usize)| {
        let common = shapes[a].intersection(&shapes[b]);
        let largest = common.iter().max_by(|p, q| p.unsigned_area().total_cmp(&q.unsigned_area()))?;
        let place = largest.interior_point().map(|point| lon_lat(point.into()));
        Some(Piece { areas: vec![a, b], km2: area_km2(&common), place })
    };
    let pieces: Vec<Piece> = pairs.par_iter().filter_map(overlap).collect();
    named_or_summed(pieces, Flaw::Overlap, Flaw::OverlapSlivers)
}

/// One finding for each large piece and one for all slivers together.
fn named_or_summed(pieces: Vec<Piece>, named: Flaw, summed: Flaw) -> Vec<GeometryFinding> {
    let (large, slivers): (Vec<Piece>, Vec<Piece>) =
        pieces.into_iter().filter(|piece| piece.km2 > 0.0).partition(|piece| piece.km2 >= SLIVER_KM2);
    let finding = |flaw, count, piece: Piece| GeometryFinding {
        flaw,
        areas: piece.areas,
        count,
        area_km2: Some(piece.km2),
        extent: None,
        place: piece.place,
    };
    let count = slivers.len();
    let sum = slivers.into_iter().reduce(|mut sum, piece| {
        sum.areas.extend(piece.areas);
        sum.km2 += piece.km2;
        sum
    });
    let mut findings: Vec<GeometryFinding> = large.into_iter().map(|piece| finding(named, 1, piece)).collect();
    if let Some(mut sum) = sum {
        sum.areas.sort_unstable();
        sum.areas.dedup();
        findings.push(finding(summed, count, sum));
    }
    findings
}

/// Gaps that are open at an end. One as small as a sliver cannot be told from a corner of the outline.
fn open_gap_findings(coverage: &Coverage) -> impl Iterator<Item = GeometryFinding> {
    let large = open_gaps(coverage, OPEN_GAP_WIDTH_M).into_iter().filter(|gap| gap.km2 >= SLIVER_KM2);
    large.map(|gap| GeometryFinding {
        flaw: Flaw::OpenGap,
        areas: gap.areas,
        count: 1,
        area_km2: Some(gap.km2),
        extent: Some(Extent { width_m: gap.width_m, length_m: gap.length_m }),
        place: gap.place,
    })
}

/// Holes of the union, read off the arcs; exact when no borders cross.
fn gaps_on_arcs(coverage: &Coverage) -> Vec<Piece> {
    let whole = coverage.dissolve(&vec![Some(0); coverage.len()], 1);
    let holes = whole.parts(0).iter().flat_map(|part| &part.holes);
    let gaps = holes.filter_map(|hole| {
        let around: BTreeSet<usize> = hole.iter().flat_map(|use_| owners(coverage.sides()[use_.arc.index()])).collect();
        let places = whole.ring_points(hole).into_iter().map(LatticePoint::to_lon_lat);
        let ring: LineString<f64> = places.map(|place| Coord { x: place.lon, y: place.lat }).collect();
        (around.len() > 1).then(|| gap(around.into_iter().collect(), ring))
    });
    gaps.collect()
}

/// Holes of the union, computed with boolean operations.
fn gaps_of_union(shapes: &[MultiPolygon<f64>], locator: &Locator) -> Vec<Piece> {
    let whole = unary_union(shapes);
    let holes = whole.iter().flat_map(Polygon::interiors);
    let gaps = holes.filter_map(|hole| {
        let around: BTreeSet<usize> = hole.coords().flat_map(|&corner| areas_near(corner, locator)).collect();
        (around.len() > 1).then(|| gap(around.into_iter().collect(), hole.clone()))
    });
    gaps.collect()
}

fn areas_near(corner: Coord<f64>, locator: &Locator) -> BTreeSet<usize> {
    let reach = PROBE_STEPS / STEPS_PER_DEGREE;
    let around = [(-reach, -reach), (reach, -reach), (-reach, reach), (reach, reach)];
    around.iter().flat_map(|(dx, dy)| locator.areas_containing(corner.x + dx, corner.y + dy)).collect()
}

fn gap(areas: Vec<usize>, ring: LineString<f64>) -> Piece {
    let polygon = Polygon::new(ring, Vec::new());
    let place = polygon.interior_point().map(|point| lon_lat(point.into()));
    Piece { areas, km2: area_km2(&MultiPolygon::from(polygon)), place }
}

/// Areas with a polygon far from where the largest polygons of most areas lie.
fn outliers(shapes: &[MultiPolygon<f64>]) -> Vec<GeometryFinding> {
    let centre = |polygon: &Polygon<f64>| polygon.bounding_rect().map(|bounds| lon_lat(bounds.center()));
    let largest = |shape: &MultiPolygon<f64>| {
        shape.iter().max_by(|p, q| p.unsigned_area().total_cmp(&q.unsigned_area())).and_then(centre)
    };
    let label_points: Vec<LonLat> = shapes.iter().filter_map(largest).collect();
    if label_points.len() < MIN_AREAS_FOR_OUTLIERS {
        return Vec::new();
    }
    let middle = LonLat::new(
        quantile(label_points.iter().map(|c| c.lon), 0.5),
        quantile(label_points.iter().map(|c| c.lat), 0.5),
    );
    let limit_m = OUTLIER_FACTOR * quantile(label_points.iter().map(|&seat| haversine_m(middle, seat)), 0.75);
    let outlying = |(area, shape): (usize, &MultiPolygon<f64>)| {
        let far: Vec<LonLat> =
            shape.iter().filter_map(centre).filter(|&place| haversine_m(middle, place) > limit_m).collect();
        far.first().map(|&place| GeometryFinding::of_area(Flaw::Outlier, area, far.len(), Some(place)))
    };
    shapes.iter().enumerate().filter_map(outlying).collect()
}

/// The value that the given share of the values does not exceed; there must be at least one.
fn quantile(values: impl Iterator<Item = f64>, share: f64) -> f64 {
    let mut values: Vec<f64> = values.collect();
    values.sort_by(f64::total_cmp);
    values[((values.len() - 1) as f64 * share) as usize]
}
