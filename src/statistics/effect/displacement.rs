//! Events less, or only moved to the surroundings? The weighted displacement difference.
//!
//! In: counts before and after in a treated place and its control, and in the ring around each. Out: how many
//! events fewer, with the error that Poisson counts have. A count of events, no ratio: it exists where cells
//! are empty, and it does not scale with the size of the places.
//!
//! Reference: A. P. Wheeler and J. H. Ratcliffe, "A simple weighted displacement difference test to evaluate
//! place based crime interventions", Crime Science 7 (2018), equations 2 to 5.

use super::effect_table::{BeforeAfter, EffectTable};
use crate::statistics::distribution::confidence_level::{ConfidenceLevel, Limits};
use crate::statistics::distribution::normal::two_sided_p;

/// The counts a displacement difference reads.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct DisplacementDesign {
    /// The place with the measure and the one it is compared with.
    pub inside: EffectTable,
    /// The ring around each, into which events may move; zeros where no ring is counted.
    pub ring: EffectTable,
}

/// A change beyond that of the control, in events.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct ChangeEstimate {
    /// Below 0: fewer events than the control makes expect.
    pub difference: f64,
    /// Its standard error: the root of the sum of all its counts.
    pub standard_error: f64,
    /// Limits of the difference.
    pub limits: Limits,
    /// Difference / standard error.
    pub z: f64,
    /// Two-sided probability of such a deviate without any change.
    pub p: f64,
}

/// The change inside, the change in the ring, and both together.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct DisplacementDifference {
    /// Inside alone; `None` where there is no event.
    pub local: Option<ChangeEstimate>,
    /// In the ring alone: above 0 where events moved there, below 0 where the calm spread.
    pub displaced: Option<ChangeEstimate>,
    /// WDD: what is left when moved events are counted against the calm.
    pub total: Option<ChangeEstimate>,
}

/// WDD = (T₁ − T₀) − (C₁ − C₀) + (D₁ − D₀) − (DC₁ − DC₀), its variance the sum of the eight counts.
///
/// # Units
/// Events of one window.
///
/// # Example
/// Published: 207 → 110 against 308 → 318, in the rings 178 → 157 against 150 → 140.
/// ```
/// use binhyen::statistics::{BeforeAfter, DisplacementDesign, EffectTable, ConfidenceLevel, displacement_difference};
/// let pair = |before, after| BeforeAfter { before, after };
/// let design = DisplacementDesign {
///     inside: EffectTable { treated: pair(207, 110), comparison: pair(308, 318) },
///     ring: EffectTable { treated: pair(178, 157), comparison: pair(150, 140) },
/// };
/// let total = displacement_difference(design, ConfidenceLevel::new(0.95)?).total.unwrap();
/// assert_eq!((total.difference, total.standard_error), (-118.0, 1568_f64.sqrt()));
/// # Ok::<(), binhyen::statistics::ConfidenceLevelOutOfRange>(())
/// ```
pub fn displacement_difference(design: DisplacementDesign, level: ConfidenceLevel) -> DisplacementDifference {
    let change = |tables: &[EffectTable]| {
        let difference = tables.iter().map(|table| table.treated.change() - table.comparison.change()).sum();
        // Each Poisson count is its own variance estimate, and all enter with weight ±1, so the variance of the
        // difference is the number of events (Wheeler and Ratcliffe 2018, equation 3).
        let events: f64 =
            tables.iter().flat_map(|table| [table.treated, table.comparison]).map(BeforeAfter::total).sum();
        ChangeEstimate::of(difference, events, level)
    };
    DisplacementDifference {
        local: change(&[design.inside]),
        displaced: change(&[design.ring]),
        total: change(&[design.inside, design.ring]),
    }
}

impl ChangeEstimate {
    fn of(difference: f64, variance: f64, level: ConfidenceLevel) -> Option<Self> {
        if variance <= 0.0 {
            return None;
        }
        let standard_error = variance.sqrt();
        let (z, reach) = (difference / standard_error, level.normal_deviate() * standard_error);
        let limits = Limits { low: difference - reach, high: difference + reach };
        Some(Self { difference, standard_error, limits, z, p: two_sided_p(z) })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::statistics::effect::effect_table::test_tables::{level, table};
    use proptest::prelude::*;

    #[test]
    fn published_example_is_met_to_its_digits() {
        // Wheeler and Ratcliffe 2018, the worked example: −118, z −2.98, limits −196 to −40.
        let design = DisplacementDesign { inside: table((207, 110), (308, 318)), ring: table((178, 157), (150, 140)) };
        let total = displacement_difference(design, level()).total.unwrap();
        assert!((total.z + 2.98).abs() < 0.005, "{total:?}");
        assert_eq!((total.limits.low.round(), total.limits.high.round()), (-196.0, -40.0));
    }

    #[test]
    fn calm_that_only_moved_next_door_is_none() {
        let design = DisplacementDesign { inside: table((20, 10), (20, 20)), ring: table((20, 30), (20, 20)) };
        let answer = displacement_difference(design, level());
        assert_eq!(answer.local.unwrap().difference, -10.0);
        assert_eq!(answer.displaced.unwrap().difference, 10.0);
        let total = answer.total.unwrap();
        assert_eq!((total.difference, total.z, total.p), (0.0, 0.0, 1.0));
    }

    #[test]
    fn without_events_there_is_no_estimate() {
        let silent = displacement_difference(DisplacementDesign::default(), level());
        assert_eq!(silent, DisplacementDifference { local: None, displaced: None, total: None });
        let inside = DisplacementDesign { inside: table((20, 10), (20, 20)), ..DisplacementDesign::default() };
        let alone = displacement_difference(inside, level());
        assert_eq!((alone.displaced, alone.total), (None, alone.local));
    }

    proptest! {
        #[test]
        fn inside_and_ring_add_up(counts in proptest::array::uniform8(0_u64..1_000)) {
            let [a, b, c, d, e, f, g, h] = counts;
            let design = DisplacementDesign { inside: table((a, b), (c, d)), ring: table((e, f), (g, h)) };
            let answer = displacement_difference(design, level());
            if let (Some(local), Some(displaced), Some(total)) = (answer.local, answer.displaced, answer.total) {
                prop_assert_eq!(local.difference + displaced.difference, total.difference);
                let squares = local.standard_error.powi(2) + displaced.standard_error.powi(2);
                prop_assert!((squares.sqrt() / total.standard_error - 1.0).abs() < 1e-12);
            }
        }
    }
}
