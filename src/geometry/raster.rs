//! A raster over a set of areas that says at once where no border is near.
//!
//! Goes in: the edges of all areas and an exact answer for single points. Comes out: for every cell either the
//! one area that holds all of it, or that none does, or that a border runs through it and the exact test has
//! to decide. The raster never decides a point on or next to a border.

/// Cells provided per edge, within [`MIN_CELLS`] and [`MAX_CELLS`].
const CELLS_PER_EDGE: usize = 64;
/// Fewest cells of a raster.
const MIN_CELLS: usize = 1 << 12;
/// Most cells of a raster: 4 MiB.
const MAX_CELLS: usize = 1 << 20;

/// How far, in cells, an edge is thought to reach beyond itself, so that rounding cannot hide it.
const MARGIN: f64 = 1e-6;

const MIXED: u32 = u32::MAX;
const OUTSIDE: u32 = u32::MAX - 1;

/// What a cell says about every point in it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Cell {
    Inside(usize),
    Outside,
    Mixed,
}

/// The cells, row by row from the south-west.
#[derive(Debug)]
pub(crate) struct Raster {
    lower: [f64; 2],
    upper: [f64; 2],
    cells_per_degree: [f64; 2],
    columns: usize,
    rows: usize,
    cells: Vec<u32>,
}

impl Raster {
    /// A raster that holds no area.
    pub(crate) fn empty() -> Self {
        let (lower, upper) = ([f64::INFINITY; 2], [f64::NEG_INFINITY; 2]);
        Self { lower, upper, cells_per_degree: [0.0; 2], columns: 0, rows: 0, cells: Vec::new() }
    }

    /// The raster over the given edges (lon, lat, lon, lat), cells without edges answered by `exact`.
    pub(crate) fn new(
        edges: impl Iterator<Item = [f64; 4]> + Clone,
        exact: impl Fn(f64, f64) -> Option<usize>,
    ) -> Self {
        let mut raster = Self::empty();
        let mut count = 0;
        for [x_1, y_1, x_2, y_2] in edges.clone() {
            count += 1;
            raster.lower = [raster.lower[0].min(x_1).min(x_2), raster.lower[1].min(y_1).min(y_2)];
            raster.upper = [raster.upper[0].max(x_1).max(x_2), raster.upper[1].max(y_1).max(y_2)];
        }
        let [width, height] = [raster.upper[0] - raster.lower[0], raster.upper[1] - raster.lower[1]];
        if width > 0.0 && height > 0.0 {
            raster.lay_out(width, height, (count * CELLS_PER_EDGE).clamp(MIN_CELLS, MAX_CELLS) as f64);
            edges.for_each(|edge| raster.mark(edge));
            raster.fill(exact);
        }
        raster
    }

    fn lay_out(&mut self, width: f64, height: f64, cells: f64) {
        let per_degree = (cells / (width * height)).sqrt();
        let along = |length: f64| (length * per_degree).floor().clamp(1.0, cells);
        let (columns, rows) = (along(width), along(height));
        self.cells_per_degree = [columns / width, rows / height];
        (self.columns, self.rows) = (columns as usize, rows as usize);
        self.cells = vec![OUTSIDE; self.columns * self.rows];
    }

    /// What the raster knows of a point; a point that is not a number is outside.
    pub(crate) fn cell(&self, lon: f64, lat: f64) -> Cell {
        let within = lon >= self.lower[0] && lon <= self.upper[0] && lat >= self.lower[1] && lat <= self.upper[1];
        if !within {
            return Cell::Outside;
        }
        let column = self.column((lon - self.lower[0]) * self.cells_per_degree[0]);
        let row = self.row((lat - self.lower[1]) * self.cells_per_degree[1]);
        match self.cells.get(row * self.columns + column) {
            Some(&OUTSIDE) => Cell::Outside,
            Some(&area) if area != MIXED => Cell::Inside(area as usize),
            _ => Cell::Mixed,
        }
    }

    fn column(&self, x: f64) -> usize {
        (x as usize).min(self.columns.saturating_sub(1))
    }

    fn row(&self, y: f64) -> usize {
        (y as usize).min(self.rows.saturating_sub(1))
    }

    /// Marks every cell that an edge touches, a little more than less.
    fn mark(&mut self, [x_1, y_1, x_2, y_2]: [f64; 4]) {
        let to_cells = |lon: f64, lat: f64| {
            [(lon - self.lower[0]) * self.cells_per_degree[0], (lat - self.lower[1]) * self.cells_per_degree[1]]
        };
        let (mut low, mut high) = (to_cells(x_1, y_1), to_cells(x_2, y_2));
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
        for row in self.row(low[1] - MARGIN)..=self.row(high[1] + MARGIN) {
            let (from, to) = if slope == 0.0 {
                (low[0], high[0])
            } else {
                (x_at(row as f64 - MARGIN), x_at(row as f64 + 1.0 + MARGIN))
            };
            let (first, last) = (self.column(from.min(to) - MARGIN), self.column(from.max(to) + MARGIN));
            let start = row * self.columns;
            self.cells[start + first..=start + last].fill(MIXED);
        }
    }

    /// Answers the cells that no edge touches: neighbours in a row share one exact answer.
    fn fill(&mut self, exact: impl Fn(f64, f64) -> Option<usize>) {
        for row in 0..self.rows {
            let lat = self.lower[1] + (row as f64 + 0.5) / self.cells_per_degree[1];
            let mut known: Option<u32> = None;
            for column in 0..self.columns {
                let cell = &mut self.cells[row * self.columns + column];
                if *cell == MIXED {
                    known = None;
                    continue;
                }
                let lon = self.lower[0] + (column as f64 + 0.5) / self.cells_per_degree[0];
                *cell = *known.get_or_insert_with(|| exact(lon, lat).map_or(OUTSIDE, |area| area as u32));
            }
        }
    }
}
