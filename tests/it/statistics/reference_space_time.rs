//! The prospective scan against the definition, by numbers that `tests/reference/space_time.py` writes.

#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

use binhyen::statistics::{
    PlanePoint, ScanArea, ScanZones, SpaceTimeCounts, SpaceTimeDesign, SpaceTimeModel, SpaceTimeScan, ZoneShapes,
    prospective_scan,
};
use serde_json::Value;

use crate::support::agreement::{Agreement, say_all};

fn reference() -> Value {
    serde_json::from_str(include_str!("../../fixtures/reference/space_time.json")).unwrap()
}

fn numbers(value: &Value) -> Vec<f64> {
    value.as_array().unwrap().iter().map(|number| number.as_f64().unwrap()).collect()
}

fn scanned(case: &Value, replicas: u32) -> SpaceTimeScan {
    let points = case["points"].as_array().unwrap().iter().map(numbers);
    let areas: Vec<Option<ScanArea>> = points
        .zip(numbers(&case["exposure"]))
        .map(|(point, exposure)| Some(ScanArea { point: PlanePoint { x_m: point[0], y_m: point[1] }, exposure }))
        .collect();
    let rows: Vec<Vec<u32>> = case["counts"]
        .as_array()
        .unwrap()
        .iter()
        .map(|row| numbers(row).iter().map(|count| *count as u32).collect())
        .collect();
    let expected: Vec<f64> = case["expected"].as_array().unwrap().iter().flat_map(numbers).collect();
    let model =
        if case["model"] == "poisson" { SpaceTimeModel::Poisson(&expected) } else { SpaceTimeModel::Permutation };
    let max_steps = usize::try_from(case["max_steps"].as_u64().unwrap()).unwrap();
    let design = SpaceTimeDesign { max_steps, replicas, seed: 5, max_p: 1.0 };
    let zones = ScanZones::new(&areas, &ZoneShapes::circles(), 0.5);
    prospective_scan(&zones, &SpaceTimeCounts::new(&rows).unwrap(), model, design).unwrap()
}

/// Every number of the clusters of a case beside ours.
fn of_case(case: &Value) -> Vec<Agreement> {
    let name = case["name"].as_str().unwrap();
    let columns = ["statistic", "expected"];
    let mut agreements = columns.map(|what| Agreement::of(&format!("prospective scan: {what}"), name));
    let scan = scanned(case, 19);
    let theirs = case["clusters"].as_array().unwrap();
    assert!(!theirs.is_empty() && scan.clusters.len() >= theirs.len(), "{name}");
    for (rank, (ours, theirs)) in scan.clusters.iter().zip(theirs).enumerate() {
        let place = format!("cluster {}", rank + 1);
        let mut members: Vec<f64> = ours.members.iter().map(|member| member.index() as f64).collect();
        members.sort_unstable_by(f64::total_cmp);
        assert_eq!(members, numbers(&theirs["members"]), "{name}, {place}");
        assert_eq!(
            (ours.observed, ours.steps as u64),
            (theirs["observed"].as_u64().unwrap(), theirs["steps"].as_u64().unwrap()),
            "{name}, {place}"
        );
        for ((agreement, own), what) in agreements.iter_mut().zip([ours.statistic, ours.expected]).zip(columns) {
            agreement.note(&place, own, theirs[what].as_f64().unwrap());
        }
    }
    agreements.to_vec()
}

/// Agreement of the prospective scan with the definition.
pub(crate) fn agreements() -> Vec<Agreement> {
    reference()["cases"].as_array().unwrap().iter().flat_map(of_case).collect()
}

#[test]
fn prospective_scan_is_that_of_the_definition() {
    say_all(&agreements());
}

#[test]
fn p_of_a_cylinder_is_that_over_all_maps_there_are() {
    for case in reference()["all_maps"].as_array().unwrap() {
        let replicas = 9999;
        let ours = scanned(case, replicas).clusters[0].p;
        let exact = case["p"].as_f64().unwrap();
        let spread = (exact * (1.0 - exact) / f64::from(replicas)).sqrt();
        assert!(
            (ours - exact).abs() < 4.0 * spread + 2.0 / f64::from(replicas),
            "{}: {ours} for {exact}",
            case["model"]
        );
    }
}
