//! The statistical grade: a letter, its range, or the reason why there is none.
//!
//! In: the median of an area's relative risk, its interval and reliability, the rule of the scheme. Out: the letter
//! with the letters of both ends, or the reason.

use std::fmt;

use serde::{Serialize, Serializer};
use utoipa::openapi::RefOr;
use utoipa::openapi::schema::{ObjectBuilder, Schema, Type};
use utoipa::{PartialSchema, ToSchema};

use crate::domain::rules::grade_bands::GradeBands;
use crate::domain::rules::scheme::GradeRule;
use crate::statistics::Limits;

/// A band of the relative risk, A the lowest.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, ToSchema)]
pub enum Letter {
    /// Far below the province.
    A,
    /// Below the province.
    B,
    /// About the province.
    C,
    /// Above the province.
    D,
    /// Far above the province.
    E,
}

impl Letter {
    const ALL: [Self; 5] = [Self::A, Self::B, Self::C, Self::D, Self::E];

    /// The band of a relative risk: the first whose upper bound is not exceeded.
    ///
    /// ```
    /// use binhyen::assessment::rating::grade::Letter;
    /// use binhyen::domain::rules::grade_bands::GradeBands;
    /// let bands = GradeBands { a: 0.5, b: 0.8, c: 1.25, d: 2.0 };
    /// assert_eq!(Letter::of(0.5, bands), Letter::A);
    /// assert_eq!(Letter::of(1.0, bands), Letter::C);
    /// assert_eq!(Letter::of(9.9, bands), Letter::E);
    /// ```
    pub fn of(ratio: f64, bands: GradeBands) -> Self {
        let band = <[f64; 4]>::from(bands).into_iter().filter(|bound| ratio > *bound).count();
        Self::ALL[band]
    }

    /// The letter as text.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::A => "A",
            Self::B => "B",
            Self::C => "C",
            Self::D => "D",
            Self::E => "E",
        }
    }
}

/// Why an area has no letter.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum WithheldReason {
    /// Too little data to tell the area from the province.
    ReliabilityBelowMinReliability,
    /// Hidden from the role.
    TooFewIncidentsToPublish,
    /// No residents known, so no rate.
    NoPopulation,
    /// Residents are known, but another exposure of the grade is not.
    NoExposure,
}

impl WithheldReason {
    /// The word in answers.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::ReliabilityBelowMinReliability => "reliability_below_min_reliability",
            Self::TooFewIncidentsToPublish => "too_few_incidents_to_publish",
            Self::NoPopulation => "no_population",
            Self::NoExposure => "no_exposure",
        }
    }
}

/// The grade of an area.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Grade {
    /// The band that the posterior probability supports.
    Letter(Letter),
    /// Too little data to distinguish the area from the province.
    Insufficient,
    /// Hidden from the role.
    Suppressed,
    /// No residents known, so no rate.
    NoExposure,
}

impl Grade {
    /// The word for the grade in tiles and answers.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Letter(letter) => letter.as_str(),
            Self::Insufficient => "insufficient",
            Self::Suppressed => "suppressed",
            Self::NoExposure => "none",
        }
    }
}

impl Grade {
    /// Why there is no letter; none where there is one.
    pub fn withheld(self) -> Option<WithheldReason> {
        match self {
            Self::Letter(_) => None,
            Self::Insufficient => Some(WithheldReason::ReliabilityBelowMinReliability),
            Self::Suppressed => Some(WithheldReason::TooFewIncidentsToPublish),
            Self::NoExposure => Some(WithheldReason::NoPopulation),
        }
    }
}

impl fmt::Display for Grade {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl Serialize for Grade {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.as_str())
    }
}

impl PartialSchema for Grade {
    fn schema() -> RefOr<Schema> {
        let words =
            Letter::ALL.map(Self::Letter).into_iter().chain([Self::Insufficient, Self::Suppressed, Self::NoExposure]);
        let schema = ObjectBuilder::new().schema_type(Type::String).enum_values(Some(words.map(Self::as_str)));
        schema.description(Some("The grade of an area: a letter, or why there is none.")).into()
    }
}

impl ToSchema for Grade {}

/// A grade with the bands of the ends of its interval.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct GradeRange {
    /// The letter, or why there is none.
    pub grade: Grade,
    /// The band of the lower end.
    pub best: Option<Letter>,
    /// The band of the upper end.
    pub worst: Option<Letter>,
}

impl GradeRange {
    /// The grade of an area without exposure.
    pub const NO_EXPOSURE: Self = Self { grade: Grade::NoExposure, best: None, worst: None };

    /// The grade of a relative risk with its interval and reliability.
    pub fn of(median: f64, interval: Limits, reliability: f64, rule: &GradeRule) -> Self {
        let letter = Letter::of(median, rule.bands);
        let withheld = reliability < rule.min_reliability;
        Self {
            grade: if withheld { Grade::Insufficient } else { Grade::Letter(letter) },
            best: Some(Letter::of(interval.low, rule.bands)),
            worst: Some(Letter::of(interval.high, rule.bands)),
        }
    }
}
