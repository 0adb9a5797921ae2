//! From counts and person-years to rates, relative risks and grades.
//!
//! The classes of the rating are the pairs of rated component and severity; the
//! mathematics is that of [`crate::statistics`].

pub(super) mod clarity;
pub(super) mod component_exposure;
pub(super) mod exposure_columns;
pub mod grade;
pub(super) mod measured;
pub(super) mod peers;
pub(super) mod standards;

use super::area::{ComponentAssessment, Method};
use super::counting::{Counted, Exposure};
use crate::domain::area::AreaIndex;
use crate::domain::filter::CategorySet;
use crate::domain::incident::taxonomy::{CategoryIndex, Severity, Taxonomy};
use crate::domain::index::IndexVec;
use crate::domain::rules::scheme::{ComponentIndex, ComponentUse, GradeRule, Scheme};
use crate::statistics::{
    AreaPosition, AreaRating, ClassTable, ConfidenceLevel, Contribution, ExposedCount, Limits, SeverityClass,
    smoothed_rates_per_100k,
};
use clarity::Clarity;
use exposure_columns::ExposureColumns;
use grade::GradeRange;
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
    pub(super) posterior: Option<RelativeRisk>,
    pub(super) grade: GradeRange,
    pub(super) difference: Option<Clarity>,
    pub(super) components: Vec<ComponentAssessment>,
}

/// A relative risk with its interval.
#[derive(Debug, Clone, Copy)]
pub(super) struct RelativeRisk {
    pub(super) median: f64,
    pub(super) low: f64,
    pub(super) high: f64,
    pub(super) prob_above_1: f64,
    pub(super) reliability: f64,
}

/// What a rating rests on.
#[derive(Clone, Copy)]
pub(super) struct RatingInputs<'a> {
    pub(super) taxonomy: &'a Taxonomy,
    pub(super) scheme: &'a Scheme,
    pub(super) peers: &'a Membership,
    pub(super) counted: &'a Counted,
    pub(super) exposure: &'a Exposure,
    pub(super) columns: &'a ExposureColumns,
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
    let observed = exposed_counts(&counted.located, exposure);
    let smoothed = smoothed_rates_per_100k(&observed);
    let expected = expectations(&counted.located, &person_years);
    let components = components(inputs, &members, &scores.contributions);
    let areas = person_years.len();
    let rated = components.into_iter().enumerate().map(|(area, components)| {
        let posterior = scores.posteriors[AreaIndex::new(area)];
        RatedArea {
            rate: MeasuredRate::of(observed[area]),
            rate_smoothed: smoothed[area],
            expected: expected[area],
            posterior,
            difference: posterior.filter(|_| areas > 1).map(|risk| risk.difference(&scheme.grade)),
            grade: posterior.map_or(GradeRange::NO_EXPOSURE, |risk| risk.grade(&scheme.grade)),
            components,
        }
    });
    Rating { areas: rated.collect(), method: scores.method }
}

impl RelativeRisk {
    fn of(rating: &AreaRating) -> Self {
        Self {
            median: rating.median,
            low: rating.limits.low,
            high: rating.limits.high,
            prob_above_1: rating.probability_above_one,
            reliability: rating.reliability,
        }
    }

    /// A single area has nothing to be compared with: its raw ratio stands, and it is all its own.
    fn raw(rating: &AreaRating) -> Option<Self> {
        let ratio = rating.ratio?;
        Some(Self { median: ratio, low: ratio, high: ratio, prob_above_1: 0.5, reliability: 1.0 })
    }

    fn difference(&self, rule: &GradeRule) -> Clarity {
        match (rule.is_unclear(self.prob_above_1), self.median > 1.0) {
            (true, _) => Clarity::Unclear,
            (false, true) => Clarity::Higher,
            (false, false) => Clarity::Lower,
        }
    }

