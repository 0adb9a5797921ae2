//! Events per square metre, smoothed over a plane by the quartic kernel.
//!
//! In: points in local metres, a bandwidth and a grid. Out: the density at the middle of every cell. Points become
//! metres elsewhere; who may see so fine a grid is decided elsewhere too. Near the edge of the grid nothing is
//! corrected: what the kernel spreads beyond it is lost.
//!
//! Reference: B. W. Silverman, "Density Estimation for Statistics and Data Analysis" (1986), equation 4.5.

use std::f64::consts::PI;

/// A point in local metres.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct PlanePoint {
    /// East of the origin.
    pub x_m: f64,
    /// North of the origin.
    pub y_m: f64,
}

/// The radius beyond which a point is not felt.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Bandwidth {
    metres: f64,
}

/// Square cells from a south-western corner.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct PlaneGrid {
    south_west: PlanePoint,
    cell_m: f64,
    columns: usize,
    rows: usize,
}

/// Why a bandwidth or a grid cannot be used.
#[derive(Debug, Clone, Copy, PartialEq, thiserror::Error)]
pub enum KernelError {
    /// The bandwidth is not a positive number of metres.
    #[error("a bandwidth must be a positive number of metres; given {0}")]
    Bandwidth(f64),
    /// A cell has no size, or the corner is nowhere.
    #[error("a grid needs a finite corner and cells of a positive size in metres; given ({x_m}, {y_m}) and {cell_m}")]
    Cells {
        /// East of the origin.
        x_m: f64,
        /// North of the origin.
        y_m: f64,
        /// Side of a cell.
        cell_m: f64,
    },
    /// More cells than an image has pixels.
    #[error("{columns} × {rows} cells are more than {MAX_CELLS}")]
    TooMany {
        /// Cells from west to east.
        columns: usize,
        /// Cells from south to north.
        rows: usize,
    },
}

/// An image of this many cells is sharper than any screen.
pub const MAX_CELLS: usize = 16_000_000;

impl Bandwidth {
    /// Checks a radius in metres.
    ///
    /// # Errors
    /// [`KernelError::Bandwidth`] unless it is positive and finite.
    pub fn new(metres: f64) -> Result<Self, KernelError> {
        if metres > 0.0 && metres.is_finite() { Ok(Self { metres }) } else { Err(KernelError::Bandwidth(metres)) }
    }

    /// The radius in metres.
    pub fn metres(self) -> f64 {
        self.metres
    }

    /// 3/(πh²)·(1 − d²/h²)² of a squared distance, 0 from h on.
    ///
    /// # Units
    /// Per square metre; its integral over the plane is 1.
    pub fn kernel(self, squared_distance_m2: f64) -> f64 {
        let square = self.metres * self.metres;
        3.0 / (PI * square) * (1.0 - squared_distance_m2 / square).max(0.0).powi(2)
    }
}

impl PlaneGrid {
    /// Checks corner, cells and number.
    ///
    /// # Errors
    /// [`KernelError`] for a corner or a size that is not finite, a size of 0 or below, or more than
    /// [`MAX_CELLS`] cells.
    pub fn new(south_west: PlanePoint, cell_m: f64, columns: usize, rows: usize) -> Result<Self, KernelError> {
        let PlanePoint { x_m, y_m } = south_west;
        if !x_m.is_finite() || !y_m.is_finite() || !cell_m.is_finite() || cell_m <= 0.0 {
            return Err(KernelError::Cells { x_m, y_m, cell_m });
        }
        match columns.checked_mul(rows) {
            Some(cells) if cells <= MAX_CELLS => Ok(Self { south_west, cell_m, columns, rows }),
            _ => Err(KernelError::TooMany { columns, rows }),
        }
    }

    /// Cells from west to east.
    pub fn columns(&self) -> usize {
        self.columns
    }

    /// Cells from south to north.
    pub fn rows(&self) -> usize {
        self.rows
    }

    /// The middle of a cell.
    pub fn centre(&self, column: usize, row: usize) -> PlanePoint {
        PlanePoint {
            x_m: self.south_west.x_m + (column as f64 + 0.5) * self.cell_m,
            y_m: self.south_west.y_m + (row as f64 + 0.5) * self.cell_m,
        }
    }

    /// The cells of one axis whose middles lie within `reach_m` of `offset_m` from the corner, among `cells`.
    fn within(&self, offset_m: f64, reach_m: f64, cells: usize) -> std::ops::Range<usize> {
        let column_at = |metres: f64| (metres / self.cell_m - 0.5).clamp(-1.0, cells as f64);
        let (first, last) = (column_at(offset_m - reach_m).ceil().max(0.0), column_at(offset_m + reach_m).floor());
        first as usize..((last + 1.0).max(0.0) as usize).min(cells)
    }
}

