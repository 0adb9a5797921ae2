//! How much of an area lies within reach of any of some places: the exact area of a union of discs inside polygons.
//!
//! In: polygons and discs in local metres. Out: square metres, exact but for rounding; no disc is turned into a
//! polygon. The boundary of the covered part is walked piece by piece and summed by Green's theorem: pieces of
//! polygon edges that lie in a disc, and arcs of circles that lie in a polygon and in no other disc. Knows no
//! degrees, no model and no resident.

use std::f64::consts::TAU;

use super::local_metres::LocalPoint;

/// All places within a distance of a centre.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Disc {
    /// Its middle, in the metres of a local frame.
    pub centre: LocalPoint,
    /// The distance, in metres.
    pub radius_m: f64,
}

impl Disc {
    fn holds(&self, at: LocalPoint) -> bool {
        self.centre.distance_m(at) < self.radius_m
    }

    /// Whether the other disc lies wholly in this one.
    fn contains_disc(&self, other: &Self) -> bool {
        self.centre.distance_m(other.centre) + other.radius_m <= self.radius_m
    }

    fn at(&self, angle: f64) -> LocalPoint {
        let (sine, cosine) = angle.sin_cos();
        LocalPoint { x_m: self.centre.x_m + self.radius_m * cosine, y_m: self.centre.y_m + self.radius_m * sine }
    }

    /// Half the integral of x dy − y dx along the circle from one angle to another.
    fn arc_integral_m2(&self, from: f64, to: f64) -> f64 {
        let (start, end) = (self.at(from), self.at(to));
        // With x = cx + r·cos t and y = cy + r·sin t the integrand x·y′ − y·x′ is r² + r·(cx·cos t + cy·sin t);
        // the second part integrates to cx·Δy − cy·Δx.
        let turned = self.radius_m * self.radius_m * (to - from);
        let moved = self.centre.x_m * (end.y_m - start.y_m) - self.centre.y_m * (end.x_m - start.x_m);
        f64::midpoint(turned, moved)
    }
}

/// Directed edges that keep the area on their left: shells run against the clock, holes with it.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct LocalArea {
    edges: Vec<(LocalPoint, LocalPoint)>,
}

impl LocalArea {
    /// The area of closed rings, each with the turn that it shall have.
    pub fn new(rings: impl IntoIterator<Item = (Turn, Vec<LocalPoint>)>) -> Self {
        let mut edges = Vec::new();
        for (turn, mut ring) in rings {
            let is_left = ring_area_m2(&ring) > 0.0;
            if is_left != (turn == Turn::Left) {
                ring.reverse();
            }
            edges.extend(ring.windows(2).map(|pair| (pair[0], pair[1])));
        }
        Self { edges }
    }

    /// Its size, in square metres.
    pub fn area_m2(&self) -> f64 {
        self.edges.iter().map(|(start, end)| cross_m2(*start, *end)).sum::<f64>() / 2.0
    }

    /// Whether a ray to the east leaves the area, counted by its crossings.
    fn holds(&self, at: LocalPoint) -> bool {
        let crossed = self.edges.iter().filter(|(start, end)| {
            // Half open in y: a vertex at the height of the ray counts for one of its two edges, never for both or
            // none.
            let spans = (start.y_m > at.y_m) != (end.y_m > at.y_m);
            spans && at.x_m < start.x_m + (at.y_m - start.y_m) / (end.y_m - start.y_m) * (end.x_m - start.x_m)
        });
        crossed.count() % 2 == 1
    }
}

/// Which way round a ring runs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Turn {
    /// Against the clock: a shell.
    Left,
    /// With the clock: a hole.
    Right,
}

