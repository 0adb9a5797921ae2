//! The incidents that a kind of model is meant to touch, found by distance and day.
//!
//! In: the incidents of a snapshot that are points. Out: counts within rings around a place, in
//! local metres, in the windows around a start.

use rstar::primitives::GeomWithData;
use rstar::{AABB, RTree};

use super::compared::{WindowCounts, Windows};
use crate::domain::filter::CategorySet;
use crate::domain::incident::taxonomy::CategoryIndex;
use crate::domain::rules::ModelKind;
use crate::domain::time::period::Day;
use crate::geometry::local_metres::{LocalFrame, LocalPoint};
use crate::geometry::projection::LonLat;
use crate::snapshot::Snapshot;

/// The incidents of the components of one kind.
pub(super) struct KindIncidents {
    tree: RTree<GeomWithData<[f64; 2], Day>>,
    /// The categories that are counted; those never shown below district are not among them.
    pub(super) categories: CategorySet,
}

/// Distances from a place, in metres: above the first, up to the second.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Ring {
    pub(super) from_m: f64,
    pub(super) to_m: f64,
}

impl KindIncidents {
    /// The incidents of the kind's components.
    pub(super) fn of(snapshot: &Snapshot, kind: &ModelKind) -> Self {
        let categories = categories(snapshot, kind);
        let incidents = &snapshot.incidents;
        let pieces = snapshot.points.rows();
        let rows = pieces.iter().flat_map(|piece| incidents.rows_of(piece));
        let touched = rows.filter(|row| categories.contains(incidents.category(*row)));
        let entries = touched.filter_map(|row| {
            let at = incidents.position(row)?;
            Some(GeomWithData::new([at.lon(), at.lat()], Day::of_unix_seconds(incidents.unix_seconds(row))))
        });
        Self { tree: RTree::bulk_load(entries.collect()), categories }
    }

    /// The incidents in a ring around a place, by window.
    pub(super) fn counts(&self, centre: LonLat, ring: Ring, windows: Windows) -> WindowCounts {
        let frame = LocalFrame::around(centre);
        let corner = |side: f64| {
            let at = frame.to_lon_lat(LocalPoint { x_m: side * ring.to_m, y_m: side * ring.to_m });
            [at.lon, at.lat]
        };
        let boxed = self.tree.locate_in_envelope(AABB::from_corners(corner(-1.001), corner(1.001)));
        let origin = LocalPoint { x_m: 0.0, y_m: 0.0 };
        let met = boxed.filter(|point| {
            let [lon, lat] = *point.geom();
            let distance_m = frame.to_local(LonLat::new(lon, lat)).distance_m(origin);
            ring.from_m < distance_m && distance_m <= ring.to_m
        });
        met.fold(WindowCounts::default(), |mut counts, point| {
            counts.earlier += u64::from(windows.earlier.contains(point.data));
            counts.last += u64::from(windows.last.contains(point.data));
            counts.after += u64::from(windows.after.contains(point.data));
            counts
        })
    }
}

/// The categories of the kind's components, without those that no point is shown of.
fn categories(snapshot: &Snapshot, kind: &ModelKind) -> CategorySet {
    let hidden = &snapshot.rules.disclosure.never_below_district;
    let all = snapshot.taxonomy.categories.iter().enumerate();
    let touched = all.filter(|(_, category)| {
        kind.components.contains(&category.component)
            && !category.sensitive
            && !category.unmapped
            && !hidden.contains(&category.id)
    });
    touched.fold(CategorySet::EMPTY, |set, (index, _)| set.with(CategoryIndex::new(index as u8)))
}
