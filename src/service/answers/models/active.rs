//! Community models: where they stand, or how many there are in each area.

use serde_json::{Map, Value as Json, json};

use crate::assessment::density::{active_models, reference_day};
use crate::domain::model::CommunityModel;
use crate::service::answers::areas::model_density::by_kind;
use crate::service::answers::geometry::point;
use crate::service::answers::{AssessedLevel, heading};

/// Active models as GeoJSON points; those known only by their area have no geometry.
pub(crate) fn places(assessed: &AssessedLevel) -> Json {
    let mut document = opening(assessed);
    document.insert("type".into(), json!("FeatureCollection"));
    let (Some(edition_data), Some(areas)) = (assessed.edition_data(), assessed.areas()) else {
        document.insert("features".into(), json!([]));
        return Json::Object(document);
    };
    let day = reference_day(assessed.requested.filter.period);
    let features: Vec<Json> = active_models(assessed.snapshot(), edition_data, areas, day)
        .map(|(area, model)| feature(model, areas.areas.get(area).map(|area| area.code.as_str())))
        .collect();
    document.insert("features".into(), json!(features));
    Json::Object(document)
}

fn feature(model: &CommunityModel, code: Option<&str>) -> Json {
    let (reviewed_on, review) = model.review.unzip();
    json!({
        "type": "Feature",
        "id": model.id,
        "geometry": model.position.map(|at| point(at.lon(), at.lat())),
        "properties": {
            "id": model.id,
            "kind": model.kind,
            "code": code,
            "origin": model.origin,
            "parent_id": model.parent_id,
            "started_on": model.started_on,
            "ended_on": model.ended_on,
            "reviewed_on": reviewed_on,
            "review": review,
        },
    })
}

/// How many models are active in each area, by kind.
pub(crate) fn counts(assessed: &AssessedLevel) -> Json {
    let mut document = opening(assessed);
    let areas: Vec<Json> = assessed
        .rows()
        .map(|row| {
            json!({
                "code": row.area.code,
                "name": row.area.name,
                "level": row.level,
                "models": row.assessment.models.active,
                "by_kind": by_kind(assessed, &row.assessment.models_by_kind),
            })
        })
        .collect();
    document.insert("areas".into(), json!(areas));
    Json::Object(document)
}

fn opening(assessed: &AssessedLevel) -> Map<String, Json> {
    let mut document = heading(assessed.snapshot(), &assessed.requested);
    document.insert("on".into(), json!(reference_day(assessed.requested.filter.period).date()));
    document.insert("total".into(), json!(assessed.assessment.totals.models));
    document
}
