//! Rows of incidents, models, certifications and populations through the real program.

use std::fmt::Write as _;

use binhyen::domain::area::Position;
use binhyen::domain::incident::{IncidentLocation, IncidentRow};
use binhyen::domain::standard::certification::{Declared, UnitKind};
use binhyen::ingest::{Incidents, KnownAreas, Mapping, NaiveZone, RecordBatches, RowSource, SeverityFrom};
use proptest::prelude::*;

use crate::support::imports::{Bench, TWO_SQUARES, words};

const HEADER: &str = "id,time,lon,lat,area_code,edition,category,severity,status,channel,precision\n";

fn with_areas() -> Bench {
    let bench = Bench::new();
    let squares = bench.file("squares.geojson", TWO_SQUARES);
    bench.succeed(&["import", "boundaries", &squares, "--edition", "2020-02"]);
    bench
}

#[test]
fn incidents_arrive_as_they_are_and_a_second_time_changes_nothing() {
    let bench = with_areas();
    let rows = "A1,2024-12-31T08:15:00+07:00,108.15,15.15,,,trom_cap,nghiem_trong,verified,113,street\n\
                A2,2024-12-31 08:15,,,20338,2020-02,0,1,,,\n\
                A3,2024-12-31,,,,,chay,,,,\n";
    let file = bench.file("a.csv", format!("{HEADER}{rows}"));
    let out = bench.succeed(&["import", "incidents", &file]);
    assert!(out.starts_with("incidents: read 3, accepted 3, updated 0, unchanged 0, rejected 0\nepoch 2, "), "{out}");
    let holdings = bench.holdings();
    let incident = |row: usize| holdings.incidents.at(IncidentRow::new(row)).unwrap();
    let taxonomy = words().taxonomy;
    assert_eq!(incident(0).unix_seconds, 1_735_607_700);
    assert_eq!(incident(0).location, IncidentLocation::Point(Position::new(108.15, 15.15).unwrap()));
    assert_eq!(Some(incident(0).channel), taxonomy.channel("113"));
    assert_eq!(incident(1).unix_seconds, incident(0).unix_seconds, "times without an offset are local");
    assert!(matches!(incident(1).location, IncidentLocation::Area(key) if key.to_string() == "2020-02/20338"));
    assert_eq!(Some(incident(1).precision), taxonomy.precision("area"));
    assert_eq!(
        (incident(2).location, Some(incident(2).channel)),
        (IncidentLocation::Unknown, taxonomy.channel("other"))
    );

    let again = bench.succeed(&["import", "incidents", &file]);
    assert!(
        again.starts_with("incidents: read 3, accepted 0, updated 0, unchanged 3, rejected 0\nepoch 2, "),
        "{again}"
    );
}

#[test]
fn a_changed_row_is_updated_and_only_that() {
    let bench = Bench::new();
    let rows = "A1,2024-01-01 10:00,108.1,15.1,,,chay,1,,,\nA2,2024-01-01 10:00,108.1,15.1,,,chay,1,,,\n";
    let file = bench.file("a.csv", format!("{HEADER}{rows}"));
    bench.succeed(&["import", "incidents", &file]);
    let file = bench.file("a.csv", format!("{HEADER}{}", rows.replacen(",1,,,", ",5,,,", 1)));
    let out = bench.succeed(&["import", "incidents", &file, "--format", "json"]);
    let report: serde_json::Value = serde_json::from_str(&out).unwrap();
    let counts = ["read", "accepted", "updated", "unchanged", "rejected", "epoch"].map(|name| report[name].as_u64());
    assert_eq!(counts, [Some(2), Some(0), Some(1), Some(1), Some(0), Some(2)]);
    assert_eq!(bench.holdings().incidents.severity(IncidentRow::new(0)).number(), 5);
}

