//! Logarithms of factorials, those of small numbers computed once.

use std::sync::LazyLock;

use statrs::function::gamma::ln_gamma;

/// Numbers up to which the logarithm is tabulated.
const TABLE_SIZE: u64 = 1 << 14;

static TABLE: LazyLock<Vec<f64>> = LazyLock::new(|| (0..TABLE_SIZE).map(computed).collect());

/// ln n!.
pub(in crate::statistics) fn ln_factorial(n: u64) -> f64 {
    let known = usize::try_from(n).ok().and_then(|index| TABLE.get(index));
    known.copied().unwrap_or_else(|| computed(n))
}

fn computed(n: u64) -> f64 {
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
        for n in [TABLE_SIZE - 1, TABLE_SIZE, TABLE_SIZE + 1] {
            assert!((ln_factorial(n) - ln_factorial(n - 1) - (n as f64).ln()).abs() < 1e-9, "{n}");
        }
    }
}
