//! Counts by area and severity class, with the exposures they arose from.
//!
//! In: classes with their weights, one or more columns of exposure, a matrix of
//! counts. Out: a checked [`ClassTable`] that the standard and the ratings read.
//! A class names the exposure column it is measured against, so that traffic
//! may later go by road length while other classes go by residents.

use crate::statistics::position::{AreaPosition, ClassPosition, ColumnPosition};

/// One severity class of one component: how heavy it weighs and what it is measured against.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct SeverityClass {
    /// Weight w ≥ 0 in the score; 0 leaves the class out of the rating.
    pub weight: f64,
    /// Its exposure among the table's exposure columns.
    pub exposure_column: ColumnPosition,
}

/// Counts of areas × classes with exposures per area.
///
/// # Units
/// Exposures in any unit that is the same down a column, usually person-years.
///
/// # Shape
/// `exposures[column][area]`; `counts[area * classes.len() + class]`.
#[derive(Debug, Clone, PartialEq)]
pub struct ClassTable {
    classes: Vec<SeverityClass>,
    exposures: Vec<Vec<f64>>,
    counts: Vec<u64>,
}

/// Why numbers do not make a [`ClassTable`].
#[derive(Debug, Clone, Copy, PartialEq, thiserror::Error)]
pub enum ClassTableError {
    /// There is no class or no exposure column.
    #[error("a class table needs at least one class and one exposure column")]
    Empty,
    /// A weight is negative, not finite, or beyond the accepted sizes.
    #[error("class {class}: the weight must be 0 or lie between {MIN_SIZE:e} and {MAX_WEIGHT:e}; given {weight}")]
    Weight {
        /// Position of the class.
        class: ClassPosition,
        /// The weight given.
        weight: f64,
    },
    /// A class names an exposure column that does not exist.
    #[error("class {class}: there is no exposure column {column}")]
    ExposureColumn {
        /// Position of the class.
        class: ClassPosition,
        /// The column it names.
        column: ColumnPosition,
    },
    /// An exposure is negative, not finite, or beyond the accepted sizes.
    #[error("area {area}: the exposure must be 0 or lie between {MIN_SIZE:e} and {MAX_EXPOSURE:e}; given {exposure}")]
    Exposure {
        /// Position of the area.
        area: AreaPosition,
        /// The exposure given.
        exposure: f64,
    },
    /// The columns and the counts speak of different numbers of areas.
    #[error("{counts} counts and an exposure column of {areas} areas do not make {classes} classes per area")]
    Shape {
        /// Number of counts given.
        counts: usize,
        /// Number of areas of the first exposure column that does not fit.
        areas: usize,
        /// Number of classes.
        classes: usize,
    },
}

/// Smallest weight and exposure other than 0. With the two upper bounds below it
/// keeps every product and quotient of a rating far from overflow.
const MIN_SIZE: f64 = 1e-9;
/// Largest weight.
const MAX_WEIGHT: f64 = 1e9;
/// Largest exposure of one area.
const MAX_EXPOSURE: f64 = 1e15;

impl ClassTable {
    /// Checks the numbers and keeps them.
    ///
    /// # Errors
    /// [`ClassTableError`] for a missing class or column, a weight or exposure
    /// out of range, or shapes that do not fit.
    pub fn new(
        classes: Vec<SeverityClass>,
        exposures: Vec<Vec<f64>>,
        counts: Vec<u64>,
    ) -> Result<Self, ClassTableError> {
        if classes.is_empty() || exposures.is_empty() {
            return Err(ClassTableError::Empty);
        }
        check_classes(&classes, exposures.len())?;
        for column in &exposures {
            check_exposures(column)?;
            if counts.len() != column.len() * classes.len() {
                let (counts, areas, classes) = (counts.len(), column.len(), classes.len());
                return Err(ClassTableError::Shape { counts, areas, classes });
            }
        }
        Ok(Self { classes, exposures, counts })
    }

    /// A table whose classes are all measured against the same exposure.
    ///
    /// # Errors
    /// As [`ClassTable::new`].
    ///
    /// # Example
    /// Two areas, two classes; the second class weighs seven times the first.
    /// ```
    /// use binhyen::statistics::{AreaPosition, ClassTable};
    /// let table = ClassTable::with_common_exposure(&[1.0, 7.0], vec![2_000.0, 3_000.0], vec![4, 0, 5, 1])?;
    /// assert_eq!(table.area_count(), 2);
    /// assert_eq!(table.counts(AreaPosition::new(1)), &[5, 1]);
    /// # Ok::<(), binhyen::statistics::ClassTableError>(())
    /// ```
    pub fn with_common_exposure(
        weights: &[f64],
        exposure: Vec<f64>,
        counts: Vec<u64>,
    ) -> Result<Self, ClassTableError> {
        let classes =
            weights.iter().map(|&weight| SeverityClass { weight, exposure_column: ColumnPosition::new(0) }).collect();
        Self::new(classes, vec![exposure], counts)
    }

    /// The table of some of the areas, in the order in which they are named; positions of no area are left out.
    #[must_use]
    pub fn of_areas(&self, areas: &[AreaPosition]) -> Self {
        let is_known = |area: &AreaPosition| area.index() < self.area_count();
        let areas: Vec<AreaPosition> = areas.iter().copied().filter(is_known).collect();
        let exposure = |column: &Vec<f64>, area: &AreaPosition| column.get(area.index()).copied();
        let column = |column: &Vec<f64>| areas.iter().filter_map(|area| exposure(column, area)).collect();
        Self {
            classes: self.classes.clone(),
            exposures: self.exposures.iter().map(column).collect(),
            counts: areas.iter().flat_map(|area| self.counts(*area).iter().copied()).collect(),
        }
    }

