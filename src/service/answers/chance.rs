//! What of an area stands out beyond chance: unweighted ratio, trend, hot spot, funnel.

use serde_json::{Value as Json, json};

use super::AssessedLevel;
use crate::assessment::AreaAssessment;
use crate::assessment::cluster::Outside;
use crate::assessment::explanation::{RATIO_LEVEL, UnweightedRatio};
use crate::assessment::trend::{PrecedingWindow, TREND_LEVEL};
use crate::domain::rules::Rules;
use crate::domain::time::period::PeriodDates;
use crate::tile::area_row::AreaRow;

/// Observed to expected, every incident counting the same.
pub(super) fn unweighted(row: &AreaRow<'_>) -> Json {
    let ratio = UnweightedRatio::of(row.assessment);
    json!({
        "observed": row.assessment.incidents,
        "expected": row.assessment.expected,
        "ratio": ratio.map(|ratio| ratio.value),
        "low": ratio.map(|ratio| ratio.low),
        "high": ratio.map(|ratio| ratio.high),
        "level": RATIO_LEVEL,
    })
}

/// The window that trends are taken from, and by which rule.
pub(super) fn preceding(window: Option<&PrecedingWindow>, rules: &Rules) -> Json {
    let Some(window) = window else { return Json::Null };
    let dates = PeriodDates::from(window.period);
    json!({
        "window": { "id": window.id, "from": dates.from, "to": dates.to },
        "reason": window.coverage.reason(),
        "test": "exact conditional, two-sided mid-P; Benjamini-Hochberg over the areas",
        "max_q": rules.trend.max_q,
    })
}

/// How the area moved since the window before.
pub(super) fn trend(assessed: &AssessedLevel, row: &AreaAssessment) -> Json {
    let before = preceding(assessed.assessment.preceding.as_ref(), &assessed.snapshot().rules);
    let figures = row.trend.and_then(|trend| trend.figures);
    let ratio = figures.and_then(|figures| figures.ratio());
    json!({
        "arrow": row.trend.map(|trend| trend.arrow.as_str()),
        "before": before,
        "incidents_before": figures.map(|figures| figures.before.count),
        "person_years_before": figures.map(|figures| figures.before.person_years),
        "incidents": figures.map(|figures| figures.now.count),
        "person_years": figures.map(|figures| figures.now.person_years),
        "rate_ratio": ratio.and_then(|ratio| ratio.ratio),
        "low": ratio.map(|ratio| ratio.low),
        "high": ratio.and_then(|ratio| ratio.high),
        "level": TREND_LEVEL,
        "p": figures.map(|figures| figures.p),
        "q": figures.map(|figures| figures.q),
    })
}

/// The figures of a trend that a table has room for; null where the role sees the arrow only.
pub(super) fn trend_figures(row: &AreaAssessment) -> Json {
    let Some(figures) = row.trend.and_then(|trend| trend.figures) else { return Json::Null };
    json!({ "incidents_before": figures.before.count, "p": figures.p, "q": figures.q })
}

/// What gathers around the area; null for an island, which has no statistic.
pub(super) fn hot_spot(row: &AreaAssessment) -> Json {
    let Some(cluster) = row.cluster else { return Json::Null };
    let figures = cluster.figures;
    let moran = figures.and_then(|figures| figures.moran);
    json!({
        "kind": cluster.kind.as_str(),
        "value": figures.map(|figures| figures.value),
        "gi_star_z": figures.map(|figures| figures.gi_star.z),
        "gi_star_p": figures.map(|figures| figures.gi_star.p),
        "gi_star_q": figures.map(|figures| figures.gi_star_q),
        "local_moran": moran.map(|moran| moran.statistic),
        "local_moran_z": moran.and_then(|moran| moran.z),
        "local_moran_p": moran.and_then(|moran| moran.p),
        "local_moran_q": figures.and_then(|figures| figures.moran_q),
        "quadrant": figures.and_then(|figures| figures.quadrant()),
    })
}

/// Where the area stands in the funnel of all, with the spread between areas allowed for.
pub(super) fn funnel(row: &AreaAssessment) -> Json {
    let Some(area_index) = row.funnel else { return Json::Null };
    json!({
        "z": area_index.z,
        "z_adjusted": area_index.z_adjusted,
        "outside_inner": area_index.outside != Outside::No,
        "outside_outer": area_index.outside == Outside::Outer,
    })
}
