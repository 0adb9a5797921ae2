//! Areas against each other: every pair with the ratio of their rates and what chance allows.
//!
//! In: rows as far as the role may see them. Out: one entry per pair, in the order asked. A hidden
//! count hides everything that is worked out from it. No order of merit: whoever reads decides.

use super::area::AreaAssessment;
pub use super::clarity::Clarity;
use crate::statistics::{ExposedCount, Level, benjamini_hochberg, compare_counts, rate_ratio};

/// Coverage of the limits of a ratio.
pub const COMPARISON_LEVEL: f64 = 0.95;

/// One area against another.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Pair {
    /// The place of the first among those compared.
    pub first: usize,
    /// The place of the second.
    pub second: usize,
    /// What can be said; absent where a count is hidden, nobody lives, or nothing happened.
    pub difference: Option<Difference>,
}

/// The rate of the first against that of the second.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Difference {
    /// Rate per 100,000 person-years of the first less that of the second.
    pub rate_difference: f64,
    /// First rate over second; absent when nothing happened in the second.
    pub rate_ratio: Option<f64>,
    /// Lower limit of the ratio.
    pub low: f64,
    /// Upper limit of the ratio; absent when it is unbounded.
    pub high: Option<f64>,
    /// Two-sided exact conditional probability.
    pub p: f64,
    /// The same kept in check over all pairs, by Benjamini and Hochberg.
    pub q: f64,
    /// Whether the limits leave no room for equal rates, and q, over all pairs, neither.
    pub clear: Clarity,
}

/// Every pair of some rows, the earlier named first.
pub fn pairs(rows: &[&AreaAssessment]) -> Vec<Pair> {
    let places = (0..rows.len()).flat_map(|first| (first + 1..rows.len()).map(move |second| (first, second)));
    let mut pairs: Vec<Pair> = places
        .map(|(first, second)| Pair { first, second, difference: difference(rows[first], rows[second]) })
        .collect();
    let p_values: Vec<f64> = pairs.iter().filter_map(|pair| pair.difference.map(|found| found.p)).collect();
    let q_values = benjamini_hochberg(&p_values).unwrap_or(p_values);
    let found = pairs.iter_mut().filter_map(|pair| pair.difference.as_mut());
    for (difference, q) in found.zip(q_values) {
        difference.q = q;
        // One pair of fifteen may differ by chance at a level that is meant for one.
        if q > 1.0 - COMPARISON_LEVEL {
            difference.clear = Clarity::Unclear;
        }
    }
    pairs
}

fn difference(first: &AreaAssessment, second: &AreaAssessment) -> Option<Difference> {
    let exposed =
        |row: &AreaAssessment| Some(ExposedCount { count: u64::from(row.incidents?), person_years: row.person_years? });
    let (one, two) = (exposed(first)?, exposed(second)?);
    let ratio = rate_ratio(one, two, Level::new(COMPARISON_LEVEL).ok()?)?;
    let p = compare_counts(one, two)?.exact_p;
    let clear = match (ratio.excludes_one(), ratio.low > 1.0) {
        (false, _) => Clarity::Unclear,
        (true, true) => Clarity::Higher,
        (true, false) => Clarity::Lower,
    };
    Some(Difference {
        rate_difference: first.rate? - second.rate?,
        rate_ratio: ratio.ratio,
        low: ratio.low,
        high: ratio.high,
        p,
        q: p,
        clear,
    })
}
