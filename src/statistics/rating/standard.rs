//! What the areas are measured against: provincial rates, dispersion and prior.
//!
//! In: a [`ClassTable`], or rates and a prior fixed from outside. Out: a
//! [`Standard`] that rates the areas of its own table or of another one with
//! the same classes (districts against the communes' standard, one commune in a
//! worked example), and that takes a rating apart by class.

use super::class_table::{ClassTable, ClassTableError, ExposedCell, check_weight};
use super::prior::{Observation, Prior};
use super::{AreaRating, Scores};
use crate::statistics::distribution::confidence_level::ConfidenceLevel;
use crate::statistics::position::{AreaPosition, ClassPosition};

/// One severity class of a standard.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct ClassStandard {
    /// Weight w ≥ 0 of one event.
    pub weight: f64,
    /// Events per unit of exposure over the whole province.
    pub rate: f64,
    /// Events expected over the whole province: its share in the dispersion.
    pub provincial_count: f64,
}

/// Provincial rates per class, the dispersion of the score, and the prior of the true ratios.
///
/// With E the expected events per area and class (exposure × provincial rate):
/// expected score `E_S` = Σ wE, dispersion φ = Σ w²E / Σ wE over the province.
/// φ is the number of points one independent event is worth: the score divided
/// by φ has the mean-to-variance ratio of a count. The prior is Marshall's over the effective
/// counts S/φ and expectations `E_S`/φ.
#[derive(Debug, Clone, PartialEq)]
pub struct Standard {
    classes: Vec<ClassStandard>,
    dispersion: Option<f64>,
    prior: Prior,
}

/// One class of an area's rating.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Contribution {
    /// Events counted, 0 where the class has no exposure.
    pub observed: f64,
    /// Events expected at the provincial rate.
    pub expected: f64,
    /// w(O − E)/`E_S`: how much the class moves the ratio away from 1; 0 when nothing is expected.
    pub share: f64,
}

/// Why a standard cannot be made or applied.
#[derive(Debug, Clone, Copy, PartialEq, thiserror::Error)]
pub enum StandardError {
    /// A weight is out of range.
    #[error(transparent)]
    Weight(#[from] ClassTableError),
    /// A rate or provincial count is negative or not finite.
    #[error("class {class}: rate and provincial count must be at least 0 and finite; given {rate} and {count}")]
    Rate {
        /// Position of the class.
        class: ClassPosition,
        /// The rate given.
        rate: f64,
        /// The provincial count given.
        count: f64,
    },
    /// The table has another number of classes than the standard.
    #[error("the standard has {standard} classes, the table {table}")]
    Classes {
        /// Classes of the standard.
        standard: usize,
        /// Classes of the table.
        table: usize,
    },
}

impl Standard {
    /// The standard of a table by itself: its pooled rates, its dispersion, Marshall's prior over its areas.
    ///
    /// Areas without exposure are as if absent. Where nothing happened, or there
    /// is nothing to rate, the prior is 0 with variance 0.
    ///
    /// # Example
    /// Ten events in 5,000 person-years of class one, two of class two; weights 1 and 7:
    /// φ = (1·10 + 49·2)/(1·10 + 7·2) = 4.5.
    /// ```
    /// use binhyen::statistics::{ClassTable, Standard};
    /// let table = ClassTable::with_common_exposure(&[1.0, 7.0], vec![2_000.0, 3_000.0], vec![4, 1, 6, 1])?;
    /// let standard = Standard::of(&table);
    /// assert_eq!(standard.classes()[0].rate, 0.002);
    /// assert_eq!(standard.dispersion(), Some(4.5));
    /// # Ok::<(), binhyen::statistics::ClassTableError>(())
    /// ```
    pub fn of(table: &ClassTable) -> Self {
        let classes = pooled_classes(table);
        let dispersion = dispersion(&classes);
        let mut standard = Self { classes, dispersion, prior: Prior::default() };
        let observations: Vec<Observation> =
            table.areas().map(|area| standard.scores(table, area).effective(dispersion)).collect();
        standard.prior = Prior::marshall(&observations).unwrap_or_default();
        standard
    }

