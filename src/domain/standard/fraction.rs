//! Fractions of whole numbers: thresholds that are compared without rounding.
//!
//! In: two integers of a rule file. Out: a [`Fraction`] that says whether a part
//! of a whole reaches it. It knows nothing of what is counted, and no decimals.

use serde::{Deserialize, Serialize};
use utoipa::openapi::RefOr;
use utoipa::openapi::schema::{ArrayBuilder, Schema};
use utoipa::{PartialSchema, ToSchema};

/// A fraction from 0 to 1 as two integers.
///
/// ```
/// use binhyen::domain::standard::fraction::Fraction;
/// let seven_tenths = Fraction::new(7, 10)?;
/// assert!(seven_tenths.is_reached_by(18, 25) && !seven_tenths.is_reached_by(17, 25));
/// assert_eq!(seven_tenths.least_part_of(25), 18);
/// # Ok::<(), binhyen::domain::standard::fraction::FractionError>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "[u32; 2]", into = "[u32; 2]")]
pub struct Fraction {
    numerator: u32,
    denominator: u32,
}

impl PartialSchema for Fraction {
    fn schema() -> RefOr<Schema> {
        ArrayBuilder::new().items(u32::schema()).min_items(Some(2)).max_items(Some(2)).into()
    }
}

impl ToSchema for Fraction {}

/// Why two integers are not a fraction from 0 to 1.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("[{numerator}, {denominator}] is not a fraction from 0 to 1: write [7, 10] for seven tenths")]
pub struct FractionError {
    numerator: u32,
    denominator: u32,
}

impl Fraction {
    /// The fraction of two integers.
    ///
    /// # Errors
    /// When the denominator is 0 or the fraction exceeds 1.
    pub fn new(numerator: u32, denominator: u32) -> Result<Self, FractionError> {
        if denominator == 0 || numerator > denominator {
            return Err(FractionError { numerator, denominator });
        }
        Ok(Self { numerator, denominator })
    }

    /// The two integers.
    pub fn parts(self) -> (u32, u32) {
        (self.numerator, self.denominator)
    }

    /// Whether nothing less than the whole reaches it.
    pub fn is_whole(self) -> bool {
        self.numerator == self.denominator
    }

    /// Whether `part` of `whole` is at least the fraction: part · denominator ≥ numerator · whole.
    pub fn is_reached_by(self, part: u32, whole: u32) -> bool {
        u64::from(part) * u64::from(self.denominator) >= u64::from(self.numerator) * u64::from(whole)
    }

    /// The least part of a whole that reaches the fraction.
    pub fn least_part_of(self, whole: u32) -> u32 {
        (u64::from(self.numerator) * u64::from(whole)).div_ceil(u64::from(self.denominator)) as u32
    }
}

impl TryFrom<[u32; 2]> for Fraction {
    type Error = FractionError;

    fn try_from([numerator, denominator]: [u32; 2]) -> Result<Self, Self::Error> {
        Self::new(numerator, denominator)
    }
}

impl From<Fraction> for [u32; 2] {
    fn from(fraction: Fraction) -> Self {
        [fraction.numerator, fraction.denominator]
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn seven_tenths_is_met_by_whole_units_only() {
        let share = Fraction::new(7, 10).unwrap();
        for (part, whole) in [(7, 10), (14, 20), (18, 25), (70, 100), (0, 0)] {
            assert!(share.is_reached_by(part, whole), "{part}/{whole}");
        }
        for (part, whole) in [(69, 100), (16, 25), (17, 25), (13, 20), (6, 9), (0, 1)] {
            assert!(!share.is_reached_by(part, whole), "{part}/{whole}");
        }
        assert_eq!([10, 20, 25, 100, 3].map(|whole| share.least_part_of(whole)), [7, 14, 18, 70, 3]);
    }

    #[test]
    fn what_is_no_fraction_of_a_whole_is_refused() {
        assert_eq!(
            Fraction::new(7, 0).unwrap_err().to_string(),
            "[7, 0] is not a fraction from 0 to 1: write [7, 10] for seven tenths"
        );
        assert!(Fraction::new(11, 10).is_err());
        assert!(Fraction::new(1, 1).unwrap().is_whole());
    }

    proptest! {
        #[test]
        fn scaling_part_and_whole_together_changes_nothing(
            part in 0_u32..500, rest in 0_u32..500, factor in 1_u32..1000, numerator in 0_u32..50, more in 0_u32..50,
        ) {
            let share = Fraction::new(numerator, numerator + more.max(1)).unwrap();
            let whole = part + rest;
            prop_assert_eq!(share.is_reached_by(part, whole), share.is_reached_by(part * factor, whole * factor));
            let least = share.least_part_of(whole);
            prop_assert!(share.is_reached_by(least, whole));
            prop_assert!(least == 0 || !share.is_reached_by(least - 1, whole));
        }
    }
}
