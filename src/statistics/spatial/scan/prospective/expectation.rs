//! What is expected of each area in the last so many steps.
//!
//! In: counts and a model. Out: one number for every area and length, which is the same on every map of chance: the
//! permutation moves neither margin, and the Poisson model is given what it expects.

use super::design::{SpaceTimeCounts, SpaceTimeModel};
use crate::statistics::spatial::scan::ScanError;
use crate::statistics::spatial::scan::zones::ScanZones;

/// Expected events by area and length, and how chance deals events out.
#[derive(Debug, Clone)]
pub(super) struct Expectation {
    /// Area after area: of the last step, of the last two, and so on.
    by_length: Vec<f64>,
    lengths: usize,
    pub(super) dealing: Dealing,
}

/// How a map of chance is made.
#[derive(Debug, Clone)]
pub(super) enum Dealing {
    /// Each event falls on a cell with this probability: for each area its last steps, the last one first, and then all
    /// steps before together.
    Cells(Vec<f64>),
    /// The steps of the events are shuffled.
    Shuffle,
}

impl Expectation {
    /// What a model expects where so many events were counted.
    pub(super) fn of(
        zones: &ScanZones,
        counts: &SpaceTimeCounts,
        model: SpaceTimeModel<'_>,
        lengths: usize,
    ) -> Result<Self, ScanError> {
        match model {
            SpaceTimeModel::Poisson(expected) => Self::poisson(zones, counts, expected, lengths),
            SpaceTimeModel::Permutation => Ok(Self::permutation(counts, lengths)),
        }
    }

    fn poisson(
        zones: &ScanZones,
        counts: &SpaceTimeCounts,
        expected: &[f64],
        lengths: usize,
    ) -> Result<Self, ScanError> {
        let SpaceTimeCounts { areas, steps, .. } = *counts;
        if expected.len() != areas * steps {
            return Err(ScanError::OtherAreas { counts: expected.len(), areas: areas * steps });
        }
        let is_in_zone = |area: usize| zones.shares()[area] > 0.0;
        let of_cell =
            |area: usize, step: usize| if is_in_zone(area) { expected[area * steps + step].max(0.0) } else { 0.0 };
        let total: f64 = (0..areas)
            .flat_map(|area| (0..steps).map(move |step| (area, step)))
            .map(|(area, step)| of_cell(area, step))
            .sum();
        if total <= 0.0 {
            return Err(ScanError::NoZone);
        }
        let events = counts.counts.iter().map(|count| f64::from(*count)).sum::<f64>();
        let (mut by_length, mut cells) =
            (Vec::with_capacity(areas * lengths), Vec::with_capacity(areas * (lengths + 1)));
        for area in 0..areas {
            let mut so_far = 0.0;
            for back in 0..lengths {
                let cell = of_cell(area, steps - 1 - back);
                so_far += cell;
                by_length.push(so_far / total * events);
                cells.push(cell / total);
            }
            cells.push((0..steps - lengths).map(|step| of_cell(area, step)).sum::<f64>() / total);
        }
        Ok(Self { by_length, lengths, dealing: Dealing::Cells(cells) })
    }

    fn permutation(counts: &SpaceTimeCounts, lengths: usize) -> Self {
        let SpaceTimeCounts { areas, steps, .. } = *counts;
        let sum_of = |step: usize| (0..areas).map(|area| u64::from(counts.row(area)[step])).sum::<u64>();
        let events = counts.counts.iter().map(|count| f64::from(*count)).sum::<f64>();
        let last: Vec<f64> = (0..lengths)
            .scan(0, |sum, back| {
                *sum += sum_of(steps - 1 - back);
                Some(*sum as f64)
            })
            .collect();
        let of_area = |area: usize| counts.row(area).iter().map(|count| f64::from(*count)).sum::<f64>();
        let by_length = (0..areas).flat_map(|area| last.iter().map(move |of_steps| of_area(area) * of_steps / events));
        Self { by_length: by_length.collect(), lengths, dealing: Dealing::Shuffle }
    }

    /// How many lengths there are.
    pub(super) fn lengths(&self) -> usize {
        self.lengths
    }

    /// What is expected of an area: of its last step, its last two, and so on.
    pub(super) fn of_area(&self, area: usize) -> &[f64] {
        &self.by_length[area * self.lengths..(area + 1) * self.lengths]
    }
}
