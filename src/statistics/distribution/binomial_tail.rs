//! The upper tail of a binomial distribution.
//!
//! In: the number of trials, a count, both shares, and the probability of the count itself. Out: the probability of
//! so many or more. It is the continued fraction of the incomplete beta function, worked forward without a division
//! in each step; the factor before it is the probability of the count.
//!
//! Reference: DLMF 8.17.4, 8.17.22 and 8.17.23.

/// Two convergents that differ by no more than this part are the same.
const CONVERGED: f64 = 1e-16;

/// The fraction converges in about √n steps.
const MAX_STEPS: u32 = 100_000;

/// Beyond this size, or below its inverse, numerators and denominators are scaled.
const LARGE: f64 = 1e100;

/// P(X ≥ `count`) of `trials` trials with the probabilities `share` and `other_share` = 1 − `share`, for
/// 1 ≤ `count` ≤ `trials`; `here` is P(X = `count`).
pub(in crate::statistics) fn at_least(trials: u64, count: u64, share: f64, other_share: f64, here: f64) -> f64 {
    let (own, others) = (count as f64, (trials - count) as f64 + 1.0);
    // DLMF 8.17.22 converges fast for x < (a + 1)/(a + b + 2) only; above, I_x(a, b) = 1 − I_{1−x}(b, a) (8.17.4)
    // brings the other tail below its own limit.
    if share < (own + 1.0) / (own + others + 2.0) {
        here * other_share * fraction(own, others, share)
    } else {
        // The counts below are less than half: they are summed, and the rest is the answer.
        1.0 - here * other_share * own / others * fraction(others, own, other_share)
    }
}

/// 1/(1 + d₁/(1 + d₂/(1 + …))) for the incomplete beta function of `a` and `b` at `x` < (a + 1)/(a + b + 2).
fn fraction(a: f64, b: f64, x: f64) -> f64 {
    let mut terms = Convergent { before: (1.0, 0.0), now: (1.0, 1.0) };
    let mut value = 1.0;
    // `terms` holds the last two convergents. Odd and even terms have different signs here, so a pair is added at
    // a time and convergents of one kind are compared; below the limit they approach in O(√max(a, b)) steps.
    for step in 0..MAX_STEPS {
        let m = f64::from(step);
        let twice = a + 2.0 * m;
        terms.add(-(a + m) * (a + b + m) * x / (twice * (twice + 1.0)));
        terms.add((m + 1.0) * (b - m - 1.0) * x / ((twice + 1.0) * (twice + 2.0)));
        let next = terms.now.1 / terms.now.0;
        if (next - value).abs() <= CONVERGED * next.abs() {
            return next;
        }
        value = next;
        terms.scale();
    }
    value
}

/// Numerators and denominators of 1 + d₁/(1 + d₂/(1 + …)) up to a term.
struct Convergent {
    before: (f64, f64),
    now: (f64, f64),
}

impl Convergent {
    fn add(&mut self, d: f64) {
        // The fundamental recurrence of continued fractions, A_k = b_k·A_{k−1} + a_k·A_{k−2} with every b_k = 1
        // (DLMF section 1.12).
        let next = (self.now.0 + d * self.before.0, self.now.1 + d * self.before.1);
        self.before = self.now;
        self.now = next;
    }

    fn scale(&mut self) {
        let size = self.now.0.abs();
        // Only the quotient matters: all four numbers may be divided alike before they overflow.
        if !(1.0 / LARGE..LARGE).contains(&size) && size > 0.0 {
            let scaled = |(numerator, denominator): (f64, f64)| (numerator / size, denominator / size);
            (self.before, self.now) = (scaled(self.before), scaled(self.now));
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use statrs::function::beta::beta_reg;

    use super::*;
    use crate::statistics::distribution::ln_factorial::ln_factorial;

    fn tail(trials: u64, count: u64, share: f64) -> f64 {
        let ways = ln_factorial(trials) - ln_factorial(count) - ln_factorial(trials - count);
        let here = (ways + count as f64 * share.ln() + (trials - count) as f64 * (1.0 - share).ln()).exp();
        at_least(trials, count, share, 1.0 - share, here)
    }

    #[test]
    fn two_heads_or_more_of_three_throws_are_one_half() {
        assert!((tail(3, 2, 0.5) - 0.5).abs() < 1e-14);
        assert!((tail(3, 3, 0.5) - 0.125).abs() < 1e-14);
        assert!((tail(3, 1, 0.5) - 0.875).abs() < 1e-14);
    }

    #[test]
    fn large_numbers_settle() {
        // By symmetry one half, and half the probability of the middle.
        let trials = 1_000_000;
        let middle = (2.0 / (std::f64::consts::PI * trials as f64)).sqrt();
        assert!((tail(trials, trials / 2, 0.5) - 0.5 - middle / 2.0).abs() < 1e-7);
    }

    proptest! {
        #[test]
        fn tail_is_the_incomplete_beta_function(trials in 1_u64..2_000, part in 0.0..1.0_f64, share in 0.001..0.999_f64) {
            let count = 1 + (part * (trials - 1) as f64) as u64;
            let expected = beta_reg(count as f64, (trials - count) as f64 + 1.0, share);
            let found = tail(trials, count, share);
            prop_assert!((found - expected).abs() <= 1e-9 * expected.max(1e-300) || (found - expected).abs() < 1e-280, "{found} {expected}");
        }
    }
}
