//! The point layers of areas: labels, and community models.

use mvt::{GeomData, GeomEncoder, GeomType, Layer};

use super::areas::add_attributes;
use super::layers::{AreaRow, area_attributes};
use super::source::{TileError, TileSource};
use super::tileset::Tileset;
use crate::assessment::density::{active_models, reference_day};
use crate::domain::area::Level;
use crate::geometry::projection::{EXTENT, LonLat, TileAddress, TilePoint};

/// The place of a position in a tile, if the tile proper (without buffer) holds it.
pub(super) fn place_in_tile(address: TileAddress, lon: f64, lat: f64) -> Option<TilePoint> {
    let at = address.grid().snap(LonLat::new(lon, lat));
    let origin = address.origin();
    let point = TilePoint { x: at.x - origin.x, y: at.y - origin.y };
    let inside = 0..EXTENT as i32;
    (inside.contains(&point.x) && inside.contains(&point.y)).then_some(point)
}

/// The geometry of one point.
pub(super) fn point(at: TilePoint) -> Result<GeomData, TileError> {
    Ok(GeomEncoder::new(GeomType::Point).point(at.x, at.y)?.encode()?)
}

/// One point per area of every level of the edition.
pub(super) fn labels(source: &TileSource<'_>, layer: Layer, address: TileAddress) -> Result<Layer, TileError> {
    Level::ALL.into_iter().try_fold(layer, |layer, level| area_points(source, layer, address, Tileset::Labels, level))
}

/// Community models: their places for roles that see positions, else their number per commune.
pub(super) fn models(source: &TileSource<'_>, layer: Layer, address: TileAddress) -> Result<Layer, TileError> {
    if source.role.sees_model_positions() {
        model_places(source, layer, address)
    } else {
        area_points(source, layer, address, Tileset::Models, Level::Commune)
    }
}

fn area_points(
    source: &TileSource<'_>,
    mut layer: Layer,
    address: TileAddress,
    part: Tileset,
    level: Level,
) -> Result<Layer, TileError> {
    let (Some(areas), Some(assessment)) = (source.picture.shape.level(level), source.assessment(level)) else {
        return Ok(layer);
    };
    for (area, assessment) in areas.areas.iter().zip(&assessment.rows) {
        let Some(at) = place_in_tile(address, area.label.0, area.label.1) else { continue };
        let mut feature = layer.into_feature(point(at)?);
        feature.set_id(area.code.number());
        let row = AreaRow { area, level, assessment };
        add_attributes(&mut feature, &row, area_attributes(part, source.role).into_iter());
        layer = feature.into_layer();
    }
    Ok(layer)
}

fn model_places(source: &TileSource<'_>, mut layer: Layer, address: TileAddress) -> Result<Layer, TileError> {
    let Some(communes) = source.picture.shape.level(Level::Commune) else { return Ok(layer) };
    let day = reference_day(source.filter.period);
    for (commune, model) in active_models(source.snapshot, source.picture, communes, day) {
        let Some(position) = model.position else { continue };
        let Some(at) = place_in_tile(address, position.lon(), position.lat()) else { continue };
        let mut feature = layer.into_feature(point(at)?);
        feature.add_tag_string("id", &model.id);
        feature.add_tag_string("kind", &model.kind);
        feature.add_tag_string("code", communes.areas[commune].code.as_str());
        layer = feature.into_layer();
    }
    Ok(layer)
}
