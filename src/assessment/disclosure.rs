//! What the public may see of an assessment: each row is put together anew from what goes out. A count that the
//! [`Release`] does not publish, and every number from which it could be read, never come into the row, so that they
//! never reach the bytes of an answer. Numbers computed from all counts together are rounded, so that they bound no
//! hidden one.
//!
//! Rows are written member by member, without `..`: a new member of a row does not build until it is said here whether
//! the public gets it.

use super::area::{AreaAssessment, Assessment, CertificationShare, ComponentAssessment, Method, ModelDensity};
use super::rating::grade::Grade;
use super::release::{AreaRef, Release};
use super::statutory::OfficialStatus;
use super::trend::Trend;
use crate::domain::area::AreaIndex;
use crate::domain::area::exposure::ExposureKind;
use crate::domain::time::period::Period;
use crate::snapshot::Snapshot;

/// Significant digits of what is computed from all counts together.
const PUBLIC_DIGITS: i32 = 2;

/// An assessment counted for the public, as the public may see it.
pub(super) fn disclosed(assessment: &Assessment, snapshot: &Snapshot, release: &Release) -> Assessment {
    let Assessment { level, filter, rows, totals, method: _, preceding } = assessment;
    let published = Published {
        release,
        period: filter.period,
        before: preceding.as_ref().map(|window| window.period),
        // Other schemes may cut the count into other parts, and two cuts together would show smaller ones.
        is_default_scheme: filter.scheme == snapshot.schemes.default_index(),
        is_common_known: release.totals(filter.edition, filter.period).in_areas.is_some(),
        min_events_weighted: snapshot.rules.disclosure.min_events_weighted,
    };
    let area = |area_index| AreaRef { edition: filter.edition, level: *level, area_index };
    let areas = AreaIndex::of_all(rows.len()).map(area);
    let rows = areas.zip(rows).map(|(area, row)| published.row(area, row));
    Assessment {
        level: *level,
        filter: *filter,
        rows: rows.collect(),
        totals: *totals,
        method: Method { prior_mean: None, prior_variance: None, dispersion: None, peers: Vec::new() },
        preceding: preceding.clone(),
    }
}

/// The assessment of a level on which nobody may see any of the categories requested: without
/// counts, because a zero would read as "none recorded".
pub(super) fn without_counts(assessment: &Assessment) -> Assessment {
    let Assessment { level, filter, rows, totals, method, preceding } = assessment;
    Assessment {
        level: *level,
        filter: *filter,
        rows: rows.iter().map(uncounted_row).collect(),
        totals: *totals,
        method: method.clone(),
        preceding: preceding.clone(),
    }
}

/// What the release publishes under a filter.
#[derive(Debug, Clone, Copy)]
struct Published<'a> {
    release: &'a Release,
    period: Period,
    /// The period that trends are taken from.
    before: Option<Period>,
    is_default_scheme: bool,
    /// Whether the count of the province is published, by whose rate incidents are expected.
    is_common_known: bool,
    /// An area with fewer incidents is not rated.
    min_events_weighted: u32,
}

