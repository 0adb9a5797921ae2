//! Before and after, here and elsewhere: estimates of the effect of a measure.
//!
//! In: counts of treated and comparison places before and after, or of places over periods. Out: ratios of ratios with
//! limits, pooled over strata; the rate ratio of a panel.

pub(super) mod agreement;
pub(super) mod cholesky;
pub(super) mod displacement;
pub(super) mod effect_table;
pub(super) mod mantel_haenszel;
pub(super) mod panel;
pub(super) mod place_matching;
pub(super) mod ratio_of_ratios;
