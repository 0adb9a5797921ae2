//! Cleaning, registers, official points and the nesting table through the real program.

#![expect(clippy::unwrap_used, reason = "the helpers of tests may fail loudly")]

use std::path::Path;

use serde_json::Value;

use crate::support::imports::{Bench, TWO_SQUARES, real_data};

/// Two communes of Tam Kỳ whose borders overlap by 0.0001°, some 11 m, in a file of the edition of 2020-02.
fn overlapping() -> String {
    TWO_SQUARES
        .replace("Phường Một", "Phường Tân Thạnh")
        .replace("Phường Hai", "Phường Phước Hòa")
        .replace("[[[108.2,15.1]", "[[[108.1999,15.1]")
        .replace("[108.2,15.2],[108.2,15.1]]]}}\n]", "[108.1999,15.2],[108.1999,15.1]]]}}\n]")
}

fn report(bench: &Bench, args: &[&str]) -> Value {
    let run = bench.run(&[args, &["--format", "json"]].concat());
    serde_json::from_str(&run.out).unwrap_or_else(|error| panic!("{error}: {}{}", run.out, run.err))
}

#[test]
fn cleaning_tells_each_piece_and_who_got_it() {
    let bench = Bench::new();
    let file = bench.file("in.geojson", overlapping());
    let args = ["import", "boundaries", &file, "--edition", "2020-02"];
    let unclean = bench.succeed(&[&args[..], &["--dry-run"]].concat());
    assert!(unclean.contains("warning: areas overlap, 0.1"), "{unclean}");
    let narrow = bench.succeed(&[&args[..], &["--dry-run", "--clean", "5"]].concat());
    assert!(narrow.contains("warning: this overlap is wider than --clean and stays"), "{narrow}");
    let out = bench.succeed(&[&args[..], &["--clean", "20"]].concat());
    assert!(out.contains("repair: --clean 20 gave 1 overlap (0.1"), "{out}");
    let piece = out.lines().find(|line| line.contains("overlap given to")).unwrap_or(&out);
    assert!(piece.contains("given to 20335 Phường Tân Thạnh"), "{piece}");
    assert!(
        piece.contains("m wide and 110")
            && piece.contains("20335 Phường Tân Thạnh; 20338 Phường Phước Hòa (at 108.19995"),
        "{piece}"
    );
    assert!(!out.contains("areas overlap"), "{out}");
    let stored = bench.run(&["check", bench.data().to_str().unwrap()]);
    assert_eq!(stored.code, Some(0), "{}", stored.out);
}

#[test]
fn repair_says_what_it_leaves_and_which_width_would_resolve_it() {
    let bench = Bench::new();
    let file = bench.file("in.geojson", overlapping());
    let out = bench.succeed(&["import", "boundaries", &file, "--edition", "2020-02", "--repair"]);
    let said = "--repair mends outlines and moves no border between areas: 1 overlap (0.1";
    let line = out.lines().find(|line| line.contains(said)).unwrap_or_else(|| panic!("{out}"));
    assert!(line.contains("and no gaps stay; --clean 20 resolves them"), "{line}");
}

#[test]
fn width_must_be_metres_in_bounds() {
    let bench = Bench::new();
    let file = bench.file("in.geojson", TWO_SQUARES);
    let run = bench.run(&["import", "boundaries", &file, "--edition", "2020-02", "--clean", "5000"]);
    assert!(run.code != Some(0) && run.err.contains("is not a width in metres from 0.1 to 1000"), "{}", run.err);
}

#[test]
fn order_of_the_features_does_not_matter() {
    let (forward, backward) = (Bench::new(), Bench::new());
    let text = overlapping();
    let lines: Vec<&str> = text.lines().collect();
    let features: Vec<&str> =
        lines.iter().filter(|line| line.contains("Polygon")).map(|line| line.trim_end_matches(',')).collect();
    assert_eq!(features.len(), 2);
    let turned = format!("{{\"type\":\"FeatureCollection\",\"features\":[\n{},\n{}\n]}}", features[1], features[0]);
    let run = |bench: &Bench, content: &str| {
        let file = bench.file("in.geojson", content);
        bench.succeed(&["import", "boundaries", &file, "--edition", "2020-02", "--clean", "20"]);
        bench.holdings().areas
    };
    assert_eq!(run(&forward, &text), run(&backward, &turned));
}

