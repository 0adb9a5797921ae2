//! From counts and person-years to rates, relative risks and grades.
//!
//! The classes of the rating are the pairs of rated component and severity; the
//! mathematics is that of [`crate::statistics`].

pub(super) mod basis;
pub(super) mod clarity;
pub(super) mod component_exposure;
pub(super) mod detected;
pub(super) mod exposure_columns;
pub mod grade;
pub(super) mod measured;
pub(super) mod peers;
pub(super) mod standards;
pub mod weighting;

use super::area::{ComponentAssessment, InTotal, Method};
use super::counting::{Counted, Exposure, exposed_counts};
use crate::domain::area::AreaIndex;
use crate::domain::filter::CategorySet;
use crate::domain::incident::taxonomy::{CategoryIndex, Severity, Taxonomy};
use crate::domain::index::IndexVec;
use crate::domain::rules::scheme::{ComponentIndex, ComponentUse, GradeRule, Scheme};
use crate::statistics::{
    AreaPosition, ClassTable, ConfidenceLevel, Contribution, RiskEstimate, SeverityClass, smoothed_rates_per_100k,
};
use basis::{PublishedRating, Weighing};
use clarity::Clarity;
use detected::Detected;
use exposure_columns::ExposureColumns;
use grade::{Grade, GradeRange, Insufficiency};
use measured::MeasuredRate;
use peers::Membership;
use standards::Standards;

/// The rating of every area, and the parameters they share.
#[derive(Debug, Clone)]
pub(super) struct Rating {
    pub(super) areas: Vec<RatedArea>,
    pub(super) method: Method,
}

/// One area's rating with what is needed to explain it.
#[derive(Debug, Clone)]
pub(super) struct RatedArea {
    pub(super) rate: Option<MeasuredRate>,
    pub(super) rate_smoothed: Option<f64>,
    pub(super) expected: Option<f64>,
    /// The relative risk; absent where the counts hold no information on it.
    pub(super) risk: Option<RiskEstimate>,
    pub(super) grade: GradeRange,
    pub(super) difference: Option<Clarity>,
    pub(super) components: Vec<ComponentAssessment>,
}

/// What a rating rests on.
#[derive(Clone, Copy)]
pub(super) struct RatingInputs<'a> {
    pub(super) taxonomy: &'a Taxonomy,
    pub(super) scheme: &'a Scheme,
    pub(super) peers: &'a Membership,
    pub(super) counted: &'a Counted,
    /// What police work found beside it; none where nobody counted it.
    pub(super) detected: Option<&'a Detected>,
    pub(super) exposure: &'a Exposure,
    pub(super) columns: &'a ExposureColumns,
    pub(super) weighing: &'a Weighing,
}

/// Where an area of a level stands in the columns of the statistics.
pub(super) fn position(area: AreaIndex) -> AreaPosition {
    AreaPosition::new(area.index())
}

/// Rates every area of a level.
pub(super) fn rate(inputs: &RatingInputs<'_>) -> Rating {
    let RatingInputs { taxonomy, scheme, counted, exposure, .. } = *inputs;
    let person_years: Vec<f64> = exposure.person_years.iter().map(|years| years.unwrap_or(0.0)).collect();
    let members = component_members(taxonomy, scheme, counted.categories);
    let scores = weighted(inputs);
    let observed = exposed_counts(&counted.incidents, exposure);
    let smoothed = smoothed_rates_per_100k(&observed);
    let expected = expectations(&counted.incidents, &person_years);
    let components = components(inputs, &members, &scores.contributions);
    let rated = components.into_iter().enumerate().map(|(area, components)| {
        let standing = scores.standings[AreaIndex::new(area)];
        let risk = standing.ok();
        RatedArea {
            rate: MeasuredRate::of(observed[area]),
            rate_smoothed: smoothed[area],
            expected: expected[area],
            risk,
            difference: risk.map(|risk| difference(&risk, &scheme.grade)),
            grade: standing.map_or_else(GradeRange::without_risk, |risk| GradeRange::of(&risk, &scheme.grade)),
            components,
        }
    });
    Rating { areas: rated.collect(), method: scores.method }
}

fn difference(risk: &RiskEstimate, rule: &GradeRule) -> Clarity {
    match (rule.is_unclear(risk.probability_above_one), risk.median > 1.0) {
        (true, _) => Clarity::Unclear,
        (false, true) => Clarity::Higher,
        (false, false) => Clarity::Lower,
    }
}

