//! Incidents in squares of one kilometre: how close together they lie, for those who may see each of them.
//!
//! In: a snapshot and any filter. Out: every square that holds an incident of it, with the exact count. The squares are
//! those of the grid of [`super::cells`], four of its smaller ones in each. Nothing is held back here, so the answer is
//! for roles that see points; planners get the squares of [`super::cells`] instead.

use std::collections::BTreeMap;

use rayon::prelude::*;

use super::cells::{CountCell, CountGrid, Grid};
use super::rating::component_members;
use crate::domain::filter::{CategorySet, Filter};
use crate::domain::incident::row_filter::RowFilter;
use crate::snapshot::{RowPiece, Snapshot};

/// The side of a square in metres.
pub const SQUARE_SIDE_M: f64 = 1_000.0;

/// Incidents by line and column of the grid, and by part of the categories.
type Counts = BTreeMap<(i32, i32), Vec<u32>>;

/// The squares with incidents of a filter that may be points, from south to north and west to east.
pub fn square_counts(snapshot: &Snapshot, filter: &Filter) -> CountGrid {
    let (grid, parts) = (Grid::new(SQUARE_SIDE_M), Parts::of(snapshot, filter));
    let row_filter = RowFilter::new(filter);
    let pieces: Vec<RowPiece> = snapshot.points.rows().into_iter().flat_map(RowPiece::split).collect();
    let counted = pieces.par_iter().map(|piece| counted(snapshot, &row_filter, grid, &parts, piece));
    let counted = counted.reduce(Counts::new, sum);
    let cells: Vec<CountCell> = counted
        .into_iter()
        .map(|((line, column), counts)| CountCell {
            id: (column, line),
            bounds: grid.bounds(column, line),
            count: counts.iter().sum(),
            main_component: parts.main(&counts),
        })
        .collect();
    let incidents = cells.iter().map(|cell| cell.count).sum();
    CountGrid { cells, incidents, in_small_cells: 0 }
}

/// The components of the default scheme with their categories; the last part is all that no component weighs.
struct Parts {
    ids: Vec<String>,
    /// The part of each category, by its index.
    of_category: Vec<usize>,
}

impl Parts {
    fn of(snapshot: &Snapshot, filter: &Filter) -> Self {
        let scheme = snapshot.schemes.scheme(snapshot.schemes.default_index());
        let members = component_members(&snapshot.taxonomy, scheme, filter.categories);
        let ids: Vec<String> = scheme.components.iter().map(|component| component.id.clone()).collect();
        let mut of_category = vec![ids.len(); CategorySet::all(&snapshot.taxonomy).iter().count()];
        for (part, categories) in members.iter().enumerate() {
            for category in categories {
                of_category[category.index()] = part;
            }
        }
        Self { ids, of_category }
    }

    /// The component with the most incidents, of equally many the first; none where no component weighs the most.
    fn main(&self, counts: &[u32]) -> Option<String> {
        let most = counts.iter().enumerate().max_by_key(|(part, count)| (**count, std::cmp::Reverse(*part)));
        most.and_then(|(part, _)| self.ids.get(part).cloned())
    }
}

fn counted(snapshot: &Snapshot, filter: &RowFilter, grid: Grid, parts: &Parts, piece: &RowPiece) -> Counts {
    let incidents = &snapshot.incidents;
    let mut counts = Counts::new();
    for row in incidents.rows_of(piece).filter(|row| filter.holds(incidents, *row)) {
        let part = parts.of_category.get(incidents.category(row).index());
        let Some((at, part)) = incidents.position(row).zip(part) else { continue };
        let (column, line) = grid.cell_of(at.lon(), at.lat());
        counts.entry((line, column)).or_insert_with(|| vec![0; parts.ids.len() + 1])[*part] += 1;
    }
    counts
}

fn sum(mut one: Counts, other: Counts) -> Counts {
    for (at, counts) in other {
        let Some(sums) = one.get_mut(&at) else {
            one.insert(at, counts);
            continue;
        };
        sums.iter_mut().zip(counts).for_each(|(sum, count)| *sum += count);
    }
    one
}