#[test]
fn file_of_another_edition_is_refused_with_the_edition_that_fits() {
    let bench = Bench::new();
    let named = TWO_SQUARES.replace("20335", "20758").replace("20338", "20821");
    let named = named.replace("Phường Một", "Xã Quế Tân").replace("Phường Hai", "Xã Bình Định");
    let file = bench.file("in.geojson", &named);
    let run = bench.run(&["import", "boundaries", &file, "--edition", "2020-02"]);
    assert_eq!(run.code, Some(2));
    let said = "error: 2 of the 2 areas are not in edition 2020-02 under their code and name, and those of edition 2025-01 \
                are: give --edition 2025-01: 20758 Xã Quế Tân; 20821 Xã Bình Định";
    assert!(run.out.contains(said), "{}", run.out);
    bench.succeed(&["import", "boundaries", &file, "--edition", "2025-01"]);
}

#[test]
fn commune_in_another_district_than_the_register_has_is_told() {
    let bench = Bench::new();
    let file = overlapping()
        .replace(
            "\"name\":\"Phường Tân Thạnh\"",
            "\"name\":\"Phường Tân Thạnh\",\"d\":\"503\",\"dn\":\"Thành phố Hội An\"",
        )
        .replace(
            "\"name\":\"Phường Phước Hòa\"",
            "\"name\":\"Phường Phước Hòa\",\"d\":\"502\",\"dn\":\"Thành phố Tam Kỳ\"",
        );
    let file = bench.file("in.geojson", file);
    let out =
        bench.succeed(&["import", "boundaries", &file, "--edition", "2020-02", "--parent", "d", "--parent-name", "dn"]);
    let said =
        "the file puts it in district 503, the official register in 502 Thành phố Tam Kỳ: 20335 Phường Tân Thạnh";
    assert!(out.contains(said), "{out}");
    assert_eq!(out.matches("the file puts it in district").count(), 1, "{out}");
}

#[test]
fn districts_against_their_communes_are_a_table_at_import_and_check() {
    let bench = Bench::new();
    let square = |code: &str, name: &str, west: f64| {
        format!(
            "{{\"type\":\"Feature\",\"properties\":{{\"code\":\"{code}\",\"name\":\"{name}\"}},\"geometry\":{{\"type\":\"Polygon\",\
             \"coordinates\":[[[{west},15.1],[{0},15.1],[{0},15.2],[{west},15.2],[{west},15.1]]]}}}}",
            west + 0.15
        )
    };
    let districts = square("502", "Thành phố Tam Kỳ", 108.1);
    let districts = bench.file("d.geojson", format!("{{\"type\":\"FeatureCollection\",\"features\":[{districts}]}}"));
    let out = bench.succeed(&["import", "boundaries", &districts, "--edition", "2020-02", "--level", "district"]);
    assert!(!out.contains("districts against"), "{out}");
    let communes = overlapping().replace("\"name\":", "\"parent\":\"502\",\"name\":");
    let communes = bench.file("c.geojson", communes);
    let out = bench.succeed(&["import", "boundaries", &communes, "--edition", "2020-02"]);
    // Communes from 108.1 to 108.3, the district to 108.25: 0.05° by 0.1° are outside.
    let row = out.lines().find(|line| line.contains("502 Thành phố Tam Kỳ: ")).unwrap_or_else(|| panic!("{out}"));
    assert!(row.contains("2 communes; 59.4") && row.contains("0.000 km² not covered"), "{row}");
    let check = bench.succeed(&["check", bench.data().to_str().unwrap()]);
    assert!(check.contains("edition 2020-02") && check.contains("2 communes; 59.4"), "{check}");
}

