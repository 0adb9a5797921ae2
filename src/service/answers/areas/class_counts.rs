//! The counts that a rating is made from: what was counted in each area, and against what.
//!
//! In: an assessed level. Out: rows for each area and each component of the scheme, rated or not. For roles that see small
//! counts a rated component has one for each severity, from which the rating of every area follows (METHODS.md, section
//! 6); any other, and each of the public, is one row with the count as it is published.

use crate::assessment::explanation::{ExplainedClass, Explanation, explain_level};
use crate::assessment::{ComponentAssessment, ComponentExposure, InTotal};
use crate::domain::area::AreaIndex;
use crate::domain::index::IndexVec;
use crate::domain::rules::scheme::{Component, ComponentIndex, ComponentUse};
use crate::service::answers::AssessedLevel;
use crate::service::error::ServiceError;
use crate::tile::area_row::AreaRow;

/// What was counted of one component, and of one severity of it where that may be seen, in one area.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct ClassCount<'a> {
    /// The area within its level.
    pub(crate) area_index: AreaIndex,
    /// The id of the component in its scheme.
    pub(crate) component: &'a str,
    /// Whether it takes part in the grade.
    pub(crate) is_rated: bool,
    /// Whether its incidents are part of the count of the area.
    pub(crate) is_in_total: bool,
    /// The id of the severity; none for the public.
    pub(crate) severity: Option<&'a str>,
    /// Points of one incident; none for the public, to which all count the same.
    pub(crate) weight: Option<f64>,
    /// What the component is measured against.
    pub(crate) exposure_kind: &'static str,
    /// What that is counted in.
    pub(crate) exposure_unit: &'static str,
    /// How much of it there is; none where a commune of the area has no figure.
    pub(crate) exposure: Option<f64>,
    /// The incidents; none where the area has no exposure, or the count is not published.
    pub(crate) incidents: Option<u32>,
}

/// The counts of every area of a level, in the order of the areas, as the viewer may see them.
///
/// # Errors
/// When the edition is gone.
pub(crate) fn class_counts(assessed: &AssessedLevel) -> Result<Vec<ClassCount<'_>>, ServiceError> {
    if assessed.viewer().role().sees_small_counts() { by_severity(assessed) } else { Ok(published(assessed)) }
}

fn by_severity(assessed: &AssessedLevel) -> Result<Vec<ClassCount<'_>>, ServiceError> {
    let explained = explain_level(assessed.snapshot(), assessed.level(), &assessed.requested.filter)?;
    let explained = explained.as_ref();
    let areas = explained.into_iter().flat_map(IndexVec::indexed).zip(assessed.rows());
    let counts = areas.flat_map(|((area_index, explanation), row): ((AreaIndex, &Explanation), AreaRow<'_>)| {
        let parts = &row.assessment.components;
        parts.iter().flat_map(|part| of_part(assessed, area_index, part, &explanation.classes)).collect::<Vec<_>>()
    });
    Ok(counts.collect())
}

/// The rows of a component in an area: one to a severity where it is rated, else one.
fn of_part<'a>(
    assessed: &'a AssessedLevel,
    area_index: AreaIndex,
    part: &ComponentAssessment,
    classes: &[ExplainedClass],
) -> Vec<ClassCount<'a>> {
    if part.use_in_grade != ComponentUse::Rated {
        return whole(assessed, area_index, part).into_iter().collect();
    }
    let own = classes.iter().filter(|class| class.component == part.component);
    let counts: Vec<ClassCount<'a>> =
        own.filter_map(|class| of_class(assessed, area_index, part.in_total, class)).collect();
    if counts.is_empty() { whole(assessed, area_index, part).into_iter().collect() } else { counts }
}

fn of_class<'a>(
    assessed: &'a AssessedLevel,
    area_index: AreaIndex,
    in_total: InTotal,
    class: &ExplainedClass,
) -> Option<ClassCount<'a>> {
    let ExplainedClass { component, exposure, severity, weight, rate: _, observed, expected: _, contribution: _ } =
        *class;
    let severity = assessed.snapshot().taxonomy.severities.get(severity.index())?;
    let known = of_component(assessed, area_index, component, in_total, exposure)?;
    Some(ClassCount {
        severity: Some(&severity.id),
        weight: Some(weight),
        // Counts of a table are whole numbers.
        incidents: observed.map(|count| count as u32),
        ..known
    })
}

fn published(assessed: &AssessedLevel) -> Vec<ClassCount<'_>> {
    let areas = AreaIndex::of_all(assessed.rows().count()).zip(assessed.rows());
    let parts = areas.flat_map(|(area_index, row)| {
        row.assessment.components.iter().filter_map(move |part| whole(assessed, area_index, part))
    });
    parts.collect()
}

/// A component in an area with all its severities together.
fn whole<'a>(assessed: &'a AssessedLevel, area_index: AreaIndex, part: &ComponentAssessment) -> Option<ClassCount<'a>> {
    let ComponentAssessment { component, use_in_grade: _, exposure, in_total, observed, expected: _, contribution: _ } =
        *part;
    Some(ClassCount { incidents: observed, ..of_component(assessed, area_index, component, in_total, exposure)? })
}

/// What is said of a component in an area before anything is counted.
fn of_component(
    assessed: &AssessedLevel,
    area_index: AreaIndex,
    component: ComponentIndex,
    in_total: InTotal,
    exposure: ComponentExposure,
) -> Option<ClassCount<'_>> {
    let ComponentExposure { kind, value } = exposure;
    let component: &Component = assessed.scheme().components.at(component)?;
    Some(ClassCount {
        area_index,
        component: &component.id,
        is_rated: component.use_in_grade == ComponentUse::Rated,
        is_in_total: in_total == InTotal::Counted,
        severity: None,
        weight: None,
        exposure_kind: kind.as_str(),
        exposure_unit: kind.unit().as_str(),
        exposure: value,
        incidents: None,
    })
}
