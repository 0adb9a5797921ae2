//! Whether a step of a series is out of the ordinary: early warning from counts alone.
//!
//! In: counts by step, absent where nothing is known, and the step that is judged. Out: what was to be expected there,
//! the least count that would be too much, and how rare such a count is. [`farrington`](farrington::farrington) is for
//! series with years behind them, [`ears`](ears::ears) for short ones, [`prediction`] for a plain range around the same
//! days of former years. What is judged together, and how often a false alarm may be, is the caller's business.

pub(super) mod ears;
pub(super) mod farrington;
pub(super) mod prediction;
mod quasi_poisson;
