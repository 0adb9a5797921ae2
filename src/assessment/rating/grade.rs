//! The statistical grade: a letter, a range of letters, or the reason why there is none.
//!
//! In: what is known of an area's relative risk, the rule of the scheme. Out: the letter of the median with its
//! probability, where that is large enough; else the letters of both ends of the interval, or the reason.

use std::fmt;

use serde::{Serialize, Serializer};
use utoipa::openapi::RefOr;
use utoipa::openapi::schema::{ObjectBuilder, Schema, Type};
use utoipa::{PartialSchema, ToSchema};

use crate::domain::rules::grade_bands::GradeBands;
use crate::domain::rules::scheme::GradeRule;
use crate::statistics::{Limits, RiskEstimate};

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

    /// The relative risks of the band: above the lower end, up to the upper one.
    fn band(self, bands: GradeBands) -> Limits {
        let bounds = <[f64; 4]>::from(bands);
        let place = self as usize;
        Limits {
            low: place.checked_sub(1).map_or(0.0, |below| bounds[below]),
            high: bounds.get(place).copied().unwrap_or(f64::INFINITY),
        }
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
    /// The filter counts no category that the scheme rates.
    NothingRated,
    /// No incident that is rated was counted in any area.
    NoRatedEvents,
    /// Nothing that is rated is expected of the area.
    NothingExpected,
    /// The areas differ by no more than chance.
    NoSpreadBetweenAreas,
    /// There is one area, which would be compared with itself.
    SingleArea,
    /// The counts of too few areas are published to tell how areas differ.
    FewAreasPublished,
    /// No letter is likely enough: the range stands in its place.
    LetterBelowMinProbability,
    /// Its count is not shown, so nothing that follows from it is.
    CountNotShown,
    /// Its count is shown and too small to be rated for the public.
    TooFewIncidentsToPublish,
    /// No residents known, so no rate.
    NoPopulation,
    /// Residents are known, but another exposure of the grade is not.
    NoExposure,
    /// Incidents are not known on every day of the period.
    NotCovered,
}

impl WithheldReason {
    /// The word in answers.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::ReliabilityBelowMinReliability => "reliability_below_min_reliability",
            Self::NothingRated => "nothing_rated",
            Self::NoRatedEvents => "no_rated_events",
            Self::NothingExpected => "nothing_expected",
            Self::NoSpreadBetweenAreas => "no_spread_between_areas",
            Self::SingleArea => "single_area",
            Self::FewAreasPublished => "few_areas_published",
            Self::LetterBelowMinProbability => "letter_below_min_probability",
            Self::CountNotShown => "count_not_shown",
            Self::TooFewIncidentsToPublish => "too_few_incidents_to_publish",
            Self::NoPopulation => "no_population",
            Self::NoExposure => "no_exposure",
            Self::NotCovered => "not_covered",
        }
    }
}

/// Why the counts do not suffice for a letter.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Insufficiency {
    /// Reliability below that of the scheme.
    Unreliable,
    /// The filter counts no category that the scheme rates.
    NothingRated,
    /// No incident that is rated was counted in any area.
    NoRatedEvents,
    /// Nothing that is rated is expected of the area.
    NothingExpected,
    /// The areas differ by no more than chance.
    NoSpread,
    /// There is one area, which would be compared with itself.
    SingleArea,
    /// The counts of too few areas are published to tell how areas differ.
    FewAreasPublished,
}

impl Insufficiency {
    /// The reason in answers.
    pub fn reason(self) -> WithheldReason {
        match self {
            Self::Unreliable => WithheldReason::ReliabilityBelowMinReliability,
            Self::NothingRated => WithheldReason::NothingRated,
            Self::NoRatedEvents => WithheldReason::NoRatedEvents,
            Self::NothingExpected => WithheldReason::NothingExpected,
            Self::NoSpread => WithheldReason::NoSpreadBetweenAreas,
            Self::SingleArea => WithheldReason::SingleArea,
            Self::FewAreasPublished => WithheldReason::FewAreasPublished,
        }
    }
}

/// The grade of an area.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Grade {
    /// The band of the median, with a probability that suffices.
    Letter(Letter),
    /// No band is likely enough: those of both ends of the interval stand for it.
    Range,
    /// Too little data to distinguish the area from the province, or none at all.
    Insufficient(Insufficiency),
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
            Self::Range => "range",
            Self::Insufficient(_) => "insufficient",
            Self::Suppressed => "suppressed",
            Self::NoExposure => "none",
        }
    }

    /// Why there is no letter; none where there is one.
    pub fn withheld(self) -> Option<WithheldReason> {
        match self {
            Self::Letter(_) => None,
            Self::Range => Some(WithheldReason::LetterBelowMinProbability),
            Self::Insufficient(insufficiency) => Some(insufficiency.reason()),
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
        let others = [Self::Range, Self::Insufficient(Insufficiency::Unreliable), Self::Suppressed, Self::NoExposure];
        let words = Letter::ALL.map(Self::Letter).into_iter().chain(others);
        let schema = ObjectBuilder::new().schema_type(Type::String).enum_values(Some(words.map(Self::as_str)));
        schema.description(Some("The grade of an area: a letter, a range of letters, or why there is none.")).into()
    }
}

impl ToSchema for Grade {}

