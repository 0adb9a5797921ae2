//! The spatial statistics against `PySAL`, by numbers that `tests/reference/spatial.py` writes.

#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

use binhyen::statistics::{
    Classification, ExposedCount, Focus, Neighbours, RATE_BASE, WeightStyle, benjamini_hochberg, class_breaks,
    hot_spots, local_morans, locally_smoothed_rates, morans_i, smoothed_rates_per_100k, standardised_rates,
};
use serde_json::Value;

use crate::support::golden::say;

/// What the methods promise.
const RELATIVE_TOLERANCE: f64 = 1e-9;

/// One table of the reference, with what we make of it.
struct Table {
    areas: Vec<ExposedCount>,
    rates: Vec<Option<f64>>,
    neighbours: Neighbours,
}

impl Table {
    fn of(data: &Value) -> Self {
        let numbers = |key: &str| -> Vec<u64> {
            data[key].as_array().unwrap().iter().map(|number| number.as_u64().unwrap()).collect()
        };
        let lists = data["neighbours"]
            .as_array()
            .unwrap()
            .iter()
            .map(|list| list.as_array().unwrap().iter().map(|place| place.as_u64().unwrap() as usize).collect());
        let areas: Vec<ExposedCount> = numbers("events")
            .into_iter()
            .zip(numbers("exposure"))
            .map(|(count, exposure)| ExposedCount { count, person_years: exposure as f64 })
            .collect();
        let rates = areas.iter().map(|area| Some(area.count as f64 / area.person_years)).collect();
        Self { areas, rates, neighbours: Neighbours::new(lists.collect()).unwrap() }
    }

    fn is_island(&self, area: usize) -> bool {
        self.neighbours.of(area).is_empty()
    }

    /// Compares a column; where an area is an island ours is absent, whatever the reference says.
    fn largest(&self, ours: &[Option<f64>], theirs: &Value) -> f64 {
        let theirs = theirs.as_array().unwrap();
        assert_eq!(ours.len(), theirs.len());
        let deviations = ours.iter().zip(theirs).enumerate().map(|(area, (ours, theirs))| match ours {
            None => {
                assert!(self.is_island(area), "area {area} has no value, the reference {theirs}");
                0.0
            }
            // Nothing happened here and around: the reference divides by zero, the rate is zero.
            Some(ours) if theirs.is_null() => ours.abs(),
            Some(ours) => deviation(*ours, theirs.as_f64().unwrap()),
        });
        deviations.fold(0.0, f64::max)
    }
}

fn deviation(ours: f64, theirs: f64) -> f64 {
    // Below the rounding of sums of ones, only the absolute difference says anything.
    if theirs.abs() < 1e-12 { (ours - theirs).abs() } else { ((ours - theirs) / theirs).abs() }
}

fn tables() -> Vec<(String, Value)> {
    let text = include_str!("../fixtures/reference/spatial.json");
    let file: Value = serde_json::from_str(text).unwrap();
    file["tables"].as_object().unwrap().iter().map(|(name, table)| (name.clone(), table.clone())).collect()
}

fn hold(method: &str, data: &str, largest: f64) {
    assert!(largest <= RELATIVE_TOLERANCE, "{method}, {data}: {largest:e}");
    say(&format!("{method:<32} {data:<30} largest relative deviation {largest:.1e}"));
}

#[test]
fn moran_is_that_of_pysal() {
    for (name, data) in tables() {
        let (table, expected) = (Table::of(&data), &data["expected"]);
        let standardised = standardised_rates(&table.areas);
        let cases = [
            ("moran_row", &table.rates, WeightStyle::RowStandardised),
            ("moran_binary", &table.rates, WeightStyle::Binary),
            ("moran_of_standardised_rates", &standardised, WeightStyle::RowStandardised),
        ];
        for (key, values, style) in cases {
            let ours = morans_i(values, &table.neighbours, style).unwrap();
            let statistic = deviation(ours.statistic, expected[key]["statistic"].as_f64().unwrap());
            hold(key, &name, statistic.max(deviation(ours.z.unwrap(), expected[key]["z"].as_f64().unwrap())));
        }
    }
}

