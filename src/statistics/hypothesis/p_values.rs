//! The three p-values of one test, named by what each, where it is small, speaks for.
//!
//! In and out: the numbers themselves. How they come about is the matter of the tests.

/// The p-values of one test of two rates.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct PValues {
    /// For "the rates differ": small where equal rates hardly give such counts.
    pub two_sided: f64,
    /// For "the first rate is larger".
    pub larger: f64,
    /// For "the first rate is smaller".
    pub smaller: f64,
}

impl PValues {
    /// What is said of two counts without any event.
    pub(in crate::statistics) const NO_DIFFERENCE: Self = Self { two_sided: 1.0, larger: 1.0, smaller: 1.0 };
}
