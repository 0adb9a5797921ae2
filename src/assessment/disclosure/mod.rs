//! What the public may see of an assessment: each row is put together anew from what goes out. A count that is not
//! published never comes into the row, so that it never reaches the bytes of an answer. The
//! assessment itself rests on published counts alone ([`super::rating::basis`]), so that nothing else in the row, no ratio and
//! no word, depends on a hidden one.
//!
//! Rows are written member by member, without `..`: a new member of a row does not build until it is said here whether
//! the public gets it.

pub mod public_shares;

use super::area::{AreaAssessment, Assessment, ComponentAssessment, InTotal, ModelDensity};
use super::rating::basis::PublishedCells;
use super::rating::grade::Grade;
use super::statutory::OfficialStatus;
use super::trend::Trend;
use crate::domain::area::AreaIndex;
use crate::domain::rules::DisclosureRule;
use crate::snapshot::Snapshot;
use public_shares::public_share;

/// An assessment of published counts, as the public may see it.
pub(super) fn disclosed(assessment: &Assessment, snapshot: &Snapshot, cells: &PublishedCells) -> Assessment {
    let Assessment { level, filter, rows, totals, method, preceding } = assessment;
    let published = Published {
        cells,
        // Other schemes may cut the count into other parts, and two cuts together would show smaller ones.
        is_default_scheme: filter.scheme == snapshot.schemes.default_index(),
        rule: &snapshot.rules.disclosure,
    };
    let rows = AreaIndex::of_all(rows.len()).zip(rows).map(|(area_index, row)| published.row(area_index, row));
    Assessment {
        level: *level,
        filter: *filter,
        rows: rows.collect(),
        totals: *totals,
        method: method.clone(),
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

/// The assessment without the counts of areas whose incidents are not known on every day: the days that are known would
/// read as all of them.
pub(super) fn without_uncovered(mut assessment: Assessment) -> Assessment {
    for row in assessment.rows.iter_mut().filter(|row| row.not_covered) {
        *row = AreaAssessment { grade: Grade::NoExposure, ..uncounted_row(row) };
    }
    assessment
}

/// What is published under a filter.
#[derive(Debug, Clone, Copy)]
struct Published<'a> {
    cells: &'a PublishedCells,
    is_default_scheme: bool,
    rule: &'a DisclosureRule,
}

impl Published<'_> {
    /// What the public sees of an area.
    fn row(&self, area_index: AreaIndex, row: &AreaAssessment) -> AreaAssessment {
        let counted = self.cells.has_count[area_index];
        let rated = counted && row.incidents.unwrap_or(0) >= self.rule.min_events_weighted;
        let of_count = |number: Option<f64>| number.filter(|_| counted);
        let estimate = |number: Option<f64>| number.filter(|_| rated);
        AreaAssessment {
            residents: row.residents,
            person_years: row.person_years,
            not_covered: row.not_covered,
            incidents: row.incidents.filter(|_| counted),
            without_point: None,
            // Published by itself, and absent from the assessment where it is not.
            detected: row.detected,
            rate: of_count(row.rate),
            rate_low: of_count(row.rate_low),
            rate_high: of_count(row.rate_high),
            rate_smoothed: of_count(row.rate_smoothed),
            expected: of_count(row.expected),
            ratio: estimate(row.ratio),
            ratio_low: estimate(row.ratio_low),
            ratio_high: estimate(row.ratio_high),
            prob_above_1: estimate(row.prob_above_1),
            reliability: estimate(row.reliability),
            peer_group: row.peer_group.clone(),
            grade: public_grade(row, rated),
            grade_best: row.grade_best.filter(|_| rated),
            grade_worst: row.grade_worst.filter(|_| rated),
            prob_letter: estimate(row.prob_letter),
            difference: row.difference.filter(|_| rated),
            // Of what rests on counts of other windows and other areas the words alone. Where the count of the window
            // before is hidden there is no trend: it has no exposure there.
            trend: row.trend.filter(|_| counted).map(|trend| Trend { arrow: trend.arrow, figures: None }),
            // Its p leans on the normal distribution: it is for analysts.
            hot_spot: None,
            funnel: None,
            components: row.components.iter().map(|part| self.component(area_index, part)).collect(),
            statutory: row.statutory,
            official_status: OfficialStatus::default(),
            certification: row.certification.iter().map(|share| public_share(share, &self.rule.shares)).collect(),
            models: public_density(&row.models),
            models_by_kind: row.models_by_kind.iter().map(public_density).collect(),
        }
    }

    /// What the public sees of a component.
    fn component(&self, area_index: AreaIndex, part: &ComponentAssessment) -> ComponentAssessment {
        // What stands beside the count is the published number of what police work found, whatever the scheme.
        let is_shown = match part.in_total {
            InTotal::Counted => self.is_default_scheme && self.cells.has_components[area_index],
            InTotal::Beside => true,
        };
        ComponentAssessment {
            component: part.component,
            use_in_grade: part.use_in_grade,
            exposure: part.exposure,
            in_total: part.in_total,
            observed: part.observed.filter(|_| is_shown),
            expected: part.expected.filter(|_| is_shown),
            contribution: None,
        }
    }
}

