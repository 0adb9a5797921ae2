//! How well the areas of one level fill those of the level above.
//!
//! In: outlines of wider areas and of narrower ones, each of which names its wider one. Out: for each wider area the
//! ground of its members that lies outside of it, and its own ground that no member covers. Nothing is changed.

use geo::{BooleanOps as _, MultiPolygon, unary_union};
use rayon::prelude::*;

use crate::geometry::projection::area_km2;

/// How well its members fill an area.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct MemberFit {
    /// How many members have an outline.
    pub members: usize,
    /// The area itself, in square kilometres.
    pub km2: f64,
    /// Ground of members outside of the area.
    pub outside_km2: f64,
    /// Ground of the area that no member covers.
    pub uncovered_km2: f64,
}

/// The fit of every wider area, in the order given; `wider_of[i]` is the wider area of member i, none where it has none.
///
/// # Example
/// ```
/// use binhyen::geometry::coverage::nesting::member_fits;
/// use geo::{MultiPolygon, Rect, coord};
/// let square = |west: f64, east: f64| {
///     MultiPolygon::from(Rect::new(coord! { x: west, y: 0.0 }, coord! { x: east, y: 0.01 }).to_polygon())
/// };
/// let members = [square(0.005, 0.01), square(0.01, 0.0125)];
/// let fits = member_fits(&[square(0.0, 0.01)], &members, &[Some(0), Some(0)]);
/// assert_eq!(fits[0].members, 2);
/// assert!((fits[0].uncovered_km2 / fits[0].km2 - 0.5).abs() < 1e-6);
/// assert!((fits[0].outside_km2 / fits[0].km2 - 0.25).abs() < 1e-6);
/// ```
pub fn member_fits(
    wider: &[MultiPolygon<f64>],
    members: &[MultiPolygon<f64>],
    wider_of: &[Option<usize>],
) -> Vec<MemberFit> {
    let fit = |(index, outline): (usize, &MultiPolygon<f64>)| {
        let own = members.iter().zip(wider_of).filter(|(_, of)| **of == Some(index)).map(|(member, _)| member);
        let own: Vec<&MultiPolygon<f64>> = own.collect();
        let union = unary_union(own.iter().copied());
        MemberFit {
            members: own.len(),
            km2: area_km2(outline),
            outside_km2: area_km2(&union.difference(outline)),
            uncovered_km2: area_km2(&outline.difference(&union)),
        }
    };
    wider.par_iter().enumerate().map(fit).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use geo::{Rect, coord};

    fn square(west: f64, east: f64) -> MultiPolygon<f64> {
        MultiPolygon::from(Rect::new(coord! { x: west, y: 0.0 }, coord! { x: east, y: 1.0 }).to_polygon())
    }

    #[test]
    fn members_that_fill_their_area_leave_nothing() {
        let fits = member_fits(&[square(0.0, 2.0)], &[square(0.0, 1.0), square(1.0, 2.0)], &[Some(0), Some(0)]);
        assert_eq!((fits[0].outside_km2, fits[0].uncovered_km2), (0.0, 0.0));
    }

    #[test]
    fn an_area_without_members_is_uncovered_and_no_area_has_no_fit() {
        let fits = member_fits(&[square(0.0, 1.0)], &[square(0.0, 1.0)], &[None]);
        assert_eq!(fits[0].members, 0);
        assert!((fits[0].uncovered_km2 - fits[0].km2).abs() < 1e-6 * fits[0].km2);
        assert_eq!(member_fits(&[], &[square(0.0, 1.0)], &[Some(0)]), []);
    }
}
