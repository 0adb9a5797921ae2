//! Both tails of the gamma distribution with unit rate, and its quantiles.
//!
//! For small shapes and far points the tails are the series and the continued
//! fraction of `statrs`; elsewhere, where those need many terms and lose digits
//! in ln Γ, the uniform expansion of `gamma_uniform`. Both tails are computed as
//! themselves, so a probability of 1e-200 keeps its digits. Shapes must be
//! positive and finite; the public types above this file see to that.
//!
//! Reference: H. Goldberg and H. Levine, "Approximate formulas for the percentage
//! points and normalization of t and χ²", Annals of Mathematical Statistics 17
//! (1946), for the start of the quantile search.

use statrs::function::gamma::{gamma_lr, gamma_ur, ln_gamma};

use super::confidence_level::ConfidenceLevel;
use super::gamma_uniform::tail_point;
use super::normal::upper_normal_quantile;
use super::root::{Tail, TailPoint, solve_tail};

/// From this shape on the long start of the quantile search is near enough for [`refined`].
const LEAST_NEAR_SHAPE: f64 = 2.0;

/// A step of so many standard deviations leaves an error below the resolution of `f64`.
const LAST_STEP_DEVIATIONS: f64 = 2e-6;

/// One is enough from shape 10 on, two from shape 3 on.
const MAX_REFINEMENTS: usize = 4;

/// From this shape on the start of the quantile search is exact to the last digit of `f64`.
const VAST_SHAPE: f64 = 1e8;

/// P(X ≤ `x`) for X ~ Gamma(`shape`, 1).
pub(in crate::statistics) fn lower_tail(shape: f64, x: f64) -> f64 {
    if x <= 0.0 {
        0.0
    } else if x == f64::INFINITY {
        1.0
    } else {
        tail_point(shape, x, Tail::Lower).map_or_else(|| gamma_lr(shape, x), |point| point.probability)
    }
}

/// P(X > `x`) for X ~ Gamma(`shape`, 1).
pub(in crate::statistics) fn upper_tail(shape: f64, x: f64) -> f64 {
    if x <= 0.0 {
        1.0
    } else if x == f64::INFINITY {
        0.0
    } else {
        tail_point(shape, x, Tail::Upper).map_or_else(|| gamma_ur(shape, x), |point| point.probability)
    }
}

/// The density of Gamma(`shape`, 1) at `x` > 0.
pub(in crate::statistics) fn density(shape: f64, x: f64) -> f64 {
    tail_point(shape, x, Tail::Lower)
        .map_or_else(|| (shape * x.ln() - x - ln_gamma(shape)).exp() / x, |point| point.density)
}

/// The x whose `tail` has the probability `target`, 0 < `target` < 1, for Gamma(`shape`, 1).
pub(in crate::statistics) fn quantile(shape: f64, tail: Tail, target: f64) -> f64 {
    let (tail, target) = smaller_tail(tail, target);
    quantile_at(shape, tail, target, upper_normal_quantile(target))
}

/// The end of the interval of a level on the side of a tail.
pub(in crate::statistics) fn interval_end(shape: f64, tail: Tail, level: ConfidenceLevel) -> f64 {
    quantile_at(shape, tail, level.tail(), level.normal_deviate())
}

/// The quantile of a tail of at most one half, with the normal deviate that has the same tail above it.
fn quantile_at(shape: f64, tail: Tail, target: f64, deviate: f64) -> f64 {
    let z = match tail {
        Tail::Lower => -deviate,
        Tail::Upper => deviate,
    };
    let start = quantile_start(shape, tail, target, z);
    if shape >= VAST_SHAPE {
        return start;
    }
    let at = |x| point(shape, x, tail);
    refined(shape, tail, target, start, at).unwrap_or_else(|| solve_tail(tail, target, start, at))
}

fn point(shape: f64, x: f64, tail: Tail) -> TailPoint {
    tail_point(shape, x, tail).unwrap_or_else(|| TailPoint {
        probability: match tail {
            Tail::Lower => gamma_lr(shape, x),
            Tail::Upper => gamma_ur(shape, x),
        },
        density: density(shape, x),
    })
}

/// Halley's steps from a start that is nearly right; `None` where they do not converge at once.
///
/// The error after a step is about the cube of the step, both in standard deviations.
fn refined(shape: f64, tail: Tail, target: f64, start: f64, at: impl Fn(f64) -> TailPoint) -> Option<f64> {
    let mut x = start;
    // Halley's iteration has third order: an error e in standard deviations becomes about e³. The start is within
    // 1e-4, so one or two steps reach the last digit; where they do not, the bracketed search takes over.
    for _ in 0..MAX_REFINEMENTS {
        if shape < LEAST_NEAR_SHAPE || x <= 0.0 || !x.is_finite() {
            return None;
        }
        let here = at(x);
        let too_far = match tail {
            Tail::Lower => here.probability - target,
            Tail::Upper => target - here.probability,
        };
        let newton = too_far / here.density;
        // f″/f′ of the tail: the logarithmic derivative of the density x^(a−1)·e^(−x).
        let bend = (shape - 1.0) / x - 1.0;
        let step = newton / (1.0 - newton * bend / 2.0);
        x -= step;
        if step.abs() <= LAST_STEP_DEVIATIONS * shape.sqrt() {
            return Some(x);
        }
    }
    None
}

