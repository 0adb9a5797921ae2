//! The tilesets: the list of all, with the address of each TileJSON, and what OGC API – Tiles says of each.
//!
//! In: a role, the TileJSON of a tileset. Out: the documents. A collection has the name of its tileset, alone or with an
//! edition (`communes-2025-07`); `map` holds all.
//!
//! # Reference
//! OGC API – Tiles – Part 1: Core (20-057), OGC Two Dimensional Tile Matrix Set and Tile Set Metadata (17-083r4).

use std::collections::BTreeMap;

use serde::Serialize;
use utoipa::ToSchema;

use super::link::TypedLink;
use super::tile_collection::TileCollection;
use super::tile_matrix_set::{CRS, DEFINITION, TILING_SCHEME, WEB_MERCATOR_QUAD, route};
use crate::domain::role::Role;
use crate::domain::text::Language;
use crate::service::live::ServedSnapshot;
use crate::tile::LonLatBounds;
use crate::tile::tilejson::{TileJson, VectorLayer};
use crate::tile::tileset::Tileset;

/// The media type of vector tiles.
const MVT: &str = "application/vnd.mapbox-vector-tile";
/// Degrees, longitude first.
const CRS84: &str = "http://www.opengis.net/def/crs/OGC/1.3/CRS84";

/// What a tileset holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub(crate) enum TileDataType {
    /// Features with attributes.
    Vector,
}

/// The tilesets that the role may have.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub(crate) struct TilesetsAnswer {
    /// Whether the served data is the invented sample.
    sample: bool,
    /// The state of the data; it grows with every change.
    epoch: u64,
    /// The tilesets.
    tilesets: Vec<TilesetEntry>,
    /// This list.
    links: Vec<TypedLink>,
}

/// One tileset.
#[derive(Debug, Clone, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub(crate) struct TilesetEntry {
    /// The name in addresses.
    id: Tileset,
    /// The name for people.
    title: String,
    /// The address of its TileJSON.
    url: String,
    /// What it holds.
    data_type: TileDataType,
    /// The reference system of its tiles.
    crs: &'static str,
    /// The definition of the scheme of its tiles.
    #[serde(rename = "tileMatrixSetURI")]
    tile_matrix_set_uri: &'static str,
    /// What OGC API – Tiles says of it, its TileJSON, its scheme.
    links: Vec<TypedLink>,
}

impl TilesetEntry {
    /// The tileset as the collection of an id.
    fn of(tileset: Tileset, id: &str, language: Language, address: impl Fn(&str) -> String) -> Self {
        let tilejson = address(&tilejson_route(id));
        let title = tileset.title().in_language(language).to_owned();
        let links = vec![
            TypedLink::json("self", address(&metadata_route(id))).titled(title.clone()),
            TypedLink::json(TILING_SCHEME, address(&route())),
            TypedLink::json("describedby", tilejson.clone()).titled("TileJSON"),
        ];
        Self {
            id: tileset,
            title,
            url: tilejson,
            data_type: TileDataType::Vector,
            crs: CRS,
            tile_matrix_set_uri: DEFINITION,
            links,
        }
    }
}

impl TilesetsAnswer {
    /// The tilesets of a role; `address` completes a route to an address.
    pub(crate) fn of(
        served: &ServedSnapshot,
        role: Role,
        language: Language,
        address: impl Fn(&str) -> String,
    ) -> Self {
        let allowed = Tileset::ALL.into_iter().filter(|tileset| tileset.is_allowed_to(role));
        let (sample, epoch) = (served.snapshot.is_sample(), served.state(role).epoch);
        let tilesets = allowed.map(|tileset| TilesetEntry::of(tileset, tileset.as_str(), language, &address)).collect();
        Self { sample, epoch, tilesets, links: TypedLink::here(address("/tiles")) }
    }
}

/// The tilesets of one collection: one, since there is one scheme.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub(crate) struct CollectionTilesets {
    /// The tilesets.
    tilesets: Vec<TilesetEntry>,
    /// This list.
    links: Vec<TypedLink>,
}

