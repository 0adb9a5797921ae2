//! The greatest statistic over all cylinders, of one map or of many at once.
//!
//! In: zones, what is expected of areas and lengths, counts of the last so many steps. Out: the best cylinder, or the
//! greatest statistic of each map. Most cylinders are passed over by the bound of the spatial scan.

use super::design::SpaceTimeCounts;
use super::expectation::Expectation;
use crate::statistics::spatial::scan::likelihood::{BOUND, LANES, SAME_STATISTIC, log_likelihood_ratio};
use crate::statistics::spatial::scan::zones::ScanZones;

/// The share of all events up to which the bound holds, and a cylinder is looked at.
const MOST_EXPECTED: f64 = 0.5;

/// ln of the likelihood ratio of a cylinder, times the weight of its outline.
fn statistic(observed: u64, expected: f64, events: u64, weight: f64) -> f64 {
    log_likelihood_ratio(observed, expected, events) * weight
}

/// What the bound of a cylinder needs.
#[derive(Debug, Clone, Copy)]
struct CylinderBound {
    expected: f32,
    /// e·(1 − e/C); infinite where it is not looked at.
    spread: f32,
}

/// Every zone in every length, made ready for a total of events.
#[derive(Debug)]
pub(super) struct CylinderTable<'a> {
    zones: &'a ScanZones,
    events: u64,
    lengths: usize,
    /// Step after step of the runs, each in every length.
    expected: Vec<f64>,
    bounds: Vec<CylinderBound>,
}

/// A cylinder with its statistic.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct FoundCylinder {
    pub(super) run: usize,
    /// How many steps of the run its zone has.
    pub(super) length: usize,
    /// How many of the last steps of time it lasts.
    pub(super) steps: usize,
    pub(super) observed: u64,
    pub(super) expected: f64,
    pub(super) statistic: f64,
}

impl FoundCylinder {
    /// Whether it is the better one: a greater statistic, or the same with fewer areas, or with fewer steps.
    fn goes_before(&self, other: &Self) -> bool {
        let gain = self.statistic - other.statistic;
        let size = |found: &Self| (found.length, found.steps);
        gain > SAME_STATISTIC || (gain > -SAME_STATISTIC && size(self) < size(other))
    }
}

/// The counts of every area in its last step, its last two, and so on.
pub(super) fn suffixes(counts: &SpaceTimeCounts, lengths: usize) -> Vec<u64> {
    let of_area = |area: usize| {
        let last = counts.row(area).iter().rev().take(lengths);
        last.scan(0, |sum, count| {
            *sum += u64::from(*count);
            Some(*sum)
        })
    };
    (0..counts.areas).flat_map(of_area).collect()
}

impl<'a> CylinderTable<'a> {
    pub(super) fn new(zones: &'a ScanZones, expectation: &Expectation, events: u64) -> Self {
        let (lengths, total) = (expectation.lengths(), events as f64);
        let mut expected = Vec::with_capacity(zones.all_steps().len() * lengths);
        let mut bounds = Vec::with_capacity(expected.capacity());
        for run in zones.runs() {
            let mut so_far = vec![0.0; lengths];
            for step in &zones.all_steps()[run.steps.clone()] {
                for (sum, more) in so_far.iter_mut().zip(expectation.of_area(step.area as usize)) {
                    *sum += more;
                    let is_looked_at = step.is_zone && *sum > 0.0 && *sum <= MOST_EXPECTED * total;
                    let spread = if is_looked_at { (*sum * (1.0 - *sum / total)) as f32 } else { f32::INFINITY };
                    expected.push(*sum);
                    bounds.push(CylinderBound { expected: *sum as f32, spread });
                }
            }
        }
        Self { zones, events, lengths, expected, bounds }
    }

    /// How many areas there are.
    pub(super) fn areas(&self) -> usize {
        self.zones.areas()
    }

    /// How many lengths there are.
    pub(super) fn lengths(&self) -> usize {
        self.lengths
    }

    /// Whether no cylinder is looked at.
    pub(super) fn is_empty(&self) -> bool {
        self.bounds.iter().all(|bound| bound.spread.is_infinite())
    }

    /// The greatest statistic of each of some maps, whose counts by area and length stand side by side.
    pub(super) fn maxima(&self, counts: &[[i32; LANES]]) -> [f64; LANES] {
        let mut maxima = [0.0_f64; LANES];
        let mut inside = vec![[0_i32; LANES]; self.lengths];
        for run in self.zones.runs() {
            let weight = run.outline.weight;
            // What a bound must reach for the cylinder to matter; it only rises while the run goes on.
            let needed = |most: f64| (most / weight / BOUND) as f32;
            let mut limits = maxima.map(needed);
            inside.fill([0; LANES]);
            for position in run.steps.clone() {
                let area = self.zones.all_steps()[position].area as usize;
                let entering = &counts[area * self.lengths..(area + 1) * self.lengths];
                let cylinders = position * self.lengths..(position + 1) * self.lengths;
                for (length, bound) in self.bounds[cylinders.clone()].iter().enumerate() {
                    let mut is_beyond = false;
                    for lane in 0..LANES {
                        inside[length][lane] += entering[length][lane];
                        let excess = (inside[length][lane] as f32 - bound.expected).max(0.0);
                        is_beyond |= excess * excess > limits[lane] * bound.spread;
                    }
                    if is_beyond {
                        let expected = self.expected[cylinders.start + length];
                        for lane in 0..LANES {
                            let observed = inside[length][lane] as u64;
                            let excess = (observed as f32 - bound.expected).max(0.0);
                            if excess * excess > limits[lane] * bound.spread {
                                let found = statistic(observed, expected, self.events, weight);
                                maxima[lane] = maxima[lane].max(found);
                                limits[lane] = needed(maxima[lane]);
                            }
                        }
                    }
                }
            }
        }
        maxima
    }

    /// The cylinder with the greatest statistic among those without a taken area.
    pub(super) fn best(&self, suffixes: &[u64], taken: &[bool]) -> Option<FoundCylinder> {
        let mut best: Option<FoundCylinder> = None;
        for (number, run) in self.zones.runs().iter().enumerate() {
            let mut inside = vec![0_u64; self.lengths];
            for position in run.steps.clone() {
                let area = self.zones.all_steps()[position].area as usize;
                // Every later zone of the run holds this area too.
                if taken[area] {
                    break;
                }
                for length in 0..self.lengths {
                    inside[length] += suffixes[area * self.lengths + length];
                    let cylinder = position * self.lengths + length;
                    if self.bounds[cylinder].spread.is_infinite() {
                        continue;
                    }
                    let (observed, expected) = (inside[length], self.expected[cylinder]);
                    let found = FoundCylinder {
                        run: number,
                        length: position + 1 - run.steps.start,
                        steps: length + 1,
                        observed,
                        expected,
                        statistic: statistic(observed, expected, self.events, run.outline.weight),
                    };
                    if best.is_none_or(|best| found.goes_before(&best)) {
                        best = Some(found);
                    }
                }
            }
        }
        best.filter(|best| best.statistic > SAME_STATISTIC)
    }
}
