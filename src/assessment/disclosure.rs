//! What the public may see of an assessment. A count that the [`Release`] does not publish, and every number
//! from which it could be read, are taken out of the rows themselves, so that they never reach the bytes of an
//! answer. Numbers computed from all counts together are rounded, so that they bound no hidden one.

use std::sync::Arc;

use super::area::{AreaAssessment, Assessment, Method};
use super::density;
use super::rating::grade::Grade;
use super::release::{AreaRef, Release};
use super::statutory::OfficialStatus;
use crate::domain::area::AreaIndex;
use crate::domain::area::exposure::ExposureKind;
use crate::domain::rules::DisclosureRule;
use crate::snapshot::Snapshot;

/// Significant digits of what is computed from all counts together.
const PUBLIC_DIGITS: i32 = 2;

/// An assessment counted for the public, as the public may see it.
pub(super) fn disclosed(mut assessment: Assessment, snapshot: &Snapshot, release: &Release) -> Assessment {
    let (edition, level, period) = (assessment.filter.edition, assessment.level, assessment.filter.period);
    // Other schemes may cut the count into other parts, and two cuts together would show smaller ones.
    let is_default = assessment.filter.scheme == snapshot.schemes.default_index();
    let before = assessment.preceding.as_ref().map(|window| window.period);
    let is_common_known = release.totals(edition, period).located.is_some();
    for (number, row) in assessment.rows.iter_mut().enumerate() {
        let area = AreaRef { edition, level, area_index: AreaIndex::new(number) };
        suppress(row, &snapshot.rules.disclosure, release.shows(area, period));
        row.trend = row.trend.filter(|_| before.is_some_and(|before| release.shows(area, before)));
        if !is_common_known {
            hide_common(row);
        }
        if !(is_default && release.shows_components(area, period)) {
            hide_components(row);
        }
        row.components.iter_mut().for_each(|component| component.contribution = None);
        hide_partial_expectations(row);
        suppress_statutory(row);
    }
    assessment.method = Method { prior_mean: None, prior_variance: None, dispersion: None, peers: Vec::new() };
    assessment
}

/// The assessment of a level on which nobody may see any of the categories requested: without
/// counts, because a zero would read as "none recorded".
pub(super) fn without_counts(mut assessment: Assessment) -> Assessment {
    for row in &mut assessment.rows {
        hide_count(row);
        suppress_rating(row);
        hide_components(row);
        row.unlocated = None;
    }
    assessment
}

/// Takes out the count of an area and what could be read as one.
fn hide_count(row: &mut AreaAssessment) {
    row.incidents = None;
    // Where the level has a single area, what is expected of it is what was counted.
    row.expected = None;
    row.rate = None;
    row.rate_low = None;
    row.rate_high = None;
    row.rate_smoothed = None;
    (row.trend, row.cluster, row.funnel) = (None, None, None);
}

/// Leaves only the texts of what rests on counts of other windows and other areas.
fn keep_reasons(row: &mut AreaAssessment) {
    if let Some(trend) = &mut row.trend {
        trend.figures = None;
    }
    if let Some(cluster) = &mut row.cluster {
        cluster.figures = None;
    }
    row.funnel = None;
}

/// Takes out what would disclose the count of the province.
fn hide_common(row: &mut AreaAssessment) {
    row.expected = None;
    row.rate_smoothed = None;
    suppress_rating(row);
    for component in &mut row.components {
        component.expected = None;
    }
}

fn hide_components(row: &mut AreaAssessment) {
    for component in &mut row.components {
        (component.observed, component.expected, component.contribution) = (None, None, None);
    }
}

/// Takes out what is expected by a rate over those areas only that have a figure: it would disclose their
/// sum, hence that of the others.
fn hide_partial_expectations(row: &mut AreaAssessment) {
    let partial = row.components.iter_mut().filter(|component| component.exposure.kind != ExposureKind::Residents);
    partial.for_each(|component| component.expected = None);
}

fn suppress(row: &mut AreaAssessment, rule: &DisclosureRule, is_shown: bool) {
    let incidents = row.incidents.unwrap_or(0);
    if !is_shown {
        hide_count(row);
    }
    if !is_shown || incidents < rule.min_events_weighted {
        suppress_rating(row);
    }
    keep_reasons(row);
    density::hide_model_positions(row);
    row.unlocated = None;
    let worked_out = [
        &mut row.rate_smoothed,
        &mut row.ratio,
        &mut row.ratio_low,
        &mut row.ratio_high,
        &mut row.prob_above_1,
        &mut row.reliability,
    ];
    for number in worked_out {
        *number = number.map(rounded);
    }
}

/// A number with the digits that the public gets.
fn rounded(number: f64) -> f64 {
    if number == 0.0 {
        return number;
    }
    let decimals = PUBLIC_DIGITS - 1 - number.abs().log10().floor() as i32;
    let scale = 10_f64.powi(decimals.abs());
    if decimals >= 0 { (number * scale).round() / scale } else { (number / scale).round() * scale }
}

/// Of the statutory reading the public sees the decision and the shares.
fn suppress_statutory(row: &mut AreaAssessment) {
    row.official_status = OfficialStatus::default();
    for share in Arc::make_mut(&mut row.certification) {
        share.counts = None;
    }
}

fn suppress_rating(row: &mut AreaAssessment) {
    row.ratio = None;
    row.ratio_low = None;
    row.ratio_high = None;
    row.prob_above_1 = None;
    row.reliability = None;
    row.difference = None;
    row.grade_best = None;
    row.grade_worst = None;
    if row.grade != Grade::NoExposure {
        row.grade = Grade::Suppressed;
    }
}

#[cfg(test)]
mod tests {
    use super::rounded;

    #[test]
    fn two_digits_are_left() {
        assert_eq!([0.0, 1.2345, 0.031_49, 98.7, 1234.0, 0.999].map(rounded), [0.0, 1.2, 0.031, 99.0, 1200.0, 1.0]);
    }
}
