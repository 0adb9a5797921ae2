//! What a component of the rating is measured against, and the figures it needs beside residents.
//!
//! In: the terms of schemes and files, numbers. Out: an [`ExposureKind`] per component, and the
//! [`ExposureFigure`]s of communes and years. Residents have records of their own
//! ([`Population`](super::population::Population)). Nothing is multiplied here: years are the matter
//! of the period.

use std::fmt;
use std::str::FromStr;

use serde::Serialize;
use utoipa::ToSchema;

use super::AreaKey;

/// What is measured of a commune beside its residents.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Measure {
    /// Mean number of visitors present per day.
    Visitors,
    /// Kilometres of public road.
    RoadKm,
}

impl Measure {
    /// Every measure.
    pub const ALL: [Self; 2] = [Self::Visitors, Self::RoadKm];

    /// The word in files.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Visitors => "visitors",
            Self::RoadKm => "road_km",
        }
    }
}

impl fmt::Display for Measure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

/// Why a text is not a measure.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{0:?} is none of visitors (mean number present per day), road_km (kilometres of public road)")]
pub struct MeasureError(String);

impl FromStr for Measure {
    type Err = MeasureError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let found = Self::ALL.into_iter().find(|measure| measure.as_str() == text);
        found.ok_or_else(|| MeasureError(text.to_owned()))
    }
}

/// How much of a measure there is: 0, or from 0.001 to 1,000,000,000.
#[derive(Debug, Clone, Copy, PartialEq, PartialOrd)]
pub struct Quantity(f64);

/// Why a number is not a quantity.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("the value must be 0, or a number from 0.001 to 1,000,000,000 (write 1234.5, without separators)")]
pub struct QuantityError;

impl Quantity {
    /// Least quantity other than 0: a metre of road, or a visitor every third year.
    const MIN_QUANTITY: f64 = 0.001;
    /// Largest quantity; times any period it stays within what a rating can add up.
    const MAX_QUANTITY: f64 = 1e9;

    /// Checks a number.
    ///
    /// # Errors
    /// When it is negative, not finite, or beyond the accepted sizes.
    pub fn new(value: f64) -> Result<Self, QuantityError> {
        if value == 0.0 {
            return Ok(Self(0.0)); // also for the zero below zero
        }
        if (Self::MIN_QUANTITY..=Self::MAX_QUANTITY).contains(&value) { Ok(Self(value)) } else { Err(QuantityError) }
    }

    /// The number.
    pub fn value(self) -> f64 {
        self.0
    }
}

impl FromStr for Quantity {
    type Err = QuantityError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        Self::new(text.parse().map_err(|_| QuantityError)?)
    }
}

/// The quantity of a measure in one area and one year.
#[derive(Debug, Clone, PartialEq)]
pub struct ExposureFigure {
    /// The area that the exposure is of.
    pub area: AreaKey,
    /// The year of the figure.
    pub year: i16,
    /// What was measured.
    pub measure: Measure,
    /// How much there was.
    pub quantity: Quantity,
}

/// What a component of the rating is measured against.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum ExposureKind {
    /// Residents × years.
    Residents,
    /// Residents and visitors present × years.
    ResidentsAndVisitors,
    /// Kilometres of public road × years.
    RoadKm,
}

impl ExposureKind {
    /// Every kind.
    pub const ALL: [Self; 3] = [Self::Residents, Self::ResidentsAndVisitors, Self::RoadKm];

    /// The kind of a word.
    pub fn named(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.as_str() == word)
    }

    /// The word in schemes and answers.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Residents => "residents",
            Self::ResidentsAndVisitors => "residents_and_visitors",
            Self::RoadKm => "road_km",
        }
    }

    /// What the product with years is counted in.
    pub fn unit(self) -> ExposureUnit {
        match self {
            Self::Residents | Self::ResidentsAndVisitors => ExposureUnit::PersonYears,
            Self::RoadKm => ExposureUnit::KmYears,
        }
    }
}

/// What an exposure is counted in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum ExposureUnit {
    /// Persons × years.
    PersonYears,
    /// Kilometres × years.
    KmYears,
}

impl ExposureUnit {
    /// The word in answers.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::PersonYears => "person_years",
            Self::KmYears => "km_years",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn measures_and_kinds_are_found_by_their_words() {
        for measure in Measure::ALL {
            assert_eq!(measure.as_str().parse(), Ok(measure));
        }
        assert!("Visitors".parse::<Measure>().unwrap_err().to_string().contains("\"Visitors\" is none of visitors"));
        for kind in ExposureKind::ALL {
            assert_eq!(ExposureKind::named(kind.as_str()), Some(kind));
        }
        assert_eq!(ExposureKind::named("visitors"), None, "visitors alone are no denominator");
    }

    #[test]
    fn quantity_is_zero_or_of_a_size_that_can_be_added_up() {
        for (text, value) in [("0", 0.0), ("-0", 0.0), ("12.5", 12.5), ("20000", 20_000.0), ("0.001", 0.001)] {
            assert_eq!(text.parse::<Quantity>().map(|quantity| quantity.value().to_bits()), Ok(f64::to_bits(value)));
        }
        for wrong in ["-1", "NaN", "inf", "1e-9", "1e10", "1.234,5", "12,5", "many", ""] {
            assert_eq!(wrong.parse::<Quantity>(), Err(QuantityError), "{wrong}");
        }
    }
}
