//! The classes of an explanation: one component and severity each, with its part in the rating of an area.

use serde::Serialize;
use utoipa::ToSchema;

use crate::assessment::explanation::{ExplainedClass, Explanation};
use crate::domain::area::exposure::{ExposureKind, ExposureUnit};
use crate::domain::rules::scheme::ComponentUse;
use crate::domain::text::Names;
use crate::service::answers::AssessedLevel;

/// One component and severity, with its part in the rating of the area.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub(crate) struct ClassAnswer {
    /// The id of the component in its scheme.
    pub(crate) component: String,
    /// Its name for people.
    pub(crate) component_name: Names,
    /// Whether it takes part in the grade.
    pub(crate) rated: bool,
    /// The id of the severity.
    pub(crate) severity: String,
    /// Its name for people.
    pub(crate) severity_name: Names,
    /// What the component is measured against.
    exposure: ExposureKind,
    /// How much of it there is; null where a commune of the area has no figure.
    #[schema(required)]
    pub(crate) exposure_value: Option<f64>,
    /// What the exposure is counted in.
    exposure_unit: ExposureUnit,
    /// Points of one event.
    pub(crate) weight: f64,
    /// Events per person-year that are expected; null where the exposure is counted otherwise.
    #[schema(required)]
    pub(crate) rate_per_person_year: Option<f64>,
    /// Events per kilometre and year that are expected; null where the exposure is counted otherwise.
    #[schema(required)]
    pub(crate) rate_per_km_year: Option<f64>,
    /// Events counted in the area; null, as the next two, where the area has no exposure.
    #[schema(required)]
    pub(crate) observed: Option<f64>,
    /// Events expected in the area.
    #[schema(required)]
    pub(crate) expected: Option<f64>,
    /// Weight × (observed − expected) / expected score.
    #[schema(required)]
    pub(crate) contribution: Option<f64>,
    /// The contribution over that of all classes.
    #[schema(required)]
    share_of_excess: Option<f64>,
}

/// The classes of an explanation.
pub(super) fn classes(assessed: &AssessedLevel, explained: &Explanation) -> Vec<ClassAnswer> {
    let excess = explained.classes.iter().filter_map(|class| class.contribution).sum();
    explained.classes.iter().filter_map(|class| ClassAnswer::of(assessed, class, excess)).collect()
}

impl ClassAnswer {
    fn of(assessed: &AssessedLevel, class: &ExplainedClass, excess: f64) -> Option<Self> {
        let component = assessed.scheme().components.at(class.component)?;
        let severity = assessed.snapshot().taxonomy.severities.get(class.severity.index())?;
        let unit = class.exposure.kind.unit();
        Some(Self {
            component: component.id.clone(),
            component_name: component.names.clone(),
            rated: component.use_in_grade == ComponentUse::Rated,
            severity: severity.id.clone(),
            severity_name: severity.names(),
            exposure: class.exposure.kind,
            exposure_value: class.exposure.value,
            exposure_unit: unit,
            weight: class.weight,
            rate_per_person_year: (unit == ExposureUnit::PersonYears).then_some(class.rate),
            rate_per_km_year: (unit == ExposureUnit::KmYears).then_some(class.rate),
            observed: class.observed,
            expected: class.expected,
            contribution: class.contribution,
            share_of_excess: class.contribution.filter(|_| excess != 0.0).map(|part| part / excess),
        })
    }
}