/// The categories of every component among those counted.
pub(super) fn component_members(
    taxonomy: &Taxonomy,
    scheme: &Scheme,
    counted: CategorySet,
) -> IndexVec<ComponentIndex, Vec<CategoryIndex>> {
    let of = |id: &str| {
        let categories = taxonomy.categories.iter().enumerate();
        let members = categories.filter(|(_, category)| category.component == id);
        members.map(|(number, _)| CategoryIndex::new(number as u8)).filter(|index| counted.contains(*index)).collect()
    };
    scheme.components.iter().map(|component| of(&component.id)).collect()
}

/// A relative risk, or the grade that says why there is none.
type Standing = Result<RiskEstimate, Grade>;

struct Weighted {
    standings: IndexVec<AreaIndex, Standing>,
    /// For every area the contribution of every component, absent where it is not rated.
    contributions: IndexVec<AreaIndex, IndexVec<ComponentIndex, Option<f64>>>,
    method: Method,
}

/// One class of the rating: a component (by index) and a severity.
pub(super) struct RatedClass {
    pub(super) component: ComponentIndex,
    pub(super) severity: Severity,
    pub(super) weight: f64,
}

fn rated_classes(scheme: &Scheme) -> Vec<RatedClass> {
    let rated = ComponentIndex::of_all(scheme.components.len())
        .zip(&scheme.components)
        .filter(|(_, part)| part.use_in_grade == ComponentUse::Rated);
    let classes = rated.flat_map(|(component, part)| {
        let severities = (1..=Severity::COUNT as u8).filter_map(|number| Severity::new(number).ok());
        severities.map(move |severity| RatedClass { component, severity, weight: part.weights[severity.index()] })
    });
    classes.filter(|class| class.weight > 0.0).collect()
}

/// The weighted counts of all areas with the standards they are held to.
pub(super) struct WeightedTable {
    /// Whether the filter counts any category of a rated class.
    pub(super) rates_any: bool,
    pub(super) classes: Vec<RatedClass>,
    pub(super) table: ClassTable,
    pub(super) standards: Standards,
    pub(super) level: ConfidenceLevel,
}

/// The table of the rated classes; none where there is nothing to rate by.
pub(super) fn weighted_table(inputs: &RatingInputs<'_>) -> Option<WeightedTable> {
    let RatedTable { rates_any, classes, table } = match inputs.weighing {
        Weighing::BySeverity => table_by_severity(inputs)?,
        Weighing::Equally(rule) => {
            RatedTable { rates_any: true, classes: Vec::new(), table: table_of_equals(inputs, rule)? }
        }
    };
    let grade = &inputs.scheme.grade;
    let level = ConfidenceLevel::new(grade.interval).ok()?;
    let standards = Standards::of(&table, inputs.peers, grade);
    Some(WeightedTable { rates_any, classes, table, standards, level })
}

/// Counts by class, and whether the filter counts any category of one.
struct RatedTable {
    rates_any: bool,
    classes: Vec<RatedClass>,
    table: ClassTable,
}

/// Components by severity, weighted as the scheme says.
fn table_by_severity(inputs: &RatingInputs<'_>) -> Option<RatedTable> {
    let RatingInputs { taxonomy, scheme, counted, exposure, columns, .. } = *inputs;
    let areas = exposure.person_years.len();
    let members = component_members(taxonomy, scheme, counted.categories);
    let classes = rated_classes(scheme);
    let class_of_cell = class_of_cell(&classes, &members, counted.table.categories());
    let mut counts = vec![0_u64; areas * classes.len()];
    for (area, counts) in AreaIndex::of_all(areas).zip(counts.chunks_mut(classes.len().max(1))) {
        for (count, class) in counted.table.row(area).iter().zip(&class_of_cell) {
            if let Some(class) = *class {
                counts[class] += u64::from(*count);
            }
        }
    }
    let definition = |class: &RatedClass| SeverityClass {
        weight: class.weight,
        exposure_column: columns.column_of(class.component),
    };
    let table = ClassTable::new(classes.iter().map(definition).collect(), columns.numbers(), counts).ok()?;
    Some(RatedTable { rates_any: class_of_cell.iter().any(Option::is_some), classes, table })
}

