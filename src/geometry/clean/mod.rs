//! Makes areas of one level meet: narrow overlaps and gaps go to one area each, wide ones are told.
//!
//! In: areas in the order of their codes, in degrees, and a width in metres. Out: outlines that tile the ground wherever
//! nothing wider than the width was wrong, and every piece of ground that was not exactly one area's, with who got it.
//! A gap between more than two areas is several pieces, each between the same ones, so that areas stay neighbours.
//! The rule: a piece goes to the area with the longer shared border with it, of equal ones to the one that comes first;
//! an area that would lose all its ground keeps what it claims. No outline is simplified, smoothed or moved elsewhere.
//!
//! Where a slot is closed its mouth becomes a border, which may leave a narrower one beside it; so what came out is cleaned
//! again until nothing more is given away.

mod chords;
mod edges;
mod neighbours;
mod outlines;
mod pieces;
mod plane_graph;

use std::cmp::Ordering;
use std::collections::BTreeSet;

use geo::MultiPolygon;

use super::coverage::Coverage;
use super::coverage::build::noded_rings;
use chords::chords;
use edges::{edges_of_rings, noded, unshared_edges};
use neighbours::areas_beside;
use outlines::Settled;
pub use pieces::{Piece, PieceKind};
use pieces::{PieceFaces, gaps, is_wider, overlaps};
use plane_graph::PlaneGraph;

/// Rounds after which what is left stays: each closes what the one before opened, which is a fraction as wide.
const MOST_ROUNDS: usize = 8;

/// Areas that meet, and what was done for it.
#[derive(Debug, Clone, PartialEq)]
pub struct Cleaned {
    /// The areas in the order given.
    pub areas: Vec<MultiPolygon<f64>>,
    /// Every overlap and gap that was found, those that were given away and those that were left, the largest first.
    pub pieces: Vec<Piece>,
}

/// Why areas cannot be cleaned.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("{crossings} crossings of borders could not be resolved on the lattice")]
pub struct CleanError {
    /// Crossings that are left.
    pub crossings: usize,
}

/// The areas with overlaps and gaps up to a width in metres given to one area each.
///
/// # Errors
/// When borders cross in more places than can be told apart.
///
/// # Example
/// ```
/// use binhyen::geometry::clean::cleaned;
/// use geo::{MultiPolygon, Rect, coord};
/// let square = |west: f64, east: f64| {
///     MultiPolygon::from(Rect::new(coord! { x: west, y: 0.0 }, coord! { x: east, y: 0.1 }).to_polygon())
/// };
/// let apart = [square(0.0, 0.1), square(0.1001, 0.2)]; // 11 m apart
/// let cleaned = cleaned(&apart, 20.0)?;
/// assert_eq!(cleaned.pieces.len(), 1);
/// assert_eq!(cleaned.pieces[0].winner, Some(0)); // both borders are as long: the first
/// assert!((cleaned.pieces[0].width_m - 11.1).abs() < 0.3);
/// # Ok::<(), binhyen::geometry::clean::CleanError>(())
/// ```
pub fn cleaned(areas: &[MultiPolygon<f64>], width_m: f64) -> Result<Cleaned, CleanError> {
    let mut found = cleaned_once(areas, width_m)?;
    let mut is_settled = found.is_settled();
    for _ in 1..MOST_ROUNDS {
        if is_settled {
            break;
        }
        let next = cleaned_once(&found.areas, width_m)?;
        is_settled = next.is_settled();
        found.areas = next.areas;
        found.pieces.extend(next.pieces.into_iter().filter(|piece| piece.winner.is_some()));
    }
    found.pieces.sort_by(largest_first);
    Ok(found)
}

impl Cleaned {
    /// Whether nothing was given away.
    fn is_settled(&self) -> bool {
        self.pieces.iter().all(|piece| piece.winner.is_none())
    }
}

