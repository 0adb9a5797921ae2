//! Estimates of an effect against `SciPy` and statsmodels, by numbers that `tests/reference/effect.py` and `panel.py`
//! write.

#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

use binhyen::statistics::fisher_exact;
use binhyen::statistics::{BeforeAfter, ConfidenceLevel, EffectTable, PanelCell, RatioEstimate, ZeroCells};
use binhyen::statistics::{mantel_haenszel, panel_effect, ratio_of_ratios};
use serde_json::Value;

use crate::support::agreement::{Agreement, say_all};

fn file() -> Value {
    serde_json::from_str(include_str!("../../fixtures/reference/effect.json")).unwrap()
}

fn table(rows: &Value) -> EffectTable {
    let pair = |row: &Value| BeforeAfter { after: row[0].as_u64().unwrap(), before: row[1].as_u64().unwrap() };
    EffectTable { treated: pair(&rows[0]), comparison: pair(&rows[1]) }
}

fn list(value: &Value) -> &[Value] {
    value.as_array().unwrap()
}

fn note_ratio(agreement: &mut Agreement, ours: &RatioEstimate, theirs: &Value) {
    let numbers = [
        ("ratio", ours.ratio),
        ("log_standard_error", ours.log_standard_error),
        ("low", ours.limits.low),
        ("high", ours.limits.high),
        ("p", ours.p),
    ];
    for (name, number) in numbers {
        if let Some(expected) = theirs[name].as_f64() {
            agreement.note(&format!("{name} of {theirs}"), number, expected);
        }
    }
}

fn fisher(file: &Value) -> Agreement {
    let mut agreement = Agreement::of("Fisher exact", "47 tables, scipy");
    for case in list(&file["tables"]) {
        let test = fisher_exact(table(&case["table"])).unwrap();
        for (name, ours) in [("two-sided", test.two_sided), ("less", test.less), ("greater", test.greater)] {
            agreement.note(&format!("{name} of {}", case["table"]), ours, case["fisher"][name].as_f64().unwrap());
        }
    }
    agreement
}

fn ratios(file: &Value, zero_cells: ZeroCells) -> Agreement {
    let (what, key) = match zero_cells {
        ZeroCells::NoAnswer => ("ratio of ratios", "ratio"),
        ZeroCells::AddHalf => ("ratio of ratios, half added", "halved"),
    };
    let level = ConfidenceLevel::new(file["level"].as_f64().unwrap()).unwrap();
    let mut agreement = Agreement::of(what, "47 tables, statsmodels");
    for case in list(&file["tables"]) {
        let ours = ratio_of_ratios(table(&case["table"]), zero_cells, level);
        if case[key].is_object() {
            note_ratio(&mut agreement, &ours.unwrap(), &case[key]);
        } else if zero_cells == ZeroCells::NoAnswer {
            assert_eq!(ours, None, "{case}");
        }
    }
    agreement
}

fn pooled(file: &Value) -> Agreement {
    let level = ConfidenceLevel::new(file["level"].as_f64().unwrap()).unwrap();
    let mut agreement = Agreement::of("Mantel–Haenszel, Robins–Breslow–Greenland", "15 pools, statsmodels");
    for case in list(&file["pooled"]) {
        let strata: Vec<EffectTable> = list(&case["strata"]).iter().map(table).collect();
        note_ratio(&mut agreement, &mantel_haenszel(&strata, level).unwrap(), &case["expected"]);
    }
    agreement
}

fn panel(rows: &Value) -> Vec<Vec<Option<PanelCell>>> {
    let cell = |cell: &Value| {
        let number = |position: usize| cell[position].as_f64().unwrap();
        cell.is_array().then(|| PanelCell {
            events: cell[0].as_u64().unwrap(),
            exposure: number(1),
            treatment: number(2),
        })
    };
    list(rows).iter().map(|row| list(row).iter().map(cell).collect()).collect()
}

fn panels() -> Agreement {
    let file: Value = serde_json::from_str(include_str!("../../fixtures/reference/panel.json")).unwrap();
    let mut agreement = Agreement::of("panel of places and periods", "10 panels, statsmodels");
    for case in list(&file["panels"]) {
        let (found, expected) =
            (panel_effect(&panel(&case["rows"]), ConfidenceLevel::new(0.95).unwrap()).unwrap(), &case["expected"]);
        let numbers = [
            ("beta", found.ratio.ratio.ln()),
            ("poisson", found.errors.poisson),
            ("clustered", found.errors.clustered),
            ("jackknife", found.errors.jackknife),
            ("places", f64::from(found.places)),
            ("periods", f64::from(found.periods)),
            ("events", found.events as f64),
        ];
        for (name, ours) in numbers {
            agreement.note(&format!("{name} of {expected}"), ours, expected[name].as_f64().unwrap());
        }
    }
    agreement
}

/// Every comparison of this file.
pub(crate) fn agreements() -> Vec<Agreement> {
    let file = file();
    vec![fisher(&file), ratios(&file, ZeroCells::NoAnswer), ratios(&file, ZeroCells::AddHalf), pooled(&file), panels()]
}

#[test]
fn effects_are_those_of_scipy_and_statsmodels() {
    say_all(&agreements());
}
