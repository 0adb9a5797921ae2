//! Which residents a period is divided by: a value of the rule file.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// The values of `[population]`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PopulationRule {
    /// What holds between two years with a figure.
    pub between_years: BetweenYears,
}

/// How many residents a commune has between two years with a figure.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum BetweenYears {
    /// As many as lie on the straight line between the two figures, each standing at the middle of its year.
    Interpolated,
    /// As many as in the year nearest to the middle of the period; of two equally near the earlier.
    Nearest,
}

impl BetweenYears {
    /// The word in files and answers.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Interpolated => "interpolated",
            Self::Nearest => "nearest",
        }
    }
}
