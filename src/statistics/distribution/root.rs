//! Solving for the point at which a tail probability has a given size.
//!
//! In: a monotone tail function with its slope, a target and a start. Out: the
//! positive argument at which the tail equals the target. The step is Newton's
//! on logarithmic axes, where tails of the gamma family are nearly straight;
//! a bracket catches every step that leaves it.

/// Which way a tail function runs as its argument grows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::statistics) enum Tail {
    /// Grows from 0 to 1.
    Lower,
    /// Falls from 1 to 0.
    Upper,
}

/// A tail probability and the absolute value of its derivative at one point.
#[derive(Debug, Clone, Copy)]
pub(in crate::statistics) struct TailPoint {
    pub(in crate::statistics) probability: f64,
    pub(in crate::statistics) density: f64,
}

/// Newton's error after a step is about the square of the step, so that a step
/// of this relative size leaves an error below the resolution of `f64`.
const LAST_STEP: f64 = 1e-9;

/// Plain halving of the exponent range needs about 70 rounds; more is a sign of
/// a plateau, where any point serves.
const MAX_ROUNDS: usize = 120;

/// The x > 0 with `at(x).probability == target`, for 0 < `target` < 1.
///
/// Gives 0 when the solution lies below the smallest positive normal number.
pub(in crate::statistics) fn solve_tail(tail: Tail, target: f64, start: f64, at: impl Fn(f64) -> TailPoint) -> f64 {
    let (mut low, mut high) = (f64::MIN_POSITIVE, f64::MAX);
    if tail == Tail::Lower && at(low).probability >= target {
        return 0.0;
    }
    let mut x = if start.is_finite() { start.clamp(low, high) } else { 1.0 };
    // The solution lies between `low` and `high` before each round, and x is one of them after it. A Newton step
    // that leaves the bracket is replaced by the geometric mean, which halves it on the logarithmic axis.
    for _ in 0..MAX_ROUNDS {
        let point = at(x);
        let too_far = match tail {
            Tail::Lower => point.probability > target,
            Tail::Upper => point.probability < target,
        };
        *(if too_far { &mut high } else { &mut low }) = x;
        let next = x * newton_step(tail, target, x, point).exp();
        // NaN from a vanished tail fails the comparison, and the next one as well, so it ends in the geometric
        // mean.
        if (next / x - 1.0).abs() <= LAST_STEP {
            return next;
        }
        x = if next > low && next < high { next } else { low.sqrt() * high.sqrt() };
    }
    x
}

/// Newton's change of ln x, or NaN where the tail or its density vanishes.
fn newton_step(tail: Tail, target: f64, x: f64, point: TailPoint) -> f64 {
    // d ln p / d ln x. A gamma tail is nearly a power of x far out, hence nearly straight on these axes, and
    // Newton's step lands close from afar.
    let slope = x * point.density / point.probability;
    let missing = (target / point.probability).ln();
    match tail {
        Tail::Lower => missing / slope,
        Tail::Upper => -missing / slope,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn exponential(x: f64) -> TailPoint {
        TailPoint { probability: (-x).exp(), density: (-x).exp() }
    }

    #[test]
    fn exponential_tail_is_solved_from_any_start() {
        for start in [1e-300, 1e-6, 1.0, 600.0, 1e300, f64::NAN] {
            let x = solve_tail(Tail::Upper, 0.05, start, exponential);
            assert!((x / 20_f64.ln() - 1.0).abs() < 1e-14, "{start}: {x}");
        }
    }

    #[test]
    fn solution_below_the_smallest_number_is_zero() {
        let flat = |_| TailPoint { probability: 0.9, density: 0.0 };
        assert_eq!(solve_tail(Tail::Lower, 0.1, 1.0, flat), 0.0);
    }
}