/// A grade with the bands of the ends of its interval.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct GradeRange {
    /// The letter, or why there is none.
    pub grade: Grade,
    /// The band of the lower end.
    pub best: Option<Letter>,
    /// The band of the upper end.
    pub worst: Option<Letter>,
    /// The probability of the band of the median; absent where the letter is withheld.
    pub probability: Option<f64>,
}

impl GradeRange {
    /// The grade of an area without a relative risk.
    pub fn without_risk(grade: Grade) -> Self {
        Self { grade, best: None, worst: None, probability: None }
    }

    /// The grade of a relative risk.
    pub fn of(risk: &RiskEstimate, rule: &GradeRule) -> Self {
        let [best, letter, worst] =
            [risk.limits.low, risk.median, risk.limits.high].map(|ratio| Letter::of(ratio, rule.bands));
        let is_reliable = risk.reliability >= rule.min_reliability;
        let probability = is_reliable.then(|| risk.posterior.probability_within(letter.band(rule.bands)));
        let grade = match probability {
            None => Grade::Insufficient(Insufficiency::Unreliable),
            // An interval within one band leaves it at least the probability that a rule may ask for; only rounding
            // could say otherwise.
            Some(probability) if best == worst || probability >= rule.min_letter_probability => Grade::Letter(letter),
            Some(_) => Grade::Range,
        };
        Self { grade, best: Some(best), worst: Some(worst), probability }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::domain::rules::grade_bands::UnclearRange;
    use crate::domain::rules::scheme::{Expectation, PeerUse};
    use crate::statistics::{ConfidenceLevel, GammaPosterior};

    const BANDS: GradeBands = GradeBands { a: 0.5, b: 0.8, c: 1.25, d: 2.0 };

    fn rule() -> GradeRule {
        GradeRule {
            years: 3,
            bands: BANDS,
            interval: 0.8,
            min_reliability: 0.3,
            min_letter_probability: 0.5,
            peers: PeerUse::None,
            expectation: Expectation::Province,
            unclear: UnclearRange { low: 0.1, high: 0.9 },
        }
    }

    fn risk(shape: f64, rate: f64, reliability: f64) -> RiskEstimate {
        let posterior = GammaPosterior::new(shape, rate).unwrap();
        RiskEstimate {
            posterior,
            median: posterior.median(),
            limits: posterior.limits(ConfidenceLevel::new(0.8).unwrap()),
            probability_above_one: posterior.probability_above(1.0),
            reliability,
        }
    }

    #[test]
    fn band_of_every_letter_holds_what_the_letter_is_given_for() {
        for letter in Letter::ALL {
            let Limits { low, high } = letter.band(BANDS);
            assert_eq!((Letter::of(low + 1e-9, BANDS), Letter::of(high.min(9.0), BANDS)), (letter, letter));
        }
    }

    #[test]
    fn two_events_make_no_letter() {
        // Gamma(2, 2) has the median 0.839, so C; its band has 2.6·exp(−1.6) − 3.5·exp(−2.5) = 0.2376.
        let found = GradeRange::of(&risk(2.0, 2.0, 0.9), &rule());
        assert_eq!((found.grade, found.best, found.worst), (Grade::Range, Some(Letter::A), Some(Letter::D)));
        let by_hand = 2.6 * (-1.6_f64).exp() - 3.5 * (-2.5_f64).exp();
        assert!((found.probability.unwrap() - by_hand).abs() < 1e-14, "{found:?}");
    }

    #[test]
    fn many_events_make_a_letter() {
        let found = GradeRange::of(&risk(160.0, 100.0, 0.9), &rule());
        assert_eq!(
            (found.grade, found.best, found.worst),
            (Grade::Letter(Letter::D), Some(Letter::D), Some(Letter::D))
        );
        assert!(found.probability.unwrap() > 0.99);
    }

    #[test]
    fn unreliable_estimate_has_a_range_and_no_probability() {
        let found = GradeRange::of(&risk(160.0, 100.0, 0.29), &rule());
        assert_eq!(found.grade, Grade::Insufficient(Insufficiency::Unreliable));
        assert_eq!((found.best, found.probability), (Some(Letter::D), None));
        assert_eq!(found.grade.withheld(), Some(WithheldReason::ReliabilityBelowMinReliability));
    }

    proptest! {
        #[test]
        fn letter_is_shown_from_its_least_probability_on_and_a_range_has_two(
            shape in 0.05..400.0_f64, mean in 0.05..6.0_f64, least in 0.0..=0.8_f64,
        ) {
            let risk = risk(shape, shape / mean, 0.9);
            let found = GradeRange::of(&risk, &GradeRule { min_letter_probability: least, ..rule() });
            let probability = found.probability.unwrap();
            let others = Letter::ALL.map(|letter| risk.posterior.probability_within(letter.band(BANDS)));
            match found.grade {
                Grade::Letter(letter) => {
                    prop_assert!(probability >= least || found.best == found.worst);
                    prop_assert!(probability <= 0.5 || others.iter().all(|other| *other <= probability));
                    prop_assert!(found.best <= Some(letter) && Some(letter) <= found.worst);
                }
                Grade::Range => {
                    prop_assert!(probability < least && found.best < found.worst);
                    prop_assert!(least < 0.5 || others.iter().all(|other| *other < least.max(0.5)));
                }
                other => panic!("{other}"),
            }
        }
    }
}
