//! Higher, lower, or not clearly different: the answer of every comparison.
//!
//! By which test one of the three is given is the business of whoever compares.

/// Whether a rate lies clearly above or below another, or above or below a common level.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Clarity {
    /// The rate is higher beyond chance.
    Higher,
    /// The rate is lower beyond chance.
    Lower,
    /// No clear difference.
    Unclear,
}

impl Clarity {
    /// The word in answers.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Higher => "higher",
            Self::Lower => "lower",
            Self::Unclear => "not_clearly_different",
        }
    }
}
