//! Part 2: reference systems by reference.

use super::{COMMUNES, ids, items};
use crate::support::snapshot::TestServer;

const EPSG_4326: &str = "http://www.opengis.net/def/crs/EPSG/0/4326";
const EPSG_5899: &str = "http://www.opengis.net/def/crs/EPSG/0/5899";
const EPSG_3857: &str = "http://www.opengis.net/def/crs/EPSG/0/3857";

#[tokio::test]
async fn collection_lists_its_systems() {
    let collection = TestServer::new().public(COMMUNES).await.json();
    let systems = collection["crs"].as_array().unwrap();
    assert_eq!(systems[0], "http://www.opengis.net/def/crs/OGC/1.3/CRS84");
    for system in [EPSG_4326, EPSG_3857, EPSG_5899] {
        assert!(systems.iter().any(|known| known == system), "{system}");
    }
    assert!(systems.contains(&collection["storageCrs"]));
}

#[tokio::test]
async fn coordinates_are_written_in_the_system_asked_for() {
    let server = TestServer::new();
    let first = |address: String| {
        let server = &server;
        async move {
            let answer = server.public(&address).await;
            let at = answer.json()["features"][0]["geometry"]["coordinates"][0][0][0].clone();
            ([at[0].as_f64().unwrap(), at[1].as_f64().unwrap()], answer.header("content-crs").to_owned())
        }
    };
    let (lon_lat, _) = first(items("limit=1")).await;
    let (lat_lon, system) = first(items(&format!("limit=1&crs={EPSG_4326}"))).await;
    assert_eq!((lat_lon, system), ([lon_lat[1], lon_lat[0]], format!("<{EPSG_4326}>")));
    let (metres, system) = first(items(&format!("limit=1&crs={EPSG_3857}"))).await;
    assert_eq!(system, format!("<{EPSG_3857}>"));
    assert!((metres[0] - lon_lat[0].to_radians() * 6_378_137.0).abs() < 0.02, "{metres:?}");
    let (survey, system) = first(items(&format!("limit=1&crs={EPSG_5899}"))).await;
    assert_eq!(system, format!("<{EPSG_5899}>"));
    // A degree from the meridian of the zone is 107 km there; the shift of the datum is some 200 m.
    let east_m = 500_000.0 + (lon_lat[0] - 107.75) * 111_320.0 * lon_lat[1].to_radians().cos();
    assert!((survey[0] - east_m).abs() < 1_500.0, "{survey:?}, not {east_m}");
    let one = server.public(&format!("{COMMUNES}/items/20335?crs={EPSG_3857}")).await;
    assert_eq!(one.header("content-crs"), format!("<{EPSG_3857}>"));
}

#[tokio::test]
async fn boxes_and_filters_are_read_in_their_systems() {
    let server = TestServer::new();
    let all = ids(&server, "").await;
    assert_eq!(ids(&server, &format!("bbox=-90,-180,90,180&bbox-crs={EPSG_4326}")).await, all);
    assert_eq!(ids(&server, &format!("bbox=10000000,1000000,13000000,3000000&bbox-crs={EPSG_3857}")).await, all);
    let filter = "filter=S_INTERSECTS(geometry, BBOX(10000000,1000000,13000000,3000000))";
    assert_eq!(ids(&server, &format!("{filter}&filter-crs={EPSG_3857}")).await, all);
    assert_eq!(server.public(&items(filter)).await.status, 400, "in degrees it lies nowhere");
}

#[tokio::test]
async fn unknown_systems_are_refused() {
    let server = TestServer::new();
    for wrong in
        ["crs=EPSG:4326", "bbox=1,2,3,4&bbox-crs=x", "filter-crs=x", "crs=http://www.opengis.net/def/crs/EPSG/0/32648"]
    {
        assert_eq!(server.public(&items(wrong)).await.status, 400, "{wrong}");
    }
}
