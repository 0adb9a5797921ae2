//! Why an area has its letter: every number between the counts and the band.
//!
//! In: a snapshot, a filter and an area. Out: an [`Explanation`], from which the letter can be worked
//! out by hand. It shows counts by severity, so it is for the roles that see small counts.

use super::context::AssessmentContext;
use super::counting::{counted, exposures};
use super::rating::basis::Weighing;
use super::rating::component_exposure::ComponentExposure;
use super::rating::exposure_columns::ExposureColumns;
use super::rating::peers::membership;
use super::rating::{RatedClass, RatingInputs, WeightedTable, position, weighted_table};
use super::{AreaAssessment, AssessmentError, level_data};
use crate::domain::area::peers::PeerIndex;
use crate::domain::area::{AreaIndex, Level};
use crate::domain::filter::Filter;
use crate::domain::incident::taxonomy::Severity;
use crate::domain::index::IndexVec;
use crate::domain::rules::scheme::ComponentIndex;
use crate::snapshot::Snapshot;
use crate::statistics::{AreaRating, ConfidenceLevel as Coverage, Contribution, GammaPosterior, exact_limits};

/// Coverage of the limits of the unweighted ratio.
pub const RATIO_LEVEL: f64 = 0.95;

/// The way from the counts of one area to its rating.
#[derive(Debug, Clone, PartialEq)]
pub struct Explanation {
    /// The rated classes with the area's part in each.
    pub classes: Vec<ExplainedClass>,
    /// Score, expectation, posterior; absent where the area has no exposure.
    pub rating: Option<AreaRating>,
    /// The peer group that the prior is taken over; none where it is taken over all areas.
    pub peers: Option<PeerIndex>,
    /// Mean of the prior of the relative risk.
    pub prior_mean: f64,
    /// How much true ratios differ between areas, by Marshall's estimate.
    pub prior_variance: f64,
    /// Points that one independent event is worth; absent when nothing was counted.
    pub dispersion: Option<f64>,
}

/// One component and severity.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct ExplainedClass {
    /// The index of the component in the scheme.
    pub component: ComponentIndex,
    /// What it is measured against in the area.
    pub exposure: ComponentExposure,
    /// The severity class that the weight belongs to.
    pub severity: Severity,
    /// Points of one event.
    pub weight: f64,
    /// Events per unit of exposure over all areas with one, or over the peers where their rates are expected.
    pub rate: f64,
    /// Events counted in the area; absent, as the next two, where the area has no exposure.
    pub observed: Option<f64>,
    /// Events expected in the area.
    pub expected: Option<f64>,
    /// Weight × (observed − expected) / expected score.
    pub contribution: Option<f64>,
}

impl Explanation {
    /// The posterior; absent where the counts hold no information on the area.
    pub fn gamma(&self) -> Option<GammaPosterior> {
        Some(self.rating?.estimate?.posterior)
    }
}

/// Observed to expected, every incident counting the same, with exact limits.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct UnweightedRatio {
    /// Incidents over incidents expected.
    pub value: f64,
    /// Lower limit.
    pub low: f64,
    /// Upper limit.
    pub high: f64,
}

impl UnweightedRatio {
    /// The ratio of a row; `None` where it hides its count or expects nothing.
    pub fn of(row: &AreaAssessment) -> Option<Self> {
        let (count, expected) = (row.incidents?, row.expected.filter(|expected| *expected > 0.0)?);
        let limits = exact_limits(u64::from(count), Coverage::new(RATIO_LEVEL).ok()?).scaled(1.0 / expected);
        Some(Self { value: f64::from(count) / expected, low: limits.low, high: limits.high })
    }
}

/// Explains the area at an index of a level; `None` where the scheme rates nothing, or the level shows no requested
/// category.
pub fn explain(
    snapshot: &Snapshot,
    level: Level,
    filter: &Filter,
    area_index: AreaIndex,
) -> Result<Option<Explanation>, AssessmentError> {
    let basis = ExplanationBasis::of(snapshot, level, filter)?;
    Ok(basis.map(|basis| explained(&basis.weighted, &basis.columns, area_index)))
}

/// The same for every area of a level.
pub fn explain_level(
    snapshot: &Snapshot,
    level: Level,
    filter: &Filter,
) -> Result<Option<IndexVec<AreaIndex, Explanation>>, AssessmentError> {
    let basis = ExplanationBasis::of(snapshot, level, filter)?;
    Ok(basis.map(|basis| {
        let areas = AreaIndex::of_all(basis.areas);
        areas.map(|area_index| explained(&basis.weighted, &basis.columns, area_index)).collect()
    }))
}

/// What every area of a level is explained by.
struct ExplanationBasis {
    weighted: WeightedTable,
    columns: ExposureColumns,
    /// How many areas there are.
    areas: usize,
}

impl ExplanationBasis {
    fn of(snapshot: &Snapshot, level: Level, filter: &Filter) -> Result<Option<Self>, AssessmentError> {
        let (edition_data, areas) = level_data(snapshot, level, filter.edition)?;
        let counted = counted(snapshot, edition_data, areas, filter);
        if !counted.shows_any() {
            return Ok(None);
        }
        let exposure = exposures(edition_data, areas, &snapshot.coverage, filter.period);
        let columns = ExposureColumns::of(
            &AssessmentContext { snapshot, edition_data, areas, filter, coverage: &snapshot.coverage },
            &exposure,
        );
        let weighted = weighted_table(&RatingInputs {
            taxonomy: &snapshot.taxonomy,
            scheme: snapshot.scheme(filter),
            peers: &membership(snapshot, edition_data, areas),
            counted: &counted,
            detected: None,
            exposure: &exposure,
            columns: &columns,
            weighing: &Weighing::BySeverity,
        });
        let areas = areas.areas.len();
        Ok(weighted.map(|weighted| Self { weighted, columns, areas }))
    }
}

fn explained(weighted: &WeightedTable, columns: &ExposureColumns, area_index: AreaIndex) -> Explanation {
    let WeightedTable { rates_any: _, classes, table, standards, level } = weighted;
    let standard = standards.of_area(area_index);
    let parts = standard.contributions(table, position(area_index)).ok().flatten();
    let explained = classes.iter().zip(standard.classes()).enumerate().map(|(number, (class, common))| {
        let exposure = columns.at(class.component, area_index);
        let part = parts.as_ref().and_then(|parts| parts.get(number)).filter(|_| exposure.fault().is_none());
        explained_class(class, common.rate, exposure, part)
    });
    Explanation {
        classes: explained.collect(),
        rating: standard.rating(table, position(area_index), *level).ok().flatten(),
        peers: standards.group_of(area_index),
        prior_mean: standard.prior().mean(),
        prior_variance: standard.prior().variance(),
        dispersion: standard.dispersion(),
    }
}

fn explained_class(
    class: &RatedClass,
    rate: f64,
    exposure: ComponentExposure,
    part: Option<&Contribution>,
) -> ExplainedClass {
    ExplainedClass {
        component: class.component,
        exposure,
        severity: class.severity,
        weight: class.weight,
        rate,
        observed: part.map(|part| part.observed),
        expected: part.map(|part| part.expected),
        contribution: part.map(|part| part.share),
    }
}
