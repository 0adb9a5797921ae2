//! One area: its row, its components, its models, its years.

use serde_json::{Map, Value as Json, json};

use super::chance::trend;
use super::geometry::rounded;
use super::ratings::{row_members, shares};
use super::statutory::{Detail, statutory};
use super::{AssessedLevel, heading, object};
use crate::assessment::ModelDensity;
use crate::assessment::trend::series::{AreaAt, by_year};
use crate::domain::time::period::PeriodDates;
use crate::tile::area_row::AreaRow;

/// All that is known of the area at an index of the level.
pub(crate) fn area(assessed: &AssessedLevel, area_index: usize) -> Option<Json> {
    let (edition_data, areas) = (assessed.edition_data()?, assessed.areas()?);
    let (area, assessment) = (areas.areas.get(area_index)?, assessed.assessment.rows.get(area_index)?);
    let row = AreaRow { area, level: assessed.assessment.level, assessment, role: assessed.role };
    let at = AreaAt { snapshot: assessed.snapshot(), edition_data, areas, area_index };
    let mut document = heading(assessed.snapshot(), &assessed.requested);
    document.insert("level".into(), json!(row.level));
    document.insert("area".into(), Json::Object(row_members(&row)));
    document.insert("components".into(), components(assessed, &row));
    document.insert("trend".into(), trend(assessed, row.assessment));
    document.insert("models".into(), models(assessed, &row));
    document.insert("certification".into(), shares(&row.assessment.certification));
    document.insert("statutory".into(), statutory(assessed, area_index, Detail::Summary));
    document.insert("series".into(), series(&at, assessed));
    document.insert("label".into(), json!([rounded(area.label.0), rounded(area.label.1)]));
    document.insert("bounds".into(), json!(area.bounds.map(rounded)));
    Some(Json::Object(document))
}

/// The components of the rating: what is measured against what, and why one is not rated.
pub(super) fn components(assessed: &AssessedLevel, row: &AreaRow<'_>) -> Json {
    let scheme = assessed.scheme();
    let entry = |part: &crate::assessment::ComponentAssessment| {
        let component = scheme.components.get(part.component)?;
        Some(json!({
            "id": component.id,
            "name": component.names,
            "rated": component.use_in_grade == crate::domain::rules::scheme::ComponentUse::Rated,
            "exposure": part.exposure.kind.as_str(),
            "exposure_value": part.exposure.value,
            "exposure_unit": part.exposure.kind.unit().as_str(),
            "reason": part.exposure.fault(),
            "observed": part.observed,
            "expected": part.expected,
            "contribution": part.contribution,
        }))
    };
    row.assessment.components.iter().filter_map(entry).collect()
}

fn models(assessed: &AssessedLevel, row: &AreaRow<'_>) -> Json {
    let mut members = densities(&row.assessment.models);
    members.insert("total".into(), json!(row.assessment.models.active));
    members.insert("by_kind".into(), by_kind(assessed, &row.assessment.models_by_kind));
    Json::Object(members)
}

/// Counts and densities by kind of model, those of zero left out.
pub(super) fn by_kind(assessed: &AssessedLevel, kinds: &[ModelDensity]) -> Json {
    let kinds = assessed.snapshot().rules.model_kinds.iter().zip(kinds).filter(|(_, density)| density.active > 0);
    let entry = kinds.map(|(kind, density)| {
        let mut members = densities(density);
        members.insert("kind".into(), json!(kind.id));
        members.insert("name".into(), json!(kind.names));
        members.insert("count".into(), json!(density.active));
        Json::Object(members)
    });
    entry.collect()
}

/// The four densities, as far as they exist and the role may see them.
pub(super) fn densities(density: &ModelDensity) -> Map<String, Json> {
    object([
        ("per_10k_residents", json!(density.per_10k_residents)),
        ("per_km2", json!(density.per_km2)),
        ("per_residential_area", json!(density.per_residential_area)),
        ("residential_areas_served", json!(density.residential_areas_served)),
        ("coverage", json!(density.coverage)),
    ])
}

/// Counts of the years of statistics, which end in December of the year they are called by.
fn series(at: &AreaAt<'_>, assessed: &AssessedLevel) -> Json {
    let years = by_year(at, &assessed.requested.filter, assessed.served.visibility(assessed.role));
    let year = years.into_iter().map(|year| {
        let dates = PeriodDates::from(year.window.period);
        json!({
            "year": dates.to.year(),
            "window": { "id": year.window.id, "from": dates.from, "to": dates.to },
            "incidents": year.incidents,
        })
    });
    year.collect()
}
