//! The spatial statistics against `PySAL`, by numbers that `tests/reference/spatial.py` writes.

#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

use binhyen::statistics::{
    AreaPosition, Classification, ExposedCount, Focus, Neighbours, RATE_BASE, WeightStyle, benjamini_hochberg,
    class_breaks, hot_spots, local_morans, locally_smoothed_rates, morans_i, smoothed_rates_per_100k,
    standardised_rates,
};
use serde_json::Value;

use crate::support::agreement::{Agreement, say_all};

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
            .map(|list| list.as_array().unwrap().iter().map(|index| index.as_u64().unwrap() as usize).collect());
        let areas: Vec<ExposedCount> = numbers("events")
            .into_iter()
            .zip(numbers("exposure"))
            .map(|(count, exposure)| ExposedCount { count, person_years: exposure as f64 })
            .collect();
        let rates = areas.iter().map(|area| Some(area.count as f64 / area.person_years)).collect();
        Self { areas, rates, neighbours: Neighbours::new(lists.collect()).unwrap() }
    }

    fn is_island(&self, area: usize) -> bool {
        self.neighbours.of(AreaPosition::new(area)).is_empty()
    }

    /// Compares a column; where an area is an island ours is absent, whatever the reference says.
    fn note(&self, agreement: &mut Agreement, ours: &[Option<f64>], theirs: &Value) {
        let theirs = theirs.as_array().unwrap();
        assert_eq!(ours.len(), theirs.len());
        for (area, (ours, theirs)) in ours.iter().zip(theirs).enumerate() {
            match ours {
                None => assert!(self.is_island(area), "area {area} has no value, the reference {theirs}"),
                // Nothing happened here and around: the reference divides by zero, the rate is zero.
                Some(ours) => agreement.note(&format!("area {area}"), *ours, theirs.as_f64().unwrap_or(0.0)),
            }
        }
    }
}

fn tables() -> Vec<(String, Value)> {
    let text = include_str!("../../fixtures/reference/spatial.json");
    let file: Value = serde_json::from_str(text).unwrap();
    file["tables"].as_object().unwrap().iter().map(|(name, table)| (name.clone(), table.clone())).collect()
}

/// Every table compared by `compare`, which gives the agreements on one.
fn over_tables(compare: impl Fn(&Table, &Value, &str) -> Vec<Agreement>) -> Vec<Agreement> {
    tables().iter().flat_map(|(name, data)| compare(&Table::of(data), &data["expected"], name)).collect()
}

fn global_moran() -> Vec<Agreement> {
    over_tables(|table, expected, name| {
        let standardised = standardised_rates(&table.areas);
        let cases = [
            ("moran_row", &table.rates, WeightStyle::RowStandardised),
            ("moran_binary", &table.rates, WeightStyle::Binary),
            ("moran_of_standardised_rates", &standardised, WeightStyle::RowStandardised),
        ];
        let compared = cases.map(|(key, values, style)| {
            let mut agreement = Agreement::of(key, name);
            let ours = morans_i(values, &table.neighbours, style).unwrap();
            agreement.note("I", ours.statistic, expected[key]["statistic"].as_f64().unwrap());
            agreement.note("z", ours.z.unwrap(), expected[key]["z"].as_f64().unwrap());
            agreement
        });
        compared.to_vec()
    })
}

#[test]
fn moran_is_that_of_pysal() {
    say_all(&global_moran());
}

fn local_moran() -> Vec<Agreement> {
    over_tables(|table, expected, name| {
        let expected = &expected["local_moran"];
        let local = local_morans(&table.rates, &table.neighbours);
        let column = |value: fn(&binhyen::statistics::LocalMoran) -> Option<f64>| -> Vec<Option<f64>> {
            local.iter().map(|area| area.as_ref().and_then(value)).collect()
        };
        let mut agreement = Agreement::of("local Moran", name);
        table.note(&mut agreement, &column(|area| Some(area.statistic)), &expected["statistic"]);
        table.note(&mut agreement, &column(|area| area.z), &expected["z"]);
        table.note(&mut agreement, &column(|area| area.p), &expected["p"]);
        for (area, local) in local.iter().enumerate().filter_map(|(area, local)| Some((area, local.as_ref()?))) {
            let number = 1 + ["HH", "LH", "LL", "HL"].iter().position(|name| *name == local.quadrant.as_str()).unwrap();
            assert_eq!(Some(number as u64), expected["quadrant"][area].as_u64(), "{name}, area {area}");
        }
        vec![agreement]
    })
}