    fn grade(&self, rule: &GradeRule) -> GradeRange {
        let interval = Limits { low: self.low, high: self.high };
        GradeRange::of(self.median, interval, self.reliability, rule)
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

struct Weighted {
    posteriors: IndexVec<AreaIndex, Option<RelativeRisk>>,
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
    pub(super) classes: Vec<RatedClass>,
    pub(super) table: ClassTable,
    pub(super) standards: Standards,
    pub(super) level: ConfidenceLevel,
}

/// The table of the rated classes; none where the scheme rates nothing.
pub(super) fn weighted_table(inputs: &RatingInputs<'_>) -> Option<WeightedTable> {
    let RatingInputs { taxonomy, scheme, peers, counted, exposure, columns } = *inputs;
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
    let level = ConfidenceLevel::new(scheme.grade.interval).ok()?;
    let standards = Standards::of(&table, peers, &scheme.grade);
    Some(WeightedTable { classes, table, standards, level })
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
    let Some(WeightedTable { classes, table, standards, level }) = weighted_table(inputs) else {
        return Weighted::nothing(areas, scheme.components.len());
    };
    let risk = |area: AreaIndex| {
        let rating = standards.of_area(area).rating(&table, position(area), level).ok().flatten()?;
        if areas == 1 { RelativeRisk::raw(&rating) } else { Some(RelativeRisk::of(&rating)) }
    };
    let contributions = AreaIndex::of_all(areas).map(|area| {
        let shares = standards.of_area(area).contributions(&table, position(area)).ok().flatten();
        let shares = classes.iter().zip(shares.unwrap_or_default());
        by_component(scheme, shares.filter(|(class, _)| inputs.columns.at(class.component, area).fault().is_none()))
    });
    Weighted {
        posteriors: AreaIndex::of_all(areas).map(risk).collect(),
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
    fn nothing(areas: usize, components: usize) -> Self {
        Self {
            posteriors: vec![None; areas].into(),
            contributions: vec![vec![None; components].into(); areas].into(),
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

/// Counts with the person-years they arose from; 0 where nobody is known to live.
pub(super) fn exposed_counts(counts: &[u32], exposure: &Exposure) -> Vec<ExposedCount> {
    let pairs = counts.iter().zip(&exposure.person_years);
    pairs.map(|(count, years)| ExposedCount { count: u64::from(*count), person_years: years.unwrap_or(0.0) }).collect()
}

/// Exposure × the rate over all areas with an exposure.
fn expectations(counts: &[u32], exposures: &[f64]) -> Vec<Option<f64>> {
    let exposed = counts.iter().zip(exposures).filter(|(_, exposure)| **exposure > 0.0);
    let sum = |sum: (f64, f64), (count, exposure): (&u32, &f64)| (sum.0 + f64::from(*count), sum.1 + exposure);
    let (events, everywhere) = exposed.fold((0.0, 0.0), sum);
    exposures.iter().map(|exposure| (*exposure > 0.0).then(|| exposure * events / everywhere)).collect()
}

fn components(
    inputs: &RatingInputs<'_>,
    members: &IndexVec<ComponentIndex, Vec<CategoryIndex>>,
    contributions: &IndexVec<AreaIndex, IndexVec<ComponentIndex, Option<f64>>>,
) -> Vec<Vec<ComponentAssessment>> {
    let RatingInputs { scheme, counted, columns, .. } = *inputs;
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
        let observed: IndexVec<AreaIndex, u32> = contributions.indices().map(of_area).collect();
        let expected =
            IndexVec::<AreaIndex, _>::from(expectations(&observed, &exposures[columns.column_of(component).index()]));
        for area in contributions.indices() {
            let contribution = contributions[area][component];
            rows[area].push(ComponentAssessment {
                component,
                use_in_grade: definition.use_in_grade,
                exposure: columns.at(component, area),
                observed: Some(observed[area]),
                expected: expected[area],
                contribution,
            });
        }
    }
    rows.into_values()
}
