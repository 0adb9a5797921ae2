//! Exact questions about rings of whole-number vertices: turn, area, point in ring, which hole in which shell.
//!
//! Rings come without their closing vertex. All arithmetic is in `i128`, so no answer depends on rounding.

use std::cmp::Ordering;

/// A vertex with whole-number coordinates.
pub(crate) trait Vertex: Copy + Eq + Ord + std::hash::Hash {
    /// Eastward and second coordinate (northward on the lattice, southward on a grid).
    fn xy(self) -> [i128; 2];
}

/// The vector from one vertex to the next.
pub(crate) fn step<V: Vertex>(from: V, to: V) -> [i128; 2] {
    let ([x_1, y_1], [x_2, y_2]) = (from.xy(), to.xy());
    [x_2 - x_1, y_2 - y_1]
}

/// The cross product of two vectors: positive when the second lies counter-clockwise of the first (y up).
pub(crate) fn cross(u: [i128; 2], v: [i128; 2]) -> i128 {
    u[0] * v[1] - u[1] * v[0]
}

/// The scalar product of two vectors.
pub(crate) fn dot(u: [i128; 2], v: [i128; 2]) -> i128 {
    u[0] * v[0] + u[1] * v[1]
}

/// Twice the signed area of the triangle a b c: positive when it turns left (y up).
pub(crate) fn turn<V: Vertex>(a: V, b: V, c: V) -> i128 {
    cross(step(a, b), step(a, c))
}

/// Twice the signed area of a ring: positive when counter-clockwise (y up).
pub(crate) fn doubled_area<V: Vertex>(ring: &[V]) -> i128 {
    let Some(&first) = ring.first() else { return 0 };
    // The fan of triangles from the first vertex; those that touch it are 0, so the closing edge needs no term.
    ring.windows(2).map(|pair| turn(first, pair[0], pair[1])).sum()
}

/// Whether the way a → tip → b turns back on itself, or does not move at all.
pub(crate) fn is_spike<V: Vertex>(a: V, tip: V, b: V) -> bool {
    let (there, on) = (step(a, tip), step(tip, b));
    cross(there, on) == 0 && dot(there, on) <= 0
}

/// Whether a vertex lies on the closed segment from `a` to `b`.
pub(crate) fn on_segment<V: Vertex>(a: V, b: V, vertex: V) -> bool {
    turn(a, b, vertex) == 0 && dot(step(vertex, a), step(vertex, b)) <= 0
}

/// Whether two segments cross at a point inside both.
pub(crate) fn cross_properly<V: Vertex>(a: V, b: V, c: V, d: V) -> bool {
    let opposite = |p: i128, q: i128| (p > 0 && q < 0) || (p < 0 && q > 0);
    opposite(turn(a, b, c), turn(a, b, d)) && opposite(turn(c, d, a), turn(c, d, b))
}

/// Where a vertex lies with respect to a ring.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Side {
    Inside,
    Edge,
    Outside,
}

/// Where a vertex lies with respect to a ring (even-odd).
pub(crate) fn side_of<V: Vertex>(ring: &[V], vertex: V) -> Side {
    let [_, y] = vertex.xy();
    let mut inside = false;
    // `inside` is the parity of the edges met so far by the ray to +x; half open in y, so a vertex counts once.
    for (index, &a) in ring.iter().enumerate() {
        let b = ring[(index + 1) % ring.len()];
        if on_segment(a, b, vertex) {
            return Side::Edge;
        }
        let (above_a, above_b) = (a.xy()[1] > y, b.xy()[1] > y);
        if above_a != above_b && (turn(a, b, vertex) > 0) == above_b {
            inside = !inside;
        }
    }
    if inside { Side::Inside } else { Side::Outside }
}

/// A shell with the holes that lie in it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct NestedRings<T> {
    pub(crate) shell: T,
    pub(crate) holes: Vec<T>,
}

/// Sorts simple rings into shells (positive doubled area) and their holes (negative), largest shell first.
///
/// `points` gives a ring's vertices. A hole goes to the smallest shell around it; a hole without any shell
/// around it (which only crossing input can bring) is left out.
pub(crate) fn nest_rings<V: Vertex, T>(rings: Vec<T>, points: impl Fn(&T) -> Vec<V>) -> Vec<NestedRings<T>> {
    let mut shells: Vec<(i128, Vec<V>, NestedRings<T>)> = Vec::new();
    let mut holes: Vec<(Vec<V>, T)> = Vec::new();
    for ring in rings {
        let vertices = points(&ring);
        match doubled_area(&vertices) {
            area if area > 0 => shells.push((area, vertices, NestedRings { shell: ring, holes: Vec::new() })),
            0 => {}
            _ => holes.push((vertices, ring)),
        }
    }
    // Largest first, so of the shells that hold a hole the last in the list is the smallest, the one it is cut out
    // of.
    shells.sort_by(|a, b| b.0.cmp(&a.0).then_with(|| a.1.cmp(&b.1)));
    for (vertices, hole) in holes {
        let around = if shells.len() == 1 { Some(0) } else { shells.iter().rposition(|s| holds(&s.1, &vertices)) };
        if let Some(index) = around {
            shells[index].2.holes.push(hole);
        }
    }
    shells.into_iter().map(|(_, _, nested)| nested).collect()
}

/// Whether a shell holds a hole that does not cross it.
fn holds<V: Vertex>(shell: &[V], hole: &[V]) -> bool {
    let deciding = hole.iter().map(|&vertex| side_of(shell, vertex)).find(|&side| side != Side::Edge);
    match deciding {
        Some(side) => side == Side::Inside,
        // Every vertex of the hole is on the shell: it is inside when the shell is the larger of the two.
        None => doubled_area(shell).cmp(&doubled_area(hole).abs()) == Ordering::Greater,
    }
}