#[test]
fn local_moran_is_that_of_pysal() {
    say_all(&local_moran());
}

fn getis_and_ord() -> Vec<Agreement> {
    over_tables(|table, expected, name| {
        let compared = [("gi_star", Focus::Included), ("gi", Focus::Excluded)].map(|(key, focus)| {
            let spots = hot_spots(&table.rates, &table.neighbours, focus);
            let z: Vec<Option<f64>> = spots.iter().map(|spot| spot.map(|spot| spot.z)).collect();
            let p: Vec<Option<f64>> = spots.iter().map(|spot| spot.map(|spot| spot.p)).collect();
            let mut agreement = Agreement::of(key, name);
            table.note(&mut agreement, &z, &expected[key]["z"]);
            table.note(&mut agreement, &p, &expected[key]["p"]);
            agreement
        });
        compared.to_vec()
    })
}

#[test]
fn getis_and_ord_are_those_of_pysal() {
    say_all(&getis_and_ord());
}

fn smoothed_rates() -> Vec<Agreement> {
    over_tables(|table, expected, name| {
        let global: Vec<Option<f64>> =
            smoothed_rates_per_100k(&table.areas).into_iter().map(|rate| rate.map(|rate| rate / RATE_BASE)).collect();
        let local = locally_smoothed_rates(&table.areas, &table.neighbours);
        let standardised = standardised_rates(&table.areas);
        let p_values: Vec<f64> = standardised.iter().map(|z| normal_p(z.unwrap())).collect();
        let q_values: Vec<Option<f64>> = benjamini_hochberg(&p_values).unwrap().into_iter().map(Some).collect();
        let columns = [
            ("empirical Bayes, global", &global, "globally_smoothed"),
            ("empirical Bayes, local", &local, "locally_smoothed"),
            ("standardised rates", &standardised, "standardised_rates"),
            ("false discovery rate", &q_values, "q_values"),
        ];
        let compared = columns.map(|(method, ours, key)| {
            let mut agreement = Agreement::of(method, name);
            table.note(&mut agreement, ours, &expected[key]);
            agreement
        });
        compared.to_vec()
    })
}

#[test]
fn smoothed_and_standardised_rates_are_those_of_pysal() {
    say_all(&smoothed_rates());
}

/// Two-sided, by a function that the product does not use for it.
fn normal_p(z: f64) -> f64 {
    use statrs::distribution::{ContinuousCDF as _, Normal};
    2.0 * Normal::standard().sf(z.abs())
}

fn breaks() -> Vec<Agreement> {
    over_tables(|table, expected, name| {
        let values: Vec<f64> = table.rates.iter().copied().flatten().collect();
        let classifications = [
            ("quantile", Classification::Quantile),
            ("equal_interval", Classification::EqualInterval),
            ("fisher_jenks", Classification::FisherJenks),
        ];
        let compared = classifications.map(|(key, classification)| {
            let mut agreement = Agreement::of(&format!("classes, {key}"), name);
            for (classes, expected) in expected["breaks"].as_object().unwrap() {
                let ours = class_breaks(&values, classes.parse().unwrap(), classification);
                let theirs = expected[key].as_array().unwrap();
                assert_eq!(ours.len(), theirs.len(), "{key} {classes} {name}: {ours:?} {theirs:?}");
                for (ours, theirs) in ours.iter().zip(theirs) {
                    agreement.note(classes, *ours, theirs.as_f64().unwrap());
                }
            }
            agreement
        });
        compared.to_vec()
    })
}

#[test]
fn class_breaks_are_those_of_mapclassify() {
    say_all(&breaks());
}

/// Every comparison of this file.
pub(crate) fn agreements() -> Vec<Agreement> {
    [global_moran(), local_moran(), getis_and_ord(), smoothed_rates(), breaks()].concat()
}
