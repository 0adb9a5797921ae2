//! Points: places in a tile, and community models for roles that see where they stand.

use mvt::{GeomData, GeomEncoder, GeomType, Layer};

use super::source::{TileError, TileSource};
use super::values::add_value;
use crate::assessment::density::{active_models, reference_day};
use crate::attributes::MODEL_ATTRIBUTES;
use crate::domain::area::Level;
use crate::geometry::projection::{EXTENT, LonLat, TileAddress, TilePoint};
use crate::tile::model_record::ModelRecord;

/// The place of a position in a tile, if the tile proper (without buffer) holds it.
pub(in crate::tile) fn position_in_tile(address: TileAddress, place: LonLat) -> Option<TilePoint> {
    let at = address.grid().snap(place);
    let origin = address.origin();
    let point = TilePoint { x: at.x - origin.x, y: at.y - origin.y };
    let inside = 0..EXTENT as i32;
    (inside.contains(&point.x) && inside.contains(&point.y)).then_some(point)
}

/// The geometry of one point.
pub(in crate::tile) fn point(at: TilePoint) -> Result<GeomData, TileError> {
    Ok(GeomEncoder::new(GeomType::Point).point(at.x, at.y)?.encode()?)
}

/// The places of the community models of the filter.
pub(in crate::tile) fn models(
    source: &TileSource<'_>,
    mut layer: Layer,
    address: TileAddress,
) -> Result<Layer, TileError> {
    let Some(communes) = source.edition_data.shape.level(Level::Commune) else { return Ok(layer) };
    let day = reference_day(source.filter.period);
    for (commune, model) in active_models(source.snapshot, source.edition_data, communes, day) {
        let Some(position) = model.position else { continue };
        let Some(at) = position_in_tile(address, LonLat::new(position.lon(), position.lat())) else { continue };
        let mut feature = layer.into_feature(point(at)?);
        let code = communes.areas.at(commune).map(|area| &area.code);
        let record = ModelRecord { model, code, role: source.role };
        for attribute in MODEL_ATTRIBUTES.iter().filter(|attribute| attribute.carrier.is_in_tiles()) {
            if let Some(value) = record.value(attribute) {
                add_value(&mut feature, attribute.name, value);
            }
        }
        layer = feature.into_layer();
    }
    Ok(layer)
}
