//! What lies near a place in space and time, so that two who say the same are seen side by side.
//!
//! In: a place and a moment, and incidents or other places. Out: those within some hundred metres and a few days, the
//! nearest first. Where one of two is known by its commune alone, the same commune is near enough. Nothing is decided
//! here: whether two mean the same, a person says.

use std::cmp::Ordering;

use rayon::prelude::*;

use crate::domain::area::CommuneIndex;
use crate::domain::incident::taxonomy::CategoryIndex;
use crate::domain::incident::{IncidentLocation, IncidentRow};
use crate::geometry::local_metres::LocalFrame;
use crate::geometry::projection::LonLat;
use crate::snapshot::Snapshot;

/// How far apart two points may lie, in metres: a crossing is described from all its corners.
pub const NEAR_M: f64 = 500.0;
/// How far apart two moments may lie, in seconds: what happened at night is told over days.
pub const NEAR_S: i64 = 72 * 3600;
/// How near a place within the same commune is taken to be, as a part of the distance that is near.
const SAME_COMMUNE: f64 = 1.0;

/// A place and a moment.
#[derive(Debug, Clone, PartialEq)]
pub struct PlaceAndMoment {
    /// Where, as far as it is known.
    pub location: IncidentLocation,
    /// The commune of the newest edition in which that lies.
    pub commune: Option<CommuneIndex>,
    /// When, in seconds since 1970 UTC.
    pub moment_s: i64,
}

/// How near something is.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Nearness {
    /// Metres between two points; none where one of the two is known by its commune alone.
    pub distance_m: Option<f64>,
    /// Seconds between the two moments; negative for what was before.
    pub apart_s: i64,
}

/// An incident that is near.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct NearIncident {
    /// Its row.
    pub row: IncidentRow,
    /// How near it is.
    pub nearness: Nearness,
}

impl PlaceAndMoment {
    /// How near something else is; none where it is not near.
    pub fn nearness(&self, other: &Self) -> Option<Nearness> {
        let apart_s = other.moment_s - self.moment_s;
        if apart_s.abs() > NEAR_S {
            return None;
        }
        if let (IncidentLocation::Point(one), IncidentLocation::Point(two)) = (&self.location, &other.location) {
            let frame = LocalFrame::around(LonLat::new(one.lon(), one.lat()));
            let place = |at: LonLat| frame.to_local(at);
            let distance_m =
                place(LonLat::new(one.lon(), one.lat())).distance_m(place(LonLat::new(two.lon(), two.lat())));
            return (distance_m <= NEAR_M).then_some(Nearness { distance_m: Some(distance_m), apart_s });
        }
        let same_commune = self.commune.is_some() && self.commune == other.commune;
        same_commune.then_some(Nearness { distance_m: None, apart_s })
    }
}

impl Nearness {
    /// The nearer first.
    pub fn compare(&self, other: &Self) -> Ordering {
        self.remoteness().total_cmp(&other.remoteness())
    }

    fn remoteness(&self) -> f64 {
        let of_place = self.distance_m.map_or(SAME_COMMUNE, |distance_m| distance_m / NEAR_M);
        of_place + self.apart_s.abs() as f64 / NEAR_S as f64
    }
}

/// The incidents near a place and moment, the nearest first, at most so many. Those of sensitive categories are left
/// out: nobody is shown them below the district.
pub fn near_incidents(snapshot: &Snapshot, asked: &PlaceAndMoment, limit: usize) -> Vec<NearIncident> {
    let incidents = &snapshot.incidents;
    let hidden = |category: CategoryIndex| {
        let entry = snapshot.taxonomy.category_entry(category);
        entry.is_none_or(|entry| entry.sensitive || snapshot.rules.disclosure.never_below_district.contains(&entry.id))
    };
    let edition = snapshot.default_edition();
    let near = |row: IncidentRow| {
        let moment_s = incidents.unix_seconds(row);
        if (moment_s - asked.moment_s).abs() > NEAR_S || hidden(incidents.category(row)) {
            return None;
        }
        let commune = edition.and_then(|edition| edition.commune_of_incident(row));
        let place = PlaceAndMoment { location: incidents.location(row), commune, moment_s };
        Some(NearIncident { row, nearness: asked.nearness(&place)? })
    };
    let mut found: Vec<NearIncident> = incidents.par_rows().filter_map(near).collect();
    found.sort_by(|one, other| {
        let by_id = || incidents.id(one.row).cmp(incidents.id(other.row));
        one.nearness.compare(&other.nearness).then_with(by_id)
    });
    found.truncate(limit);
    found
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::area::Position;

    fn at(lon: f64, lat: f64, moment_s: i64) -> PlaceAndMoment {
        let location = IncidentLocation::Point(Position::new(lon, lat).unwrap());
        PlaceAndMoment { location, commune: Some(CommuneIndex::new(1)), moment_s }
    }

    #[test]
    fn points_are_near_by_metres_and_hours() {
        let asked = at(108.1, 15.5, 0);
        let near = asked.nearness(&at(108.1, 15.503, 3600)).unwrap();
        // A degree of latitude has some 110.65 km there.
        assert!((near.distance_m.unwrap() - 331.9).abs() < 1.0, "{near:?}");
        assert_eq!(near.apart_s, 3600);
        assert_eq!(asked.nearness(&at(108.1, 15.505, 0)), None, "553 m");
        assert!(asked.nearness(&at(108.1, 15.5, -NEAR_S)).is_some());
        assert_eq!(asked.nearness(&at(108.1, 15.5, NEAR_S + 1)), None);
    }

    #[test]
    fn what_is_known_by_its_commune_is_near_within_it() {
        let asked = at(108.1, 15.5, 0);
        let mut other = PlaceAndMoment { location: IncidentLocation::Unknown, ..asked.clone() };
        assert_eq!(asked.nearness(&other), Some(Nearness { distance_m: None, apart_s: 0 }));
        other.commune = Some(CommuneIndex::new(2));
        assert_eq!(asked.nearness(&other), None);
        other.commune = None;
        let nowhere = other.clone();
        assert_eq!(nowhere.nearness(&other), None, "two without a place are not near each other");
    }

    #[test]
    fn the_nearest_comes_first() {
        let near = |distance_m, apart_s| Nearness { distance_m, apart_s };
        let mut found = [near(None, 0), near(Some(400.0), 0), near(Some(10.0), -3600), near(Some(10.0), NEAR_S)];
        found.sort_by(Nearness::compare);
        assert_eq!(found.map(|near| near.apart_s), [-3600, 0, 0, NEAR_S]);
    }
}
