//! A raster over a set of areas that says at once where no border is near.
//!
//! Goes in: the edges of all areas and an exact answer for single points. Comes out: for every cell either the
//! one area that holds all of it, or that none does, or that a border runs through it and the exact test has
//! to decide. Two grids: coarse cells through which a border runs are cut once more, so that few points are left
//! to the exact test while the raster stays small. The raster never decides a point on or next to a border.

use geo::Line;
use rayon::prelude::*;

/// Coarse cells provided per edge, within [`MIN_CELLS`] and [`MAX_CELLS`].
const CELLS_PER_EDGE: usize = 64;
/// Fewest coarse cells of a raster.
const MIN_CELLS: usize = 1 << 12;
/// Most coarse cells of a raster: 4 MiB.
const MAX_CELLS: usize = 1 << 20;

/// Fine cells along one side of a coarse one; a power of two.
const SIDE: usize = 8;
/// Areas that the fine cells of one coarse cell can name; where more meet, the exact test decides.
const NAMED: usize = 4;

/// How far, in fine cells, an edge is widened beyond itself, so that rounding cannot hide it.
const MARGIN: f64 = 1e-6;

const OUTSIDE: u32 = u32::MAX;
const UNKNOWN: u32 = u32::MAX - 1;
/// A coarse cell with this bit is cut; the other bits are the number of its block.
const CUT: u32 = 1 << 31;

/// What a cell says about every point in it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum RasterCell {
    Inside(usize),
    Outside,
    Mixed,
}

/// What a fine cell says: one of these, or the index of an area in the block.
const MIXED: u8 = u8::MAX;
const NOWHERE: u8 = u8::MAX - 1;

/// The fine cells of one coarse cell, row by row.
#[derive(Debug, Clone)]
struct Block {
    codes: [u8; SIDE * SIDE],
    areas: [u32; NAMED],
}

impl Block {
    /// A block of which nothing is known; `NOWHERE` stands until a cell is marked or answered.
    const EMPTY: Self = Self { codes: [NOWHERE; SIDE * SIDE], areas: [OUTSIDE; NAMED] };

    fn cell(&self, index: usize) -> RasterCell {
        match self.codes[index] {
            MIXED => RasterCell::Mixed,
            NOWHERE => RasterCell::Outside,
            code => RasterCell::Inside(self.areas[usize::from(code)] as usize),
        }
    }

    fn answer(&mut self, index: usize, area: u32) {
        if area == OUTSIDE {
            return;
        }
        let named = self.areas.iter().position(|known| *known == area || *known == OUTSIDE);
        // A fifth area in one coarse cell has no name left: its fine cells go to the exact test, which is slower
        // and never wrong.
        self.codes[index] = named.map_or(MIXED, |named| {
            self.areas[named] = area;
            named as u8
        });
    }
}

/// The cells, row by row from the south-west.
#[derive(Debug)]
pub(crate) struct Raster {
    lower: [f64; 2],
    upper: [f64; 2],
    /// The least and the greatest ten-millionths of a degree that are not outside.
    lower_e7: [i32; 2],
    upper_e7: [i32; 2],
    /// Fine cells.
    cells_per_degree: [f64; 2],
    columns: usize,
    rows: usize,
    cells: Vec<u32>,
    blocks: Vec<Block>,
}

impl Raster {
    /// A raster that holds no area.
    pub(crate) fn empty() -> Self {
        Self {
            lower: [f64::INFINITY; 2],
            upper: [f64::NEG_INFINITY; 2],
            lower_e7: [i32::MAX; 2],
            upper_e7: [i32::MIN; 2],
            cells_per_degree: [0.0; 2],
            columns: 0,
            rows: 0,
            cells: Vec::new(),
            blocks: Vec::new(),
        }
    }

    /// The raster over the given edges in degrees, cells without edges answered by `exact`.
    pub(crate) fn new(
        edges: impl Iterator<Item = Line> + Clone,
        exact: impl Fn(f64, f64) -> Option<usize> + Sync,
    ) -> Self {
        let mut raster = Self::empty();
        let mut count = 0;
        for Line { start, end } in edges.clone() {
            count += 1;
            raster.lower = [raster.lower[0].min(start.x).min(end.x), raster.lower[1].min(start.y).min(end.y)];
            raster.upper = [raster.upper[0].max(start.x).max(end.x), raster.upper[1].max(start.y).max(end.y)];
        }
        let [width, height] = [raster.upper[0] - raster.lower[0], raster.upper[1] - raster.lower[1]];
        if width > 0.0 && height > 0.0 {
            raster.lay_out(width, height, (count * CELLS_PER_EDGE).clamp(MIN_CELLS, MAX_CELLS) as f64);
            // The order matters: blocks exist before edges are marked in them, and every cell that an edge touches
            // is marked before the rest is filled. What is not marked has no border through it.
            raster.cut(edges.clone());
            raster.mark(edges);
            raster.fill(&exact);
        }
        raster
    }

