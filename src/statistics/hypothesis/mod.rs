//! Tests of counts and rates, and what controls them together.
//!
//! In: counts and exposures. Out: p-values, ratios with limits, Benjamini–Hochberg q-values.

pub(super) mod count_comparison;
pub(super) mod count_tests;
pub(super) mod e_test;
pub(super) mod false_discovery;
pub(super) mod fisher_exact;
pub(super) mod p_values;
pub(super) mod rate_ratio;
