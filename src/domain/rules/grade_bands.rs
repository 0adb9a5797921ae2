//! Where one grade ends and the next begins, and when an area differs from the common level at all.
//!
//! In files and answers both are short lists of numbers; here each number has its name.

use serde::Deserialize;

/// Upper bounds of the letters on the relative risk; what exceeds the last is an E.
#[derive(Debug, Clone, Copy, PartialEq, Deserialize)]
#[serde(from = "[f64; 4]")]
pub struct GradeBands {
    /// The greatest relative risk of an A.
    pub a: f64,
    /// That of a B.
    pub b: f64,
    /// That of a C.
    pub c: f64,
    /// That of a D.
    pub d: f64,
}

impl From<[f64; 4]> for GradeBands {
    fn from([a, b, c, d]: [f64; 4]) -> Self {
        Self { a, b, c, d }
    }
}

impl From<GradeBands> for [f64; 4] {
    fn from(bands: GradeBands) -> Self {
        [bands.a, bands.b, bands.c, bands.d]
    }
}

/// Probabilities that leave open on which side of the common level an area lies, both ends left out.
#[derive(Debug, Clone, Copy, PartialEq, Deserialize)]
#[serde(from = "[f64; 2]")]
pub struct UnclearRange {
    /// Up to this probability an area is clearly below.
    pub low: f64,
    /// From this probability on it is clearly above.
    pub high: f64,
}

impl From<[f64; 2]> for UnclearRange {
    fn from([low, high]: [f64; 2]) -> Self {
        Self { low, high }
    }
}

impl From<UnclearRange> for [f64; 2] {
    fn from(range: UnclearRange) -> Self {
        [range.low, range.high]
    }
}