/// One class of all incidents over residents; none where too few areas are published to tell how areas differ. A level
/// of one area has nothing to differ from.
fn table_of_equals(inputs: &RatingInputs<'_>, rule: &PublishedRating) -> Option<ClassTable> {
    let person_years: Vec<f64> = inputs.exposure.person_years.iter().map(|years| years.unwrap_or(0.0)).collect();
    let published = person_years.iter().filter(|years| **years > 0.0).count();
    if published < rule.least_areas && person_years.len() > 1 {
        return None;
    }
    let counts = inputs.counted.incidents.iter().map(|count| u64::from(*count)).collect();
    ClassTable::with_common_exposure(&[1.0], person_years, counts).ok()
}

impl WeightedTable {
    /// Whether more than one area has what it is measured against: one alone would be compared with itself.
    fn compares(&self) -> bool {
        self.table.areas().filter(|area| self.standards.common().is_rated(&self.table, *area)).nth(1).is_some()
    }

    /// The relative risk of an area, or the truest reason why it has none.
    fn standing(&self, area: AreaIndex, compares: bool) -> Standing {
        let standard = self.standards.of_area(area);
        let rating = standard.rating(&self.table, position(area), self.level).ok().flatten();
        let rating = rating.ok_or(Grade::NoExposure)?;
        let insufficiency = if !self.rates_any {
            Insufficiency::NothingRated
        } else if !compares {
            Insufficiency::SingleArea
        } else if standard.dispersion().is_none() {
            Insufficiency::NoRatedEvents
        } else if rating.effective_expected <= 0.0 {
            Insufficiency::NothingExpected
        } else {
            Insufficiency::NoSpread
        };
        rating.estimate.ok_or(Grade::Insufficient(insufficiency))
    }
}

/// For every cell of a row of counts, by category and severity, the class that it belongs to.
fn class_of_cell(
    classes: &[RatedClass],
    members: &IndexVec<ComponentIndex, Vec<CategoryIndex>>,
    categories: usize,
) -> Vec<Option<usize>> {
    let mut found = vec![None; categories * Severity::COUNT];
    for (number, class) in classes.iter().enumerate() {
        for category in &members[class.component] {
            found[category.index() * Severity::COUNT + class.severity.index()] = Some(number);
        }
    }
    found
}

fn weighted(inputs: &RatingInputs<'_>) -> Weighted {
    let (scheme, areas) = (inputs.scheme, inputs.exposure.person_years.len());
    let Some(weighted) = weighted_table(inputs) else { return Weighted::nothing(inputs) };
    let compares = weighted.compares();
    let standings = AreaIndex::of_all(areas).map(|area| weighted.standing(area, compares)).collect();
    let WeightedTable { classes, table, standards, .. } = &weighted;
    let contributions = AreaIndex::of_all(areas).map(|area| {
        let shares = standards.of_area(area).contributions(table, position(area)).ok().flatten();
        let shares = classes.iter().zip(shares.unwrap_or_default());
        by_component(scheme, shares.filter(|(class, _)| inputs.columns.at(class.component, area).fault().is_none()))
    });
    Weighted {
        standings,
        contributions: contributions.collect(),
        method: Method {
            prior_mean: Some(standards.common().prior().mean()),
            prior_variance: Some(standards.common().prior().variance()),
            dispersion: standards.common().dispersion(),
            peers: standards.methods(),
        },
    }
}

impl Weighted {
    /// What is said where the scheme rates nothing.
    fn nothing(inputs: &RatingInputs<'_>) -> Self {
        let components = inputs.scheme.components.len();
        let person_years = &inputs.exposure.person_years;
        let reason = match inputs.weighing {
            Weighing::BySeverity => Insufficiency::NothingRated,
            Weighing::Equally(_) => Insufficiency::FewAreasPublished,
        };
        let standing = |years: &Option<f64>| {
            let is_exposed = years.is_some_and(|years| years > 0.0);
            Err(if is_exposed { Grade::Insufficient(reason) } else { Grade::NoExposure })
        };
        Self {
            standings: person_years.iter().map(standing).collect(),
            contributions: vec![vec![None; components].into(); person_years.len()].into(),
            method: Method { prior_mean: None, prior_variance: None, dispersion: None, peers: Vec::new() },
        }
    }
}

