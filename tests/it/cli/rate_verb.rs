//! `binhyen rate` as an analyst runs it: the real binary on files of his own.

#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

use std::path::{Path, PathBuf};

use assert_cmd::Command;
use serde_json::{Value, json};

use crate::support::golden::say;

/// Four unit squares in a row and one far away; events 4, 3, 1, 0 and 2.
fn squares(events: &[Value]) -> Value {
    let square = |(place, events): (usize, &Value)| {
        let west = if place == 4 { 20.0 } else { place as f64 };
        let ring = [[west, 0.0], [west + 1.0, 0.0], [west + 1.0, 1.0], [west, 1.0], [west, 0.0]];
        json!({
            "type": "Feature",
            "properties": { "code": format!("a{place}"), "events": events, "residents": 100 * (place + 1) },
            "geometry": { "type": "Polygon", "coordinates": [ring] },
        })
    };
    json!({ "type": "FeatureCollection", "features": events.iter().enumerate().map(square).collect::<Vec<_>>() })
}

struct Folder(tempfile::TempDir);

impl Folder {
    fn with(events: &[Value]) -> Self {
        let folder = tempfile::tempdir().unwrap();
        std::fs::write(folder.path().join("areas.geojson"), squares(events).to_string()).unwrap();
        Self(folder)
    }

    fn file(&self, name: &str) -> PathBuf {
        self.0.path().join(name)
    }

    fn rate(&self, more: &[&str]) -> assert_cmd::assert::Assert {
        rate(&self.file("areas.geojson"), "code", more)
    }
}

fn rate(areas: &Path, id: &str, more: &[&str]) -> assert_cmd::assert::Assert {
    let mut command = Command::cargo_bin("binhyen").unwrap();
    command.arg("rate").arg("--areas").arg(areas).args(["--id", id]).args(more).assert()
}

fn answer(assert: assert_cmd::assert::Assert) -> Value {
    serde_json::from_slice(&assert.success().get_output().stdout).unwrap()
}

const COUNTS: [&str; 4] = ["--events", "events", "--exposure", "residents"];

fn plain() -> Folder {
    Folder::with(&[4, 3, 1, 0, 2].map(|count| json!(count)))
}

#[test]
fn numbers_of_a_small_map_are_those_by_hand() {
    let document = answer(plain().rate(&COUNTS));
    let overall = &document["overall"];
    assert_eq!((&overall["observed"], &overall["exposure"]), (&json!(10), &json!(1500.0)));
    // 0, 1, 2, 3 and 4 events: the highest of five areas holds 4 of 10.
    assert_eq!(overall["concentration"]["top_fifth"], 0.4);
    assert!((overall["concentration"]["gini"].as_f64().unwrap() - 0.4).abs() < 1e-15);
    let first = &document["areas"][0];
    assert_eq!(first["id"], "a0");
    assert!((first["expected"].as_f64().unwrap() - 100.0 * 10.0 / 1500.0).abs() < 1e-12);
    assert!((first["ratio"].as_f64().unwrap() - 6.0).abs() < 1e-12);
    let q = &first["exact_lo"].as_f64().unwrap() * 100.0 * 10.0 / 1500.0;
    assert!((q - 1.089_865).abs() < 1e-5, "lower limit of four events is {q}");
}

#[test]
fn island_has_rates_and_no_neighbourhood() {
    let document = answer(plain().rate(&COUNTS));
    let island = &document["areas"][4];
    assert!(island["rate"].is_number() && island["eb_global"].is_number() && island["funnel"]["z"].is_number());
    for name in ["eb_local", "local_moran_i", "gi_star_z", "gi_z", "gi_q", "quadrant"] {
        assert!(island[name].is_null(), "{name}");
    }
    assert_eq!(document["method"]["weights"]["islands"], 1);
}

