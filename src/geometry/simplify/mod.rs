//! Which vertices of each arc are drawn from which zoom on.
//!
//! One run of Visvalingam's method over all arcs at once: vertices fall in the order of the triangle they form
//! with their two neighbours, first those too small for zoom 14, then for zoom 13, and so on, so every zoom
//! keeps a subset of the next one's vertices. From [`FULL_DETAIL_ZOOM`] on nothing falls. Nodes never fall, and
//! a vertex stays while another one lies in its triangle, or when its fall would lay one arc on another or
//! flatten a closed arc: so no border crosses another and no area vanishes by simplification. Because an arc
//! is the border of both its areas, they always keep the same vertices. Rounding to whole grid units is the
//! next step, in `snap_round`.

pub mod zoom_geometry;

use std::cmp::{Ordering, Reverse};
use std::collections::{BinaryHeap, HashSet};
use std::sync::Arc;

use robust::{Coord, orient2d};
use rstar::primitives::GeomWithData;
use rstar::{AABB, RTree};

use crate::geometry::coverage::{ArcIndex, BorderArc, Coverage};
use crate::geometry::projection::{MAX_ZOOM, UnroundedGridPoint, ZoomGrid};

/// A vertex falls at a zoom when its triangle is smaller than this many square grid units.
///
/// A tile is 4096 units or 512 CSS pixels wide, so twenty square units are a third of a square pixel, and little more
/// than one where a client draws the tile at twice its size, just before the next zoom. At this size tiles are
/// no larger than those of Douglas and Peucker's method with a tolerance of one unit.
pub const SMALLEST_TRIANGLE: f64 = 20.0;

/// The first zoom at which every vertex is kept (before rounding): there a unit is 0.3 m or less.
pub const FULL_DETAIL_ZOOM: u8 = 15;

/// How often a zoom's pass goes back to vertices that another one kept from falling.
const ROUNDS_PER_ZOOM: usize = 3;

/// The vertices of a coverage's arcs on the deepest grid, each with the first zoom that shows it.
#[derive(Debug, Clone)]
pub struct Simplification {
    pub(crate) source: Arc<[BorderArc]>,
    pub(crate) arcs: Vec<Vec<RankedVertex>>,
}

/// A vertex and the first zoom at which it is drawn.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct RankedVertex {
    /// Where it lies on the deepest grid.
    pub(crate) position: UnroundedGridPoint,
    pub(crate) first_zoom: u8,
}

impl Simplification {
    /// Ranks the vertices of all arcs of a coverage; dissolved coverages of it need no run of their own.
    ///
    /// # Reference
    /// M. Visvalingam, J. D. Whyatt, "Line generalisation by repeated elimination of points", The
    /// Cartographic Journal 30 (1993).
    pub fn new(coverage: &Coverage) -> Self {
        let mut lines = Lines::new(coverage);
        // From deep to shallow on one and the same lists: what has fallen stays fallen, so the vertices of each
        // zoom are a subset of the next deeper one's.
        for zoom in (0..FULL_DETAIL_ZOOM).rev() {
            lines.thin_for(zoom);
        }
        Self { source: Arc::clone(&coverage.arcs), arcs: lines.into_ranked() }
    }

    /// The arcs as they are at a zoom, on its grid.
    pub(crate) fn lines_at(&self, grid: ZoomGrid) -> Vec<Vec<UnroundedGridPoint>> {
        let scale = 0.5_f64.powi(i32::from(MAX_ZOOM - grid.z()));
        let shown = |arc: &Vec<RankedVertex>| {
            let kept = arc.iter().filter(|vertex| vertex.first_zoom <= grid.z());
            kept.map(|RankedVertex { position, .. }| UnroundedGridPoint {
                x: position.x * scale,
                y: position.y * scale,
            })
            .collect()
        };
        self.arcs.iter().map(shown).collect()
    }
}

/// A vertex, by its index among those of all arcs laid end to end.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
struct VertexIndex(u32);

impl VertexIndex {
    fn new(number: usize) -> Self {
        Self(number as u32)
    }

    fn index(self) -> usize {
        self.0 as usize
    }
}

/// All arcs laid end to end as doubly linked lists.
struct Lines {
    positions: Vec<[f64; 2]>,
    first_zoom: Vec<u8>,
    before: Vec<VertexIndex>,
    after: Vec<VertexIndex>,
    /// Where each arc starts in the lists, and one entry more for the end.
    starts: Vec<usize>,
    arc_of: Vec<ArcIndex>,
    /// Vertices left in each arc.
    left: Vec<usize>,
    /// Pairs of nodes that an arc without inner vertices joins.
    straight: HashSet<[[u64; 2]; 2]>,
    queue: BinaryHeap<Reverse<RemovableVertex>>,
}

