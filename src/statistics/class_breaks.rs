//! Upper bounds of map classes: quantile, equal interval, Fisher–Jenks.
//!
//! In: values and a number of classes. Out: the upper bound of every class, ascending; the last is the largest
//! value. Whether a class stays empty is for the reader of the map to see. Values that are not finite are left out.
//!
//! Reference: R. J. Hyndman and Y. Fan, "Sample quantiles in statistical packages", The American Statistician 50
//! (1996), definition 7; W. D. Fisher, "On grouping for maximum homogeneity", Journal of the American Statistical
//! Association 53 (1958).

use std::ops::{Range, RangeInclusive};

/// How classes are formed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Classification {
    /// Equally many values in each class.
    Quantile,
    /// Equally wide classes.
    EqualInterval,
    /// The least sum of squared deviations from the means of the classes.
    FisherJenks,
}

/// The upper bounds of the classes; none for no value or no class. Where there are fewer different values than
/// classes, each value is a class of its own.
///
/// # Example
/// ```
/// use binhyen::statistics::{Classification, class_breaks};
/// let values = [1.0, 2.0, 9.0, 10.0, 11.0];
/// assert_eq!(class_breaks(&values, 2, Classification::FisherJenks), [2.0, 11.0]);
/// assert_eq!(class_breaks(&values, 2, Classification::EqualInterval), [6.0, 11.0]);
/// assert_eq!(class_breaks(&values, 2, Classification::Quantile), [9.0, 11.0]);
/// ```
pub fn class_breaks(values: &[f64], classes: usize, classification: Classification) -> Vec<f64> {
    let mut sorted: Vec<f64> = values.iter().copied().filter(|value| value.is_finite()).collect();
    sorted.sort_by(f64::total_cmp);
    let mut distinct = sorted.clone();
    distinct.dedup();
    if classes == 0 || distinct.len() <= classes {
        return if classes == 0 { Vec::new() } else { distinct };
    }
    let (least, most) = (distinct[0], distinct[distinct.len() - 1]);
    let inner = 1..classes;
    let mut breaks: Vec<f64> = match classification {
        Classification::Quantile => {
            inner.filter_map(|class| quantile(&sorted, class as f64 / classes as f64)).collect()
        }
        Classification::EqualInterval => {
            inner.map(|class| least + (most - least) * class as f64 / classes as f64).collect()
        }
        Classification::FisherJenks => fisher_jenks(&sorted, classes),
    };
    breaks.push(most);
    breaks.dedup();
    breaks
}

/// The quantile of sorted values at a share, by linear interpolation (type 7); `None` for no value.
pub fn quantile(sorted: &[f64], share: f64) -> Option<f64> {
    let rank = share.clamp(0.0, 1.0) * (sorted.len().checked_sub(1)?) as f64;
    let (below, above) = (sorted[rank.floor() as usize], sorted[rank.ceil() as usize]);
    Some(below + (above - below) * rank.fract())
}

/// Upper bounds of all classes but the last, by dynamic programming over the sorted values.
fn fisher_jenks(sorted: &[f64], classes: usize) -> Vec<f64> {
    let sums = RunningSums::new(sorted);
    let count = sorted.len();
    let mut cost: Vec<f64> = (1..=count).map(|end| sums.squared_deviation(0, end)).collect();
    let mut starts: Vec<Vec<usize>> = Vec::new();
    // Before each turn `cost[e]` is the least sum of squares of the values up to e in `class` classes (Fisher
    // 1958): the next class is the values from some start to e on top of the best for what lies before it.
    for class in 1..classes {
        let step =
            ClassStep { sums: &sums, cost: &cost, best: vec![f64::INFINITY; count], start_of: vec![class; count] };
        let filled = step.filled(class);
        starts.push(filled.start_of);
        cost = filled.best;
    }
    // Back through the steps: each names the start of its class for the present end, and the one before ends just
    // below it.
    let mut end = count - 1;
    let mut bounds: Vec<f64> = Vec::with_capacity(classes - 1);
    for start_of in starts.iter().rev() {
        end = start_of[end] - 1;
        bounds.push(sorted[end]);
    }
    bounds.reverse();
    bounds
}

/// One class more on top of the classes so far.
struct ClassStep<'a> {
    sums: &'a RunningSums,
    /// What the classes so far cost up to each end.
    cost: &'a [f64],
    best: Vec<f64>,
    start_of: Vec<usize>,
}

/// What a step leaves to the next.
struct Filled {
    best: Vec<f64>,
    start_of: Vec<usize>,
}

