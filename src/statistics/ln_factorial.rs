//! Logarithms of factorials, those of small numbers worked out once.

use std::sync::LazyLock;

use statrs::function::gamma::ln_gamma;

/// Numbers up to which the logarithm is kept.
const KEPT: u64 = 1 << 14;

static KNOWN: LazyLock<Vec<f64>> = LazyLock::new(|| (0..KEPT).map(worked_out).collect());

/// ln n!.
pub(super) fn ln_factorial(n: u64) -> f64 {
    let known = usize::try_from(n).ok().and_then(|place| KNOWN.get(place));
    known.copied().unwrap_or_else(|| worked_out(n))
}

fn worked_out(n: u64) -> f64 {
    ln_gamma(n as f64 + 1.0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn four_factorial_is_twenty_four() {
        assert!((ln_factorial(4) - 24_f64.ln()).abs() < 1e-14);
        assert!(ln_factorial(0).abs() < 1e-14);
    }

    #[test]
    fn kept_and_worked_out_numbers_join() {
        for n in [KEPT - 1, KEPT, KEPT + 1] {
            assert!((ln_factorial(n) - ln_factorial(n - 1) - (n as f64).ln()).abs() < 1e-9, "{n}");
        }
    }
}
