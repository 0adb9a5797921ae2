//! Areas side by side, and every pair with its difference.

use serde_json::{Value as Json, json};

use super::super::ratings::row_members;
use super::super::{Assessed, heading};
use super::{difference_members, method};
use crate::assessment::Measured;
use crate::assessment::comparison::{Pair, pairs};
use crate::assessment::comparison_sentence::of_pair;
use crate::tile::layers::AreaRow;

/// The areas at some places of the level, in that order, and their pairs.
pub(in crate::http) fn document(assessed: &Assessed, places: &[usize]) -> Json {
    let rows = assessed.rows_at(places);
    let measured: Vec<Measured> = rows.iter().map(|row| Measured::of(row.assessment)).collect();
    let mut document = heading(assessed.snapshot(), &assessed.asked);
    document.insert("level".into(), json!(assessed.assessment.level));
    document.insert("areas".into(), rows.iter().map(|row| Json::Object(row_members(row))).collect());
    document.insert("pairs".into(), pairs(&measured).iter().map(|pair| entry(pair, &rows)).collect());
    document.insert("method".into(), method("the pairs"));
    Json::Object(document)
}

fn entry(pair: &Pair, rows: &[AreaRow<'_>]) -> Json {
    let (first, second) = (rows[pair.first].area, rows[pair.second].area);
    let found = pair.difference.as_ref();
    let mut members = difference_members(found, &of_pair(&first.name, &second.name, found));
    members.insert("first".into(), json!(first.code));
    members.insert("second".into(), json!(second.code));
    Json::Object(members)
}
