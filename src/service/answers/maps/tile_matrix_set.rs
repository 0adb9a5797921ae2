//! The scheme of our tiles, as OGC standards describe it: `WebMercatorQuad`, the one that all web maps share.
//!
//! # Reference
//! OGC Two Dimensional Tile Matrix Set and Tile Set Metadata (17-083r4), annex D.1.

use serde::Serialize;
use utoipa::ToSchema;

use super::link::TypedLink;

/// The id of the scheme.
pub(crate) const WEB_MERCATOR_QUAD: &str = "WebMercatorQuad";
/// The definition of the scheme.
pub(super) const DEFINITION: &str = "http://www.opengis.net/def/tilematrixset/OGC/1.0/WebMercatorQuad";
/// Web Mercator.
pub(super) const CRS: &str = "http://www.opengis.net/def/crs/EPSG/0/3857";
/// The relation of a scheme to tiles in it.
pub(super) const TILING_SCHEME: &str = "http://www.opengis.net/def/rel/ogc/1.0/tiling-scheme";
/// The scales that the scheme has in common with others.
const WELL_KNOWN_SCALES: &str = "http://www.opengis.net/def/wkss/OGC/1.0/GoogleMapsCompatible";
/// The last matrix of the standard; ours hold tiles up to 16.
const LAST_MATRIX: u32 = 24;
/// Half of the side of the world in metres: π times the radius of WGS 84.
const HALF_WORLD_M: f64 = 20_037_508.342_789_244;
/// The side of a tile in the pixels by which the standard counts.
const TILE_PX: u32 = 256;
/// The side of the pixel by which scales are counted, in metres.
const PIXEL_M: f64 = 0.000_28;

/// The schemes there are.
#[derive(Debug, Clone, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub(crate) struct TileMatrixSetsAnswer {
    /// The schemes.
    tile_matrix_sets: Vec<TileMatrixSetEntry>,
    /// This list.
    links: Vec<TypedLink>,
}

/// A scheme in the list.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub(crate) struct TileMatrixSetEntry {
    /// Its id.
    id: &'static str,
    /// What it is called.
    title: &'static str,
    /// The address of its definition.
    uri: &'static str,
    /// The reference system.
    crs: &'static str,
    /// The scheme.
    links: Vec<TypedLink>,
}

impl TileMatrixSetsAnswer {
    /// The schemes; `address` completes a route to an address.
    pub(crate) fn of(address: impl Fn(&str) -> String) -> Self {
        let entry = TileMatrixSetEntry {
            id: WEB_MERCATOR_QUAD,
            title: TITLE,
            uri: DEFINITION,
            crs: CRS,
            links: TypedLink::here(address(&route())),
        };
        Self { tile_matrix_sets: vec![entry], links: TypedLink::here(address("/tileMatrixSets")) }
    }
}

const TITLE: &str = "Google Maps Compatible for the World";

/// The route of the scheme.
pub(super) fn route() -> String {
    format!("/tileMatrixSets/{WEB_MERCATOR_QUAD}")
}

/// A scheme of tiles.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub(crate) struct TileMatrixSet {
    /// Its id.
    id: &'static str,
    /// What it is called.
    title: &'static str,
    /// The address of its definition.
    uri: &'static str,
    /// The reference system.
    crs: &'static str,
    /// The axes in the order of the coordinates.
    ordered_axes: [&'static str; 2],
    /// The scales that it has in common with others.
    well_known_scale_set: &'static str,
    /// Its matrices, one to a zoom.
    tile_matrices: Vec<TileMatrix>,
}

/// The tiles of one zoom.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub(crate) struct TileMatrix {
    /// The zoom.
    id: String,
    /// The scale for pixels of 0.28 mm.
    scale_denominator: f64,
    /// The side of a pixel in metres of the projection.
    cell_size: f64,
    /// Where rows and columns begin.
    corner_of_origin: CornerOfOrigin,
    /// That corner in metres.
    point_of_origin: [f64; 2],
    /// The width of a tile in pixels.
    tile_width: u32,
    /// The height of a tile in pixels.
    tile_height: u32,
    /// How many columns there are.
    matrix_width: u32,
    /// How many rows there are.
    matrix_height: u32,
}

/// Where rows and columns begin.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub(crate) enum CornerOfOrigin {
    /// In the north-west.
    TopLeft,
}

impl TileMatrixSet {
    /// The scheme that all web maps share.
    pub(crate) fn web_mercator_quad() -> Self {
        Self {
            id: WEB_MERCATOR_QUAD,
            title: TITLE,
            uri: DEFINITION,
            crs: CRS,
            ordered_axes: ["X", "Y"],
            well_known_scale_set: WELL_KNOWN_SCALES,
            tile_matrices: (0..=LAST_MATRIX).map(TileMatrix::of).collect(),
        }
    }
}

impl TileMatrix {
    fn of(zoom: u32) -> Self {
        let side = 1_u32 << zoom;
        let cell_size = 2.0 * HALF_WORLD_M / f64::from(TILE_PX) / f64::from(side);
        Self {
            id: zoom.to_string(),
            scale_denominator: cell_size / PIXEL_M,
            cell_size,
            corner_of_origin: CornerOfOrigin::TopLeft,
            point_of_origin: [-HALF_WORLD_M, HALF_WORLD_M],
            tile_width: TILE_PX,
            tile_height: TILE_PX,
            matrix_width: side,
            matrix_height: side,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Annex D.1 of the standard, table "WebMercatorQuad".
    #[test]
    fn matrices_are_those_of_the_standard() {
        let set = TileMatrixSet::web_mercator_quad();
        let published =
            [(0, 559_082_264.028_717_6, 156_543.033_928_041), (10, 545_978.773_465_544_3, 152.874_056_570_353)];
        for (zoom, scale, cell) in published {
            let matrix = &set.tile_matrices[zoom];
            assert!((matrix.scale_denominator / scale - 1.0).abs() < 1e-12, "{zoom}: {}", matrix.scale_denominator);
            assert!((matrix.cell_size / cell - 1.0).abs() < 1e-12, "{zoom}: {}", matrix.cell_size);
            assert_eq!(matrix.matrix_width, 1 << zoom);
        }
        assert_eq!(set.tile_matrices.len(), 25);
    }
}
