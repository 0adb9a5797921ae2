//! Boundaries through the real program: small hand-made files, and real ones where they are at hand.

use binhyen::domain::area::Level;
use geo::CoordsIter as _;

use crate::support::imports::{Bench, TWO_SQUARES, real_data};

fn with(replaced: &str, by: &str) -> String {
    assert!(TWO_SQUARES.contains(replaced));
    TWO_SQUARES.replacen(replaced, by, 1)
}

fn told(content: &str, options: &[&str]) -> (Option<i32>, String) {
    let bench = Bench::new();
    let file = bench.file("in.geojson", content);
    let run = bench.run(&[&["import", "boundaries", &file, "--edition", "2020-02"], options].concat());
    (run.code, format!("{}{}", run.out, run.err))
}

#[test]
fn two_squares_are_stored_to_the_last_digit() {
    let bench = Bench::new();
    let file = bench.file("in.geojson", with("108.1,15.2", "108.10000000000012,15.2").replace("Hai", "Ha\u{301}i"));
    let out = bench.succeed(&["import", "boundaries", &file, "--edition", "2020-02"]);
    assert!(out.contains("edition 2020-02, commune: 2 areas, "), "{out}");
    assert!(out.contains("warning: edition 2020-02 has 241 areas of this level, the file gives 2"), "{out}");
    assert!(out.contains("stored: 2 new, 0 changed, 0 unchanged, 0 removed; epoch 1"), "{out}");
    let areas = bench.holdings().areas;
    assert_eq!(areas[1].name, "Phường Hái", "decomposed letters are composed");
    let first = areas[0].boundary.as_ref().unwrap().coords_iter().nth(3).unwrap();
    assert_eq!(first.x.to_bits(), 108.100_000_000_000_12_f64.to_bits());

    let again = bench.succeed(&["import", "boundaries", &file, "--edition", "2020-02"]);
    assert!(again.contains("stored: 0 new, 0 changed, 2 unchanged, 0 removed; epoch 1"), "{again}");
}

#[test]
fn an_edition_is_taken_whole_or_not_at_all() {
    let bench = Bench::new();
    let good = bench.file("in.geojson", TWO_SQUARES);
    bench.succeed(&["import", "boundaries", &good, "--edition", "2020-02"]);
    let before = bench.holdings().areas;
    let bad = bench.file("bad.geojson", with("[108.3,15.2],[108.2,15.2]", "[108.2,15.2],[108.25,15.25]"));
    let run = bench.run(&["import", "boundaries", &bad, "--edition", "2020-02"]);
    assert_eq!(run.code, Some(2));
    assert!(run.out.contains("error: the border crosses itself: 20338 Phường Hai (at 108."), "{}", run.out);
    assert!(run.out.contains("1 error(s): nothing was imported; --repair mends faults of geometry"), "{}", run.out);
    assert_eq!(bench.holdings().areas, before);
}

#[test]
fn repairs_are_made_on_request_and_told() {
    let crossing = with("[108.3,15.2],[108.2,15.2]", "[108.2,15.2],[108.3,15.2]");
    let (code, out) = told(&crossing, &["--repair"]);
    assert_eq!(code, Some(0), "{out}");
    assert!(out.contains("repair: crossings were resolved"), "{out}");
    let open = with(",[108.1,15.1]]]", "]]");
    let (code, out) = told(&open, &[]);
    assert_eq!(code, Some(2));
    assert!(out.contains("error: a ring does not end where it begins: 20335 Phường Một"), "{out}");
    let (code, out) = told(&open, &["--repair"]);
    assert_eq!(code, Some(0), "{out}");
    assert!(out.contains("vertices: 9 read, 1 added to close rings, +0 by repair, 10 stored"), "{out}");
    assert!(out.contains("repair: rings were closed: 20335 Phường Một"), "{out}");
}

