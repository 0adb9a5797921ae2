//! Why an area has its letter: every number between the counts and the band.
//!
//! In: a snapshot, a filter and an area. Out: an [`Explanation`], from which the letter can be worked
//! out by hand. It shows counts by severity, so it is for the roles that see small counts.

use super::component_exposure::ComponentExposure;
use super::counting::{counted, exposures};
use super::exposure_columns::ExposureColumns;
use super::ground::Ground;
use super::peers::membership;
use super::rating::{Basis, RatedClass, WeightedTable, weighted_table};
use super::{AreaAssessment, AssessmentError, places};
use crate::domain::area::Level;
use crate::domain::filter::Filter;
use crate::domain::peers::PeerIndex;
use crate::domain::taxonomy::Severity;
use crate::snapshot::Snapshot;
use crate::statistics::{AreaRating, Contribution, Level as Coverage, Posterior, exact_limits};

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
    /// Variance of the prior.
    pub prior_variance: f64,
    /// Points that one independent event is worth; absent when nothing was counted.
    pub dispersion: Option<f64>,
}

/// One component and severity.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct ExplainedClass {
    /// The place of the component in the scheme.
    pub component: usize,
    /// What it is measured against in the area.
    pub exposure: ComponentExposure,
    /// The severity.
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
    /// Shape and rate of the posterior; absent where it is a single point.
    pub fn gamma(&self) -> Option<(f64, f64)> {
        match self.rating?.posterior {
            Posterior::Gamma(gamma) => Some((gamma.shape(), gamma.rate())),
            Posterior::Point(_) => None,
        }
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

/// Explains the area at a place of a level; `None` where the scheme rates nothing, or the level shows no asked category.
pub fn explain(
    snapshot: &Snapshot,
    level: Level,
    filter: &Filter,
    place: usize,
) -> Result<Option<Explanation>, AssessmentError> {
    let (picture, areas) = places(snapshot, level, filter.edition)?;
    let counted = counted(snapshot, picture, areas, filter);
    if !counted.shows_any() {
        return Ok(None);
    }
    let exposure = exposures(picture, areas, filter.period);
    let columns = ExposureColumns::of(&Ground { snapshot, picture, areas, filter }, &exposure);
    let weighted = weighted_table(&Basis {
        taxonomy: &snapshot.taxonomy,
        scheme: snapshot.scheme(filter),
        peers: &membership(snapshot, picture, areas),
        counted: &counted,
        exposure: &exposure,
        columns: &columns,
    });
    Ok(weighted.map(|weighted| explained(&weighted, &columns, place)))
}

fn explained(weighted: &WeightedTable, columns: &ExposureColumns, place: usize) -> Explanation {
    let WeightedTable { classes, table, standards, level } = weighted;
    let standard = standards.of_area(place);
    let parts = standard.contributions(table, place).ok().flatten();
    let explained = classes.iter().zip(standard.classes()).enumerate().map(|(number, (class, common))| {
        let exposure = columns.at(class.component, place);
        let part = parts.as_ref().and_then(|parts| parts.get(number)).filter(|_| exposure.fault().is_none());
        explained_class(class, common.rate, exposure, part)
    });
    Explanation {
        classes: explained.collect(),
        rating: standard.rating(table, place, *level).ok().flatten(),
        peers: standards.group_of(place),
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