#[test]
fn columns_and_values_of_another_file_are_mapped() {
    let bench = Bench::new();
    // Decimal commas and points in one column are refused until it is said which they are.
    let file = bench.file(
        "b.csv",
        "Mã;Ngày giờ;kinh_do;vi_do;Loại;ghi chú\n1;2024-05-01 22:10:00;108,2;15.5;trộm;x\n2;2024-05-01 22:10:00;108.2;15.5;trộm;y\n",
    );
    let args = ["import", "incidents", &file, "--map", "id=Mã", "--map", "time=Ngày giờ", "--map", "category=Loại"];
    let args = [&args[..], &["--ignore-column", "ghi chú", "--value", "category:trộm=trom_cap", "--time-zone", "UTC"]];
    let args = [&args.concat()[..], &["--severity-from", "default", "2"]].concat();
    let run = bench.run(&args);
    assert_eq!(run.code, Some(2), "{}", run.out);
    assert!(run.err.contains("line 3, lon \"108.2\": line 2, lon \"108,2\" is written in another way"), "{}", run.err);
    let out = bench.reject(&[&args[..], &["--decimal", "point"]].concat());
    assert!(out.contains("accepted 1, updated 0, unchanged 0, rejected 1"), "{out}");
    assert!(out.contains("  line 2, lon \"108,2\" (column \"kinh_do\"): this is not a number"), "{out}");
    assert_eq!(bench.holdings().incidents.unix_seconds(IncidentRow::new(0)), 1_714_601_400);
}

#[test]
fn incidents_come_as_geojson_too() {
    let bench = Bench::new();
    let feature = |id: u32, place: &str| {
        format!(
            r#"{{"type":"Feature","properties":{{"id":{id},"time":"2024-05-01T22:10:00Z","category":"chay"}},"geometry":{place}}}"#
        )
    };
    let point = r#"{"type":"Point","coordinates":[108.2,15.5]}"#;
    let line = r#"{"type":"LineString","coordinates":[[108.2,15.5],[108.3,15.5]]}"#;
    let features = [feature(1, point), feature(2, "null"), feature(3, line)].join(",\n");
    let file = bench.file("a.geojson", format!("{{\"type\":\"FeatureCollection\",\"features\":[\n{features}\n]}}"));
    let out = bench.reject(&["import", "incidents", &file, "--severity-from", "category"]);
    assert!(out.contains("read 3, accepted 2, updated 0, unchanged 0, rejected 1"), "{out}");
    assert!(out.contains("  line 4, geometry \"LineString\": a Point is needed"), "{out}");
    assert_eq!(bench.holdings().incidents.position(IncidentRow::new(0)), Position::new(108.2, 15.5).ok());
}

#[test]
fn rejected_rows_are_listed_and_told_by_the_exit_code() {
    let bench = Bench::new();
    let file =
        bench.file("a.csv", format!("{HEADER}A1,2024-01-01,108.1,15.1,,,bay,1,,,\nA2,2024-01-01,,,,,chay,9,,,\n"));
    let rejects = bench.path("rejects.csv");
    let args = ["import", "incidents", &file, "--rejects", rejects.to_str().unwrap()];
    assert_eq!(bench.run(&args).code, Some(1));
    assert_eq!(bench.run(&[&args[..], &["--strict"]].concat()).code, Some(1));
    let listed = std::fs::read_to_string(rejects).unwrap();
    let lines: Vec<&str> = listed.lines().collect();
    assert_eq!(lines[0], "line,field,value,reason");
    assert!(lines[1].starts_with("2,category,bay,\"the category is unknown; known are trom_cap, "), "{}", lines[1]);
    assert!(lines[2].starts_with("3,severity,9,\"the severity is unknown; known are hanh_chinh, "), "{}", lines[2]);
}

#[test]
fn a_dry_run_writes_nothing_not_even_a_folder() {
    let bench = Bench::new();
    let file = bench.file("a.csv", format!("{HEADER}A1,2024-01-01,108.1,15.1,,,chay,1,,,\n"));
    let out = bench.succeed(&["import", "incidents", &file, "--dry-run"]);
    assert!(out.contains("accepted 1, updated 0, unchanged 0, rejected 0 (dry run: nothing was written)"), "{out}");
    assert!(!bench.data().exists());
}

