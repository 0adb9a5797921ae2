//! Community models and what happened to them, through the real program.

use binhyen::domain::model::Review;
use binhyen::domain::model::model_event::ModelEventKind;

use crate::support::imports::Bench;

const MODELS: &str = "id,kind,lon,lat,origin,parent_id,started_on,ended_on,residential_area\n";
const EVENTS: &str = "id,event,on,result,decision\n";

/// M2 was replicated from M1, which stands after it in the file; M1 has ended.
fn with_models() -> Bench {
    let bench = Bench::new();
    let rows = "M2,camera,108.15,15.15,,M1,2021-02-01,,KDC-1\nM1,camera,108.15,15.15,new,,2020-01-05,2022-03-01,\n";
    let told = bench.succeed(&["import", "models", &bench.file("m.csv", format!("{MODELS}{rows}"))]);
    assert!(told.starts_with("models: read 2, accepted 2, updated 0, unchanged 0, rejected 0\n"), "{told}");
    bench
}

#[test]
fn replicated_model_keeps_its_parent_wherever_that_stands_in_the_file() {
    let holdings = with_models().holdings();
    let child = &holdings.models[1];
    assert_eq!((child.origin.as_str(), child.parent_id.as_deref()), ("replicated", Some("M1")));
    assert_eq!(child.residential_area.as_deref(), Some("KDC-1"));
}

#[test]
fn parents_that_cannot_be_are_rejected_with_their_reason() {
    let bench = with_models();
    let rows = "A,camera,108.1,15.1,replicated,Z,2021-01-01,,\n\
                B,camera,108.1,15.1,replicated,M1,2020-01-04,,\n\
                C,camera,108.1,15.1,replicated,D,2021-01-01,,\n\
                D,camera,108.1,15.1,replicated,C,2021-01-01,,\n\
                E,camera,108.1,15.1,new,M1,2021-01-01,,\n\
                F,camera,108.1,15.1,replicated,A,2022-01-01,,\n\
                M1,camera,108.1,15.1,new,,2021-06-01,2022-03-01,\n\
                G,camera,108.1,15.1,replicated,M2,2022-01-01,,\n";
    let told = bench.reject(&["import", "models", &bench.file("m.csv", format!("{MODELS}{rows}"))]);
    assert!(told.contains("read 8, accepted 1, updated 1, unchanged 0, rejected 6"), "{told}");
    for reason in [
        "line 2, parent_id \"Z\": the parent is neither in the file nor in the store",
        "line 3, parent_id \"M1\": the parent started later, on 2021-06-01",
        "line 4, parent_id \"D\": the model descends from itself",
        "line 6, origin \"new\": a new model has no parent",
        "line 7, parent_id \"A\": the row of the parent is rejected",
    ] {
        assert!(told.contains(reason), "{reason}\n{told}");
    }
}

#[test]
fn lives_of_models_that_cannot_be_are_rejected_with_their_reason() {
    let bench = Bench::new();
    let rows = "id,kind,lon,lat,origin,parent_id,started_on,reviewed_on,review\n\
                A,camera,108.1,15.1,replicated,,2021-01-01,,\n\
                B,camera,108.1,15.1,new,,2021-01-01,2020-12-31,good\n\
                C,camera,108.1,15.1,new,,2050-01-01,,\n\
                D,camera,108.1,15.1,new,,0021-01-01,,\n\
                E,camera,108.1,15.1,new,,2021-01-01,2050-01-01,good\n\
                F,camera,108.1,15.1,new,,2021-01-01,2021-01-01,good\n";
    let run = bench.run(&["import", "models", &bench.file("m.csv", rows)]);
    assert!(run.out.contains("read 6, accepted 1, updated 0, unchanged 0, rejected 5"), "{}", run.out);
    for reason in [
        "line 2, parent_id \"\": a replicated model needs the id of the model that it was replicated from",
        "line 3, reviewed_on \"2020-12-31\": the model was reviewed before it started, on 2021-01-01",
        "line 4, started_on \"2050-01-01\": the day lies in the future",
        "line 5, started_on \"0021-01-01\": the day lies before 1900",
        "line 6, reviewed_on \"2050-01-01\": the day lies in the future",
    ] {
        assert!(run.out.contains(reason), "{reason}\n{}", run.out);
    }
}