impl CollectionTilesets {
    /// The tilesets of the collection of an id.
    pub(crate) fn of(tileset: Tileset, id: &str, language: Language, address: impl Fn(&str) -> String) -> Self {
        let links = TypedLink::here(address(&format!("/collections/{id}/tiles")));
        Self { tilesets: vec![TilesetEntry::of(tileset, id, language, address)], links }
    }
}

/// The route of what OGC API – Tiles says of the tileset of a collection.
fn metadata_route(id: &str) -> String {
    format!("/collections/{id}/tiles/{WEB_MERCATOR_QUAD}")
}

/// The route of the TileJSON of a collection.
fn tilejson_route(id: &str) -> String {
    let TileCollection { tileset, edition } = TileCollection::of(id);
    let edition = edition.map(|edition| format!("?edition={edition}")).unwrap_or_default();
    format!("/tiles/{tileset}{edition}")
}

/// What OGC API – Tiles says of a tileset.
#[derive(Debug, Clone, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub(crate) struct TilesetMetadata {
    /// What it is called.
    title: String,
    /// What the numbers are counted over.
    description: String,
    /// A sentence on the origin of the data.
    attribution: String,
    /// What it holds.
    data_type: TileDataType,
    /// The reference system of its tiles.
    crs: &'static str,
    /// The id of the scheme of its tiles.
    tile_matrix_set_id: &'static str,
    /// The definition of that scheme.
    #[serde(rename = "tileMatrixSetURI")]
    tile_matrix_set_uri: &'static str,
    /// The rows and columns that can hold something, by zoom.
    tile_matrix_set_limits: Vec<TileMatrixLimits>,
    /// The box around all that the tiles hold.
    bounding_box: BoundingBox,
    /// Where to begin.
    center_point: CenterPoint,
    /// The layers of a tile.
    layers: Vec<TilesetLayer>,
    /// The tiles, their scheme, the TileJSON.
    links: Vec<TypedLink>,
}

/// The rows and columns of a zoom that can hold something.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub(crate) struct TileMatrixLimits {
    /// The zoom.
    tile_matrix: String,
    /// The northernmost row.
    min_tile_row: u32,
    /// The southernmost row.
    max_tile_row: u32,
    /// The westernmost column.
    min_tile_col: u32,
    /// The easternmost column.
    max_tile_col: u32,
}

/// A box in degrees.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub(crate) struct BoundingBox {
    /// West and south.
    lower_left: [f64; 2],
    /// East and north.
    upper_right: [f64; 2],
    /// The reference system of the corners.
    crs: &'static str,
}

/// A place to begin at.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub(crate) struct CenterPoint {
    /// Longitude and latitude.
    coordinates: [f64; 2],
    /// The reference system of the coordinates.
    crs: &'static str,
    /// The zoom to begin with.
    tile_matrix: String,
}

/// One layer of a tileset.
#[derive(Debug, Clone, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub(crate) struct TilesetLayer {
    /// The name of the layer in tiles.
    id: Tileset,
    /// What it is called.
    title: String,
    /// What it holds.
    data_type: TileDataType,
    /// 0 for points, 2 for areas.
    geometry_dimension: u8,
    /// The first zoom at which it can hold something.
    min_tile_matrix: String,
    /// The last zoom at which there are tiles.
    max_tile_matrix: String,
    /// Its attributes.
    properties_schema: PropertiesSchema,
}

/// The attributes of a layer as a JSON schema.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub(crate) struct PropertiesSchema {
    /// An object.
    #[serde(rename = "type")]
    schema_type: SchemaWord,
    /// The attributes by their names.
    properties: BTreeMap<String, PropertyType>,
}

/// The type of an attribute.
#[derive(Debug, Clone, Copy, Serialize, ToSchema)]
pub(crate) struct PropertyType {
    /// The type.
    #[serde(rename = "type")]
    schema_type: SchemaWord,
}

/// A type of JSON schema.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub(crate) enum SchemaWord {
    /// Members with names.
    Object,
    /// A text.
    String,
    /// A number.
    Number,
}

