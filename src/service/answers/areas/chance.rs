//! What of an area stands out beyond chance: unweighted ratio, trend, hot spot, funnel.
//!
//! The public gets the words, not the figures they rest on: those would tell counts of other windows and areas.

use serde::Serialize;
use utoipa::ToSchema;

use crate::assessment::AreaAssessment;
use crate::assessment::clusters::hot_spot::{AreaHotSpot, FunnelPosition, HotSpotKind, Outside, Quadrant};
use crate::assessment::explanation::{RATIO_LEVEL, UnweightedRatio};
use crate::assessment::trend::{Arrow, PrecedingWindow, TREND_LEVEL, Trend, TrendFigures, TrendGap};
use crate::domain::rules::Rules;
use crate::service::answers::AssessedLevel;
use crate::service::answers::heading::WindowSpan;
use crate::service::answers::rate_ratio::RateRatioFigures;

/// Observed to expected, every incident counting the same.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub(crate) struct UnweightedFigures {
    /// Incidents of the filter.
    #[schema(required)]
    pub(crate) observed: Option<u32>,
    /// Incidents expected at the provincial rate.
    #[schema(required)]
    pub(crate) expected: Option<f64>,
    /// Observed over expected.
    #[schema(required)]
    pub(crate) ratio: Option<f64>,
    /// Exact lower limit of the ratio.
    #[schema(required)]
    pub(crate) low: Option<f64>,
    /// Exact upper limit of the ratio.
    #[schema(required)]
    pub(crate) high: Option<f64>,
    /// Coverage of the limits, 0 to 1.
    pub(crate) level: f64,
}

impl UnweightedFigures {
    /// The ratio of a row, from the count and the expectation that it shows.
    pub(super) fn of(row: &AreaAssessment) -> Self {
        let ratio = UnweightedRatio::of(row);
        Self {
            observed: row.incidents,
            expected: row.expected,
            ratio: ratio.map(|ratio| ratio.value),
            low: ratio.map(|ratio| ratio.low),
            high: ratio.map(|ratio| ratio.high),
            level: RATIO_LEVEL,
        }
    }
}

/// The window that trends are taken from, and by which rule.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub(crate) struct TrendRuleAnswer {
    /// The window before the requested one.
    window: WindowSpan,
    /// Why nothing can be said; null where something can.
    #[schema(required)]
    reason: Option<TrendGap>,
    /// The statistical test.
    test: &'static str,
    /// An arrow points up or down below this q.
    max_q: f64,
}

impl TrendRuleAnswer {
    /// The rule for a window before.
    pub(super) fn of(window: &PrecedingWindow, rules: &Rules) -> Self {
        Self {
            window: WindowSpan::of(window.id.as_deref(), window.period),
            reason: window.coverage.gap(),
            test: "exact conditional, two-sided mid-P; Benjamini-Hochberg over the areas",
            max_q: rules.trend.max_q,
        }
    }
}

/// How the area moved since the window before.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub(crate) struct TrendAnswer {
    /// Which way the rate moved beyond chance; null where nothing can be said.
    #[schema(required)]
    arrow: Option<Arrow>,
    /// The window before; null where there is none.
    #[schema(required)]
    before: Option<TrendRuleAnswer>,
    /// Coverage of the limits, 0 to 1.
    level: f64,
    #[serde(flatten)]
    figures: TrendFiguresAnswer,
}

/// What an arrow rests on; all null for the public, which sees the arrow only.
#[derive(Debug, Clone, Default, Serialize, ToSchema)]
pub(crate) struct TrendFiguresAnswer {
    /// Incidents of the window before.
    #[schema(required)]
    incidents_before: Option<u64>,
    /// Residents × years of the window before.
    #[schema(required)]
    person_years_before: Option<f64>,
    /// Incidents of the window.
    #[schema(required)]
    incidents: Option<u64>,
    /// Residents × years of the window.
    #[schema(required)]
    person_years: Option<f64>,
    #[serde(flatten)]
    ratio: RateRatioFigures,
}

impl TrendAnswer {
    /// How an area moved, as the role may see it.
    pub(super) fn of(assessed: &AssessedLevel, row: &AreaAssessment) -> Self {
        let rules = &assessed.snapshot().rules;
        let before = assessed.assessment.preceding.as_ref().map(|window| TrendRuleAnswer::of(window, rules));
        if assessed.viewer.role().sees_small_counts() {
            Self::full(row.trend, before)
        } else {
            Self::public(row.trend, before)
        }
    }

