//! Which areas touch, from the vertices they share.
//!
//! In: outlines in degrees and what counts as touching. Out: a list of neighbours
//! per area. Vertices are the same when they round to one lattice point of the
//! coverage (11 mm); outlines whose vertices lie further apart are not mended here.

use std::collections::BTreeMap;

use geo::{CoordsIter as _, MultiPolygon};

use super::lattice::LatticePoint;

/// What makes two areas neighbours.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Contiguity {
    /// One shared vertex is enough.
    Queen,
    /// A shared edge is needed.
    Rook,
}

/// The neighbours of every area, ascending; empty for an island.
///
/// # Shape
/// One list per outline, positions in `outlines`.
///
/// # Reference
/// L. Anselin, "Spatial Econometrics" (1988), section 3.1.
pub fn contiguous(outlines: &[MultiPolygon<f64>], contiguity: Contiguity) -> Vec<Vec<usize>> {
    let mut lists = vec![Vec::new(); outlines.len()];
    let sharers = match contiguity {
        Contiguity::Queen => sharers(outlines, vertices),
        Contiguity::Rook => sharers(outlines, edges),
    };
    for areas in sharers {
        for &area in &areas {
            lists[area].extend(areas.iter().copied().filter(|&other| other != area));
        }
    }
    for list in &mut lists {
        list.sort_unstable();
        list.dedup();
    }
    lists
}

/// The areas that have each element in common, where there are several.
fn sharers<T: Ord>(outlines: &[MultiPolygon<f64>], elements: fn(&MultiPolygon<f64>) -> Vec<T>) -> Vec<Vec<usize>> {
    let mut holders: BTreeMap<T, Vec<usize>> = BTreeMap::new();
    for (area, outline) in outlines.iter().enumerate() {
        for element in elements(outline) {
            let areas = holders.entry(element).or_default();
            // Areas come in ascending order, so a repeat of the same area can only be the last entry.
            if areas.last() != Some(&area) {
                areas.push(area);
            }
        }
    }
    holders.into_values().filter(|areas| areas.len() > 1).collect()
}

fn vertices(outline: &MultiPolygon<f64>) -> Vec<LatticePoint> {
    outline.coords_iter().filter_map(LatticePoint::nearest).collect()
}

/// Edges with their ends in ascending order: the neighbour walks them the other way.
fn edges(outline: &MultiPolygon<f64>) -> Vec<(LatticePoint, LatticePoint)> {
    let rings = outline.iter().flat_map(|polygon| std::iter::once(polygon.exterior()).chain(polygon.interiors()));
    let lines = rings.flat_map(geo::LineString::lines);
    let ends = lines.filter_map(|line| Some((LatticePoint::nearest(line.start)?, LatticePoint::nearest(line.end)?)));
    ends.filter(|(start, end)| start != end).map(|(start, end)| (start.min(end), start.max(end))).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use geo::{Rect, coord};

    fn square(x: f64, y: f64) -> MultiPolygon<f64> {
        MultiPolygon(vec![Rect::new(coord! { x: x, y: y }, coord! { x: x + 1.0, y: y + 1.0 }).to_polygon()])
    }

    #[test]
    fn rook_needs_an_edge_and_queen_a_corner() {
        let squares = [square(0.0, 0.0), square(1.0, 0.0), square(1.0, 1.0), square(5.0, 5.0)];
        assert_eq!(contiguous(&squares, Contiguity::Queen), [vec![1, 2], vec![0, 2], vec![0, 1], vec![]]);
        assert_eq!(contiguous(&squares, Contiguity::Rook), [vec![1], vec![0, 2], vec![1], vec![]]);
    }

    #[test]
    fn no_outline_has_no_neighbour() {
        assert!(contiguous(&[], Contiguity::Queen).is_empty());
        assert_eq!(contiguous(&[MultiPolygon(vec![])], Contiguity::Rook), [Vec::<usize>::new()]);
    }
}
