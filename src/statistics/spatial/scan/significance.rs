//! How rare a statistic is among the greatest ones of maps made by chance.
//!
//! In: those maxima. Out: p by rank, which is exact whatever their distribution, and p by a Gumbel tail, which goes
//! below 1/(M + 1).

use std::f64::consts::PI;

use super::likelihood::SAME_STATISTIC;

/// Euler's constant: the mean of the standard Gumbel distribution.
const EULER_GAMMA: f64 = 0.577_215_664_901_532_9;

/// The distribution of the maxima.
#[derive(Debug)]
pub(super) struct Significance {
    sorted: Vec<f64>,
    gumbel: Option<Gumbel>,
}

/// A Gumbel distribution of maxima.
#[derive(Debug, Clone, Copy, PartialEq)]
struct Gumbel {
    location: f64,
    scale: f64,
}

impl Significance {
    pub(super) fn of(maxima: &[f64]) -> Self {
        let mut sorted = maxima.to_vec();
        sorted.sort_unstable_by(f64::total_cmp);
        Self { sorted, gumbel: Gumbel::by_moments(maxima) }
    }

    /// (R + 1)/(M + 1), where R of M maxima reach the statistic; one that equals it does.
    pub(super) fn by_rank(&self, statistic: f64) -> f64 {
        let below = self.sorted.partition_point(|maximum| *maximum < statistic - SAME_STATISTIC);
        (self.sorted.len() - below + 1) as f64 / (self.sorted.len() + 1) as f64
    }

    /// The probability above the statistic under the fitted tail.
    pub(super) fn gumbel(&self, statistic: f64) -> Option<f64> {
        let Gumbel { location, scale } = self.gumbel?;
        // 1 − exp(−exp(−z)) without losing the digits of a small tail.
        Some(-(-(-(statistic - location) / scale).exp()).exp_m1())
    }
}

impl Gumbel {
    /// Scale s√6/π and location x̄ − γ·scale of the mean x̄ and the standard deviation s (n − 1).
    fn by_moments(maxima: &[f64]) -> Option<Self> {
        let count = maxima.len() as f64;
        let mean = maxima.iter().sum::<f64>() / count;
        let variance = maxima.iter().map(|value| (value - mean).powi(2)).sum::<f64>() / (count - 1.0);
        let scale = (6.0 * variance).sqrt() / PI;
        (scale > 0.0 && scale.is_finite()).then_some(Self { location: mean - EULER_GAMMA * scale, scale })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rank_counts_those_that_reach_the_statistic_and_itself() {
        let significance = Significance::of(&[1.0, 3.0, 2.0, 2.0]);
        assert_eq!([3.5, 3.0, 2.0, 0.5].map(|statistic| significance.by_rank(statistic)), [0.2, 0.4, 0.8, 1.0]);
        assert_eq!(Significance::of(&[]).by_rank(1.0), 1.0);
    }

    #[test]
    fn gumbel_tail_of_moments_worked_by_hand() {
        // Mean 2, variance 1: scale √6/π = 0.779697, location 2 − 0.5772157·0.779697 = 1.549947.
        let significance = Significance::of(&[1.0, 2.0, 3.0]);
        let z: f64 = (4.0 - 1.549_946_9) / 0.779_696_8;
        let expected = 1.0 - (-(-z).exp()).exp();
        assert!((significance.gumbel(4.0).unwrap() - expected).abs() < 1e-7);
        assert_eq!(Significance::of(&[2.0, 2.0]).gumbel(3.0), None);
        assert_eq!(Significance::of(&[2.0]).gumbel(3.0), None);
        assert_eq!(Significance::of(&[]).gumbel(3.0), None);
    }
}
