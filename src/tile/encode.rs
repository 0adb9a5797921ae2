//! From a tile address to MVT bytes: the layers of the tileset, one after another.

use mvt::Tile;

pub use super::source::{TileError, TileSource};
use super::tileset::Tileset;
use super::{areas, incidents, points};
use crate::geometry::projection::{EXTENT, TileAddress};

impl TileSource<'_> {
    /// The bytes of a tile; none when nothing of the tileset lies in it.
    pub fn encoded(&self, address: TileAddress) -> Result<Option<Vec<u8>>, TileError> {
        let mut tile = Tile::new(EXTENT);
        for part in self.tileset.parts(self.role) {
            let layer = tile.create_layer(part.as_str());
            let layer = match part {
                Tileset::Labels => points::labels(self, layer, address)?,
                Tileset::Models => points::models(self, layer, address)?,
                Tileset::Incidents => incidents::layer(self, layer, address)?,
                _ => areas::layer(self, part, layer, address)?,
            };
            if layer.num_features() > 0 {
                tile.add_layer(layer)?;
            }
        }
        if tile.num_layers() == 0 { Ok(None) } else { Ok(Some(tile.to_bytes()?)) }
    }
}