/// The part of an area that lies in at least one disc.
///
/// # Units
/// Square metres.
///
/// # Example
/// ```
/// use binhyen::geometry::disc_union::{Disc, LocalArea, Turn, covered_area_m2};
/// use binhyen::geometry::local_metres::LocalPoint;
/// let at = |x_m: f64, y_m: f64| LocalPoint { x_m, y_m };
/// let square = [at(0.0, 0.0), at(100.0, 0.0), at(100.0, 100.0), at(0.0, 100.0), at(0.0, 0.0)];
/// let square = LocalArea::new([(Turn::Left, square.to_vec())]);
/// let corner = Disc { centre: at(0.0, 0.0), radius_m: 10.0 };
/// let quarter = std::f64::consts::PI * 100.0 / 4.0;
/// assert!((covered_area_m2(&square, &[corner]) - quarter).abs() < 1e-9);
/// ```
///
/// # Reference
/// Green's theorem; for unions of balls in any dimension D. Avis, B. K. Bhattacharya and H. Imai, "Computing the
/// volume of the union of spheres", The Visual Computer 3 (1988). Every pair is tried: an area meets few discs.
pub fn covered_area_m2(area: &LocalArea, discs: &[Disc]) -> f64 {
    let discs = outermost(discs);
    // Green: the area is half the integral of x dy − y dx along its border. The border of the covered part is made
    // of pieces of edges inside the union and pieces of circles inside the polygon and outside all other discs,
    // each walked with the covered part on its left.
    let along_edges: f64 = area.edges.iter().map(|(start, end)| covered_edge_integral_m2(*start, *end, &discs)).sum();
    let along_arcs: f64 = (0..discs.len()).map(|index| free_arc_integral_m2(area, &discs, index)).sum();
    (along_edges + along_arcs).max(0.0)
}

/// The discs that no other one contains, in a fixed order; of equal ones the first.
fn outermost(discs: &[Disc]) -> Vec<Disc> {
    let mut sorted = discs.to_vec();
    let key = |disc: &Disc| (-disc.radius_m, disc.centre.x_m, disc.centre.y_m);
    // Largest first: a disc can only lie inside one before it, and of equal discs the first is kept. So no circle
    // is counted twice.
    sorted.sort_by(|a, b| {
        let (a, b) = (key(a), key(b));
        a.0.total_cmp(&b.0).then(a.1.total_cmp(&b.1)).then(a.2.total_cmp(&b.2))
    });
    let mut kept: Vec<Disc> = Vec::new();
    for disc in sorted.into_iter().filter(|disc| disc.radius_m > 0.0) {
        if !kept.iter().any(|larger| larger.contains_disc(&disc)) {
            kept.push(disc);
        }
    }
    kept
}

fn cross_m2(a: LocalPoint, b: LocalPoint) -> f64 {
    a.x_m * b.y_m - b.x_m * a.y_m
}

fn ring_area_m2(ring: &[LocalPoint]) -> f64 {
    ring.windows(2).map(|pair| cross_m2(pair[0], pair[1])).sum::<f64>() / 2.0
}

fn between(start: LocalPoint, end: LocalPoint, part: f64) -> LocalPoint {
    LocalPoint { x_m: start.x_m + part * (end.x_m - start.x_m), y_m: start.y_m + part * (end.y_m - start.y_m) }
}

/// Half the integral of x dy − y dx along the pieces of an edge that lie in a disc.
fn covered_edge_integral_m2(start: LocalPoint, end: LocalPoint, discs: &[Disc]) -> f64 {
    let near: Vec<&Disc> = discs.iter().filter(|disc| may_meet(disc, start, end)).collect();
    if near.is_empty() {
        return 0.0;
    }
    let mut cuts = vec![0.0, 1.0];
    cuts.extend(near.iter().flat_map(|disc| edge_cuts(disc, start, end)).filter(|part| (0.0..1.0).contains(part)));
    cuts.sort_by(f64::total_cmp);
    // Between two cuts no circle is crossed, so the middle of a piece decides for all of it.
    let pieces = cuts.windows(2).filter(|pair| {
        let middle = between(start, end, f64::midpoint(pair[0], pair[1]));
        near.iter().any(|disc| disc.holds(middle))
    });
    pieces.map(|pair| cross_m2(between(start, end, pair[0]), between(start, end, pair[1])) / 2.0).sum()
}

/// Whether the boxes of a disc and an edge overlap.
fn may_meet(disc: &Disc, start: LocalPoint, end: LocalPoint) -> bool {
    let (centre, radius_m) = (disc.centre, disc.radius_m);
    let apart =
        |one: f64, other: f64, middle: f64| one.max(other) < middle - radius_m || one.min(other) > middle + radius_m;
    !apart(start.x_m, end.x_m, centre.x_m) && !apart(start.y_m, end.y_m, centre.y_m)
}

