//! The routes that answer with maps: vector tiles, styles, drawings.

use utoipa::openapi::path::HttpMethod;

use super::route_description::RouteDescription;
use crate::http::answer::{CSV, GEOJSON, JSON, MVT, PMTILES, PNG, SVG, XLSX};
use crate::service::TileJson;
use crate::service::answers::about::listing::{StylesAnswer, TilesetsAnswer};

const MAPS: &str = "maps";
/// The parameters of a drawn map, by their keys.
const MAP_IMAGE: [&str; 9] = ["level", "layer", "area", "fit", "lang", "theme", "width", "height", "legend"];

/// The descriptions of these routes.
pub(super) fn all() -> Vec<RouteDescription> {
    [of_tiles(), of_styles(), of_files(), of_map_images()].into_iter().flatten().collect()
}

fn of_tiles() -> Vec<RouteDescription> {
    vec![
        RouteDescription::new("/tiles", "tilesets", MAPS, "The tilesets that the role may have.")
            .typed::<TilesetsAnswer>(JSON),
        RouteDescription::new("/tiles/{tileset}", "tileset", MAPS, "The TileJSON 3.0 of a tileset under a filter.")
            .described("The template carries the filter, the properties, the epoch and the revision.")
            .with(&["tileset", "properties"])
            .filtered()
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
            .with(&["tileset", "z", "x", "y", "properties", "epoch", "revision", "signature"])
            .filtered()
            .bytes(MVT),
    ]
}

fn of_styles() -> Vec<RouteDescription> {
    vec![
        RouteDescription::new("/styles", "styles", MAPS, "The MapLibre styles there are.").typed::<StylesAnswer>(JSON),
        RouteDescription::new("/styles/{id}", "style", MAPS, "A MapLibre style, or a file that styles draw from.")
            .with(&["styleId"])
            .refused(&[404])
            .object(JSON, "A style by the MapLibre Style Specification, version 8.")
            .object(GEOJSON, "A feature collection (RFC 7946)."),
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
            "`pmtiles` holds tiles and takes `tileset`, `properties` and `max_zoom`; the other formats hold the areas of \
             `level`. The same filters and roles as everywhere: what a role may not see is not in the file.",
        )
        .filtered()
        .with(&["fileFormat", "level", "lang", "properties", "archivedTileset", "maxZoom"])
        .bytes(PMTILES)
        .object(GEOJSON, "A feature collection (RFC 7946).")
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
