//! The rings of every area on the whole-number grid of one zoom, ready to be cut into tiles.
//!
//! Goes in: a [`Simplification`] and any coverage on its arcs (communes, or districts dissolved from them).
//! Comes out: polygons without self-crossing, shells and holes wound as vector tiles require (shells clockwise on
//! screen). Where rounding lays borders on one another the rings are traced anew from their edges, so rings at
//! most touch at vertices. What an area loses its neighbour gains: the sum of all areas is that of the outer
//! border. Only an area that would vanish altogether is drawn as a least diamond over its neighbours.

use std::ops::RangeInclusive;
use std::sync::Arc;

use rayon::prelude::*;
use thiserror::Error;

use crate::geometry::coverage::snap_round::{RoundedLines, rounded_lines};
use crate::geometry::coverage::trace::clean_rings;
use crate::geometry::coverage::{ArcUse, BorderArc, Coverage, extend_with_arc};
use crate::geometry::projection::{GridPoint, ZoomGrid};
use crate::geometry::simplify::Simplification;
use crate::geometry::validity::ring::{doubled_area, nest_rings};

/// A polygon on a zoom's grid; rings without their closing vertex.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct GridPolygon {
    /// Outer ring: positive area where y grows southwards, clockwise on screen.
    pub shell: Vec<GridPoint>,
    /// Inner rings, wound the other way.
    pub holes: Vec<Vec<GridPoint>>,
}

/// A box on a zoom's grid, its edges included.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct GridBounds {
    /// North-west corner.
    pub min: GridPoint,
    /// South-east corner.
    pub max: GridPoint,
}

/// How an area came through at a zoom.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ZoomForm {
    /// Its own shape.
    Shape,
    /// Too small for the grid: a diamond of two square units stands for it, lying over its neighbours.
    Diamond,
    /// The area has no usable ring at all.
    Empty,
}

/// One area at one zoom.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ZoomArea {
    /// Its polygons, largest first.
    pub polygons: Vec<GridPolygon>,
    /// The box around them; none for an area without any ring.
    pub bounds: Option<GridBounds>,
    /// How it came through.
    pub form: ZoomForm,
}

impl ZoomArea {
    /// An area from its polygons and the way it came through.
    pub fn new(polygons: Vec<GridPolygon>, form: ZoomForm) -> Self {
        let bounds = bounds_of(polygons.iter().flat_map(|polygon| polygon.shell.iter().copied()));
        Self { polygons, bounds, form }
    }

    /// Twice the enclosed area in square grid units, an exact whole number.
    pub fn doubled_area(&self) -> i64 {
        let rings = self.polygons.iter().flat_map(|polygon| std::iter::once(&polygon.shell).chain(&polygon.holes));
        rings.map(|ring| doubled_area(ring) as i64).sum()
    }
}

/// All areas of one coverage at one zoom.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ZoomGeometry {
    /// The grid the vertices count on.
    pub grid: ZoomGrid,
    /// Areas in the coverage's order.
    pub areas: Vec<ZoomArea>,
}

/// A coverage was given that does not share the arcs that were simplified.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
#[error("the coverage uses other arcs: expected the simplified coverage or one dissolved from it")]
pub struct ArcMismatch;

/// All arcs at one zoom, rounded to its grid.
#[derive(Debug, Clone)]
pub struct ZoomArcs {
    grid: ZoomGrid,
    source: Arc<[BorderArc]>,
    rounded: RoundedLines,
}

impl ZoomArcs {
    /// The arcs of a simplification at one zoom.
    pub fn new(simplification: &Simplification, grid: ZoomGrid) -> Self {
        let rounded = rounded_lines(&simplification.lines_at(grid));
        Self { grid, source: Arc::clone(&simplification.source), rounded }
    }

    /// Pairs of edges that cross in spite of all mending; none on any input seen so far.
    pub fn crossings(&self) -> usize {
        self.rounded.crossings
    }

    /// Vertices of all arcs at this zoom.
    pub fn vertex_count(&self) -> usize {
        self.rounded.lines.iter().map(Vec::len).sum()
    }

    /// The areas of a coverage that stands on these arcs.
    ///
    /// # Errors
    /// Fails when the coverage stands on other arcs.
    pub fn geometry(&self, coverage: &Coverage) -> Result<ZoomGeometry, ArcMismatch> {
        if !Arc::ptr_eq(&self.source, &coverage.arcs) {
            return Err(ArcMismatch);
        }
        let areas = (0..coverage.len()).into_par_iter().map(|area| self.area(coverage, area)).collect();
        Ok(ZoomGeometry { grid: self.grid, areas })
    }