#[test]
fn neighbours_of_a_file_are_those_of_the_outlines() {
    let folder = plain();
    let lists = json!({ "a0": ["a1"], "a1": ["a0", "a2"], "a2": ["a1", "a3"], "a3": ["a2"], "a4": [] });
    std::fs::write(folder.file("lists.json"), lists.to_string()).unwrap();
    let path = folder.file("lists.json");
    let of_file = answer(folder.rate(&[&COUNTS[..], &["--weights", path.to_str().unwrap()]].concat()));
    assert_eq!(of_file["areas"], answer(folder.rate(&COUNTS))["areas"]);
}

#[test]
fn csv_has_a_row_per_area_and_no_nan() {
    let out = plain().rate(&[&COUNTS[..], &["--format", "csv"]].concat()).success().get_output().stdout.clone();
    let text = String::from_utf8(out).unwrap();
    assert_eq!(text.lines().count(), 6);
    assert!(text.starts_with("id,") && text.contains("funnel_od_hi998") && !text.contains("NaN"));
}

#[test]
fn measured_field_has_its_spatial_statistics_and_classes() {
    let document = answer(plain().rate(&["--value", "residents"]));
    assert!(document["overall"]["moran_i_row"].as_f64().unwrap() > 0.0);
    assert_eq!(document["overall"]["classes"]["quantile"], json!([100.0, 200.0, 300.0, 400.0, 500.0]));
    assert!(document["areas"][0]["rate"].is_null());
}

#[test]
fn quiet_map_has_zeros_and_nulls() {
    let document = answer(Folder::with(&[0, 0, 0, 0, 0].map(|count| json!(count))).rate(&COUNTS));
    assert_eq!(document["areas"][0]["ratio"], 0.0);
    // Nothing happened: the posterior knows nothing of any area.
    assert!(["post_q025", "post_q975", "prob_above_overall"].iter().all(|name| document["areas"][0][name].is_null()));
    assert!(document["overall"]["concentration"].is_null());
    assert!(document["areas"][0]["ebi_z"].is_null() && document["overall"]["moran_i_row"].is_null());
}

#[test]
fn events_without_exposure_are_told() {
    let folder = plain();
    let mut areas = squares(&[4, 3, 1, 0, 2].map(|count| json!(count)));
    areas["features"][0]["properties"]["residents"] = json!(0);
    areas["features"][3]["properties"]["residents"] = json!(0);
    std::fs::write(folder.file("areas.geojson"), areas.to_string()).unwrap();
    let assert = folder.rate(&COUNTS).success();
    let said = String::from_utf8(assert.get_output().stderr.clone()).unwrap();
    assert!(said.contains("areas left out, with no exposure: 2, with 4 events in no rate: a0, a3"), "{said}");
    let document = answer(assert);
    let expected = json!({ "why": "no exposure", "areas": 2, "events": 4, "ids": ["a0", "a3"] });
    assert_eq!((&document["method"]["left_out"], &document["overall"]["observed"]), (&expected, &json!(6)));
    assert_eq!(answer(plain().rate(&COUNTS))["method"]["left_out"]["areas"], 0);
}

#[test]
fn neighbours_are_read_from_gal_and_gwt_files() {
    let folder = plain();
    let own = answer(folder.rate(&COUNTS));
    let gal = "0 5 areas code\na0 1\na1\na1 2\na0 a2\na2 2\na1 a3\na3 1\na2\na4 0\n\n";
    std::fs::write(folder.file("w.gal"), gal).unwrap();
    let path = folder.file("w.gal");
    let read = answer(folder.rate(&[&COUNTS[..], &["--weights", path.to_str().unwrap()]].concat()));
    assert_eq!(read["areas"], own["areas"]);
    let gwt = "0 5 areas code\na0 a1 1.5\na1 a0 1.5\na1 a2 1\na2 a1 1\na2 a3 1\na3 a2 1\n";
    std::fs::write(folder.file("w.gwt"), gwt).unwrap();
    let path = folder.file("w.gwt");
    let read = answer(folder.rate(&[&COUNTS[..], &["--weights", path.to_str().unwrap()]].concat()));
    assert_eq!(read["areas"], own["areas"], "an island has no line");
    std::fs::write(&path, gwt.replacen("0 5", "0 6", 1)).unwrap();
    let refused = folder.rate(&[&COUNTS[..], &["--weights", path.to_str().unwrap()]].concat()).failure().code(2);
    let said = String::from_utf8(refused.get_output().stderr.clone()).unwrap();
    assert!(said.contains("it is of 6 areas"), "{said}");
}