impl Published<'_> {
    /// What the public sees of an area.
    fn row(&self, area: AreaRef, row: &AreaAssessment) -> AreaAssessment {
        let counted = self.release.shows(area, self.period);
        let compared = counted && self.is_common_known;
        let rated = compared && row.incidents.unwrap_or(0) >= self.min_events_weighted;
        let moved = counted && self.before.is_some_and(|before| self.release.shows(area, before));
        let estimate = |number: Option<f64>| number.filter(|_| rated).map(rounded);
        AreaAssessment {
            residents: row.residents,
            person_years: row.person_years,
            incidents: row.incidents.filter(|_| counted),
            without_point: None,
            detected: None,
            rate: row.rate.filter(|_| counted),
            rate_low: row.rate_low.filter(|_| counted),
            rate_high: row.rate_high.filter(|_| counted),
            rate_smoothed: row.rate_smoothed.filter(|_| compared).map(rounded),
            // Where the level has a single area, what is expected of it is what was counted.
            expected: row.expected.filter(|_| compared),
            ratio: estimate(row.ratio),
            ratio_low: estimate(row.ratio_low),
            ratio_high: estimate(row.ratio_high),
            prob_above_1: estimate(row.prob_above_1),
            reliability: estimate(row.reliability),
            peer_group: row.peer_group.clone(),
            grade: if rated { row.grade } else { without_letter(row.grade) },
            grade_best: row.grade_best.filter(|_| rated),
            grade_worst: row.grade_worst.filter(|_| rated),
            prob_letter: estimate(row.prob_letter),
            difference: row.difference.filter(|_| rated),
            // Of what rests on counts of other windows and other areas the words alone.
            trend: row.trend.filter(|_| moved).map(|trend| Trend { arrow: trend.arrow, figures: None }),
            // Its p leans on the counts of all areas, hidden ones too.
            hot_spot: None,
            funnel: None,
            components: row.components.iter().map(|part| self.component(area, part)).collect(),
            statutory: row.statutory,
            official_status: OfficialStatus::default(),
            certification: row.certification.iter().map(share_alone).collect(),
            models: without_positions(&row.models),
            models_by_kind: row.models_by_kind.iter().map(without_positions).collect(),
        }
    }

    /// What the public sees of a component. What is expected by a rate over those areas only that have a figure would
    /// disclose their sum, hence that of the others.
    fn component(&self, area: AreaRef, part: &ComponentAssessment) -> ComponentAssessment {
        let is_shown = self.is_default_scheme && self.release.shows_components(area, self.period);
        let is_expected = is_shown && self.is_common_known && part.exposure.kind == ExposureKind::Residents;
        ComponentAssessment {
            component: part.component,
            use_in_grade: part.use_in_grade,
            exposure: part.exposure,
            in_total: part.in_total,
            observed: part.observed.filter(|_| is_shown),
            expected: part.expected.filter(|_| is_expected),
            contribution: None,
        }
    }
}

/// What is said of an area whose incidents nobody may see at its level.
fn uncounted_row(row: &AreaAssessment) -> AreaAssessment {
    AreaAssessment {
        residents: row.residents,
        person_years: row.person_years,
        incidents: None,
        without_point: None,
        detected: None,
        rate: None,
        rate_low: None,
        rate_high: None,
        rate_smoothed: None,
        expected: None,
        ratio: None,
        ratio_low: None,
        ratio_high: None,
        prob_above_1: None,
        reliability: None,
        peer_group: row.peer_group.clone(),
        grade: without_letter(row.grade),
        grade_best: None,
        grade_worst: None,
        prob_letter: None,
        difference: None,
        trend: None,
        hot_spot: None,
        funnel: None,
        components: row.components.iter().map(uncounted_component).collect(),
        statutory: row.statutory,
        official_status: row.official_status,
        certification: row.certification.clone(),
        models: row.models.clone(),
        models_by_kind: row.models_by_kind.clone(),
    }
}

fn uncounted_component(part: &ComponentAssessment) -> ComponentAssessment {
    let ComponentAssessment { component, use_in_grade, exposure, in_total, observed: _, expected: _, contribution: _ } =
        *part;
    ComponentAssessment {
        component,
        use_in_grade,
        exposure,
        in_total,
        observed: None,
        expected: None,
        contribution: None,
    }
}

/// The models of an area without what discloses where single ones stand.
fn without_positions(density: &ModelDensity) -> ModelDensity {
    ModelDensity {
        active: density.active,
        per_10k_residents: density.per_10k_residents,
        per_km2: density.per_km2,
        per_residential_area: density.per_residential_area,
        residential_areas_served: None,
        coverage: None,
    }
}

/// The share without the counts behind it.
fn share_alone(share: &CertificationShare) -> CertificationShare {
    let CertificationShare { kind, window, share, counts: _ } = share;
    CertificationShare { kind: *kind, window: window.clone(), share: *share, counts: None }
}

