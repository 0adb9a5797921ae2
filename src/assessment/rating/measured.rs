//! A count over person-years as a role may see it, and the rate that follows from the two.
//!
//! In: what a row shows. Out: a rate with exact limits, absent where the count is hidden or nobody lives.
//! Nothing is hidden here: what is absent was taken out before.

use std::sync::LazyLock;

use crate::assessment::area::AreaAssessment;
use crate::statistics::{ConfidenceLevel, ExposedCount, LimitsTable, crude_rate_of, crude_rate_per_100k};

/// Coverage of the limits of a rate and of a ratio of rates.
pub const MEASURED_LEVEL: f64 = 0.95;

static LIMITS: LazyLock<LimitsTable> =
    LazyLock::new(|| LimitsTable::new(ConfidenceLevel::new(MEASURED_LEVEL).expect("the level lies between 0 and 1")));

/// Incidents and person-years of one area in one period.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct Measured {
    /// Incidents, with a point or without; absent where hidden.
    pub incidents: Option<u32>,
    /// Residents at the middle of the period; absent where not known.
    pub residents: Option<u32>,
    /// Residents × years.
    pub person_years: Option<f64>,
}

/// A rate per 100,000 person-years with its exact limits.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct MeasuredRate {
    /// Incidents over person-years.
    pub value: f64,
    /// Lower limit.
    pub low: f64,
    /// Upper limit.
    pub high: f64,
}

impl Measured {
    /// What a row shows.
    pub fn of(row: &AreaAssessment) -> Self {
        Self { incidents: row.incidents, residents: row.residents, person_years: row.person_years }
    }

    /// The count with its exposure, where both are there.
    pub fn exposed(self) -> Option<ExposedCount> {
        Some(ExposedCount { count: u64::from(self.incidents?), person_years: self.person_years? })
    }

    /// The rate per 100,000 person-years without its limits, where there is one.
    pub fn rate_per_100k(self) -> Option<f64> {
        crude_rate_per_100k(self.exposed()?)
    }

    /// The rate, where there is one.
    pub fn rate(self) -> Option<MeasuredRate> {
        MeasuredRate::of(self.exposed()?)
    }
}

impl MeasuredRate {
    /// The rate of a count; none without exposure.
    pub fn of(exposed: ExposedCount) -> Option<Self> {
        let rate = crude_rate_of(exposed, &LIMITS)?;
        Some(Self { value: rate.rate_per_100k, low: rate.limits_per_100k.low, high: rate.limits_per_100k.high })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_incident_has_a_rate_with_an_upper_limit() {
        let quiet = Measured { incidents: Some(0), residents: Some(1000), person_years: Some(1000.0) };
        let rate = quiet.rate().unwrap();
        // 40 = 1 / 0.025: no event at 95 %.
        assert_eq!((rate.value, rate.low), (0.0, 0.0));
        assert!((rate.high / (40_f64.ln() * 100.0) - 1.0).abs() < 1e-12);
    }

    #[test]
    fn hidden_count_and_unknown_population_have_no_rate() {
        let hidden = Measured { incidents: None, residents: Some(1000), person_years: Some(1000.0) };
        assert_eq!(hidden.rate(), None);
        assert_eq!(Measured { incidents: Some(3), ..Measured::default() }.rate(), None);
    }
}