#[test]
fn models_certifications_and_populations_arrive_as_they_are() {
    let bench = with_areas();
    let models = "id,kind,lon,lat,area_code,edition,origin,parent_id,started_on,ended_on,reviewed_on,review\n\
                  M1,camera,108.15,15.15,20335,2020-02,new,,2020-01-05,2022-03-01,2021-11-01,weak\n\
                  M2,camera,,,20335,2020-02,replicated,M1,2021-01-05,,,\n\
                  M3,camera,,,,,new,,2021-01-05,,,\n\
                  M5,camera,108.15,15.15,,,new,,2021-01-05,,,unclassified\n\
                  M4,camera,108.15,15.15,,,new,,2021-01-05,2020-01-05,,\n";
    let out = bench.reject(&["import", "models", &bench.file("m.csv", models)]);
    assert!(out.contains("models: read 5, accepted 3, updated 0, unchanged 0, rejected 2"), "{out}");
    assert!(out.contains("a model needs a position, or the code of its area"), "{out}");
    assert!(out.contains("the model ends before it starts on 2021-01-05"), "{out}");
    let certifications = "unit_id,unit_kind,area_code,window,registered,recognised,decided_on\n\
                          K1,residential_area,20335,ANTT-2022-kdc,có,không,2022-11-06\n\
                          K1,residential_area,20335,ANTT-1822-kdc,yes,yes,\n";
    let file = bench.file("c.csv", certifications);
    let out = bench.reject(&["import", "certifications", &file, "--edition", "2020-02"]);
    assert!(out.contains("certifications: read 2, accepted 1, updated 0, unchanged 0, rejected 1"), "{out}");
    let file = bench.file("p.csv", "ma_xa,year,population\n20335,2019,11726\n20338,2019,4.331\n");
    let out = bench.reject(&["import", "population", &file, "--edition", "2020-02"]);
    assert!(out.contains("line 3, population \"4.331\": this is not a whole number of residents"), "{out}");

    let holdings = bench.holdings();
    assert_eq!(holdings.models.len(), 3);
    assert_eq!(holdings.models[2].review, None, "not classified on no day is not reviewed");
    assert_eq!(holdings.models[0].review.unwrap().1.as_str(), "weak");
    assert_eq!(holdings.models[1].parent_id.as_deref(), Some("M1"));
    let certification = &holdings.certifications[0];
    assert_eq!((certification.unit_kind, certification.recognised), (UnitKind::ResidentialArea, Declared::No));
    assert_eq!(holdings.populations[0].residents, 11_726);
}

#[test]
fn exposures_arrive_by_measure_and_bad_rows_say_why() {
    let bench = with_areas();
    let rows = "ma_xa,year,measure,value\n\
                20335,2024,visitors,20000\n\
                20335,2024,road_km,30.25\n\
                20335,2024,road_km,31\n\
                20338,2024,visitors,-1\n\
                20338,2024,visitors,\"1.234,5\"\n\
                20338,2024,visitors,NaN\n\
                20338,24,visitors,0\n\
                20338,2024,cars,1\n\
                20338,2024,visitors,\n\
                99999,2024,visitors,1\n\
                502,2024,visitors,1\n\
                20338,2024,visitors,0\n";
    let file = bench.file("e.csv", rows);
    let out = bench.reject(&["import", "exposures", &file, "--edition", "2020-02"]);
    assert!(out.starts_with("exposures: read 12, accepted 3, updated 0, unchanged 0, rejected 9"), "{out}");
    for said in [
        "line 5, value \"-1\": the value must be 0, or a number from 0.001 to 1,000,000,000",
        "line 6, value \"1.234,5\": the value must be 0",
        "line 7, value \"NaN\": the value must be 0",
        "line 8, year \"24\": this is not a year between 1900 and 2100",
        "line 9, measure \"cars\": \"cars\" is none of visitors",
        "line 10, value \"\": the value is missing",
        "line 11, area_code \"99999\"",
        "line 12, area_code \"502\"",
    ] {
        assert!(out.contains(said), "{said}: {out}");
    }
    let kept: Vec<(String, &str, f64)> = bench
        .holdings()
        .exposures
        .iter()
        .map(|figure| (figure.area.code.to_string(), figure.measure.as_str(), figure.quantity.value()))
        .collect();
    let row = |code: &str, measure, quantity| (code.to_owned(), measure, quantity);
    assert_eq!(
        kept,
        [row("20335", "road_km", 30.25), row("20335", "visitors", 20_000.0), row("20338", "visitors", 0.0)]
    );
    let again = bench.file("e2.csv", "ma_xa,year,measure,value\n20335,2024,visitors,20000\n20335,2024,road_km,32\n");
    let out = bench.succeed(&["import", "exposures", &again, "--edition", "2020-02"]);
    assert!(out.starts_with("exposures: read 2, accepted 0, updated 1, unchanged 1, rejected 0"), "{out}");
    let unknown = bench.file("e3.csv", "ma_xa,year,measure,value,note\n20335,2024,visitors,1,x\n");
    let run = bench.run(&["import", "exposures", &unknown, "--edition", "2020-02"]);
    assert_eq!(run.code, Some(2));
    assert!(run.err.contains("unknown column \"note\""), "{}", run.err);
}