/// The grade of an area whose letter is not shown.
fn without_letter(grade: Grade) -> Grade {
    if grade == Grade::NoExposure { grade } else { Grade::Suppressed }
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

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;
    use crate::assessment::{assess, assess_released};
    use crate::domain::area::Level;
    use crate::domain::filter::{CategorySet, Filter};
    use crate::domain::incident::taxonomy::Severity;
    use crate::domain::time::period::Day;
    use crate::snapshot::tests::{EDITION, RESIDENTS, THEFTS, WINDOW, snapshot};

    /// What there is to know of the communes of the small world, and what the public gets of it.
    fn assessments() -> (Assessment, Assessment) {
        let snapshot = snapshot();
        let filter = Filter {
            edition: EDITION.parse().unwrap(),
            period: snapshot.rules.window(WINDOW).unwrap().period,
            categories: CategorySet::reported(&snapshot.taxonomy),
            min_severity: Severity::LEAST,
            scheme: snapshot.schemes.default_index(),
        };
        let release = Release::new(&snapshot, Day::of_date(date(2026, 6, 1)));
        let full = assess(&snapshot, Level::Commune, &filter).unwrap();
        (full, assess_released(&snapshot, &release, Level::Commune, &filter).unwrap())
    }

    /// Asserts that nothing in a row follows from its count.
    fn assert_uncounted(row: &AreaAssessment) {
        let counts = [row.incidents, row.without_point, row.detected];
        let rates = [row.rate, row.rate_low, row.rate_high, row.rate_smoothed, row.expected];
        let rating = [row.ratio, row.ratio_low, row.ratio_high, row.prob_above_1, row.reliability];
        assert_eq!((counts, rates, rating), ([None; 3], [None; 5], [None; 5]));
        assert_eq!(row.prob_letter, None);
        assert!(matches!(row.grade, Grade::Suppressed | Grade::NoExposure), "{:?}", row.grade);
        assert_eq!((row.grade_best, row.grade_worst, row.difference), (None, None, None));
        assert!(row.trend.is_none() && row.hot_spot.is_none() && row.funnel.is_none());
        for part in &row.components {
            assert_eq!((part.observed, part.expected, part.contribution), (None, None, None));
        }
    }

    #[test]
    fn small_count_and_all_that_follows_from_it_stay_out_of_the_row() {
        let (full, public) = assessments();
        let small = AreaIndex::new(1);
        assert_eq!(full.row(small).unwrap().incidents, Some(THEFTS[1]));
        let row = public.row(small).unwrap();
        assert_uncounted(row);
        assert_eq!(row.residents, Some(RESIDENTS), "what is no count stays");
    }

    #[test]
    fn no_row_of_the_public_holds_figures_of_other_windows_or_of_all_areas() {
        let (full, public) = assessments();
        assert_eq!(public.rows.len(), full.rows.len());
        for row in &public.rows {
            assert!(row.without_point.is_none() && row.funnel.is_none());
            assert!(row.trend.is_none_or(|trend| trend.figures.is_none()));
            assert!(row.hot_spot.is_none());
            assert!(row.components.iter().all(|part| part.contribution.is_none()));
            assert!(row.certification.iter().all(|share| share.counts.is_none()));
            assert_eq!((row.models.residential_areas_served, row.models.coverage), (None, None));
            assert_eq!(row.official_status, OfficialStatus::default());
        }
        let method = &public.method;
        assert_eq!((method.prior_mean, method.prior_variance, method.dispersion), (None, None, None));
        assert!(method.peers.is_empty());
    }

    #[test]
    fn level_without_counts_has_none_for_anybody() {
        let (full, _) = assessments();
        let uncounted = without_counts(&full);
        assert_eq!(uncounted.rows.len(), full.rows.len());
        uncounted.rows.iter().for_each(assert_uncounted);
        assert_eq!(uncounted.rows[0].models, full.rows[0].models, "models are no incidents");
    }

    #[test]
    fn two_digits_are_left() {
        assert_eq!([0.0, 1.2345, 0.031_49, 98.7, 1234.0, 0.999].map(rounded), [0.0, 1.2, 0.031, 99.0, 1200.0, 1.0]);
    }
}
