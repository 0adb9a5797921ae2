//! The spatial scan against the definition, by numbers that `tests/reference/scan.py` writes.

#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

use binhyen::statistics::{
    Ellipse, PlanePoint, ScanArea, ScanDesign, ScanZones, ZoneShapes, log_likelihood_ratio, spatial_scan,
};
use serde_json::Value;

use crate::support::agreement::{Agreement, say_all};

fn reference() -> Value {
    serde_json::from_str(include_str!("../../fixtures/reference/scan.json")).unwrap()
}

fn numbers(value: &Value) -> Vec<f64> {
    value.as_array().unwrap().iter().map(|number| number.as_f64().unwrap()).collect()
}

fn counts(value: &Value) -> Vec<u64> {
    value.as_array().unwrap().iter().map(|number| number.as_u64().unwrap()).collect()
}

fn areas(case: &Value) -> Vec<Option<ScanArea>> {
    let points = case["points"].as_array().unwrap().iter().map(numbers);
    points
        .zip(numbers(&case["exposure"]))
        .map(|(point, exposure)| Some(ScanArea { point: PlanePoint { x_m: point[0], y_m: point[1] }, exposure }))
        .collect()
}

fn shapes(case: &Value) -> ZoneShapes {
    let ellipses = case["shapes"].as_array().unwrap().iter().map(numbers);
    ZoneShapes {
        ellipses: ellipses.map(|shape| Ellipse { ratio: shape[0], angles: shape[1] as u32 }).collect(),
        penalty: case["penalty"].as_f64().unwrap(),
    }
}

/// Every number of the clusters of a case beside ours.
fn of_case(case: &Value) -> Vec<Agreement> {
    let (areas, events) = (areas(case), counts(&case["events"]));
    let design = ScanDesign { replicas: 19, seed: 1, max_p: 1.0 };
    let scan = spatial_scan(&ScanZones::new(&areas, &shapes(case), 0.5), &events, design).unwrap();
    let name = case["name"].as_str().unwrap();
    let methods = ["log_likelihood_ratio", "statistic", "expected"];
    let mut agreements = methods.map(|what| Agreement::of(&format!("spatial scan: {what}"), name));
    let expected = case["clusters"].as_array().unwrap();
    assert!(scan.clusters.len() >= expected.len(), "{name}");
    for (rank, (ours, theirs)) in scan.clusters.iter().zip(expected).enumerate() {
        let place = format!("cluster {}", rank + 1);
        let mut members: Vec<u64> = ours.members.iter().map(|member| member.index() as u64).collect();
        members.sort_unstable();
        assert_eq!(members, counts(&theirs["members"]), "{name}, {place}");
        assert_eq!(ours.observed, theirs["observed"].as_u64().unwrap(), "{name}, {place}");
        assert_eq!(
            log_likelihood_ratio(ours.observed, ours.expected, scan.events),
            ours.log_likelihood_ratio,
            "{name}, {place}"
        );
        let own = [ours.log_likelihood_ratio, ours.statistic, ours.expected];
        for ((agreement, own), what) in agreements.iter_mut().zip(own).zip(methods) {
            agreement.note(&place, own, theirs[what].as_f64().unwrap());
        }
    }
    agreements.to_vec()
}

/// Agreement of the scan with the definition.
pub(crate) fn agreements() -> Vec<Agreement> {
    reference()["cases"].as_array().unwrap().iter().flat_map(of_case).collect()
}

#[test]
fn scan_is_that_of_the_definition() {
    say_all(&agreements());
}

#[test]
fn p_is_that_over_all_maps_there_are() {
    let reference = reference();
    for case in reference["all_maps"].as_array().unwrap() {
        let zones = ScanZones::new(&areas(case), &ZoneShapes::circles(), 0.5);
        let replicas = 9999;
        let design = ScanDesign { replicas, seed: 3, max_p: 0.05 };
        let ours = spatial_scan(&zones, &counts(&case["events"]), design).unwrap().clusters[0].p;
        let exact = case["p"].as_f64().unwrap();
        let spread = (exact * (1.0 - exact) / f64::from(replicas)).sqrt();
        assert!((ours - exact).abs() < 4.0 * spread + 2.0 / f64::from(replicas), "{ours} for {exact}");
    }
}
