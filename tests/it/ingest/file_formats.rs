//! The same five wards and six models in every format, as programs of others wrote them (`tests/fixtures/formats`), through
//! the real program.

#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

use std::collections::BTreeMap;
use std::fs;
use std::io::{Cursor, Read as _};
use std::path::{Path, PathBuf};

use binhyen::geometry::projection::area_km2;
use flate2::read::GzDecoder;

use crate::support::imports::Bench;

fn fixture(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/formats").join(name)
}

/// A fixture at a path of the bench, unpacked where its name says that it is packed.
fn unpacked(bench: &Bench, name: &str) -> String {
    let bytes = fs::read(fixture(name)).unwrap();
    if let Some(inside) = name.strip_suffix(".gz") {
        let mut content = Vec::new();
        GzDecoder::new(bytes.as_slice()).read_to_end(&mut content).unwrap();
        return bench.file(inside, content);
    }
    let mut package = zip::ZipArchive::new(Cursor::new(bytes)).unwrap();
    let mut shapes = String::new();
    for place in 0..package.len() {
        let mut member = package.by_index(place).unwrap();
        let mut content = Vec::new();
        member.read_to_end(&mut content).unwrap();
        let name = member.name().unwrap().into_owned();
        let path = bench.file(&name, content);
        if Path::new(&name).extension().is_some_and(|ending| ending == "shp") {
            shapes = path;
        }
    }
    shapes
}

/// What is compared of an area: name, square kilometres, vertices of outline.
type Stored = BTreeMap<String, (String, f64, usize, u32)>;

fn stored(file: &str, options: &[&str]) -> Stored {
    let bench = Bench::new();
    let all =
        ["import", "boundaries", file, "--edition", "2030-01", "--level", "district", "--population", "residents"];
    let told = bench.succeed(&[&all[..], options].concat());
    let holdings = bench.holdings();
    let residents: BTreeMap<String, u32> = holdings
        .populations
        .iter()
        .map(|population| (population.area.code.to_string(), population.residents))
        .collect();
    assert!(!told.contains("orientation") && !told.contains("turns the wrong way"), "{file}: {told}");
    let area = |area: &binhyen::domain::area::Area| {
        let boundary = area.boundary.as_ref().unwrap();
        let rings = boundary.iter().map(|polygon| 1 + polygon.interiors().len()).sum();
        let code = area.key.code.to_string();
        (code.clone(), (area.name.clone(), area_km2(boundary), rings, residents[&code]))
    };
    holdings.areas.iter().map(area).collect()
}

fn assert_same(file: &str, found: &Stored, expected: &Stored) {
    assert_eq!(found.keys().collect::<Vec<_>>(), expected.keys().collect::<Vec<_>>(), "{file}");
    for (code, (name, km2, rings, residents)) in expected {
        let (other_name, other_km2, other_rings, other_residents) = &found[code];
        assert_eq!((other_name, other_rings, other_residents), (name, rings, residents), "{file}, {code}");
        // Topologies are quantized to ten-millionths of their extent; all others keep every digit or fifteen.
        assert!((other_km2 - km2).abs() < 1e-5, "{file}, {code}: {other_km2} km² and {km2} km²");
    }
}

#[test]
fn boundaries_are_the_same_in_every_format() {
    let expected = stored(fixture("communes.geojson").to_str().unwrap(), &[]);
    assert_eq!(expected["020404"].2, 2, "a hole");
    assert_eq!(expected["020992"].2, 2, "two parts");
    let bench = Bench::new();
    let plain = [
        "communes.geojsonl",
        "communes-rs.geojsons",
        "communes.geojson.gz",
        "communes-shp.zip",
        "communes.fgb",
        "communes.kml",
        "communes.kmz",
        "communes.csv",
        "communes.parquet",
        "communes-native.parquet",
    ];
    let mut files: Vec<(String, Vec<&str>)> =
        plain.into_iter().map(|name| (fixture(name).display().to_string(), Vec::new())).collect();
    for name in ["layers-shp.zip", "layers.gpkg.gz", "layers.topojson"] {
        files.push((fixture(name).display().to_string(), vec!["--layer", "communes"]));
    }
    files.push((unpacked(&bench, "communes-shp.zip"), Vec::new()));
    files.push((unpacked(&bench, "layers.gpkg.gz"), vec!["--layer", "communes"]));
    for (file, options) in files {
        assert_same(&file, &stored(&file, &options), &expected);
    }
}

#[test]
fn models_are_the_same_in_every_format() {
    let models = |name: &str, options: &[&str]| {
        let bench = Bench::new();
        let file = fixture(name).display().to_string();
        let told = bench.succeed(&[&["import", "models", &file][..], options].concat());
        assert!(told.contains("read 6, accepted 6"), "{name}: {told}");
        format!("{:?}", bench.holdings().models)
    };
    let expected = models("models.geojson", &[]);
    for name in
        ["models.geojsonl", "models-shp.zip", "models.fgb", "models.csv", "models.parquet", "models-native.parquet"]
    {
        assert_eq!(models(name, &[]), expected, "{name}");
    }
    for name in ["layers.gpkg.gz", "layers.topojson", "layers-shp.zip"] {
        assert_eq!(models(name, &["--layer", "models"]), expected, "{name}");
    }
}

