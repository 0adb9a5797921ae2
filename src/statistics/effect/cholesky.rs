//! Symmetric positive definite systems of a few dozen unknowns, solved by Cholesky's factor.
//!
//! In: a matrix by its lower triangle. Out: its factor, which solves. Not for sparse or large systems.

/// A symmetric matrix, of which the lower triangle is kept row by row.
#[derive(Debug, Clone, PartialEq)]
pub(in crate::statistics) struct Symmetric {
    size: usize,
    lower: Vec<f64>,
}

/// L of `A = LLᵀ`.
#[derive(Debug, Clone, PartialEq)]
pub(in crate::statistics) struct CholeskyFactor(Symmetric);

/// A pivot below this part of its diagonal element is rounding: the column hangs on those before it.
const LEAST_PIVOT: f64 = 1e-11;

impl Symmetric {
    /// All zeros.
    pub(in crate::statistics) fn zeros(size: usize) -> Self {
        Self { size, lower: vec![0.0; size * (size + 1) / 2] }
    }

    fn at(row: usize, column: usize) -> usize {
        row * (row + 1) / 2 + column
    }

    /// Adds weight · vᵥᵀ.
    pub(in crate::statistics) fn add_outer(&mut self, weight: f64, vector: &[f64]) {
        for (row, of_row) in vector.iter().enumerate().filter(|(_, of_row)| **of_row != 0.0) {
            let start = Self::at(row, 0);
            for (sum, of_column) in self.lower[start..=start + row].iter_mut().zip(vector) {
                *sum += weight * of_row * of_column;
            }
        }
    }

    /// Adds to one element of the lower triangle.
    pub(in crate::statistics) fn add(&mut self, row: usize, column: usize, value: f64) {
        self.lower[Self::at(row.max(column), row.min(column))] += value;
    }

    /// The factor; the first column that hangs on those before it where there is one.
    pub(in crate::statistics) fn factor(&self) -> Result<CholeskyFactor, usize> {
        let mut factor = Self::zeros(self.size);
        // Row by row, left to right: everything left of and above an element of L is final when it is used.
        for row in 0..self.size {
            for column in 0..=row {
                let of_row = &factor.lower[Self::at(row, 0)..Self::at(row, column)];
                let of_column = &factor.lower[Self::at(column, 0)..Self::at(column, column)];
                let known: f64 = of_row.iter().zip(of_column).map(|(one, other)| one * other).sum();
                let rest = self.lower[Self::at(row, column)] - known;
                factor.lower[Self::at(row, column)] = if row > column {
                    rest / factor.lower[Self::at(column, column)]
                } else if rest > LEAST_PIVOT * self.lower[Self::at(row, row)] {
                    rest.sqrt()
                } else {
                    return Err(row);
                };
            }
        }
        Ok(CholeskyFactor(factor))
    }
}

impl CholeskyFactor {
    /// x of Ax = b.
    pub(in crate::statistics) fn solve(&self, right: &[f64]) -> Vec<f64> {
        let Self(Symmetric { size, lower }) = self;
        let mut x = right.to_vec();
        for row in 0..*size {
            let known: f64 = (0..row).map(|column| lower[Symmetric::at(row, column)] * x[column]).sum();
            x[row] = (x[row] - known) / lower[Symmetric::at(row, row)];
        }
        for row in (0..*size).rev() {
            let known: f64 = (row + 1..*size).map(|below| lower[Symmetric::at(below, row)] * x[below]).sum();
            x[row] = (x[row] - known) / lower[Symmetric::at(row, row)];
        }
        x
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The matrix of some rows, as the sum of its columns' outer products.
    fn of(rows: &[&[f64]]) -> Symmetric {
        let mut matrix = Symmetric::zeros(rows.len());
        for (row, values) in rows.iter().enumerate() {
            (0..=row).for_each(|column| matrix.add(row, column, values[column]));
        }
        matrix
    }

    #[test]
    fn system_of_two_is_solved_by_hand() {
        // 4x + 2y = 10 and 2x + 5y = 13: x = 1.5, y = 2.
        let factor = of(&[&[4.0, 2.0], &[2.0, 5.0]]).factor().unwrap();
        let solved = factor.solve(&[10.0, 13.0]);
        assert!((solved[0] - 1.5).abs() < 1e-15 && (solved[1] - 2.0).abs() < 1e-15, "{solved:?}");
    }

    #[test]
    fn column_that_hangs_on_others_is_named() {
        assert_eq!(of(&[&[1.0, 2.0], &[2.0, 4.0]]).factor(), Err(1));
        assert_eq!(of(&[&[0.0]]).factor(), Err(0));
        assert!(Symmetric::zeros(0).factor().unwrap().solve(&[]).is_empty());
    }

    proptest::proptest! {
        #[test]
        fn solution_gives_the_right_side_again(values in proptest::collection::vec(-3.0..3.0_f64, 16), right in proptest::collection::vec(-9.0..9.0_f64, 4)) {
            let mut matrix = Symmetric::zeros(4);
            values.chunks(4).for_each(|column| matrix.add_outer(1.0, column));
            (0..4).for_each(|at| matrix.add(at, at, 0.5));
            let x = matrix.factor().unwrap().solve(&right);
            for (row, wanted) in right.iter().enumerate() {
                let element = |column: usize| matrix.lower[Symmetric::at(row.max(column), row.min(column))];
                let got: f64 = (0..4).map(|column| element(column) * x[column]).sum();
                proptest::prop_assert!((got - wanted).abs() < 1e-9 * (1.0 + wanted.abs()) * 100.0);
            }
        }
    }
}
