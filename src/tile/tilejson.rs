//! TileJSON 3.0: what a tileset is, where its tiles are, what its layers carry.
//!
//! In: a tileset, a selection of attributes, a role. Out: the document; its fields are the attributes that the role
//! gets.

use std::collections::BTreeMap;

use serde::Serialize;
use utoipa::ToSchema;

use super::content::incident_squares;
use super::fields::layer_fields;
use super::tileset::Tileset;
use super::{MAX_ZOOM, MIN_ZOOM};
use crate::attributes::Selection;
use crate::domain::role::Role;
use crate::domain::text::Language;
use crate::geometry::projection::{LonLat, LonLatBounds};
use crate::texts::PRODUCT_NAME;

/// The zoom at which the whole province fits a screen.
const FIRST_SHOWN_ZOOM: u8 = 8;

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
    /// The box around all areas, islands far out included.
    pub bounds: LonLatBounds,
    /// Where a map begins: the middle of the areas without those far out.
    pub middle: LonLat,
    /// A sentence on the origin of the data.
    pub attribution: &'a str,
    /// What the numbers are counted over.
    pub description: &'a str,
    /// Whether the served data is the invented sample.
    pub is_sample: bool,
    /// What the squares count, where the tiles hold any.
    pub squares: Option<CountedSquares>,
}

/// What squares of incidents count: they answer a closed list of questions, and to any other filter the nearest of them.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct CountedSquares {
    /// The id of the window.
    pub window: String,
    /// The id of the component of the default scheme; null for all reported categories.
    #[schema(required)]
    pub component: Option<String>,
    /// Whether that is what was requested.
    pub as_requested: bool,
}

/// What a tileset is, by TileJSON 3.0.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
pub struct TileJson {
    /// The version of TileJSON.
    tilejson: &'static str,
    /// The name for people.
    name: String,
    /// What the numbers are counted over.
    description: String,
    /// The version of the tiles, which ends in the epoch.
    version: String,
    /// How rows are numbered: from the north.
    scheme: TileScheme,
    /// The templates of the tile addresses.
    tiles: [String; 1],
    /// The first zoom at which a tile can hold something.
    minzoom: u8,
    /// The last zoom that is drawn.
    maxzoom: u8,
    /// West, south, east, north in degrees.
    #[schema(min_items = 4, max_items = 4)]
    bounds: [f64; 4],
    /// Longitude and latitude in degrees, and a zoom, to begin with.
    #[schema(value_type = [f64; 3], min_items = 3, max_items = 3)]
    center: (f64, f64, u8),
    /// A sentence on the origin of the data.
    attribution: String,
    /// The layers of a tile.
    vector_layers: Vec<VectorLayer>,
    /// Whether the served data is the invented sample.
    sample: bool,
    /// What the squares of incidents count; absent where the tiles hold none.
    #[serde(skip_serializing_if = "Option::is_none")]
    squares: Option<CountedSquares>,
}

/// How the rows of a tileset are numbered.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum TileScheme {
    /// From the north.
    Xyz,
}

/// One layer of a tileset.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct VectorLayer {
    /// The name of the layer.
    id: Tileset,
    /// What it holds, in English.
    description: String,
    /// The first zoom at which it can hold something.
    minzoom: u8,
    /// The last zoom that is drawn.
    maxzoom: u8,
    /// The type of every field, `Number` or `String`.
    fields: BTreeMap<String, &'static str>,
}

impl TileJson {
    /// The description of a tileset.
    pub fn of(request: &TileJsonRequest<'_>) -> Self {
        let middle = request.middle;
        let layers = request.tileset.parts(request.role).into_iter();
        Self {
            tilejson: "3.0.0",
            name: format!("{PRODUCT_NAME}: {}", request.tileset.title().in_language(request.language)),
            description: request.description.to_owned(),
            version: format!("1.0.{}", request.epoch),
            scheme: TileScheme::Xyz,
            tiles: [request.tiles_url.to_owned()],
            minzoom: first_zoom(request.tileset, request),
            maxzoom: MAX_ZOOM,
            bounds: request.bounds.into(),
            center: (middle.lon, middle.lat, FIRST_SHOWN_ZOOM),
            attribution: request.attribution.to_owned(),
            vector_layers: layers.map(|layer| VectorLayer::of(layer, request)).collect(),
            sample: request.is_sample,
            squares: request.squares.clone(),
        }
    }
}