#[test]
fn overlaps_and_gaps_are_told_with_codes_and_square_kilometres() {
    let (code, out) =
        told(&with("[[[108.2,15.1]", "[[[108.19,15.1]").replace("[108.2,15.1]]]}}\n]", "[108.19,15.1]]]}}\n]"), &[]);
    assert_eq!(code, Some(0), "{out}");
    let overlap = out.lines().find(|line| line.contains("areas overlap")).unwrap_or(&out);
    // A triangle of 0.01° by 0.1° at 15.15° N: ½ × 1.0745 km × 11.064 km.
    assert!(overlap.starts_with("warning: areas overlap, 5.9"), "{overlap}");
    assert!(overlap.contains("20335 Phường Một; 20338 Phường Hai"), "{overlap}");
}

#[test]
fn codes_are_held_against_the_official_register() {
    let bench = Bench::new();
    let file = bench.file("in.geojson", with("20338", "99999"));
    let run = bench.run(&["import", "boundaries", &file, "--edition", "2025-07"]);
    assert_eq!(run.code, Some(2));
    assert!(
        run.out.contains("error: line 3: the code is not in the official register of the edition: 99999"),
        "{}",
        run.out
    );
    assert!(run.out.contains("the official name is \"Phường Bàn Thạch\": 20335 Phường Một"), "{}", run.out);
    assert!(run.out.contains("warning: 77 areas of the official register are missing: "), "{}", run.out);
}

#[test]
fn a_file_of_another_territory_is_compared_with_no_register() {
    let drill = with("20335", "90001").replace("20338", "90002");
    for edition in ["2020-02", "2025-07"] {
        let bench = Bench::new();
        let file = bench.file("in.geojson", &drill);
        let out = bench.succeed(&["import", "boundaries", &file, "--edition", edition]);
        let said = format!("warning: none of the codes is in the official register of edition {edition}: ");
        assert!(out.contains(&said) && !out.contains("are missing"), "{out}");
        assert!(out.contains("stored: 2 new"), "{out}");
    }
}

