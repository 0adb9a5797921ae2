//! From a tile address to MVT bytes by the encoder alone: the slow way, which knows no skeleton. Every other
//! way must decode to the same.

use mvt::{Layer, Tile};

use super::wire;
use crate::geometry::projection::{EXTENT, TileAddress};
use crate::tile::area_row::AreaRow;
use crate::tile::content::areas;
use crate::tile::content::areas::add_attributes;
pub use crate::tile::content::incidents::Aggregated;
pub use crate::tile::content::source::{AskedSquares, Evaluated, Evaluation, TileError, TileSource};
use crate::tile::content::{incidents, points};
use crate::tile::tileset::Tileset;

/// One layer as the encoder writes it.
pub(in crate::tile) struct EncodedLayer {
    /// Its bytes; none when nothing lies in it.
    pub(in crate::tile) bytes: Option<Vec<u8>>,
    /// What it shows in place of single incidents; none where it shows these or is another layer.
    pub(in crate::tile) aggregated: Option<Aggregated>,
}

impl TileSource<'_> {
    /// The bytes of a tile; none when nothing of the tileset lies in it.
    ///
    /// # Errors
    /// When the encoder refuses a geometry.
    pub fn encoded(&self, address: TileAddress) -> Result<Option<Vec<u8>>, TileError> {
        let mut tile = Tile::new(EXTENT);
        for part in self.tileset.parts(self.role) {
            let (layer, _) = self.drawn(part, tile.create_layer(part.as_str()), address)?;
            if layer.num_features() > 0 {
                tile.add_layer(layer)?;
            }
        }
        if tile.num_layers() == 0 { Ok(None) } else { Ok(Some(tile.to_bytes()?)) }
    }

    /// The bytes of one layer, none when nothing lies in it; and what it shows in place of single incidents.
    pub(in crate::tile) fn layer(&self, part: Tileset, address: TileAddress) -> Result<EncodedLayer, TileError> {
        let mut tile = Tile::new(EXTENT);
        let (layer, aggregated) = self.drawn(part, tile.create_layer(part.as_str()), address)?;
        if layer.num_features() == 0 {
            return Ok(EncodedLayer { bytes: None, aggregated });
        }
        tile.add_layer(layer)?;
        let bytes = tile.to_bytes()?;
        let layer = wire::first_layer(&bytes).ok_or(TileError::NoLayer)?;
        Ok(EncodedLayer { bytes: Some(layer.to_vec()), aggregated })
    }

    fn drawn(
        &self,
        part: Tileset,
        layer: Layer,
        address: TileAddress,
    ) -> Result<(Layer, Option<Aggregated>), TileError> {
        let layer = match part {
            Tileset::Incidents => return incidents::layer(self, layer, address),
            Tileset::Models if self.role.sees_model_positions() => points::models(self, layer, address)?,
            _ => self.areas(part, layer, address)?,
        };
        Ok((layer, None))
    }

    fn areas(&self, part: Tileset, layer: Layer, address: TileAddress) -> Result<Layer, TileError> {
        let shape = &self.edition_data.shape;
        let selection = self.selected(part);
        areas::features(shape, part, layer, address, &mut |feature, tile_area| {
            let assessment = self.assessment(tile_area.level).and_then(|assessment| assessment.row(tile_area.index));
            let (Some(areas), Some(assessment)) = (shape.level(tile_area.level), assessment) else { return };
            let row =
                AreaRow { area: &areas.areas[tile_area.index], level: tile_area.level, assessment, role: self.role };
            add_attributes(feature, |attribute| row.value(attribute), selection);
        })
    }
}
