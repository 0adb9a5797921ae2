//! Comparisons: areas in pairs, two periods of some areas, an area and the rest of a group.
//!
//! Every kind has the same members for a difference: the difference of the rates, their ratio with its limits, p, q,
//! what can be said, and a sentence. Counts are already cut to the role; a figure is taken apart field by field.

pub(crate) mod against;
pub(crate) mod beside;
pub(crate) mod two_periods;

use serde::Serialize;
use utoipa::ToSchema;

pub(crate) use crate::assessment::MEASURED_LEVEL;
use crate::assessment::Measured;
pub(crate) use crate::assessment::comparison::Clarity;
use crate::assessment::comparison::Difference;
use crate::domain::text::Names;
use crate::service::answers::rate_ratio::RateRatioFigures;
use crate::tile::area_row::AreaRow;

/// What is said of a difference; all figures are null where nothing can be said.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub(crate) struct DifferenceFigures {
    /// Rate per 100,000 person-years of the first less that of the second.
    #[schema(required)]
    pub(crate) rate_difference: Option<f64>,
    #[serde(flatten)]
    pub(crate) ratio: RateRatioFigures,
    /// What can be said.
    #[schema(required)]
    pub(crate) difference: Option<Clarity>,
    /// The same as a sentence.
    pub(crate) sentence: Names,
}

impl DifferenceFigures {
    fn of(found: Option<&Difference>, sentence: Names) -> Self {
        let Some(found) = found else { return Self::unknown(sentence) };
        let Difference { rate_difference, rate_ratio, low, high, p, q, clear } = *found;
        Self {
            rate_difference: Some(rate_difference),
            ratio: RateRatioFigures { rate_ratio, low: Some(low), high, p: Some(p), q: Some(q) },
            difference: Some(clear),
            sentence,
        }
    }

    fn unknown(sentence: Names) -> Self {
        Self { rate_difference: None, ratio: RateRatioFigures::default(), difference: None, sentence }
    }
}

/// A count with its person-years and its rate; what is hidden or not known is null.
#[derive(Debug, Clone, Copy, Serialize, ToSchema)]
pub(crate) struct MeasuredFigures {
    /// Incidents, with a point or without.
    #[schema(required)]
    pub(crate) incidents: Option<u32>,
    /// Residents at the middle of the period.
    #[schema(required)]
    pub(crate) population: Option<u32>,
    /// Residents × years.
    #[schema(required)]
    pub(crate) person_years: Option<f64>,
    /// Incidents per 100,000 person-years.
    #[schema(required)]
    pub(crate) rate: Option<f64>,
    /// Lower limit of the rate.
    #[schema(required)]
    pub(crate) rate_low: Option<f64>,
    /// Upper limit of the rate.
    #[schema(required)]
    pub(crate) rate_high: Option<f64>,
}

impl MeasuredFigures {
    /// What was measured in an area, as far as its row says it.
    pub(crate) fn of_row(row: &AreaRow<'_>) -> Self {
        Self::of(Measured::of(row.assessment))
    }

    /// What was measured.
    pub(crate) fn of(measured: Measured) -> Self {
        let Measured { incidents, residents, person_years } = measured;
        let rate = measured.rate();
        Self {
            incidents,
            population: residents,
            person_years,
            rate: rate.map(|rate| rate.value),
            rate_low: rate.map(|rate| rate.low),
            rate_high: rate.map(|rate| rate.high),
        }
    }
}

/// How differences are found.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub(crate) struct ComparisonMethod {
    /// The unit of every rate.
    rate_unit: &'static str,
    /// Coverage of the limits, 0 to 1.
    level: f64,
    /// How the limits are found.
    limits: &'static str,
    /// How p is found.
    p: &'static str,
    /// How q is found, and over what.
    q: String,
    /// When a difference is clear.
    difference: &'static str,
}

impl ComparisonMethod {
    /// The method; `over` says what q is taken over.
    fn over(over: &str) -> Self {
        Self {
            rate_unit: "per 100000 person-years",
            level: MEASURED_LEVEL,
            limits: "exact conditional (Clopper-Pearson)",
            p: "exact conditional, two-sided",
            q: format!("Benjamini-Hochberg over {over}"),
            difference: "clear where the limits exclude 1 and q is at most 1 - level",
        }
    }
}