#[test]
fn local_moran_is_that_of_pysal() {
    for (name, data) in tables() {
        let (table, expected) = (Table::of(&data), &data["expected"]["local_moran"]);
        let local = local_morans(&table.rates, &table.neighbours);
        let column = |value: fn(&binhyen::statistics::LocalMoran) -> Option<f64>| -> Vec<Option<f64>> {
            local.iter().map(|area| area.as_ref().and_then(value)).collect()
        };
        let largest = table
            .largest(&column(|area| Some(area.statistic)), &expected["statistic"])
            .max(table.largest(&column(|area| area.z), &expected["z"]))
            .max(table.largest(&column(|area| area.p), &expected["p"]));
        for (area, local) in local.iter().enumerate().filter_map(|(area, local)| Some((area, local.as_ref()?))) {
            let number = 1 + ["HH", "LH", "LL", "HL"].iter().position(|name| *name == local.quadrant.as_str()).unwrap();
            assert_eq!(Some(number as u64), expected["quadrant"][area].as_u64(), "{name}, area {area}");
        }
        hold("local Moran", &name, largest);
    }
}

#[test]
fn getis_and_ord_are_those_of_pysal() {
    for (name, data) in tables() {
        let table = Table::of(&data);
        for (key, focus) in [("gi_star", Focus::Included), ("gi", Focus::Excluded)] {
            let spots = hot_spots(&table.rates, &table.neighbours, focus);
            let z: Vec<Option<f64>> = spots.iter().map(|spot| spot.map(|spot| spot.z)).collect();
            let p: Vec<Option<f64>> = spots.iter().map(|spot| spot.map(|spot| spot.p)).collect();
            let expected = &data["expected"][key];
            hold(key, &name, table.largest(&z, &expected["z"]).max(table.largest(&p, &expected["p"])));
        }
    }
}

#[test]
fn smoothed_and_standardised_rates_are_those_of_pysal() {
    for (name, data) in tables() {
        let (table, expected) = (Table::of(&data), &data["expected"]);
        let global: Vec<Option<f64>> =
            smoothed_rates_per_100k(&table.areas).into_iter().map(|rate| rate.map(|rate| rate / RATE_BASE)).collect();
        hold("empirical Bayes, global", &name, table.largest(&global, &expected["globally_smoothed"]));
        let local = locally_smoothed_rates(&table.areas, &table.neighbours);
        hold("empirical Bayes, local", &name, table.largest(&local, &expected["locally_smoothed"]));
        let standardised = standardised_rates(&table.areas);
        hold("standardised rates", &name, table.largest(&standardised, &expected["standardised_rates"]));
        let p_values: Vec<f64> = standardised.iter().map(|z| normal_p(z.unwrap())).collect();
        let q_values: Vec<Option<f64>> = benjamini_hochberg(&p_values).unwrap().into_iter().map(Some).collect();
        hold("false discovery rate", &name, table.largest(&q_values, &expected["q_values"]));
    }
}

/// Two-sided, by a function that the product does not use for it.
fn normal_p(z: f64) -> f64 {
    use statrs::distribution::{ContinuousCDF as _, Normal};
    2.0 * Normal::standard().sf(z.abs())
}

#[test]
fn class_breaks_are_those_of_mapclassify() {
    for (name, data) in tables() {
        let table = Table::of(&data);
        let values: Vec<f64> = table.rates.iter().copied().flatten().collect();
        for (classes, expected) in data["expected"]["breaks"].as_object().unwrap() {
            let classifications = [
                ("quantile", Classification::Quantile),
                ("equal_interval", Classification::EqualInterval),
                ("fisher_jenks", Classification::FisherJenks),
            ];
            for (key, classification) in classifications {
                let ours = class_breaks(&values, classes.parse().unwrap(), classification);
                let theirs = expected[key].as_array().unwrap();
                assert_eq!(ours.len(), theirs.len(), "{key} {classes} {name}: {ours:?} {theirs:?}");
                let pairs = ours.iter().zip(theirs).map(|(ours, theirs)| deviation(*ours, theirs.as_f64().unwrap()));
                hold(&format!("{key}, {classes} classes"), &name, pairs.fold(0.0, f64::max));
            }
        }
    }
}
