//! From the communes of one edition to those of another: each goes where most of it lies.
//!
//! Depends on the boundaries alone, so what the previous snapshot knew is taken over
//! while both editions keep their shapes.

use std::collections::BTreeMap;
use std::sync::Arc;

use geo::MultiPolygon;

use super::edition::{Correspondence, EditionPicture, EditionShape};
use crate::domain::area::AreaKey;
use crate::domain::edition::EditionId;
use crate::geometry::overlay::dominant_areas;

/// The shapes of the loaded editions.
pub(super) type Shapes = BTreeMap<EditionId, Arc<EditionShape>>;

/// The ways from every other edition into one.
pub(super) fn built(
    id: EditionId,
    shape: &Arc<EditionShape>,
    shapes: &Shapes,
    previous: Option<&EditionPicture>,
) -> Vec<Correspondence> {
    let previous = previous.filter(|picture| Arc::ptr_eq(&picture.shape, shape));
    let known = |other: &Arc<EditionShape>| {
        previous?.correspondences.iter().find(|known| Arc::ptr_eq(&known.other, other)).cloned()
    };
    let others = shapes.iter().filter(|(edition, _)| **edition != id);
    others.map(|(edition, other)| known(other).unwrap_or_else(|| between(*edition, other, shape))).collect()
}

fn between(edition: EditionId, other: &Arc<EditionShape>, shape: &EditionShape) -> Correspondence {
    let boundaries = |shape: &EditionShape| -> Vec<MultiPolygon<f64>> {
        shape.communes().iter().map(|commune| commune.boundary.clone()).collect()
    };
    let dominant = Arc::new(dominant_areas(&boundaries(other), &boundaries(shape)));
    Correspondence { edition, other: Arc::clone(other), dominant }
}

/// The commune of an edition for every commune of every edition: its own by code, another's by the larger part.
pub(super) fn commune_of_key(
    id: EditionId,
    shape: &EditionShape,
    correspondences: &[Correspondence],
) -> BTreeMap<AreaKey, usize> {
    let key = |edition, code: &crate::domain::area::AreaCode| AreaKey { edition, code: code.clone() };
    let own = shape.communes().iter().enumerate().map(|(place, area)| (key(id, &area.code), place));
    let others = correspondences.iter().flat_map(|way| {
        let placed = way.other.communes().iter().zip(way.dominant.iter());
        placed.filter_map(|(area, dominant)| Some((key(way.edition, &area.code), dominant.as_ref()?.area)))
    });
    own.chain(others).collect()
}
