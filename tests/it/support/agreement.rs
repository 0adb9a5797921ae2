//! How far numbers of ours lie from those of others: one line per method and data set.

use super::golden::say;

/// What the methods promise unless a file says otherwise.
pub(crate) const RELATIVE_TOLERANCE: f64 = 1e-9;

/// Below this, what a reference calls a number is the rounding of sums of ones: only the difference itself counts.
const ROUNDING: f64 = 1e-12;

/// The largest deviation of one method on one set of data.
#[derive(Debug, Clone)]
pub(crate) struct Agreement {
    method: String,
    data: String,
    scale: Scale,
    compared: usize,
    largest: f64,
}

/// What a deviation is measured by.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) enum Scale {
    /// The number of the reference.
    Relative(f64),
    /// One, as for probabilities where the reference has no more digits.
    Absolute(f64),
}

impl Agreement {
    /// No number compared yet; a relative deviation of 1e-9 is allowed.
    pub(crate) fn of(method: &str, data: &str) -> Self {
        Self::within(method, data, Scale::Relative(RELATIVE_TOLERANCE))
    }

    /// The same with a tolerance of its own.
    pub(crate) fn within(method: &str, data: &str, scale: Scale) -> Self {
        Self { method: method.to_owned(), data: data.to_owned(), scale, compared: 0, largest: 0.0 }
    }

    /// Compares one number; fails the test where it is too far off.
    pub(crate) fn note(&mut self, place: &str, ours: f64, theirs: f64) {
        let difference = (ours - theirs).abs();
        let (deviation, tolerance) = match self.scale {
            Scale::Relative(tolerance) if theirs.abs() < ROUNDING => (difference, tolerance),
            Scale::Relative(tolerance) => (difference / theirs.abs(), tolerance),
            Scale::Absolute(tolerance) => (difference, tolerance),
        };
        let (method, data) = (&self.method, &self.data);
        assert!(
            deviation <= tolerance,
            "{method}, {data}, {place}: {ours:e}, expected {theirs:e}, off by {deviation:e}"
        );
        self.largest = self.largest.max(deviation);
        self.compared += 1;
    }

    /// One line of the table.
    pub(crate) fn line(&self) -> String {
        let kind = match self.scale {
            Scale::Relative(_) => "relative",
            Scale::Absolute(_) => "absolute",
        };
        let Self { method, data, compared, largest, .. } = self;
        format!("{method:<44} {data:<32} {compared:>6} {largest:>9.1e} {kind}")
    }
}

/// Says every line; fails where a line compared nothing, for then its method was not tested.
pub(crate) fn say_all(agreements: &[Agreement]) {
    for agreement in agreements {
        assert!(agreement.compared > 0, "nothing compared: {}", agreement.line());
        say(&agreement.line());
    }
}
