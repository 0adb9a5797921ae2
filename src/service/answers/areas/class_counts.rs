//! The counts that a rating is made from: what was counted in each area, and against what.
//!
//! In: an assessed level. Out: for roles that see small counts one row for each area, rated component and severity, from
//! which the rating of every area follows (METHODS.md, section 6); for the public one for each area and component, with
//! the counts that are published, because no severity is.

use crate::assessment::explanation::{ExplainedClass, Explanation, explain_level};
use crate::assessment::{ComponentAssessment, ComponentExposure};
use crate::domain::area::AreaIndex;
use crate::domain::index::IndexVec;
use crate::domain::rules::scheme::{Component, ComponentIndex, ComponentUse};
use crate::service::answers::AssessedLevel;
use crate::service::error::ServiceError;

/// What was counted of one component, and of one severity of it where that may be seen, in one area.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct ClassCount<'a> {
    /// The area within its level.
    pub(crate) area_index: AreaIndex,
    /// The id of the component in its scheme.
    pub(crate) component: &'a str,
    /// Whether it takes part in the grade.
    pub(crate) is_rated: bool,
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
    let areas = explained.into_iter().flat_map(IndexVec::indexed);
    let classes = areas.flat_map(|(area_index, explanation): (AreaIndex, &Explanation)| {
        explanation.classes.iter().filter_map(move |class| of_class(assessed, area_index, class)).collect::<Vec<_>>()
    });
    Ok(classes.collect())
}

fn of_class<'a>(assessed: &'a AssessedLevel, area_index: AreaIndex, class: &ExplainedClass) -> Option<ClassCount<'a>> {
    let ExplainedClass { component, exposure, severity, weight, rate: _, observed, expected: _, contribution: _ } =
        *class;
    let severity = assessed.snapshot().taxonomy.severities.get(severity.index())?;
    let known = of_component(assessed, area_index, component, exposure)?;
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
        row.assessment.components.iter().filter_map(move |part| {
            let ComponentAssessment {
                component,
                use_in_grade: _,
                exposure,
                in_total: _,
                observed,
                expected: _,
                contribution: _,
            } = *part;
            Some(ClassCount { incidents: observed, ..of_component(assessed, area_index, component, exposure)? })
        })
    });
    parts.collect()
}

/// What is said of a component in an area before anything is counted.
fn of_component(
    assessed: &AssessedLevel,
    area_index: AreaIndex,
    component: ComponentIndex,
    exposure: ComponentExposure,
) -> Option<ClassCount<'_>> {
    let ComponentExposure { kind, value } = exposure;
    let component: &Component = assessed.scheme().components.at(component)?;
    Some(ClassCount {
        area_index,
        component: &component.id,
        is_rated: component.use_in_grade == ComponentUse::Rated,
        severity: None,
        weight: None,
        exposure_kind: kind.as_str(),
        exposure_unit: kind.unit().as_str(),
        exposure: value,
        incidents: None,
    })
}
