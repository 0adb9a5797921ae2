//! TileJSON 3.0: what a tileset is, where its tiles are, what its layers carry.

use serde_json::{Map, Value as Json, json};

use super::content::incident_squares;
use super::fields::layer_fields;
use super::tileset::Tileset;
use super::{MAX_ZOOM, MIN_ZOOM};
use crate::attributes::Selection;
use crate::domain::role::Role;
use crate::domain::text::Language;

/// What a TileJSON document says beside the fixed parts.
#[derive(Debug, Clone)]
pub struct TileJsonRequest<'a> {
    /// Which tiles the document describes.
    pub tileset: Tileset,
    /// The attributes of areas that are requested.
    pub selection: Selection,
    /// The role of the viewer.
    pub role: Role,
    /// The side of the squares in which the role sees incidents if it sees no points, in metres.
    pub square_m: f64,
    /// The language of names.
    pub language: Language,
    /// The template of the tile addresses, with the filter and the epoch.
    pub tiles_url: &'a str,
    /// The epoch, which is the version of the tiles.
    pub epoch: u64,
    /// West, south, east, north in degrees.
    pub bounds: [f64; 4],
    /// A sentence on the origin of the data.
    pub attribution: &'a str,
    /// What the numbers are counted over.
    pub description: &'a str,
}

/// The TileJSON document.
pub fn tile_json(request: &TileJsonRequest<'_>) -> Json {
    let [west, south, east, north] = request.bounds;
    let layers = request.tileset.parts(request.role).into_iter().map(|layer| vector_layer(layer, request));
    json!({
        "tilejson": "3.0.0",
        "name": format!("Bình Yên: {}", request.tileset.title().in_language(request.language)),
        "description": request.description,
        "version": format!("1.0.{}", request.epoch),
        "scheme": "xyz",
        "tiles": [request.tiles_url],
        "minzoom": first_zoom(request.tileset, request),
        "maxzoom": MAX_ZOOM,
        "bounds": request.bounds,
        "center": [f64::midpoint(west, east), f64::midpoint(south, north), 8],
        "attribution": request.attribution,
        "vector_layers": layers.collect::<Vec<_>>(),
    })
}

/// The first zoom at which a layer can hold something for the role.
fn first_zoom(layer: Tileset, request: &TileJsonRequest<'_>) -> u8 {
    let has_squares = layer == Tileset::Incidents && !request.role.sees_incident_points();
    if has_squares { incident_squares::first_zoom(request.square_m).unwrap_or(MAX_ZOOM) } else { MIN_ZOOM }
}

fn vector_layer(layer: Tileset, request: &TileJsonRequest<'_>) -> Json {
    // The bare word of the type: by it GDAL types a field. What the fields mean is said by /meta.
    let fields: Map<String, Json> = layer_fields(layer, request.role, request.selection)
        .into_iter()
        .map(|field| (field.name.to_owned(), Json::from(field.value_type.tilejson_word())))
        .collect();
    json!({
        "id": layer.as_str(),
        "description": layer.title().en,
        "minzoom": first_zoom(layer, request),
        "maxzoom": MAX_ZOOM,
        "fields": fields,
    })
}
