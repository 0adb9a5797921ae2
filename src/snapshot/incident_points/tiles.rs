//! The deepest tiles that hold incidents, in the order of the rows: where the rows of each begin, and the sum of
//! their positions. A tile of any zoom is a run of these.

use std::collections::BTreeMap;
use std::ops::Range;

use super::order::{OrderedIncidents, keys_of};
use crate::domain::area::Position;
use crate::domain::holdings::IncidentColumns;
use crate::domain::incident::IncidentRow;
use crate::geometry::projection::{LonLatBounds, TileAddress};

/// More than the edge of a tile can be off by, less than the precision of positions.
const ROUNDING_DEG: f64 = 1e-9;

/// The occupied tiles of the deepest zoom.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct OccupiedTiles {
    keys: Vec<u32>,
    /// The first row of each tile, and the end of the last.
    first_rows: Vec<u32>,
    /// Sums of longitudes and latitudes in ten-millionths of a degree over all tiles before.
    sums_e7: Vec<[i64; 2]>,
}

/// How many rows a tile holds, and the sum of their positions; or how much more or less.
#[derive(Debug, Clone, Copy, Default)]
struct TileSum {
    rows: i64,
    positions_e7: [i64; 2],
}

impl TileSum {
    fn of(at: Option<Position>) -> Self {
        let positions_e7 = at.map_or([0; 2], |at| [i64::from(at.e7().0), i64::from(at.e7().1)]);
        Self { rows: 1, positions_e7 }
    }

    fn add(&mut self, other: Self, sign: i64) {
        self.rows += sign * other.rows;
        self.positions_e7[0] += sign * other.positions_e7[0];
        self.positions_e7[1] += sign * other.positions_e7[1];
    }
}

impl OccupiedTiles {
    /// The tiles of rows that begin with the drawn ones, whose keys are given.
    pub(super) fn new(incidents: &IncidentColumns, keys: &[u32]) -> Self {
        let mut tiles = Self { keys: Vec::new(), first_rows: vec![0], sums_e7: vec![[0; 2]] };
        let (mut row, mut sum) = (0, [0_i64; 2]);
        // `row` is the first row of the run and `sum` the positions of all rows before it, so the entry pushed
        // after the run is where the next one begins. Differences of these give any range of tiles.
        for run in keys.chunk_by(|one, next| one == next) {
            for at in (row..row + run.len()).filter_map(|row| incidents.position(IncidentRow::new(row))) {
                sum = [sum[0] + i64::from(at.e7().0), sum[1] + i64::from(at.e7().1)];
            }
            row += run.len();
            tiles.keys.push(run[0]);
            tiles.first_rows.push(row as u32);
            tiles.sums_e7.push(sum);
        }
        tiles
    }

    /// The tiles when some rows have gone and others have come.
    pub(super) fn changed(&self, lost: &OrderedIncidents, gained: &OrderedIncidents) -> Self {
        let mut changes: BTreeMap<u32, TileSum> = BTreeMap::new();
        for (ordered, sign) in [(lost, -1), (gained, 1)] {
            for (row, key) in ordered.drawn() {
                changes.entry(key).or_default().add(TileSum::of(ordered.incidents.position(row)), sign);
            }
        }
        let mut tiles = Self { keys: Vec::new(), first_rows: vec![0], sums_e7: vec![[0; 2]] };
        let mut changes = changes.into_iter().peekable();
        // Tiles and changes ascend by key. Before each turn all changes of tiles before this one are laid down.
        for (index, key) in self.keys.iter().enumerate() {
            while let Some((new, sum)) = changes.next_if(|(changed, _)| changed < key) {
                tiles.push(new, sum);
            }
            let mut sum = self.sum(index);
            if let Some((_, change)) = changes.next_if(|(changed, _)| changed == key) {
                sum.add(change, 1);
            }
            tiles.push(*key, sum);
        }
        changes.for_each(|(new, sum)| tiles.push(new, sum));
        tiles
    }

    /// Appends a tile, when it holds anything.
    fn push(&mut self, key: u32, sum: TileSum) {
        let rows = i64::from(self.first_rows.last().copied().unwrap_or(0)) + sum.rows;
        let before = self.sums_e7.last().copied().unwrap_or_default();
        if sum.rows > 0 {
            self.keys.push(key);
            self.first_rows.push(rows as u32);
            self.sums_e7.push([before[0] + sum.positions_e7[0], before[1] + sum.positions_e7[1]]);
        }
    }

    fn sum(&self, tile: usize) -> TileSum {
        let (from, to) = (self.sums_e7[tile], self.sums_e7[tile + 1]);
        TileSum { rows: self.rows(tile..tile + 1).len() as i64, positions_e7: [to[0] - from[0], to[1] - from[1]] }
    }

    /// The rows of the deepest tile of a key; none, at the place where they would stand, when it is not occupied.
    pub(super) fn rows_of_key(&self, key: u32) -> Range<usize> {
        let tile = self.keys.partition_point(|known| *known < key);
        let is_occupied = self.keys.get(tile) == Some(&key);
        self.rows(tile..tile + usize::from(is_occupied))
    }

