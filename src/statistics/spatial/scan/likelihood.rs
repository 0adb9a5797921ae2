//! The likelihood ratio of a zone, and the greatest one over all zones of many maps at once.
//!
//! ln λ = c·ln(c/e) + (C − c)·ln((C − c)/(C − e)) where c of C events lie inside and e were expected there, and 0 where
//! c ≤ e (Kulldorff 1997, the Poisson model with its total held fixed).
//!
//! Most zones of most maps are passed over without a logarithm: ln λ is C times the divergence of Kullback and Leibler
//! of q = c/C from s = e/C, and for s ≤ ½ that is at most ln 2·(q − s)²/(s·(1 − s)), reached at s = ½ and q = 1. So
//! ln λ ≤ ln 2·(c − e)²/(e·(1 − s)), and a zone whose bound is below the greatest value so far cannot raise it.

use super::zones::{ScanZones, ZoneRun};

/// How many maps are scanned side by side, so that a zone is read once for all of them.
pub(super) const LANES: usize = 16;
/// Statistics nearer than this are one: rounding of the sums lies below.
pub(super) const SAME_STATISTIC: f64 = 1e-9;
/// ln 2 and a little more, because the bound is taken in short numbers.
pub(super) const BOUND: f64 = 0.694;

/// ln of the likelihood ratio that a zone with `observed` events, of which `expected` were expected, stands out from
/// the rest of `events`; 0 where it holds no more than expected.
///
/// # Example
/// Six of ten events where 2.5 were expected: 6·ln(6/2.5) + 4·ln(4/7.5).
/// ```
/// use binhyen::statistics::log_likelihood_ratio;
/// let by_hand = 6.0 * (6.0_f64 / 2.5).ln() + 4.0 * (4.0_f64 / 7.5).ln();
/// assert!((log_likelihood_ratio(6, 2.5, 10) - by_hand).abs() < 1e-14);
/// ```
pub fn log_likelihood_ratio(observed: u64, expected: f64, events: u64) -> f64 {
    let (inside, outside) = (observed as f64, events.saturating_sub(observed) as f64);
    let expected_outside = events as f64 - expected;
    if expected <= 0.0 || expected_outside <= 0.0 || inside <= expected {
        return 0.0;
    }
    let times_ln = |x: f64, y: f64| if x > 0.0 { x * y.ln() } else { 0.0 };
    times_ln(inside, inside / expected) + times_ln(outside, outside / expected_outside)
}

/// A zone with its statistic.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct FoundZone {
    pub(super) run: usize,
    /// How many steps of the run it has.
    pub(super) length: usize,
    pub(super) observed: u64,
    pub(super) statistic: f64,
}

impl FoundZone {
    /// Whether it is the better one: a greater statistic, or the same with fewer areas.
    fn goes_before(&self, other: &Self) -> bool {
        let gain = self.statistic - other.statistic;
        gain > SAME_STATISTIC || (gain > -SAME_STATISTIC && self.length < other.length)
    }
}

/// What the bound of a step needs.
#[derive(Debug, Clone, Copy)]
struct StepBound {
    area: u32,
    expected: f32,
    /// e·(1 − s); infinite where the step is no zone.
    spread: f32,
}

/// Some zones, made ready for a total of events.
#[derive(Debug)]
pub(super) struct ZoneTable<'a> {
    zones: &'a ScanZones,
    events: u64,
    bounds: Vec<StepBound>,
}

impl<'a> ZoneTable<'a> {
    pub(super) fn new(zones: &'a ScanZones, events: u64) -> Self {
        let bound = |step: &super::zones::ZoneStep| {
            let expected = events as f64 * step.share;
            let spread = if step.is_zone { (expected * (1.0 - step.share)) as f32 } else { f32::INFINITY };
            StepBound { area: step.area, expected: expected as f32, spread }
        };
        Self { zones, events, bounds: zones.all_steps().iter().map(bound).collect() }
    }

    fn statistic(&self, run: &ZoneRun, position: usize, observed: u64) -> f64 {
        let expected = self.events as f64 * self.zones.all_steps()[position].share;
        log_likelihood_ratio(observed, expected, self.events) * run.outline.weight
    }

    /// The greatest statistic of each of some maps, whose counts stand side by side.
    pub(super) fn maxima(&self, counts: &[[i32; LANES]]) -> [f64; LANES] {
        let mut maxima = [0.0_f64; LANES];
        for run in self.zones.runs() {
            // What a bound must reach for the zone to matter; it only rises while the run goes on.
            let needed = |most: f64| (most / run.outline.weight / BOUND) as f32;
            let (mut inside, mut limits) = ([0_i32; LANES], maxima.map(needed));
            for position in run.steps.clone() {
                let step = self.bounds[position];
                let entering = &counts[step.area as usize];
                let mut is_beyond = false;
                for lane in 0..LANES {
                    inside[lane] += entering[lane];
                    let excess = (inside[lane] as f32 - step.expected).max(0.0);
                    is_beyond |= excess * excess > limits[lane] * step.spread;
                }
                if is_beyond {
                    for lane in 0..LANES {
                        let excess = (inside[lane] as f32 - step.expected).max(0.0);
                        if excess * excess > limits[lane] * step.spread {
                            let statistic = self.statistic(run, position, inside[lane] as u64);
                            maxima[lane] = maxima[lane].max(statistic);
                            limits[lane] = needed(maxima[lane]);
                        }
                    }
                }
            }
        }
        maxima
    }

    /// The zone with the greatest statistic among those without a taken area.
    pub(super) fn best_zone(&self, counts: &[u64], taken: &[bool]) -> Option<FoundZone> {
        let mut best: Option<FoundZone> = None;
        for (number, run) in self.zones.runs().iter().enumerate() {
            let mut inside = 0_u64;
            for position in run.steps.clone() {
                let step = self.zones.all_steps()[position];
                // Every later zone of the run holds this area too.
                if taken[step.area as usize] {
                    break;
                }
                inside += counts[step.area as usize];
                if !step.is_zone {
                    continue;
                }
                let statistic = self.statistic(run, position, inside);
                let found =
                    FoundZone { run: number, length: position + 1 - run.steps.start, observed: inside, statistic };
                if best.is_none_or(|best| found.goes_before(&best)) {
                    best = Some(found);
                }
            }
        }
        best.filter(|best| best.statistic > SAME_STATISTIC)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bound_holds_for_every_zone_up_to_one_half() {
        let events = 400;
        for expected in (1..=200).map(f64::from) {
            for observed in 0..=events {
                let share = expected / events as f64;
                let excess = (observed as f64 - expected).max(0.0);
                let bound = std::f64::consts::LN_2 * excess * excess / (expected * (1.0 - share));
                let exact = log_likelihood_ratio(observed, expected, events);
                assert!(exact <= bound * (1.0 + 1e-12), "{observed} for {expected}: {exact} above {bound}");
            }
        }
    }

    #[test]
    fn ratio_is_nothing_up_to_the_expected_number_and_outside_of_sense() {
        assert_eq!(log_likelihood_ratio(3, 3.0, 10), 0.0);
        assert_eq!(log_likelihood_ratio(0, 0.5, 10), 0.0);
        assert_eq!(log_likelihood_ratio(1, 0.0, 10), 0.0);
        assert_eq!(log_likelihood_ratio(10, 10.0, 10), 0.0);
        assert!((log_likelihood_ratio(2, 0.5, 2) - 2.0 * 4.0_f64.ln()).abs() < 1e-15, "all inside");
    }
}