/// The contributions of an area's classes, summed by component.
fn by_component<'a>(
    scheme: &Scheme,
    shares: impl Iterator<Item = (&'a RatedClass, Contribution)>,
) -> IndexVec<ComponentIndex, Option<f64>> {
    let mut sums = IndexVec::<ComponentIndex, Option<f64>>::from(vec![None; scheme.components.len()]);
    for (class, contribution) in shares {
        *sums[class.component].get_or_insert(0.0) += contribution.share;
    }
    sums
}

/// Exposure × the rate over all areas with an exposure.
fn expectations(counts: &[u32], exposures: &[f64]) -> Vec<Option<f64>> {
    let exposed = counts.iter().zip(exposures).filter(|(_, exposure)| **exposure > 0.0);
    let sum = |sum: (f64, f64), (count, exposure): (&u32, &f64)| (sum.0 + f64::from(*count), sum.1 + exposure);
    let (events, everywhere) = exposed.fold((0.0, 0.0), sum);
    exposures.iter().map(|exposure| (*exposure > 0.0).then(|| exposure * events / everywhere)).collect()
}

/// The same over the areas whose count is known; the others take no part.
fn expectations_of_known(counts: &[Option<u32>], exposures: &[f64]) -> Vec<Option<f64>> {
    let known = |(count, exposure): (&Option<u32>, &f64)| if count.is_some() { *exposure } else { 0.0 };
    let exposures: Vec<f64> = counts.iter().zip(exposures).map(known).collect();
    let counts: Vec<u32> = counts.iter().map(|count| count.unwrap_or(0)).collect();
    expectations(&counts, &exposures)
}

fn components(
    inputs: &RatingInputs<'_>,
    members: &IndexVec<ComponentIndex, Vec<CategoryIndex>>,
    contributions: &IndexVec<AreaIndex, IndexVec<ComponentIndex, Option<f64>>>,
) -> Vec<Vec<ComponentAssessment>> {
    let RatingInputs { taxonomy, scheme, counted, detected, columns, weighing, .. } = *inputs;
    let exposures = columns.numbers();
    let mut rows: IndexVec<AreaIndex, Vec<ComponentAssessment>> = vec![Vec::new(); contributions.len()].into();
    for (component, definition) in ComponentIndex::of_all(scheme.components.len()).zip(&scheme.components) {
        let mut is_member = vec![false; counted.table.categories()];
        members[component].iter().for_each(|category| is_member[category.index()] = true);
        let of_area = |area: AreaIndex| -> u32 {
            let categories = counted.table.row(area).chunks_exact(Severity::COUNT);
            let of_component = categories.zip(&is_member).filter(|(_, is_member)| **is_member);
            of_component.map(|(severities, _)| severities.iter().sum::<u32>()).sum()
        };
        let in_total = in_total(taxonomy, &definition.id, &members[component]);
        let exposures = &exposures[columns.column_of(component).index()];
        let (observed, exposures): (Option<IndexVec<AreaIndex, Option<u32>>>, _) = match in_total {
            InTotal::Counted => {
                let counts = contributions.indices().map(|area| Some(of_area(area))).collect();
                (Some(counts), weighing.of_components(exposures))
            }
            InTotal::Beside => {
                (detected.and_then(|detected| detected.of_component(component)).cloned(), exposures.clone())
            }
        };
        let expected = observed.as_ref().map(|observed| expectations_of_known(observed, &exposures));
        for area in contributions.indices() {
            rows[area].push(ComponentAssessment {
                component,
                use_in_grade: definition.use_in_grade,
                exposure: columns.at(component, area),
                in_total,
                observed: observed.as_ref().and_then(|observed| observed[area]),
                expected: expected.as_ref().and_then(|expected| expected[area.index()]),
                contribution: contributions[area][component],
            });
        }
    }
    rows.into_values()
}

/// Whether the incidents of a component are part of the count: beside it stand those found by police work, where the
/// filter counts no category of the component.
fn in_total(taxonomy: &Taxonomy, component: &str, counted: &[CategoryIndex]) -> InTotal {
    let mut categories = taxonomy.categories.iter().filter(|category| category.component == component);
    let is_beside = counted.is_empty() && categories.any(|category| category.detected);
    if is_beside { InTotal::Beside } else { InTotal::Counted }
}
