//! Files in other reference systems than degrees of WGS 84, through the real program.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on stops where it stands")]

use std::fmt::Write as _;

use binhyen::domain::area::Area;
use binhyen::domain::incident::IncidentLocation;
use binhyen::geometry::crs::Crs;
use binhyen::geometry::projection::{LonLat, area_km2};
use geojson::{FeatureCollection, GeometryValue};

use crate::support::imports::{Bench, TWO_SQUARES};

/// A collection of polygons in another system, which it declares or not.
fn projected(text: &str, crs: Crs, declared: Option<&str>) -> String {
    let mut collection: FeatureCollection = text.parse().unwrap();
    for feature in &mut collection.features {
        match &mut feature.geometry.as_mut().unwrap().value {
            GeometryValue::Polygon { coordinates } => coordinates.iter_mut().flatten().for_each(|at| moved(at, crs)),
            GeometryValue::MultiPolygon { coordinates } => {
                coordinates.iter_mut().flatten().flatten().for_each(|at| moved(at, crs));
            }
            other => panic!("no polygon: {other:?}"),
        }
    }
    let text = collection.to_string();
    match declared {
        None => text,
        Some(name) => text.replacen('{', &format!(r#"{{"crs":{{"type":"name","properties":{{"name":"{name}"}}}},"#), 1),
    }
}

fn moved(at: &mut geojson::Position, crs: Crs) {
    let point = crs.coordinates(LonLat::new(at[0], at[1])).unwrap();
    (at[0], at[1]) = (point.x, point.y);
}

fn crs(code: &str) -> Crs {
    Crs::from_text(code).unwrap()
}

fn imported(content: &str, options: &[&str]) -> (Vec<Area>, String) {
    let bench = Bench::new();
    let file = bench.file("in.geojson", content);
    let out = bench.succeed(&[&["import", "boundaries", &file, "--edition", "2020-02"], options].concat());
    (bench.holdings().areas, out)
}

fn refusal(content: &str, options: &[&str]) -> String {
    let bench = Bench::new();
    let file = bench.file("in.geojson", content);
    let run = bench.run(&[&["import", "boundaries", &file, "--edition", "2020-02"], options].concat());
    assert_eq!(run.code, Some(2), "{}{}", run.out, run.err);
    format!("{}{}", run.out, run.err).replace(&file, "in.geojson")
}

/// Every area is the same one with the same ground, to a square metre in a square kilometre.
fn assert_same_areas(one: &[Area], other: &[Area], what: &str) {
    assert!(one.iter().map(|area| &area.key).eq(other.iter().map(|area| &area.key)), "{what}");
    for (one, other) in one.iter().zip(other).filter(|(one, _)| one.boundary.is_some()) {
        let km2 = |area: &Area| area.boundary.as_ref().map(area_km2).unwrap();
        assert!((km2(one) - km2(other)).abs() < 1e-6 * km2(one), "{what}: {}", one.key.code);
    }
}

#[test]
fn communes_have_the_same_ground_in_every_system() {
    let (degrees, told) = imported(TWO_SQUARES, &[]);
    assert!(!told.contains("coordinates: read as"), "{told}");
    for (code, declared, options, said) in [
        ("5899", Some("urn:ogc:def:crs:EPSG::5899"), &[][..], "(VN-2000 / TM-3 107-45), as the file declares\n"),
        ("3405", None, &["--crs", "EPSG:3405"], "(VN-2000 / UTM zone 48N), as --crs says\n"),
        ("32649", Some("EPSG:32649"), &["--crs", "32649"], "(WGS 84 / UTM zone 49N), as --crs says\n"),
        (
            "3857",
            Some("EPSG:5899"),
            &["--crs", "3857"],
            "as --crs says against the file, which declares \"EPSG:5899\"\n",
        ),
        ("4756", Some("a local grid"), &["--crs", "4756"], "against the file, which declares \"a local grid\"\n"),
    ] {
        let (areas, told) = imported(&projected(TWO_SQUARES, crs(code), declared), options);
        assert_same_areas(&degrees, &areas, code);
        let line = told.lines().find(|line| line.starts_with("coordinates: ")).unwrap_or_default();
        assert!(format!("{line}\n").ends_with(said) && line.contains(&format!("EPSG:{code} ")), "{told}");
    }
}

#[test]
fn metres_without_a_system_are_refused_with_a_guess_and_the_list() {
    let told = refusal(&projected(TWO_SQUARES, crs("5899"), None), &[]);
    assert!(told.contains("in.geojson, line 1: coordinates such as 537"), "{told}");
    assert!(
        told.contains(
            "are metres, not degrees, and nothing says of which reference system: as EPSG:5899 (VN-2000 / TM-3 107-45) \
             they would lie in Quảng Nam, so give --crs EPSG:5899 if that is what they are; these can be given with \
             --crs:\n  EPSG:4326  WGS 84 (also OGC:CRS84)\n"
        ),
        "{told}"
    );
    let told = refusal(&projected(TWO_SQUARES, crs("3405"), None), &[]);
    assert!(told.contains("as EPSG:3405 (VN-2000 / UTM zone 48N) they would lie in Quảng Nam"), "{told}");
    let far = TWO_SQUARES.replace("[108.", "[9900108.").replace(",15.", ",9900015.");
    assert!(refusal(&far, &[]).contains("no known system would put them into Quảng Nam"));
}

#[test]
fn files_that_declare_what_they_are_not_are_refused() {
    let unknown = projected(TWO_SQUARES, crs("5899"), Some("EPSG:2263"));
    let told = refusal(&unknown, &[]);
    assert!(
        told.contains("\"EPSG:2263\" is not among the supported codes; these reference systems are read:"),
        "{told}"
    );
    assert!(told.contains("  EPSG:9218  VN-2000 / TM-3 108-30"), "{told}");
    // Degrees that are called metres, and metres that are called degrees.
    let told = refusal(TWO_SQUARES, &["--crs", "5899"]);
    assert!(told.contains("108.1, 15.1 are degrees, and the coordinates are read as metres of EPSG:5899"), "{told}");
    let told = refusal(&projected(TWO_SQUARES, crs("5899"), Some("EPSG:4326")), &[]);
    assert!(told.contains("are metres, not degrees"), "{told}");
    // The declaration behind the features.
    let behind = r#"],"crs":{"type":"name","properties":{"name":"EPSG:5899"}}}"#;
    let late = TWO_SQUARES.trim_end().strip_suffix("]}").unwrap().to_owned() + behind;
    assert!(refusal(&late, &[]).contains("declares its reference system \"EPSG:5899\" behind its features"));
    let bench = Bench::new();
    let run = bench.run(&["import", "boundaries", "x", "--edition", "2020-02", "--crs", "EPSG:1"]);
    assert!(run.code == Some(2) && run.err.contains("\"EPSG:1\" is not among the supported codes"), "{}", run.err);
}

#[test]
fn incidents_and_models_in_metres_are_where_they_are_in_degrees() {
    let places = [LonLat::new(108.15, 15.15), LonLat::new(108.25, 15.125)];
    let zone = crs("5899");
    let mut rows = "id;time;category;X;Y\n".to_owned();
    for (number, at) in places.iter().enumerate() {
        let point = zone.coordinates(*at).unwrap();
        // A decimal comma, and the northing in X as survey sheets have it.
        let row = format!("{number};2024-01-0{};chay;{:.4};{:.4}", number + 1, point.y, point.x).replace('.', ",");
        writeln!(rows, "{row}").unwrap();
    }
    let bench = Bench::new();
    let file = bench.file("in.csv", &rows);
    let import = ["import", "incidents", &file, "--severity-from", "category", "--crs", "VN-2000 / TM-3 107-45"];
    let right = ["--map", "lon=Y", "--map", "lat=X"];
    let out = bench.succeed(&[&import[..], &right].concat());
    assert!(out.contains("read 2, accepted 2"), "{out}");
    assert!(out.contains("coordinates: read as EPSG:5899 (VN-2000 / TM-3 107-45), as --crs says"), "{out}");
    let incidents = bench.holdings().incidents;
    for (incident, at) in incidents.rows().filter_map(|row| incidents.at(row)).zip(places) {
        // Places are stored to ten-millionths of a degree.
        let IncidentLocation::Point(point) = incident.location else { panic!("{:?}", incident.location) };
        assert!((point.lon() - at.lon).abs() < 1.5e-7 && (point.lat() - at.lat).abs() < 1.5e-7, "{point:?}");
    }
    let wrong = ["--map", "lon=X", "--map", "lat=Y", "--dry-run"];
    let out = bench.reject(&[&import[..], &wrong].concat());
    assert!(out.contains("only with the two exchanged: Vietnamese survey sheets call the northing X"), "{out}");

    let point = zone.coordinates(places[0]).unwrap();
    let models = format!("id,kind,lon,lat,started_on\nM1,camera,{},{},2021-01-01\n", point.x, point.y);
    let file = bench.file("m.csv", models);
    bench.succeed(&["import", "models", &file, "--crs", "EPSG:5899"]);
    let position = bench.holdings().models[0].position.unwrap();
    assert!((position.lon() - places[0].lon).abs() < 1.5e-7);
}

#[test]
fn check_reads_a_declared_system() {
    let bench = Bench::new();
    let file = bench.file("in.geojson", projected(TWO_SQUARES, crs("3857"), None));
    let run = bench.run(&["check", &file, "--edition", "2020-02", "--crs", "3857", "--format", "json"]);
    assert!(run.out.contains("\"EPSG:3857 (WGS 84 / Pseudo-Mercator)\""), "{}{}", run.out, run.err);
}
