//! All tiles of a tileset under a filter, for a file that holds them.
//!
//! In: a query, a viewer and what is served. Out: an [`ArchiveQuestion`], and from it every tile that holds something,
//! as the same question asked of single tiles would give it. How a file is written is not decided here.

use std::collections::BTreeSet;
use std::sync::Arc;

use bytes::Bytes;
use rayon::prelude::*;

use super::tile::{NamedTile, TilePath, TileQuestion};
use super::tileset::{TilesetQuestion, tileset};
use crate::domain::text::Language;
use crate::service::Service;
use crate::service::coded_body::Coding;
use crate::service::error::ServiceError;
use crate::service::filter::FILTER;
use crate::service::live::ServedSnapshot;
use crate::service::query::Query;
use crate::service::viewer::Viewer;
use crate::texts::text;
use crate::tile::tilejson::TileJson;
use crate::tile::{LonLatBounds, MAX_ZOOM, TileAddress};

/// The parameters of an archive beside the filter.
pub(crate) const ARCHIVE: [&str; 4] = ["edition", "tileset", "properties", "max_zoom"];
/// The deepest zoom that an archive can hold.
pub(crate) const DEEPEST_ZOOM: u8 = MAX_ZOOM;
/// The last zoom of an archive that names none: whoever draws deeper draws from its tiles.
const LAST_ZOOM: u8 = 12;

/// All tiles of a tileset under a filter.
#[derive(Debug)]
pub(crate) struct ArchiveQuestion {
    tileset: TilesetQuestion,
    /// The question of any of its tiles.
    tile: TileQuestion,
    served: Arc<ServedSnapshot>,
    last_zoom: u8,
    /// The name of the tileset and the filter, for the name of a file.
    file_name: String,
}

/// A tile that holds something.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct ArchivedTile {
    pub(crate) address: TileAddress,
    /// As it is encoded, not compressed.
    pub(crate) mvt: Bytes,
}

impl ArchiveQuestion {
    /// The archive of a query that may name a tileset (`map` unless it does) and its last zoom, `deepest` at most.
    ///
    /// # Errors
    /// When a parameter is wrong, or the viewer may not have the tileset or the filter.
    pub(crate) fn of(
        query: &Query,
        served: &Arc<ServedSnapshot>,
        viewer: Viewer,
        deepest: u8,
    ) -> Result<Self, ServiceError> {
        let name = query.value("tileset").unwrap_or("map");
        let top = TilePath { tileset: name, z: "0", x: "0", y: "0" };
        let tile = TileQuestion::of(NamedTile::of(top, viewer)?, query, Arc::clone(served), viewer)?;
        let tileset = TilesetQuestion::of(tileset(name, viewer)?, query, served, viewer)?;
        let file_name = format!("{name}-{}", tile.file_name());
        Ok(Self { tileset, tile, served: Arc::clone(served), last_zoom: last_zoom(query, deepest)?, file_name })
    }

    /// Every parameter that it takes.
    pub(crate) fn parameters() -> Vec<&'static str> {
        FILTER.iter().chain(&ARCHIVE).copied().collect()
    }

    /// The canonical text of everything that is requested.
    pub(crate) fn key(&self) -> String {
        format!("{}&file={}&max_zoom={}", self.tile.key(), self.file_name, self.last_zoom)
    }

    /// The tileset, edition and period as part of the name of a file.
    pub(crate) fn file_name(&self) -> &str {
        &self.file_name
    }

    /// The last zoom that the archive holds.
    pub(crate) fn last_zoom(&self) -> u8 {
        self.last_zoom
    }

    /// What the tileset is, where its tiles lie at `tiles`; a file that holds them has no address.
    ///
    /// # Errors
    /// When the edition is gone.
    pub(crate) fn described(&self, language: Language, tiles: &str) -> Result<TileJson, ServiceError> {
        let described = self.tileset.described(&self.served, language, |_| tiles.to_owned())?;
        Ok(described.between_zooms(0, self.last_zoom))
    }

    /// About how many tiles there are, for whoever shows how far they have come.
    ///
    /// # Errors
    /// When the edition is gone.
    pub(crate) fn estimated_tiles(&self) -> Result<u64, ServiceError> {
        let boxes = self.boxes()?;
        Ok((0..=self.last_zoom).map(|z| touched(&boxes, z).len() as u64).sum())
    }

    /// Every tile that holds something. Blocks while they are made; `told` hears of each that was looked at.
    ///
    /// # Errors
    /// When the edition is gone or the encoder fails.
    pub(crate) fn tiles(
        &self,
        service: &Service,
        told: &(dyn Fn(u64) + Sync),
    ) -> Result<Vec<ArchivedTile>, ServiceError> {
        // Assessed once, before any thread needs it.
        let inputs = self.tile.inputs(service)?;
        let (boxes, mut tiles, mut above) = (self.boxes()?, Vec::new(), Vec::new());
        for z in 0..=self.last_zoom {
            // Areas lie in their boxes. What lies outside them, such as an incident at sea, is in the tile above too:
            // the buffer of a tile lies within that of the one above it.
            let mut candidates = touched(&boxes, z);
            candidates.extend(above.iter().flat_map(|tile: &TileAddress| below(*tile)));
            let candidates: Vec<TileAddress> = candidates.into_iter().collect();
            let made = candidates.par_iter().map(|address| {
                let body = self.tile.at(*address).body_of(service, &inputs, Coding::Identity)?;
                told(1);
                Ok(body.map(|body| ArchivedTile { address: *address, mvt: body.bytes().clone() }))
            });
            let made: Vec<Option<ArchivedTile>> = made.collect::<Result<_, ServiceError>>()?;
            let made: Vec<ArchivedTile> = made.into_iter().flatten().collect();
            above = made.iter().map(|tile| tile.address).collect();
            tiles.extend(made);
        }
        Ok(tiles)
    }

    /// The boxes around the areas of every level of the edition.
    fn boxes(&self) -> Result<Vec<LonLatBounds>, ServiceError> {
        let edition_data = self.served.snapshot.edition(self.tile.edition()).ok_or(ServiceError::NotReady)?;
        let areas = edition_data.shape.levels.iter().flat_map(|level| &level.areas);
        Ok(areas.filter(|area| !area.boundary.0.is_empty()).map(|area| area.bounds).collect())
    }
}

