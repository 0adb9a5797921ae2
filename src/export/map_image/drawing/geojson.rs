//! The GeoJSON that styles hold: sea, land, borders, points for names.
//!
//! In: a geometry, a feature or a collection. Out: shapes in degrees with their properties.

use serde_json::Value as Json;

use crate::export::map_image::style::expression::{ExpressionValue, Geometry, Properties};
use crate::tile::LonLat;

/// Points in degrees, joined or alone.
pub(in crate::export::map_image) type Line = Vec<LonLat>;

/// A shape in degrees.
#[derive(Debug, Clone, PartialEq)]
pub(in crate::export::map_image) struct GeoJsonShape {
    pub(in crate::export::map_image) geometry: Geometry,
    /// Points alone, lines, or rings.
    pub(in crate::export::map_image) lines: Vec<Line>,
    pub(in crate::export::map_image) properties: Properties,
}

/// All shapes of a GeoJSON value.
pub(in crate::export::map_image) fn shapes(json: &Json) -> Result<Vec<GeoJsonShape>, String> {
    match json["type"].as_str() {
        Some("FeatureCollection") => {
            let features = json["features"].as_array().ok_or("a collection has features")?;
            features.iter().map(feature).collect()
        }
        Some("Feature") => Ok(vec![feature(json)?]),
        Some(_) => Ok(vec![shape(json, Properties::new())?]),
        None => Err("what a source holds is no GeoJSON".to_owned()),
    }
}

fn feature(json: &Json) -> Result<GeoJsonShape, String> {
    let members = json["properties"].as_object().into_iter().flatten();
    let properties = members.filter_map(|(name, value)| Some((name.clone(), property(value)?))).collect();
    shape(&json["geometry"], properties)
}

fn property(json: &Json) -> Option<ExpressionValue> {
    match json {
        Json::String(text) => Some(ExpressionValue::Text(text.clone())),
        Json::Number(number) => number.as_f64().map(ExpressionValue::Number),
        Json::Bool(truth) => Some(ExpressionValue::Truth(*truth)),
        _ => None,
    }
}

fn shape(geometry: &Json, properties: Properties) -> Result<GeoJsonShape, String> {
    let coordinates = &geometry["coordinates"];
    let (geometry, lines) = match geometry["type"].as_str().unwrap_or_default() {
        "Point" => (Geometry::Point, Some(vec![vec![position(coordinates).ok_or("a point has a position")?]])),
        "MultiPoint" => (Geometry::Point, line(coordinates).map(|line| vec![line])),
        "LineString" => (Geometry::Line, line(coordinates).map(|line| vec![line])),
        "MultiLineString" => (Geometry::Line, lines(coordinates)),
        "Polygon" => (Geometry::Polygon, lines(coordinates)),
        "MultiPolygon" => (Geometry::Polygon, polygons(coordinates)),
        other => return Err(format!("{other:?} is no geometry that a style holds")),
    };
    let lines = lines.ok_or("a geometry with other coordinates than its type has")?;
    Ok(GeoJsonShape { geometry, lines, properties })
}

fn position(json: &Json) -> Option<LonLat> {
    Some(LonLat::new(json.get(0)?.as_f64()?, json.get(1)?.as_f64()?))
}

fn line(json: &Json) -> Option<Line> {
    json.as_array()?.iter().map(position).collect()
}

fn lines(json: &Json) -> Option<Vec<Line>> {
    json.as_array()?.iter().map(line).collect()
}

fn polygons(json: &Json) -> Option<Vec<Line>> {
    let polygons: Option<Vec<Vec<Line>>> = json.as_array()?.iter().map(lines).collect();
    polygons.map(|polygons| polygons.into_iter().flatten().collect())
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn features_keep_their_properties_and_rings() {
        let ring = json!([[0, 0], [2, 0], [2, 2], [0, 0]]);
        let collection = json!({"type": "FeatureCollection", "features": [
            {"type": "Feature", "properties": {"kind": "land", "rank": 2, "of": null},
             "geometry": {"type": "MultiPolygon", "coordinates": [[ring], [ring]]}},
            {"type": "Feature", "properties": null, "geometry": {"type": "LineString", "coordinates": [[1, 1], [2, 2]]}},
        ]});
        let found = shapes(&collection).unwrap();
        assert_eq!((found[0].geometry, found[0].lines.len(), found[0].properties.len()), (Geometry::Polygon, 2, 2));
        assert_eq!(found[0].properties["kind"], ExpressionValue::Text("land".to_owned()));
        let line = vec![LonLat::new(1.0, 1.0), LonLat::new(2.0, 2.0)];
        assert_eq!((found[1].geometry, &found[1].lines), (Geometry::Line, &vec![line]));
    }

    #[test]
    fn what_is_no_geojson_is_refused() {
        for wrong in [
            json!(null),
            json!({}),
            json!({"type": "Circle", "coordinates": [1, 2]}),
            json!({"type": "Point", "coordinates": ["a", 2]}),
            json!({"type": "Polygon", "coordinates": [[1, 2], [3, 4]]}),
            json!({"type": "FeatureCollection"}),
        ] {
            assert!(shapes(&wrong).is_err(), "{wrong}");
        }
        assert!(shapes(&json!({"type": "FeatureCollection", "features": []})).unwrap().is_empty());
    }
}