/// A vertex that may fall, and the doubled area of its triangle when it was queued.
#[derive(Debug, Clone, Copy, PartialEq)]
struct RemovableVertex {
    doubled_area: f64,
    vertex: VertexIndex,
}

impl Eq for RemovableVertex {}

impl Ord for RemovableVertex {
    fn cmp(&self, other: &Self) -> Ordering {
        self.doubled_area.total_cmp(&other.doubled_area).then(self.vertex.cmp(&other.vertex))
    }
}

impl PartialOrd for RemovableVertex {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

type VertexTree = RTree<GeomWithData<[f64; 2], VertexIndex>>;

/// Marks a vertex that stays at every zoom while the run lasts.
const ALIVE: u8 = 0;

impl Lines {
    fn new(coverage: &Coverage) -> Self {
        let mut lines = Self {
            positions: Vec::new(),
            first_zoom: Vec::new(),
            before: Vec::new(),
            after: Vec::new(),
            starts: vec![0],
            arc_of: Vec::new(),
            left: Vec::new(),
            straight: HashSet::new(),
            queue: BinaryHeap::new(),
        };
        for (number, arc) in coverage.arcs().iter().enumerate() {
            let places = arc.points.iter().map(|point| ZoomGrid::DEEPEST.unrounded(point.to_lon_lat()));
            lines.positions.extend(places.map(<[f64; 2]>::from));
            lines.arc_of.resize(lines.positions.len(), ArcIndex::new(number));
            lines.starts.push(lines.positions.len());
            lines.left.push(arc.points.len());
        }
        let count = lines.positions.len();
        lines.first_zoom = vec![ALIVE; count];
        lines.before = (0..count).map(|vertex| VertexIndex::new(vertex.saturating_sub(1))).collect();
        lines.after = (1..=count).map(VertexIndex::new).collect();
        for arc in (0..lines.left.len()).map(ArcIndex::new) {
            lines.note_if_straight(arc);
        }
        for vertex in (0..count).map(VertexIndex::new) {
            lines.enqueue(vertex);
        }
        lines
    }

    fn ends(&self, arc: ArcIndex) -> (VertexIndex, VertexIndex) {
        let (first, end) = (self.starts[arc.index()], self.starts[arc.index() + 1]);
        (VertexIndex::new(first), VertexIndex::new(end.saturating_sub(1)))
    }

    fn is_end(&self, vertex: VertexIndex) -> bool {
        let (first, last) = self.ends(self.arc_of[vertex.index()]);
        vertex == first || vertex == last
    }

    fn neighbours(&self, vertex: VertexIndex) -> (VertexIndex, VertexIndex) {
        (self.before[vertex.index()], self.after[vertex.index()])
    }

    fn doubled_triangle(&self, vertex: VertexIndex) -> f64 {
        let (before, after) = self.neighbours(vertex);
        let [a, b, c] = [before, vertex, after].map(|corner| self.positions[corner.index()]);
        side(a, b, c).abs()
    }

    fn enqueue(&mut self, vertex: VertexIndex) {
        if !self.is_end(vertex) {
            let doubled_area = self.doubled_triangle(vertex);
            self.queue.push(Reverse(RemovableVertex { doubled_area, vertex }));
        }
    }

    /// Lets every vertex fall whose triangle is too small for the zoom and that nothing holds.
    fn thin_for(&mut self, zoom: u8) {
        // Positions are in units of the deepest grid. One zoom up a unit is twice as long and a triangle four
        // times as large; areas are compared doubled.
        let limit = 2.0 * SMALLEST_TRIANGLE * 4.0_f64.powi(i32::from(MAX_ZOOM - zoom));
        let all = (0..self.positions.len()).map(VertexIndex::new);
        let alive = all.filter(|vertex| self.first_zoom[vertex.index()] == ALIVE);
        let entry = |vertex: VertexIndex| GeomWithData::new(self.positions[vertex.index()], vertex);
        let tree = RTree::bulk_load(alive.map(entry).collect());
        // A vertex that was held may be free once the one in its triangle has fallen. A few rounds reach nearly
        // all of these; the rest only stay drawn one zoom longer, which breaks nothing.
        for _ in 0..ROUNDS_PER_ZOOM {
            let (held, fallen) = self.thin_once(zoom, limit, &tree);
            // Held candidates go back with the area they had: it is still theirs, for their neighbours queue them
            // anew when they fall.
            self.queue.extend(held.into_iter().map(Reverse));
            if fallen == 0 {
                break;
            }
        }
    }