/// One row of a file: an id out of few, a category that may be wrong, a place that may be wrong.
fn row() -> impl Strategy<Value = (u8, &'static str, &'static str)> {
    let categories = prop::sample::select(vec!["chay", "0", "bay", ""]);
    let places = prop::sample::select(vec!["108.1,15.1", "15.1,108.1", ",", "NaN,15", "108.1,"]);
    (0..12_u8, categories, places)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn rows_read_are_rows_taken_plus_rows_rejected(rows in prop::collection::vec(row(), 0..60), batch in 1..20_usize) {
        let mut text = "id,time,category,lon,lat\n".to_owned();
        for (id, category, place) in &rows {
            writeln!(text, "{id},2024-01-01 10:00,{category},{place}").unwrap();
        }
        let words = words();
        let areas = KnownAreas::default();
        let kind = Incidents {
            taxonomy: &words.taxonomy, areas: &areas, zone: NaiveZone::Local, edition: None, now_s: 1_750_000_000,
            severity_from: Some(SeverityFrom::Category),
        };
        let mapping = Mapping::default();
        let source = RowSource::memory("rows.csv", Box::leak(text.into_boxed_str()).as_bytes());
        let mut intake = RecordBatches::open(&source, &mapping, &kind).unwrap();
        prop_assert_eq!(intake.rows(), rows.len() as u64);
        let bench = tempfile::tempdir().unwrap();
        let report = crate::support::imports::wait(async {
            let store = binhyen::store::Store::open(bench.path(), &words.taxonomy).await.unwrap();
            let mut report = binhyen::ingest::ImportReport::default();
            while let Some(batch) = intake.next_batch(batch).unwrap() {
                report.add_read(batch.read, &batch.rejects);
                let own = binhyen::store::SourceKind::Own;
                let outcome = store.import(&batch.records, own).await.unwrap();
                report.accepted += outcome.inserted;
                report.updated += outcome.updated;
                report.unchanged += outcome.unchanged;
            }
            let loaded = store.load().await.unwrap();
            assert_eq!(loaded.incidents.len() as u64, report.accepted);
            report
        });
        prop_assert!(report.adds_up(), "{:?}", report);
        prop_assert_eq!(report.read, rows.len() as u64);
        prop_assert_eq!(report.updated, 0, "one file never contradicts itself");
    }
}

#[test]
fn the_default_position_of_programs_is_no_position() {
    let bench = with_areas();
    let rows = "A1,2024-01-01,0,0,20338,2020-02,chay,,,,\nA2,2024-01-01,0.0,-0,,,chay,,,,\n";
    bench.succeed(&["import", "incidents", &bench.file("a.csv", format!("{HEADER}{rows}"))]);
    let holdings = bench.holdings();
    let place = |row: usize| holdings.incidents.at(IncidentRow::new(row)).unwrap().location;
    assert!(matches!(place(0), IncidentLocation::Area(key) if key.to_string() == "2020-02/20338"));
    assert_eq!(place(1), IncidentLocation::Unknown);
    let models = bench.file("m.csv", "id,kind,lon,lat,started_on\nM,camera,0,0,2020-01-01\n");
    let told = bench.reject(&["import", "models", &models]);
    assert!(told.contains("a model needs a position"), "{told}");
}