/// Where a line through two points meets a circle, as parts of the way from the first to the second.
fn edge_cuts(disc: &Disc, start: LocalPoint, end: LocalPoint) -> impl Iterator<Item = f64> {
    let (dx, dy) = (end.x_m - start.x_m, end.y_m - start.y_m);
    let (fx, fy) = (start.x_m - disc.centre.x_m, start.y_m - disc.centre.y_m);
    let (a, half_b) = (dx * dx + dy * dy, fx * dx + fy * dy);
    let discriminant = half_b * half_b - a * (fx * fx + fy * fy - disc.radius_m * disc.radius_m);
    // A tangent line is cut nowhere: both sides of the touch lie outside the disc alike.
    let root = (a > 0.0 && discriminant > 0.0).then(|| discriminant.sqrt());
    root.into_iter().flat_map(move |root| [(-half_b - root) / a, (-half_b + root) / a])
}

/// Half the integral of x dy − y dx along the arcs of a circle that lie in the area and in no other disc.
fn free_arc_integral_m2(area: &LocalArea, discs: &[Disc], index: usize) -> f64 {
    let disc = discs[index];
    let others: Vec<&Disc> = discs.iter().enumerate().filter(|(other, _)| *other != index).map(|(_, d)| d).collect();
    let mut cuts = vec![0.0, TAU];
    cuts.extend(others.iter().flat_map(|other| circle_cuts(&disc, other)));
    let edges = area.edges.iter().filter(|(start, end)| may_meet(&disc, *start, *end));
    cuts.extend(edges.flat_map(|(start, end)| {
        let within = edge_cuts(&disc, *start, *end).filter(|part| (0.0..=1.0).contains(part));
        within.map(|part| angle_of(&disc, between(*start, *end, part)))
    }));
    cuts.sort_by(f64::total_cmp);
    // Neither another circle nor an edge is met between two cuts, so the middle of an arc decides for all of it.
    let arcs = cuts.windows(2).filter(|pair| {
        let middle = disc.at(f64::midpoint(pair[0], pair[1]));
        !others.iter().any(|other| other.holds(middle)) && area.holds(middle)
    });
    arcs.map(|pair| disc.arc_integral_m2(pair[0], pair[1])).sum()
}

/// The angles of a circle at which it meets another.
fn circle_cuts(disc: &Disc, other: &Disc) -> impl Iterator<Item = f64> + use<> {
    let apart_m = disc.centre.distance_m(other.centre);
    let meets = apart_m < disc.radius_m + other.radius_m && apart_m > (disc.radius_m - other.radius_m).abs();
    let (r, s) = (disc.radius_m, other.radius_m);
    // The law of cosines in the triangle of both centres and one meeting point; rounding can push the cosine past
    // 1 where the circles just touch.
    let opening = ((apart_m * apart_m + r * r - s * s) / (2.0 * apart_m * r)).clamp(-1.0, 1.0).acos();
    let towards = angle_of(disc, other.centre);
    meets.then_some([towards - opening, towards + opening]).into_iter().flatten().map(|angle| angle.rem_euclid(TAU))
}

fn angle_of(disc: &Disc, at: LocalPoint) -> f64 {
    (at.y_m - disc.centre.y_m).atan2(at.x_m - disc.centre.x_m).rem_euclid(TAU)
}

#[cfg(test)]
mod tests {
    use std::f64::consts::PI;

    use proptest::prelude::*;

    use super::*;

    fn at(x_m: f64, y_m: f64) -> LocalPoint {
        LocalPoint { x_m, y_m }
    }

    fn disc(x_m: f64, y_m: f64, radius_m: f64) -> Disc {
        Disc { centre: at(x_m, y_m), radius_m }
    }

    fn ring(west: f64, south: f64, side: f64) -> Vec<LocalPoint> {
        let (east, north) = (west + side, south + side);
        vec![at(west, south), at(east, south), at(east, north), at(west, north), at(west, south)]
    }

    fn square() -> LocalArea {
        LocalArea::new([(Turn::Left, ring(0.0, 0.0, 1_000.0))])
    }

    fn is(area: &LocalArea, discs: &[Disc], expected_m2: f64) {
        let found_m2 = covered_area_m2(area, discs);
        assert!((found_m2 - expected_m2).abs() < 1e-6, "{found_m2} is not {expected_m2}");
    }

    #[test]
    fn disc_inside_covers_its_own_area() {
        is(&square(), &[disc(500.0, 400.0, 100.0)], PI * 1e4);
        is(&square(), &[disc(500.0, 400.0, 100.0), disc(500.0, 400.0, 100.0)], PI * 1e4);
        is(&square(), &[disc(500.0, 400.0, 100.0), disc(520.0, 400.0, 30.0)], PI * 1e4);
    }

