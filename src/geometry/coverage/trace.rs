//! From a heap of directed links back to simple rings.
//!
//! Links (whole arcs, or single edges) carry the inside of a shape on their left. Where several links meet,
//! the walk goes on along the border of the wedge it came in on, and a loop is cut off as soon as the walk
//! returns to a node it has passed: so rings that only touch come out as separate, simple rings, shells
//! counter-clockwise and holes clockwise (y up). What the links enclose in sum is never changed.

use std::cmp::Ordering;
use std::collections::HashMap;

use crate::geometry::validity::ring::{Vertex, cross, dot, step};

/// A directed piece of border between two nodes, inside on its left.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Link<N> {
    pub(crate) from: N,
    pub(crate) to: N,
    /// Direction in which the link leaves `from` (y up).
    pub(crate) leaving: [i128; 2],
    /// Direction in which the link arrives at `to` (y up).
    pub(crate) arriving: [i128; 2],
}

/// The simple loops that the links form, each as indices into `links` in walking order.
///
/// Links that do not close (possible only when the input is not made of closed rings) are left out.
pub(crate) fn simple_loops<N: Copy + Ord + std::hash::Hash>(links: &[Link<N>]) -> Vec<Vec<usize>> {
    let mut outgoing: HashMap<N, Vec<usize>> = HashMap::with_capacity(links.len());
    for (index, link) in links.iter().enumerate() {
        outgoing.entry(link.from).or_default().push(index);
    }
    let mut used = vec![false; links.len()];
    let mut loops = Vec::new();
    // Each link is used once, in the order of the input where there is a choice: the same links give the same
    // loops.
    for start in 0..links.len() {
        if !used[start] {
            walk_from(start, links, &outgoing, &mut used, &mut loops);
        }
    }
    loops
}

fn walk_from<N: Copy + Ord + std::hash::Hash>(
    start: usize,
    links: &[Link<N>],
    outgoing: &HashMap<N, Vec<usize>>,
    used: &mut [bool],
    loops: &mut Vec<Vec<usize>>,
) {
    let mut path: Vec<usize> = Vec::new();
    let mut position: HashMap<N, usize> = HashMap::new();
    let mut next = Some(start);
    // `path` is a walk without a repeated node, and `position` says where in it each node was left. Every turn
    // uses up a link, so the walk ends.
    while let Some(link) = next {
        used[link] = true;
        position.insert(links[link].from, path.len());
        path.push(link);
        let node = links[link].to;
        // Back at a node of the path: the piece since then is a simple loop. Cutting it off at once leaves the
        // path simple, so loops that touch at a node come out one by one.
        if let Some(&since) = position.get(&node) {
            let closed = path.split_off(since);
            for &passed in &closed {
                position.remove(&links[passed].from);
            }
            loops.push(closed);
        }
        // The start's own loop is closed; links that are left at this node begin a walk of their own.
        if path.is_empty() {
            return;
        }
        let choices = outgoing.get(&node).map_or(&[][..], Vec::as_slice);
        next = wedge_partner(links[link].arriving, choices, links, used);
    }
}

/// The unused outgoing link met first when turning clockwise from the way back.
fn wedge_partner<N>(arriving: [i128; 2], choices: &[usize], links: &[Link<N>], used: &[bool]) -> Option<usize> {
    // The inside is on the left, so the border of the wedge just walked goes on with the first link clockwise from
    // the way back. Any other choice would cross another link at the node.
    let back = [-arriving[0], -arriving[1]];
    let free = choices.iter().copied().filter(|&choice| !used[choice]);
    free.min_by(|&a, &b| clockwise(back, links[a].leaving, links[b].leaving).then(a.cmp(&b)))
}

/// Orders two directions by the clockwise angle from `back`; `back` itself comes last.
fn clockwise(back: [i128; 2], u: [i128; 2], v: [i128; 2]) -> Ordering {
    let sector = |w: [i128; 2]| match cross(back, w).cmp(&0) {
        Ordering::Less => 0,
        Ordering::Equal if dot(back, w) < 0 => 1,
        Ordering::Greater => 2,
        Ordering::Equal => 3,
    };
    // Within a half-plane the sign of the cross product is the order of the angles, exact in whole numbers: no
    // arctangent, no tolerance.
    sector(u).cmp(&sector(v)).then_with(|| cross(u, v).cmp(&0))
}

/// Rings that touch neither themselves nor each other except at single vertices, enclosing the same in sum.
pub(crate) fn clean_rings<V: Vertex>(rings: &[Vec<V>]) -> Vec<Vec<V>> {
    let mut vertices: Vec<V> = rings.iter().flatten().copied().collect();
    let count = vertices.len();
    vertices.sort_unstable();
    vertices.dedup();
    // Without a repeated vertex no ring can touch itself or another at a vertex, and noding leaves no touch but of
    // vertices.
    if vertices.len() == count {
        return rings.iter().filter(|ring| ring.len() >= 3).cloned().collect();
    }
    let links = uncancelled_links(rings);
    simple_loops(&links).into_iter().map(|ring| ring.into_iter().map(|link| links[link].from).collect()).collect()
}

/// The edges of all rings as links, less those walked once each way.
fn uncancelled_links<V: Vertex>(rings: &[Vec<V>]) -> Vec<Link<V>> {
    let edges = |ring: &[V]| {
        let ends = ring.iter().copied().cycle().skip(1);
        ring.iter().copied().zip(ends).collect::<Vec<_>>()
    };
    let walked: Vec<(V, V)> = rings.iter().filter(|ring| ring.len() >= 2).flat_map(|ring| edges(ring)).collect();
    let mut balance: HashMap<(V, V), i32> = HashMap::with_capacity(walked.len());
    for &(a, b) in &walked {
        // An edge walked once each way encloses nothing, and the surplus of one direction is what still bounds the
        // shape: the sum of signed areas stays as it was.
        *balance.entry((a.min(b), a.max(b))).or_default() += if a <= b { 1 } else { -1 };
    }
    let mut links = Vec::new();
    for (a, b) in walked {
        let left = balance.entry((a.min(b), a.max(b))).or_default();
        let sign = if a <= b { 1 } else { -1 };
        // The balance is used up as links are made, so an edge yields as many links as its surplus and in the
        // walks' own order.
        if *left * sign > 0 {
            *left -= sign;
            links.push(Link { from: a, to: b, leaving: step(a, b), arriving: step(a, b) });
        }
    }
    links
}
