//! Before and after, here and elsewhere: estimates of the effect of a measure.
//!
//! In: counts of treated and comparison places before and after. Out: ratios of ratios with limits, pooled over strata.

pub(super) mod displacement;
pub(super) mod effect_table;
pub(super) mod mantel_haenszel;
pub(super) mod ratio_of_ratios;