#[test]
fn units_beside_those_of_the_edition_are_refused_with_the_filter_that_leaves_them_out() {
    let Some(real) = real_data() else { return };
    let bench = Bench::new();
    let file = real.join("dn2025_94_communes_full.geojson");
    let file = file.to_str().unwrap();
    let run = bench.run(&["import", "boundaries", file, "--edition", "2025-07"]);
    assert_eq!(run.code, Some(2));
    let said = "error: 16 of the 94 areas are not in the official register of edition 2025-07: --where \"origin=Quảng Nam\" \
                takes those that are";
    assert!(run.out.contains(said), "{}", run.out);
    let run = bench.run(&["import", "boundaries", file, "--edition", "2025-01"]);
    assert!(run.out.contains("give --edition 2025-07 --where \"origin=Quảng Nam\""), "{}", run.out);
}

#[test]
fn exchanged_outlines_are_found_in_the_real_file_and_nowhere_else() {
    let Some(real) = real_data() else { return };
    let bench = Bench::new();
    let text = std::fs::read_to_string(real.join("qn_communes_2020_241_clean.geojson")).unwrap();
    let mut file: Value = serde_json::from_str(&text).unwrap();
    let args = |path: &str| ["check", path, "--edition", "2020-02"].map(str::to_owned);
    let told = |path: &str| {
        let args = args(path);
        let args: Vec<&str> = args.iter().map(String::as_str).collect();
        let found = report(&bench, &args);
        let found = found["remarks"]
            .as_array()
            .unwrap()
            .iter()
            .filter(|remark| remark["kind"] == "exchanged_outlines")
            .cloned();
        found.collect::<Vec<Value>>()
    };
    assert_eq!(told(&bench.file("sound.geojson", &text)), Vec::<Value>::new());
    let features = file["features"].as_array_mut().unwrap();
    let place = |code: &str| features.iter().position(|feature| feature["properties"]["ward_code"] == code).unwrap();
    let (one, other) = (place("20341"), place("20500"));
    let outline = features[one]["geometry"].take();
    features[one]["geometry"] = features[other]["geometry"].take();
    features[other]["geometry"] = outline;
    let found = told(&bench.file("exchanged.geojson", file.to_string()));
    assert_eq!(found.len(), 1, "{found:?}");
    assert!(found[0]["areas"].to_string().contains("20341") && found[0]["areas"].to_string().contains("20500"));
}

/// Squares of 200 m around the official points of the first twelve communes of 2020-02 that have one, the points moved by
/// degrees of longitude; the outline of a unit is that of the unit whose place is given.
fn around_points(moved_east: f64, outline_of: impl Fn(usize) -> usize) -> String {
    let register = Path::new(env!("CARGO_MANIFEST_DIR")).join("geodata/registers/2020-02.csv");
    let register = std::fs::read_to_string(register).unwrap();
    let rows = register.lines().map(|line| line.split(',').collect::<Vec<&str>>());
    let units: Vec<Vec<&str>> = rows.filter(|row| row[0] == "commune" && !row[9].is_empty()).take(12).collect();
    let feature = |(place, unit): (usize, &Vec<&str>)| {
        let point = &units[outline_of(place)];
        let (lon, lat): (f64, f64) = (point[9].parse().unwrap(), point[10].parse().unwrap());
        let (west, east) = (lon + moved_east - 0.001, lon + moved_east + 0.001);
        let (south, north) = (lat - 0.001, lat + 0.001);
        format!(
            "{{\"type\":\"Feature\",\"properties\":{{\"code\":\"{}\",\"name\":\"{}\"}},\"geometry\":{{\"type\":\"Polygon\",\
             \"coordinates\":[[[{west},{south}],[{east},{south}],[{east},{north}],[{west},{north}],[{west},{south}]]]}}}}",
            unit[1], unit[2]
        )
    };
    let features: Vec<String> = units.iter().enumerate().map(feature).collect();
    format!("{{\"type\":\"FeatureCollection\",\"features\":[{}]}}", features.join(","))
}

