//! Higher, lower, or not clearly different: the answer of every comparison.
//!
//! By which test one of the three is given is the business of whoever compares.

use serde::Serialize;
use utoipa::ToSchema;

/// Whether a rate lies clearly above or below another, or above or below a common level.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Clarity {
    /// The rate is higher beyond chance.
    Higher,
    /// The rate is lower beyond chance.
    Lower,
    /// No clear difference.
    #[serde(rename = "not_clearly_different")]
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
