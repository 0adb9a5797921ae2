//! Both tails of the gamma distribution with unit rate, and its quantiles.
//!
//! Up to [`LARGE_SHAPE`] the tails are the series and the continued fraction of
//! `statrs`; beyond it, where those need thousands of terms and lose digits in
//! ln Γ, Temme's uniform expansion. Both tails are computed as themselves, so a
//! probability of 1e-200 keeps its digits. Shapes must be positive and finite;
//! the public types above this file see to that.
//!
//! Reference: N. M. Temme, "The asymptotic expansion of the incomplete gamma
//! functions", SIAM J. Math. Anal. 10 (1979), eq. 1.4; DLMF 8.12.

use std::f64::consts::TAU;

use statrs::function::gamma::{gamma_lr, gamma_ur, ln_gamma};

use super::normal::{upper_normal_quantile, upper_p};
use super::root::{Tail, TailPoint, solve_tail};

/// From this shape on two terms of Temme's expansion hold to 2e-11, relative, in every tail above 1e-160.
const LARGE_SHAPE: f64 = 1e4;

/// From this shape on the start of the quantile search is exact to the last digit of `f64`.
const VAST_SHAPE: f64 = 1e8;

/// Coefficients of η^n of Temme's first term (DLMF 8.12.12 and 8.12.13).
const TEMME_FIRST: [f64; 13] = [
    -1.0 / 3.0,
    1.0 / 12.0,
    -2.0 / 135.0,
    1.0 / 864.0,
    1.0 / 2835.0,
    -139.0 / 777_600.0,
    1.0 / 25_515.0,
    -571.0 / 261_273_600.0,
    -281.0 / 151_559_100.0,
    163_879.0 / 197_522_841_600.0,
    -5_221.0 / 29_554_024_500.0,
    5_246_819.0 / 782_190_452_736_000.0,
    5_459.0 / 531_972_441_000.0,
];

/// Coefficients of η^n of Temme's second term.
const TEMME_SECOND: [f64; 7] = [
    -1.0 / 540.0,
    -1.0 / 288.0,
    1.0 / 378.0,
    -77.0 / 77_760.0,
    1.0 / 4_860.0,
    -1.0 / 2_488_320.0,
    -2_743.0 / 151_559_100.0,
];

/// P(X ≤ `x`) for X ~ Gamma(`shape`, 1).
pub(super) fn lower_tail(shape: f64, x: f64) -> f64 {
    if x <= 0.0 {
        0.0
    } else if x == f64::INFINITY {
        1.0
    } else if shape < LARGE_SHAPE {
        gamma_lr(shape, x)
    } else {
        temme(shape, x, Tail::Lower)
    }
}

/// P(X > `x`) for X ~ Gamma(`shape`, 1).
pub(super) fn upper_tail(shape: f64, x: f64) -> f64 {
    if x <= 0.0 {
        1.0
    } else if x == f64::INFINITY {
        0.0
    } else if shape < LARGE_SHAPE {
        gamma_ur(shape, x)
    } else {
        temme(shape, x, Tail::Upper)
    }
}

/// The density of Gamma(`shape`, 1) at `x` > 0.
pub(super) fn density(shape: f64, x: f64) -> f64 {
    if shape < LARGE_SHAPE {
        (shape * x.ln() - x - ln_gamma(shape)).exp() / x
    } else {
        let stirling = 1.0 - 1.0 / (12.0 * shape);
        (-shape * log_excess((x - shape) / shape)).exp() * (shape / TAU).sqrt() * stirling / x
    }
}

/// The x whose `tail` has the probability `target`, 0 < `target` < 1, for Gamma(`shape`, 1).
pub(super) fn quantile(shape: f64, tail: Tail, target: f64) -> f64 {
    let (tail, target) = smaller_tail(tail, target);
    let start = quantile_start(shape, tail, target);
    if shape >= VAST_SHAPE {
        return start;
    }
    solve_tail(tail, target, start, |x| TailPoint {
        probability: match tail {
            Tail::Lower => lower_tail(shape, x),
            Tail::Upper => upper_tail(shape, x),
        },
        density: density(shape, x),
    })
}

/// The same question asked of the tail that is at most one half, which carries the digits.
fn smaller_tail(tail: Tail, target: f64) -> (Tail, f64) {
    match tail {
        _ if target <= 0.5 => (tail, target),
        Tail::Lower => (Tail::Upper, 1.0 - target),
        Tail::Upper => (Tail::Lower, 1.0 - target),
    }
}

/// Cornish–Fisher's expansion to the third cumulant, or the leading power of x where that fails.
fn quantile_start(shape: f64, tail: Tail, target: f64) -> f64 {
    let z = match tail {
        Tail::Lower => -upper_normal_quantile(target),
        Tail::Upper => upper_normal_quantile(target),
    };
    let cornish_fisher = shape + z * shape.sqrt() + (z * z - 1.0) / 3.0 + z * (z * z - 7.0) / (36.0 * shape.sqrt());
    let small_x = match tail {
        Tail::Lower => ((target.ln() + ln_gamma(shape + 1.0)) / shape).exp(),
        Tail::Upper => 0.0,
    };
    if shape > 1.0 && cornish_fisher > small_x { cornish_fisher } else { small_x.max(f64::MIN_POSITIVE) }
}

/// Temme's two-term expansion of either tail for a large shape.
fn temme(shape: f64, x: f64, tail: Tail) -> f64 {
    let excess = (x - shape) / shape;
    let half_square = log_excess(excess);
    let eta = (2.0 * half_square).sqrt().copysign(excess);
    let normal = match tail {
        Tail::Lower => upper_p(-eta * shape.sqrt()),
        Tail::Upper => upper_p(eta * shape.sqrt()),
    };
    let weight = (-shape * half_square).exp() / (TAU * shape).sqrt();
    if weight == 0.0 {
        // So far out that the tail is 0 or 1 to the last digit, and the polynomials mean nothing.
        return normal;
    }
    let correction = weight * (polynomial(&TEMME_FIRST, eta) + polynomial(&TEMME_SECOND, eta) / shape);
    let probability = match tail {
        Tail::Lower => normal - correction,
        Tail::Upper => normal + correction,
    };
    probability.clamp(0.0, 1.0)
}

/// d − ln(1 + d) for d > −1, without the cancellation near 0.
fn log_excess(d: f64) -> f64 {
    if d.abs() > 0.02 {
        return d - d.ln_1p();
    }
    // d²/2 − d³/3 + d⁴/4 − …: nine terms leave 0.02⁹/11 of the sum.
    let inner = (2..=10_i32).rev().fold(0.0, |sum, n| 1.0 / f64::from(n) - d * sum);
    d * d * inner
}

/// Σ `coefficients[n]`·xⁿ by Horner's rule.
fn polynomial(coefficients: &[f64], x: f64) -> f64 {
    coefficients.iter().rev().fold(0.0, |sum, coefficient| sum * x + coefficient)
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
        let table = include_str!("../../tests/fixtures/statistics/gamma_tails.csv");
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
            // `statrs` loses digits in ln Γ towards shape 10⁴; a relative change of one unit in
            // the last place of x moves the tail by about √shape units.
            let tolerance = 1e-10 + 10.0 * f64::EPSILON * shape.sqrt();
            let low = quantile(shape, Tail::Lower, target);
            prop_assert!(low == 0.0 || relative(lower_tail(shape, low), target) < tolerance);
            let high = quantile(shape, Tail::Upper, target);
            prop_assert!(relative(upper_tail(shape, high), target) < tolerance);
            prop_assert!(low < high);
        }
    }
}
