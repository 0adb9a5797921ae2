//! Whether an area's rate has moved since the window before, beyond chance.
//!
//! In: counts and person-years of two windows of the same seasons. Out: per area the mid-P of the exact conditional
//! test, its q over all areas in which anything happened, and an arrow only where q is below the value of the rule file.

pub mod series;
pub mod tendency;
pub mod timeline;
pub(super) mod trend_windows;

use serde::Serialize;
use utoipa::ToSchema;

use crate::domain::time::period::Period;
use crate::statistics::rate_ratio;
use crate::statistics::{ConfidenceLevel, ExposedCount, RateRatio, benjamini_hochberg, compare_counts};

/// Coverage of the limits of a ratio to the window before.
pub const TREND_LEVEL: f64 = 0.95;

/// The window to which another is compared.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PrecedingWindow {
    /// Its days.
    pub period: Period,
    /// Its id, where it is a named one.
    pub id: Option<String>,
    /// Whether anything can be said.
    pub coverage: TrendCoverage,
}

/// Whether the incidents reach over both windows, as far as the role may see.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TrendCoverage {
    /// They do.
    Whole,
    /// They begin too late or end too early.
    Partial,
    /// They may, but the window before is not released to the public.
    Unreleased,
}

/// Why nothing can be said of a trend.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum TrendGap {
    /// The incidents begin too late or end too early.
    IncidentsDoNotCoverBothWindows,
    /// The window before is not released to the public.
    WindowBeforeIsNotReleased,
}

/// How an area moved.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Trend {
    /// The direction to show; level unless the change is beyond chance.
    pub arrow: Arrow,
    /// What it rests on; absent where the role may see the arrow only.
    pub figures: Option<TrendFigures>,
}

/// Which way a rate moved.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Arrow {
    /// Up beyond chance.
    Up,
    /// Down beyond chance.
    Down,
    /// Within chance.
    Equal,
}

/// What an arrow rests on.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct TrendFigures {
    /// This window.
    pub now: ExposedCount,
    /// The window before.
    pub before: ExposedCount,
    /// Two-sided mid-P of equal rates: twice the smaller tail.
    pub p: f64,
    /// The same adjusted over the areas with an event in either window, by Benjamini and Hochberg; 1 without one.
    pub q: f64,
}

impl TrendCoverage {
    /// Why nothing can be said; none where something can.
    pub fn gap(self) -> Option<TrendGap> {
        match self {
            Self::Whole => None,
            Self::Partial => Some(TrendGap::IncidentsDoNotCoverBothWindows),
            Self::Unreleased => Some(TrendGap::WindowBeforeIsNotReleased),
        }
    }
}

impl Arrow {
    /// The word in tiles and answers.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Up => "up",
            Self::Down => "down",
            Self::Equal => "equal",
        }
    }
}

impl TrendFigures {
    /// This rate over that before, with exact limits; `None` without any event.
    pub fn ratio(&self) -> Option<RateRatio> {
        rate_ratio(self.now, self.before, ConfidenceLevel::new(TREND_LEVEL).ok()?)
    }

    fn has_events(&self) -> bool {
        self.now.count > 0 || self.before.count > 0
    }

    fn is_higher(&self) -> bool {
        self.now.count as f64 * self.before.person_years > self.before.count as f64 * self.now.person_years
    }
}

