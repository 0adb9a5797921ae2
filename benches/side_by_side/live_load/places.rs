//! Places at which incidents are written: a point inside each commune that is served.

use std::path::Path;

use geo::{InteriorPoint as _, MultiPolygon};
use geojson::{FeatureCollection, GeoJson};

/// A commune and a point in it.
#[derive(Debug, Clone)]
pub(crate) struct Place {
    pub(crate) code: String,
    pub(crate) lon: f64,
    pub(crate) lat: f64,
}

impl Place {
    pub(crate) fn of_file(path: &Path) -> Vec<Self> {
        let read = std::fs::read_to_string(path).unwrap().parse::<GeoJson>().unwrap();
        let collection = FeatureCollection::try_from(read).unwrap();
        let place = |feature: geojson::Feature| {
            let code = feature.property("code").and_then(|code| code.as_str()).unwrap().to_owned();
            let geometry = geo::Geometry::<f64>::try_from(feature.geometry.unwrap()).unwrap();
            let areas = match geometry {
                geo::Geometry::MultiPolygon(areas) => areas,
                geo::Geometry::Polygon(area) => MultiPolygon::new(vec![area]),
                other => panic!("{code} is {other:?}"),
            };
            let point = areas.interior_point().unwrap();
            Self { code, lon: point.x(), lat: point.y() }
        };
        collection.features.into_iter().map(place).collect()
    }

    /// The tile of a zoom that holds the point, as it stands in an address.
    pub(crate) fn tile(&self, zoom: u8) -> String {
        let side = f64::from(1_u32 << zoom);
        let x = (self.lon + 180.0) / 360.0 * side;
        let y = (1.0 - self.lat.to_radians().tan().asinh() / std::f64::consts::PI) / 2.0 * side;
        format!("{zoom}/{}/{}", x as u32, y as u32)
    }
}