    /// Number of areas.
    pub fn area_count(&self) -> usize {
        self.counts.len() / self.classes.len()
    }

    /// The positions of all areas.
    pub fn areas(&self) -> impl Iterator<Item = AreaPosition> + use<> {
        (0..self.area_count()).map(AreaPosition::new)
    }

    /// The classes, in the order of the counts.
    pub fn classes(&self) -> &[SeverityClass] {
        &self.classes
    }

    /// The counts of one area by class; empty when there is no such area.
    pub fn counts(&self, area: AreaPosition) -> &[u64] {
        self.counts.chunks(self.classes.len()).nth(area.index()).unwrap_or_default()
    }

    /// The counts and exposures of one area by class, without those whose exposure is 0.
    ///
    /// A count without an exposure says nothing about a rate: it is left out on
    /// both sides, as if the area were absent for that class.
    pub(in crate::statistics) fn exposed_cells(&self, area: AreaPosition) -> impl Iterator<Item = ExposedCell> {
        self.counts(area).iter().zip(&self.classes).enumerate().filter_map(move |(class, (&count, definition))| {
            let exposure = self.exposure(area, *definition);
            let class = ClassPosition::new(class);
            (exposure > 0.0).then_some(ExposedCell { class, count: count as f64, exposure })
        })
    }

    fn exposure(&self, area: AreaPosition, class: SeverityClass) -> f64 {
        self.exposures
            .get(class.exposure_column.index())
            .and_then(|column| column.get(area.index()))
            .copied()
            .unwrap_or(0.0)
    }
}

/// One class in one area where its exposure is above 0.
#[derive(Debug, Clone, Copy)]
pub(in crate::statistics) struct ExposedCell {
    pub(in crate::statistics) class: ClassPosition,
    pub(in crate::statistics) count: f64,
    pub(in crate::statistics) exposure: f64,
}

fn check_classes(classes: &[SeverityClass], columns: usize) -> Result<(), ClassTableError> {
    for (class, definition) in classes.iter().enumerate() {
        let class = ClassPosition::new(class);
        check_weight(class, definition.weight)?;
        if definition.exposure_column.index() >= columns {
            return Err(ClassTableError::ExposureColumn { class, column: definition.exposure_column });
        }
    }
    Ok(())
}

pub(in crate::statistics) fn check_weight(class: ClassPosition, weight: f64) -> Result<(), ClassTableError> {
    if weight == 0.0 || (MIN_SIZE..=MAX_WEIGHT).contains(&weight) {
        Ok(())
    } else {
        Err(ClassTableError::Weight { class, weight })
    }
}

fn check_exposures(column: &[f64]) -> Result<(), ClassTableError> {
    let wrong = column
        .iter()
        .enumerate()
        .find(|&(_, exposure)| *exposure != 0.0 && !(MIN_SIZE..=MAX_EXPOSURE).contains(exposure));
    wrong.map_or(Ok(()), |(area, &exposure)| Err(ClassTableError::Exposure { area: AreaPosition::new(area), exposure }))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn table(weights: &[f64], exposure: &[f64], counts: &[u64]) -> Result<ClassTable, ClassTableError> {
        ClassTable::with_common_exposure(weights, exposure.to_vec(), counts.to_vec())
    }

    #[test]
    fn wrong_numbers_are_named() {
        assert_eq!(table(&[], &[1.0], &[]), Err(ClassTableError::Empty));
        assert_eq!(
            table(&[1.0, -3.0], &[1.0], &[0, 0]),
            Err(ClassTableError::Weight { class: ClassPosition::new(1), weight: -3.0 })
        );
        assert_eq!(
            table(&[1.0], &[1.0, -2.0], &[0, 0]),
            Err(ClassTableError::Exposure { area: AreaPosition::new(1), exposure: -2.0 })
        );
        let unknown = table(&[1.0], &[f64::NAN], &[0]).unwrap_err();
        assert!(matches!(unknown, ClassTableError::Exposure { area, .. } if area.index() == 0));
        let infinite = table(&[f64::INFINITY], &[1.0], &[0]).unwrap_err();
        assert!(matches!(infinite, ClassTableError::Weight { class, .. } if class.index() == 0));
        assert!(matches!(table(&[1.0, 2.0], &[1.0], &[0]), Err(ClassTableError::Shape { counts: 1, .. })));
        let stray = vec![SeverityClass { weight: 1.0, exposure_column: ColumnPosition::new(1) }];
        let error = ClassTable::new(stray, vec![vec![1.0]], vec![0]).unwrap_err();
        assert_eq!(error.to_string(), "class 0: there is no exposure column 1");
    }

    #[test]
    fn table_without_areas_is_a_table() {
        let empty = table(&[1.0, 2.0], &[], &[]).unwrap();
        assert_eq!(empty.area_count(), 0);
        assert!(empty.counts(AreaPosition::new(0)).is_empty());
    }

    #[test]
    fn count_without_exposure_is_left_out() {
        let classes = vec![
            SeverityClass { weight: 3.0, exposure_column: ColumnPosition::new(0) },
            SeverityClass { weight: 7.0, exposure_column: ColumnPosition::new(1) },
        ];
        let exposures = vec![vec![10.0, 0.0], vec![0.0, 0.0]];
        let table = ClassTable::new(classes, exposures, vec![1, 2, 3, 4]).unwrap();
        let (first, second) = (AreaPosition::new(0), AreaPosition::new(1));
        let cells: Vec<_> = table.exposed_cells(first).map(|cell| (cell.class.index(), cell.count)).collect();
        assert_eq!(cells, [(0, 1.0)]);
        assert_eq!(table.exposed_cells(second).count(), 0);
    }
}