    fn lay_out(&mut self, width: f64, height: f64, cells: f64) {
        let per_degree = (cells / (width * height)).sqrt();
        let along = |length: f64| (length * per_degree).floor().clamp(1.0, cells);
        let (columns, rows) = (along(width), along(height));
        self.cells_per_degree = [columns * SIDE as f64 / width, rows * SIDE as f64 / height];
        self.lower_e7 = self.lower.map(least_e7);
        self.upper_e7 = self.upper.map(greatest_e7);
        (self.columns, self.rows) = (columns as usize, rows as usize);
        self.cells = vec![UNKNOWN; self.columns * self.rows];
    }

    /// What the raster knows of a point; a point that is not a number is outside.
    pub(crate) fn cell(&self, lon: f64, lat: f64) -> RasterCell {
        let within = lon >= self.lower[0] && lon <= self.upper[0] && lat >= self.lower[1] && lat <= self.upper[1];
        if !within {
            return RasterCell::Outside;
        }
        self.at(self.fine([lon, lat]))
    }

    /// What the raster knows of a point in ten-millionths of a degree.
    #[inline]
    pub(crate) fn cell_e7(&self, lon_e7: i32, lat_e7: i32) -> RasterCell {
        let within = |axis: usize, value: i32| self.lower_e7[axis] <= value && value <= self.upper_e7[axis];
        if !(within(0, lon_e7) && within(1, lat_e7)) {
            return RasterCell::Outside;
        }
        self.at(self.fine([f64::from(lon_e7) / E7, f64::from(lat_e7) / E7]))
    }

    /// A point in fine cells from the south-west corner.
    #[inline]
    fn fine(&self, [lon, lat]: [f64; 2]) -> [f64; 2] {
        [(lon - self.lower[0]) * self.cells_per_degree[0], (lat - self.lower[1]) * self.cells_per_degree[1]]
    }

    #[inline]
    fn at(&self, [x, y]: [f64; 2]) -> RasterCell {
        let (x, y) = (self.column(x), self.row(y));
        match self.cells.get(y / SIDE * self.columns + x / SIDE) {
            Some(&OUTSIDE) => RasterCell::Outside,
            // `OUTSIDE` has the bit of a cut cell too, so it is tested first.
            Some(&cell) if cell & CUT == 0 => RasterCell::Inside(cell as usize),
            Some(&cell) => {
                let block = self.blocks.get((cell & !CUT) as usize);
                block.map_or(RasterCell::Mixed, |block| block.cell(y % SIDE * SIDE + x % SIDE))
            }
            None => RasterCell::Mixed,
        }
    }

    /// The fine column of an index in fine cells.
    #[inline]
    fn column(&self, x: f64) -> usize {
        (x as usize).min((self.columns * SIDE).saturating_sub(1))
    }

    #[inline]
    fn row(&self, y: f64) -> usize {
        (y as usize).min((self.rows * SIDE).saturating_sub(1))
    }

    /// Gives a block to every coarse cell that an edge touches.
    fn cut(&mut self, edges: impl Iterator<Item = Line>) {
        let mut touched = vec![false; self.cells.len()];
        for edge in edges {
            self.touched(edge, |row, first, last| {
                let start = row / SIDE * self.columns;
                touched[start + first / SIDE..=start + last / SIDE].fill(true);
            });
        }
        // Blocks are numbered row by row: `fill` hands each row its own consecutive blocks and needs no lock.
        for (cell, _) in self.cells.iter_mut().zip(&touched).filter(|(_, touched)| **touched) {
            *cell = CUT | self.blocks.len() as u32;
            self.blocks.push(Block::EMPTY);
        }
    }

    /// Marks every fine cell that an edge touches, a little more than less.
    fn mark(&mut self, edges: impl Iterator<Item = Line>) {
        let mut blocks = std::mem::take(&mut self.blocks);
        for edge in edges {
            self.touched(edge, |row, first, last| {
                for column in first..=last {
                    let block = self.cells[row / SIDE * self.columns + column / SIDE] & !CUT;
                    // `cut` walked the same edges by the same arithmetic, so the cell has a block.
                    blocks[block as usize].codes[row % SIDE * SIDE + column % SIDE] = MIXED;
                }
            });
        }
        self.blocks = blocks;
    }

