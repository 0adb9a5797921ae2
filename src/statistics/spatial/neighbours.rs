//! Which areas are neighbours of which, and the weights that follow from it.
//!
//! In: for every area the indices of its neighbours. Out: checked lists in ascending
//! order, with binary or row-standardised weights. Where the lists come from (shared
//! borders, a file) is the caller's business; an area without neighbours is an island.

use std::borrow::Cow;

use crate::statistics::position::AreaPosition;

/// The neighbours of every area.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Neighbours(Vec<Vec<AreaPosition>>);

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
        /// The area.
        area: AreaPosition,
        /// The neighbour named.
        neighbour: AreaPosition,
        /// How many areas there are.
        areas: usize,
    },
    /// An area among its own neighbours.
    #[error("area {area} is named as its own neighbour")]
    Itself {
        /// The area.
        area: AreaPosition,
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
    /// use binhyen::statistics::{AreaPosition, Neighbours};
    /// let row = Neighbours::new(vec![vec![1], vec![2, 0], vec![1]])?;
    /// assert_eq!(row.of(AreaPosition::new(1)), &[0, 2].map(AreaPosition::new));
    /// assert_eq!(row.links(), 4);
    /// # Ok::<(), binhyen::statistics::NeighboursError>(())
    /// ```
    pub fn new(lists: Vec<Vec<usize>>) -> Result<Self, NeighboursError> {
        let areas = lists.len();
        let positions = |list: Vec<usize>| list.into_iter().map(AreaPosition::new).collect();
        let mut lists: Vec<Vec<AreaPosition>> = lists.into_iter().map(positions).collect();
        for (area, list) in lists.iter_mut().enumerate() {
            let area = AreaPosition::new(area);
            list.sort_unstable();
            list.dedup();
            if list.binary_search(&area).is_ok() {
                return Err(NeighboursError::Itself { area });
            }
            if let Some(&neighbour) = list.last().filter(|last| last.index() >= areas) {
                return Err(NeighboursError::OutOfRange { area, neighbour, areas });
            }
        }
        Ok(Self(lists))
    }

    /// The neighbours of an area, in ascending order; none for a position of no area.
    pub fn of(&self, area: AreaPosition) -> &[AreaPosition] {
        self.0.get(area.index()).map_or(&[], Vec::as_slice)
    }

    /// How many areas there are.
    pub fn len(&self) -> usize {
        self.0.len()
    }

    /// The positions of all areas.
    pub(in crate::statistics) fn areas(&self) -> impl Iterator<Item = AreaPosition> + use<> {
        (0..self.0.len()).map(AreaPosition::new)
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
    pub fn islands(&self) -> impl Iterator<Item = AreaPosition> {
        self.areas().filter(|area| self.of(*area).is_empty())
    }

    /// What each neighbour of an area weighs; 0 for an island.
    pub(in crate::statistics) fn weight(&self, area: AreaPosition, style: WeightStyle) -> f64 {
        match (self.of(area).len(), style) {
            (0, _) => 0.0,
            (_, WeightStyle::Binary) => 1.0,
            (count, WeightStyle::RowStandardised) => 1.0 / count as f64,
        }
    }

    /// Whether an area names another.
    pub(in crate::statistics) fn has(&self, area: AreaPosition, neighbour: AreaPosition) -> bool {
        self.of(area).binary_search(&neighbour).is_ok()
    }
}

/// The areas that have a value, numbered anew, with the neighbours among them.
#[derive(Debug, Clone)]
pub(in crate::statistics) struct Present<'a> {
    pub(in crate::statistics) values: Vec<f64>,
    pub(in crate::statistics) neighbours: Cow<'a, Neighbours>,
    positions: Vec<AreaPosition>,
    areas: usize,
}

impl<'a> Present<'a> {
    pub(in crate::statistics) fn of(values: &[Option<f64>], neighbours: &'a Neighbours) -> Self {
        let is_value = |value: Option<f64>| value.filter(|value| value.is_finite());
        let value = |area: &AreaPosition| is_value(values[area.index()]);
        let all = (0..values.len()).map(AreaPosition::new);
        let positions: Vec<AreaPosition> = all.filter(|area| value(area).is_some()).collect();
        let renumbered = |area: &AreaPosition| positions.binary_search(area).ok().map(AreaPosition::new);
        // Renumbering by position keeps the order, so the new lists are sorted as the old ones were.
        let among = |area: &AreaPosition| neighbours.of(*area).iter().filter_map(renumbered).collect();
        let all_present = positions.len() == values.len() && values.len() == neighbours.len();
        let neighbours = if all_present {
            Cow::Borrowed(neighbours)
        } else {
            Cow::Owned(Neighbours(positions.iter().map(among).collect()))
        };
        Self { values: positions.iter().filter_map(value).collect(), neighbours, areas: values.len(), positions }
    }

    /// The positions of the present areas among themselves.
    pub(in crate::statistics) fn areas(&self) -> impl Iterator<Item = AreaPosition> + use<'a> {
        (0..self.values.len()).map(AreaPosition::new)
    }

    /// Answers on the present areas, put back among all.
    pub(in crate::statistics) fn spread<T: Clone>(&self, answers: Vec<Option<T>>) -> Vec<Option<T>> {
        let mut all = vec![None; self.areas];
        for (area, answer) in self.positions.iter().zip(answers) {
            all[area.index()] = answer;
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
    pub(in crate::statistics) fn neighbour_sum(&self, area: AreaPosition, values: &[f64]) -> f64 {
        self.neighbours.of(area).iter().map(|neighbour| values[neighbour.index()]).sum()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn wrong_places_are_named() {
        let beyond = Neighbours::new(vec![vec![1], vec![0, 2]]).unwrap_err();
        assert_eq!(beyond.to_string(), "area 1 has a neighbour 2, but there are only 2 areas");
        assert_eq!(Neighbours::new(vec![vec![0]]), Err(NeighboursError::Itself { area: AreaPosition::new(0) }));
    }

    #[test]
    fn row_weights_sum_to_one_and_islands_weigh_nothing() {
        let neighbours = Neighbours::new(vec![vec![1, 2], vec![0], vec![0], vec![]]).unwrap();
        assert_eq!(neighbours.weight(AreaPosition::new(0), WeightStyle::RowStandardised), 0.5);
        assert_eq!(neighbours.weight(AreaPosition::new(3), WeightStyle::RowStandardised), 0.0);
        assert_eq!(neighbours.islands().collect::<Vec<_>>(), [AreaPosition::new(3)]);
    }

    #[test]
    fn area_without_a_value_is_nobodys_neighbour() {
        let neighbours = Neighbours::new(vec![vec![1], vec![0, 2], vec![1]]).unwrap();
        let present = Present::of(&[Some(1.0), None, Some(3.0)], &neighbours);
        assert_eq!(present.neighbours.links(), 0);
        assert_eq!(present.spread(vec![Some(7), Some(9)]), [Some(7), None, Some(9)]);
    }
}