/// The same quantile by the tail that is at most one half, which carries the digits.
fn smaller_tail(tail: Tail, target: f64) -> (Tail, f64) {
    match tail {
        _ if target <= 0.5 => (tail, target),
        Tail::Lower => (Tail::Upper, 1.0 - target),
        Tail::Upper => (Tail::Lower, 1.0 - target),
    }
}

/// Cornish–Fisher's expansion, or the leading power of x where that fails.
fn quantile_start(shape: f64, tail: Tail, target: f64, z: f64) -> f64 {
    let long = if shape >= LEAST_NEAR_SHAPE { cornish_fisher(shape, z) } else { 0.0 };
    if long > 0.0 {
        return long;
    }
    let short = shape + z * shape.sqrt() + (z * z - 1.0) / 3.0 + z * (z * z - 7.0) / (36.0 * shape.sqrt());
    let small_x = match tail {
        // The lower tail of a small x is x^a/Γ(a + 1) to first order; solved for x.
        Tail::Lower => ((target.ln() + ln_gamma(shape + 1.0)) / shape).exp(),
        Tail::Upper => 0.0,
    };
    if shape > 1.0 && short > small_x { short } else { small_x.max(f64::MIN_POSITIVE) }
}

/// The quantile at a normal deviate, as a series in 1/√shape: in standard deviations right to 1e-4 at shape 3, to
/// 1e-6 at shape 10, between the outer hundredths.
fn cornish_fisher(shape: f64, z: f64) -> f64 {
    let (root, square) = (shape.sqrt(), z * z);
    let terms = [
        shape,
        z * root,
        (square - 1.0) / 3.0,
        z * (square - 7.0) / (36.0 * root),
        -((3.0 * square + 7.0) * square - 16.0) / (810.0 * shape),
        z * ((9.0 * square + 256.0) * square - 433.0) / (38_880.0 * shape * root),
        (((12.0 * square - 243.0) * square - 923.0) * square + 1_472.0) / (204_120.0 * shape * shape),
        -z * (((3_753.0 * square + 4_353.0) * square - 289_517.0) * square - 289_717.0)
            / (146_966_400.0 * shape * shape * root),
    ];
    // Smallest first: the terms fall by a factor of about √shape each, and the sum loses no digits.
    terms.iter().rev().sum()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn relative(computed: f64, expected: f64) -> f64 {
        ((computed - expected) / expected).abs()
    }

    #[test]
    fn shape_one_is_the_exponential_distribution() {
        for x in [1e-8, 0.1, 1.0, 5.0, 50.0, 500.0] {
            assert!(relative(upper_tail(1.0, x), (-x).exp()) < 1e-12, "{x}");
            assert!(relative(lower_tail(1.0, x), -(-x).exp_m1()) < 1e-12, "{x}");
        }
        assert!(relative(quantile(1.0, Tail::Upper, 0.05), 20_f64.ln()) < 1e-14);
    }

    #[test]
    fn tails_agree_with_sixty_digit_values() {
        // Computed once with sixty decimal digits (`gammainc` of mpmath).
        let table = include_str!("../../../tests/fixtures/statistics/gamma_tails.csv");
        for line in table.lines().skip(1) {
            let row: Vec<f64> = line.split(',').map(|field| field.parse().unwrap()).collect();
            let (shape, x, lower, upper) = (row[0], row[1], row[2], row[3]);
            assert!(relative(lower_tail(shape, x), lower) < 2e-11, "P({shape}, {x}) = {}", lower_tail(shape, x));
            assert!(relative(upper_tail(shape, x), upper) < 2e-11, "Q({shape}, {x}) = {}", upper_tail(shape, x));
        }
    }

    #[test]
    fn outside_the_support_the_tails_are_zero_and_one() {
        for shape in [0.5, 3.0, 1e6, 1e12] {
            assert_eq!((lower_tail(shape, 0.0), upper_tail(shape, 0.0)), (0.0, 1.0));
            assert_eq!((lower_tail(shape, f64::INFINITY), upper_tail(shape, f64::INFINITY)), (1.0, 0.0));
            assert_eq!((lower_tail(shape, f64::MAX), upper_tail(shape, f64::MAX)), (1.0, 0.0));
            assert!(upper_tail(shape, f64::MIN_POSITIVE) > 0.999_999);
        }
    }

    proptest! {
        #[test]
        fn quantiles_give_back_their_probability(log_shape in -3.0..15.0_f64, target in 1e-6..0.5_f64) {
            let shape = 10_f64.powf(log_shape);
            // A relative change of one unit in the last place of x moves the tail by about √shape units.
            let tolerance = 1e-10 + 10.0 * f64::EPSILON * shape.sqrt();
            let low = quantile(shape, Tail::Lower, target);
            prop_assert!(low == 0.0 || relative(lower_tail(shape, low), target) < tolerance);
            let high = quantile(shape, Tail::Upper, target);
            prop_assert!(relative(upper_tail(shape, high), target) < tolerance);
            prop_assert!(low < high);
        }
    }
}