    #[test]
    fn two_discs_cover_their_sum_less_the_lens() {
        // Centres one radius apart: the lens is r²(2π/3 − √3/2).
        let lens_m2 = 1e4 * (TAU / 3.0 - 3.0_f64.sqrt() / 2.0);
        is(&square(), &[disc(400.0, 500.0, 100.0), disc(500.0, 500.0, 100.0)], 2.0 * PI * 1e4 - lens_m2);
    }

    #[test]
    fn disc_over_a_border_counts_on_each_side_of_it() {
        let beside = LocalArea::new([(Turn::Left, ring(1_000.0, 0.0, 1_000.0))]);
        is(&square(), &[disc(1_000.0, 500.0, 100.0)], PI * 1e4 / 2.0);
        is(&beside, &[disc(1_000.0, 500.0, 100.0)], PI * 1e4 / 2.0);
        // The segment beyond a chord at half the radius: r²(π/3 − √3/4).
        let segment_m2 = 1e4 * (PI / 3.0 - 3.0_f64.sqrt() / 4.0);
        is(&beside, &[disc(950.0, 500.0, 100.0)], segment_m2);
    }

    #[test]
    fn disc_around_everything_covers_everything_once() {
        is(&square(), &[disc(500.0, 500.0, 2_000.0), disc(400.0, 500.0, 1_900.0)], 1e6);
        assert!((square().area_m2() - 1e6).abs() < 1e-9);
    }

    #[test]
    fn holes_are_not_covered_whatever_way_rings_are_given() {
        let mut hole = ring(450.0, 450.0, 100.0);
        hole.reverse();
        let area = LocalArea::new([(Turn::Left, ring(0.0, 0.0, 1_000.0)), (Turn::Right, hole)]);
        is(&area, &[disc(500.0, 500.0, 200.0)], PI * 4e4 - 1e4);
        is(&area, &[disc(500.0, 500.0, 40.0)], 0.0);
        let turned = ring(0.0, 0.0, 1_000.0).into_iter().rev().collect();
        assert_eq!(LocalArea::new([(Turn::Left, turned)]).area_m2(), 1e6);
    }

    #[test]
    fn nothing_is_covered_by_nothing_or_far_away() {
        is(&square(), &[], 0.0);
        is(&square(), &[disc(500.0, 500.0, 0.0)], 0.0);
        is(&square(), &[disc(5_000.0, 500.0, 100.0)], 0.0);
        is(&LocalArea::default(), &[disc(0.0, 0.0, 100.0)], 0.0);
    }

    /// The share of a jittered grid of points, from a fixed sequence, that lies in a disc.
    fn sampled_share(discs: &[Disc]) -> f64 {
        const SIDE: usize = 200;
        let mut state = 0x9E37_79B9_7F4A_7C15_u64;
        let mut jitter = || {
            state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            (state >> 11) as f64 / (1_u64 << 53) as f64
        };
        let cell = 1_000.0 / SIDE as f64;
        let mut hits = 0;
        for index in 0..SIDE * SIDE {
            let x_m = ((index % SIDE) as f64 + jitter()) * cell;
            let y_m = ((index / SIDE) as f64 + jitter()) * cell;
            hits += usize::from(discs.iter().any(|disc| disc.holds(at(x_m, y_m))));
        }
        hits as f64 / (SIDE * SIDE) as f64
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(48))]

        #[test]
        fn covered_share_agrees_with_monte_carlo(
            raw in prop::collection::vec((-200.0_f64..1_200.0, -200.0_f64..1_200.0, 20.0_f64..400.0), 0..12),
        ) {
            let discs: Vec<Disc> = raw.iter().map(|(x, y, r)| disc(*x, *y, *r)).collect();
            let share = covered_area_m2(&square(), &discs) / 1e6;
            // Only cells on the edge of the union vary: 40,000 jittered points stray by less than 0.002.
            prop_assert!((share - sampled_share(&discs)).abs() < 0.002, "{share}");
            let mut reversed = discs.clone();
            reversed.reverse();
            prop_assert_eq!(covered_area_m2(&square(), &reversed) / 1e6, share);
            prop_assert!((0.0..=1.0 + 1e-9).contains(&share));
        }
    }
}