    fn full(trend: Option<Trend>, before: Option<TrendRuleAnswer>) -> Self {
        let figures = trend.and_then(|trend| trend.figures).map(TrendFiguresAnswer::of).unwrap_or_default();
        Self { arrow: trend.map(|trend| trend.arrow), before, level: TREND_LEVEL, figures }
    }

    fn public(trend: Option<Trend>, before: Option<TrendRuleAnswer>) -> Self {
        let arrow = trend.map(|Trend { arrow, figures: _ }| arrow);
        Self { arrow, before, level: TREND_LEVEL, figures: TrendFiguresAnswer::default() }
    }
}

impl TrendFiguresAnswer {
    fn of(figures: TrendFigures) -> Self {
        let ratio = figures.ratio();
        Self {
            incidents_before: Some(figures.before.count),
            person_years_before: Some(figures.before.person_years),
            incidents: Some(figures.now.count),
            person_years: Some(figures.now.person_years),
            ratio: RateRatioFigures {
                rate_ratio: ratio.and_then(|ratio| ratio.ratio),
                low: ratio.map(|ratio| ratio.low),
                high: ratio.and_then(|ratio| ratio.high),
                p: Some(figures.p),
                q: Some(figures.q),
            },
        }
    }
}

/// The figures of a trend that a table has room for.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub(crate) struct TrendRowFigures {
    /// Incidents of the window before.
    incidents_before: u64,
    /// Two-sided mid-P of equal rates.
    p: f64,
    /// The same kept in check over the areas, by Benjamini and Hochberg.
    q: f64,
}

impl TrendRowFigures {
    /// The figures of a trend.
    pub(super) fn of(figures: TrendFigures) -> Self {
        Self { incidents_before: figures.before.count, p: figures.p, q: figures.q }
    }
}

/// Whether high or low rates gather around the area, judged by the normal distribution: for analysts.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub(crate) struct HotSpotFigures {
    /// Which of them, if any.
    kind: HotSpotKind,
    /// The area's rate as a deviate from the common one (Assunção and Reis).
    value: f64,
    /// Gi* of the value, as a deviate.
    gi_star_z: f64,
    /// Two-sided p of Gi*.
    gi_star_p: f64,
    /// The same kept in check over the areas, by Benjamini and Hochberg.
    gi_star_q: f64,
    /// Local Moran of the value.
    #[schema(required)]
    local_moran: Option<f64>,
    /// The same as a deviate.
    #[schema(required)]
    local_moran_z: Option<f64>,
    /// Two-sided p of local Moran.
    #[schema(required)]
    local_moran_p: Option<f64>,
    /// The same kept in check over the areas.
    #[schema(required)]
    local_moran_q: Option<f64>,
    /// Where the area (first letter) and its neighbours (second) stand: high or low.
    #[schema(required)]
    quadrant: Option<Quadrant>,
}

impl HotSpotFigures {
    /// A hot spot with its statistics.
    pub(super) fn of(spot: AreaHotSpot) -> Self {
        let moran = spot.moran;
        Self {
            kind: spot.kind,
            value: spot.value,
            gi_star_z: spot.gi_star.z,
            gi_star_p: spot.gi_star.p,
            gi_star_q: spot.gi_star_q,
            local_moran: moran.map(|moran| moran.statistic),
            local_moran_z: moran.and_then(|moran| moran.z),
            local_moran_p: moran.and_then(|moran| moran.p),
            local_moran_q: spot.moran_q,
            quadrant: moran.map(|moran| moran.quadrant),
        }
    }
}

/// Where the area stands in the funnel of all, with the spread between areas allowed for.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub(crate) struct FunnelFigures {
    /// Deviate of the square root.
    z: f64,
    /// The same with the spread between areas added.
    z_adjusted: f64,
    /// Whether it lies outside the inner limits.
    outside_inner: bool,
    /// Whether it lies outside the outer limits too.
    outside_outer: bool,
}

impl FunnelFigures {
    /// The figures of a position.
    pub(super) fn of(position: FunnelPosition) -> Self {
        Self {
            z: position.z,
            z_adjusted: position.z_adjusted,
            outside_inner: position.outside != Outside::No,
            outside_outer: position.outside == Outside::Outer,
        }
    }
}
