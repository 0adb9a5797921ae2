//! From the areas of one edition to those of another: each goes where most of it lies.
//!
//! Depends on the boundaries alone, so what the previous snapshot knew is taken over
//! while both editions keep their shapes. Incidents follow the communes; the wider levels are
//! for those who look an area up, and are cut against each other only then.

use std::collections::BTreeMap;
use std::sync::Arc;

use geo::MultiPolygon;

use super::edition::{AreaEntry, Correspondence, EditionData, EditionShape, WiderDominants};
use crate::domain::area::edition::EditionId;
use crate::domain::area::{AreaKey, CommuneIndex, Level};
use crate::geometry::coverage::overlay::{Dominant, dominant_areas};

/// The shapes of the loaded editions.
pub(super) type Shapes = BTreeMap<EditionId, Arc<EditionShape>>;

/// The ways from every other edition into one.
pub(super) fn built(
    id: EditionId,
    shape: &Arc<EditionShape>,
    shapes: &Shapes,
    previous: Option<&EditionData>,
) -> Vec<Correspondence> {
    let previous = previous.filter(|edition_data| Arc::ptr_eq(&edition_data.shape, shape));
    let known = |other: &Arc<EditionShape>| {
        previous?.correspondences.iter().find(|known| Arc::ptr_eq(&known.other, other)).cloned()
    };
    let others = shapes.iter().filter(|(edition, _)| **edition != id);
    others.map(|(edition, other)| known(other).unwrap_or_else(|| between(*edition, other, shape))).collect()
}

fn between(edition: EditionId, other: &Arc<EditionShape>, shape: &EditionShape) -> Correspondence {
    let dominant = Arc::new(dominant(other.communes(), shape.communes()));
    Correspondence { edition, other: Arc::clone(other), dominant, wider: WiderDominants::default() }
}

fn dominant(from: &[AreaEntry], onto: &[AreaEntry]) -> Vec<Option<Dominant>> {
    let boundaries =
        |areas: &[AreaEntry]| -> Vec<MultiPolygon<f64>> { areas.iter().map(|area| area.boundary.clone()).collect() };
    dominant_areas(&boundaries(from), &boundaries(onto))
}

impl EditionData {
    /// For every area of a level of another edition the area of the same level of this one that covers most of it.
    /// `None` where one of the two editions lacks the level, or the other is not loaded. The first question about a
    /// level above communes cuts the shapes of all of them, which takes a moment.
    pub fn dominants(&self, other: EditionId, level: Level) -> Option<&[Option<Dominant>]> {
        let way = self.correspondences.iter().find(|way| way.edition == other)?;
        if level == Level::Commune {
            return Some(&way.dominant);
        }
        let wider = way.wider.get_or_init(|| wider(&way.other, &self.shape));
        wider.get(&level).map(Vec::as_slice)
    }
}

fn wider(other: &EditionShape, shape: &EditionShape) -> BTreeMap<Level, Vec<Option<Dominant>>> {
    let levels = [Level::District, Level::Province];
    let way = |level| Some((level, dominant(&other.level(level)?.areas, &shape.level(level)?.areas)));
    levels.into_iter().filter_map(way).collect()
}

/// The commune of an edition for every commune of every edition: its own by code, another's by the larger part.
pub(super) fn commune_of_key(
    id: EditionId,
    shape: &EditionShape,
    correspondences: &[Correspondence],
) -> BTreeMap<AreaKey, CommuneIndex> {
    let key = |edition, code: &crate::domain::area::AreaCode| AreaKey { edition, code: code.clone() };
    let own = shape.communes().iter().enumerate().map(|(index, area)| (key(id, &area.code), CommuneIndex::new(index)));
    let others = correspondences.iter().flat_map(|way| {
        let placed = way.other.communes().iter().zip(way.dominant.iter());
        placed.filter_map(|(area, dominant)| {
            Some((key(way.edition, &area.code), CommuneIndex::new(dominant.as_ref()?.area)))
        })
    });
    own.chain(others).collect()
}
