//! What is scanned: counts, what is expected of them, how far back and how often.

/// Counts by area and step, area after area.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SpaceTimeCounts {
    pub(super) areas: usize,
    pub(super) steps: usize,
    pub(super) counts: Vec<u32>,
}

/// What is expected of an area in a step.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum SpaceTimeModel<'a> {
    /// In proportion to these numbers, area after area and step after step, as the counts.
    Poisson(&'a [f64]),
    /// What areas and steps have on the whole.
    Permutation,
}

/// How far back a cylinder may reach, and how chance is judged.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct SpaceTimeDesign {
    /// The most steps of a cylinder.
    pub max_steps: usize,
    /// How many maps are made by chance.
    pub replicas: u32,
    /// What their random numbers begin with.
    pub seed: u64,
    /// Clusters after the most likely one are told up to this p.
    pub max_p: f64,
}

impl SpaceTimeCounts {
    /// Counts of some areas, each with a row of as many steps; none where the rows are not alike.
    pub fn new(rows: &[Vec<u32>]) -> Option<Self> {
        let steps = rows.first().map_or(0, Vec::len);
        let is_alike = rows.iter().all(|row| row.len() == steps);
        is_alike.then(|| Self { areas: rows.len(), steps, counts: rows.concat() })
    }

    pub(super) fn row(&self, area: usize) -> &[u32] {
        &self.counts[area * self.steps..(area + 1) * self.steps]
    }
}
