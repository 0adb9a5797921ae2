//! The two addresses of a tile: `/tiles/{tileset}/{z}/{x}/{y}`, and that of OGC API – Tiles, where the row stands before
//! the column. Both name one tile, with one tag and one place in the cache.

use crate::service::answers::maps::tile_collection::TileCollection;
use crate::service::answers::maps::tile_matrix_set::WEB_MERCATOR_QUAD;
use crate::service::questions::tile::TilePath;

/// A tile as an address names it.
#[derive(Debug, Clone, Copy)]
pub(in crate::http) struct AddressedTile<'a> {
    pub(in crate::http) path: TilePath<'a>,
    /// The collection of OGC API – Tiles by which it is named; none at the own address.
    pub(in crate::http) collection: Option<TileCollection<'a>>,
}

impl<'a> AddressedTile<'a> {
    /// The tile that a path below the base path names; none where it is another path, or parts of it are escaped.
    pub(in crate::http) fn of_route(route: &'a str) -> Option<Self> {
        if route.contains('%') {
            return None;
        }
        let mut parts = route.strip_prefix('/')?.split('/');
        let found = match parts.next()? {
            "tiles" => {
                let path = TilePath { tileset: parts.next()?, z: parts.next()?, x: parts.next()?, y: parts.next()? };
                Self { path, collection: None }
            }
            "collections" => {
                let (collection, word) = (parts.next()?, parts.next()?);
                let scheme = parts.next().filter(|_| word == "tiles")?;
                let (z, row, column) = (parts.next()?, parts.next()?, parts.next()?);
                OgcTile { collection, scheme, z, row, column }.addressed()?
            }
            _ => return None,
        };
        parts.next().is_none().then_some(found)
    }

    /// The route by which the tile is known, whichever of its addresses was asked for.
    pub(in crate::http) fn canonical_route(&self) -> String {
        let TilePath { tileset, z, x, y } = self.path;
        format!("/tiles/{tileset}/{z}/{x}/{y}")
    }

    /// The same with a query, which names the edition where the collection did.
    pub(in crate::http) fn canonical_address(&self, query: Option<&str>) -> String {
        let edition =
            self.collection.and_then(|collection| collection.edition).map(|edition| format!("edition={edition}"));
        let pairs: Vec<&str> = edition.as_deref().into_iter().chain(query).collect();
        let route = self.canonical_route();
        if pairs.is_empty() { route } else { format!("{route}?{}", pairs.join("&")) }
    }
}

/// The names in an address of OGC API – Tiles.
#[derive(Debug, Clone, Copy)]
pub(in crate::http) struct OgcTile<'a> {
    pub(in crate::http) collection: &'a str,
    pub(in crate::http) scheme: &'a str,
    pub(in crate::http) z: &'a str,
    pub(in crate::http) row: &'a str,
    pub(in crate::http) column: &'a str,
}

impl<'a> OgcTile<'a> {
    /// The tile that they name; none in another scheme. A suffix stands at the end, which is the column here.
    pub(in crate::http) fn addressed(self) -> Option<AddressedTile<'a>> {
        let is_one = self.scheme == WEB_MERCATOR_QUAD && !self.row.contains('.');
        let collection = TileCollection::of(self.collection);
        let path = TilePath { tileset: collection.tileset, z: self.z, x: without_suffix(self.column), y: self.row };
        is_one.then_some(AddressedTile { path, collection: Some(collection) })
    }
}

/// What says that this is a vector tile, as other servers and caches want it, taken off.
fn without_suffix(last: &str) -> &str {
    last.strip_suffix(".pbf").or_else(|| last.strip_suffix(".mvt")).unwrap_or(last)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_addresses_name_one_tile() {
        let canonical = |route: &str| AddressedTile::of_route(route).map(|tile| tile.canonical_route());
        let own = canonical("/tiles/communes/9/409/232").unwrap();
        for other in ["", ".pbf", ".mvt"] {
            let ogc = format!("/collections/communes/tiles/WebMercatorQuad/9/232/409{other}");
            assert_eq!(canonical(&ogc).unwrap(), own);
        }
        for no_tile in [
            "/tiles/communes/9/409",
            "/tiles/communes/9/409/232/1",
            "/tiles/communes/9/409/%32",
            "/collections/communes/tiles/WorldCRS84Quad/9/232/409",
            "/collections/communes/tiles/WebMercatorQuad/9/232.pbf/409",
            "/collections/communes/items",
            "/areas",
            "",
        ] {
            assert_eq!(canonical(no_tile), None, "{no_tile}");
        }
    }

    #[test]
    fn edition_of_a_collection_stands_in_the_query_of_the_own_address() {
        let tile = AddressedTile::of_route("/collections/communes-2025-07/tiles/WebMercatorQuad/9/232/409").unwrap();
        let own = "/tiles/communes/9/409/232?edition=2025-07";
        assert_eq!(tile.canonical_address(None), own);
        assert_eq!(tile.canonical_address(Some("window=TK-2022")), format!("{own}&window=TK-2022"));
    }
}