impl TilesetMetadata {
    /// What is said of the tileset of a collection, from its TileJSON.
    pub(crate) fn of(id: &str, described: &TileJson, address: impl Fn(&str) -> String) -> Self {
        let (bounds, (center, zoom)) = (described.bounds(), described.center());
        let template = described.template();
        let query = template.split_once('?').map_or("", |(_, query)| query);
        // The id of the collection says it already.
        let edition = TileCollection::of(id).edition.map(|edition| format!("edition={edition}&"));
        let query = edition.and_then(|edition| query.strip_prefix(edition.as_str())).unwrap_or(query);
        let tiles = format!("{}/{{tileMatrix}}/{{tileRow}}/{{tileCol}}?{query}", metadata_route(id));
        let mut links = TypedLink::here(address(&metadata_route(id)));
        links.extend([
            TypedLink::typed("item", MVT, address(&tiles)).templated(),
            TypedLink::json(TILING_SCHEME, address(&route())),
            TypedLink::json("describedby", address(&tilejson_route(id))).titled("TileJSON"),
        ]);
        Self {
            title: described.name().to_owned(),
            description: described.description().to_owned(),
            attribution: described.attribution().to_owned(),
            data_type: TileDataType::Vector,
            crs: CRS,
            tile_matrix_set_id: WEB_MERCATOR_QUAD,
            tile_matrix_set_uri: DEFINITION,
            tile_matrix_set_limits: described.zooms().map(|zoom| TileMatrixLimits::of(bounds, zoom)).collect(),
            bounding_box: BoundingBox {
                lower_left: [bounds.west, bounds.south],
                upper_right: [bounds.east, bounds.north],
                crs: CRS84,
            },
            center_point: CenterPoint {
                coordinates: [center.lon, center.lat],
                crs: CRS84,
                tile_matrix: zoom.to_string(),
            },
            layers: described.layers().iter().map(TilesetLayer::of).collect(),
            links,
        }
    }
}

impl TileMatrixLimits {
    fn of(bounds: LonLatBounds, zoom: u8) -> Self {
        let side = 1_u32 << zoom;
        // What lies on the eastern or southern edge of the world belongs to its last tile.
        let tile = |share: f64| ((share * f64::from(side)).floor().max(0.0) as u32).min(side - 1);
        let (first, last) = (bounds.north_west().to_world(), bounds.south_east().to_world());
        Self {
            tile_matrix: zoom.to_string(),
            min_tile_row: tile(first.y),
            max_tile_row: tile(last.y),
            min_tile_col: tile(first.x),
            max_tile_col: tile(last.x),
        }
    }
}

impl TilesetLayer {
    fn of(layer: &VectorLayer) -> Self {
        let (least, most) = layer.zooms();
        let property = |(name, word): (&String, &&str)| {
            let schema_type = if *word == "Number" { SchemaWord::Number } else { SchemaWord::String };
            (name.clone(), PropertyType { schema_type })
        };
        Self {
            id: layer.id(),
            title: layer.description().to_owned(),
            data_type: TileDataType::Vector,
            geometry_dimension: if layer.id().level().is_some() { 2 } else { 0 },
            min_tile_matrix: least.to_string(),
            max_tile_matrix: most.to_string(),
            properties_schema: PropertiesSchema {
                schema_type: SchemaWord::Object,
                properties: layer.fields().iter().map(property).collect(),
            },
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn limits_hold_the_tiles_of_the_box() {
        let bounds = LonLatBounds { west: 107.2, south: 14.9, east: 112.7, north: 16.3 };
        let limits = |zoom| {
            let TileMatrixLimits { min_tile_row, max_tile_row, min_tile_col, max_tile_col, .. } =
                TileMatrixLimits::of(bounds, zoom);
            (min_tile_row, max_tile_row, min_tile_col, max_tile_col)
        };
        assert_eq!(limits(0), (0, 0, 0, 0));
        // By hand: (107.2 + 180) / 360 · 256 = 204.2; (112.7 + 180) / 360 · 256 = 208.1.
        assert_eq!((limits(8).2, limits(8).3), (204, 208));
        let world = LonLatBounds { west: -180.0, south: -85.06, east: 180.0, north: 85.06 };
        let TileMatrixLimits { max_tile_row, max_tile_col, .. } = TileMatrixLimits::of(world, 3);
        assert_eq!((max_tile_row, max_tile_col), (7, 7));
    }
}
