//! Distributions of counts and rates: tails, quantiles and exact limits.
//!
//! In: counts, means, shapes. Out: probabilities and limits. Everything here is pure and total on its stated domain.

pub(super) mod binomial_tail;
pub(super) mod confidence_level;
pub(super) mod count_distribution;
pub(super) mod gamma;
pub(super) mod gamma_uniform;
pub(super) mod limits_table;
pub(super) mod ln_factorial;
pub(super) mod negative_binomial;
pub(super) mod normal;
pub(super) mod poisson;
pub(super) mod root;
pub(super) mod student;
