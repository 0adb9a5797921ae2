//! The standard normal distribution, as far as tests and limits need it.
//!
//! In: a deviate or a tail probability. Out: the other. Each tail is computed as itself, so that a
//! probability of 1e-200 keeps its digits.

use std::f64::consts::SQRT_2;

use statrs::function::erf::erfc_inv;

/// z with P(Z > z) = `tail`.
pub(in crate::statistics) fn upper_normal_quantile(tail: f64) -> f64 {
    SQRT_2 * erfc_inv(2.0 * tail)
}

/// P(Z > z).
pub(in crate::statistics) fn upper_p(z: f64) -> f64 {
    libm::erfc(z / SQRT_2) / 2.0
}

/// P(|Z| ≥ |z|).
pub(in crate::statistics) fn two_sided_p(z: f64) -> f64 {
    libm::erfc(z.abs() / SQRT_2)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tails_agree_with_sixty_digit_values() {
        // erfc(z/√2)/2 by mpmath with sixty decimal digits. The rounding of z/√2 alone moves the tail at 30 by z²·ε.
        for (z, tail) in
            [(0.5, 0.308_537_538_725_986_9), (3.0, 0.001_349_898_031_630_094_5), (30.0, 4.906_713_927_148_187e-198)]
        {
            assert!((upper_p(z) / tail - 1.0).abs() < 1e-12, "{z}: {:e}", upper_p(z));
            assert_eq!(two_sided_p(-z), 2.0 * upper_p(z));
        }
    }

    #[test]
    fn quantile_gives_back_its_tail() {
        for tail in [1e-12, 0.001, 0.025, 0.4, 0.5] {
            assert!((upper_p(upper_normal_quantile(tail)) / tail - 1.0).abs() < 1e-11, "{tail}");
        }
    }
}
