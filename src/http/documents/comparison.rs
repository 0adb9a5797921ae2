//! Areas side by side, and every pair with its difference.

use serde_json::{Map, Value as Json, json};

use super::ratings::row_members;
use super::{Assessed, heading};
use crate::assessment::comparison::{COMPARISON_LEVEL, Clarity, Difference, Pair, pairs};
use crate::tile::layers::AreaRow;

/// The areas at some places of the level, in that order, and their pairs.
pub(in crate::http) fn comparison(assessed: &Assessed, places: &[usize]) -> Json {
    let all: Vec<AreaRow<'_>> = assessed.rows().collect();
    let rows: Vec<&AreaRow<'_>> = places.iter().filter_map(|place| all.get(*place)).collect();
    let assessments: Vec<_> = rows.iter().map(|row| row.assessment).collect();
    let mut document = heading(assessed.snapshot(), &assessed.asked);
    document.insert("level".into(), json!(assessed.assessment.level));
    document.insert("areas".into(), rows.iter().map(|row| Json::Object(row_members(row))).collect());
    document.insert("pairs".into(), pairs(&assessments).iter().map(|pair| entry(pair, &rows)).collect());
    document.insert(
        "method".into(),
        json!({
            "rate_unit": "per 100000 person-years",
            "level": COMPARISON_LEVEL,
            "limits": "exact conditional (Clopper-Pearson)",
            "p": "exact conditional, two-sided",
            "q": "Benjamini-Hochberg over the pairs",
            "difference": "clear where the limits exclude 1 and q is at most 1 - level",
        }),
    );
    Json::Object(document)
}

fn entry(pair: &Pair, rows: &[&AreaRow<'_>]) -> Json {
    let (first, second) = (rows[pair.first].area, rows[pair.second].area);
    let mut members = Map::new();
    members.insert("first".into(), json!(first.code));
    members.insert("second".into(), json!(second.code));
    let found = pair.difference;
    members.insert("rate_difference".into(), json!(found.map(|found| found.rate_difference)));
    members.insert("rate_ratio".into(), json!(found.and_then(|found| found.rate_ratio)));
    members.insert("low".into(), json!(found.map(|found| found.low)));
    members.insert("high".into(), json!(found.and_then(|found| found.high)));
    members.insert("p".into(), json!(found.map(|found| found.p)));
    members.insert("q".into(), json!(found.map(|found| found.q)));
    members.insert("difference".into(), json!(found.map(|found| found.clear.as_str())));
    members.insert("sentence".into(), sentence(&first.name, &second.name, found.as_ref()));
    Json::Object(members)
}

/// What a person would say of the pair.
fn sentence(first: &str, second: &str, found: Option<&Difference>) -> Json {
    let (vi, en) = match found.map(|found| found.clear) {
        None => (
            format!("Chưa so sánh được {first} với {second}: số liệu không được công bố hoặc chưa có."),
            format!("{first} and {second} cannot be compared: the numbers are not published or not there."),
        ),
        Some(Clarity::Unclear) => (
            format!("{first} và {second} không khác biệt rõ; chênh lệch có thể do ngẫu nhiên."),
            format!("{first} and {second} do not clearly differ; what differs may be chance."),
        ),
        Some(Clarity::Higher) => (
            format!("Tỷ suất của {first} cao hơn rõ so với {second}."),
            format!("The rate of {first} is clearly above that of {second}."),
        ),
        Some(Clarity::Lower) => (
            format!("Tỷ suất của {first} thấp hơn rõ so với {second}."),
            format!("The rate of {first} is clearly below that of {second}."),
        ),
    };
    json!({ "vi": vi, "en": en })
}
