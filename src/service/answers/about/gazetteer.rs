//! Every area by its name: for search, and for the way from a former name to the unit of today.
//!
//! In: a snapshot and a role. Out: the areas of all editions and levels, each with the area of every other edition
//! that holds most of it, and the single models for roles that see them. Nothing is searched here: the page does that.

use serde_json::{Map, Value as Json, json};

use crate::domain::model::CommunityModel;
use crate::domain::role::Role;
use crate::service::answers::object;
use crate::snapshot::{AreaEntry, EditionData, LevelData, Snapshot};

/// Five decimals of a degree are about a metre, more than a map needs to be moved to.
const LABEL_DECIMALS: f64 = 1e5;
/// Shares are rounded to a thousandth, which is what the overlay can promise.
const SHARE_DECIMALS: f64 = 1e3;

/// All areas, and the models where the role sees single ones.
pub(crate) fn gazetteer(snapshot: &Snapshot, role: Role) -> Json {
    let default = snapshot.default_edition();
    let ids: Vec<_> = snapshot.editions.iter().map(|edition_data| edition_data.entry.id).collect();
    let areas: Vec<Json> = snapshot.editions.iter().flat_map(|edition_data| areas(snapshot, edition_data)).collect();
    let mut document = object([
        ("sample", json!(snapshot.is_sample())),
        ("epoch", json!(snapshot.epoch)),
        ("default_edition", json!(default.map(|edition_data| edition_data.entry.id))),
        ("editions", json!(ids)),
        ("areas", json!(areas)),
    ]);
    if role.sees_model_positions() {
        document.insert("models".into(), models(snapshot, default));
    }
    Json::Object(document)
}

fn areas(snapshot: &Snapshot, edition_data: &EditionData) -> Vec<Json> {
    let levels = edition_data.shape.levels.iter();
    levels.flat_map(|level| areas_of_level(snapshot, edition_data, level)).collect()
}

fn areas_of_level(snapshot: &Snapshot, edition_data: &EditionData, level: &LevelData) -> Vec<Json> {
    let others: Vec<_> = snapshot.editions.iter().filter(|other| other.entry.id != edition_data.entry.id).collect();
    let found: Vec<_> = others.iter().map(|other| (other.entry.id, counterparts(other, edition_data, level))).collect();
    let entry = |(area_index, area): (usize, &AreaEntry)| {
        let counterparts: Map<String, Json> = found
            .iter()
            .filter_map(|(edition, by_place)| Some((edition.to_string(), by_place.get(area_index)?.clone()?)))
            .collect();
        json!({
            "edition": edition_data.entry.id,
            "code": area.code,
            "level": level.level,
            "name": area.name,
            "parent": area.parent,
            "label": [rounded(area.label.0, LABEL_DECIMALS), rounded(area.label.1, LABEL_DECIMALS)],
            "counterparts": counterparts,
        })
    };
    level.areas.iter().enumerate().map(entry).collect()
}

/// For every area of a level, by its index, the area of another edition that holds most of it.
fn counterparts(other: &EditionData, edition_data: &EditionData, level: &LevelData) -> Vec<Option<Json>> {
    let holders = other.dominants(edition_data.entry.id, level.level).unwrap_or_default();
    let areas = other.shape.level(level.level).map_or(&[][..], |level| &level.areas);
    let entry = |share: f64, holder: &AreaEntry| json!({ "code": holder.code, "name": holder.name, "share": share });
    let counterpart = holders.iter().map(|holder| {
        let holder = holder.as_ref()?;
        Some(entry(rounded(holder.share, SHARE_DECIMALS), areas.get(holder.area)?))
    });
    counterpart.collect()
}

/// Every model with its commune in the default edition, as far as it lies in one.
fn models(snapshot: &Snapshot, default: Option<&EditionData>) -> Json {
    let commune = |row: usize| {
        let edition_data = default?;
        Some(&edition_data.shape.communes().get((*edition_data.commune_of_model.get(row)?)?)?.code)
    };
    let entry =
        |(row, model): (usize, &CommunityModel)| json!({ "id": model.id, "kind": model.kind, "code": commune(row) });
    snapshot.models.iter().enumerate().map(entry).collect()
}

fn rounded(number: f64, decimals: f64) -> f64 {
    (number * decimals).round() / decimals
}