    /// The tiles within a tile.
    pub(super) fn within(&self, address: TileAddress) -> Range<usize> {
        self.of_keys(keys_of(address))
    }

    fn of_keys(&self, keys: Range<u64>) -> Range<usize> {
        let place = |bound: u64| self.keys.partition_point(|key| u64::from(*key) < bound);
        place(keys.start)..place(keys.end)
    }

    /// The rows of the deepest tiles of some keys.
    pub(super) fn rows_of_keys(&self, keys: Range<u64>) -> Range<usize> {
        self.rows(self.of_keys(keys))
    }

    /// The rows of some tiles.
    pub(super) fn rows(&self, tiles: Range<usize>) -> Range<usize> {
        let bound = |tile: usize| self.first_rows.get(tile).map_or(0, |row| *row as usize);
        bound(tiles.start)..bound(tiles.end)
    }

    /// All tiles.
    pub(super) fn all(&self) -> Range<usize> {
        0..self.keys.len()
    }

    /// The rows of all tiles.
    pub(super) fn all_rows(&self) -> Range<usize> {
        self.rows(self.all())
    }

    /// The tiles of a run one after another, those together that share a tile of a lesser zoom, with its key there.
    pub(super) fn grouped(&self, tiles: Range<usize>, levels_up: u8) -> impl Iterator<Item = (u32, Range<usize>)> {
        let shift = 2 * u32::from(levels_up);
        let coarse = move |key: u32| if shift < u32::BITS { key >> shift } else { 0 };
        let mut next = tiles.start;
        self.keys[tiles].chunk_by(move |one, other| coarse(*one) == coarse(*other)).map(move |run| {
            let from = next;
            next += run.len();
            (coarse(run[0]), from..next)
        })
    }

    /// The mean position over some tiles; none where no row is.
    pub(super) fn mean(&self, tiles: Range<usize>) -> Option<Position> {
        let (from, to) = (self.sums_e7.get(tiles.start)?, self.sums_e7.get(tiles.end)?);
        mean_e7([to[0] - from[0], to[1] - from[1]], self.rows(tiles).len())
    }

    /// The greatest number of rows in a tile of a zoom `levels_up` above the deepest.
    pub(super) fn most_rows(&self, levels_up: u8) -> usize {
        let groups = self.grouped(self.all(), levels_up);
        groups.map(|(_, tiles)| self.rows(tiles).len()).max().unwrap_or(0)
    }

    /// The runs of rows of all tiles that meet a box.
    pub(super) fn runs_in(&self, bounds: LonLatBounds) -> Vec<Range<usize>> {
        let LonLatBounds { west, south, east, north } = bounds;
        let bounds = LonLatBounds {
            west: west - ROUNDING_DEG,
            south: south - ROUNDING_DEG,
            east: east + ROUNDING_DEG,
            north: north + ROUNDING_DEG,
        };
        let mut runs: Vec<Range<usize>> = Vec::new();
        if let Ok(world) = TileAddress::new(0, 0, 0) {
            self.add_runs(world, bounds, &mut runs);
        }
        runs.sort_unstable_by_key(|run| run.start);
        runs
    }

    fn add_runs(&self, address: TileAddress, bounds: LonLatBounds, runs: &mut Vec<Range<usize>>) {
        let tiles = self.within(address);
        let own = address.bounds();
        let meets = own.west <= bounds.east
            && bounds.west <= own.east
            && own.south <= bounds.north
            && bounds.south <= own.north;
        if tiles.is_empty() || !meets {
            return;
        }
        let is_inside = bounds.west <= own.west
            && own.east <= bounds.east
            && bounds.south <= own.south
            && own.north <= bounds.north;
        // The walk descends only into tiles that hold rows and straddle the box, and stops at the deepest zoom. A
        // tile wholly inside gives its rows as one run. Runs of different tiles never overlap.
        match children(address) {
            Some(children) if !is_inside => children.into_iter().for_each(|child| self.add_runs(child, bounds, runs)),
            _ => runs.push(self.rows(tiles)),
        }
    }

    /// The memory it takes.
    pub(super) fn bytes(&self) -> usize {
        4 * (self.keys.capacity() + self.first_rows.capacity()) + 16 * self.sums_e7.capacity()
    }
}

/// The four tiles of the next zoom; none below the deepest.
fn children(address: TileAddress) -> Option<[TileAddress; 4]> {
    let child = |x: u32, y: u32| TileAddress::new(address.z() + 1, 2 * address.x() + x, 2 * address.y() + y).ok();
    Some([child(0, 0)?, child(1, 0)?, child(0, 1)?, child(1, 1)?])
}

/// The mean of positions from their sum.
pub(super) fn mean_e7(sums: [i64; 2], count: usize) -> Option<Position> {
    let mean = |sum: i64| sum.checked_div_euclid(count as i64).map(|mean| mean as i32);
    Position::from_e7(mean(sums[0])?, mean(sums[1])?)
}
