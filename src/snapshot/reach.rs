//! How much of each commune lies within reach of the community models that run on a day.
//!
//! In: the shapes of an edition and the models placed in it. Out: for every commune the part of its area inside the
//! union of reaches of one kind, as exact discs in local metres. Kinds are not united: to be near a lamp is not to be
//! near a team. Kinds that work over an area reach no land here: the residential areas they name have no boundary.
//! Depends on models and boundaries alone, so it is computed once for each requested day and passed from snapshot to
//! snapshot. What part of the residents that is, is not decided here.

use geo::{LineString, Polygon};
use rayon::prelude::*;

use super::edition::{AreaEntry, EditionShape};
use crate::domain::area::CommuneIndex;
use crate::domain::index::IndexVec;
use crate::domain::model::CommunityModel;
use crate::domain::rules::{ModelKind, ModelKindIndex, ModelReach};
use crate::domain::time::period::Day;
use crate::geometry::disc_union::{Disc, LocalArea, Turn, covered_area_m2};
use crate::geometry::local_metres::{LocalFrame, LocalPoint};
use crate::geometry::projection::LonLat;

/// The part of each commune within reach on one day, from 0 to 1.
#[derive(Debug, Clone, PartialEq)]
pub struct ReachShares {
    /// By kind in the order of the rule file, then by commune.
    pub by_kind: IndexVec<ModelKindIndex, IndexVec<CommuneIndex, f64>>,
}

/// A model that reaches some metres.
struct PlacedModel {
    kind: ModelKindIndex,
    at: LonLat,
    radius_m: f64,
}

/// The shares of every commune on a day. A model with a reach in metres that has no position reaches nothing.
pub(super) fn reach_shares<'a>(
    shape: &EditionShape,
    placed: impl Iterator<Item = (&'a CommunityModel, Option<CommuneIndex>)>,
    kinds: &[ModelKind],
    day: Day,
) -> ReachShares {
    let communes = shape.communes();
    let placed_models = placed_models(placed.filter(|(model, _)| model.is_active_on(day)), kinds);
    let shares: Vec<IndexVec<ModelKindIndex, f64>> =
        communes.par_iter().map(|area| shares_of(&placed_models, kinds.len(), area)).collect();
    let by_kind = ModelKindIndex::of_all(kinds.len());
    ReachShares { by_kind: by_kind.map(|kind| shares.iter().map(|by_kind| by_kind[kind]).collect()).collect() }
}

fn placed_models<'a>(
    active: impl Iterator<Item = (&'a CommunityModel, Option<CommuneIndex>)>,
    kinds: &[ModelKind],
) -> Vec<PlacedModel> {
    let placed = active.filter_map(|(model, _)| {
        let (kind, entry) = ModelKindIndex::of_all(kinds.len()).zip(kinds).find(|(_, kind)| kind.id == model.kind)?;
        match (entry.reach, model.position) {
            (ModelReach::Metres(radius_m), Some(at)) => {
                Some(PlacedModel { kind, at: LonLat::new(at.lon(), at.lat()), radius_m })
            }
            _ => None,
        }
    });
    placed.collect()
}

/// The shares of one commune, by kind.
fn shares_of(placed_models: &[PlacedModel], kinds: usize, commune: &AreaEntry) -> IndexVec<ModelKindIndex, f64> {
    let frame = LocalFrame::around(commune.label);
    let discs: Vec<(ModelKindIndex, Disc)> = near(placed_models, &frame, commune).collect();
    let area = local_area(commune, &frame);
    let size_m2 = area.area_m2();
    let share = |wanted: ModelKindIndex| {
        let of_kind: Vec<Disc> = discs.iter().filter(|(kind, _)| *kind == wanted).map(|(_, disc)| *disc).collect();
        if of_kind.is_empty() || size_m2 <= 0.0 {
            return 0.0;
        }
        (covered_area_m2(&area, &of_kind) / size_m2).min(1.0)
    };
    ModelKindIndex::of_all(kinds).map(share).collect()
}

/// The discs whose box meets that of the commune.
fn near<'a>(
    placed_models: &'a [PlacedModel],
    frame: &'a LocalFrame,
    commune: &AreaEntry,
) -> impl Iterator<Item = (ModelKindIndex, Disc)> + use<'a> {
    let (low, high) = (frame.to_local(commune.bounds.south_west()), frame.to_local(commune.bounds.north_east()));
    let discs = placed_models.iter().map(|placed_model| {
        (placed_model.kind, Disc { centre: frame.to_local(placed_model.at), radius_m: placed_model.radius_m })
    });
    discs.filter(move |(_, Disc { centre, radius_m })| {
        let meets = |at: f64, from: f64, to: f64| from - radius_m < at && at < to + radius_m;
        meets(centre.x_m, low.x_m, high.x_m) && meets(centre.y_m, low.y_m, high.y_m)
    })
}

fn local_area(commune: &AreaEntry, frame: &LocalFrame) -> LocalArea {
    let points = |ring: &LineString<f64>| -> Vec<LocalPoint> {
        ring.coords().map(|at| frame.to_local(LonLat::new(at.x, at.y))).collect()
    };
    let rings = |polygon: &Polygon<f64>| {
        let holes: Vec<_> = polygon.interiors().iter().map(|ring| (Turn::Right, points(ring))).collect();
        std::iter::once((Turn::Left, points(polygon.exterior()))).chain(holes).collect::<Vec<_>>()
    };
    LocalArea::new(commune.boundary.iter().flat_map(rings))
}