fn last_zoom(query: &Query, deepest: u8) -> Result<u8, ServiceError> {
    let Some(text) = query.value("max_zoom") else { return Ok(LAST_ZOOM.min(deepest)) };
    let number = text.parse().ok().filter(|zoom| *zoom <= deepest && text.len() <= 2);
    number.ok_or_else(|| {
        let (least, most) = ("0".to_owned(), deepest.to_string());
        ServiceError::invalid("max_zoom", text, text!("expected-whole-number-between", least = least, most = most))
    })
}

/// The tiles of a zoom that boxes touch.
fn touched(boxes: &[LonLatBounds], z: u8) -> BTreeSet<TileAddress> {
    let side = 1_u32 << z;
    let number = |part: f64| ((part * f64::from(side)).floor().max(0.0) as u32).min(side - 1);
    let mut tiles = BTreeSet::new();
    for bounds in boxes {
        let (west_south, east_north) = (bounds.south_west().to_world(), bounds.north_east().to_world());
        for x in number(west_south.x)..=number(east_north.x) {
            let column = number(east_north.y)..=number(west_south.y);
            tiles.extend(column.filter_map(|y| TileAddress::new(z, x, y).ok()));
        }
    }
    tiles
}

/// The four tiles of the next zoom that make up a tile.
fn below(tile: TileAddress) -> impl Iterator<Item = TileAddress> {
    let quarters = [(0, 0), (1, 0), (0, 1), (1, 1)].into_iter();
    quarters.filter_map(move |(x, y)| TileAddress::new(tile.z() + 1, 2 * tile.x() + x, 2 * tile.y() + y).ok())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::role::Role;
    use crate::service::questions::tests::{query, served, viewer};

    fn archive(text: &str, role: Role) -> Result<ArchiveQuestion, ServiceError> {
        ArchiveQuestion::of(&query(text), served(), viewer(role), 14)
    }

    #[test]
    fn archive_holds_what_single_tiles_give() {
        let service = Service::new(64 << 20);
        for (text, role) in [
            ("window=TK-2022&max_zoom=9", Role::Public),
            ("window=TK-2022&tileset=communes&properties=grade,rate&max_zoom=10", Role::Planner),
            ("max_zoom=9", Role::Commander),
        ] {
            let question = archive(text, role).unwrap();
            let tiles = question.tiles(&service, &|_| ()).unwrap();
            assert!(!tiles.is_empty());
            for tile in &tiles {
                let alone = question.tile.at(tile.address).body(&service, Coding::Identity).unwrap().unwrap();
                assert_eq!(alone.bytes(), &tile.mvt, "{text} {:?}", tile.address);
            }
            // No tile of the last zoom that holds something is missing.
            let found: BTreeSet<TileAddress> = tiles.iter().map(|tile| tile.address).collect();
            let (z, last) = (question.last_zoom(), found.iter().filter(|tile| tile.z() == question.last_zoom()));
            for around in last.flat_map(|tile| [(tile.x() + 1, tile.y()), (tile.x() - 1, tile.y() + 1)]) {
                let address = TileAddress::new(z, around.0, around.1).unwrap();
                let holds = question.tile.at(address).body(&service, Coding::Identity).unwrap().is_some();
                assert_eq!(holds, found.contains(&address), "{text} {address:?}");
            }
        }
    }

    #[test]
    fn zoom_that_is_too_deep_is_refused_with_the_deepest() {
        for text in ["max_zoom=15", "max_zoom=-1", "max_zoom=", "max_zoom=007"] {
            let refused = archive(text, Role::Public).unwrap_err();
            assert!(matches!(refused, ServiceError::InvalidParameter { name: "max_zoom", .. }), "{text}");
        }
        assert_eq!(archive("", Role::Public).unwrap().last_zoom(), LAST_ZOOM);
    }

    #[test]
    fn tileset_of_single_incidents_is_not_for_the_public() {
        assert!(matches!(archive("tileset=incidents", Role::Public), Err(ServiceError::RoleTooLow { .. })));
        assert!(archive("tileset=incidents", Role::Planner).is_ok());
        assert!(matches!(archive("tileset=roads", Role::Public), Err(ServiceError::NotFound { .. })));
    }

    #[test]
    fn tiles_that_a_box_touches_are_all_of_them() {
        let all = touched(&[LonLatBounds { west: -180.0, south: -85.0, east: 180.0, north: 85.0 }], 2);
        assert_eq!(all.len(), 16);
        assert!(touched(&[], 3).is_empty());
        assert_eq!(below(TileAddress::new(1, 1, 0).unwrap()).count(), 4);
        assert_eq!(below(TileAddress::new(16, 1, 0).unwrap()).count(), 0);
    }
}
