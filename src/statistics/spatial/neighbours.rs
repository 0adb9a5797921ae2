//! Which areas are neighbours of which, and the weights that follow from it.
//!
//! In: for every area the indices of its neighbours. Out: checked lists in ascending
//! order, with binary or row-standardised weights. Where the lists come from (shared
//! borders, a file) is the caller's business; an area without neighbours is an island.

use std::borrow::Cow;

/// The neighbours of every area.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Neighbours(Vec<Vec<usize>>);

/// How much a neighbour counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum WeightStyle {
    /// Every neighbour counts 1.
    Binary,
    /// The neighbours of an area together count 1.
    RowStandardised,
}

/// Why lists are no neighbours.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum NeighboursError {
    /// An index beyond the last area.
    #[error("area {area} has a neighbour {neighbour}, but there are only {areas} areas")]
    OutOfRange {
        /// The index of the area.
        area: usize,
        /// The index named.
        neighbour: usize,
        /// How many areas there are.
        areas: usize,
    },
    /// An area among its own neighbours.
    #[error("area {area} is named as its own neighbour")]
    Itself {
        /// The index of the area.
        area: usize,
    },
}

impl Neighbours {
    /// Checks the lists; a neighbour named twice counts once.
    ///
    /// # Errors
    /// [`NeighboursError`] for an index that is no area, or an area that names itself.
    ///
    /// # Example
    /// Three areas in a row.
    /// ```
    /// use binhyen::statistics::Neighbours;
    /// let row = Neighbours::new(vec![vec![1], vec![2, 0], vec![1]])?;
    /// assert_eq!(row.of(1), &[0, 2]);
    /// assert_eq!(row.links(), 4);
    /// # Ok::<(), binhyen::statistics::NeighboursError>(())
    /// ```
    pub fn new(mut lists: Vec<Vec<usize>>) -> Result<Self, NeighboursError> {
        let areas = lists.len();
        for (area, list) in lists.iter_mut().enumerate() {
            list.sort_unstable();
            list.dedup();
            if list.binary_search(&area).is_ok() {
                return Err(NeighboursError::Itself { area });
            }
            if let Some(&neighbour) = list.last().filter(|last| **last >= areas) {
                return Err(NeighboursError::OutOfRange { area, neighbour, areas });
            }
        }
        Ok(Self(lists))
    }

    /// The neighbours of an area, in ascending order; none for an index that is no area.
    pub fn of(&self, area: usize) -> &[usize] {
        self.0.get(area).map_or(&[], Vec::as_slice)
    }

    /// How many areas there are.
    pub fn len(&self) -> usize {
        self.0.len()
    }

    /// Whether there is no area.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Directed links: each pair that names one another counts twice.
    pub fn links(&self) -> usize {
        self.0.iter().map(Vec::len).sum()
    }

    /// The areas without neighbours.
    pub fn islands(&self) -> impl Iterator<Item = usize> {
        self.0.iter().enumerate().filter(|(_, list)| list.is_empty()).map(|(area, _)| area)
    }

    /// What each neighbour of an area weighs; 0 for an island.
    pub(in crate::statistics) fn weight(&self, area: usize, style: WeightStyle) -> f64 {
        match (self.of(area).len(), style) {
            (0, _) => 0.0,
            (_, WeightStyle::Binary) => 1.0,
            (count, WeightStyle::RowStandardised) => 1.0 / count as f64,
        }
    }

    /// Whether an area names another.
    pub(in crate::statistics) fn has(&self, area: usize, neighbour: usize) -> bool {
        self.of(area).binary_search(&neighbour).is_ok()
    }
}

/// The areas that have a value, numbered anew, with the neighbours among them.
#[derive(Debug, Clone)]
pub(in crate::statistics) struct Present<'a> {
    pub(in crate::statistics) values: Vec<f64>,
    pub(in crate::statistics) neighbours: Cow<'a, Neighbours>,
    indices: Vec<usize>,
    areas: usize,
}

impl<'a> Present<'a> {
    pub(in crate::statistics) fn of(values: &[Option<f64>], neighbours: &'a Neighbours) -> Self {
        let is_value = |value: Option<f64>| value.filter(|value| value.is_finite());
        let indices: Vec<usize> = (0..values.len()).filter(|index| is_value(values[*index]).is_some()).collect();
        let number = |area: &usize| indices.binary_search(area).ok();
        // Renumbering by position keeps the order, so the new lists are sorted as the old ones were.
        let among = |index: &usize| neighbours.of(*index).iter().filter_map(number).collect();
        let all_present = indices.len() == values.len() && values.len() == neighbours.len();
        let neighbours = if all_present {
            Cow::Borrowed(neighbours)
        } else {
            Cow::Owned(Neighbours(indices.iter().map(among).collect()))
        };
        Self {
            values: indices.iter().filter_map(|index| is_value(values[*index])).collect(),
            neighbours,
            areas: values.len(),
            indices,
        }
    }

    /// Answers on the present areas, put back among all.
    pub(in crate::statistics) fn spread<T: Clone>(&self, answers: Vec<Option<T>>) -> Vec<Option<T>> {
        let mut all = vec![None; self.areas];
        for (index, answer) in self.indices.iter().zip(answers) {
            all[*index] = answer;
        }
        all
    }

    /// The values less their mean; all 0 where the values differ by no more than rounding.
    pub(in crate::statistics) fn deviations(&self) -> Vec<f64> {
        let (least, most) = self
            .values
            .iter()
            .fold((f64::INFINITY, f64::NEG_INFINITY), |(least, most), value| (least.min(*value), most.max(*value)));
        // Equal rates computed from different counts differ in their last digits; their deviations would be noise
        // and every statistic a quotient of noise.
        if most - least <= 8.0 * f64::EPSILON * most.abs().max(least.abs()) {
            return vec![0.0; self.values.len()];
        }
        let mean = self.values.iter().sum::<f64>() / self.values.len() as f64;
        self.values.iter().map(|value| value - mean).collect()
    }

    /// Sum over the neighbours of one area.
    pub(in crate::statistics) fn neighbour_sum(&self, area: usize, values: &[f64]) -> f64 {
        self.neighbours.of(area).iter().map(|neighbour| values[*neighbour]).sum()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn wrong_places_are_named() {
        let beyond = Neighbours::new(vec![vec![1], vec![0, 2]]).unwrap_err();
        assert_eq!(beyond.to_string(), "area 1 has a neighbour 2, but there are only 2 areas");
        assert_eq!(Neighbours::new(vec![vec![0]]), Err(NeighboursError::Itself { area: 0 }));
    }

    #[test]
    fn row_weights_sum_to_one_and_islands_weigh_nothing() {
        let neighbours = Neighbours::new(vec![vec![1, 2], vec![0], vec![0], vec![]]).unwrap();
        assert_eq!(neighbours.weight(0, WeightStyle::RowStandardised), 0.5);
        assert_eq!(neighbours.weight(3, WeightStyle::RowStandardised), 0.0);
        assert_eq!(neighbours.islands().collect::<Vec<_>>(), [3]);
    }

    #[test]
    fn area_without_a_value_is_nobodys_neighbour() {
        let neighbours = Neighbours::new(vec![vec![1], vec![0, 2], vec![1]]).unwrap();
        let present = Present::of(&[Some(1.0), None, Some(3.0)], &neighbours);
        assert_eq!(present.neighbours.links(), 0);
        assert_eq!(present.spread(vec![Some(7), Some(9)]), [Some(7), None, Some(9)]);
    }
}