fn cleaned_once(areas: &[MultiPolygon<f64>], width_m: f64) -> Result<Cleaned, CleanError> {
    let rings = noded_rings(areas);
    let graph = with_chords(graph(&edges_of_rings(&rings))?, width_m)?;
    let mut pieces = all_pieces(&graph, width_m);
    keep_all_areas(&graph, &mut pieces, areas.len());
    let settled = Settled::new(&graph, &pieces);
    let given_away = pieces.iter().map(|found| &found.piece).filter(|piece| piece.winner.is_some());
    let changed: BTreeSet<usize> =
        given_away.flat_map(|piece| piece.areas.iter().copied().chain(piece.winner)).collect();
    let areas = settled.outlines(areas, &changed);
    Ok(Cleaned { areas, pieces: pieces.into_iter().map(|found| found.piece).collect() })
}

/// Every overlap and gap of the areas, as [`cleaned`] would treat them with this width.
///
/// # Errors
/// When borders cross in more places than can be told apart.
pub fn pieces(areas: &[MultiPolygon<f64>], width_m: f64) -> Result<Vec<Piece>, CleanError> {
    let graph = with_chords(graph(&edges_of_rings(&noded_rings(areas)))?, width_m)?;
    Ok(sorted(all_pieces(&graph, width_m)))
}

fn all_pieces(graph: &PlaneGraph, width_m: f64) -> Vec<PieceFaces> {
    let mut pieces = overlaps(graph, width_m);
    pieces.extend(gaps(graph, width_m));
    pieces
}

/// Gaps up to a width in metres that lie between areas of a coverage and are open at an end; nobody is their winner.
///
/// Empty where borders cross in more places than can be told apart.
pub fn open_gaps(coverage: &Coverage, width_m: f64) -> Vec<Piece> {
    let found = graph(&unshared_edges(coverage)).and_then(|graph| with_chords(graph, width_m));
    let found = found.map_or_else(|_| Vec::new(), |graph| gaps(&graph, width_m));
    let open = found.into_iter().filter(|found| found.piece.kind == PieceKind::OpenGap);
    let unowned = open.map(|found| PieceFaces { piece: Piece { winner: None, ..found.piece }, ..found });
    sorted(unowned.collect())
}

fn graph(edges: &[edges::Edge]) -> Result<PlaneGraph, CleanError> {
    let noded = noded(edges);
    if noded.crossings > 0 {
        return Err(CleanError { crossings: noded.crossings });
    }
    Ok(PlaneGraph::new(noded.edges))
}

/// The graph with empty ground cut wherever borders of two areas come near each other; a narrow gap between two areas
/// needs no cut.
fn with_chords(graph_: PlaneGraph, width_m: f64) -> Result<PlaneGraph, CleanError> {
    let empty = (0..graph_.faces.len()).filter(|&face| graph_.faces[face].is_empty_ground());
    let is_cut = |&face: &usize| areas_beside(&graph_, face).len() > 2 || is_wider(&graph_, face, width_m);
    let chords = chords(&graph_, &empty.filter(is_cut).collect::<Vec<usize>>(), width_m);
    if chords.is_empty() {
        return Ok(graph_);
    }
    graph(&graph_.edges.iter().cloned().chain(chords).collect::<Vec<_>>())
}

/// Gives areas that would be left without ground the pieces that they claim.
fn keep_all_areas(graph: &PlaneGraph, pieces: &mut [PieceFaces], areas: usize) {
    for area in Settled::new(graph, pieces).without_ground(areas) {
        for found in pieces.iter_mut().filter(|found| found.piece.kind == PieceKind::Overlap) {
            if found.piece.winner.is_some() && found.piece.areas.contains(&area) {
                found.piece.winner = Some(area);
            }
        }
    }
}

fn sorted(found: Vec<PieceFaces>) -> Vec<Piece> {
    let mut pieces: Vec<Piece> = found.into_iter().map(|found| found.piece).collect();
    pieces.sort_by(largest_first);
    pieces
}

fn largest_first(a: &Piece, b: &Piece) -> Ordering {
    a.kind.cmp(&b.kind).then_with(|| b.km2.total_cmp(&a.km2))
}
