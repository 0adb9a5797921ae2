//! The funnel plot: is a ratio further from 1 than its expectation, and the spread of all, explain?
//!
//! In: observed and expected counts. Out: per area the exact limits at its expectation, the deviate, and both
//! again with the over-dispersion of all areas. Deviates are those of the square root, whose variance hardly
//! depends on the ratio; over-dispersion is estimated from deviates winsorised at the outer tenths and added as
//! a variance between areas.
//!
//! Reference: D. J. Spiegelhalter, "Funnel plots for comparing institutional performance", Statistics in
//! Medicine 24 (2005), sections 3 and 4; D. J. Spiegelhalter et al., "Statistical methods for healthcare
//! regulation", Journal of the Royal Statistical Society A 175 (2012), section 4.

use crate::statistics::class_breaks::quantile;
use crate::statistics::distribution::confidence_level::{ConfidenceLevel, Limits};
use crate::statistics::distribution::gamma;
use crate::statistics::distribution::root::Tail;
use crate::statistics::rating::prior::Observation;

/// The part of the deviates that is pulled in at each end.
const WINSORISED: f64 = 0.1;

/// The funnel over all areas.
#[derive(Debug, Clone, PartialEq)]
pub struct Funnel {
    /// φ: mean square of the winsorised deviates; 1 where nothing but chance differs.
    pub dispersion: f64,
    /// τ²: variance between areas, on the scale of the square root of the ratio.
    pub variance_between: f64,
    /// One entry per area in their order; `None` without expectation.
    pub areas: Vec<Option<FunnelArea>>,
}

/// How far one area lies from what chance and the spread between areas explain.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct FunnelArea {
    /// Deviate z = 2√E(√(O/E) − 1).
    pub z: f64,
    /// Deviate with the variance between areas added.
    pub z_adjusted: f64,
    expected: f64,
    variance_between: f64,
}

impl FunnelArea {
    /// Exact Poisson limits of the ratio for an area of this expectation, at the ratio 1.
    pub fn limits(&self, level: ConfidenceLevel) -> Limits {
        let low = gamma::interval_end(self.expected, Tail::Lower, level);
        let high = gamma::interval_end(self.expected + 1.0, Tail::Upper, level);
        Limits { low: low / self.expected, high: high / self.expected }
    }

    /// Limits of the ratio with the variance between areas added.
    pub fn dispersed_limits(&self, level: ConfidenceLevel) -> Limits {
        let reach = level.normal_deviate() * (0.25 / self.expected + self.variance_between).sqrt();
        Limits { low: (1.0 - reach).max(0.0).powi(2), high: (1.0 + reach).powi(2) }
    }
}

/// The funnel of observed and expected counts; areas with nothing expected stand outside.
///
/// # Example
/// Nine observed where four are expected: z = 2·2·(1.5 − 1) = 2.
/// ```
/// use binhyen::statistics::{Observation, funnel};
/// let funnel = funnel(&[Observation { count: 9.0, expected: 4.0 }]);
/// assert_eq!(funnel.areas[0].unwrap().z, 2.0);
/// ```
pub fn funnel(areas: &[Observation]) -> Funnel {
    let deviate = |area: &Observation| {
        // Spiegelhalter 2005, section 3: the square root makes the variance of a Poisson count constant, 1/4, so z
        // has variance about 1 whatever the ratio.
        (area.expected > 0.0).then(|| 2.0 * area.expected.sqrt() * ((area.count / area.expected).sqrt() - 1.0))
    };
    let deviates: Vec<Option<f64>> = areas.iter().map(deviate).collect();
    let present: Vec<f64> = deviates.iter().copied().flatten().collect();
    let dispersion = dispersion(&present);
    let precisions: Vec<f64> =
        areas.iter().filter(|area| area.expected > 0.0).map(|area| 4.0 * area.expected).collect();
    let variance_between = variance_between(dispersion, &precisions);
    let placed = areas.iter().zip(deviates).map(|(area, z)| {
        let (z, variance) = (z?, 0.25 / area.expected);
        let z_adjusted = z * (variance / (variance + variance_between)).sqrt();
        Some(FunnelArea { z, z_adjusted, expected: area.expected, variance_between })
    });
    Funnel { dispersion, variance_between, areas: placed.collect() }
}

fn dispersion(deviates: &[f64]) -> f64 {
    let mut sorted = deviates.to_vec();
    sorted.sort_by(f64::total_cmp);
    let (Some(low), Some(high)) = (quantile(&sorted, WINSORISED), quantile(&sorted, 1.0 - WINSORISED)) else {
        return 1.0;
    };
    deviates.iter().map(|z| z.clamp(low, high).powi(2)).sum::<f64>() / deviates.len() as f64
}

/// The method of moments; nothing where the deviates spread no more than chance.
fn variance_between(dispersion: f64, precisions: &[f64]) -> f64 {
    let (areas, sum) = (precisions.len() as f64, precisions.iter().sum::<f64>());
    let squares: f64 = precisions.iter().map(|precision| precision * precision).sum();
    let scale = if sum > 0.0 { sum - squares / sum } else { 0.0 };
    // The moment estimate of DerSimonian and Laird 1986 with the winsorised Σz²: what exceeds its expectation n −
    // 1, over Σw − Σw²/Σw.
    if scale > 0.0 { ((areas * dispersion - (areas - 1.0)) / scale).max(0.0) } else { 0.0 }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn observation(count: f64, expected: f64) -> Observation {
        Observation { count, expected }
    }

    #[test]
    fn nothing_expected_stands_outside() {
        let funnel = funnel(&[observation(3.0, 0.0), observation(4.0, 4.0)]);
        assert_eq!(funnel.areas[0], None);
        assert_eq!(funnel.areas[1].unwrap().z, 0.0);
        assert!(super::funnel(&[]).areas.is_empty());
    }

    #[test]
    fn limits_narrow_as_more_is_expected() {
        let funnel = funnel(&[observation(4.0, 4.0), observation(400.0, 400.0)]);
        let level = ConfidenceLevel::new(0.95).unwrap();
        let widths: Vec<f64> = funnel
            .areas
            .iter()
            .flatten()
            .map(|area| area.limits(level))
            .map(|limits| limits.high - limits.low)
            .collect();
        assert!(widths[1] < widths[0] / 5.0, "{widths:?}");
    }

    #[test]
    fn wide_spread_pulls_the_deviates_in() {
        let areas: Vec<Observation> =
            (0..20).map(|index| observation(if index % 2 == 0 { 30.0 } else { 170.0 }, 100.0)).collect();
        let funnel = funnel(&areas);
        assert!(funnel.dispersion > 10.0 && funnel.variance_between > 0.0);
        let area = funnel.areas[0].unwrap();
        assert!(area.z_adjusted.abs() < 2.0 && area.z < -5.0, "{area:?}");
    }
}