#[test]
fn borders_within_the_tolerance_make_neighbours_and_gaps_are_named() {
    let folder = plain();
    let mut areas = squares(&[4, 3, 1, 0, 2].map(|count| json!(count)));
    // The second square begins 1e-6° (0.11 m) and the third 1e-4° (11 m) further east than the one before ends.
    for (feature, shift) in [(1, 1e-6), (2, 1e-4)] {
        for corner in [0, 3, 4] {
            let x = &mut areas["features"][feature]["geometry"]["coordinates"][0][corner][0];
            *x = json!(x.as_f64().unwrap() + shift);
        }
    }
    std::fs::write(folder.file("areas.geojson"), areas.to_string()).unwrap();
    let assert = folder.rate(&[&COUNTS[..], &["--tolerance", "0.2"]].concat()).success();
    let said = String::from_utf8(assert.get_output().stderr.clone()).unwrap();
    assert!(said.contains("no neighbours for want of a few metres: 1: a1, a2 (11.13 m)"), "{said}");
    let weights = answer(assert)["method"]["weights"].clone();
    assert_eq!((&weights["tolerance_m"], &weights["links"]), (&json!(0.2), &json!(4)));
    assert_eq!(weights["slivers"][0]["kind"], "gap");
    assert_eq!(answer(folder.rate(&[&COUNTS[..], &["--tolerance", "12"]].concat()))["method"]["weights"]["links"], 6);
}

#[test]
fn plane_coordinates_make_no_islands() {
    let folder = plain();
    let metres = squares(&[4, 3, 1, 0, 2].map(|count| json!(count))).to_string().replace("20.0", "500020.0");
    std::fs::write(folder.file("areas.geojson"), metres).unwrap();
    let refused = folder.rate(&COUNTS).failure().code(2);
    let said = String::from_utf8(refused.get_output().stderr.clone()).unwrap();
    assert!(said.contains("a border of area \"a4\" goes through 500020, 0: these are no degrees"), "{said}");
}

#[test]
fn wrong_input_is_named() {
    let said = |folder: &Folder, more: &[&str]| {
        let assert = folder.rate(more).failure().code(2);
        String::from_utf8(assert.get_output().stderr.clone()).unwrap()
    };
    let folder = plain();
    let unknown = said(&folder, &["--events", "deaths", "--exposure", "residents"]);
    assert!(unknown.contains("no field \"deaths\"; its fields are code, events, residents"), "{unknown}");
    let text = said(&folder, &["--events", "code", "--exposure", "residents"]);
    assert!(text.contains("area \"a0\": code is \"a0\", expected a number"), "{text}");
    let negative = said(&Folder::with(&[json!(-1), json!(2)]), &COUNTS);
    assert!(negative.contains("events is \"-1\", expected a whole number of at least 0"), "{negative}");
    let missing = said(&Folder::with(&[json!(null), json!(2)]), &COUNTS);
    assert!(missing.contains("area \"a0\": events is \"\""), "{missing}");
    let short = squares(&[json!(1), json!(2)]).to_string().replacen("[0.0,0.0]", "[0.0]", 1);
    let broken = Folder::with(&[]);
    std::fs::write(broken.file("areas.geojson"), short).unwrap();
    let vertex = said(&broken, &COUNTS);
    assert!(vertex.contains("line 1: a vertex has fewer than two coordinates"), "{vertex}");
    let path = folder.file("lists.json");
    std::fs::write(&path, json!({ "a0": ["a9"], "a1": [], "a2": [], "a3": [], "a4": [] }).to_string()).unwrap();
    let stranger = said(&folder, &[&COUNTS[..], &["--weights", path.to_str().unwrap()]].concat());
    assert!(stranger.contains("neighbour \"a9\" of \"a0\" is unknown"), "{stranger}");
}

