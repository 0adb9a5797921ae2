//! Which features are asked for.

use rayon::prelude::*;

use super::order::SortOrder;
use super::predicate::Predicate;
use super::shape::AskedShape;
use super::source::FeatureSource;
use super::time_span::TimeSpan;

/// Rows from which on it is worth looking at them on several threads.
const MANY_ROWS: usize = 10_000;

/// What features have to be, and in which order they stand.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct FeatureQuestion {
    /// The boxes of which they meet one; all features where there is none.
    pub boxes: Vec<AskedShape>,
    /// The time that theirs meets. What belongs to no time is never left out by it.
    pub time: Option<TimeSpan>,
    /// What else is asked of them.
    pub predicate: Option<Predicate>,
    /// In which order they stand.
    pub order: SortOrder,
}

impl FeatureQuestion {
    /// The rows that the question holds, in its order.
    pub fn rows(&self, source: &dyn FeatureSource) -> Vec<usize> {
        let mut rows: Vec<usize> = if source.count() < MANY_ROWS {
            (0..source.count()).filter(|row| self.holds(source, *row)).collect()
        } else {
            (0..source.count()).into_par_iter().filter(|row| self.holds(source, *row)).collect()
        };
        if self.order.is_by_id() {
            rows.par_sort_unstable_by(|one, other| source.id(*one).cmp(&source.id(*other)));
        } else {
            let mut keyed: Vec<_> = rows.into_par_iter().map(|row| (self.order.key(source, row), row)).collect();
            keyed.par_sort_unstable_by(|(one, _), (other, _)| self.order.compare(one, other));
            rows = keyed.into_iter().map(|(_, row)| row).collect();
        }
        rows
    }

    fn holds(&self, source: &dyn FeatureSource, row: usize) -> bool {
        self.is_in_time(source, row) && self.is_in_boxes(source, row) && self.is_taken(source, row)
    }

    fn is_in_time(&self, source: &dyn FeatureSource, row: usize) -> bool {
        self.time.is_none_or(|asked| source.time(row).is_none_or(|time| time.meets(asked)))
    }

    /// A feature that is nowhere meets no box.
    fn is_in_boxes(&self, source: &dyn FeatureSource, row: usize) -> bool {
        self.boxes.is_empty()
            || source.shape(row).is_some_and(|shape| self.boxes.iter().any(|asked| shape.meets(asked)))
    }

    fn is_taken(&self, source: &dyn FeatureSource, row: usize) -> bool {
        self.predicate.as_ref().is_none_or(|predicate| predicate.holds(source, row))
    }
}