#[test]
fn events_arrive_as_they_are_and_a_second_time_changes_nothing() {
    let bench = with_models();
    let rows = "M1,built,2020-01-05,,12/QĐ-UBND\nM1,reviewed,2020-11-10,weak,\nM1,reviewed,2021-11-05,weak,\n\
                M1,adjusted,2021-01-10,,\nM1,retired,2022-03-01,,7/QĐ-UBND\nM2,replicated,2021-02-01,,\nM2,kept,2022-01-01,,\n";
    let file = bench.file("e.csv", format!("{EVENTS}{rows}"));
    let told = bench.succeed(&["import", "model-events", &file]);
    assert!(told.starts_with("model events: read 7, accepted 7, updated 0, unchanged 0, rejected 0\n"), "{told}");
    let stock = "stock TK-2022: 2 at the start + 0 new + 0 replicated − 1 retired = 1 at the end, 1 kept throughout";
    assert!(told.contains(stock), "{told}");
    let events = bench.holdings().model_events;
    let shown: Vec<String> =
        events.iter().map(|event| format!("{} {} {}", event.model_id, event.on, event.kind)).collect();
    assert_eq!(shown[0..3], ["M1 2020-01-05 built", "M1 2020-11-10 reviewed", "M1 2021-01-10 adjusted"]);
    assert_eq!(events[0].decision.as_deref(), Some("12/QĐ-UBND"));
    assert_eq!(events[3].kind, ModelEventKind::Reviewed(Review::Weak));
    let again = bench.succeed(&["import", "model-events", &file, "--format", "json"]);
    let report: serde_json::Value = serde_json::from_str(&again).unwrap_or_default();
    assert_eq!((&report["unchanged"], &report["stock"]["windows"]["TK-2022"]["retired"]), (&7.into(), &1.into()));
}

#[test]
fn events_that_do_not_fit_their_model_are_rejected_with_their_reason() {
    let bench = with_models();
    let rows = "M9,kept,2021-01-01,,\nM1,praised,2021-01-01,,\nM1,reviewed,2021-01-01,,\nM1,kept,2021-01-01,good,\n\
                M1,built,2020-01-06,,\nM1,retired,2022-03-02,,\nM2,retired,2022-03-02,,\nM1,kept,2019-12-31,,\n\
                M1,reviewed,2021-01-01,splendid,\nM1,kept,tomorrow,,\n";
    let told = bench.reject(&["import", "model-events", &bench.file("e.csv", format!("{EVENTS}{rows}"))]);
    assert!(told.contains("read 10, accepted 0, updated 0, unchanged 0, rejected 10"), "{told}");
    for reason in [
        "line 2, id \"M9\": there is no such model",
        "line 3, event \"praised\": event \"praised\" is none of",
        "line 4, result \"\": a review needs its result",
        "line 5, result \"good\": only a review has a result",
        "line 6, on \"2020-01-06\": the model was new on 2020-01-05",
        "line 7, on \"2022-03-02\": the model ended on 2022-03-01",
        "line 8, event \"retired\": the model has no end",
        "line 9, on \"2019-12-31\": the model ran from 2020-01-05 to 2022-03-01",
        "line 10, result \"splendid\": review \"splendid\" is none of",
        "line 11, on \"tomorrow\": this is not a day",
    ] {
        assert!(told.contains(reason), "{reason}\n{told}");
    }
}

#[test]
fn stock_that_no_longer_adds_up_is_named() {
    let bench = with_models();
    let retired = bench.file("e.csv", format!("{EVENTS}M1,retired,2022-03-01,,\n"));
    bench.succeed(&["import", "model-events", &retired]);
    let revived = format!("{MODELS}M1,camera,108.15,15.15,new,,2020-01-05,,\n");
    let revived = bench.file("m.csv", revived);
    let kept = bench.succeed(&["import", "models", &revived]);
    assert!(kept.contains("unchanged 1"), "a blank end ends nothing: {kept}");
    let told = bench.succeed(&["import", "models", &revived, "--clear-empty"]);
    assert!(told.contains("− 1 retired ≠ 2 at the end"), "{told}");
    assert!(told.contains("TK-2022, camera: 2 + 0 + 0 − 1 is not 2; events do not fit M1"), "{told}");
}