/// The density at the middle of every cell: each point is laid onto the cells it reaches.
///
/// Points that are not finite are left out.
///
/// # Shape
/// `columns · rows` numbers, from west to east within a row, rows from south to north.
///
/// # Units
/// Events per square metre.
///
/// # Example
/// One point in the middle of one cell: 3/(π·100²).
/// ```
/// use binhyen::statistics::{Bandwidth, PlaneGrid, PlanePoint, kernel_density};
/// let grid = PlaneGrid::new(PlanePoint { x_m: 0.0, y_m: 0.0 }, 10.0, 1, 1)?;
/// let density = kernel_density(&[PlanePoint { x_m: 5.0, y_m: 5.0 }], Bandwidth::new(100.0)?, &grid);
/// assert!((density[0] - 3.0 / (std::f64::consts::PI * 10_000.0)).abs() < 1e-18);
/// # Ok::<(), binhyen::statistics::KernelError>(())
/// ```
pub fn kernel_density(points: &[PlanePoint], bandwidth: Bandwidth, grid: &PlaneGrid) -> Vec<f64> {
    let mut density = vec![0.0; grid.columns * grid.rows];
    for point in points.iter().filter(|point| point.x_m.is_finite() && point.y_m.is_finite()) {
        let (east, north) = (point.x_m - grid.south_west.x_m, point.y_m - grid.south_west.y_m);
        for row in grid.within(north, bandwidth.metres, grid.rows) {
            let across = ((row as f64 + 0.5) * grid.cell_m - north).powi(2);
            // The chord of the disc at this row: every cell outside it has density 0, so the sum is complete.
            let reach = (bandwidth.metres * bandwidth.metres - across).max(0.0).sqrt();
            for column in grid.within(east, reach, grid.columns) {
                let along = ((column as f64 + 0.5) * grid.cell_m - east).powi(2);
                density[row * grid.columns + column] += bandwidth.kernel(across + along);
            }
        }
    }
    density
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn at(x_m: f64, y_m: f64) -> PlanePoint {
        PlanePoint { x_m, y_m }
    }

    /// The definition: every point at every cell.
    fn direct(points: &[PlanePoint], bandwidth: Bandwidth, grid: &PlaneGrid) -> Vec<f64> {
        let cells = (0..grid.rows).flat_map(|row| (0..grid.columns).map(move |column| (column, row)));
        cells
            .map(|(column, row)| {
                let centre = grid.centre(column, row);
                let square = |point: &PlanePoint| (point.x_m - centre.x_m).powi(2) + (point.y_m - centre.y_m).powi(2);
                points.iter().map(|point| bandwidth.kernel(square(point))).sum()
            })
            .collect()
    }

    #[test]
    fn kernel_half_way_out_is_nine_sixteenths_of_its_peak() {
        let bandwidth = Bandwidth::new(200.0).unwrap();
        assert!((bandwidth.kernel(100.0 * 100.0) / bandwidth.kernel(0.0) - 9.0 / 16.0).abs() < 1e-15);
        assert_eq!(bandwidth.kernel(200.0 * 200.0), 0.0);
    }

    #[test]
    fn no_point_and_no_cell_are_an_empty_grid() {
        let grid = PlaneGrid::new(at(0.0, 0.0), 10.0, 3, 2).unwrap();
        let bandwidth = Bandwidth::new(50.0).unwrap();
        assert_eq!(kernel_density(&[], bandwidth, &grid), [0.0; 6]);
        assert_eq!(kernel_density(&[at(f64::NAN, 0.0), at(1e9, -1e9)], bandwidth, &grid), [0.0; 6]);
        assert!(
            kernel_density(&[at(0.0, 0.0)], bandwidth, &PlaneGrid::new(at(0.0, 0.0), 1.0, 0, 5).unwrap()).is_empty()
        );
    }

    #[test]
    fn wrong_bandwidth_and_grid_are_refused() {
        assert_eq!(Bandwidth::new(0.0), Err(KernelError::Bandwidth(0.0)));
        assert!(Bandwidth::new(f64::NAN).is_err());
        assert!(matches!(PlaneGrid::new(at(0.0, 0.0), 0.0, 1, 1), Err(KernelError::Cells { .. })));
        assert!(matches!(PlaneGrid::new(at(f64::NAN, 0.0), 1.0, 1, 1), Err(KernelError::Cells { .. })));
        assert!(matches!(PlaneGrid::new(at(0.0, 0.0), 1.0, usize::MAX, 2), Err(KernelError::TooMany { .. })));
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(64))]
        #[test]
        fn laid_onto_cells_or_summed_at_cells_is_the_same(
            points in proptest::collection::vec((-300.0..900.0_f64, -300.0..900.0_f64), 0..20),
            h in 5.0..400.0_f64, cell in 7.0..60.0_f64,
        ) {
            let points: Vec<PlanePoint> = points.into_iter().map(|(x, y)| at(x, y)).collect();
            let grid = PlaneGrid::new(at(-20.0, 30.0), cell, 17, 11).unwrap();
            let bandwidth = Bandwidth::new(h).unwrap();
            let peak = bandwidth.kernel(0.0);
            for (one, other) in kernel_density(&points, bandwidth, &grid).iter().zip(direct(&points, bandwidth, &grid)) {
                prop_assert!((one - other).abs() <= 1e-9 * peak);
            }
        }

        #[test]
        fn mass_of_the_points_is_conserved(points in proptest::collection::vec((200.0..800.0_f64, 200.0..800.0_f64), 1..15)) {
            let points: Vec<PlanePoint> = points.into_iter().map(|(x, y)| at(x, y)).collect();
            let grid = PlaneGrid::new(at(0.0, 0.0), 10.0, 100, 100).unwrap();
            let mass: f64 = kernel_density(&points, Bandwidth::new(200.0).unwrap(), &grid).iter().sum::<f64>() * 100.0;
            // Twenty cells to a radius leave less than a thousandth of the integral.
            prop_assert!((mass / points.len() as f64 - 1.0).abs() < 1e-3);
        }
    }
}