/// Published example data beside the repository: neighbours by our contiguity are those of libpysal.
#[test]
fn contiguity_of_published_counties_is_that_of_libpysal() {
    let beside = || Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/golden");
    let folder = std::env::var_os("BINHYEN_GOLDEN").map_or_else(beside, PathBuf::from).join("input");
    let areas = folder.join("sids2.geojson");
    let Ok(weights) = std::fs::read_to_string(folder.join("weights_sids2.json")) else {
        say("not checked: neighbours of the published counties (set BINHYEN_GOLDEN to their folder)");
        return;
    };
    let weights: Value = serde_json::from_str(&weights).unwrap();
    for kind in ["queen", "rook"] {
        let events = ["--events", "SID74", "--exposure", "BIR74", "--weights"];
        let own = answer(rate(&areas, "id", &[&events[..], &[kind]].concat()));
        let lists = tempfile::NamedTempFile::new().unwrap();
        std::fs::write(lists.path(), weights[kind].to_string()).unwrap();
        let theirs = answer(rate(&areas, "id", &[&events[..], &[lists.path().to_str().unwrap()]].concat()));
        assert_eq!(own["areas"], theirs["areas"], "{kind}");
        assert_eq!(own["method"]["weights"]["links"], weights[kind]["directed_links"]);
    }
}

#[test]
fn csv_of_a_spreadsheet_is_read_as_it_is_written_and_comes_back_guarded() {
    let folder = plain();
    let rows = "code;events;residents\n=A1;4;100,5\n+B2;3;200,5\n-C3;1;300,5\n@D4;0;400,5\n＝E5;2;1.500,5\n";
    let utf16: Vec<u8> = rows.encode_utf16().flat_map(u16::to_le_bytes).collect();
    let ids = ["=A1", "+B2", "-C3", "@D4", "＝E5"];
    let chain = ids.iter().zip(ids.iter().cycle().skip(1)).map(|(id, next)| ((*id).to_owned(), json!([next])));
    let lists = Value::Object(chain.collect());
    std::fs::write(folder.file("lists.json"), lists.to_string()).unwrap();
    std::fs::write(folder.file("areas.csv"), utf16).unwrap();
    let weights = ["--weights", folder.file("lists.json").to_str().unwrap()].map(str::to_owned);
    let run = |file: &str, more: &[&str]| {
        let given: Vec<&str> = more.iter().copied().chain(weights.iter().map(String::as_str)).collect();
        rate(&folder.file(file), if file == "areas.csv" { "code" } else { "id" }, &given)
    };
    let read = ["--encoding", "utf-16le", "--delimiter", "semicolon"];
    let document = answer(run("areas.csv", &[&COUNTS[..], &read].concat()));
    assert_eq!(document["overall"]["exposure"], json!(2502.5));
    let told = answer(run("areas.csv", &[&COUNTS[..], &read, &["--decimal", "comma"]].concat()));
    assert_eq!(told["overall"]["exposure"], json!(2502.5));
    let wrong = run("areas.csv", &[&COUNTS[..], &read, &["--decimal", "point"]].concat()).failure();
    let said = String::from_utf8(wrong.get_output().stderr.clone()).unwrap();
    assert!(said.contains("--decimal comma reads decimal commas"), "{said}");

    let out =
        run("areas.csv", &[&COUNTS[..], &read, &["--format", "csv"]].concat()).success().get_output().stdout.clone();
    let text = String::from_utf8(out).unwrap();
    let guarded: Vec<&str> = text.lines().skip(1).map(|line| line.split(',').next().unwrap()).collect();
    assert_eq!(guarded, ["'=A1", "'+B2", "'-C3", "'@D4", "'＝E5"]);
    std::fs::write(folder.file("out.csv"), &text).unwrap();
    let again = answer(run("out.csv", &["--value", "observed"]));
    let names: Vec<&str> = again["areas"].as_array().unwrap().iter().map(|area| area["id"].as_str().unwrap()).collect();
    assert_eq!(names, ids);
}
