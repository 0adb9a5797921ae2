//! Areas side by side, and every pair with its difference.

use serde_json::{Value as Json, json};

use super::{difference_members, method};
use crate::assessment::Measured;
use crate::assessment::comparison::comparison_sentence::of_pair;
use crate::assessment::comparison::{AreaPair, pairs};
use crate::service::answers::areas::row::RatingRow;
use crate::service::answers::{AssessedLevel, heading};
use crate::tile::area_row::AreaRow;

/// The areas at some indices of the level, in that order, and their pairs.
pub(crate) fn document(assessed: &AssessedLevel, area_indices: &[usize]) -> Json {
    let rows = assessed.rows_at(area_indices);
    let measured: Vec<Measured> = rows.iter().map(|row| Measured::of(row.assessment)).collect();
    let mut document = heading(assessed.snapshot(), &assessed.requested);
    document.insert("level".into(), json!(assessed.assessment.level));
    document.insert("areas".into(), rows.iter().map(|row| json!(RatingRow::of(row))).collect());
    document.insert("pairs".into(), pairs(&measured).iter().map(|pair| entry(pair, &rows)).collect());
    document.insert("method".into(), method("the pairs"));
    Json::Object(document)
}

fn entry(pair: &AreaPair, rows: &[AreaRow<'_>]) -> Json {
    let (first, second) = (rows[pair.first].area, rows[pair.second].area);
    let found = pair.difference.as_ref();
    let mut members = difference_members(found, &of_pair(&first.name, &second.name, found));
    members.insert("first".into(), json!(first.code));
    members.insert("second".into(), json!(second.code));
    Json::Object(members)
}