    fn thin_once(&mut self, zoom: u8, limit: f64, tree: &VertexTree) -> (Vec<RemovableVertex>, usize) {
        let (mut held, mut fallen) = (Vec::new(), 0);
        // The smallest triangle is on top, so once it reaches the limit all do. Every living inner vertex stands
        // in the queue or in `held` with its present area; older entries of it are recognised below and dropped.
        while let Some(&Reverse(candidate)) = self.queue.peek() {
            if candidate.doubled_area >= limit {
                break;
            }
            self.queue.pop();
            let vertex = candidate.vertex;
            // The queue cannot change an entry. An entry is true only if its area is still, bit for bit, what the
            // vertex spans now.
            let is_alive = self.first_zoom[vertex.index()] == ALIVE;
            let current = is_alive && self.doubled_triangle(vertex) == candidate.doubled_area;
            if !current {
                continue;
            }
            if self.is_held(vertex, tree) {
                held.push(candidate);
            } else {
                self.drop_vertex(vertex, zoom);
                fallen += 1;
            }
        }
        (held, fallen)
    }

    fn drop_vertex(&mut self, vertex: VertexIndex, zoom: u8) {
        let (before, after) = self.neighbours(vertex);
        let arc = self.arc_of[vertex.index()];
        self.first_zoom[vertex.index()] = zoom + 1;
        self.after[before.index()] = after;
        self.before[after.index()] = before;
        self.left[arc.index()] -= 1;
        self.note_if_straight(arc);
        // Their triangles have changed: the new areas are queued beside the old entries, which no longer match.
        // Visvalingam and Whyatt 1993 keep areas from falling below that of the last vertex; here the area itself
        // decides, because the limit of the zoom is what a reader sees.
        self.enqueue(before);
        self.enqueue(after);
    }

    fn note_if_straight(&mut self, arc: ArcIndex) {
        if self.left[arc.index()] == 2 {
            self.straight.insert(self.node_pair(arc));
        }
    }

    /// The two nodes of an arc, in an order that does not depend on its direction.
    fn node_pair(&self, arc: ArcIndex) -> [[u64; 2]; 2] {
        let (first, last) = self.ends(arc);
        let mut pair = [first, last].map(|vertex| self.positions[vertex.index()].map(f64::to_bits));
        pair.sort_unstable();
        pair
    }

    /// Whether the fall of a vertex would flatten an arc, lay it on another, or sweep over another vertex.
    fn is_held(&self, vertex: VertexIndex, tree: &VertexTree) -> bool {
        let arc = self.arc_of[vertex.index()];
        let (first, last) = self.ends(arc);
        let closed = self.positions[first.index()] == self.positions[last.index()];
        let flattens = if closed {
            // A closed arc repeats its first vertex at the end, so four entries are a triangle: one fewer would
            // enclose nothing.
            self.left[arc.index()] <= 4
        } else {
            self.left[arc.index()] == 3 && self.straight.contains(&self.node_pair(arc))
        };
        flattens || self.triangle_is_occupied(vertex, tree)
    }

    fn triangle_is_occupied(&self, vertex: VertexIndex, tree: &VertexTree) -> bool {
        let (before, after) = self.neighbours(vertex);
        let [a, b, c] = [before, vertex, after].map(|corner| self.positions[corner.index()]);
        // Taking b away sweeps the triangle a, b, c. With no other vertex in it no line can pass between the old
        // border and the new one, so nothing that did not cross before crosses afterwards. The tree may still hold
        // fallen vertices; they are skipped.
        tree.locate_in_envelope(AABB::from_points(&[a, b, c])).any(|other| {
            let position = *other.geom();
            self.first_zoom[other.data.index()] == ALIVE
                && position != a
                && position != b
                && position != c
                && in_triangle([a, b, c], position)
        })
    }

    fn into_ranked(self) -> Vec<Vec<RankedVertex>> {
        let ranked = |vertex: usize| RankedVertex {
            position: self.positions[vertex].into(),
            first_zoom: self.first_zoom[vertex],
        };
        self.starts.windows(2).map(|range| (range[0]..range[1]).map(ranked).collect()).collect()
    }
}

fn side(a: [f64; 2], b: [f64; 2], c: [f64; 2]) -> f64 {
    let coord = |[x, y]: [f64; 2]| Coord { x, y };
    orient2d(coord(a), coord(b), coord(c))
}

/// Whether a position lies in the closed triangle.
fn in_triangle([a, b, c]: [[f64; 2]; 3], position: [f64; 2]) -> bool {
    let sides = [side(a, b, position), side(b, c, position), side(c, a, position)];
    // `orient2d` is exact in its sign, so a vertex on the edge of the triangle counts as inside, and holds.
    sides.iter().all(|&side| side >= 0.0) || sides.iter().all(|&side| side <= 0.0)
}