impl ClassStep<'_> {
    fn filled(mut self, class: usize) -> Filled {
        let count = self.cost.len();
        self.fill(class..count, class..=count - 1);
        Filled { best: self.best, start_of: self.start_of }
    }

    /// The first of the best starts never falls as the end rises, so that each half of the ends has its own part
    /// of the starts to search.
    fn fill(&mut self, ends: Range<usize>, starts: RangeInclusive<usize>) {
        if ends.is_empty() {
            return;
        }
        let end = ends.start + ends.len() / 2;
        let (least, most) = starts.into_inner();
        // The first of equal totals wins, because only a smaller one replaces it: the breaks do not depend on
        // rounding of the search's order.
        for start in least..=most.min(end) {
            let total = self.cost[start - 1] + self.sums.squared_deviation(start, end + 1);
            if total < self.best[end] {
                (self.best[end], self.start_of[end]) = (total, start);
            }
        }
        // The middle is done; both halves are smaller, so the recursion ends. Each level of it visits every
        // start about once, hence n·log n a class instead of n².
        let own = self.start_of[end];
        self.fill(ends.start..end, least..=own);
        self.fill(end + 1..ends.end, own..=most);
    }
}

/// Sums over the values before each rank, about the mean of all so that little is lost.
struct RunningSums {
    values: Vec<f64>,
    squares: Vec<f64>,
}

impl RunningSums {
    fn new(sorted: &[f64]) -> Self {
        // About the mean, not about 0: the difference of two sums of squares would cancel for values far from 0.
        let mean = sorted.iter().sum::<f64>() / sorted.len() as f64;
        let running = |power: i32| {
            let mut sum = 0.0;
            let sums = sorted.iter().map(|value| {
                sum += (value - mean).powi(power);
                sum
            });
            std::iter::once(0.0).chain(sums).collect()
        };
        Self { values: running(1), squares: running(2) }
    }

    fn squared_deviation(&self, start: usize, end: usize) -> f64 {
        let sum = self.values[end] - self.values[start];
        self.squares[end] - self.squares[start] - sum * sum / (end - start) as f64
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn few_values_are_classes_of_their_own() {
        assert_eq!(class_breaks(&[3.0, 1.0, 3.0], 5, Classification::FisherJenks), [1.0, 3.0]);
        assert!(class_breaks(&[], 5, Classification::Quantile).is_empty());
        assert!(class_breaks(&[1.0], 0, Classification::Quantile).is_empty());
    }

    #[test]
    fn value_that_is_no_number_is_left_out() {
        assert_eq!(class_breaks(&[f64::NAN, 1.0, 2.0, 3.0], 1, Classification::EqualInterval), [3.0]);
    }

    #[test]
    fn values_whose_squares_overflow_are_still_classed() {
        let breaks = class_breaks(&[-1e300, 0.0, 1.0, 1e300], 3, Classification::FisherJenks);
        assert_eq!(breaks.last(), Some(&1e300));
    }

    proptest! {
        #[test]
        fn no_three_classes_are_tighter_than_fisher_and_jenks_find(
            values in proptest::collection::vec(0.0..100.0_f64, 4..40),
        ) {
            let mut sorted = values.clone();
            sorted.sort_by(f64::total_cmp);
            let (sums, all) = (RunningSums::new(&sorted), sorted.len());
            let cost = |one: usize, other: usize| {
                sums.squared_deviation(0, one) + sums.squared_deviation(one, other) + sums.squared_deviation(other, all)
            };
            let cuts = (1..all).flat_map(|one| (one + 1..all).map(move |other| (one, other)));
            let best = cuts.map(|(one, other)| cost(one, other)).fold(f64::INFINITY, f64::min);
            let breaks = class_breaks(&values, 3, Classification::FisherJenks);
            let cut = |bound: f64| sorted.partition_point(|value| *value <= bound);
            prop_assert!(cost(cut(breaks[0]), cut(breaks[1])) <= best * (1.0 + 1e-9) + 1e-9);
        }

        #[test]
        fn no_two_classes_are_tighter_than_fisher_and_jenks_find(
            values in proptest::collection::vec(0.0..100.0_f64, 3..25),
        ) {
            let mut sorted = values.clone();
            sorted.sort_by(f64::total_cmp);
            let sums = RunningSums::new(&sorted);
            let best = (1..sorted.len())
                .map(|cut| sums.squared_deviation(0, cut) + sums.squared_deviation(cut, sorted.len()))
                .fold(f64::INFINITY, f64::min);
            let breaks = class_breaks(&values, 2, Classification::FisherJenks);
            let cut = sorted.partition_point(|value| *value <= breaks[0]);
            let found = sums.squared_deviation(0, cut) + sums.squared_deviation(cut, sorted.len());
            prop_assert!(found <= best * (1.0 + 1e-9) + 1e-9);
        }
    }
}
