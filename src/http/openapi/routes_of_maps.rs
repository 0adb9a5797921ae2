//! The routes that answer with maps: vector tiles, styles, drawings.

use utoipa::openapi::path::HttpMethod;

use super::parameters::FILTER;
use super::route_description::RouteDescription;
use crate::http::answer::{
    CSS, CSV, FLATGEOBUF, GEOJSON, HTML, JSON, MVT, PARQUET, PBF, PMTILES, PNG, SQLITE, SVG, TTF, XLSX, XML,
};
use crate::service::TileJson;
use crate::service::answers::maps::styles::{GL_STYLE, StyleMetadata, StylesAnswer};
use crate::service::answers::maps::tile_matrix_set::{TileMatrixSet, TileMatrixSetsAnswer};
use crate::service::answers::maps::tilesets::{CollectionTilesets, TilesetMetadata, TilesetsAnswer};

const MAPS: &str = "maps";
/// Parameters of a style that clients carry over to what it names, by their keys.
const OF_STYLE: [&str; 3] = ["layerOfStyle", "lang", "simple"];
/// The parameters of a drawn map, by their keys.
const MAP_IMAGE: [&str; 9] = ["level", "layer", "area", "fit", "lang", "theme", "width", "height", "legend"];

/// The descriptions of these routes.
pub(super) fn all() -> Vec<RouteDescription> {
    [of_tiles(), of_ogc_tiles(), of_styles(), of_style_parts(), of_files(), of_map_images()]
        .into_iter()
        .flatten()
        .collect()
}

fn of_tiles() -> Vec<RouteDescription> {
    vec![
        RouteDescription::new("/tiles", "tilesets", MAPS, "The tilesets that the role may have.")
            .with(&["formOfLinks", "lang"])
            .typed::<TilesetsAnswer>(JSON)
            .text(HTML),
        RouteDescription::new("/tiles/{tileset}", "tileset", MAPS, "The TileJSON 3.0 of a tileset under a filter.")
            .described("The template carries the filter, the properties, the epoch and the revision.")
            .with(&["tileset", "properties", "jsonForm"])
            .with(&OF_STYLE)
            .filtered()
            .refused(&[501])
            .typed::<TileJson>(JSON),
        RouteDescription::new(
            "/tiles/{tileset}/template",
            "tilesetTemplate",
            MAPS,
            "A TileJSON whose addresses are signed.",
        )
        .described(
            "For programs that cannot send a token: each address of a tile carries a signature that opens the \
                 tileset under this filter to the role of the token, for some hours. Whoever has the address has the \
                 role in these tiles. It is good no longer than the token that asked for it.",
        )
        .with(&["tileset", "properties", "hours"])
        .filtered()
        .refused(&[501])
        .for_planners()
        .uncached()
        .taking(HttpMethod::Post)
        .typed::<TileJson>(JSON),
        RouteDescription::new("/tiles/{tileset}/{z}/{x}/{y}", "tile", MAPS, "A vector tile.")
            .described(
                "An address that names the current epoch and revision is answered as immutable. The header \
                 `Binhyen-Aggregated` says that sums (`cells`, `squares`) stand in place of single incidents.",
            )
            .with(&["tileset", "z", "x", "y", "properties", "epoch", "revision", "signature", "formOfTile"])
            .with(&OF_STYLE)
            .filtered()
            .bytes(MVT),
    ]
}

/// OGC API – Tiles.
fn of_ogc_tiles() -> Vec<RouteDescription> {
    vec![
        RouteDescription::new("/tileMatrixSets", "tileMatrixSets", MAPS, "The schemes of tiles there are.")
            .with(&["formOfLinks", "lang"])
            .typed::<TileMatrixSetsAnswer>(JSON)
            .text(HTML),
        RouteDescription::new("/tileMatrixSets/{tileMatrixSetId}", "tileMatrixSet", MAPS, "A scheme of tiles.")
            .with(&["tileMatrixSetId", "formOfLinks", "lang"])
            .refused(&[404])
            .typed::<TileMatrixSet>(JSON)
            .text(HTML),
        RouteDescription::new(
            "/collections/{tileset}/tiles",
            "tilesetsOfCollection",
            MAPS,
            "Tilesets of a collection.",
        )
        .with(&["tilesOfCollection", "formOfLinks", "lang"])
        .refused(&[403, 404])
        .typed::<CollectionTilesets>(JSON)
        .text(HTML),
        RouteDescription::new(
            "/collections/{tileset}/tiles/{tileMatrixSetId}",
            "tilesetOfCollection",
            MAPS,
            "What OGC API – Tiles says of a tileset under a filter.",
        )
        .with(&["tilesOfCollection", "tileMatrixSetId", "properties", "formOfLinks", "lang"])
        .filtered()
        .refused(&[501])
        .typed::<TilesetMetadata>(JSON)
        .text(HTML),
        RouteDescription::new(
            "/collections/{tileset}/tiles/{tileMatrixSetId}/{z}/{y}/{x}",
            "tileOfCollection",
            MAPS,
            "The same vector tile by its row and column.",
        )
        .with(&[
            "tilesOfCollection",
            "tileMatrixSetId",
            "z",
            "x",
            "y",
            "properties",
            "epoch",
            "revision",
            "signature",
            "formOfTile",
        ])
        .with(&OF_STYLE)
        .filtered()
        .bytes(MVT),
    ]
}

