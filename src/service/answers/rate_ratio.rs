//! One rate over another, as trends and comparisons say it.
//!
//! In: an estimate, or none. Out: the ratio with its limits and p; null where nothing can be said.

use serde::Serialize;
use utoipa::ToSchema;

/// One rate over another with its limits; null where nothing can be said, or not to the role.
#[derive(Debug, Clone, Copy, Default, Serialize, ToSchema)]
pub(crate) struct RateRatioFigures {
    /// First rate over second; of a trend, now over the window before. Null when nothing happened in the second.
    #[schema(required)]
    pub(crate) rate_ratio: Option<f64>,
    /// Exact lower limit of the ratio.
    #[schema(required)]
    pub(crate) low: Option<f64>,
    /// Exact upper limit of the ratio; null when it is unbounded.
    #[schema(required)]
    pub(crate) high: Option<f64>,
    /// Two-sided p of equal rates: exact conditional in a comparison, mid-P of a trend.
    #[schema(required)]
    pub(crate) p: Option<f64>,
    /// The same over all that is compared (Benjamini-Hochberg).
    #[schema(required)]
    pub(crate) q: Option<f64>,
}
