//! What became of the places of incidents: a point, a commune, a wider area, or none; and whether the point lies where
//! it can.
//!
//! In: the areas that are loaded and the incidents that were taken. Out: counts for the report. A point that lies
//! outside every loaded area is taken as it is; that there are many of them is for the reader to judge.

use geo::{Distance, Euclidean, MultiPolygon, Point};
use serde::Serialize;

use super::coordinates::in_viet_nam;
use crate::domain::area::{Area, AreaKey, Level, Position};
use crate::domain::incident::{Incident, IncidentLocation};
use crate::geometry::locate::Locator;
use crate::geometry::projection::LonLat;

/// What counts as near to an area.
const NEAR_M: f64 = 1_000.0;
const METRES_PER_DEGREE: f64 = 111_320.0;

/// The areas in which points are looked for.
pub struct Places {
    locator: Locator,
    outlines: Vec<MultiPolygon<f64>>,
}

/// How many incidents have which kind of place.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize)]
pub struct PlaceCounts {
    /// With a point.
    pub with_point: u64,
    /// Known by their commune alone.
    pub by_commune: u64,
    /// Known by a wider area alone.
    pub by_wider_area: u64,
    /// Without any place.
    pub without: u64,
    /// Of those with a point: outside every loaded area.
    pub outside_areas: u64,
    /// Of those outside every area: at most a kilometre away from one.
    pub outside_within_1_km: u64,
    /// Of those with a point: outside Viet Nam.
    pub outside_viet_nam: u64,
}

impl Places {
    /// The places of the communes that are loaded with their outlines, of every edition.
    pub fn new(areas: &[Area]) -> Self {
        let communes = areas.iter().filter(|area| area.level == Level::Commune);
        let outlines: Vec<MultiPolygon<f64>> = communes.filter_map(|area| area.boundary.clone()).collect();
        Self { locator: Locator::new(&outlines), outlines }
    }

    /// Counts the places of incidents; `level` says of which level an area is.
    pub fn count(&self, incidents: &[Incident], level: impl Fn(&AreaKey) -> Option<Level>, counts: &mut PlaceCounts) {
        for incident in incidents {
            match &incident.location {
                IncidentLocation::Point(position) => self.count_point(*position, counts),
                IncidentLocation::Area(key) if level(key) == Some(Level::Commune) => counts.by_commune += 1,
                IncidentLocation::Area(_) => counts.by_wider_area += 1,
                IncidentLocation::Unknown => counts.without += 1,
            }
        }
    }

    fn count_point(&self, position: Position, counts: &mut PlaceCounts) {
        counts.with_point += 1;
        if self.outlines.is_empty() {
            return;
        }
        let (lon_e7, lat_e7) = position.e7();
        if self.locator.locate_e7(lon_e7, lat_e7).is_some() {
            return;
        }
        let (lon, lat) = (f64::from(lon_e7) / 1e7, f64::from(lat_e7) / 1e7);
        counts.outside_areas += 1;
        counts.outside_viet_nam += u64::from(!in_viet_nam(lon, lat));
        counts.outside_within_1_km += u64::from(self.is_near(lon, lat));
    }

    /// Whether an area lies within a kilometre of a point, on a plane that touches the globe there.
    fn is_near(&self, lon: f64, lat: f64) -> bool {
        let narrowing = lat.to_radians().cos();
        let reach_deg = NEAR_M / METRES_PER_DEGREE;
        let reach = LonLat::new(reach_deg / narrowing.max(0.01), reach_deg);
        self.locator.near(LonLat::new(lon, lat), reach).into_iter().any(|area| {
            let flat = |at: geo::Coord<f64>| geo::Coord { x: (at.x - lon) * narrowing, y: at.y - lat };
            let outline = geo::MapCoords::map_coords(&self.outlines[area], flat);
            Euclidean.distance(&Point::new(0.0, 0.0), &outline) * METRES_PER_DEGREE <= NEAR_M
        })
    }
}

#[cfg(test)]
mod tests {
    use geo::polygon;

    use super::*;
    use crate::domain::incident::taxonomy::{CategoryIndex, ChannelIndex, PrecisionIndex, Severity, StatusIndex};

    fn incident(location: IncidentLocation) -> Incident {
        Incident {
            id: "A".to_owned(),
            unix_seconds: 0,
            location,
            category: CategoryIndex::new(0),
            severity: Severity::LEAST,
            status: StatusIndex::new(0),
            channel: ChannelIndex::new(0),
            precision: PrecisionIndex::new(0),
        }
    }

    fn key(code: &str) -> AreaKey {
        AreaKey { edition: "2020-02".parse().unwrap(), code: code.parse().unwrap() }
    }

    #[test]
    fn every_incident_has_one_kind_of_place() {
        let square = polygon![(x: 108.1, y: 15.1), (x: 108.2, y: 15.1), (x: 108.2, y: 15.2), (x: 108.1, y: 15.2)];
        let area = Area {
            key: key("20335"),
            level: Level::Commune,
            name: "A".to_owned(),
            parent: None,
            boundary: Some(MultiPolygon::from(square)),
        };
        let places = Places::new(&[area]);
        let point = |lon, lat| incident(IncidentLocation::Point(Position::new(lon, lat).unwrap()));
        // 0.005 degrees of longitude are 537 m at 15 degrees north; 0.02 are 2.1 km.
        let incidents = [
            point(108.15, 15.15),
            point(108.205, 15.15),
            point(108.22, 15.15),
            point(10.842, 15.15),
            incident(IncidentLocation::Area(key("20335"))),
            incident(IncidentLocation::Area(key("502"))),
            incident(IncidentLocation::Unknown),
        ];
        let level = |key: &AreaKey| Some(if key.code.as_str() == "502" { Level::District } else { Level::Commune });
        let mut counts = PlaceCounts::default();
        places.count(&incidents, level, &mut counts);
        let wanted = PlaceCounts {
            with_point: 4,
            by_commune: 1,
            by_wider_area: 1,
            without: 1,
            outside_areas: 3,
            outside_within_1_km: 1,
            outside_viet_nam: 1,
        };
        assert_eq!(counts, wanted);
    }

    #[test]
    fn without_outlines_nothing_is_outside() {
        let mut counts = PlaceCounts::default();
        let point = incident(IncidentLocation::Point(Position::new(1.0, 1.0).unwrap()));
        Places::new(&[]).count(&[point], |_| None, &mut counts);
        assert_eq!(counts, PlaceCounts { with_point: 1, ..PlaceCounts::default() });
    }
}