#[test]
fn a_district_must_be_known_or_named() {
    let communes = with(r#""name":"Phường Một""#, r#""name":"Phường Một","d":"502","dn":"Thành phố Tam Kỳ""#)
        .replace(r#""name":"Phường Hai""#, r#""name":"Phường Hai","d":"502","dn":"Thành phố Tam Kỳ""#);
    let (code, out) = told(&communes, &["--parent", "d"]);
    assert_eq!(code, Some(2));
    assert!(out.contains("error: district 502 of edition 2020-02 is not known: import the districts first, or give --parent-name: 20335 Phường Một; 20338 Phường Hai"), "{out}");
    let bench = Bench::new();
    let file = bench.file("in.geojson", &communes);
    let args = ["import", "boundaries", &file, "--edition", "2020-02", "--parent", "d"];
    bench.succeed(&[&args[..], &["--parent-name", "dn"]].concat());
    let areas = bench.holdings().areas;
    assert_eq!((areas[2].level, areas[2].name.as_str()), (Level::District, "Thành phố Tam Kỳ"));
    assert_eq!(areas[0].parent.as_ref(), Some(&areas[2].key.code));
    // Now the district is known, and new districts must keep it.
    bench.succeed(&args);
    let districts = bench.file("d.csv", "code,name\n503,Thành phố Hội An\n");
    let run = bench.run(&["import", "boundaries", &districts, "--edition", "2020-02", "--level", "district"]);
    assert_eq!(run.code, Some(2));
    assert!(run.out.contains("error: the file has no district 502, to which 2 loaded communes belong"), "{}", run.out);
}

#[test]
fn part_of_an_edition_does_not_silently_replace_the_whole() {
    let bench = Bench::new();
    let whole = bench.file("whole.geojson", TWO_SQUARES);
    bench.succeed(&["import", "boundaries", &whole, "--edition", "2020-02"]);
    let args = ["import", "boundaries", &whole, "--edition", "2020-02", "--where", "code=20335"];
    let run = bench.run(&args);
    assert_eq!(run.code, Some(2));
    let said =
        "1 of the 2 loaded areas of edition 2020-02 are not in the file (20338 Phường Hai); give --remove-missing";
    assert!(run.err.contains(said), "{}", run.err);
    assert_eq!(bench.holdings().areas.len(), 2);
    let out = bench.succeed(&[&args[..], &["--remove-missing"]].concat());
    assert!(out.contains("1 unchanged, 1 removed"), "{out}");
}

#[test]
fn attributes_that_do_not_exist_are_named() {
    let (code, out) = told(TWO_SQUARES, &["--population", "dan_so"]);
    assert_eq!(code, Some(2));
    assert!(out.contains("the file has no column \"dan_so\"; it has code, name"), "{out}");
    let (_, out) = told(&TWO_SQUARES.replace("\"code\"", "\"gid\""), &[]);
    assert!(out.contains("no attribute of a usual name gives the code; the file has gid, name; give --code"), "{out}");
    let (code, out) = told(TWO_SQUARES, &["--where", "code=1"]);
    assert_eq!(code, Some(2));
    assert!(out.contains("error: no feature is left to import"), "{out}");
}

#[test]
fn the_241_communes_and_18_districts_of_2020_are_taken() {
    let Some(real) = real_data() else { return };
    let bench = Bench::new();
    let districts = real.join("qn_districts_18_dvhcvn.geojson");
    let communes = real.join("qn_communes_2020_241_clean.geojson");
    bench.succeed(&[
        "import",
        "boundaries",
        districts.to_str().unwrap(),
        "--edition",
        "2020-02",
        "--level",
        "district",
    ]);
    let args = ["import", "boundaries", communes.to_str().unwrap(), "--edition", "2020-02"];
    let out = bench.succeed(&[&args[..], &["--population", "population_2019"]].concat());
    assert!(out.contains("edition 2020-02, commune: 241 areas, 10573."), "{out}");
    assert!(out.contains("population: 241 areas, 1495812 residents, year 2019"), "{out}");
    assert!(out.contains("every one is accounted for"), "{out}");
    let areas = bench.holdings().areas;
    let at = |level| areas.iter().filter(|area| area.level == level).count();
    assert_eq!((at(Level::Commune), at(Level::District)), (241, 18));
    assert!(areas.iter().filter(|area| area.level == Level::Commune).all(|area| area.parent.is_some()));
    assert_eq!(bench.holdings().populations.len(), 241);
}

#[test]
fn the_78_units_of_2025_are_chosen_out_of_94() {
    let Some(real) = real_data() else { return };
    let bench = Bench::new();
    let file = real.join("dn2025_94_communes_full.geojson");
    let args = ["import", "boundaries", file.to_str().unwrap(), "--edition", "2025-07", "--population", "population"];
    let out = bench.succeed(&[&args[..], &["--where", "origin=Quảng Nam", "--format", "json"]].concat());
    let report: serde_json::Value = serde_json::from_str(&out).unwrap();
    assert_eq!((report["features_read"].as_u64(), report["features_filtered"].as_u64()), (Some(94), Some(16)));
    assert_eq!((report["areas"].as_u64(), report["population_year"].as_u64()), (Some(78), Some(2025)));
    let vertices = &report["vertices"];
    assert_eq!(vertices["read"], vertices["stored"]);
    assert_eq!(vertices["accounted_for"], true);
    let stored: usize =
        bench.holdings().areas.iter().filter_map(|area| Some(area.boundary.as_ref()?.coords_count())).sum();
    assert_eq!(Some(stored as u64), vertices["stored"].as_u64());
}

#[test]
fn codes_may_be_the_ids_of_the_features() {
    let bench = Bench::new();
    let squares =
        TWO_SQUARES.replace("\"properties\":{\"code\":", "\"id\":").replace(",\"name\"", ",\"properties\":{\"name\"");
    let file = bench.file("squares.geojson", squares);
    let out = bench.succeed(&["import", "boundaries", &file, "--edition", "2020-02", "--code", "@id"]);
    assert!(out.contains("2 areas"), "{out}");
}

#[test]
fn a_repair_that_was_not_enough_is_not_advised_again() {
    let (code, out) = told(&TWO_SQUARES.replace("20338", "20335"), &["--repair"]);
    assert_eq!(code, Some(2));
    assert!(out.contains("1 error(s): nothing was imported\n"), "{out}");
}