/// What a file that holds all tiles says of them: the members of TileJSON that mean something without a server.
#[derive(Debug, Clone, Serialize)]
pub struct ArchiveDescription<'a> {
    /// The name for people.
    pub name: &'a str,
    /// What the numbers are counted over.
    pub description: &'a str,
    /// The version of the tiles.
    pub version: &'a str,
    /// That the tiles lie over a map of something else.
    #[serde(rename = "type")]
    pub kind: &'static str,
    /// A sentence on the origin of the data.
    pub attribution: &'a str,
    /// The layers of a tile.
    pub vector_layers: &'a [VectorLayer],
    /// Whether the data is the invented sample.
    pub sample: bool,
    /// The box around the areas.
    #[serde(skip)]
    pub bounds: LonLatBounds,
    /// Where to begin.
    #[serde(skip)]
    pub centre: LonLat,
    /// The zoom to begin with.
    #[serde(skip)]
    pub centre_zoom: u8,
}

impl TileJson {
    /// What it says in a file that holds all tiles.
    pub fn in_archive(&self) -> ArchiveDescription<'_> {
        let [west, south, east, north] = self.bounds;
        let (lon, lat, centre_zoom) = self.center;
        ArchiveDescription {
            name: &self.name,
            description: &self.description,
            version: &self.version,
            kind: "overlay",
            attribution: &self.attribution,
            vector_layers: &self.vector_layers,
            sample: self.sample,
            bounds: LonLatBounds { west, south, east, north },
            centre: LonLat::new(lon, lat),
            centre_zoom,
        }
    }

    /// The same of tiles that end at other zooms.
    #[must_use]
    pub fn between_zooms(self, first: u8, last: u8) -> Self {
        let cut = |zoom: u8| zoom.clamp(first, last);
        let layer =
            |layer: VectorLayer| VectorLayer { minzoom: cut(layer.minzoom), maxzoom: cut(layer.maxzoom), ..layer };
        Self {
            minzoom: cut(self.minzoom),
            maxzoom: cut(self.maxzoom),
            vector_layers: self.vector_layers.into_iter().map(layer).collect(),
            ..self
        }
    }
}

/// What documents of other standards repeat of a tileset.
impl TileJson {
    /// The name for people.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// What the numbers are counted over.
    pub fn description(&self) -> &str {
        &self.description
    }

    /// A sentence on the origin of the data.
    pub fn attribution(&self) -> &str {
        &self.attribution
    }

    /// The template of the tile addresses.
    pub fn template(&self) -> &str {
        let [template] = &self.tiles;
        template
    }

    /// The zooms at which there are tiles.
    pub fn zooms(&self) -> impl Iterator<Item = u8> + use<> {
        self.minzoom..=self.maxzoom
    }

    /// The box around all areas.
    pub fn bounds(&self) -> LonLatBounds {
        let [west, south, east, north] = self.bounds;
        LonLatBounds { west, south, east, north }
    }

    /// Where a map begins, and at which zoom.
    pub fn center(&self) -> (LonLat, u8) {
        let (lon, lat, zoom) = self.center;
        (LonLat::new(lon, lat), zoom)
    }

    /// The layers of a tile.
    pub fn layers(&self) -> &[VectorLayer] {
        &self.vector_layers
    }
}

/// The first zoom at which a layer can hold something for the role.
fn first_zoom(layer: Tileset, request: &TileJsonRequest<'_>) -> u8 {
    let has_squares = layer == Tileset::Incidents && !request.role.sees_incident_points();
    if has_squares { incident_squares::first_zoom(request.square_m).unwrap_or(MAX_ZOOM) } else { MIN_ZOOM }
}

impl VectorLayer {
    /// The name of the layer.
    pub fn id(&self) -> Tileset {
        self.id
    }

    /// What it holds, in English.
    pub fn description(&self) -> &str {
        &self.description
    }

    /// The first and the last zoom at which it can hold something.
    pub fn zooms(&self) -> (u8, u8) {
        (self.minzoom, self.maxzoom)
    }

    /// The type of every field.
    pub fn fields(&self) -> &BTreeMap<String, &'static str> {
        &self.fields
    }

    fn of(layer: Tileset, request: &TileJsonRequest<'_>) -> Self {
        // The bare word of the type: by it GDAL types a field. What the fields mean is said by /meta.
        let fields = layer_fields(layer, request.role, request.selection).into_iter();
        Self {
            id: layer,
            description: layer.title().en,
            minzoom: first_zoom(layer, request),
            maxzoom: MAX_ZOOM,
            fields: fields.map(|field| (field.name.to_owned(), field.value_type.tilejson_word())).collect(),
        }
    }
}