    fn area(&self, coverage: &Coverage, area: usize) -> ZoomArea {
        let parts = coverage.parts(area);
        let rings = parts.iter().flat_map(|part| std::iter::once(&part.shell).chain(&part.holes));
        let rings: Vec<Vec<GridPoint>> = rings.map(|uses| self.ring(uses)).collect();
        let polygons: Vec<GridPolygon> = nest_rings(clean_rings(&rings), Vec::clone)
            .into_iter()
            .map(|nested| GridPolygon { shell: nested.shell, holes: nested.holes })
            .collect();
        let (polygons, form) = match largest(&rings) {
            _ if !polygons.is_empty() => (polygons, ZoomForm::Shape),
            Some(ring) => (vec![diamond(ring)], ZoomForm::Diamond),
            None => (Vec::new(), ZoomForm::Empty),
        };
        ZoomArea::new(polygons, form)
    }

    /// A ring's vertices, turned round because the grid's y grows southwards.
    fn ring(&self, uses: &[ArcUse]) -> Vec<GridPoint> {
        let mut points = Vec::new();
        for use_ in uses {
            let line = &self.rounded.lines[use_.arc.index()];
            extend_with_arc(&mut points, line, use_.direction);
            // An arc that rounding drew together is a single vertex. The ring must still pass through it, or its
            // two neighbours would be joined by an edge that the other side does not have.
            if let (1, Some(&only)) = (line.len(), line.first()) {
                points.push(only);
            }
        }
        points.reverse();
        points.dedup();
        // Rings carry no closing vertex; rounding can lay several of the last ones on the first.
        while points.len() > 1 && points.first() == points.last() {
            points.pop();
        }
        points
    }
}

/// Every coverage at every zoom of a range, computed in parallel: one list per zoom, in the coverages' order.
///
/// # Errors
/// Fails when a coverage stands on other arcs than the simplification, or a zoom has no grid (it is left out).
pub fn pyramid(
    simplification: &Simplification,
    coverages: &[&Coverage],
    zooms: RangeInclusive<u8>,
) -> Result<Vec<Vec<ZoomGeometry>>, ArcMismatch> {
    let grids: Vec<ZoomGrid> = zooms.filter_map(|zoom| ZoomGrid::new(zoom).ok()).collect();
    let at_zoom = |grid: ZoomGrid| {
        let arcs = ZoomArcs::new(simplification, grid);
        coverages.iter().map(|coverage| arcs.geometry(coverage)).collect()
    };
    // The deep zooms are the heavy ones: they go first so that the cores end together.
    let mut by_zoom: Vec<Vec<ZoomGeometry>> =
        grids.into_par_iter().rev().with_max_len(1).map(at_zoom).collect::<Result<_, _>>()?;
    by_zoom.reverse();
    Ok(by_zoom)
}

fn largest(rings: &[Vec<GridPoint>]) -> Option<&Vec<GridPoint>> {
    rings.iter().filter(|ring| !ring.is_empty()).max_by_key(|ring| ring.len())
}

/// The smallest ring around the middle of a collapsed one.
fn diamond(ring: &[GridPoint]) -> GridPolygon {
    let Some(GridBounds { min, max }) = bounds_of(ring.iter().copied()) else { return GridPolygon::default() };
    // Four unit steps around a grid point enclose two square units, the smallest ring that is not a sliver and
    // keeps its centre.
    let (x, y) = (i32::midpoint(min.x, max.x), i32::midpoint(min.y, max.y));
    let at = |dx: i32, dy: i32| GridPoint { x: x + dx, y: y + dy };
    GridPolygon { shell: vec![at(1, 0), at(0, 1), at(-1, 0), at(0, -1)], holes: Vec::new() }
}

fn bounds_of(points: impl Iterator<Item = GridPoint>) -> Option<GridBounds> {
    points.map(|point| GridBounds { min: point, max: point }).reduce(|a, b| GridBounds {
        min: GridPoint { x: a.min.x.min(b.min.x), y: a.min.y.min(b.min.y) },
        max: GridPoint { x: a.max.x.max(b.max.x), y: a.max.y.max(b.max.y) },
    })
}
