//! Certification shares by kind of unit: area by area, and of the whole edition, each kind over its own units.

use serde_json::{Map, Value as Json, json};

use super::ratings::shares;
use super::{AssessedLevel, heading, statutory};
use crate::assessment::statutory::judged_window;
use crate::domain::standard::certification::UnitKind;

/// The shares of every area of the level, and those of the whole edition from a province's row.
pub(crate) fn certifications(assessed: &AssessedLevel, province: &AssessedLevel) -> Json {
    let mut document = heading(assessed.snapshot(), &assessed.requested);
    document.insert("level".into(), json!(assessed.assessment.level));
    document.insert("windows".into(), windows(assessed));
    let total = province.assessment.rows.iter().map(|row| shares(&row.certification)).next();
    document.insert("total".into(), total.unwrap_or_else(|| json!([])));
    let areas = assessed.rows().map(|row| {
        json!({
            "code": row.area.code,
            "name": row.area.name,
            "parent": row.area.parent,
            "shares": shares(&row.assessment.certification),
        })
    });
    document.insert("areas".into(), areas.collect());
    Json::Object(document)
}

/// The window judged for each kind, and the circular that judges it.
fn windows(assessed: &AssessedLevel) -> Json {
    let snapshot = assessed.snapshot();
    let judged = |kind: UnitKind| {
        let window = judged_window(snapshot, kind, assessed.requested.filter.period)?;
        let circular = snapshot.circulars.in_force_for(window.period).map(statutory::circular);
        Some((kind.as_str().to_owned(), json!({ "window": statutory::window(window), "circular": circular })))
    };
    Json::Object(UnitKind::ALL.into_iter().filter_map(judged).collect::<Map<_, _>>())
}
