//! Areas as a GeoJSON feature collection.

use serde_json::{Value as Json, json};

use super::geometry::{GeometryDetail, geometry};
use super::{AssessedLevel, heading};
use crate::tile::area_row::area_properties;

/// Every area of the level as a feature, with as much shape as was requested.
pub(crate) fn feature_collection(assessed: &AssessedLevel, shape: GeometryDetail) -> Json {
    let features: Vec<Json> = assessed
        .rows()
        .enumerate()
        .map(|(area_index, row)| {
            json!({
                "type": "Feature",
                "id": row.area.code,
                "geometry": assessed.areas().map_or(Json::Null, |areas| geometry(areas, area_index, shape)),
                "properties": area_properties(&row),
            })
        })
        .collect();
    let mut document = heading(assessed.snapshot(), &assessed.requested);
    document.insert("type".into(), json!("FeatureCollection"));
    document.insert("level".into(), json!(assessed.assessment.level));
    document.insert("features".into(), json!(features));
    Json::Object(document)
}
