//! Areas as a GeoJSON feature collection.

use serde_json::{Value as Json, json};

use super::geometry::{Shape, geometry};
use super::{Assessed, heading};
use crate::tile::layers::area_properties;

/// Every area of the level as a feature, with as much shape as was asked for.
pub(in crate::http) fn feature_collection(assessed: &Assessed, shape: Shape) -> Json {
    let features: Vec<Json> = assessed
        .rows()
        .enumerate()
        .map(|(place, row)| {
            json!({
                "type": "Feature",
                "id": row.area.code,
                "geometry": assessed.areas().map_or(Json::Null, |areas| geometry(areas, place, shape)),
                "properties": area_properties(&row),
            })
        })
        .collect();
    let mut document = heading(assessed.snapshot(), &assessed.asked);
    document.insert("type".into(), json!("FeatureCollection"));
    document.insert("level".into(), json!(assessed.assessment.level));
    document.insert("features".into(), json!(features));
    Json::Object(document)
}