#[test]
fn features_on_one_line_are_told_apart_and_known_by_their_own_ids() {
    let bench = Bench::new();
    let feature = |id: &str, category: &str| {
        format!(
            r#"{{"type":"Feature","id":"{id}","properties":{{"time":"2024-01-01","category":"{category}"}},"geometry":null}}"#
        )
    };
    let features = [feature("a", "chay"), feature("b", "nope"), feature("a", "no")].join(",");
    let file = bench.file("a.geojson", format!(r#"{{"type":"FeatureCollection","features":[{features}]}}"#));
    let told = bench.reject(&["import", "incidents", &file, "--severity-from", "category"]);
    assert!(told.starts_with("incidents: read 3, accepted 1, updated 0, unchanged 0, rejected 2\n"), "{told}");
    assert!(told.contains("line 1, category \"nope\": feature 2: the category is unknown"), "{told}");
    assert!(told.contains("feature 3: line 1, feature 1 already gave this id with other content"), "{told}");
}

#[test]
fn no_model_is_its_own_parent() {
    let bench = Bench::new();
    let rows = "id,kind,lon,lat,parent_id,started_on\nM,camera,108.1,15.1,M,2020-01-01\n";
    let told = bench.reject(&["import", "models", &bench.file("m.csv", rows)]);
    assert!(told.contains("line 2, parent_id \"M\": the model is its own parent"), "{told}");
}

/// Rows of every kind a file can hold, more than one piece of them.
fn nasty_rows(count: usize) -> String {
    let row = |row: usize| {
        let id = if row.is_multiple_of(97) { row / 2 } else { row };
        match row % 11 {
            0 => format!("\"{id}\",2024-01-01 10:00,bay,108.1,15.1,\n"),
            1 => format!("{id},2024-01-01 10:00,\"chay\nlan\",108.1,15.1,\n"),
            2 => format!("\n;,\n{id},2024-01-01 10:00,chay,15.1,108.1,\n"),
            3 => format!("{id},2024-01-01 10:00,chay\n"),
            4 => format!("\"{id}\"\"\n\",2024-01-01 10:00,chay,,,\r\n"),
            _ => format!("{id},2024-01-{:02} 10:00,chay,108.{row:06},15.5,\n", row % 28 + 1),
        }
    };
    std::iter::once("id,time,category,lon,lat,\"area_code\"\r\n".to_owned()).chain((0..count).map(row)).collect()
}

#[test]
fn a_file_read_on_all_cores_gives_the_batches_of_one_read_in_a_row() {
    let words = words();
    let areas = KnownAreas::default();
    let kind = Incidents {
        taxonomy: &words.taxonomy,
        areas: &areas,
        zone: NaiveZone::Local,
        edition: None,
        now_s: 1_750_000_000,
        severity_from: Some(SeverityFrom::Category),
    };
    let mapping = Mapping::default();
    let source = RowSource::memory("rows.csv", Box::leak(nasty_rows(90_000).into_boxed_str()).as_bytes());
    assert!(source.length() > 3 << 20, "more than one piece");
    let mut in_a_row = Vec::new();
    let mut intake = RecordBatches::open(&source, &mapping, &kind).unwrap();
    let rows = intake.rows();
    while let Some(batch) = intake.next_batch(7_001).unwrap() {
        in_a_row.push(batch);
    }
    let mut on_all_cores = Vec::new();
    let intake = RecordBatches::open(&source, &mapping, &kind).unwrap();
    intake
        .each_batch(7_001, |batch| {
            on_all_cores.push(batch);
            std::ops::ControlFlow::Continue(())
        })
        .unwrap();
    assert_eq!(on_all_cores.iter().map(|batch| batch.read).sum::<u64>(), rows);
    assert!(on_all_cores.iter().any(|batch| batch.rejects.iter().any(|reject| reject.reason.contains("already gave"))));
    assert!(on_all_cores == in_a_row, "batches differ");
}