fn of_styles() -> Vec<RouteDescription> {
    vec![
        RouteDescription::new("/styles", "styles", MAPS, "The MapLibre styles there are.")
            .with(&["formOfLinks", "lang"])
            .typed::<StylesAnswer>(JSON)
            .text(HTML),
        RouteDescription::new("/styles/{id}", "style", MAPS, "A MapLibre style, or a file that styles draw from.")
            .described(
                "With the suffix `.qml`, or `f=qml`: the colours and names as layer properties of QGIS, for a layer of \
                 communes.",
            )
            .with(&["styleId", "layerOfStyle", "lang", "simple", "formOfStyle"])
            .filtered()
            .refused(&[501])
            .object(JSON, "A style by the MapLibre Style Specification, version 8.")
            .object(GL_STYLE, "The same, to whoever names this type in `Accept`.")
            .object(GEOJSON, "A feature collection (RFC 7946).")
            .text(XML),
        RouteDescription::new("/styles/{id}/metadata", "styleMetadata", MAPS, "What a style is, and its forms.")
            .with(&["describedStyleId", "formOfLinks", "lang"])
            .refused(&[404])
            .typed::<StyleMetadata>(JSON)
            .text(HTML),
    ]
}

/// What styles load.
fn of_style_parts() -> Vec<RouteDescription> {
    vec![
        RouteDescription::new("/fonts/{fontstack}/{range}", "glyphs", MAPS, "Letters of labels, as styles load them.")
            .described("As `be-vietnam-pro/400.css` and `.ttf` also the same cuts as web fonts.")
            .with(&["fontstack", "range", "formOfStyle", "edition"])
            .with(&FILTER)
            .with(&OF_STYLE)
            .refused(&[404])
            .bytes(PBF)
            .text(CSS)
            .bytes(TTF),
        RouteDescription::new("/sprites/{sprite}", "sprite", MAPS, "The patterns of a style as images.")
            .with(&["sprite", "jsonForm", "edition"])
            .with(&FILTER)
            .with(&OF_STYLE)
            .refused(&[404])
            .object(JSON, "Where each pattern lies in the image, by its name.")
            .bytes(PNG),
    ]
}

fn of_files() -> Vec<RouteDescription> {
    vec![
        RouteDescription::new(
            "/export/{format}",
            "file",
            MAPS,
            "The areas of a level, or all tiles of a map, in one file.",
        )
        .described(
            "`pmtiles` and `mbtiles` hold tiles and take `tileset`, `properties` and `max_zoom`; the other formats hold the \
             areas of `level`. The same filters and roles as everywhere: what a role may not see is not in the file.",
        )
        .filtered()
        .with(&["fileFormat", "level", "lang", "properties", "archivedTileset", "maxZoom"])
        .bytes(PMTILES)
        .bytes(SQLITE)
        .object(GEOJSON, "A feature collection (RFC 7946).")
        .bytes(FLATGEOBUF)
        .bytes(PARQUET)
        .text(CSV)
        .bytes(XLSX),
    ]
}

fn of_map_images() -> Vec<RouteDescription> {
    vec![
        RouteDescription::new("/export/svg", "mapAsSvg", MAPS, "A view as a drawn map with title, legend and sources.")
            .filtered()
            .with(&MAP_IMAGE)
            .with(&["text"])
            .text(SVG),
        RouteDescription::new("/export/png", "mapAsPng", MAPS, "The same drawing in pixels.")
            .filtered()
            .with(&MAP_IMAGE)
            .with(&["scale"])
            .bytes(PNG),
    ]
}
