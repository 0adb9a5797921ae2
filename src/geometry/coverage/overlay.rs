//! Which area of one set holds most of each area of another: the way from one boundary edition to the next.
//!
//! In: two sets of areas in degrees. Out: for each area of the first the area of the second that covers the
//! largest part of it, with that part. Areas of the two sets that do not touch are never cut against each other.
//! A set is not repaired here, and what a part means for counts is the caller's business.

use geo::{Area as _, BooleanOps as _, BoundingRect as _, MultiPolygon, Rect};
use rayon::prelude::*;
use rstar::primitives::{GeomWithData, Rectangle};
use rstar::{AABB, RTree};

/// The area that covers the largest part of another.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Dominant {
    /// The index of the covering area in its set.
    pub area: usize,
    /// The part that it covers, from above 0 to 1.
    pub share: f64,
}

/// For each area of `from` the area of `onto` that covers the largest part of it; of equal parts the first.
/// `None` where nothing covers any of it.
///
/// # Units
/// Degrees; a part is a quotient of plane areas, which the narrowing of a degree of longitude across one
/// commune changes by less than a thousandth.
///
/// # Example
/// ```
/// use binhyen::geometry::coverage::overlay::dominant_areas;
/// use geo::{MultiPolygon, Rect, coord};
/// let square = |west: f64, east: f64| {
///     MultiPolygon::from(Rect::new(coord! { x: west, y: 0.0 }, coord! { x: east, y: 1.0 }).to_polygon())
/// };
/// let found = dominant_areas(&[square(0.0, 1.0)], &[square(-1.0, 0.25), square(0.25, 2.0)]);
/// let dominant = found[0].unwrap();
/// assert_eq!(dominant.area, 1);
/// assert!((dominant.share - 0.75).abs() < 1e-9);
/// ```
pub fn dominant_areas(from: &[MultiPolygon<f64>], onto: &[MultiPolygon<f64>]) -> Vec<Option<Dominant>> {
    let boxes = onto.iter().enumerate().filter_map(|(index, shape)| Some(GeomWithData::new(envelope(shape)?, index)));
    let tree = RTree::bulk_load(boxes.collect());
    from.par_iter().map(|shape| dominant_of(shape, onto, &tree)).collect()
}

type Boxes = RTree<GeomWithData<Rectangle<[f64; 2]>, usize>>;

fn dominant_of(shape: &MultiPolygon<f64>, onto: &[MultiPolygon<f64>], tree: &Boxes) -> Option<Dominant> {
    let whole = shape.unsigned_area();
    let rect = shape.bounding_rect().filter(|_| whole > 0.0)?;
    let met = tree.locate_in_envelope_intersecting(AABB::from_corners(corner(rect.min()), corner(rect.max())));
    let mut indices: Vec<usize> = met.map(|candidate| candidate.data).collect();
    // The tree gives its hits in an order of its own; sorted, and with ties going to the first, equal parts are
    // decided by the areas' order alone.
    indices.sort_unstable();
    let parts = indices
        .into_iter()
        .map(|area| Dominant { area, share: (shape.intersection(&onto[area]).unsigned_area() / whole).min(1.0) });
    let larger = |best: Option<Dominant>, next: Dominant| match best {
        Some(best) if best.share >= next.share => Some(best),
        _ => Some(next),
    };
    parts.filter(|part| part.share > 0.0).fold(None, larger)
}

fn envelope(shape: &MultiPolygon<f64>) -> Option<Rectangle<[f64; 2]>> {
    let rect: Rect<f64> = shape.bounding_rect()?;
    Some(Rectangle::from_corners(corner(rect.min()), corner(rect.max())))
}

fn corner(at: geo::Coord<f64>) -> [f64; 2] {
    [at.x, at.y]
}

#[cfg(test)]
mod tests {
    use geo::coord;

    use super::*;

    fn square(west: f64, east: f64) -> MultiPolygon<f64> {
        MultiPolygon::from(Rect::new(coord! { x: west, y: 0.0 }, coord! { x: east, y: 1.0 }).to_polygon())
    }

    #[test]
    fn of_equal_parts_the_first_area_wins() {
        let found = dominant_areas(&[square(0.0, 2.0)], &[square(0.0, 1.0), square(1.0, 2.0)]);
        assert_eq!(found[0].map(|dominant| dominant.area), Some(0));
    }

    #[test]
    fn area_that_only_touches_covers_nothing() {
        assert_eq!(dominant_areas(&[square(0.0, 1.0)], &[square(1.0, 2.0)]), [None]);
    }

    #[test]
    fn nothing_covers_nothing() {
        assert_eq!(dominant_areas(&[], &[square(0.0, 1.0)]), []);
        assert_eq!(dominant_areas(&[square(0.0, 1.0)], &[]), [None]);
        assert_eq!(dominant_areas(&[MultiPolygon::new(vec![])], &[square(0.0, 1.0)]), [None]);
    }
}