/// The grade of an area by published counts. The engine was given no exposure of an area whose count is hidden: that
/// nobody is known to live there is told apart from that here.
fn public_grade(row: &AreaAssessment, rated: bool) -> Grade {
    if row.not_covered || row.residents.unwrap_or(0) == 0 {
        Grade::NoExposure
    } else if !rated {
        Grade::Suppressed
    } else {
        row.grade
    }
}

/// What is said of an area whose incidents nobody may see at its level.
fn uncounted_row(row: &AreaAssessment) -> AreaAssessment {
    AreaAssessment {
        residents: row.residents,
        person_years: row.person_years,
        not_covered: row.not_covered,
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
        models: row.models,
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

/// The models of an area without what discloses where single ones stand, and without what counts residential areas:
/// their number would turn shares of them into counts.
fn public_density(density: &ModelDensity) -> ModelDensity {
    ModelDensity {
        active: density.active,
        per_10k_residents: density.per_10k_residents,
        per_km2: density.per_km2,
        per_residential_area: None,
        residential_areas_served: None,
        coverage: None,
    }
}

/// The grade of an area whose letter is not shown.
fn without_letter(grade: Grade) -> Grade {
    if grade == Grade::NoExposure { grade } else { Grade::Suppressed }
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;
    use crate::assessment::release::Release;
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
        let release = Release::new(&snapshot, Day::of_date(date(2026, 6, 1))).unwrap();
        let full = assess(&snapshot, Level::Commune, &filter).unwrap();
        (full, assess_released(&snapshot, &release, Level::Commune, &filter).unwrap())
    }

    /// Asserts that nothing in a row follows from its count. What police work found is published by itself, or not.
    fn assert_uncounted(row: &AreaAssessment, detected: Option<u32>) {
        assert_eq!(row.detected, detected);
        let counts = [row.incidents, row.without_point];
        let rates = [row.rate, row.rate_low, row.rate_high, row.rate_smoothed, row.expected];
        let rating = [row.ratio, row.ratio_low, row.ratio_high, row.prob_above_1, row.reliability];
        assert_eq!((counts, rates, rating), ([None; 2], [None; 5], [None; 5]));
        assert_eq!(row.prob_letter, None);
        assert!(matches!(row.grade, Grade::Suppressed | Grade::NoExposure), "{:?}", row.grade);
        assert_eq!((row.grade_best, row.grade_worst, row.difference), (None, None, None));
        assert!(row.trend.is_none() && row.hot_spot.is_none() && row.funnel.is_none());
        for part in &row.components {
            let observed = detected.filter(|_| part.in_total == InTotal::Beside);
            assert_eq!(
                (part.observed, part.expected.is_some(), part.contribution),
                (observed, observed.is_some(), None)
            );
        }
    }

    #[test]
    fn small_count_and_all_that_follows_from_it_stay_out_of_the_row() {
        let (full, public) = assessments();
        let small = AreaIndex::new(1);
        assert_eq!(full.row(small).unwrap().incidents, Some(THEFTS[1]));
        let row = public.row(small).unwrap();
        assert_uncounted(row, Some(0));
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
            let models = [row.models.per_residential_area, row.models.residential_areas_served, row.models.coverage];
            assert_eq!(models, [None; 3]);
            assert_eq!(row.official_status, OfficialStatus::default());
        }
    }

    #[test]
    fn level_without_counts_has_none_for_anybody() {
        let (full, _) = assessments();
        let uncounted = without_counts(&full);
        assert_eq!(uncounted.rows.len(), full.rows.len());
        uncounted.rows.iter().for_each(|row| assert_uncounted(row, None));
        assert_eq!(uncounted.rows[0].models, full.rows[0].models, "models are no incidents");
    }
}