    /// A standard fixed from outside, for example published rates with a chosen prior.
    ///
    /// # Errors
    /// [`StandardError`] for a weight out of range, or a rate or provincial count
    /// that is negative or not finite.
    pub fn new(classes: Vec<ClassStandard>, prior: Prior) -> Result<Self, StandardError> {
        let usable = |x: f64| (0.0..1e15).contains(&x);
        for (class, &ClassStandard { weight, rate, provincial_count: count }) in classes.iter().enumerate() {
            let class = ClassPosition::new(class);
            check_weight(class, weight)?;
            if !usable(rate) || !usable(count) {
                return Err(StandardError::Rate { class, rate, count });
            }
        }
        let dispersion = dispersion(&classes);
        Ok(Self { classes, dispersion, prior })
    }

    /// The same standard with another prior, for example that of the finer areas.
    #[must_use]
    pub fn with_prior(self, prior: Prior) -> Self {
        Self { prior, ..self }
    }

    /// The same standard with Marshall's prior over some of the areas of a table, for example an area's peers.
    ///
    /// Rates and dispersion stay those of all: what is expected of an area does not change, only what its
    /// estimate leans on.
    ///
    /// # Example
    /// Of three areas that expect 10 each, the first two count 4 and 16: over them b = 1, a = 0.36 − 0.1.
    /// ```
    /// use binhyen::statistics::{AreaPosition, ClassTable, Standard};
    /// let table = ClassTable::with_common_exposure(&[1.0], vec![100.0; 3], vec![4, 16, 10])?;
    /// let peers = Standard::of(&table).with_prior_over(&table, &[0, 1].map(AreaPosition::new));
    /// assert!((peers.prior().variance() - 0.26).abs() < 1e-12);
    /// assert_eq!(peers.classes(), Standard::of(&table).classes());
    /// # Ok::<(), binhyen::statistics::ClassTableError>(())
    /// ```
    #[must_use]
    pub fn with_prior_over(&self, table: &ClassTable, areas: &[AreaPosition]) -> Self {
        let observation = |area: &AreaPosition| self.scores(table, *area).effective(self.dispersion);
        let observations: Vec<Observation> = areas.iter().map(observation).collect();
        Self { prior: Prior::marshall(&observations).unwrap_or_default(), ..self.clone() }
    }

    /// The classes with their provincial rates.
    pub fn classes(&self) -> &[ClassStandard] {
        &self.classes
    }

    /// The dispersion φ in points per event; `None` when no weighted event is expected.
    pub fn dispersion(&self) -> Option<f64> {
        self.dispersion
    }

    /// The prior of the true ratios.
    pub fn prior(&self) -> Prior {
        self.prior
    }

    /// The rating of every area of `table`, in its order; `None` for an area without exposure.
    ///
    /// # Errors
    /// [`StandardError::Classes`] when the table has another number of classes.
    pub fn ratings(
        &self,
        table: &ClassTable,
        level: ConfidenceLevel,
    ) -> Result<Vec<Option<AreaRating>>, StandardError> {
        table.areas().map(|area| self.rating(table, area, level)).collect()
    }

    /// The rating of one area of `table`; `None` for an area without exposure.
    ///
    /// # Errors
    /// [`StandardError::Classes`] when the table has another number of classes.
    pub fn rating(
        &self,
        table: &ClassTable,
        area: AreaPosition,
        level: ConfidenceLevel,
    ) -> Result<Option<AreaRating>, StandardError> {
        self.check_classes_of(table)?;
        let rating = || AreaRating::new(self.scores(table, area), self.dispersion, self.prior, level);
        Ok(self.is_rated(table, area).then(rating))
    }

    /// The classes of one area's rating, in the table's order; their shares sum to the ratio minus 1.
    ///
    /// `None` for an area without exposure.
    ///
    /// # Errors
    /// [`StandardError::Classes`] when the table has another number of classes.
    pub fn contributions(
        &self,
        table: &ClassTable,
        area: AreaPosition,
    ) -> Result<Option<Vec<Contribution>>, StandardError> {
        self.check_classes_of(table)?;
        if !self.is_rated(table, area) {
            return Ok(None);
        }
        // Shares are w·(O − E)/E_S, so over all classes they sum to the ratio less 1.
        let expected_score = self.scores(table, area).expected;
        let mut contributions = vec![Contribution { observed: 0.0, expected: 0.0, share: 0.0 }; self.classes.len()];
        for cell in table.exposed_cells(area) {
            let class = self.classes[cell.class.index()];
            let (observed, expected) = (cell.count, cell.exposure * class.rate);
            let excess = class.weight * (observed - expected);
            let share = if expected_score > 0.0 { excess / expected_score } else { 0.0 };
            contributions[cell.class.index()] = Contribution { observed, expected, share };
        }
        Ok(Some(contributions))
    }