#[test]
fn layers_are_listed_where_none_is_chosen() {
    let bench = Bench::new();
    for (name, listed) in [
        ("layers.gpkg.gz", "\"communes\" (GEOMETRY, 5 features), \"models\" (POINT, 6 features)"),
        ("layers-shp.zip", "\"communes\" (Polygon, 5 features), \"models\" (Point, 6 features)"),
        ("layers.topojson", "\"communes\" (Polygon, 5 features), \"models\" (Point, 6 features)"),
    ] {
        let file = fixture(name).display().to_string();
        let run = bench.run(&["import", "boundaries", &file, "--edition", "2030-01"]);
        assert_eq!(run.code, Some(2), "{name}");
        assert!(run.err.contains("name it with --layer; it has ") && run.err.contains(listed), "{name}: {}", run.err);
    }
    let file = fixture("communes.geojson").display().to_string();
    let run = bench.run(&["import", "boundaries", &file, "--edition", "2030-01", "--layer", "x"]);
    assert!(run.err.contains("--layer names a layer of a file with several, and this format has one"), "{}", run.err);
}

#[test]
fn wards_in_vn2000_lie_where_those_in_degrees_do() {
    let found = stored(fixture("vn2000-shp.zip").to_str().unwrap(), &[]);
    let expected = stored(fixture("communes.geojson").to_str().unwrap(), &[]);
    assert_eq!(found.keys().collect::<Vec<_>>(), expected.keys().collect::<Vec<_>>());
    for (code, area) in &expected {
        // Degrees of another datum: the same ground within a few millionths.
        assert!((found[code].1 / area.1 - 1.0).abs() < 1e-5, "{code}: {} km² and {} km²", found[code].1, area.1);
    }
}

#[test]
fn rows_are_chosen_by_value_in_every_format() {
    let bench = Bench::new();
    for name in ["models.geojson", "models.csv", "models.fgb", "models-shp.zip"] {
        let file = fixture(name).display().to_string();
        let all =
            ["import", "models", &file, "--dry-run", "--where", "kind=camera", "--where", "kind=keng_loa_an_ninh"];
        let told = bench.succeed(&all);
        assert!(!told.contains("read 6") && !told.contains("read 0"), "{name}: {told}");
        let run = bench.run(&["import", "models", &file, "--dry-run", "--where", "loai=camera"]);
        assert!(run.code == Some(2) && run.err.contains("--where names \"loai\", and the file has"), "{}", run.err);
    }
}

#[test]
fn features_are_united_by_an_attribute() {
    let bench = Bench::new();
    let file = fixture("communes.fgb").display().to_string();
    let all = ["import", "boundaries", &file, "--edition", "2030-01", "--level", "district"];
    let told = bench.succeed(&[&all[..], &["--dissolve-by", "parent", "--code", "parent"]].concat());
    assert!(told.contains("district: 2 areas"), "{told}");
    assert!(told.contains("features with parent \"503\" have several names"), "{told}");
    let united: f64 = bench.holdings().areas.iter().filter_map(|area| area.boundary.as_ref()).map(area_km2).sum();
    let apart: f64 = stored(&file, &[]).values().map(|area| area.1).sum();
    assert!((united - apart).abs() < 1e-4, "{united} and {apart}");
}

#[test]
fn check_and_rate_read_the_same_formats() {
    let bench = Bench::new();
    for name in ["communes.fgb", "communes.parquet", "communes-shp.zip"] {
        let file = fixture(name).display().to_string();
        let run = bench.run(&["check", &file, "--edition", "2030-01", "--level", "district"]);
        assert!(run.out.contains("edition 2030-01, district: 5 areas"), "{name}: {}{}", run.out, run.err);
        let rated = bench.succeed(&["rate", "--areas", &file, "--id", "code", "--value", "rank", "--format", "csv"]);
        let row = rated.lines().find(|line| line.starts_with("020398,"));
        assert!(row.is_some_and(|row| row.ends_with(",20500.0")), "{name}: {rated}");
    }
}

#[test]
fn cut_files_are_refused_in_words() {
    let bench = Bench::new();
    for name in [
        "communes.fgb",
        "communes.parquet",
        "communes-native.parquet",
        "communes.kml",
        "communes-shp.zip",
        "communes.geojson.gz",
        "communes.geojsonl",
        "layers.topojson",
    ] {
        let bytes = fs::read(fixture(name)).unwrap();
        for part in [3, 2] {
            let file = bench.file(&format!("cut-{part}-{name}"), &bytes[..bytes.len() * (part - 1) / part]);
            let run = bench.run(&["import", "boundaries", &file, "--edition", "2030-01", "--level", "district"]);
            assert_eq!(run.code, Some(2), "{name}: {}{}", run.out, run.err);
            assert!(!run.err.contains("panicked"), "{name}: {}", run.err);
        }
    }
}