/// Whether a file is refused, and what is said of its official points.
fn told_of_points(file: &str) -> (bool, Vec<String>) {
    const KINDS: [&str; 4] = ["displaced", "outlines_of_others", "exchanged_outlines", "distant_outline"];
    let bench = Bench::new();
    let file = bench.file("in.geojson", file);
    let run = bench.run(&["import", "boundaries", &file, "--edition", "2020-02", "--dry-run", "--format", "json"]);
    let report: Value = serde_json::from_str(&run.out).unwrap_or_else(|_| panic!("{}{}", run.out, run.err));
    let remarks = report["remarks"].as_array().unwrap().iter();
    let of_points = remarks.filter(|remark| KINDS.iter().any(|kind| remark["kind"] == *kind));
    let told = |remark: &Value| {
        let codes = remark["areas"].as_array().unwrap().iter().map(|area| area.as_str().unwrap()[..5].to_owned());
        format!("{} ({})", remark["text"].as_str().unwrap(), codes.collect::<Vec<String>>().join(" "))
    };
    (run.code == Some(2), of_points.map(told).collect())
}

#[test]
fn outlines_around_their_official_points_are_quiet() {
    assert_eq!(told_of_points(&around_points(0.0, |place| place)), (false, Vec::new()));
}

#[test]
fn outlines_that_lie_together_beside_their_points_are_refused_with_distance_and_direction() {
    let (is_refused, told) = told_of_points(&around_points(0.25, |place| place));
    assert!(is_refused && told.len() == 1, "{told:?}");
    let said = "the official points of 12 of 12 areas lie outside their outlines, which lie about 27 km east of them: ";
    assert!(told[0].starts_with(said), "{told:?}");
}

#[test]
fn outlines_that_all_stand_at_the_next_code_are_refused() {
    let (is_refused, told) = told_of_points(&around_points(0.0, |place| (place + 1) % 12));
    assert!(is_refused && told.len() == 1, "{told:?}");
    assert!(
        told[0].starts_with("the official points of 12 of 12 areas lie in the outlines of other areas"),
        "{told:?}"
    );
}

#[test]
fn three_outlines_that_went_round_and_two_that_were_exchanged_are_named_once_each() {
    let (is_refused, told) =
        told_of_points(&around_points(0.0, |place| [1, 2, 0, 3, 5, 4].get(place).map_or(place, |&place| place)));
    assert!(!is_refused);
    assert_eq!(told.len(), 2, "{told:?}");
    assert!(told[0].starts_with("the official point of each lies in the outline of the other: "), "{told:?}");
    let said =
        "the official point of each lies in the outline of the next, that of the last one in the outline of the first";
    assert!(told[1].starts_with(said), "{told:?}");
}

#[test]
fn official_points_of_real_files_and_of_the_sample_are_quiet() {
    let sample = Path::new(env!("CARGO_MANIFEST_DIR")).join("geodata/sample");
    let mut files = vec![
        (sample.join("2025-01/communes.geojson"), "2025-01"),
        (sample.join("2025-07/communes.geojson"), "2025-07"),
    ];
    if let Some(real) = real_data() {
        files.push((real.join("qn_communes_2020_241_clean.geojson"), "2020-02"));
        files.push((real.join("dn2025_93_communes_simplified20m.geojson"), "2025-07"));
    }
    for (file, edition) in files {
        let report = report(&Bench::new(), &["check", file.to_str().unwrap(), "--edition", edition]);
        let remarks = report["remarks"].to_string();
        for kind in ["displaced", "outlines_of_others", "exchanged_outlines", "distant_outline"] {
            assert!(!remarks.contains(kind), "{kind} in {} as {edition}", file.display());
        }
    }
}
