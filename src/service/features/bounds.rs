//! The box of a question, in any reference system.

use crate::domain::text::Names;
use crate::features::crs::{AxisPair, CoordinateSystem};
use crate::features::shape::{AskedShape, boxes};
use crate::service::error::ServiceError;
use crate::texts::text;
use crate::tile::LonLatBounds;

/// The boxes that `bbox` names: one, or two where it reaches over the antimeridian.
///
/// # Errors
/// When it is no box.
pub(crate) fn asked_boxes(text: &str, system: CoordinateSystem) -> Result<Vec<AskedShape>, ServiceError> {
    let wrong = || ServiceError::invalid("bbox", text, expected());
    let numbers: Vec<f64> =
        text.split(',').map(|part| part.trim().parse::<f64>()).collect::<Result<_, _>>().map_err(|_| wrong())?;
    // Heights say nothing here, but those of a box are in order.
    let (low, high) = match *numbers.as_slice() {
        [a, b, lowest, c, d, highest] if lowest <= highest => (pair(a, b), pair(c, d)),
        [a, b, c, d] => (pair(a, b), pair(c, d)),
        _ => return Err(wrong()),
    };
    let corner = |pair: AxisPair| system.read(pair).ok_or_else(wrong);
    let (low, high) = (corner(low)?, corner(high)?);
    let bounds = LonLatBounds { west: low.lon, south: low.lat, east: high.lon, north: high.lat };
    let is_lon = |lon: f64| (-180.0..=180.0).contains(&lon);
    let is_lat = |lat: f64| (-90.0..=90.0).contains(&lat);
    // Only degrees go round the earth; on a plane the greater number lies farther east.
    let goes_round = bounds.west > bounds.east && !system.is_in_degrees();
    let fits = is_lon(bounds.west) && is_lon(bounds.east) && is_lat(bounds.south) && is_lat(bounds.north);
    if !fits || bounds.south > bounds.north || goes_round {
        return Err(wrong());
    }
    Ok(boxes(bounds).into_iter().map(AskedShape::of_box).collect())
}

fn pair(first: f64, second: f64) -> AxisPair {
    AxisPair { first, second }
}

fn expected() -> Names {
    text!("features-expected-box")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::features::shape::FeatureShape;
    use crate::tile::LonLat;

    fn meets(text: &str, uri: &str, at: LonLat) -> bool {
        let boxes = asked_boxes(text, CoordinateSystem::named(uri).unwrap()).unwrap();
        boxes.iter().any(|asked| FeatureShape::Point(at).meets(asked))
    }

    #[test]
    fn box_is_read_in_the_order_of_its_axes() {
        let (crs84, epsg) = (CoordinateSystem::CRS84.uri(), "http://www.opengis.net/def/crs/EPSG/0/4326");
        let at = LonLat::new(108.2, 15.6);
        assert!(meets("108,15,109,16", crs84, at) && meets("15,108,16,109", epsg, at));
        assert!(meets("108,15,-5,109,16,900", crs84, at), "heights are read over");
        assert!(meets("170,-90,110,90", crs84, at), "round the earth");
        assert!(!meets("110,-90,100,90", crs84, at));
        let mercator = "http://www.opengis.net/def/crs/EPSG/0/3857";
        assert!(meets("12000000,1700000,12100000,1800000", mercator, at));
    }

    #[test]
    fn what_is_no_box_is_refused() {
        let refused = |text: &str| asked_boxes(text, CoordinateSystem::CRS84).is_err();
        for wrong in [
            "",
            "1,2,3",
            "1,2,3,4,5",
            "108,16,109,15",
            "NaN,15,109,16",
            "500000,1700000,510000,1710000",
            "a,b,c,d",
            "1,2,3,4,5,6,7",
            "108,15,900,109,16,-5",
            "108,15,NaN,109,16,0",
        ] {
            assert!(refused(wrong), "{wrong}");
        }
        let mercator = CoordinateSystem::named("http://www.opengis.net/def/crs/EPSG/0/3857").unwrap();
        assert!(asked_boxes("12100000,1700000,12000000,1800000", mercator).is_err());
    }
}