    /// Tells the fine cells that an edge touches: row, first column, last column.
    fn touched(&self, edge: Line, mut visit: impl FnMut(usize, usize, usize)) {
        let (mut low, mut high) = (self.fine(edge.start.into()), self.fine(edge.end.into()));
        if low[1] > high[1] {
            std::mem::swap(&mut low, &mut high);
        }
        let slope = if high[1] > low[1] { (high[0] - low[0]) / (high[1] - low[1]) } else { 0.0 };
        let x_at = |y: f64| {
            if y <= low[1] {
                low[0]
            } else if y >= high[1] {
                high[0]
            } else {
                low[0] + (y - low[1]) * slope
            }
        };
        // Within one row of fine cells a straight edge spans the columns between its ends in that row. Both ends
        // are taken a margin wider, so rounding marks a cell too many rather than one too few.
        for row in self.row(low[1] - MARGIN)..=self.row(high[1] + MARGIN) {
            let (from, to) = if slope == 0.0 {
                (low[0], high[0])
            } else {
                (x_at(row as f64 - MARGIN), x_at(row as f64 + 1.0 + MARGIN))
            };
            visit(row, self.column(from.min(to) - MARGIN), self.column(from.max(to) + MARGIN));
        }
    }

    /// Answers the cells that no edge touches: neighbours share one exact answer.
    fn fill(&mut self, exact: &(impl Fn(f64, f64) -> Option<usize> + Sync)) {
        let (mut cells, mut blocks) = (std::mem::take(&mut self.cells), std::mem::take(&mut self.blocks));
        let mut rest = blocks.as_mut_slice();
        let mut rows = Vec::with_capacity(self.rows);
        for (row, cells) in cells.chunks_mut(self.columns).enumerate() {
            let cut = cells.iter().filter(|cell| is_cut(**cell)).count();
            // Before each row `rest` begins with that row's blocks, so the rows get disjoint slices.
            let (own, others) = std::mem::take(&mut rest).split_at_mut(cut);
            rest = others;
            rows.push((row, cells, own));
        }
        rows.into_par_iter().for_each(|(row, cells, blocks)| self.fill_row(row, cells, blocks, exact));
        (self.cells, self.blocks) = (cells, blocks);
    }

    fn fill_row(
        &self,
        row: usize,
        cells: &mut [u32],
        blocks: &mut [Block],
        exact: &impl Fn(f64, f64) -> Option<usize>,
    ) {
        let answer = |y: usize, x: usize| {
            let lon = self.lower[0] + (x as f64 + 0.5) / self.cells_per_degree[0];
            let lat = self.lower[1] + (y as f64 + 0.5) / self.cells_per_degree[1];
            exact(lon, lat).map_or(OUTSIDE, |area| area as u32)
        };
        // No border runs between two unmarked neighbours, so they lie in the same area and one exact answer serves
        // both. `left` and `below` hold that of the last cell to the west and to the south, `UNKNOWN` where a
        // border or the edge lies between.
        let mut below = vec![UNKNOWN; self.columns * SIDE];
        for y in 0..SIDE {
            let (mut left, mut next) = (UNKNOWN, 0);
            for (column, cell) in cells.iter_mut().enumerate() {
                let first = column * SIDE;
                if !is_cut(*cell) {
                    // An uncut cell is answered in the first of its fine rows; the others find the answer in it.
                    let known = [*cell, left].into_iter().find(|area| *area != UNKNOWN);
                    left = known.unwrap_or_else(|| answer(row * SIDE + y, first));
                    *cell = left;
                    continue;
                }
                let block = &mut blocks[next];
                next += 1;
                for (x, below) in below[first..first + SIDE].iter_mut().enumerate() {
                    if block.codes[y * SIDE + x] == MIXED {
                        (left, *below) = (UNKNOWN, UNKNOWN);
                        continue;
                    }
                    let known = [left, *below].into_iter().find(|area| *area != UNKNOWN);
                    left = known.unwrap_or_else(|| answer(row * SIDE + y, first + x));
                    *below = left;
                    block.answer(y * SIDE + x, left);
                }
            }
        }
    }
}

fn is_cut(cell: u32) -> bool {
    cell & CUT != 0 && cell != OUTSIDE && cell != UNKNOWN
}

const E7: f64 = 1e7;

/// The least number of ten-millionths of a degree that is not below a coordinate.
fn least_e7(degrees: f64) -> i32 {
    let near = (degrees * E7) as i32;
    let not_below = |value: &i32| f64::from(*value) / E7 >= degrees;
    // The product is rounded, so its whole part may be off by one; the comparison is made with the very division
    // that a point goes through.
    (near.saturating_sub(2)..=near.saturating_add(2)).find(not_below).unwrap_or(i32::MAX)
}

/// The greatest number of ten-millionths of a degree that is not above a coordinate.
fn greatest_e7(degrees: f64) -> i32 {
    let near = (degrees * E7) as i32;
    let not_above = |value: &i32| f64::from(*value) / E7 <= degrees;
    (near.saturating_sub(2)..=near.saturating_add(2)).rev().find(not_above).unwrap_or(i32::MIN)
}
