//! Trends of a series of counts or rates over time.
//!
//! In: values at equal or given times. Out: direction, slope and their uncertainty.

pub(super) mod mann_kendall;
pub(super) mod poisson_trend;
pub(super) mod theil_sen;
