//! The components of a rating: what is measured against what, and why one is not rated.

use serde::Serialize;
use utoipa::ToSchema;

use crate::assessment::{ComponentAssessment, ComponentExposure, InTotal};
use crate::domain::area::exposure::{ExposureKind, ExposureUnit};
use crate::domain::role::Role;
use crate::domain::rules::scheme::{Component, ComponentUse};
use crate::domain::text::Names;
use crate::service::answers::AssessedLevel;
use crate::tile::area_row::AreaRow;

/// One component's part in an area's rating.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub(crate) struct ComponentAnswer {
    /// The id of the component in its scheme.
    id: String,
    /// Its name for people.
    name: Names,
    /// Whether it takes part in the grade.
    rated: bool,
    /// What it is measured against.
    exposure: ExposureKind,
    /// How much of it there is; null where a commune of the area has no figure.
    #[schema(required)]
    exposure_value: Option<f64>,
    /// What the exposure is counted in.
    exposure_unit: ExposureUnit,
    /// Why it is not rated in the area: `no_exposure`; null where it may be.
    #[schema(required)]
    reason: Option<&'static str>,
    /// Whether its incidents are part of the area's count. Those found by police work stand beside it, unless the filter
    /// names their categories.
    pub(crate) in_total: bool,
    /// Incidents of the component.
    #[schema(required)]
    pub(crate) observed: Option<u32>,
    /// Incidents expected at the provincial rates.
    #[schema(required)]
    expected: Option<f64>,
    /// Its part of the severity-weighted ratio minus one; null where it is not rated, and for the public.
    #[schema(required)]
    contribution: Option<f64>,
}

/// The components of an area's rating, as the role may see them.
pub(crate) fn components(assessed: &AssessedLevel, row: &AreaRow<'_>) -> Vec<ComponentAnswer> {
    let scheme = assessed.scheme();
    let answer = |part: &ComponentAssessment| {
        let component = scheme.components.at(part.component)?;
        Some(ComponentAnswer::of(component, part, assessed.viewer.role()))
    };
    row.assessment.components.iter().filter_map(answer).collect()
}

impl ComponentAnswer {
    fn of(component: &Component, part: &ComponentAssessment, role: Role) -> Self {
        let public = Self::public(component, part);
        if role.sees_small_counts() { Self { contribution: part.contribution, ..public } } else { public }
    }

    /// The part without its contribution, from which counts by severity could be read.
    fn public(component: &Component, part: &ComponentAssessment) -> Self {
        let ComponentAssessment {
            component: _,
            use_in_grade: _,
            exposure,
            in_total,
            observed,
            expected,
            contribution: _,
        } = part;
        let ComponentExposure { kind, value } = *exposure;
        Self {
            id: component.id.clone(),
            name: component.names.clone(),
            rated: component.use_in_grade == ComponentUse::Rated,
            exposure: kind,
            exposure_value: value,
            exposure_unit: kind.unit(),
            reason: exposure.fault(),
            in_total: *in_total == InTotal::Counted,
            observed: *observed,
            expected: *expected,
            contribution: None,
        }
    }
}
