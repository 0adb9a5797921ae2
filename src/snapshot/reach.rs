//! How much of each commune lies within reach of the community models that run on a day.
//!
//! In: the shapes of an edition and the models placed in it. Out: for every commune the part of its area inside the
//! union of reaches, by kind and over all kinds: exact discs in local metres, or the whole commune where a kind
//! works over its area. Depends on models and boundaries alone, so it is computed once for each requested day and
//! passed from snapshot to snapshot. What part of the residents that is, is not decided here.

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
    /// Of any kind, by commune.
    pub of_any: IndexVec<CommuneIndex, f64>,
}

/// A model that reaches some metres.
struct PlacedModel {
    kind: ModelKindIndex,
    at: LonLat,
    radius_m: f64,
}

/// What reaches where on one day.
struct Reaches {
    placed_models: Vec<PlacedModel>,
    /// By kind, then by commune: whether a model works over the whole of it.
    whole: IndexVec<ModelKindIndex, IndexVec<CommuneIndex, bool>>,
}

/// The shares of every commune on a day. A model with a reach in metres that has no position reaches nothing.
pub(super) fn reach_shares<'a>(
    shape: &EditionShape,
    placed: impl Iterator<Item = (&'a CommunityModel, Option<CommuneIndex>)>,
    kinds: &[ModelKind],
    day: Day,
) -> ReachShares {
    let communes = shape.communes();
    let reaches = reaches(placed.filter(|(model, _)| model.is_active_on(day)), kinds, communes.len());
    let shares: Vec<(IndexVec<ModelKindIndex, f64>, f64)> = communes
        .par_iter()
        .enumerate()
        .map(|(index, area)| shares_of(&reaches, CommuneIndex::new(index), area))
        .collect();
    ReachShares {
        by_kind: ModelKindIndex::of_all(kinds.len())
            .map(|kind| shares.iter().map(|(by_kind, _)| by_kind[kind]).collect())
            .collect(),
        of_any: shares.iter().map(|(_, of_any)| *of_any).collect(),
    }
}

fn reaches<'a>(
    active: impl Iterator<Item = (&'a CommunityModel, Option<CommuneIndex>)>,
    kinds: &[ModelKind],
    communes: usize,
) -> Reaches {
    let nowhere = vec![IndexVec::from(vec![false; communes]); kinds.len()];
    let mut reaches = Reaches { placed_models: Vec::new(), whole: nowhere.into() };
    for (model, commune) in active {
        let known = ModelKindIndex::of_all(kinds.len()).zip(kinds).find(|(_, kind)| kind.id == model.kind);
        let Some((kind, entry)) = known else { continue };
        match (entry.reach, model.position, commune) {
            (ModelReach::Metres(radius_m), Some(at), _) => {
                reaches.placed_models.push(PlacedModel { kind, at: LonLat::new(at.lon(), at.lat()), radius_m });
            }
            (ModelReach::Area, _, Some(commune)) => reaches.whole[kind][commune] = true,
            _ => {}
        }
    }
    reaches
}

/// The shares of one commune, by kind and of any.
fn shares_of(reaches: &Reaches, index: CommuneIndex, commune: &AreaEntry) -> (IndexVec<ModelKindIndex, f64>, f64) {
    let frame = LocalFrame::around(commune.label);
    let discs: Vec<(ModelKindIndex, Disc)> = near(&reaches.placed_models, &frame, commune).collect();
    let area = local_area(commune, &frame);
    let size_m2 = area.area_m2();
    let share = |wanted: &dyn Fn(ModelKindIndex) -> bool| {
        let of_kind: Vec<Disc> = discs.iter().filter(|(kind, _)| wanted(*kind)).map(|(_, disc)| *disc).collect();
        if of_kind.is_empty() || size_m2 <= 0.0 {
            return 0.0;
        }
        (covered_area_m2(&area, &of_kind) / size_m2).min(1.0)
    };
    let whole: IndexVec<ModelKindIndex, bool> = reaches.whole.iter().map(|communes| communes[index]).collect();
    let by_kind = whole.indexed().map(|(kind, whole)| if *whole { 1.0 } else { share(&|of| of == kind) });
    // The union over all kinds is measured as a union: the shares of the kinds overlap and must not be added.
    let of_any = if whole.contains(&true) { 1.0 } else { share(&|_| true) };
    (by_kind.collect(), of_any)
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