    fn check_classes_of(&self, table: &ClassTable) -> Result<(), StandardError> {
        let (standard, table) = (self.classes.len(), table.classes().len());
        if standard == table { Ok(()) } else { Err(StandardError::Classes { standard, table }) }
    }

    /// Whether a class of weight above 0, by this standard, has an exposure above 0.
    pub fn is_rated(&self, table: &ClassTable, area: AreaPosition) -> bool {
        table.exposed_cells(area).any(|cell| self.classes[cell.class.index()].weight > 0.0)
    }

    fn scores(&self, table: &ClassTable, area: AreaPosition) -> Scores {
        let add = |sum: Scores, cell: ExposedCell| {
            let class = self.classes[cell.class.index()];
            Scores {
                observed: sum.observed + class.weight * cell.count,
                expected: sum.expected + class.weight * class.rate * cell.exposure,
            }
        };
        table.exposed_cells(area).fold(Scores { observed: 0.0, expected: 0.0 }, add)
    }
}

/// Pooled events per exposure of every class.
fn pooled_classes(table: &ClassTable) -> Vec<ClassStandard> {
    let mut sums = vec![(0.0, 0.0); table.classes().len()];
    for area in table.areas() {
        for cell in table.exposed_cells(area) {
            sums[cell.class.index()].0 += cell.count;
            sums[cell.class.index()].1 += cell.exposure;
        }
    }
    let pooled = |(class, (count, exposure)): (&crate::statistics::SeverityClass, (f64, f64))| ClassStandard {
        weight: class.weight,
        rate: if exposure > 0.0 { count / exposure } else { 0.0 },
        provincial_count: count,
    };
    table.classes().iter().zip(sums).map(pooled).collect()
}

/// φ = Σ w²E / Σ wE with E the provincial counts; `None` when Σ wE is 0.
fn dispersion(classes: &[ClassStandard]) -> Option<f64> {
    let first: f64 = classes.iter().map(|class| class.weight * class.provincial_count).sum();
    let second: f64 = classes.iter().map(|class| class.weight * class.weight * class.provincial_count).sum();
    (first > 0.0).then(|| second / first)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn standard_of_nothing_rates_nothing() {
        let empty = ClassTable::with_common_exposure(&[3.0], vec![], vec![]).unwrap();
        let standard = Standard::of(&empty);
        assert_eq!(standard.dispersion(), None);
        assert_eq!(standard.ratings(&empty, ConfidenceLevel::new(0.8).unwrap()).unwrap(), vec![]);
    }

    #[test]
    fn class_without_weight_leaves_the_score_alone() {
        let with = ClassTable::with_common_exposure(&[3.0, 0.0], vec![100.0, 300.0], vec![2, 40, 3, 1]).unwrap();
        let without = ClassTable::with_common_exposure(&[3.0], vec![100.0, 300.0], vec![2, 3]).unwrap();
        let level = ConfidenceLevel::new(0.8).unwrap();
        let (with_standard, without_standard) = (Standard::of(&with), Standard::of(&without));
        assert_eq!(with_standard.ratings(&with, level).unwrap(), without_standard.ratings(&without, level).unwrap());
        let contributions = with_standard.contributions(&with, AreaPosition::new(0)).unwrap().unwrap();
        assert_eq!((contributions[1].observed, contributions[1].share), (40.0, 0.0));
    }

    #[test]
    fn table_of_other_classes_is_refused() {
        let one = ClassTable::with_common_exposure(&[3.0], vec![1.0], vec![1]).unwrap();
        let two = ClassTable::with_common_exposure(&[3.0, 7.0], vec![1.0], vec![1, 1]).unwrap();
        let error = Standard::of(&one).ratings(&two, ConfidenceLevel::new(0.8).unwrap()).unwrap_err();
        assert_eq!(error, StandardError::Classes { standard: 1, table: 2 });
        assert!(Standard::of(&one).contributions(&two, AreaPosition::new(0)).is_err());
    }

    #[test]
    fn rates_from_outside_are_checked() {
        let class = ClassStandard { weight: 1.0, rate: f64::NAN, provincial_count: 1.0 };
        let unknown = Standard::new(vec![class], Prior::default()).unwrap_err();
        assert!(matches!(unknown, StandardError::Rate { class, .. } if class.index() == 0));
        let class = ClassStandard { weight: -1.0, rate: 0.1, provincial_count: 1.0 };
        assert!(matches!(Standard::new(vec![class], Prior::default()), Err(StandardError::Weight(_))));
    }
}
