//! GeoJSON as programs of others write it: what is taken, what is refused, and in which words.

use crate::support::imports::{Bench, TWO_SQUARES};

/// A collection of incidents with one feature each of these members, beside a sound one.
fn collection(features: &[&str]) -> String {
    let sound = r#"{"type":"Feature","properties":{"id":"A0","time":"2024-03-01","category":"trom_cap","severity":3},"geometry":{"type":"Point","coordinates":[108.15,15.15]}}"#;
    let all: Vec<&str> = std::iter::once(sound).chain(features.iter().copied()).collect();
    format!("{{\"type\":\"FeatureCollection\",\"features\":[\n{}\n]}}", all.join(",\n"))
}

fn incident(properties: &str, geometry: &str) -> String {
    let common = r#""time":"2024-03-01","category":"trom_cap""#;
    format!(r#"{{"type":"Feature","properties":{{{common},{properties}}},"geometry":{geometry}}}"#)
}

const POINT: &str = r#"{"type":"Point","coordinates":[108.15,15.15]}"#;

fn with_areas() -> Bench {
    let bench = Bench::new();
    let squares = bench.file("squares.geojson", TWO_SQUARES);
    bench.succeed(&["import", "boundaries", &squares, "--edition", "2020-02"]);
    bench
}

/// What an import of incidents says, whatever its end.
fn told(bench: &Bench, features: &[&str]) -> String {
    let run = bench.run(&["import", "incidents", &bench.file("in.geojson", collection(features))]);
    format!("{}{}", run.out, run.err)
}

#[test]
fn nested_value_in_a_bound_column_rejects_its_row() {
    let bench = with_areas();
    let rows = [
        incident(r#""id":"A1","severity":{"id":5}"#, POINT),
        incident(r#""id":"A2","severity":[5]"#, POINT),
        incident(r#""id":"A3","area_code":["20335"],"edition":"2020-02""#, "null"),
    ];
    let told = told(&bench, &rows.each_ref().map(String::as_str));
    assert!(told.contains("read 4, accepted 1, updated 0, unchanged 0, rejected 3"), "{told}");
    for reason in [
        "line 3, severity \"{\\\"id\\\":5}\": the value is an object",
        "line 4, severity \"[5]\": the value is a list",
        "line 5, area_code \"[\\\"20335\\\"]\": the value is a list",
    ] {
        assert!(told.contains(reason), "{reason}\n{told}");
    }
    assert_eq!(bench.holdings().incidents.len(), 1);
}

#[test]
fn nested_value_that_nothing_is_bound_to_is_an_unknown_column() {
    let bench = with_areas();
    let row = incident(r#""id":"A1","tags":{"a":1}"#, POINT);
    assert!(told(&bench, &[&row]).contains("unknown column \"tags\""));
    let file = bench.file("in.geojson", collection(&[&row]));
    assert!(bench.succeed(&["import", "incidents", &file, "--ignore-column", "tags"]).contains("accepted 2"));
}

#[test]
fn unreadable_mark_of_secrecy_is_no_open_record() {
    let bench = with_areas();
    let row = incident(r#""id":"A1","classification":["mật"]"#, POINT);
    assert!(told(&bench, &[&row]).contains("is not \"thường\""));
}

#[test]
fn long_ids_keep_their_digits_or_are_refused() {
    let bench = with_areas();
    let rows = [
        incident(r#""id":20240301081500123451"#, POINT),
        incident(r#""id":20240301081500123452"#, POINT),
        incident(r#""id":9007199254740993"#, POINT),
    ];
    let told = told(&bench, &rows.each_ref().map(String::as_str));
    let incidents = bench.holdings().incidents;
    for id in (0..incidents.len()).map(|row| incidents.id(binhyen::domain::incident::IncidentRow::new(row))) {
        assert!(!id.contains('e'), "{id}: {told}");
    }
    assert!(!told.contains("already gave this id"), "{told}");
}

#[test]
fn nan_and_names_given_twice_reject_their_feature_and_no_other() {
    let bench = with_areas();
    let rows = [
        incident(r#""id":"A1","severity":NaN"#, POINT),
        incident(r#""id":"A2","severity":1,"severity":5"#, POINT),
        incident(r#""id":"A3""#, r#"{"type":"Point","coordinates":[108.15,15.15],"coordinates":[0,0]}"#),
    ];
    let told = told(&bench, &rows.each_ref().map(String::as_str));
    assert!(told.contains("read 4, accepted 1, updated 0, unchanged 0, rejected 3"), "{told}");
    for reason in [
        "feature 2: \"severity\": NaN is no JSON; write null",
        "feature 3: \"severity\" stands twice in one object",
        "feature 4: \"coordinates\" stands twice in one object",
    ] {
        assert!(told.contains(reason), "{reason}\n{told}");
    }
}

#[test]
fn points_that_are_empty_or_single_are_read_and_others_refused_in_words() {
    let bench = with_areas();
    let rows = [
        incident(r#""id":"A1""#, r#"{"type":"Point","coordinates":[]}"#),
        incident(r#""id":"A2""#, r#"{"type":"MultiPoint","coordinates":[[108.15,15.15]]}"#),
        incident(r#""id":"A3""#, r#"{"type":"Point","coordinates":[null,null]}"#),
        incident(r#""id":"A4""#, r#"{"type":"Point","coordinates":["108.15","15.15"]}"#),
        incident(r#""id":"A5""#, "{}"),
        incident(r#""id":"A6""#, r#"{"type":"MultiPoint","coordinates":[[108.15,15.15],[108.2,15.2]]}"#),
    ];
    let told = told(&bench, &rows.each_ref().map(String::as_str));
    assert!(told.contains("read 7, accepted 3, updated 0, unchanged 0, rejected 4"), "{told}");
    for reason in [
        "its Point has a coordinate null: write \"geometry\":null where there is no place",
        "its Point has coordinates in quotation marks",
        "its geometry has no type",
        "geometry \"MultiPoint\": a Point is needed",
    ] {
        assert!(told.contains(reason), "{reason}\n{told}");
    }
}

#[test]
fn part_of_a_longer_answer_is_refused_by_the_name_of_its_claim() {
    let bench = with_areas();
    let whole = collection(&[]);
    for (member, claim) in [
        ("\"exceededTransferLimit\":true", "\"exceededTransferLimit\": true"),
        ("\"properties\":{\"exceededTransferLimit\":1}", "\"exceededTransferLimit\": 1"),
        ("\"numberMatched\":5000", "\"numberMatched\": 5000, and it holds 1 features"),
        ("\"totalFeatures\":2", "\"totalFeatures\": 2"),
        ("\"links\":[{\"rel\":\"next\",\"href\":\"x\"}]", "a link to a next page"),
    ] {
        for text in [
            whole.replacen("\"features\"", &format!("{member},\"features\""), 1),
            format!("{},{member}}}", whole.trim_end_matches('}')),
        ] {
            let file = bench.file("in.geojson", text);
            let run = bench.run(&["import", "incidents", &file]);
            assert!(run.code == Some(2) && run.err.contains(claim) && run.err.contains("--partial"), "{}", run.err);
            assert!(bench.holdings().incidents.is_empty());
            assert!(bench.succeed(&["import", "incidents", &file, "--partial", "--dry-run"]).contains("accepted 1"));
        }
    }
    let squares = TWO_SQUARES.replacen("\"features\"", "\"exceededTransferLimit\":true,\"features\"", 1);
    let run = bench.run(&["import", "boundaries", &bench.file("x.geojson", squares), "--edition", "2020-02"]);
    assert!(run.code == Some(2) && run.err.contains("exceededTransferLimit"), "{}", run.err);
    let named = whole.replacen("\"features\"", "\"numberReturned\":1,\"name\":\"x\",\"features\"", 1);
    assert!(bench.succeed(&["import", "incidents", &bench.file("in.geojson", named)]).contains("accepted 1"));
}

/// Boundaries of one commune with an outline, and a neighbour.
fn outline(geometry: &str) -> String {
    format!(
        r#"{{"type":"FeatureCollection","features":[
{{"type":"Feature","properties":{{"code":"20335","name":"Phường Một"}},"geometry":{geometry}}},
{{"type":"Feature","properties":{{"code":"20338","name":"Phường Hai"}},"geometry":{{"type":"Polygon","coordinates":[[[108.25,15.5],[108.5,15.5],[108.5,15.75],[108.25,15.75],[108.25,15.5]]]}}}}
]}}"#
    )
}

const SHELL: &str = "[[108,15.5],[108.25,15.5],[108.25,15.75],[108,15.75],[108,15.5]]";

fn imported(geometry: &str, more: &[&str]) -> (Option<i32>, String) {
    let bench = Bench::new();
    let file = bench.file("in.geojson", outline(geometry));
    let run = bench.run(&[&["import", "boundaries", &file, "--edition", "2020-02"], more].concat());
    (run.code, format!("{}{}", run.out, run.err))
}

#[test]
fn outline_that_touches_itself_is_taken() {
    let hole = format!(
        r#"{{"type":"Polygon","coordinates":[{SHELL},[[108.125,15.5],[108.0625,15.625],[108.1875,15.625],[108.125,15.5]]]}}"#
    );
    let part = format!(
        r#"{{"type":"MultiPolygon","coordinates":[[{SHELL}],[[[108.125,15.75],[108.1875,15.875],[108.0625,15.875],[108.125,15.75]]]]}}"#
    );
    for geometry in [hole, part] {
        let (code, told) = imported(&geometry, &[]);
        assert_eq!(code, Some(0), "{told}");
        assert!(told.contains("stored: 2 new") && told.contains("the border touches itself"), "{told}");
        assert!(!told.contains("error"), "{told}");
    }
}

#[test]
fn crossing_is_named_where_it_is() {
    let bow_tie = r#"{"type":"Polygon","coordinates":[[[108,15.5],[108.2,15.7],[108.2,15.5],[108,15.7],[108,15.5]]]}"#;
    let (code, told) = imported(bow_tie, &[]);
    assert_eq!(code, Some(2));
    assert!(told.contains("the border crosses itself: 20335 Phường Một (at 108.100000, 15.600000)"), "{told}");
    let through = r#"{"type":"Polygon","coordinates":[[[108,15.5],[108.1,15.6],[108.2,15.7],[108.2,15.5],[108.1,15.6],[108,15.7],[108,15.5]]]}"#;
    let (code, told) = imported(through, &[]);
    assert!(code == Some(2) && told.contains("(at 108.100000, 15.600000)"), "{told}");
}

#[test]
fn tangle_of_a_few_kilobytes_is_refused_at_once() {
    let begun = std::time::Instant::now();
    let tip = |number: usize| {
        let angle = (number * 1000 % 2001) as f64 / 2001.0 * std::f64::consts::TAU;
        format!("[{:.6},{:.6}]", 108.1 + 0.1 * angle.cos(), 15.6 + 0.1 * angle.sin())
    };
    let ring: Vec<String> = (0..=2001).map(tip).collect();
    let star = format!(r#"{{"type":"Polygon","coordinates":[[{}]]}}"#, ring.join(","));
    for more in [&[][..], &["--repair"]] {
        let (code, told) = imported(&star, more);
        assert!(code == Some(2) && told.contains("the border crosses itself (1,000 times)"), "{told}");
    }
    assert!(begun.elapsed().as_secs() < 30, "{:?}", begun.elapsed());
}

#[test]
fn repair_takes_the_polygons_of_a_collection() {
    let line = r#"{"type":"LineString","coordinates":[[108.25,15.75],[108.26,15.76]]}"#;
    let collection = format!(
        r#"{{"type":"GeometryCollection","geometries":[{{"type":"Polygon","coordinates":[{SHELL}]}},{line}]}}"#
    );
    let (code, told) = imported(&collection, &[]);
    assert!(
        code == Some(2) && told.contains("GeometryCollection with lines or points; --repair takes its polygons"),
        "{told}"
    );
    let (code, told) = imported(&collection, &["--repair"]);
    assert_eq!(code, Some(0), "{told}");
    assert!(told.contains("repair: lines and points of a GeometryCollection were dropped"), "{told}");
    let lines = format!(r#"{{"type":"GeometryCollection","geometries":[{line},{line}]}}"#);
    let (code, told) = imported(&lines, &["--repair"]);
    assert!(code == Some(2) && told.contains("a GeometryCollection without a polygon"), "{told}");
}