/// The arrows of counts in two windows.
pub(super) fn arrows(now: &[ExposedCount], before: &[ExposedCount], max_q: f64) -> Vec<Option<Trend>> {
    let tested = now.iter().zip(before).map(|(now, before)| {
        let p = compare_counts(*now, *before)?.mid_p;
        Some(TrendFigures { now: *now, before: *before, p, q: p })
    });
    let mut tested: Vec<Option<TrendFigures>> = tested.collect();
    // An area without an event in either window cannot have moved: it is no test, and in the family it would only make
    // the q of the others larger.
    let p_values: Vec<f64> =
        tested.iter().flatten().filter(|figures| figures.has_events()).map(|found| found.p).collect();
    let q_values = benjamini_hochberg(&p_values).unwrap_or(p_values);
    for (figures, q) in tested.iter_mut().flatten().filter(|figures| figures.has_events()).zip(q_values) {
        figures.q = q;
    }
    let arrow = |figures: TrendFigures| match (figures.q < max_q, figures.is_higher()) {
        (false, _) => Arrow::Equal,
        (true, true) => Arrow::Up,
        (true, false) => Arrow::Down,
    };
    tested.into_iter().map(|figures| figures.map(|found| Trend { arrow: arrow(found), figures: Some(found) })).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn years(counts: &[u64]) -> Vec<ExposedCount> {
        counts.iter().map(|count| ExposedCount { count: *count, person_years: 1000.0 }).collect()
    }

    #[test]
    fn arrow_needs_more_than_one_small_p_of_many() {
        // Six against none: mid-P 2·½/64 = 0.0156, which alone is below 0.10 and among ten equal ones is not.
        let alone = arrows(&years(&[6]), &years(&[0]), 0.10);
        assert_eq!(alone[0].unwrap().arrow, Arrow::Up);
        let mut now = vec![5; 10];
        now[0] = 6;
        let mut before = vec![5; 10];
        before[0] = 0;
        let among = arrows(&years(&now), &years(&before), 0.10);
        let first = among[0].unwrap();
        assert_eq!(first.arrow, Arrow::Equal);
        assert!((first.figures.unwrap().p - 1.0 / 64.0).abs() < 1e-12);
        assert!((first.figures.unwrap().q - 10.0 / 64.0).abs() < 1e-12);
    }

    #[test]
    fn areas_without_events_take_nothing_from_the_others() {
        let (mut now, mut before) = (vec![0; 10], vec![0; 10]);
        (now[0], before[0], now[1], before[1]) = (6, 0, 5, 5);
        let found = arrows(&years(&now), &years(&before), 0.10);
        let q = |area: usize| found[area].unwrap().figures.unwrap().q;
        assert!((q(0) - 2.0 / 64.0).abs() < 1e-12, "two areas are tested, not ten");
        assert_eq!((found[0].unwrap().arrow, q(9), found[9].unwrap().arrow), (Arrow::Up, 1.0, Arrow::Equal));
    }

    #[test]
    fn direction_follows_the_rate_and_not_the_count() {
        let now = [ExposedCount { count: 40, person_years: 4000.0 }];
        let before = [ExposedCount { count: 30, person_years: 1000.0 }];
        assert_eq!(arrows(&now, &before, 0.10)[0].unwrap().arrow, Arrow::Down);
    }

    #[test]
    fn area_without_exposure_has_no_trend_and_one_without_events_is_equal() {
        let nobody = [ExposedCount { count: 0, person_years: 0.0 }];
        assert_eq!(arrows(&nobody, &nobody, 0.10), [None]);
        assert_eq!(arrows(&years(&[0]), &years(&[0]), 0.10)[0].unwrap().arrow, Arrow::Equal);
        assert!(arrows(&[], &[], 0.10).is_empty());
    }

    proptest::proptest! {
        #[test]
        fn turning_time_around_turns_every_arrow(
            counts in proptest::collection::vec((0_u64..40, 0_u64..40), 1..20),
        ) {
            let now: Vec<u64> = counts.iter().map(|pair| pair.0).collect();
            let before: Vec<u64> = counts.iter().map(|pair| pair.1).collect();
            let there = arrows(&years(&now), &years(&before), 0.10);
            let back = arrows(&years(&before), &years(&now), 0.10);
            for (one, other) in there.into_iter().flatten().zip(back.into_iter().flatten()) {
                let turned = match other.arrow {
                    Arrow::Up => Arrow::Down,
                    Arrow::Down => Arrow::Up,
                    Arrow::Equal => Arrow::Equal,
                };
                proptest::prop_assert_eq!(one.arrow, turned);
            }
        }
    }
}
